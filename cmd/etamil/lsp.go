package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/lsp"
	"github.com/etamil-lang/etamil/lsp/rpc"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// lspOptions are the flags of `etamil lsp`.
type lspOptions struct {
	log     string
	version bool
	stdio   bool
}

const lspExamples = `  etamil lsp
  etamil lsp --log /tmp/etamil-lsp.log
  etamil lsp --version`

// lspCommand is `etamil lsp`.
func lspCommand(a *app) *cobra.Command {
	var o lspOptions
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: a.text("தொகுப்பிகளுக்கான மொழிச் சேவை", "the language server for editors"),
		Long: a.paragraphs(
			"VS Code, Neovim, Emacs போன்ற தொகுப்பிகளுடன் பேசும் மொழிச் சேவை (Language Server Protocol 3.18). தொகுப்பியே இதைத் தொடங்கும்; உள்ளீடு முடிந்ததும் நின்றுவிடும்.",
			"The language server that VS Code, Neovim, Emacs and other editors talk to (Language Server Protocol 3.18) on standard input and output. Editors start it themselves; it ends with its input."),
		Example: lspExamples,
		Args:    a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.version {
				return printVersion(a, false)
			}
			return runLSP(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.log, "log", "", a.text("பதிவேட்டுக் கோப்பு; 10 MB ஆனதும் FILE.1 ஆகும்", "the file to log to; at 10 MB it becomes FILE.1"))
	f.BoolVar(&o.version, "version", false, a.text("பதிப்பு", "the version"))
	f.BoolVar(&o.stdio, "stdio", true, a.text("உள்ளீட்டிலும் வெளியீட்டிலும் பேசும் (எப்போதும் அப்படியே)", "talk on standard input and output (always so)"))
	_ = f.MarkHidden("stdio") // the name is the one just above
	return cmd
}

// runLSP is the command after its flags were read.
func runLSP(ctx context.Context, a *app, o lspOptions) (err error) {
	log := slog.New(slog.DiscardHandler)
	if o.log != "" {
		out, err := openLog(o.log, maxLog)
		if err != nil {
			return fmt.Errorf("%s: %w", a.text("பதிவேட்டைத் திறக்க முடியவில்லை", "cannot open the log"), err)
		}
		defer func() { _ = out.Close() }()
		log = slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	limitMemory()
	server := lsp.New(lsp.Options{
		Version: thisBuild().Version, Source: files(), Roots: roots(), Disk: disk{}, Log: log, Bytecode: bytecode, Settled: limitMemory,
	})
	in, out := io.NopCloser(a.stdin), nopCloser{a.stdout}
	if f, ok := a.stdin.(io.ReadCloser); ok {
		in = f
	}
	err = server.Serve(ctx, rpc.Pipe(in, out))
	switch {
	case err == nil, errors.Is(err, io.ErrUnexpectedEOF), ctx.Err() != nil:
		return nil // the editor has gone
	case errors.Is(err, rpc.ErrNoShutdown):
		return status(exitFault)
	}
	log.Error("the connection broke", "error", err)
	return fmt.Errorf("%s: %w", a.text("தொகுப்பியுடனான இணைப்பு முறிந்தது", "the connection to the editor broke"), err)
}

// nopCloser is a writer that is not ours to close.
type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// bytecode writes out what a program is compiled to.
func bytecode(_ context.Context, prog *module.Program) (string, error) {
	code, found := vm.Compile(prog, natives("."))
	for _, d := range found {
		if d.IsError() {
			return "", errors.New(d.Message(diag.Both))
		}
	}
	var text strings.Builder
	if err := code.Dump(&text); err != nil {
		return "", fmt.Errorf("write the bytecode: %w", err)
	}
	return text.String(), nil
}
