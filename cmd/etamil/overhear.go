package main

import (
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/reload"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/position"
)

// maxProblems is how many faults a page shows; the terminal has them all.
const maxProblems = 20

// overhearing keeps what is shown while a program starts, for the pages of browsers. A nil one keeps nothing.
type overhearing struct {
	mu       sync.Mutex
	problems []reload.Problem
	over     bool
}

// overheard is the app with an ear on what it shows, until told says what that was.
func (a *app) overheard() (copied *app, told func() []reload.Problem) {
	heard := *a
	o := &overhearing{}
	heard.overhear = o
	return &heard, o.end
}

func (o *overhearing) hear(prog *module.Program, shown []diag.Diagnostic, lang diag.Lang) {
	if o == nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, d := range shown {
		if !o.over && len(o.problems) < maxProblems {
			o.problems = append(o.problems, problemOf(prog, d, lang))
		}
	}
}

// end answers what was shown, and keeps nothing more.
func (o *overhearing) end() []reload.Problem {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.over = true
	return o.problems
}

// problemOf is a fault as a page shows it: where letters of many widths stand, a mark says more than a caret below.
func problemOf(prog *module.Program, d diag.Diagnostic, lang diag.Lang) reload.Problem {
	var text strings.Builder
	_ = diag.Render(&text, d, prog.Source, diag.Options{Lang: lang}) // a builder takes everything
	lines := strings.Split(strings.TrimSpace(text.String()), "\n")
	p := reload.Problem{Head: lines[0]}
	for _, line := range lines[1:] {
		if help, ok := strings.CutPrefix(line, "  = "); ok {
			p.Help += help + "\n"
		}
	}
	src := prog.Source(d.File)
	if start, end := d.Span.Start, d.Span.End; src != "" && start <= end && end <= len(src) {
		p.Line, _ = position.NewMap(src).Clusters(start)
		from := strings.LastIndexByte(src[:start], '\n') + 1
		to := len(src)
		if n := strings.IndexByte(src[start:], '\n'); n >= 0 {
			to = start + n
		}
		p.Before, p.Marked, p.After = src[from:start], src[start:min(end, to)], src[min(end, to):to]
	}
	return p
}
