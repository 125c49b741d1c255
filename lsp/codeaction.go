package lsp

import (
	"context"
	"encoding/json"
	"math"
	"path"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/check/refactor"
	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/lsp/rpc"
	"github.com/etamil-lang/etamil/syntax"
)

// actionKinds are the kinds of actions that the server offers.
var actionKinds = []protocol.CodeActionKind{
	refactor.QuickFix, refactor.Extract, refactor.Inline, refactor.Rewrite, refactor.FixAll, refactor.Organize, refactor.SourceKind,
}

func codeActionCapability(c *protocol.ServerCapabilities, caps *clientCaps) {
	if a := caps.textCaps().CodeAction; a == nil || a.CodeActionLiteralSupport.CodeActionKind.ValueSet == nil {
		return // it takes commands alone, and edits are none
	}
	c.CodeActionProvider = &protocol.CodeActionOptions{CodeActionKinds: actionKinds, ResolveProvider: ptr(caps.resolvesEdits())}
}

// resolvesEdits tells whether the client asks for the edits of an action when it is chosen.
func (c *clientCaps) resolvesEdits() bool {
	a := c.textCaps().CodeAction
	return a != nil && yes(a.DataSupport) && slices.Contains(a.ResolveSupport.Properties, "edit")
}

// actionData is what an action brings back when it is resolved.
type actionData struct {
	URI     uri.URI        `json:"uri"`
	Version int32          `json:"version"`
	Size    int            `json:"size"`
	Range   protocol.Range `json:"range"`
	ID      string         `json:"id"`
	N       int            `json:"n"` // which of those with this ID
}

// asked is a place with all that can be done there.
type asked struct {
	*spotted
	rng     protocol.Range
	actions []refactor.Action
}

// CodeAction answers what can be done at a range: cures of the findings there and refactorings; those that would not keep
// what the program does are disabled and say why, where the client shows that.
func (s *Server) CodeAction(ctx context.Context, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	snap := s.snap(ctx)
	q, err := snap.actionsAt(ctx, p.TextDocument.URI, p.Range, wantedKinds(p.Context))
	if err != nil || q == nil {
		return nil, err
	}
	var out []protocol.CommandOrCodeAction
	for i, a := range q.actions {
		if a.Disabled != (refactor.Text{}) && (!snap.client.disabledActions() || p.Context.TriggerKind == protocol.CodeActionTriggerKindAutomatic) {
			continue
		}
		out = append(out, q.render(i))
	}
	return out, ctx.Err()
}

// CodeActionResolve adds the edits of an action. A text that has changed since is refused: the client asks again.
func (s *Server) CodeActionResolve(ctx context.Context, in *protocol.CodeAction) (*protocol.CodeAction, error) {
	var d actionData
	if in.Edit != nil || json.Unmarshal(in.Data, &d) != nil || d.ID == "" {
		return in, nil
	}
	q, err := s.snap(ctx).actionsAt(ctx, d.URI, d.Range, nil)
	if err != nil {
		return nil, err
	}
	if q == nil || q.file.version != d.Version || len(q.file.text) != d.Size {
		return nil, rpc.ErrStale
	}
	for i, a := range q.actions {
		if a.ID == d.ID && q.nth(i) == d.N {
			in.Edit = q.edit(a)
			return in, ctx.Err() //nolint:wrapcheck // the chain looks for it
		}
	}
	return nil, rpc.ErrStale
}

// wantedKinds tells which kinds a request asks for. What is about a whole file is not looked for at every move of the cursor.
func wantedKinds(c protocol.CodeActionContext) func(kind string) bool {
	return func(kind string) bool {
		if len(c.Only) == 0 {
			return c.TriggerKind != protocol.CodeActionTriggerKindAutomatic || !strings.HasPrefix(kind, refactor.SourceKind)
		}
		return slices.ContainsFunc(c.Only, func(only protocol.CodeActionKind) bool {
			return only == "" || kind == string(only) || strings.HasPrefix(kind, string(only)+".")
		})
	}
}

