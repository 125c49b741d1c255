package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/etamil-lang/etamil/repl"
	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// replHost is the world around a conversation: its folder, files, databases, and the routes that it declared.
type replHost struct {
	a       *app
	dir     string // where entries import from
	root    string // the project's folder, absolute
	wide    int    // how long lines are laid out, 0 where no project says it
	dbs     *data.Databases
	session *data.Session
	tasks   *task.Group
	out     io.Writer // of entries and of tasks beside them
}

func newREPLHost(a *app) (*replHost, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.text("இந்தக் கோப்புறை இல்லை", "this folder is gone"), err)
	}
	h := &replHost{a: a, out: &lockedWriter{w: a.stdout}, dir: ".", root: dir, dbs: data.NewDatabases("", data.Options{})}
	if cfg := newConfigs().of(dir); cfg != nil {
		h.root, h.wide = cfg.dir, int(cfg.project.Int("fmt.width"))
	}
	h.session = h.dbs.Session()
	h.tasks = task.NewGroup(context.Background(), task.Options{Whole: true, Enter: forked})
	return h, nil
}

// around gives entries their databases and tasks.
func (h *replHost) around(ctx context.Context) context.Context {
	return h.tasks.With(data.With(ctx, h.session))
}

// began notes that an entry runs. One that failed has not happened, so that its tasks are stopped.
func (h *replHost) began() func(failed bool) []error {
	mark := h.tasks.Mark()
	return func(failed bool) []error {
		if failed {
			h.tasks.StopSince(mark)
		}
		return h.tasks.Lost()
	}
}

// forget stops all tasks and takes back what the entries connected.
func (h *replHost) forget() {
	h.tasks.StopSince(0)
	_ = h.session.Close() // what was not committed is rolled back
	h.session = h.dbs.Session()
}

func (h *replHost) close() {
	if names := h.tasks.Unfinished(); len(names) > 0 {
		for i, name := range names {
			names[i] = strings.TrimSpace("பணி " + name)
		}
		h.a.complain(h.a.text("முடியாத பணிகள் நிறுத்தப்பட்டன", "unfinished tasks were stopped") + ": " + strings.Join(names, ", "))
	}
	h.tasks.Close()
	_ = h.session.Close() // what was not committed is rolled back
	_ = h.dbs.Close()
}

// stdin is what entries read: nothing, because what is typed are the entries themselves.
func (h *replHost) stdin() io.Reader { return strings.NewReader("") }

func (h *replHost) host() repl.Host {
	return repl.Host{Write: writeWhole, Edit: h.edit, Request: h.request}
}

// writeWhole puts a text into a file in one step.
func writeWhole(path, text string) error {
	before, err := os.ReadFile(path)
	if err == nil {
		return replaceFile(path, before, []byte(text))
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return putFile(path, []byte(text), 0o644)
}

// edit lets the user change a text in $VISUAL or $EDITOR, which may come with arguments.
func (h *replHost) edit(ctx context.Context, text string) (changed string, err error) {
	editor := os.Getenv("VISUAL")
	if editor == "" {
		editor = os.Getenv("EDITOR")
	}
	words := strings.Fields(editor)
	if len(words) == 0 {
		return "", errors.New("$EDITOR")
	}
	dir, err := os.MkdirTemp("", "etamil-")
	if err != nil {
		return "", fmt.Errorf("make a file to edit: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "entry.qmz")
	if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("make a file to edit: %w", err)
	}
	cmd := exec.CommandContext(ctx, words[0], append(words[1:], path)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w", editor, err)
	}
	out, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read what was edited: %w", err)
	}
	return string(out), nil
}

// request answers a request from the routes of a conversation, without a network.
func (h *replHost) request(ctx context.Context, p *vm.Program, globals []value.Value, r repl.Request) (string, error) {
	req, err := http.NewRequestWithContext(ctx, r.Method, r.Path, strings.NewReader(r.Body))
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", r.Method, r.Path, err)
	}
	req.Host, req.RemoteAddr, req.RequestURI = "localhost", "127.0.0.1:1", r.Path
	if r.Body != "" {
		req.Header.Set("Content-Type", bodyType(r.Body))
	}
	l := newServerLog(h.a, "off")
	s := &service{app: h.a, log: l, code: p, globals: globals, dbs: h.dbs, prelude: h.session, prog: &module.Program{Files: p.Files()}}
	if len(s.prog.Files) == 0 {
		s.prog.Files = []*syntax.File{{}}
	}
	s.owns(h.tasks)
	s.options = vm.Options{Stdout: l.stdout}
	s.answers, s.quiet = answerSlotsOf(p), !mentionsAnswer(p)
	if err := s.declarations(); err != nil {
		return "", err
	}
	if err := s.handle(serveOptions{dev: true}, ""); err != nil {
		return "", err
	}
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, req)
	return answerText(rec.Result())
}

func bodyType(body string) string {
	if strings.HasPrefix(body, "{") || strings.HasPrefix(body, "[") {
		return "application/json"
	}
	return "text/plain; charset=utf-8"
}

// answerText is an answer as a terminal shows it: status, type and body.
func answerText(res *http.Response) (string, error) {
	body, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err != nil {
		return "", fmt.Errorf("read the answer: %w", err)
	}
	return fmt.Sprintf("%d %s\n%s\n\n%s", res.StatusCode, http.StatusText(res.StatusCode), res.Header.Get("Content-Type"), body), nil
}
