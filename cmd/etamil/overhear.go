package main

import (
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/module"
)

// overhearing keeps what is shown while a program starts, for the pages of browsers. A nil one keeps nothing.
type overhearing struct {
	mu   sync.Mutex
	text strings.Builder
	over bool
}

// overheard is the app with an ear on what it shows, until told says what that was.
func (a *app) overheard() (copied *app, told func() string) {
	heard := *a
	o := &overhearing{}
	heard.overhear = o
	return &heard, o.end
}

func (o *overhearing) hear(prog *module.Program, shown []diag.Diagnostic, lang diag.Lang) {
	if o == nil || len(shown) == 0 {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.over {
		_ = diag.RenderAll(&o.text, shown, prog.Source, diag.Options{Lang: lang}) // a builder takes everything
	}
}

// end answers what was shown, and keeps nothing more.
func (o *overhearing) end() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.over = true
	return o.text.String()
}
