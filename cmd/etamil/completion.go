package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// completionCommand is `etamil completion SHELL`.
func completionCommand(a *app) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion " + strings.Join(shells, "|"),
		Short: a.text("முனையத்தில் கட்டளைகளை நிறைவு செய்யும் நிரல்", "the completion script of a shell"),
		Example: `  source <(etamil completion bash)
  etamil completion zsh > "${fpath[1]}/_etamil"
  etamil completion fish > ~/.config/fish/completions/etamil.fish
  etamil completion powershell | Out-String | Invoke-Expression`,
		ValidArgs: shells,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				root := cmd.Root()
				switch args[0] {
				case "bash":
					return root.GenBashCompletionV2(a.stdout, true)
				case "zsh":
					return root.GenZshCompletion(a.stdout)
				case "fish":
					return root.GenFishCompletion(a.stdout, true)
				case "powershell":
					return root.GenPowerShellCompletionWithDesc(a.stdout)
				}
			}
			return a.usage(fmt.Sprintf("completion: இவற்றுள் ஒன்றைத் தரவும்: %s", strings.Join(shells, ", ")),
				fmt.Sprintf("completion: give one of %s", strings.Join(shells, ", ")))
		},
	}
}

// completeChoices offers the values of the flags that take one of a few words, which their type lists: ta|en|both.
func completeChoices(cmd *cobra.Command) {
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if kind := f.Value.Type(); strings.Contains(kind, "|") && kind == strings.ToLower(kind) {
			_ = cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(strings.Split(kind, "|"), cobra.ShellCompDirectiveNoFileComp))
		}
	})
	for _, c := range cmd.Commands() {
		completeChoices(c)
	}
}

// programFiles completes the name of a program, and nothing behind it.
func programFiles(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return []string{"qmz"}, cobra.ShellCompDirectiveFilterFileExt
}
