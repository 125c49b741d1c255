package main

import (
	"fmt"
	"strings"
)

// entry is one word of the vocabulary file.
type entry struct {
	id      string
	line    int // of its `word` line
	keyword bool
	builtin bool
	group   string
	section string
	class   string
	shape   string
	runs    string
	tamil   []string
	also    []string
	roman   []string
	english []string
	params  []param
	more    bool // any number of arguments more
	result  string
	helpTA  string
	helpEN  string
	example []string
}

type param struct {
	name, typ string
	optional  bool
}

// overload is a spelling of two words.
type overload struct{ spelling, first, second string }

// vocabulary is the file's content.
type vocabulary struct {
	words     []*entry
	overloads []overload
}

// read parses the vocabulary file. Errors name the line.
func read(src string) (*vocabulary, error) {
	v := &vocabulary{}
	var e *entry
	for i, line := range strings.Split(src, "\n") {
		line = strings.TrimRight(line, " \r")
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, ok := strings.Cut(line, " ")
		if !ok {
			return nil, fmt.Errorf("line %d: %q has no value", i+1, key)
		}
		var err error
		switch {
		case key == "word":
			e = &entry{id: value, line: i + 1}
			v.words = append(v.words, e)
		case key == "overload":
			err = v.addOverload(strings.Fields(value))
		case e == nil:
			err = fmt.Errorf("%q before the first word", key)
		default:
			err = e.set(key, value)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return v, nil
}

func (v *vocabulary) addOverload(f []string) error {
	if len(f) != 3 {
		return fmt.Errorf("overload wants a spelling and two words, found %d fields", len(f))
	}
	v.overloads = append(v.overloads, overload{f[0], f[1], f[2]})
	return nil
}

// set takes one KEY VALUE line of a word.
func (e *entry) set(key, value string) error {
	text := map[string]*string{
		"group": &e.group, "section": &e.section, "class": &e.class, "shape": &e.shape, "runs": &e.runs,
		"result": &e.result, "help.ta": &e.helpTA, "help.en": &e.helpEN,
	}
	list := map[string]*[]string{"tamil": &e.tamil, "also": &e.also, "roman": &e.roman, "english": &e.english}
	switch {
	case text[key] != nil && *text[key] != "", list[key] != nil && *list[key] != nil:
		return fmt.Errorf("%q is given twice for %s", key, e.id)
	case text[key] != nil:
		*text[key] = value
	case list[key] != nil:
		*list[key] = strings.Fields(value)
	case key == "example":
		e.example = append(e.example, value)
	case key == "params":
		return e.setParams(value)
	case key == "is":
		return e.setKind(value)
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}

func (e *entry) setKind(value string) error {
	for _, f := range strings.Fields(value) {
		switch f {
		case "keyword":
			e.keyword = true
		case "builtin":
			e.builtin = true
		default:
			return fmt.Errorf("a word is no %q", f)
		}
	}
	return nil
}

func (e *entry) setParams(value string) error {
	if e.params != nil {
		return fmt.Errorf("params are given twice for %s", e.id)
	}
	for _, f := range strings.Fields(value) {
		if f == "..." {
			e.more = true
			continue
		}
		name, typ, ok := strings.Cut(f, ":")
		if !ok || name == "" || typ == "" || e.more {
			return fmt.Errorf("bad parameter %q of %s", f, e.id)
		}
		p := param{name: name, typ: strings.TrimSuffix(typ, "?"), optional: strings.HasSuffix(typ, "?")}
		if n := len(e.params); n > 0 && e.params[n-1].optional && !p.optional {
			return fmt.Errorf("parameter %q of %s follows an optional one", name, e.id)
		}
		e.params = append(e.params, p)
	}
	return nil
}
