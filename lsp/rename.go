package lsp

import (
	"context"
	"fmt"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/lsp/rpc"
	"github.com/etamil-lang/etamil/syntax"
)

func renameCapability(c *protocol.ServerCapabilities, caps *clientCaps) {
	if r := caps.textCaps().Rename; r != nil && yes(r.PrepareSupport) {
		c.RenameProvider = &protocol.RenameOptions{PrepareProvider: ptr(true)}
		return
	}
	c.RenameProvider = protocol.Boolean(true)
}

// PrepareRename answers which name a rename at a place would take; the error says why there is none.
func (s *Server) PrepareRename(ctx context.Context, p *protocol.PrepareRenameParams) (protocol.PrepareRenameResult, error) {
	t, err := s.spot(ctx, p.TextDocumentPositionParams)
	if err != nil || t == nil {
		return nil, err
	}
	o, err := t.renamable()
	if err != nil {
		return nil, err
	}
	at := nameSpan(o)
	return &protocol.PrepareRenamePlaceholder{Range: t.file.rangeOf(at), Placeholder: t.file.tree().Src[at.Start:at.End]}, ctx.Err()
}

// Rename answers the edits that give a name another spelling, in all programs that can see it. What would change the
// meaning of a program is refused.
func (s *Server) Rename(ctx context.Context, p *protocol.RenameParams) (*protocol.WorkspaceEdit, error) {
	t, err := s.spot(ctx, p.TextDocumentPositionParams)
	if err != nil || t == nil {
		return nil, err
	}
	return t.rename(ctx, p.NewName, t.snap.settings.Rename.BothScripts)
}

// The notes of a rename's edits.
const (
	noteRename = "rename"
	noteText   = "text"
	noteMaybe  = "maybe"
	noteScript = "script"
)

func (s *snapshot) renameNotes(from, to string) map[protocol.ChangeAnnotationIdentifier]protocol.ChangeAnnotation {
	label := fmt.Sprintf("%s → %s", from, to)
	note := func(tamil, english string, confirm bool) protocol.ChangeAnnotation {
		a := protocol.ChangeAnnotation{Label: label}
		if tamil != "" {
			a.Description = ptr(s.say(tamil, english))
		}
		if confirm {
			a.NeedsConfirmation = &confirm
		}
		return a
	}
	return map[protocol.ChangeAnnotationIdentifier]protocol.ChangeAnnotation{
		noteRename: note("", "", false),
		noteText:   note("உரையாக எழுதிய பெயர்", "a name that is written as a text", false),
		noteMaybe:  note("வேறு மதிப்பின் புலமாக இருக்கலாம்", "it may be the field of another value", true),
		noteScript: note("மற்ற எழுத்தில் எழுதிய அதே பெயர்", "the same name in the other script", false),
	}
}

