package main

import (
	"os"
	"path/filepath"
	"sync"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/project"
)

// projectFile is the name of the project file.
const projectFile = "etamil.toml"

// configs finds the project file of each folder: its own, or that of the nearest folder above.
type configs struct {
	mu   sync.Mutex
	dirs map[string]*config
	read []*config // in the order in which they were met
}

// config is a project file that was read.
type config struct {
	dir     string
	name    string // for people
	project *project.Project
	rules   diag.Rules
	found   []diag.Diagnostic
}

func newConfigs() *configs { return &configs{dirs: map[string]*config{}} }

// of answers the project of a folder, or nil.
func (c *configs) of(dir string) *config {
	c.mu.Lock()
	defer c.mu.Unlock()
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil
	}
	return c.lookup(abs)
}

func (c *configs) lookup(abs string) *config {
	if known, ok := c.dirs[abs]; ok {
		return known
	}
	var cfg *config
	if text, err := os.ReadFile(filepath.Join(abs, projectFile)); err == nil {
		cfg = readConfig(abs, text)
		c.read = append(c.read, cfg)
	} else if up := filepath.Dir(abs); up != abs {
		cfg = c.lookup(up)
	}
	c.dirs[abs] = cfg
	return cfg
}

// readConfig reads a project file. What is wrong with it is found as in a program.
func readConfig(dir string, text []byte) *config {
	cfg := &config{dir: dir, name: filepath.ToSlash(shownPath(filepath.Join(dir, projectFile))), rules: diag.Rules{}}
	p, faults := project.Parse(cfg.name, text)
	cfg.project = p
	for _, f := range faults {
		cfg.found = append(cfg.found, diag.FromFault(cfg.name, f))
	}
	for _, rule := range p.Rules() {
		if wrong, ok := cfg.rules.Set(cfg.name, rule.Code, rule.Level, rule.Span); !ok {
			cfg.found = append(cfg.found, wrong)
		}
	}
	return cfg
}

// shownPath is a path from the working folder, where it lies in it.
func shownPath(abs string) string {
	wd, err := os.Getwd()
	if err != nil {
		return abs
	}
	rel, err := filepath.Rel(wd, abs)
	if err != nil || !filepath.IsLocal(rel) {
		return abs
	}
	return rel
}

// rules are the levels of a folder's project.
func (c *configs) rules(dir string) diag.Rules {
	if cfg := c.of(dir); cfg != nil {
		return cfg.rules
	}
	return nil
}

// excluded tells whether the project of a path leaves it out of checks.
func (c *configs) excluded(name string) bool {
	cfg, rel := c.within(name)
	return cfg != nil && cfg.project.Excludes(rel)
}

// unformatted tells the same of the layout.
func (c *configs) unformatted(name string) bool {
	cfg, rel := c.within(name)
	return cfg != nil && cfg.project.Unformatted(rel)
}

// within answers the project of a path and the path from that project's folder, with slashes; nil where there is none.
func (c *configs) within(name string) (*config, string) {
	cfg := c.of(filepath.Dir(name))
	if cfg == nil {
		return nil, ""
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, ""
	}
	rel, err := filepath.Rel(cfg.dir, abs)
	if err != nil {
		return nil, ""
	}
	return cfg, filepath.ToSlash(rel)
}

// report adds what is wrong with the project files that were met to a check.
func (c *configs) report(j *checkJob) {
	for _, cfg := range c.read {
		j.found = append(j.found, cfg.found...)
		j.texts[cfg.name] = cfg.project.Src
		j.paths = append(j.paths, filepath.Join(cfg.dir, projectFile))
	}
}
