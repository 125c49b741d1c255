// Package lsp is the language server.
//
//	server := lsp.New(lsp.Options{Source: source, Disk: disk, Version: version})
//	err := server.Serve(ctx, rpc.Pipe(os.Stdin, os.Stdout))
//
// Texts: sync.go takes the client's edits in order and makes a new snapshot of each; a snapshot (snapshot.go) and its files
// (file.go) never change. Programs: graph.go knows who imports whom, program.go checks a root file with its imports once per
// snapshot. Background: background.go wakes on each snapshot and publishes diagnostics (publish.go).
//
// A request is one file with one method of Server of protocol's name, and its capability, which capabilities.go lists:
//
//	func (s *Server) Hover(ctx context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
//		snap := s.snap(ctx)                                          // the texts as the client had them when it asked
//		f, off, err := snap.place(p.TextDocumentPositionParams)      // the file and the byte offset in f.tree().Src
//		if err != nil {
//			return nil, err
//		}
//		prog, err := snap.program(ctx, f)                            // the checked program that the file is a part of
//		if err != nil {
//			return nil, err
//		}
//		n := prog.number(f.path)                                     // the file's number in prog.info and prog.names
//		…
//		return &protocol.Hover{Range: ptr(f.rangeOf(span))}, nil     // places go through the file, never by hand
//	}
//
// Offsets are bytes of syntax.File.Src, absolute in the file; what stands inside a statement is moved by the File's Base.
// Texts for people come from snap.say(tamil, english). What lasts looks at ctx. Errors: rpc.Failed for what people should
// read, rpc.ErrStale, ctx.Err(). marker_test.go tells how a request is tested.
package lsp
