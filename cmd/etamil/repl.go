package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/etamil-lang/etamil/repl"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// replOptions are the flags of `etamil repl`.
type replOptions struct {
	run       runOptions
	eval      []string
	strict    bool
	plain     bool
	noHistory bool
}

const replExamples = `  etamil repl
  etamil repl kadai.qmz
  etamil repl --eval 'எண் விலை = 120; விலை * 1.18'
  printf 'x = 2;\nx * 21\n' | etamil repl --strict`

// replCommand is `etamil repl`.
func replCommand(a *app) *cobra.Command {
	var o replOptions
	cmd := &cobra.Command{
		Use:   "repl [FILE]",
		Short: a.text("உரையாடலாக நிரல் எழுதும்", "write programs as a conversation"),
		Long: a.paragraphs(
			"ஒவ்வொரு பதிவையும் உடனே இயக்கி அதன் மதிப்பைக் காட்டும்; மாறிகளும் செயல்களும் நிலைக்கும். தோல்வியுற்ற பதிவு எதையும் மாற்றாது. :உதவி கட்டளைகளைக் காட்டும், ?பெயர் விளக்கும்.\n"+
				"FILE தந்தால் அதை முதலில் இயக்கும். முனையம் இல்லாதபோது வரி வரியாகப் பேசும்.",
			"Runs each entry at once and shows its value; variables and functions stay. An entry that fails changes nothing. :help lists the commands, ?name explains.\n"+
				"With FILE, that is run first. Without a terminal it talks line by line."),
		Example:           replExamples,
		ValidArgsFunction: programFiles,
		Args:              cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runREPL(cmd.Context(), a, o, args)
		},
	}
	o.run.addLimits(a, cmd)
	f := cmd.Flags()
	f.StringArrayVarP(&o.eval, "eval", "e", nil, a.text("இந்தப் பதிவை இயக்கி முடிக்கும் (பல முறை தரலாம்)", "run this entry and end (may be given again)"))
	f.BoolVar(&o.strict, "strict", false, a.text("ஒரு பதிவு தோற்றால் முடிவுக் குறி 1", "exit code 1 when an entry failed"))
	f.BoolVar(&o.plain, "plain", false, a.text("முனையத்திலும் வரி வரியாகப் பேசும் (திரைப் படிப்பான்களுக்கு)", "talk line by line on a terminal too, as for screen readers"))
	f.BoolVar(&o.noHistory, "no-history", false, a.text("பழைய பதிவுகளைப் படிக்கவோ எழுதவோ மாட்டாது", "neither read nor write earlier entries"))
	return cmd
}

func runREPL(ctx context.Context, a *app, o replOptions, args []string) error {
	h, err := newREPLHost(a)
	if err != nil {
		return err
	}
	defer h.close()
	terminal := isTerminal(a.stdin) && isTerminal(a.stdout)
	s := repl.New(repl.Options{
		Lang: a.lang, Color: terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		Natives: natives(""), Machine: vm.Options{
			Stdin: h.stdin(), FlushLines: true, Fuel: o.run.fuel, MaxDepth: o.run.maxDepth, MaxMemory: int64(o.run.maxMemory), TimeLimit: o.run.timeLimit,
		},
		Source: files(), Roots: roots(), Dir: h.dir, Around: h.around, Began: h.began, Forget: h.forget, Host: h.host(), LineWidth: h.wide,
	})
	if len(args) == 1 {
		if r := s.Eval(ctx, ":load "+args[0], h.out); r.Failed || r.Quit {
			return h.ended(r)
		}
	}
	if len(o.eval) > 0 {
		return h.evaluate(ctx, s, o.eval)
	}
	if terminal && !o.plain && os.Getenv("TERM") != "dumb" {
		return h.interactive(ctx, s, o)
	}
	return h.plain(ctx, s, o, terminal)
}

// evaluate runs the entries of --eval. The first that fails ends the command with 1.
func (h *replHost) evaluate(ctx context.Context, s *repl.Session, entries []string) error {
	for _, text := range entries {
		ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
		r := s.Follow(ctx, text, h.out)
		stop()
		if r.Failed || r.Quit {
			return h.ended(r)
		}
	}
	return nil
}

func (h *replHost) ended(r repl.Result) error {
	switch {
	case r.Failed:
		return status(exitFault)
	case r.Status != 0:
		return status(r.Status)
	}
	return nil
}

// plain talks line by line.
func (h *replHost) plain(ctx context.Context, s *repl.Session, o replOptions, terminal bool) error {
	p := repl.PlainOptions{}
	if terminal {
		p.Prompt, p.Continue = "> ", "… "
		p.Stop = func(ctx context.Context) (context.Context, context.CancelFunc) {
			return signal.NotifyContext(ctx, os.Interrupt)
		}
		p.History = h.history(o)
	}
	code, failed, err := s.Plain(ctx, h.a.stdin, h.out, p)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", h.a.text("உள்ளீட்டைப் படிக்க முடியவில்லை", "cannot read the input"), err)
	case code != 0:
		return status(code)
	case o.strict && failed > 0:
		return status(exitFault)
	}
	return nil
}

// history opens the project's history. One that cannot be used is told of, and the conversation goes on without.
func (h *replHost) history(o replOptions) *repl.History {
	path := ""
	if !o.noHistory {
		cache, err := os.UserCacheDir()
		if err != nil {
			h.a.complain(h.a.text("பழைய பதிவுகளை வைக்க இடமில்லை", "there is no place for earlier entries") + ": " + err.Error())
		} else {
			path = filepath.Join(cache, "etamil", "repl", historyName(h.root))
		}
	}
	history, err := repl.OpenHistory(path)
	if err != nil {
		h.a.complain(h.a.text("பழைய பதிவுகள் சேமிக்கப்படா", "entries will not be kept") + ": " + err.Error())
	}
	return history
}

// historyName is the name of a project's history: its folder, readable and without separators.
func historyName(root string) string {
	name := strings.Map(func(r rune) rune {
		switch r {
		case '/', '\\', ':':
			return '%'
		}
		return r
	}, strings.Trim(root, `/\`))
	if len(name) > 200 {
		name = name[len(name)-200:]
	}
	return strings.ToValidUTF8(name, "") + ".history"
}
