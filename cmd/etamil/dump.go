package main

import (
	"bufio"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/position"
	"github.com/etamil-lang/etamil/syntax/words"
)

// dumpAST writes the tree of a file readably: a node on each line, with its place and what it holds indented below it.
func dumpAST(w io.Writer, f *syntax.File) error {
	out := bufio.NewWriter(w)
	d := &dumper{w: out, at: position.NewMap(f.Src)}
	fmt.Fprintf(out, "%s\n", f.Name)
	for _, s := range f.Stmts {
		d.value("", reflect.ValueOf(s), 1)
	}
	return out.Flush()
}

// dumper writes values of the tree by reflection, so that no kind of node is ever missing.
type dumper struct {
	w  io.Writer
	at *position.Map
}

func (d *dumper) line(depth int, label, format string, args ...any) {
	if label != "" {
		label += ": "
	}
	fmt.Fprintf(d.w, "%s%s%s\n", strings.Repeat("  ", depth), label, fmt.Sprintf(format, args...))
}

// value writes one field of a node, unless it is empty.
func (d *dumper) value(label string, v reflect.Value, depth int) {
	if !v.IsValid() || v.IsZero() {
		return
	}
	switch x := v.Interface().(type) {
	case syntax.Token:
		d.line(depth, label, "%q", x.Value)
		return
	case *words.Word:
		d.line(depth, label, "%s", x.ID)
		return
	case *syntax.Name:
		d.line(depth, label, "%q%s", x.Text, d.place(x))
		return
	case syntax.Fault:
		d.line(depth, label, "%s %q", x.Code, x.Args)
		return
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.Struct {
			d.node(label, v, depth)
			return
		}
		d.value(label, v.Elem(), depth)
	case reflect.Slice:
		d.line(depth, label, "[%d]", v.Len())
		for i := range v.Len() {
			d.value("", v.Index(i), depth+1)
		}
	case reflect.String:
		d.line(depth, label, "%q", v.String())
	default:
		d.line(depth, label, "%v", v.Interface())
	}
}

// node writes a struct of the tree: its type, its place, and its fields.
func (d *dumper) node(label string, v reflect.Value, depth int) {
	d.line(depth, label, "%s%s", v.Elem().Type().Name(), d.place(v.Interface()))
	d.fields(v.Elem(), depth+1)
}

func (d *dumper) fields(s reflect.Value, depth int) {
	for i := range s.NumField() {
		field := s.Type().Field(i)
		switch {
		case !field.IsExported():
		case field.Anonymous && field.Type.Kind() == reflect.Struct:
			d.fields(s.Field(i), depth)
		default:
			d.value(field.Name, s.Field(i), depth)
		}
	}
}

// place is where a node stands, as line:column-line:column for people.
func (d *dumper) place(x any) string {
	n, ok := x.(interface{ Span() syntax.Span })
	if !ok {
		return ""
	}
	s := n.Span()
	l1, c1 := d.at.Clusters(s.Start)
	l2, c2 := d.at.Clusters(s.End)
	return fmt.Sprintf(" %d:%d-%d:%d", l1, c1, l2, c2)
}
