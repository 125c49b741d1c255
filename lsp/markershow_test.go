package lsp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// uri is the URI of a file of the fixture.
func (x *fixture) uri(name string) uri.URI {
	return uriOf(filepath.ToSlash(filepath.Join(x.dir, name)))
}

// position is a place of a file as the protocol counts it.
func (x *fixture) position(name string, off int) protocol.Position {
	line, col := x.maps[name].At(off, x.enc)
	return protocol.Position{Line: uint32(line), Character: uint32(col)}
}

// placeName is a place as people count it: line:column.
func (x *fixture) placeName(name string, off int) string {
	line, col := x.maps[name].Clusters(off)
	return fmt.Sprintf("%d:%d", line, col)
}

// params are a request's textDocument and position, with more fields as JSON ("" for none).
func (x *fixture) params(at spot, more string) json.RawMessage {
	p := fmt.Sprintf(`{"textDocument":{"uri":%q}`, x.uri(at.file))
	if at.off >= 0 {
		pos := x.position(at.file, at.off)
		p += fmt.Sprintf(`,"position":{"line":%d,"character":%d}`, pos.Line, pos.Character)
	}
	if more != "" {
		p += "," + more
	}
	return json.RawMessage(p + "}")
}

// rangeJSON is a span as the protocol's range.
func (x *fixture) rangeJSON(name string, start, end int) string {
	a, b := x.position(name, start), x.position(name, end)
	return fmt.Sprintf(`{"start":{"line":%d,"character":%d},"end":{"line":%d,"character":%d}}`, a.Line, a.Character, b.Line, b.Character)
}

// ask sends a request and shows what comes back.
func (x *fixture) ask(method string, at spot, more string) string {
	x.t.Helper()
	result, err := x.c.call(method, x.params(at, more))
	return x.show(at.file, result, err)
}

// at is the verb of a request that wants a place and nothing else.
func at(method string) verb {
	return func(x *fixture, s spot) string { return x.ask(method, s, "") }
}

// show writes an answer as JSON whose places are those of people and whose URIs are the fixture's names.
func (x *fixture) show(file string, result json.RawMessage, err *wireError) string {
	x.t.Helper()
	if err != nil {
		return "error " + x.names(err.Error())
	}
	if len(result) == 0 || string(result) == "null" {
		return "null"
	}
	var v any
	if err := json.Unmarshal(result, &v); err != nil {
		x.t.Fatal(err)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(x.people(file, v)); err != nil {
		x.t.Fatal(err)
	}
	return x.names(out.String())
}

// names leaves of URIs and paths what the fixture calls them.
func (x *fixture) names(s string) string {
	root := string(x.uri(""))
	return strings.NewReplacer(root+"/", "", root, "", filepath.ToSlash(x.dir)+"/", "", filepath.ToSlash(x.dir), ".").Replace(s)
}

// people replaces places in a JSON value; file is the one that they are in where nothing else says so.
func (x *fixture) people(file string, v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = x.people(file, v[i])
		}
	case map[string]any:
		for _, key := range []string{"uri", "targetUri"} {
			if u, ok := v[key].(string); ok {
				file = x.nameOf(u, file)
			}
		}
		if doc, ok := v["textDocument"].(map[string]any); ok {
			if u, ok := doc["uri"].(string); ok {
				file = x.nameOf(u, file)
			}
		}
		if line, ok := v["line"].(float64); ok && len(v) == 2 {
			return x.placeName(file, x.byte(file, int(line), int(v["character"].(float64))))
		}
		start, hasStart := v["start"].(map[string]any)
		end, hasEnd := v["end"].(map[string]any)
		if hasStart && hasEnd && len(v) == 2 {
			a := x.byte(file, int(start["line"].(float64)), int(start["character"].(float64)))
			b := x.byte(file, int(end["line"].(float64)), int(end["character"].(float64)))
			return fmt.Sprintf("%s-%s «%s»", x.placeName(file, a), x.placeName(file, b), short(x.texts[file][a:max(a, b)]))
		}
		delete(v, "resultId") // it depends on the encoding
		for key, item := range v {
			in := file
			if strings.Contains(key, ":") || strings.Contains(key, "/") {
				in = x.nameOf(key, file) // a map by URI
			}
			v[key] = x.people(in, item)
		}
	}
	return v
}

// byte is the offset of a place of the protocol; a place that no text has is a mistake of the server.
func (x *fixture) byte(file string, line, col int) int {
	m := x.maps[file]
	if m == nil {
		x.t.Fatalf("a place in %q, which is no file of the fixture", file)
	}
	off := m.Offset(line, col, x.enc)
	if l, c := m.At(off, x.enc); l != line || c != col {
		x.t.Errorf("%s has no place %d:%d; the nearest is %d:%d", file, line, col, l, c)
	}
	return off
}

// nameOf is the fixture's name of a URI.
func (x *fixture) nameOf(u, otherwise string) string {
	rel, err := filepath.Rel(x.dir, filepath.FromSlash(pathOf(uri.URI(u))))
	if name := path.Clean(filepath.ToSlash(rel)); err == nil && x.maps[name] != nil {
		return name
	}
	return otherwise
}

// short is a text in one line, with its middle left out where it is long.
func short(s string) string {
	s = strings.NewReplacer("\r", "␍", "\n", "⏎", "\t", "→").Replace(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:28]) + " … " + string(r[len(r)-28:])
	}
	return s
}
