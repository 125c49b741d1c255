package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// sqlToken is a piece of an SQL text: a word, a sign, a placeholder. Quoted names come without quotes.
type sqlToken struct {
	text   string
	word   bool // a name or keyword
	quoted bool
	value  bool // a literal
}

// sqlTokens splits an SQL text, leaving out comments and spaces.
func sqlTokens(s string) []sqlToken {
	var out []sqlToken
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f':
			i++
		case strings.HasPrefix(s[i:], "--"):
			i += lineEnd(s[i:])
		case strings.HasPrefix(s[i:], "/*"):
			end := strings.Index(s[i+2:], "*/")
			if end < 0 {
				return out
			}
			i += end + 4
		case c == '\'' || c == '"' || c == '`' || c == '[':
			text, n := sqlQuoted(s[i:])
			out = append(out, sqlToken{text: text, word: c != '\'', quoted: true, value: c == '\''})
			i += n
		case sqlLetter(c):
			n := 1
			for i+n < len(s) && (sqlLetter(s[i+n]) || s[i+n] >= '0' && s[i+n] <= '9' || s[i+n] == '$') {
				n++
			}
			out = append(out, sqlToken{text: s[i : i+n], word: true})
			i += n
		default:
			n := 1
			for i+n < len(s) && (c >= '0' && c <= '9' || strings.IndexByte("?$:@", c) >= 0) && (s[i+n] >= '0' && s[i+n] <= '9' || sqlLetter(s[i+n])) {
				n++
			}
			out = append(out, sqlToken{text: s[i : i+n], value: c >= '0' && c <= '9'})
			i += n
		}
	}
	return out
}

func lineEnd(s string) int {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return i
	}
	return len(s)
}

func sqlLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= 0x80 }

// sqlQuoted reads a quoted text or name and answers how many bytes it takes.
func sqlQuoted(s string) (string, int) {
	end := s[0]
	if end == '[' {
		end = ']'
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] != end {
			b.WriteByte(s[i])
			continue
		}
		if end != ']' && i+1 < len(s) && s[i+1] == end {
			b.WriteByte(end)
			i++
			continue
		}
		return b.String(), i + 1
	}
	return b.String(), len(s)
}

// placeholders counts the parameters of an SQL text; ok is false where they have names or mixed forms.
func placeholders(s string) (n int, ok bool) {
	plain, highest := 0, 0
	for _, t := range sqlTokens(s) {
		if t.quoted || t.word || t.value || t.text == "" {
			continue
		}
		switch t.text[0] {
		case '?', '$':
			if len(t.text) == 1 {
				if t.text[0] == '$' {
					return 0, false
				}
				plain++
				continue
			}
			k, err := strconv.Atoi(t.text[1:])
			if err != nil || k < 1 {
				return 0, false
			}
			highest = max(highest, k)
		case ':', '@':
			if len(t.text) > 1 {
				return 0, false
			}
		}
	}
	if plain > 0 && highest > 0 {
		return 0, false
	}
	return max(plain, highest), true
}

// is tells a keyword, in any case.
func (t sqlToken) is(word string) bool { return t.word && !t.quoted && strings.EqualFold(t.text, word) }

// createTable is the table that an SQL text creates and its columns; "" when it is no such text.
func createTable(s string) (string, []string) {
	t := sqlTokens(s)
	i := 0
	if len(t) < 4 || !t[0].is("create") {
		return "", nil
	}
	for i++; i < len(t) && (t[i].is("temp") || t[i].is("temporary") || t[i].is("table") || t[i].is("if") || t[i].is("not") || t[i].is("exists")); i++ {
	}
	if i+1 >= len(t) || !t[i].word || t[i+1].text != "(" {
		return "", nil
	}
	name := t[i].text
	var columns []string
	for _, part := range sqlParts(t[i+2:]) {
		if len(part) == 0 || !part[0].word {
			return "", nil
		}
		switch {
		case part[0].is("primary"), part[0].is("unique"), part[0].is("check"), part[0].is("foreign"), part[0].is("constraint"):
		default:
			columns = append(columns, part[0].text)
		}
	}
	return name, columns
}

// sqlParts splits at the commas up to the bracket that closes.
func sqlParts(t []sqlToken) [][]sqlToken {
	var parts [][]sqlToken
	depth, from := 0, 0
	for i, x := range t {
		if x.quoted || x.word {
			continue
		}
		switch x.text {
		case "(":
			depth++
		case ")":
			if depth == 0 {
				return append(parts, t[from:i])
			}
			depth--
		case ",":
			if depth == 0 {
				parts, from = append(parts, t[from:i]), i+1
			}
		}
	}
	return append(parts, t[from:])
}

