package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/etamil-lang/etamil/check/diag"
	format "github.com/etamil-lang/etamil/fmt"
)

// fmtJob is one run of `etamil fmt`.
type fmtJob struct {
	a       *app
	o       fmtOptions
	find    *checkJob // what finding the files has found
	results []fmtResult
	quiet   bool          // the result is the output: no summary
	names   *format.Names // with --names: those of all files
	imports *format.Importer
	told    map[string]bool // names that cannot be turned
}

// fmtResult is what became of one file.
type fmtResult struct {
	name          string
	before, after []byte // nil where nothing changes
	changed       bool
	err           error
}

func (a *app) fmtJob(o fmtOptions) *fmtJob {
	return &fmtJob{a: a, o: o, find: &checkJob{asked: map[string]bool{}, texts: map[string]string{}, configs: newConfigs()}, imports: format.NewImporter(files(), roots()...), told: map[string]bool{}}
}

// manyFiles is from how many files on a terminal is told how far the work is.
const manyFiles = 200

// run lays out the files, as many at a time as there are processors. Each is written as soon as it is ready.
func (j *fmtJob) run(ctx context.Context, files []found) {
	if j.o.names {
		j.names = &format.Names{}
		for _, f := range files {
			if text, err := readProgram(f.id); err == nil { // the error is reported below
				j.names.Add(f.name, text)
			}
		}
	}
	j.results = make([]fmtResult, len(files))
	progress := len(files) >= manyFiles && isTerminal(j.a.stderr)
	var done atomic.Int64
	parallel(len(files), func(i int) {
		if ctx.Err() != nil {
			return
		}
		j.results[i] = j.file(ctx, files[i])
		if n := done.Add(1); progress && n%50 == 0 {
			fmt.Fprintf(j.a.stderr, "\r%d/%d", n, len(files))
		}
	})
	if progress {
		fmt.Fprint(j.a.stderr, "\r\x1b[K")
	}
	if j.o.names && ctx.Err() == nil {
		j.writeAll(files)
	}
}

// writeAll writes the files whose names were turned: all of them, or none where one cannot be turned, because a name means
// the same in all files.
func (j *fmtJob) writeAll(files []found) {
	for _, r := range j.results {
		if r.err != nil {
			for i := range j.results {
				j.results[i].changed = false
			}
			return
		}
	}
	for i := range j.results {
		if r := &j.results[i]; r.changed && !j.o.check && !j.o.diff {
			r.err = replaceFile(files[i].id, r.before, r.after)
		}
	}
}

// file lays out one file, and writes it where that is asked for. Links are followed: the file they point to changes.
func (j *fmtJob) file(ctx context.Context, f found) fmtResult {
	text, err := readProgram(f.id)
	if err != nil {
		return fmtResult{name: f.name, err: err}
	}
	r := j.format(ctx, f.name, f.dir(), text)
	if r.changed && !j.o.names && !j.o.check && !j.o.diff {
		r.err = replaceFile(f.id, r.before, r.after)
	}
	if !j.o.diff && !j.o.names && !errors.As(r.err, new(*format.SyntaxError)) {
		r.before, r.after = nil, nil
	}
	return r
}

// format lays out a text that stands, or would stand, in a folder.
func (j *fmtJob) format(ctx context.Context, name, dir string, text []byte) fmtResult {
	opt := format.Options{
		Lines: format.Range(j.o.lines), Script: format.Script(j.o.script), Canonical: bool(j.o.spelling), Names: j.names,
		Imports: j.imports.Beside(ctx, filepath.ToSlash(dir)),
	}
	if cfg := j.find.configs.of(dir); cfg != nil {
		opt.Width = int(cfg.project.Int("fmt.width"))
	}
	r := fmtResult{name: name, before: text}
	r.after, r.err = format.Source(name, text, opt)
	r.changed = r.err == nil && !bytes.Equal(r.before, r.after)
	return r
}

