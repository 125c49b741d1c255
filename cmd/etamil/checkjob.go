package main

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// checkJob is what one check looks at.
type checkJob struct {
	source  module.Source     // where programs are read from
	entries []module.Entry    // the files that nobody imports
	files   int               // all files that were found
	asked   map[string]bool   // those files by their canonical paths
	named   map[string]bool   // the paths of the command line
	names   map[string]string // how asked files are shown, by canonical path, where others are loaded too
	shown   map[string]bool   // the files that are spoken of, by canonical path; nil for all
	paths   []string          // those files and folders, to be watched
	found   []diag.Diagnostic // faults of finding the files, and of etamil.toml
	texts   map[string]string // of the project files
	configs *configs
}

// checked is what a check has found.
type checked struct {
	list     []diag.Diagnostic
	texts    map[string]string // the texts of the files with findings
	disk     map[string]string // where those files are
	files    int
	silenced int
	stats    check.Stats
}

func (r *checked) source(name string) string { return r.texts[name] }

// program is what the check of one entry gives. Of the files only what the findings need is kept: the trees of a folder
// of a thousand files do not fit into memory.
type program struct {
	list  []diag.Diagnostic
	files []fileOf
	stats check.Stats
}

// fileOf is a file of a program: with its text where something was found in it.
type fileOf struct {
	name, path, text string
	entry, whole     bool
	ignores          *syntax.File
}

// run checks all programs, as many at a time as there are processors.
func (j *checkJob) run(ctx context.Context) *checked {
	results := make([]program, len(j.entries))
	parallel(len(j.entries), func(i int) {
		if ctx.Err() == nil {
			results[i] = checkEntry(ctx, j.source, j.entries[i])
			j.rename(&results[i])
		}
	})
	return j.merge(results)
}

// checkEntry loads and checks one program. After a syntax error nothing more is said of it: what the parser skipped
// would look undefined or unused.
func checkEntry(ctx context.Context, src module.Source, entry module.Entry) program {
	prog, faults := module.Load(ctx, src, entry, roots()...)
	var p program
	for _, f := range faults {
		p.list = append(p.list, diag.FromLoad(f))
	}
	p.list = diag.WithoutNoise(p.list)
	whole := !module.HasErrors(faults)
	if whole && ctx.Err() == nil {
		p.list = append(p.list, check.Program(ctx, prog, check.Options{Stats: &p.stats})...)
	}
	with := map[string]bool{}
	for _, d := range p.list {
		with[d.File] = true
		for _, rel := range d.Related {
			with[rel.File] = true
		}
	}
	for i, f := range prog.Files {
		of := fileOf{name: f.Name, path: prog.Paths[i], entry: i == 0, whole: whole}
		if with[f.Name] {
			of.text = f.Src
		}
		if len(diag.Ignores(f)) > 0 {
			of.text, of.ignores = f.Src, f
		}
		p.files = append(p.files, of)
	}
	return p
}

// rename shows the files that were asked for as the command line names them, however their importers do.
func (j *checkJob) rename(p *program) {
	other := map[string]string{}
	for i := range p.files {
		f := &p.files[i]
		if name := j.names[f.path]; name != "" && name != f.name {
			other[f.name], f.name = name, name
			if f.ignores != nil {
				f.ignores.Name = name
			}
		}
	}
	if len(other) == 0 {
		return
	}
	as := func(name *string) {
		if new, ok := other[*name]; ok {
			*name = new
		}
	}
	for i := range p.list {
		d := &p.list[i]
		as(&d.File)
		for k := range d.Related {
			as(&d.Related[k].File)
		}
		for _, fix := range d.Fixes {
			for k := range fix.Edits {
				as(&fix.Edits[k].File)
			}
		}
	}
}

// merge joins the programs' findings. A module is judged within its importers: an error in any of them counts, a warning
// only when all of them give it – a function that one program leaves unused may be what another one imports.
func (j *checkJob) merge(results []program) *checked {
	r := &checked{texts: j.texts, disk: map[string]string{}, files: j.files}
	within := map[string]int{} // in how many programs a file takes part
	given := map[diag.Same]int{}
	all := map[string]fileOf{}
	byFile := map[string][]diag.Diagnostic{}
	for _, p := range results {
		r.stats.Expressions += p.stats.Expressions
		r.stats.Known += p.stats.Known
		for _, f := range p.files {
			within[f.name]++
			if old, ok := all[f.name]; ok {
				f.whole = f.whole && old.whole
				f.text, f.ignores = cmp.Or(f.text, old.text), cmp.Or(f.ignores, old.ignores)
			}
			all[f.name] = f
		}
		mine := map[diag.Same]bool{}
		for _, d := range p.list {
			key := d.Same()
			if mine[key] {
				continue
			}
			mine[key] = true
			if given[key]++; given[key] == 1 {
				byFile[d.File] = append(byFile[d.File], d)
			}
		}
	}
	for name, f := range all {
		if j.shown != nil && f.path != "" && !j.shown[filepath.FromSlash(f.path)] {
			delete(byFile, name)
			continue
		}
		r.texts[name], r.disk[name] = f.text, f.path
		list := slices.DeleteFunc(byFile[name], func(d diag.Diagnostic) bool { return !d.IsError() && given[d.Same()] < within[name] })
		byFile[name] = list
		if f.ignores != nil {
			rest, n := diag.Silence(list, f.ignores, f.whole)
			byFile[name], r.silenced = rest, r.silenced+n
		}
	}
	r.list = j.ruled(byFile)
	return r
}

// ruled applies the project's rules and orders the findings by file and place.
func (j *checkJob) ruled(byFile map[string][]diag.Diagnostic) []diag.Diagnostic {
	list := slices.Clone(j.found)
	for name, found := range byFile {
		rules := j.configs.rules(filepath.Dir(filepath.FromSlash(name)))
		for _, d := range found {
			if d, ok := rules.Apply(d); ok {
				list = append(list, d)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b diag.Diagnostic) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Code, b.Code))
	})
	return list
}

// watched are the files and folders whose changes start the next check.
func (j *checkJob) watched() []string { return j.paths }
