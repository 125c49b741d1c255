package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
)

// checkOptions are the flags of `etamil check`.
type checkOptions struct {
	format                      formatFlag
	explain, stdinName          string
	maxErrors                   int
	asJSON, strict, fix, dryRun bool
	watch, stats                bool
}

// formatFlag is how findings are written.
type formatFlag string

func (f *formatFlag) String() string { return string(*f) }

func (f *formatFlag) Type() string { return "human|short|json|sarif|github" }

func (f *formatFlag) Set(s string) error {
	switch s {
	case "human", "short", "json", "sarif", "github":
		*f = formatFlag(s)
		return nil
	}
	return errors.New("human, short, json, sarif, github")
}

const checkExamples = `  etamil check
  etamil check shop.qmz lib/
  etamil check --fix --dry-run
  etamil check --format sarif > check.sarif
  cat draft.qmz | etamil check - --stdin-filename draft.qmz
  etamil check --explain E0106`

// checkCommand is `etamil check`.
func checkCommand(a *app) *cobra.Command {
	o := checkOptions{format: "human"}
	cmd := &cobra.Command{
		Use:   "check [FILE | FOLDER | -]...",
		Short: a.text("இயக்காமல் பிழைகளைக் கண்டறியும்", "find mistakes without running"),
		Long: a.paragraphs(
			"நிரல்களை இயக்காமல் அவற்றின் பிழைகளையும் ஐயங்களையும் கண்டு விளக்கும். எதையும் தராவிட்டால் இக்கோப்புறை முழுவதையும் பார்க்கும்; .gitignore, etamil.toml சொல்பவற்றை விட்டுவிடும்.\n"+
				"ஒரு வரியின் எச்சரிக்கையை மறைக்க: // etamil:ignore W0004 காரணம். முடிவுக் குறி: சரி 0, பிழை 1, கட்டளைத் தவறு 2.",
			"Finds the mistakes and doubts of programs without running them, and explains them. Given nothing, it checks this folder; what .gitignore and etamil.toml exclude is left out.\n"+
				"A warning is silenced on its line: // etamil:ignore W0004 reason. Exit code: 0, 1 on errors (with --strict on warnings too), 2 on a wrong command line."),
		Example:           checkExamples,
		ValidArgsFunction: programFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCheck(cmd.Context(), a, o, args)
		},
	}
	o.addFlags(a, cmd)
	return cmd
}

func (o *checkOptions) addFlags(a *app, cmd *cobra.Command) {
	f := cmd.Flags()
	f.Var(&o.format, "format", a.text("முடிவுகளின் வடிவம்", "how findings are written"))
	f.BoolVar(&o.asJSON, "json", false, a.text("--format json என்பதன் சுருக்கம்", "short for --format json"))
	f.StringVar(&o.explain, "explain", "", a.text("ஒரு குறியீட்டை விளக்கும், எ.கா. E0106", "explain a code, such as E0106"))
	f.StringVar(&o.stdinName, "stdin-filename", "", a.text("உள்ளீட்டில் வரும் நிரலின் கோப்புப் பெயர்", "the file name of the program on standard input"))
	f.IntVar(&o.maxErrors, "max-errors", 0, a.text("காட்டும் பிழைகளின் எல்லை; 0 என்றால் எல்லாம்", "the most errors shown; 0 for all"))
	f.BoolVar(&o.strict, "strict", false, a.text("எச்சரிக்கைகளும் பிழைகளாகும்", "warnings fail the check too"))
	f.BoolVar(&o.fix, "fix", false, a.text("திருத்தக் கூடியவற்றைத் திருத்தும்", "apply the fixes that there are"))
	f.BoolVar(&o.dryRun, "dry-run", false, a.text("--fix: கோப்புகளை மாற்றாமல் மாற்றங்களைக் காட்டும்", "with --fix: show the changes and write nothing"))
	f.BoolVar(&o.watch, "watch", false, a.text("கோப்புகள் மாறும்போதெல்லாம் மீண்டும் சரிபார்க்கும்", "check again whenever files change"))
	f.BoolVar(&o.stats, "stats", false, a.text("எத்தனை கோவைகளின் வகை தெரியும் என்பதையும் காட்டும்", "also tell of how many expressions the type is known"))
}

// runCheck is the command after its flags were read.
func runCheck(ctx context.Context, a *app, o checkOptions, args []string) error {
	if o.asJSON {
		o.format = "json"
	}
	if err := o.refuse(a, args); err != nil {
		return err
	}
	if o.explain != "" {
		return a.explain(o.explain)
	}
	if len(args) == 0 {
		args = []string{"."}
	}
	if o.watch {
		return a.watchChecks(ctx, o, args)
	}
	_, err := a.checkOnce(ctx, o, args)
	return err
}

