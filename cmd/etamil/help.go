package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpText is a command's help: what it does, how it is called, examples, its commands and its flags.
func (a *app) helpText(cmd *cobra.Command) string {
	var b strings.Builder
	heading := func(tamil, english string) {
		fmt.Fprintf(&b, "\n%s:\n", a.text(tamil, english))
	}
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	fmt.Fprintln(&b, about)
	heading("பயன்பாடு", "Usage")
	fmt.Fprintf(&b, "  %s\n", cmd.UseLine())
	if cmd.HasExample() {
		heading("எடுத்துக்காட்டுகள்", "Examples")
		fmt.Fprintln(&b, strings.TrimRight(cmd.Example, "\n"))
	}
	if cmd.HasAvailableSubCommands() {
		heading("கட்டளைகள்", "Commands")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(&b, "  %-12s %s\n", c.Name(), c.Short)
			}
		}
	}
	if flags := cmd.LocalFlags().FlagUsages(); flags != "" {
		heading("கொடிகள்", "Flags")
		b.WriteString(flags)
	}
	if flags := cmd.InheritedFlags().FlagUsages(); flags != "" {
		heading("பொதுக் கொடிகள்", "Flags of every command")
		b.WriteString(flags)
	}
	return b.String()
}

// helpCommand is `etamil help [COMMAND]`.
func helpCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   a.text("ஒரு கட்டளையின் உதவி", "help about a command"),
		Example: "  etamil help\n  etamil help run --lang en",
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil || target == nil || len(rest) > 0 {
				return a.noCommand(args)
			}
			fmt.Fprint(a.stdout, a.helpText(target))
			return nil
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, c := range cmd.Root().Commands() {
				if len(args) == 0 && c.IsAvailableCommand() {
					names = append(names, c.Name()+"\t"+c.Short)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// noCommand is the mistake of naming a command that there is not.
func (a *app) noCommand(args []string) error {
	name := strings.Join(args, " ")
	return a.usage(fmt.Sprintf("%q என்னும் கட்டளை இல்லை", name), fmt.Sprintf("there is no command %q", name))
}

// flagError turns what pflag says about a flag into a message in the chosen language.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	name := cmd.CommandPath()
	switch e := err.(type) { //nolint:errorlint // pflag answers these errors unwrapped
	case *pflag.NotExistError:
		flag := dashes(e.GetSpecifiedName())
		return a.usage(fmt.Sprintf("%s: %s என்னும் கொடி இல்லை", name, flag), fmt.Sprintf("%s: unknown flag %s", name, flag))
	case *pflag.ValueRequiredError:
		flag := dashes(e.GetSpecifiedName())
		return a.usage(fmt.Sprintf("%s: %s கொடிக்கு ஒரு மதிப்பு வேண்டும்", name, flag), fmt.Sprintf("%s: flag %s needs a value", name, flag))
	case *pflag.InvalidValueError:
		flag, tamil := "--"+e.GetFlag().Name, e.GetFlag().Value.Type()
		english := tamil
		if f, ok := e.GetFlag().Value.(*keyFlag); ok {
			tamil, english = f.takes()
		}
		return a.usage(fmt.Sprintf("%s: %s கொடியின் மதிப்பு %q தவறு; வேண்டியது: %s", name, flag, e.GetValue(), tamil),
			fmt.Sprintf("%s: flag %s cannot be %q; it takes: %s", name, flag, e.GetValue(), english))
	}
	return a.usage(fmt.Sprintf("%s: கொடிகள் தவறு", name), fmt.Sprintf("%s: %s", name, err))
}

// dashes writes a flag's name as it is typed.
func dashes(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}
