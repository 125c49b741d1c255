package diag

import (
	"embed"
	"strings"
	"sync"
)

// Explained is the long explanation of a code.
type Explained struct {
	Code string
	// Tamil and English say why the language wants it so and what to do, in a few sentences.
	Tamil, English string
	// Wrong is a program that gives this code, Right the same one put right; a program of several files has a line
	// "-- name --" before each, the entry first. Both are empty where no program alone gives the code.
	Wrong, Right string
}

// Text is the explanation in the language asked for.
func (x Explained) Text(lang Lang) string {
	switch lang {
	case Tamil:
		return x.Tamil
	case English:
		return x.English
	}
	return x.Tamil + "\n\n" + x.English
}

// The explanations are texts and not Go, so that those who write well need not read code. A section is
//
//	# E0101
//	ta: the Tamil text, which may go on
//	over several lines
//	en: the English text
//	wrong:
//	  a program, indented by two spaces
//	right:
//	  a program
//
//go:embed explain/*.txt
var explainFiles embed.FS

var explained = sync.OnceValue(func() map[string]Explained {
	table := make(map[string]Explained)
	files, err := explainFiles.ReadDir("explain")
	if err != nil {
		return table
	}
	for _, f := range files {
		text, err := explainFiles.ReadFile("explain/" + f.Name())
		if err != nil {
			continue // it was embedded: it can be read
		}
		for _, x := range readExplained(string(text)) {
			table[x.Code] = x
		}
	}
	return table
})

// Explanation answers the long explanation of a code, and false where the message and its help say everything.
func Explanation(code string) (Explained, bool) {
	x, ok := explained()[code]
	return x, ok
}

// Gist is a code's message for no place in particular: every argument is an ellipsis.
func Gist(code string, lang Lang) string {
	args := make([]string, 10)
	for i := range args {
		args[i] = "…"
	}
	return Message(code, lang, args...)
}

// readExplained reads the sections of a file.
func readExplained(text string) []Explained {
	var list []Explained
	for _, section := range strings.Split("\n"+text, "\n# ")[1:] {
		list = append(list, readSection(section))
	}
	return list
}

func readSection(section string) Explained {
	head, body, _ := strings.Cut(section, "\n")
	x := Explained{Code: strings.TrimSpace(head)}
	var into *string
	for _, line := range strings.Split(body, "\n") {
		next, rest := into, line
		for mark, field := range map[string]*string{"ta:": &x.Tamil, "en:": &x.English, "wrong:": &x.Wrong, "right:": &x.Right} {
			if after, ok := strings.CutPrefix(line, mark); ok {
				next, rest = field, after
			}
		}
		switch into = next; {
		case into == nil:
		case into == &x.Wrong || into == &x.Right:
			if code, ok := strings.CutPrefix(rest, "  "); ok || rest == "" && *into != "" {
				*into += code + "\n"
			}
		default:
			*into = strings.TrimSpace(*into + " " + strings.TrimSpace(rest))
		}
	}
	x.Wrong, x.Right = program(x.Wrong), program(x.Right)
	return x
}

// program is an example without the empty lines at its end.
func program(text string) string {
	if text = strings.TrimRight(text, "\n"); text != "" {
		text += "\n"
	}
	return text
}
