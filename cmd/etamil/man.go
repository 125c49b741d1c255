package main

import (
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manCommand is the hidden `etamil man`, which `make install` uses.
func manCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   a.text("கையேட்டுப் பக்கம்", "the manual page"),
		Example: "  etamil man > etamil.1",
		Hidden:  true,
		Args:    a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			root := cmd.Root()
			root.DisableAutoGenTag = true
			date := time.Time{} // no date: the same version always gives the same page
			return doc.GenMan(root, &doc.GenManHeader{Title: "ETAMIL", Section: "1", Source: "eTamil " + thisBuild().Version, Date: &date}, a.stdout)
		},
	}
}
