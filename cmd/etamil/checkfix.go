package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/module"
)

// fixRounds is how often the fixed programs are checked again: one fix may make room for the next.
const fixRounds = 10

// repairer applies fixes to the texts of files, in memory; only what came of all rounds is written.
type repairer struct {
	job     *checkJob
	before  map[string][]byte // the files as they were, by canonical path
	now     map[string][]byte
	names   map[string]string // how they are shown
	applied int
}

// repair applies the fixes of the findings, checks again, and so on until none is left. It answers what is left.
func (a *app) repair(ctx context.Context, o checkOptions, job *checkJob, res *checked) (*checked, error) {
	r := &repairer{job: job, before: map[string][]byte{}, now: map[string][]byte{}, names: map[string]string{}}
	for range fixRounds {
		next, n, err := r.round(res)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			break
		}
		job.source = module.Overlay(files(), next)
		after := job.run(ctx)
		if ctx.Err() != nil {
			return nil, status(exitInterrupted)
		}
		if errorsIn(after) > errorsIn(res) {
			break // what was meant well made it worse: the round is not kept
		}
		r.now, res, r.applied = next, after, r.applied+n
	}
	return res, a.keep(o, r)
}

func errorsIn(r *checked) int {
	n := 0
	for _, d := range r.list {
		if d.IsError() {
			n++
		}
	}
	return n
}

// round applies the first fix of each finding to the texts, as far as they do not touch each other.
func (r *repairer) round(res *checked) (next map[string][]byte, applied int, err error) {
	chosen := map[string][]diag.Edit{}
	for _, d := range res.list {
		if len(d.Fixes) == 0 || !r.allowed(res, d.Fixes[0].Edits, chosen) {
			continue
		}
		for _, e := range d.Fixes[0].Edits {
			id := res.disk[e.File]
			chosen[id] = append(chosen[id], e)
		}
		applied++
	}
	next = make(map[string][]byte, len(chosen))
	for id, text := range r.now {
		next[id] = text
	}
	for id, edits := range chosen {
		text, ok := r.now[id]
		if !ok {
			if text, err = readProgram(id); err != nil {
				return nil, 0, err
			}
			r.before[id], r.names[id] = text, edits[0].File
		}
		next[id] = applyEdits(text, edits)
	}
	return next, applied, nil
}

// allowed tells whether all edits of a fix are in files that were asked for and touch none that was chosen.
func (r *repairer) allowed(res *checked, edits []diag.Edit, chosen map[string][]diag.Edit) bool {
	for i, e := range edits {
		id := res.disk[e.File]
		if id == "" || !r.job.asked[id] {
			return false
		}
		for _, other := range slices.Concat(chosen[id], edits[:i]) {
			if e.Span.Start <= other.Span.End && other.Span.Start <= e.Span.End {
				return false
			}
		}
	}
	return len(edits) > 0
}

// applyEdits changes a file's own bytes. The edits count as syntax.File.Src does: without a byte order mark, with \n at
// the ends of lines; the file keeps its mark and its line ends.
func applyEdits(text []byte, edits []diag.Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b diag.Edit) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	at := 0 // in text
	if bytes.HasPrefix(text, []byte("\ufeff")) {
		at = len("\ufeff")
	}
	seen, done := 0, 0 // bytes of the normal form before at; bytes of text that are written
	advance := func(to int) int {
		for seen < to && at < len(text) {
			if text[at] == '\r' && at+1 < len(text) && text[at+1] == '\n' {
				at++
			}
			at++
			seen++
		}
		return at
	}
	crlf := bytes.Contains(text, []byte("\r\n"))
	var b bytes.Buffer
	for _, e := range edits {
		b.Write(text[done:advance(e.Span.Start)])
		put := e.Text
		if crlf {
			put = strings.ReplaceAll(put, "\n", "\r\n")
		}
		b.WriteString(put)
		done = advance(e.Span.End)
	}
	b.Write(text[done:])
	return b.Bytes()
}

// keep writes the changed files, or shows the changes.
func (a *app) keep(o checkOptions, r *repairer) error {
	ids := make([]string, 0, len(r.now))
	for id := range r.now {
		if !bytes.Equal(r.now[id], r.before[id]) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		if o.dryRun {
			name := r.names[id]
			if _, err := a.stdout.Write(diff.Diff(name, r.before[id], name, r.now[id])); err != nil {
				return fmt.Errorf("%s: %w", a.text("மாற்றங்களை எழுத முடியவில்லை", "cannot write the changes"), err)
			}
			continue
		}
		if err := replaceFile(filepath.FromSlash(id), r.before[id], r.now[id]); err != nil {
			return fmt.Errorf("%s: %w", a.text("'"+r.names[id]+"' கோப்பை மாற்ற முடியவில்லை", "cannot change '"+r.names[id]+"'"), err)
		}
	}
	tamil, english := "திருத்தங்கள் %d, கோப்புகள் %d", "%s in %s"
	if o.dryRun {
		tamil, english = "செய்யக்கூடிய திருத்தங்கள் %d, கோப்புகள் %d", "%s in %s could be made"
	}
	files := count(len(ids), "file")
	fmt.Fprintln(a.stderr, a.text(fmt.Sprintf(tamil, r.applied, len(ids)), fmt.Sprintf(english, countFixes(r.applied), files)))
	return nil
}

func countFixes(n int) string {
	if n == 1 {
		return "1 fix"
	}
	return fmt.Sprintf("%d fixes", n)
}
