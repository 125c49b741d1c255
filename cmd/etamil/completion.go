package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// completionCommand is `etamil completion SHELL`.
func completionCommand(a *app) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion " + strings.Join(shells, "|"),
		Short: a.text("முனையத்திற்கான நிறைவு நிரல்", "the completion script of a shell"),
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
			return a.usage(fmt.Sprintf("completion: இவற்றுள் ஒன்றைத் தாருங்கள்: %s", strings.Join(shells, ", ")),
				fmt.Sprintf("completion: give one of %s", strings.Join(shells, ", ")))
		},
	}
}