// refuse finds flags that do not go together.
func (o *checkOptions) refuse(a *app, args []string) error {
	stdin := false
	for _, arg := range args {
		stdin = stdin || arg == "-"
	}
	switch {
	case o.dryRun && !o.fix:
		return a.usage("check: --dry-run என்பது --fix உடன் மட்டுமே", "check: --dry-run goes with --fix")
	case o.dryRun && o.format != "human" && o.format != "short":
		return a.usage("check: --dry-run காட்டும் மாற்றங்கள் --format human, short உடன் மட்டுமே", "check: the changes of --dry-run go with --format human or short")
	case o.watch && (o.fix || stdin):
		return a.usage("check: --watch என்பதை --fix உடனோ உள்ளீட்டுடனோ தர முடியாது", "check: --watch goes neither with --fix nor with standard input")
	case stdin && (len(args) > 1 || o.fix):
		return a.usage("check: - என்பதைத் தனியாகத் தரவும், --fix இன்றி", "check: - stands alone, and without --fix")
	case o.stdinName != "" && !stdin:
		return a.usage("check: --stdin-filename என்பது - உடன் மட்டுமே", "check: --stdin-filename goes with -")
	case o.explain != "" && len(args) > 0:
		return a.usage("check: --explain உடன் கோப்புகள் வேண்டாம்", "check: --explain takes no files")
	case o.maxErrors < 0:
		return a.usage("check: --max-errors குறைந்தது 0", "check: --max-errors is at least 0")
	}
	return nil
}

// checkOnce checks the paths, writes the findings and answers which files were looked at. The error is the status.
func (a *app) checkOnce(ctx context.Context, o checkOptions, args []string) ([]string, error) {
	start := time.Now()
	job, err := a.gather(o, args)
	if err != nil {
		return nil, err
	}
	res := job.run(ctx)
	if ctx.Err() != nil {
		return job.watched(), status(exitInterrupted)
	}
	if o.fix {
		if res, err = a.repair(ctx, o, job, res); err != nil {
			return nil, err
		}
	}
	shown, sum := res.counted(o)
	sum.Milliseconds = time.Since(start).Milliseconds()
	if err := a.write(o, shown, res, sum); err != nil {
		return nil, err
	}
	if sum.Errors > 0 || o.strict && sum.Warnings > 0 {
		return job.watched(), status(exitFault)
	}
	return job.watched(), nil
}

// counted are the findings that are shown, and the summary of all.
func (r *checked) counted(o checkOptions) ([]diag.Diagnostic, diag.Summary) {
	sum := diag.Summary{Files: r.files, Silenced: r.silenced}
	shown := make([]diag.Diagnostic, 0, len(r.list))
	for _, d := range r.list {
		if !d.IsError() {
			sum.Warnings++
		} else if sum.Errors++; o.maxErrors > 0 && sum.Errors > o.maxErrors {
			sum.Hidden++
			continue
		}
		shown = append(shown, d)
	}
	return shown, sum
}

// write writes the findings to standard output. The summary of what people read goes to standard error, so that a pipe
// carries findings only.
func (a *app) write(o checkOptions, list []diag.Diagnostic, res *checked, sum diag.Summary) error {
	var err error
	switch o.format {
	case "json":
		err = diag.JSON(a.stdout, list, res.source, sum)
	case "sarif":
		err = diag.SARIF(a.stdout, list, res.source, a.lang, thisBuild().Version)
	case "github":
		err = diag.GitHub(a.stdout, list, res.source, a.lang)
	case "short":
		r := diag.NewRenderer(res.source, diag.Options{Lang: a.lang})
		for _, d := range list {
			if err = r.Short(a.stdout, d); err != nil {
				break
			}
		}
	default:
		opt := a.diagOptions()
		opt.Color = opt.Color && isTerminal(a.stdout)
		err = diag.RenderAll(a.stdout, list, res.source, opt)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", a.text("முடிவை எழுத முடியவில்லை", "cannot write the findings"), err)
	}
	if o.format == "human" || o.format == "short" {
		a.summary(sum, len(list) > 0 && o.format == "human")
	}
	if o.stats {
		a.stats(res.stats)
	}
	return nil
}

// summary is the last line: what was found and how long it took.
func (a *app) summary(s diag.Summary, apart bool) {
	mark, empty := "✓", ""
	if s.Errors > 0 {
		mark = "✗"
	} else if s.Warnings > 0 {
		mark = "⚠"
	}
	if apart {
		empty = "\n"
	}
	tamil := fmt.Sprintf("கோப்புகள் %d, பிழைகள் %d, எச்சரிக்கைகள் %d", s.Files, s.Errors, s.Warnings)
	english := fmt.Sprintf("%s, %s, %s", count(s.Files, "file"), count(s.Errors, "error"), count(s.Warnings, "warning"))
	if s.Files == 0 {
		tamil += "; நிரல் கோப்புகள் (" + programExt + ") இல்லை"
		english += "; no programs (" + programExt + ") here"
	}
	if s.Silenced > 0 {
		tamil += fmt.Sprintf(", மறைத்தவை %d", s.Silenced)
		english += fmt.Sprintf(", %d silenced", s.Silenced)
	}
	if s.Hidden > 0 {
		tamil += fmt.Sprintf(", காட்டாத பிழைகள் %d", s.Hidden)
		english += fmt.Sprintf(", %s not shown", count(s.Hidden, "error"))
	}
	fmt.Fprintf(a.stderr, "%s%s %s [%d ms]\n", empty, mark, a.text(tamil, english), s.Milliseconds)
}

// count is "1 file" or "2 files".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func (a *app) stats(s check.Stats) {
	percent := 100.0
	if s.Expressions > 0 {
		percent = 100 * float64(s.Known) / float64(s.Expressions)
	}
	fmt.Fprintln(a.stderr, a.text(
		fmt.Sprintf("வகை தெரிந்த கோவைகள்: %d இல் %d (%.1f %%)", s.Expressions, s.Known, percent),
		fmt.Sprintf("expressions of known type: %d of %d (%.1f %%)", s.Known, s.Expressions, percent)))
}
