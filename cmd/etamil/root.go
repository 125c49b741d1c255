package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// newRoot makes the tree of commands. Plain `etamil FILE` is `etamil run FILE`; the reference's flags are aliases.
func newRoot(a *app) *cobra.Command {
	var o runOptions
	var ref referenceFlags
	root := &cobra.Command{
		Use:   "etamil [COMMAND | FILE] [-- ARGUMENT...]",
		Short: a.text("தமிழில் நிரல்கள்", "programs in Tamil"),
		Long: a.paragraphs(
			"eTamil – தமிழ்ச் சொற்களால் நிரல் எழுதும் மொழி.\nகோப்பைத் தந்தால் அதை இயக்கும்; குழாய் வழியே நிரல் வந்தால் அந்த நிரலை இயக்கும்.",
			"eTamil – a programming language whose words are Tamil.\nGiven a file, it runs it; at the end of a pipe, it runs the program that comes through."),
		Example:           rootExamples,
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runRoot(cmd, a, o, ref, args)
		},
	}
	o.addFlags(a, root)
	ref.addFlags(a, root)
	root.PersistentFlags().Var(&langFlag{"both"}, "lang", a.text("செய்திகளின் மொழி", "the language of messages"))
	root.PersistentFlags().BoolP("help", "h", false, a.text("உதவி", "help"))
	root.SetFlagErrorFunc(a.flagError)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { fmt.Fprint(a.stdout, a.helpText(cmd)) })
	root.SetHelpCommand(helpCommand(a))
	root.AddCommand(runCommand(a), checkCommand(a), fmtCommand(a), replCommand(a), lspCommand(a), devCommand(a), serveCommand(a), newCommand(a), versionCommand(a), completionCommand(a), manCommand(a))
	completeChoices(root)
	return root
}

const rootExamples = `  etamil hello.qmz
  etamil run hello.qmz -- 2026
  echo 'அச்சு "வணக்கம்";' | etamil
  etamil help run`

// referenceFlags are the flags of the reference's command line, without its banners (language/grammar.md, CLI).
type referenceFlags struct {
	check, version, server bool
	serve                  serveOptions
}

func (r *referenceFlags) addFlags(a *app, cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVarP(&r.version, "version", "V", false, a.text("பதிப்பு", "the version"))
	f.BoolVar(&r.check, "check", false, a.text("இயக்காமல் சரிபார்க்கும்", "check the program without running it"))
	f.Bool("vm", true, a.text("இயந்திரத்தில் இயக்கும் (எப்போதும் அப்படியே)", "run on the machine (always so)"))
	f.BoolVar(&r.server, "server", false, a.text("etamil serve போல வழங்கும்", "serve, like etamil serve"))
	f.BoolVar(&r.server, "async", false, a.text("etamil serve போல வழங்கும்", "serve, like etamil serve"))
	r.serve.flags.add(a, cmd, "server.host", "server.port", "log.format")
	for _, name := range []string{"vm", "server", "async", "host", "port", "log"} {
		_ = f.MarkHidden(name) // the names are those just above
	}
}

// runRoot is etamil without a command.
func runRoot(cmd *cobra.Command, a *app, o runOptions, ref referenceFlags, args []string) error {
	if ref.version {
		return printVersion(a, false)
	}
	file, rest, err := programArgs(a, cmd, args)
	if err != nil {
		return err
	}
	if file == "" && isTerminal(a.stdin) {
		fmt.Fprint(a.stdout, a.helpText(cmd))
		return nil
	}
	if err := a.mistyped(cmd, file); err != nil {
		return err
	}
	if ref.server {
		ref.serve.anyOrigin = true // as the reference answers
		return serve(cmd.Context(), a, ref.serve, file)
	}
	if ref.check {
		return checkFile(cmd.Context(), a, file)
	}
	return runFile(cmd.Context(), a, o, file, rest)
}

// mistyped refuses a name that is neither a file nor looks like one: a command that was misspelt.
func (a *app) mistyped(cmd *cobra.Command, name string) error {
	if name == "" || name == "-" || strings.ContainsAny(name, `./\`) {
		return nil
	}
	if _, err := os.Lstat(name); err == nil {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2
	tamil := fmt.Sprintf("%q என்னும் கட்டளையோ கோப்போ இல்லை", name)
	english := fmt.Sprintf("there is no command and no file %q", name)
	if s := cmd.SuggestionsFor(name); len(s) > 0 {
		tamil += fmt.Sprintf("; %q என எழுத எண்ணினீர்களா?", s[0])
		english += fmt.Sprintf("; did you mean %q?", s[0])
	}
	return a.usage(tamil, english)
}

// programArgs parts the file from the program's own arguments, which follow --.
func programArgs(a *app, cmd *cobra.Command, args []string) (file string, rest []string, err error) {
	own := args
	if dash := cmd.ArgsLenAtDash(); dash >= 0 {
		own, rest = args[:dash], args[dash:]
	}
	if len(own) > 1 {
		return "", nil, a.usage(
			fmt.Sprintf("ஒரு கோப்பு போதும்; நிரலுக்கான மதிப்புகளை -- என்பதன் பின் எழுதவும்: %s -- %s", own[0], strings.Join(own[1:], " ")),
			fmt.Sprintf("one file is enough; arguments of the program follow --: %s -- %s", own[0], strings.Join(own[1:], " ")))
	}
	if len(own) == 1 {
		file = own[0]
	}
	return file, rest, nil
}