func (c *clientCaps) disabledActions() bool {
	a := c.textCaps().CodeAction
	return a != nil && yes(a.DisabledSupport)
}

// actionsAt finds what can be done at a range; nil where nothing ever can: in an etamil.toml.
func (s *snapshot) actionsAt(ctx context.Context, u uri.URI, rng protocol.Range, wants func(string) bool) (*asked, error) {
	f, err := s.file(u)
	if err != nil {
		return nil, err
	}
	span := f.spanOf(rng)
	t, err := s.spotted(ctx, f, span.Start)
	if err != nil || t == nil {
		return nil, err
	}
	found, err := s.findings(ctx, f)
	if err != nil {
		return nil, err
	}
	importer := format.NewImporter(texts{source{s}}, s.server.opt.Roots...)
	return &asked{t, rng, refactor.Actions(refactor.Request{
		Names: t.prog.names, Info: t.prog.info, File: t.n, Span: span, Found: found,
		Imports: importer.Beside(ctx, path.Dir(f.path)), Wants: wants,
		Places: func(decl index.Occurrence) int { return t.placesOf(ctx, decl) },
	})}, nil
}

// placesOf counts the places of a name in all programs that can see its declaration. One that cannot be looked through has
// more than anybody counts.
func (t *spotted) placesOf(ctx context.Context, decl index.Occurrence) int {
	at := *t
	at.file, at.n, at.off = t.prog.files[decl.File], decl.File, decl.Span.Start
	all, err := at.everywhere(ctx, false)
	if err != nil {
		return math.MaxInt
	}
	return len(all.found)
}

// nth tells how many of the actions before one have its ID.
func (q *asked) nth(i int) (n int) {
	for _, a := range q.actions[:i] {
		if a.ID == q.actions[i].ID {
			n++
		}
	}
	return n
}

func (q *asked) render(i int) *protocol.CodeAction {
	a, snap := q.actions[i], q.snap
	out := &protocol.CodeAction{Title: snap.say(a.Title.Tamil, a.Title.English), Kind: ptr(protocol.CodeActionKind(a.Kind))}
	for _, d := range a.Cures {
		out.Diagnostics = append(out.Diagnostics, snap.diagnostic(q.file, d))
	}
	if a.Preferred && yes(snap.client.textCaps().CodeAction.IsPreferredSupport) {
		out.IsPreferred = ptr(true)
	}
	switch {
	case a.Disabled != (refactor.Text{}):
		out.Disabled.Reason = snap.say(a.Disabled.Tamil, a.Disabled.English)
	case snap.client.resolvesEdits():
		out.Data = anyOf(actionData{q.file.uri, q.file.version, len(q.file.text), q.rng, a.ID, q.nth(i)})
	default:
		out.Edit = q.edit(a)
	}
	return out
}

// noteAction is the note of edits that people should look at.
const noteAction = "action"

// edit is what an action changes, as the client takes it.
func (q *asked) edit(a refactor.Action) *protocol.WorkspaceEdit {
	snap := q.snap
	var note protocol.ChangeAnnotationIdentifier
	var notes map[protocol.ChangeAnnotationIdentifier]protocol.ChangeAnnotation
	if c := snap.client.textCaps().CodeAction; a.Confirm != (refactor.Text{}) && c != nil && yes(c.HonorsChangeAnnotations) {
		note = noteAction
		notes = map[protocol.ChangeAnnotationIdentifier]protocol.ChangeAnnotation{noteAction: {
			Label: snap.say(a.Title.Tamil, a.Title.English), NeedsConfirmation: ptr(true),
			Description: ptr(snap.say(a.Confirm.Tamil, a.Confirm.English)),
		}}
	}
	var list []change
	for _, e := range a.Edits() {
		f := q.prog.byName(e.File)
		if f == nil || e.Span.End > len(f.tree().Src) {
			continue
		}
		text := e.Text
		if strings.Contains(f.text, "\r\n") {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		list = append(list, change{f, syntax.Span{Start: e.Span.Start, End: e.Span.End}, text, note})
	}
	return snap.workspaceEdit(list, notes)
}