// report shows what is to be shown of all files, in order, and answers the status.
func (j *fmtJob) report(ctx context.Context) error {
	if ctx.Err() != nil {
		return status(exitInterrupted)
	}
	j.find.configs.report(j.find)
	found := j.find.found
	changed, failed := 0, 0
	for _, r := range j.results {
		var broken *format.SyntaxError
		switch {
		case errors.As(r.err, &broken):
			failed++
			j.find.texts[r.name] = broken.File.Src
			for _, f := range broken.File.Faults {
				if f.IsError() {
					found = append(found, diag.FromFault(r.name, f))
				}
			}
		case r.err != nil:
			failed++
			j.complain(r)
		case r.changed:
			changed++
			if err := j.show(r); err != nil {
				return fmt.Errorf("%s: %w", j.a.text("முடிவை எழுத முடியவில்லை", "cannot write the result"), err)
			}
		}
	}
	if len(found) > 0 {
		if err := diag.RenderAll(j.a.stderr, diag.WithoutNoise(found), func(name string) string { return j.find.texts[name] }, j.a.diagOptions()); err != nil {
			return fmt.Errorf("show errors: %w", err)
		}
	}
	for _, d := range found {
		if d.IsError() {
			failed = max(failed, 1)
		}
	}
	j.summary(changed, failed)
	if failed > 0 || j.o.check && changed > 0 {
		return status(exitFault)
	}
	return nil
}

// show names a file that is not laid out, or shows its changes.
func (j *fmtJob) show(r fmtResult) error {
	var err error
	switch {
	case j.o.diff:
		_, err = j.a.stdout.Write(diff.Diff(r.name, r.before, r.name, r.after))
	case j.o.check:
		_, err = fmt.Fprintln(j.a.stdout, r.name)
	}
	return err
}

// complain tells of a file that could not be laid out. A loss is a mistake of etamil's own: it comes with what a report
// of it needs.
func (j *fmtJob) complain(r fmtResult) {
	var misfits format.NameErrors
	if errors.As(r.err, &misfits) {
		for _, m := range misfits {
			j.misfit(m)
		}
		return
	}
	var loss *format.LossError
	if !errors.As(r.err, &loss) {
		j.a.complain(j.a.text("'"+r.name+"' கோப்பை அடுக்க முடியவில்லை", "cannot lay out '"+r.name+"'") + ": " + r.err.Error())
		return
	}
	j.a.complain(j.a.text("'"+r.name+"' கோப்பு அப்படியே உள்ளது: அடுக்கினால் நிரல் மாறிவிடும். இது etamil-இன் பிழை; கீழுள்ளதை எங்களுக்கு அனுப்புங்கள்.",
		"'"+r.name+"' was left as it is: the layout would change the program. That is a mistake of etamil; please send us what follows."))
	fmt.Fprintf(j.a.stderr, "\n    etamil fmt: %s\n    %s\n    %s\n\n", thisBuild().Version, loss.Error(), loss.Around)
}

// misfit tells of a name that cannot be turned, once for all files, and what can be done about it.
func (j *fmtJob) misfit(m *format.NameError) {
	if j.told[m.Name] {
		return
	}
	j.told[m.Name] = true
	tamil, english := "அங்கிருந்து திரும்ப முடியாது. பெயரை மாற்றுங்கள்: ஒரே எழுத்துமுறையில், மெய்யெழுத்தை ஒட்டி உயிரெழுத்து வராமல்",
		"which does not lead back to it. Rename it: in one script only, with no vowel letter right behind a consonant's dot"
	switch m.Why {
	case format.Taken:
		tamil, english = "அப்படி ஒன்று ஏற்கெனவே உள்ளது. இரண்டில் ஒன்றை மாற்றுங்கள்", "which there is already. Rename one of the two"
	case format.LosesWord:
		tamil, english = "முன்னது மொழியின் சொல்லும் கூட, பின்னது அப்படியல்ல. பெயரை மாற்றுங்கள்", "and is a word of the language too, which that is not. Rename it"
	}
	tamil = fmt.Sprintf("'%s' என்ற பெயர் '%s' ஆகும்; %s", m.Name, m.Turned, tamil)
	english = fmt.Sprintf("the name '%s' would become '%s', %s", m.Name, m.Turned, english)
	j.a.complain(fmt.Sprintf("%s:%d: ", m.File, m.Line) + j.a.text(tamil, english))
}

// summary is the last line.
func (j *fmtJob) summary(changed, failed int) {
	if j.quiet {
		return
	}
	mark := "✓"
	if failed > 0 || j.o.check && changed > 0 {
		mark = "✗"
	}
	tamil, english := "மாற்றியவை", "changed"
	if j.o.check || j.o.diff {
		tamil, english = "மாற வேண்டியவை", "to change"
	}
	t := fmt.Sprintf("கோப்புகள் %d, %s %d", len(j.results), tamil, changed)
	e := fmt.Sprintf("%s, %d %s", count(len(j.results), "file"), changed, english)
	if failed > 0 {
		t += fmt.Sprintf(", பிழையுள்ளவை %d", failed)
		e += fmt.Sprintf(", %d with errors", failed)
	}
	fmt.Fprintf(j.a.stderr, "%s %s\n", mark, j.a.text(t, e))
}
