package format

import "strings"

// blank are the letters that a comment may end with and that are none of it.
const blank = " \t\f\r"

// comment is one // comment between two tokens.
type comment struct {
	text  string // without the blanks at its end
	start int    // in the gap
	end   int    // behind its last byte in the gap, before the line break
	own   bool   // nothing stands before it on its line
	empty bool   // an empty line stands before it
}

// gap is what stands between two tokens.
type gap struct {
	comments []comment
	empty    bool // an empty line stands before the next token
}

// commentsIn counts the comments of a gap. Nothing but blanks and comments stands in one.
func commentsIn(text string) int {
	n := 0
	for {
		i := strings.IndexByte(text, '/')
		if i < 0 {
			return n
		}
		n++
		j := strings.IndexByte(text[i:], '\n')
		if j < 0 {
			return n
		}
		text = text[i+j:]
	}
}

// readGap takes a gap apart; first tells that it starts the file. The list is reused.
func readGap(text string, first bool, list []comment) gap {
	g := gap{comments: list[:0]}
	own, lines := first, 0
	for i := 0; i < len(text); {
		switch text[i] {
		case '\n':
			own = true
			lines++
			i++
		case '/':
			end := len(text)
			if j := strings.IndexByte(text[i:], '\n'); j >= 0 {
				end = i + j
			}
			g.comments = append(g.comments, comment{strings.TrimRight(text[i:end], blank), i, end, own, lines > 1})
			lines = 0
			i = end
		default:
			i++
		}
	}
	g.empty = lines > 1
	return g
}

// silences tells the comments `// etamil:ignore CODE`, which speak of a line and not of a statement: of their own, or of
// the next where they stand alone.
func silences(text string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(text[2:], " \t"), "etamil:ignore")
	return ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t')
}
