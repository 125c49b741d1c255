package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	format "github.com/etamil-lang/etamil/fmt"
)

// fmtOptions are the flags of `etamil fmt`.
type fmtOptions struct {
	check, diff bool
	names       bool
	stdinName   string
	lines       rangeFlag
	script      scriptFlag
	spelling    spellingFlag
}

// scriptFlag is the script that keywords are turned into.
type scriptFlag format.Script

func (f *scriptFlag) String() string {
	return map[format.Script]string{format.Tamil: "tamil", format.Roman: "roman"}[format.Script(*f)]
}

func (f *scriptFlag) Type() string { return "tamil|roman" }

func (f *scriptFlag) Set(s string) error {
	script, err := format.ParseScript(s)
	*f = scriptFlag(script)
	return err //nolint:wrapcheck // it says all that there is to say
}

// spellingFlag is which spellings of keywords are wanted.
type spellingFlag bool

func (f *spellingFlag) String() string {
	if *f {
		return "canonical"
	}
	return ""
}

func (f *spellingFlag) Type() string { return "canonical" }

func (f *spellingFlag) Set(s string) error {
	*f = s == "canonical"
	if !*f {
		return fmt.Errorf("%q: canonical", s)
	}
	return nil
}

// rangeFlag is a run of lines, A:B.
type rangeFlag format.Range

func (r *rangeFlag) String() string {
	if *r == (rangeFlag{}) {
		return ""
	}
	return fmt.Sprintf("%d:%d", r.From, r.To)
}

func (r *rangeFlag) Type() string { return "A:B" }

func (r *rangeFlag) Set(s string) error {
	from, to, ok := strings.Cut(s, ":")
	a, err1 := strconv.Atoi(from)
	b, err2 := strconv.Atoi(to)
	if !ok || err1 != nil || err2 != nil || a < 1 || b < a {
		return fmt.Errorf("%q: A:B, 1 ≤ A ≤ B", s)
	}
	*r = rangeFlag{a, b}
	return nil
}

const fmtExamples = `  etamil fmt
  etamil fmt --check docs/examples
  etamil fmt --diff shop.qmz
  etamil fmt --range 10:20 shop.qmz
  etamil fmt --script roman shop.qmz
  etamil fmt --script tamil --names .
  etamil fmt --spelling canonical shop.qmz
  cat draft.qmz | etamil fmt - --stdin-filename draft.qmz`

// fmtCommand is `etamil fmt`.
func fmtCommand(a *app) *cobra.Command {
	var o fmtOptions
	cmd := &cobra.Command{
		Use:   "fmt [FILE | FOLDER | -]...",
		Short: a.text("நிரல்களைச் சீராக அடுக்கும்", "lay programs out"),
		Long: a.paragraphs(
			"நிரல்களை ஒரே சீரான முறையில் அடுக்கிக் கோப்புகளை மாற்றும். எதையும் தராவிட்டால் இக்கோப்புறை முழுவதையும் அடுக்கும்; .gitignore, etamil.toml சொல்பவற்றை விட்டுவிடும். சொற்களும் குறிப்புரைகளும் மாறா; அதைச் சரிபார்த்த பிறகே எழுதும். இறக்கும் கோப்புகளில் அறிவிப்புகள் மட்டுமே இருந்தால், அந்த இறக்கு வரிகளை முதலில் அகர வரிசையில் வைக்கும்.\n"+
				"ஒரு பகுதியை விட்டுவிட: // fmt: off … // fmt: on. வரியின் நீளம் etamil.toml-இன் [fmt] width (இயல்பு 100 எழுத்துகள்). முடிவுக் குறி: சரி 0; பிழையுள்ள நிரலோ, --check உடன் அடுக்காத கோப்போ இருந்தால் 1; கட்டளைத் தவறு 2.",
			"Lays programs out in the one way in which they are most easily read, and writes the files. Given nothing, it does so in this folder; what .gitignore and etamil.toml exclude is left out. Words and comments never change; nothing is written before that was verified. Imports of files that hold only declarations come first, sorted by path.\n"+
				"A part is left alone between // fmt: off and // fmt: on. The length of a line is [fmt] width in etamil.toml (100 letters unless it says otherwise). Exit code: 0; 1 when a program has a syntax error, or with --check when a file is not laid out; 2 on a wrong command line."),
		Example:           fmtExamples,
		ValidArgsFunction: programFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runFmt(cmd.Context(), a, o, args)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.check, "check", false, a.text("எதையும் எழுதாமல், அடுக்க வேண்டிய கோப்புகளைப் பட்டியலிடும்", "write nothing and list the files that are not laid out"))
	f.BoolVar(&o.diff, "diff", false, a.text("எதையும் எழுதாமல் மாற்றங்களைக் காட்டும்", "write nothing and show the changes"))
	f.StringVar(&o.stdinName, "stdin-filename", "", a.text("உள்ளீட்டில் வரும் நிரலின் கோப்புப் பெயர்", "the file name of the program on standard input"))
	f.Var(&o.script, "script", a.text("கட்டளைச் சொற்களை மட்டும் வேறு எழுத்துக்கு மாற்றும்; பெயர்களும் அடுக்கும் மாறா", "only turn keywords into another script; names and layout stay"))
	f.BoolVar(&o.names, "names", false, a.text("--script: நிரலின் பெயர்களையும் மாற்றும்; நிரலின் எல்லாக் கோப்புகளையும் தரவும்", "with --script: turn the program's names too; give all files of the program"))
	f.Var(&o.spelling, "spelling", a.text("பழைய, சிதைந்த கட்டளைச் சொற்களுக்குப் பதில் பரிந்துரைத்தவற்றை எழுதும்; அடுக்கு மாறாது", "only replace old and garbled spellings of keywords by the recommended ones"))
	f.Var(&o.lines, "range", a.text("இவ்வரிகளை மட்டும் அடுக்கும்", "lay out these lines only"))
	return cmd
}

