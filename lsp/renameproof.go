package lsp

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/lsp/rpc"
)

// proven tells why changes of keys cannot be made, nil where they can. What holds a key may get it from elsewhere, as a row
// gets its columns from a query: so the programs are checked as they would be.
func (s *search) proven(ctx context.Context, list []change) error {
	next := s.snap.changedBy(list)
	defer next.outdate()
	for _, p := range s.progs {
		before, err := s.snap.judged(ctx, p.root)
		if err != nil {
			return err
		}
		after, err := next.judged(ctx, p.root)
		if err != nil {
			return err
		}
		if d := fresh(before.found, after.found); d != nil {
			return s.snap.brokenBy(next.at(d.File), d)
		}
	}
	return nil
}

// changedBy is what the client would have after changes. Nobody else sees it.
func (s *snapshot) changedBy(list []change) *snapshot {
	next := s.next()
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b change) int { return cmp.Compare(b.span.Start, a.span.Start) })
	for _, c := range list {
		f := next.at(c.file.path)
		doc := f.doc().Edit(c.file.toText(c.span.Start), c.file.toText(c.span.End), c.text)
		next.open[f.path] = openFile(doc, f.uri, f.version, f.enc)
		next.changed(f.path, false)
	}
	return next
}

// fresh is the first error of a kind that there are more of, nil where there is none.
func fresh(before, after []diag.Diagnostic) *diag.Diagnostic {
	count := map[string]int{}
	for _, d := range before {
		count[d.Code+d.File]++
	}
	for i := range after {
		d := &after[i]
		if count[d.Code+d.File]--; d.IsError() && count[d.Code+d.File] < 0 {
			return d
		}
	}
	return nil
}

// brokenBy is the answer where changes would break a program.
func (s *snapshot) brokenBy(f *file, d *diag.Diagnostic) error {
	where, line := d.File, 1
	if f != nil {
		where, line = path.Base(f.path), int(f.position(d.Span.Start).Line)+1
	}
	return rpc.Failed(s.say(
		fmt.Sprintf("%s, வரி %d பிழையாகும் (%s): இப்பெயர் வேறு இடத்திலிருந்தும் வருகிறது, எ.கா. வினாவிலிருந்து", where, line, d.Code),
		fmt.Sprintf("%s, line %d would be an error (%s): the name also comes from elsewhere, such as a query", where, line, d.Code)))
}
