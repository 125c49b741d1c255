package lsp

import (
	"maps"
	"path"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/project"
)

// projectName is the name of the project file.
const projectName = "etamil.toml"

// projectFile is a project file that was read.
type projectFile struct {
	dir     string
	file    *file
	project *project.Project
	rules   diag.Rules
	found   []diag.Diagnostic
}

// readProjects reads the project files of all folders that hold programs, and of those above them. Where again is false
// those that were read are kept.
func (s *snapshot) readProjects(again bool) {
	all := map[string]*projectFile{}
	if !again {
		maps.Copy(all, s.disk.projects)
	}
	for _, f := range s.folders {
		s.readProjectsAbove(f.path, all)
	}
	for name := range s.disk.files {
		s.readProjectsAbove(path.Dir(name), all)
	}
	for name := range s.open {
		if isFile(name) {
			s.readProjectsAbove(path.Dir(name), all)
		}
	}
	s.disk = &disk{files: s.disk.files, scanned: s.disk.scanned, stopped: s.disk.stopped, projects: all}
}

// readProjectsAbove finds the project of a folder: its own, or that of the nearest folder above.
func (s *snapshot) readProjectsAbove(dir string, all map[string]*projectFile) *projectFile {
	if p, done := all[dir]; done {
		return p
	}
	p := s.readProject(dir)
	if up := path.Dir(dir); p == nil && up != dir {
		p = s.readProjectsAbove(up, all)
	}
	all[dir] = p
	return p
}

// readProject reads the project file of one folder, nil where there is none.
func (s *snapshot) readProject(dir string) *projectFile {
	name := path.Join(dir, projectName)
	f := s.open[name]
	if f == nil {
		f = s.server.readFile(name, s.enc)
	}
	if f == nil {
		return nil
	}
	p := &projectFile{dir: dir, file: f, rules: diag.Rules{}}
	parsed, faults := project.Parse(name, []byte(f.text))
	p.project = parsed
	for _, fault := range faults {
		p.found = append(p.found, diag.FromFault(name, fault))
	}
	for _, rule := range parsed.Rules() {
		if wrong, ok := p.rules.Set(name, rule.Code, rule.Level, rule.Span); !ok {
			p.found = append(p.found, wrong)
		}
	}
	return p
}

// project is the project of a file, nil where it has none.
func (s *snapshot) project(name string) *projectFile {
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		if p, done := s.disk.projects[dir]; done {
			return p
		}
		if dir == path.Dir(dir) {
			return nil
		}
	}
}

// rules are the levels of diagnostics that hold in a file.
func (s *snapshot) rules(name string) diag.Rules {
	if p := s.project(name); p != nil {
		return p.rules
	}
	return nil
}

// excludes tells whether a project leaves a path out of checks; no project leaves none out.
func (p *projectFile) excludes(name string) bool {
	return p != nil && p.project.Excludes(p.rel(name))
}

// rel is a path from the project's folder.
func (p *projectFile) rel(name string) string {
	return strings.TrimPrefix(strings.TrimPrefix(name, p.dir), "/")
}

// unformatted tells whether the project of a path leaves it out of layout.
func (s *snapshot) unformatted(name string) bool {
	p := s.project(name)
	return p != nil && p.project.Unformatted(p.rel(name))
}
