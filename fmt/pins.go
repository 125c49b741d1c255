package format

import "strings"

// pins keeps the lines of which comments speak: `// etamil:ignore W0101` silences what starts on its own line, or on the
// next where it stands alone. No token may come to such a line or leave it.
func (m *marker) pins() {
	if !strings.Contains(m.f.Src, "etamil:ignore") {
		return
	}
	for i := range m.toks {
		if i+1 >= len(m.comments) || m.comments[i+1] == m.comments[i] {
			continue
		}
		for _, c := range readGap(m.before(i), i == 0, nil).comments {
			switch {
			case !silences(c.text):
			case c.own:
				m.pinLine(i)
			case i > 0:
				m.pinBack(i - 1)
			}
		}
	}
}

// before is what stands between a token and the one before it.
func (m *marker) before(i int) string {
	start := 0
	if i > 0 {
		start = m.toks[i-1].Pos.Offset + len(m.toks[i-1].Value)
	}
	return m.f.Src[start:m.toks[i].Pos.Offset]
}

// pinBack pins the line on which a token ends, from there to its start.
func (m *marker) pinBack(i int) {
	for ; i > 0 && !strings.Contains(m.toks[i].Value, "\n"); i-- {
		if strings.Contains(m.before(i), "\n") {
			m.marks[i].pin = pinHard
			return
		}
		m.marks[i].pin = pinFlat
	}
}

// pinLine pins the line that starts with a token.
func (m *marker) pinLine(i int) {
	for ; i+1 < len(m.toks)-1 && !strings.Contains(m.toks[i].Value, "\n"); i++ {
		if strings.Contains(m.before(i+1), "\n") {
			m.marks[i+1].pin = pinHard
			return
		}
		m.marks[i+1].pin = pinFlat
	}
}
