package repl

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/etamil-lang/etamil/check/diag"
)

// Camp is how a terminal counts the cells of Tamil letters: the two ways that terminals have were measured
// (design/editors.md section 3), and no library knows which of them a terminal follows.
type Camp uint8

// The camps.
const (
	// CampSigns gives spacing vowel signs a cell of their own: tmux, xterm, screen, alacritty, VTE, xterm.js.
	CampSigns Camp = iota
	// CampClusters gives every letter one cell: kitty.
	CampClusters
)

// Width measures a text in cells.
func (c Camp) Width(text string) int {
	if c == CampSigns {
		return diag.CellWidth(text)
	}
	n := 0
	for g := graphemes.FromString(text); g.Next(); {
		n += clusterWidth(g.Value())
	}
	return n
}

// clusterWidth is the width of one letter where signs take no room: that of its widest character.
func clusterWidth(cluster string) int {
	n := 0
	for _, r := range cluster {
		n = max(n, diag.CellWidth(string(r)))
	}
	return n
}

// CampOf reads ETAMIL_WIDTH: wc or cluster; false for anything else.
func CampOf(name string) (Camp, bool) {
	switch name {
	case "wc":
		return CampSigns, true
	case "cluster":
		return CampClusters, true
	}
	return CampSigns, false
}

// probeText is printed unseen; after it the cursor stands in column 5 or 3.
const probeText = "கிகா"

// probeWait is how long a terminal may take to answer.
const probeWait = 300 * time.Millisecond

var cursorAt = regexp.MustCompile(`\x1b\[\d+;(\d+)R`)

// Probe asks the terminal of the process how wide it draws Tamil: it prints two letters, concealed, and asks where the
// cursor is. What was typed meanwhile is answered too, so that no key is lost. Where there is no terminal, or it does not
// answer, the camp is CampSigns.
func Probe() (camp Camp, typed string) {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return CampSigns, ""
	}
	// Raw mode goes through a file of its own: asking a file for its descriptor takes its deadlines away.
	mode, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		_ = tty.Close()
		return CampSigns, ""
	}
	defer func() { _, _ = tty.Close(), mode.Close() }()
	if tty.SetReadDeadline(time.Now().Add(probeWait)) != nil {
		return CampSigns, "" // this system cannot stop waiting for an answer
	}
	state, err := term.MakeRaw(mode.Fd())
	if err != nil {
		return CampSigns, ""
	}
	defer func() { _ = term.Restore(mode.Fd(), state) }()
	return askWidth(tty)
}

// askWidth prints the letters, asks, and reads until the answer is there or the time is over.
func askWidth(tty *os.File) (camp Camp, typed string) {
	if _, err := tty.WriteString("\r\x1b[8m" + probeText + "\x1b[28m\x1b[6n"); err != nil {
		return CampSigns, ""
	}
	var got strings.Builder
	buf := make([]byte, 256)
	for {
		n, err := tty.Read(buf)
		got.Write(buf[:n])
		if at := cursorAt.FindStringSubmatchIndex(got.String()); at != nil {
			text := got.String()
			if col, _ := strconv.Atoi(text[at[2]:at[3]]); col == 3 {
				camp = CampClusters
			}
			typed = text[:at[0]] + text[at[1]:]
			break
		}
		if err != nil {
			typed = got.String()
			break
		}
	}
	_, _ = tty.WriteString("\r\x1b[2K")
	return camp, printable(typed)
}

// printable is what was typed without keys that are no text; Enter is a line break.
func printable(text string) string {
	var b strings.Builder
	for text != "" {
		if n := escapeLen(text); n > 0 {
			text = text[n:]
			continue
		}
		switch c := text[0]; {
		case c == '\r' || c == '\n':
			b.WriteByte('\n')
		case c >= 0x20 && c != 0x7f:
			b.WriteByte(c)
		}
		text = text[1:]
	}
	return strings.ToValidUTF8(b.String(), "")
}