// rename are the edits of a rename, with those of the same name in the other script where both is set.
func (t *spotted) rename(ctx context.Context, to string, both bool) (*protocol.WorkspaceEdit, error) {
	if err := t.snap.complete(); err != nil {
		return nil, err
	}
	o, err := t.renamable()
	if err != nil {
		return nil, err
	}
	at := nameSpan(o)
	from := t.file.tree().Src[at.Start:at.End]
	if to == from {
		return t.snap.workspaceEdit(nil, nil), nil
	}
	list, err := t.renamed(ctx, o, to, noteRename)
	if err != nil {
		return nil, err
	}
	if both {
		more, err := t.partners(ctx, o, to)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return t.snap.workspaceEdit(list, t.snap.renameNotes(from, to)), ctx.Err() //nolint:wrapcheck // the chain looks for it
}

// complete tells why it is not known what all programs of the folders hold, nil where it is.
func (s *snapshot) complete() error {
	switch {
	case len(s.folders) == 0 || s.disk.scanned:
		return nil
	case s.disk.stopped:
		return rpc.Failed(s.say("நிரல்களைப் படிப்பது நிறுத்தப்பட்டது; etamil.rescan மீண்டும் படிக்கும்", "the reading of the folders was stopped; etamil.rescan reads them again"))
	}
	return rpc.Failed(s.say("நிரல்கள் இன்னும் படிக்கப்படுகின்றன; சற்றுப் பொறுத்து மீண்டும் முயலவும்", "the folders are still being read; try again in a moment"))
}

// renamed are the edits of one name.
func (t *spotted) renamed(ctx context.Context, o index.Occurrence, to string, note protocol.ChangeAnnotationIdentifier) ([]change, error) {
	if err := t.snap.nameable(o.Symbol, to); err != nil {
		return nil, err
	}
	found, err := t.everywhere(ctx, true)
	if err != nil {
		return nil, err
	}
	if err := found.allowed(to); err != nil {
		return nil, err
	}
	keys := false
	list := make([]change, 0, len(found.found))
	for _, p := range found.places(t.file.path) {
		one := change{p.file, nameSpan(p.Occurrence), to, note}
		switch {
		case slices.ContainsFunc(symbols(p.Occurrence), func(s index.Symbol) bool { return s.Kind == index.Key }):
			one.note, keys = noteMaybe, true
		case p.Quoted && note == noteRename:
			one.note = noteText
		}
		list = append(list, one)
	}
	for _, p := range found.doubtful() {
		list = append(list, change{p.file, nameSpan(p.Occurrence), to, noteMaybe})
	}
	if err := found.confirmable(list); err != nil || !keys {
		return list, err
	}
	return list, found.proven(ctx, list)
}

// partners are the edits that give the same name in the other script the new name in that script. Without such a name there
// are none.
func (t *spotted) partners(ctx context.Context, o index.Occurrence, to string) ([]change, error) {
	from, fresh := otherScript(o.Symbol.Name), otherScript(to)
	if from == "" || fresh == "" {
		return nil, nil
	}
	for n, f := range t.prog.files {
		var at *syntax.Span
		t.prog.names.Names(n, func(other index.Occurrence) bool {
			if other.Symbol.Name != from {
				return true
			}
			full, _ := t.prog.names.At(n, other.Span.Start)
			if s := full.Symbol; s.Kind == o.Symbol.Kind && (s.Of == o.Symbol.Of || s.Of == otherScript(o.Symbol.Of)) {
				at = &other.Span
			}
			return at == nil
		})
		if at == nil {
			continue
		}
		partner := &spotted{snap: t.snap, file: f, off: at.Start, prog: t.prog, n: n}
		other, err := partner.renamable()
		if err != nil {
			return nil, err
		}
		return partner.renamed(ctx, other, fresh, noteScript)
	}
	return nil, nil
}

// renameArgs are the arguments of the command etamil.rename.
type renameArgs struct {
	URI         uri.URI           `json:"uri"`
	Position    protocol.Position `json:"position"`
	NewName     string            `json:"newName"`
	BothScripts bool              `json:"bothScripts"`
}

// renameCommand renames and lets the client apply the edits: for clients whose own rename asks for no more than a name.
func renameCommand(s *Server, ctx context.Context, args []protocol.LSPAny) (any, error) {
	var a renameArgs
	if err := argument(args, 0, &a); err != nil {
		return nil, err
	}
	t, err := s.spot(ctx, protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: a.URI}, Position: a.Position})
	if err != nil || t == nil {
		return nil, err
	}
	edit, err := t.rename(ctx, a.NewName, a.BothScripts)
	if err != nil {
		return nil, err
	}
	if !t.snap.client.applyEdit {
		return edit, nil
	}
	result, err := s.client.ApplyEdit(ctx, &protocol.ApplyWorkspaceEditParams{Label: ptr(a.NewName), Edit: *edit})
	if err != nil {
		return nil, err //nolint:wrapcheck // the client's own words
	}
	if !result.Applied {
		return nil, rpc.Failed(t.snap.say("மாற்றங்கள் ஏற்கப்படவில்லை", "the changes were not applied"))
	}
	return nil, nil
}