// runFmt is the command after its flags were read.
func runFmt(ctx context.Context, a *app, o fmtOptions, args []string) error {
	stdin := false
	for _, arg := range args {
		stdin = stdin || arg == "-"
	}
	switch {
	case stdin && len(args) > 1:
		return a.usage("fmt: - என்பதைத் தனியாகத் தரவும்", "fmt: - stands alone")
	case o.stdinName != "" && !stdin:
		return a.usage("fmt: --stdin-filename என்பது - உடன் மட்டுமே", "fmt: --stdin-filename goes with -")
	case o.names && o.script == 0:
		return a.usage("fmt: --names என்பது --script உடன் மட்டுமே", "fmt: --names goes with --script")
	case o.lines != (rangeFlag{}) && (o.script != 0 || bool(o.spelling)):
		return a.usage("fmt: --range உடன் --script, --spelling வேண்டாம்", "fmt: --range goes neither with --script nor with --spelling")
	case o.lines != (rangeFlag{}) && len(args) != 1:
		return a.usage("fmt: --range உடன் ஒரே ஒரு கோப்பு வேண்டும்", "fmt: --range takes one file")
	}
	job := a.fmtJob(o)
	if stdin {
		return a.fmtStdin(ctx, job, o)
	}
	if len(args) == 0 {
		args = []string{"."}
	}
	finder := newFinder(job.find, job.find.configs.unformatted)
	for _, arg := range args {
		finder.argument(filepath.Clean(arg))
	}
	if o.lines != (rangeFlag{}) && len(finder.files) > 1 {
		return a.usage("fmt: --range உடன் ஒரே ஒரு கோப்பு வேண்டும்", "fmt: --range takes one file")
	}
	job.run(ctx, finder.files)
	return job.report(ctx)
}

// fmtStdin lays out the program on standard input and writes it to standard output. What has an error is not written.
func (a *app) fmtStdin(ctx context.Context, job *fmtJob, o fmtOptions) error {
	text, err := io.ReadAll(io.LimitReader(a.stdin, maxSource))
	if err != nil {
		return fmt.Errorf("%s: %w", a.text("உள்ளீட்டைப் படிக்க முடியவில்லை", "cannot read standard input"), err)
	}
	name := stdinName
	if o.stdinName != "" {
		name = filepath.ToSlash(o.stdinName)
	}
	if o.names {
		job.names = &format.Names{}
		job.names.Add(name, text)
	}
	r := job.format(ctx, name, filepath.Dir(o.stdinName), text)
	job.results = []fmtResult{r}
	if r.err == nil && !o.check && !o.diff {
		if _, err := a.stdout.Write(r.after); err != nil {
			return fmt.Errorf("%s: %w", a.text("முடிவை எழுத முடியவில்லை", "cannot write the result"), err)
		}
		job.quiet = true
	}
	return job.report(ctx)
}
