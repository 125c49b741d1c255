package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manCommand is the hidden `etamil man [COMMAND]`, which `make install` uses.
func manCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "man [COMMAND]",
		Short:   a.text("கையேட்டுப் பக்கம்", "the manual page"),
		Example: "  etamil man > etamil.1\n  etamil man run > etamil-run.1",
		Hidden:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			cmd.Root().DisableAutoGenTag = true
			target, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return a.noCommand(args)
			}
			return manPage(a.stdout, target)
		},
	}
}

// manPage writes a command's page. It has no date, so that the same version always gives the same page.
func manPage(w io.Writer, cmd *cobra.Command) error {
	title := strings.ToUpper(strings.ReplaceAll(cmd.CommandPath(), " ", "-"))
	header := &doc.GenManHeader{Title: title, Section: "1", Source: "eTamil " + thisBuild().Version, Date: &time.Time{}}
	var page bytes.Buffer
	if err := doc.GenMan(cmd, header, &page); err != nil {
		return fmt.Errorf("manual page: %w", err)
	}
	_, err := w.Write(bytes.Replace(page.Bytes(), []byte(`"Jan 0001"`), []byte(`""`), 1))
	return err //nolint:wrapcheck // the writer's error is its own
}
