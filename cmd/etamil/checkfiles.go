package main

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// gather finds what is to be checked.
func (a *app) gather(o checkOptions, args []string) (*checkJob, error) {
	job := &checkJob{source: files(), asked: map[string]bool{}, named: map[string]bool{}, texts: map[string]string{}, configs: newConfigs()}
	if args[0] == "-" {
		entry, err := a.entry("-")
		if err != nil {
			return nil, err
		}
		if o.stdinName != "" {
			entry.Path, entry.Name = filepath.ToSlash(o.stdinName), ""
		}
		job.entries, job.files = []module.Entry{entry}, 1
		job.configs.rules(filepath.Dir(o.stdinName))
		job.configs.report(job)
		return job, nil
	}
	f := newFinder(job, job.configs.excluded)
	for _, arg := range args {
		name := filepath.Clean(arg)
		job.named[filepath.ToSlash(name)] = true
		f.argument(name)
	}
	job.files = len(f.files)
	job.arrange(f.files)
	job.configs.report(job)
	return job, nil
}

// arrange makes programs of the files that were asked for, and of those around them that import one of these: a module
// that is named alone is still judged within its importers. Only the files that were asked for, and what they import, are
// spoken of.
func (j *checkJob) arrange(asked []found) {
	others := j.around(asked)
	imports := importsOf(slices.Concat(asked, others))
	j.entries = entriesOf(slices.Concat(asked, others), imports)
	if len(others) == 0 {
		return
	}
	j.names, j.shown = map[string]string{}, map[string]bool{}
	for _, f := range asked {
		j.names[filepath.ToSlash(f.id)] = f.name
		reach(imports, f.id, j.shown)
	}
	j.entries = slices.DeleteFunc(j.entries, func(e module.Entry) bool {
		reached := map[string]bool{}
		reach(imports, absolute(e.Path), reached)
		return !slices.ContainsFunc(asked, func(f found) bool { return reached[f.id] })
	})
}

// around are the programs that may import a file that was named: those of its project, or without one those beside it.
func (j *checkJob) around(asked []found) []found {
	quiet := &checkJob{asked: map[string]bool{}, configs: j.configs}
	for id := range j.asked {
		quiet.asked[id] = true
	}
	f := newFinder(quiet, j.configs.excluded)
	seen := map[string]bool{}
	for _, a := range asked {
		dir := filepath.Dir(filepath.FromSlash(a.name))
		if !j.named[a.name] || seen[dir] {
			continue
		}
		seen[dir] = true
		if cfg := j.configs.of(dir); cfg != nil {
			f.folder(shownPath(cfg.dir))
			continue
		}
		beside, _ := filepath.Glob(filepath.Join(globSafe(dir), "*"+programExt)) // the pattern is well-formed
		for _, name := range beside {
			if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
				f.file(name)
			}
		}
	}
	return f.files
}

// reach adds a file and all that it imports, however deep, to a set.
func reach(imports map[string][]string, id string, into map[string]bool) {
	if into[id] {
		return
	}
	into[id] = true
	for _, to := range imports[id] {
		reach(imports, to, into)
	}
}

// entriesOf are the programs among files: those that no other imports. Of files that import each other in a circle the
// first stands for all.
func entriesOf(files []found, imports map[string][]string) []module.Entry {
	imported := map[string]bool{}
	for _, f := range files {
		for _, to := range imports[f.id] {
			if to != f.id {
				imported[to] = true
			}
		}
	}
	var entries []module.Entry
	reached := map[string]bool{}
	take := func(f found) {
		entries = append(entries, module.Entry{Path: f.name})
		reach(imports, f.id, reached)
	}
	for _, f := range files {
		if !imported[f.id] {
			take(f)
		}
	}
	for _, f := range files {
		if !reached[f.id] {
			take(f)
		}
	}
	return entries
}

// importsOf reads which files each file imports, as canonical paths. Only what has the word is parsed.
func importsOf(files []found) map[string][]string {
	var mu sync.Mutex
	imports := make(map[string][]string)
	parallel(len(files), func(i int) {
		f := files[i]
		text, err := readProgram(f.name)
		if err != nil {
			return // the loader says why it cannot be read
		}
		var to []string
		for _, want := range module.Imports(string(text), func() *syntax.File { return syntax.Parse(f.name, text) }) {
			to = append(to, places(path.Dir(f.name), want)...)
		}
		if len(to) == 0 {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		imports[f.id] = to
	})
	return imports
}

// places are where an import may lead to: beside the file, or below the roots. The first that exists is meant.
func places(dir, want string) []string {
	if strings.TrimSpace(want) == "" {
		return nil
	}
	for _, base := range append([]string{dir}, roots()...) {
		name := filepath.FromSlash(want)
		if !filepath.IsAbs(name) {
			name = filepath.Join(filepath.FromSlash(base), name)
		}
		if info, err := os.Stat(name); err == nil && !info.IsDir() {
			return []string{absolute(name)}
		}
	}
	return nil
}
