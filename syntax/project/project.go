package project

import (
	"bytes"
	"errors"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/etamil-lang/etamil/syntax"
)

// MaxSize caps a project file, in bytes.
const MaxSize = 256 << 10

// Project is what a project file says.
type Project struct {
	// Src is the text as the places of faults count it: without a byte order mark, lines ended by \n.
	Src    string
	values map[string]Value
	rules  []Rule
}

// Origin says which source a value won from.
type Origin uint8

// The origins, the later before the earlier.
const (
	FromDefault Origin = iota
	FromFile
	FromEnvironment
	FromFlag
)

// Value is one key's value.
type Value struct {
	Origin Origin
	// Span is the value's place in the file.
	Span   syntax.Span
	text   string
	number int64 // of a number; bytes of a size; nanoseconds of a duration; 1 for true
	list   []string
}

// Rule is the level of a code, as [check.rules] gives it.
type Rule struct {
	Code, Level string
	Span        syntax.Span // of the code
}

// Parse reads a project file. It never fails: what is wrong is in the faults, and all else holds. The name is unused in
// the answer; it is there so that callers pass what they will show.
func Parse(name string, src []byte) (*Project, []syntax.Fault) {
	p := &Project{values: map[string]Value{}}
	if len(src) > MaxSize {
		return p, []syntax.Fault{{Code: CodeTooLarge, Args: []string{strconv.Itoa(MaxSize)}}}
	}
	src = bytes.ReplaceAll(bytes.TrimPrefix(src, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	p.Src = string(src)
	var tree map[string]any
	if _, err := toml.Decode(p.Src, &tree); err != nil {
		return p, []syntax.Fault{p.malformed(err)}
	}
	r := &reader{p: p, tree: tree}
	for _, e := range scan(p.Src) {
		r.entry(e)
	}
	return p, r.faults
}

// malformed is what the TOML library says of a text that is none.
func (p *Project) malformed(err error) syntax.Fault {
	f := syntax.Fault{Code: CodeSyntax, Args: []string{err.Error()}}
	var e toml.ParseError
	if errors.As(err, &e) {
		at := min(max(e.Position.Start, 0), len(p.Src))
		f.Span = syntax.Span{Start: at, End: min(at+max(e.Position.Len, 0), len(p.Src))}
		f.Args[0] = e.Message
	}
	return f
}

// Environment lets environment variables win over the file. The function answers a variable, as os.LookupEnv does.
func (p *Project) Environment(lookup func(name string) (string, bool)) []syntax.Fault {
	var faults []syntax.Fault
	for _, path := range p.paths() {
		k, ok := lookupPath(path)
		if !ok || k.Env() == "" {
			continue
		}
		text, ok := lookup(EnvName(path))
		if !ok || text == "" {
			continue
		}
		v, good := k.parse(text)
		if !good || k.outside(v) != "" {
			faults = append(faults, syntax.Fault{Code: CodeEnvironment, Args: []string{EnvName(path), k.shown(text), k.wanted()}})
			continue
		}
		v.Origin = FromEnvironment
		p.values[path] = v
	}
	return faults
}

// Set lets a flag of a command win over everything else. It answers what the value should be when it is not that.
func (p *Project) Set(path, text string) (wanted string, ok bool) {
	k, known := lookupPath(path)
	v, good := k.parse(text)
	if !known || !good || k.outside(v) != "" {
		return k.wanted(), false
	}
	v.Origin = FromFlag
	p.values[path] = v
	return "", true
}

// Accepts tells whether a text is a value of the key, as flags and the environment write it.
func (k Key) Accepts(text string) bool {
	v, ok := k.parse(text)
	return ok && k.outside(v) == ""
}

// paths are all keys of this project: those that everyone has, and those of the names that it chose.
func (p *Project) paths() []string {
	var list []string
	for _, k := range keys() {
		before, after, chosen := strings.Cut(k.Path, "*")
		if !chosen {
			list = append(list, k.Path)
			continue
		}
		for _, name := range p.Names(strings.TrimSuffix(before, ".")) {
			list = append(list, before+name+after)
		}
	}
	return list
}

// Names are the names that the project chose below a section, such as its databases, in order.
func (p *Project) Names(section string) []string {
	var names []string
	for path := range p.values {
		if rest, ok := strings.CutPrefix(path, section+"."); ok {
			name, _, _ := strings.Cut(rest, ".")
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Table is what the project put under a key such as server.static.*, by the names that it chose, which may have dots in them.
func (p *Project) Table(path string) map[string]string {
	section := strings.TrimSuffix(path, "*")
	table := map[string]string{}
	for name, v := range p.values {
		if rest, ok := strings.CutPrefix(name, section); ok {
			table[rest] = v.text
		}
	}
	return table
}

// Value answers a key's value and where it came from; false for what is no key.
func (p *Project) Value(path string) (Value, bool) {
	k, ok := lookupPath(path)
	if !ok {
		return Value{}, false
	}
	if v, ok := p.values[path]; ok {
		return v, true
	}
	v, _ := k.parse(k.Default)
	return v, true
}

// Text is the text of a key, "" where it has none.
func (p *Project) Text(path string) string {
	v, _ := p.Value(path)
	return v.text
}

// Int is the whole number of a key, or a size in bytes.
func (p *Project) Int(path string) int64 {
	v, _ := p.Value(path)
	return v.number
}

// Bool is the truth of a key.
func (p *Project) Bool(path string) bool { return p.Int(path) != 0 }

// Duration is the time of a key.
func (p *Project) Duration(path string) time.Duration { return time.Duration(p.Int(path)) }

// List are the texts of a key.
func (p *Project) List(path string) []string {
	v, _ := p.Value(path)
	return slices.Clone(v.list)
}

// Networks are the ranges of addresses of a key.
func (p *Project) Networks(path string) []netip.Prefix {
	var all []netip.Prefix
	for _, text := range p.List(path) {
		if r, err := Network(text); err == nil { // it is one, or the value would not be there
			all = append(all, r)
		}
	}
	return all
}

// Rules are the levels of codes in the order of the file.
func (p *Project) Rules() []Rule { return slices.Clone(p.rules) }

// Excludes tells whether check.exclude leaves a path out: one from the project's folder, with slashes.
func (p *Project) Excludes(name string) bool { return excluded(p.List("check.exclude"), name) }

// Unformatted tells the same of fmt.exclude.
func (p *Project) Unformatted(name string) bool { return excluded(p.List("fmt.exclude"), name) }

func lookupPath(path string) (Key, bool) { return lookup(strings.Split(path, ".")) }
