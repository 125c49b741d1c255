package lsp

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/check/diag"
	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/lsp/rpc"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// contentScheme is the scheme of the texts that the server makes:
//
//	etamil-doc:/explain/E0101.md               what a code means
//	etamil-doc:/roman/file:///a/b.qmz          a program with its keywords in Latin letters
//	etamil-doc:/tamil/file:///a/b.qmz          … in Tamil ones
//	etamil-doc:/bytecode/file:///a/b.qmz       what it is compiled to
//
// What follows the kind is the URI of a text, escaped once more or not.
const contentScheme = "etamil-doc"

// TextDocumentContent answers a text that is on no disk.
func (s *Server) TextDocumentContent(ctx context.Context, p *protocol.TextDocumentContentParams) (*protocol.TextDocumentContentResult, error) {
	snap := s.snap(ctx)
	kind, of := viewed(p.URI)
	none := rpc.Failed(snap.say("இப்படி ஒரு பக்கம் இல்லை: "+p.URI.String(), "there is no such page: "+p.URI.String()))
	if p.URI.Scheme() != contentScheme {
		return nil, none
	}
	var text string
	var err error
	s.views.show(snap, p.URI, kind, of)
	switch kind {
	case "explain":
		text = explain(strings.TrimSuffix(path.Base(string(of)), ".md"), snap.settings.lang)
	case "roman":
		text, err = snap.inScript(of, format.Roman)
	case "tamil":
		text, err = snap.inScript(of, format.Tamil)
	case "bytecode":
		text, err = snap.bytecode(ctx, of)
	}
	if err != nil {
		return nil, err
	}
	if text == "" {
		return nil, none
	}
	return &protocol.TextDocumentContentResult{Text: text}, nil
}

// viewed parts the URI of a text that the server makes: its kind, and what it is made of.
func viewed(view uri.URI) (kind string, of uri.URI) {
	kind, rest, _ := strings.Cut(strings.TrimPrefix(view.Path(), "/"), "/")
	return kind, uri.URI(rest)
}

// explain is the page about a code, "" where there is no such code.
func explain(code string, lang diag.Lang) string {
	if diag.Lookup(code) == nil {
		return ""
	}
	langs := []diag.Lang{lang}
	if lang == diag.Both {
		langs = []diag.Lang{diag.Tamil, diag.English}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", code)
	x, _ := diag.Explanation(code)
	for _, l := range langs {
		fmt.Fprintf(&b, "\n**%s**\n", diag.Gist(code, l))
		for _, part := range []string{x.Text(l), diag.Help(code, l, "…", "…", "…", "…", "…")} {
			if part != "" {
				fmt.Fprintf(&b, "\n%s\n", part)
			}
		}
	}
	if x.Wrong != "" {
		fmt.Fprintf(&b, "\n```etamil\n// தவறு · wrong\n%s```\n\n```etamil\n// சரி · right\n%s```\n", x.Wrong, x.Right)
	}
	return b.String()
}

// inScript is a text with its keywords in a script.
func (s *snapshot) inScript(u uri.URI, script format.Script) (string, error) {
	f, err := s.file(u)
	if err != nil {
		return "", err
	}
	out, err := format.Source(f.path, []byte(f.text), format.Options{Script: script})
	if err != nil {
		return "", rpc.Failed(s.say("தொடரியல் பிழை உள்ளதால் மாற்ற முடியவில்லை", "a program with a syntax error cannot be turned"))
	}
	return string(out), nil
}

// bytecode is what the program of a text is compiled to.
func (s *snapshot) bytecode(ctx context.Context, u uri.URI) (string, error) {
	f, err := s.file(u)
	if err != nil || s.server.opt.Bytecode == nil {
		return "", err
	}
	root := s.rootsOf(f)[0]
	prog, faults := module.Load(ctx, texts{source{s}}, module.Entry{Path: root}, s.server.opt.Roots...)
	if module.HasErrors(faults) {
		return "", rpc.Failed(s.say("பிழைகள் உள்ள நிரலுக்கு இயந்திரக் குறிகள் இல்லை", "a program with errors has no bytecode"))
	}
	text, err := s.server.opt.Bytecode(ctx, prog)
	if ctx.Err() != nil {
		return "", ctx.Err() //nolint:wrapcheck // the chain looks for it
	}
	if err != nil {
		return "", rpc.Failed(err.Error())
	}
	return text, nil
}

// texts is a snapshot's texts alone: a program to be compiled is parsed as a whole.
type texts struct{ source }

func (t texts) Parsed(string) (*syntax.File, bool) { return nil, false }

func (t texts) Open(name string) (fs.File, error) {
	f := t.s.at(t.s.server.canonical(name))
	if f == nil {
		return t.source.Open(name)
	}
	return module.Overlay(t.source, map[string][]byte{f.path: []byte(f.text)}).Open(f.path) //nolint:wrapcheck // never fails
}
