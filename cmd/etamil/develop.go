package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/reload"
	"github.com/etamil-lang/etamil/syntax/module"
)

// programExt is the extension of programs; the databases and logs beside them change all the time.
const programExt = ".qmz"

// developer serves a program, and its next version whenever a file of it changes.
type developer struct {
	*live
	file, dir string
	front     *reload.Front
	browsers  *reload.Browsers
}

// develop serves a program until ctx ends, and its next version whenever a file of it changes. The listener and its
// connections stay.
func (l *live) develop(ctx context.Context, ln net.Listener, opt httpd.Options, file, dir string) error {
	d := &developer{live: l, file: file, dir: dir, browsers: reload.NewBrowsers()}
	d.front = reload.NewFront(d.versionOf(l.current), l.o.grace)
	var h http.Handler = d.front
	if !l.o.noReload {
		h = d.browsers.Wrap(h)
	}
	watching, cancel := context.WithCancel(ctx)
	defer context.AfterFunc(watching, d.browsers.Close)()
	var wg sync.WaitGroup
	wg.Go(func() {
		defer cancel()
		select {
		case <-l.o.life.Stopping():
		case <-watching.Done():
		}
	})
	wg.Go(func() { d.watch(watching) })
	l.still = func() {
		cancel()
		wg.Wait()
		d.front.Wait()
	}
	return l.run(ctx, ln, h, opt)
}

// versionOf is a loaded program as a version. It ends without the blocks of the end, which are the server's.
func (d *developer) versionOf(s *service) *reload.Version {
	return &reload.Version{Handler: s.handler, Leave: s.sayFarewell, Cut: s.retire, End: func(ctx context.Context) {
		s.finish(ctx)
		s.close()
	}}
}

// watch replaces the program for as long as its files change.
func (d *developer) watch(ctx context.Context) {
	w := reload.NewWatcher(reload.Options{Ext: programExt, Poll: d.o.poll, Fallback: func(err error) {
		d.log.say(d.app.text("கோப்பு மாற்றங்களை இயங்குதளம் சொல்ல முடியவில்லை; அவ்வப்போது பார்க்கப்படும்", "the system cannot tell of changed files; they are looked at every so often") + ": " + err.Error())
	}})
	defer w.Close()
	prog := d.version().prog
	w.Watch(d.files(prog))
	for edited(prog) || w.Next(ctx) { // nobody has watched while they were read for the first time
		prog = nil
		w.Watch(d.files(d.replace(ctx)))
	}
}

// asRead leaves out of a text what is left out when it is read: marks that some editors begin a file with, and half of the
// line ends of Windows.
var asRead = strings.NewReplacer("\ufeff", "", "\r\n", "\n")

// edited tells whether a file of a program is not what was read any more.
func edited(prog *module.Program) bool {
	if prog == nil {
		return false
	}
	for i, path := range prog.Paths {
		if path == "" || i >= len(prog.Files) {
			continue
		}
		if text, err := os.ReadFile(filepath.FromSlash(path)); err != nil || asRead.Replace(string(text)) != asRead.Replace(prog.Files[i].Src) {
			return true
		}
	}
	return false
}

// files are those of a program; the entry stays one, because what was broken may come back there. prog may be nil.
func (d *developer) files(prog *module.Program) []string {
	files := []string{d.file}
	if prog != nil {
		for _, p := range prog.Paths {
			if p != "" {
				files = append(files, filepath.FromSlash(p))
			}
		}
	}
	return files
}

// replace starts the program as its files are now. When it does not start, which was shown, the old one goes on.
func (d *developer) replace(ctx context.Context) *module.Program {
	a, told := d.app.overheard()
	next, err := a.start(ctx, d.log, d.o, d.file, d.dir)
	if shown := told(); err != nil {
		next.close()
		if ctx.Err() == nil {
			d.broken(err, shown)
		}
		return next.prog
	}
	next.schedule(ctx)
	d.mu.Lock()
	old := d.current
	d.current = next
	d.mu.Unlock()
	d.front.Swap(d.versionOf(next))
	old.running.halt()
	d.listen()
	d.browsers.Reload()
	d.log.say(d.app.text("↻ புதிய பதிப்பு வழங்கப்படுகிறது", "the new version is served"))
	next.table()
	return next.prog
}

// broken says that the old version goes on, to people and to their browsers.
func (d *developer) broken(err error, shown []reload.Problem) {
	var told status
	if !errors.As(err, &told) {
		d.log.say("✗ " + err.Error())
		shown = append(shown, reload.Problem{Head: "✗ " + err.Error()})
	}
	d.log.say(d.app.text("பிழை உள்ளது; பழைய பதிப்பே தொடர்கிறது", "there are errors; the old version goes on"))
	d.browsers.Broken(shown)
}
