// Package page is what the benchmarks have in common: promises that are kept or missed, Markdown tables, and their place
// between two marks of docs/performance.md:
//
//	var kept page.Promises
//	kept.Add("`/json`: beside bare net/http", "0.91×", "≥ 0.75×", 0.91 >= 0.75)
//	kept.Write(w)
//	err := page.Publish(text, kept, root, "http", true) // between <!-- http:begin --> and <!-- http:end -->
package page

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Promise is one target and what was measured.
type Promise struct {
	What, Measured, Wanted string
	Kept                   bool
}

// Promises are the targets of a benchmark, in the order of their table.
type Promises []Promise

// Add notes a target.
func (p *Promises) Add(what, measured, wanted string, kept bool) {
	*p = append(*p, Promise{what, measured, wanted, kept})
}

// AtLeast notes a ratio that must not be less than what is wanted.
func (p *Promises) AtLeast(what string, measured, wanted float64) {
	p.Add(what, fmt.Sprintf("%.2f×", measured), fmt.Sprintf("≥ %.2f×", wanted), measured >= wanted)
}

// Write writes the table of the targets.
func (p Promises) Write(w io.Writer) {
	t := NewTable("target", "measured", "wanted", "kept")
	for _, one := range p {
		kept := "yes"
		if !one.Kept {
			kept = "**no**"
		}
		t.Row(one.What, one.Measured, one.Wanted, kept)
	}
	t.Write(w)
}

// Missed are the targets that were not met, as one error, or nil.
func (p Promises) Missed() error {
	var errs []error
	for _, one := range p {
		if !one.Kept {
			errs = append(errs, fmt.Errorf("missed: %s is %s, wanted %s", one.What, one.Measured, one.Wanted))
		}
	}
	return errors.Join(errs...)
}

// Table is a Markdown table whose columns, but for the first, stand to the right.
type Table struct {
	text strings.Builder
}

// NewTable begins a table with its head.
func NewTable(head ...string) *Table {
	t := &Table{}
	t.Row(head...)
	t.text.WriteString("|---|" + strings.Repeat("---:|", len(head)-1) + "\n")
	return t
}

// Row adds a row.
func (t *Table) Row(cells ...string) {
	t.text.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// Write writes the table.
func (t *Table) Write(w io.Writer) { _, _ = io.WriteString(w, t.text.String()) }

// Publish prints what a benchmark says, puts it into docs/performance.md of the project if it shall be written, and answers
// the missed promises.
func Publish(text string, promises Promises, root, name string, write bool) error {
	fmt.Print(text)
	if write {
		if err := Put(filepath.Join(root, "docs", "performance.md"), name, text); err != nil {
			return err
		}
	}
	return promises.Missed()
}

// Put replaces what stands between the two marks of a page: <!-- name:begin --> and <!-- name:end -->.
func Put(file, name, text string) error {
	page, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read the page: %w", err)
	}
	begin, end := "<!-- "+name+":begin -->", "<!-- "+name+":end -->"
	before, rest, begun := strings.Cut(string(page), begin)
	_, after, ended := strings.Cut(rest, end)
	if !begun || !ended {
		return fmt.Errorf("%s has no %s and %s", file, begin, end)
	}
	text = before + begin + "\n\n" + strings.Trim(text, "\n") + "\n\n" + end + after
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}
