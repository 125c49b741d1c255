package lsp

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/lsp/rpc"
)

// command is what executeCommand runs: it gets the arguments that the client sends.
type command func(s *Server, ctx context.Context, args []protocol.LSPAny) (any, error)

// commands are all of them by name; docs/lsp.md says what each takes.
func commands() map[string]command {
	return map[string]command{
		"etamil.rename": renameCommand,
		"etamil.rescan": rescanCommand,
	}
}

func commandCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.ExecuteCommandProvider = protocol.ExecuteCommandOptions{Commands: slices.Sorted(maps.Keys(commands()))}
}

// ExecuteCommand runs a command of the server.
func (s *Server) ExecuteCommand(ctx context.Context, p *protocol.ExecuteCommandParams) (protocol.LSPAny, error) {
	run := commands()[p.Command]
	if run == nil {
		return nil, rpc.Failed(s.snap(ctx).say("இப்படி ஒரு கட்டளை இல்லை: "+p.Command, "there is no such command: "+p.Command))
	}
	result, err := run(s, ctx, p.Arguments)
	if err != nil || result == nil {
		return protocol.LSPAny("null"), err
	}
	return anyOf(result), nil
}

// argument reads one argument of a command into v.
func argument(args []protocol.LSPAny, i int, v any) error {
	if i >= len(args) || json.Unmarshal(args[i], v) != nil {
		return rpc.ErrParams
	}
	return nil
}

// rescanCommand looks through the folders again.
func rescanCommand(s *Server, _ context.Context, _ []protocol.LSPAny) (any, error) {
	s.cache.forget()
	s.scan()
	return nil, nil
}