// columns are the names of the columns that a SELECT answers; ok is false where they are not known.
func (r *run) columns(s string) (names []string, ok bool) {
	t := sqlTokens(s)
	if len(t) == 0 || !t[0].is("select") {
		return nil, false
	}
	end := slices.IndexFunc(t, func(x sqlToken) bool { return x.is("from") })
	if depthAt(t, end) != 0 {
		return nil, false
	}
	list := t[1:]
	var from []sqlToken
	if end >= 0 {
		list, from = t[1:end], t[end+1:]
	}
	if len(list) > 0 && (list[0].is("distinct") || list[0].is("all")) {
		list = list[1:]
	}
	for _, part := range sqlParts(list) {
		got, ok := r.column(part, from)
		if !ok {
			return nil, false
		}
		names = append(names, got...)
	}
	return names, true
}

func depthAt(t []sqlToken, at int) int {
	depth := 0
	for _, x := range t[:max(at, 0)] {
		if !x.word && !x.quoted {
			switch x.text {
			case "(":
				depth++
			case ")":
				depth--
			}
		}
	}
	return depth
}

// column is what one part of a SELECT's list answers.
func (r *run) column(part, from []sqlToken) ([]string, bool) {
	n := len(part)
	switch {
	case n == 0:
		return nil, false
	case n == 1 && part[0].text == "*" && !part[0].word:
		// All columns of the one table that the program creates.
		if len(from) == 0 || !from[0].word || slices.ContainsFunc(from, func(x sqlToken) bool { return x.is("join") }) ||
			len(from) > 1 && from[1].text == "," {
			return nil, false
		}
		columns := r.w.tables[from[0].text]
		r.ask(depTables, from[0].text)
		return columns, len(columns) > 0
	case n >= 3 && part[n-2].is("as") && part[n-1].word:
		return []string{part[n-1].text}, true
	case n == 1 && part[0].word:
		return []string{part[0].text}, true
	case n == 3 && part[1].text == "." && part[2].word:
		return []string{part[2].text}, true
	}
	return nil, false
}

// sql holds an SQL text against its parameters and answers the type of a row.
func (r *run) sql(text, params syntax.Expr, given *ty) *ty {
	if text == nil {
		return rowT()
	}
	s, ok := r.constText(text)
	if !ok {
		return rowT()
	}
	if n, ok := placeholders(s); ok {
		switch {
		case params == nil && given == textT:
			if n > 0 {
				r.errorAt(text, CodeSQLParams, strconv.Itoa(n), "0")
			}
		case given.k == tArray && given.n >= 0 && given.n != n && params != nil:
			r.errorAt(params, CodeSQLParams, strconv.Itoa(n), strconv.Itoa(given.n))
		case given.known() && !given.may(tArray) && params != nil:
			r.errorAt(params, CodeSQLArray, given.phrase())
		}
	}
	names, ok := r.columns(s)
	if !ok {
		return rowT()
	}
	fields := make([]rfield, len(names))
	for i, name := range names {
		fields[i] = rfield{name: name, t: columnT}
	}
	return recordOf(fields, false, nil)
}

// constText is the text that an expression always has, fixed names of the top level included.
func (r *run) constText(e syntax.Expr) (string, bool) {
	own := false
	syntax.Walk(e, func(n syntax.Node) bool {
		if x, ok := n.(*syntax.NameExpr); ok {
			r.ask(depConst, x.Text)
			own = own || r.local[x.Text]
		}
		return true
	})
	if own {
		return "", false
	}
	return r.w.constText(e)
}

// sqlCall infers தளம்_வினா(…) and the two that answer results.
func (r *run) sqlCall(id string, e *syntax.CallExpr, got []*ty, out *ty) *ty {
	if len(e.Args) == 0 {
		return out
	}
	var params syntax.Expr
	given := textT
	if len(e.Args) > 1 {
		params, given = e.Args[1], got[1]
	}
	row := r.sql(e.Args[0], params, given)
	switch id {
	case "DBQuery":
		return arrayOf(row, -1)
	case "tryQuery":
		return resultOf(arrayOf(row, -1), unknownT)
	}
	return out
}
