package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/ezuqqu"
)

// manCommand is the hidden `etamil man [COMMAND]`; with --dir, as `make install` calls it, it writes the pages of all commands.
func manCommand(a *app) *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:     "man [COMMAND]",
		Short:   a.text("கையேட்டுப் பக்கம்", "the manual page"),
		Example: "  etamil man > etamil.1\n  etamil man run > etamil-run.1\n  etamil man --dir share/man/man1",
		Hidden:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			cmd.Root().DisableAutoGenTag = true
			target, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return a.noCommand(args)
			}
			if dir != "" {
				return a.manPages(dir, target)
			}
			return a.manPage(a.stdout, target)
		},
	}
	c.Flags().StringVar(&dir, "dir", "", a.text("எல்லாக் கட்டளைகளின் பக்கங்களையும் இந்தக் கோப்புறையில் எழுதும்", "write the pages of all commands into this folder"))
	return c
}

// manPages writes the page of a command and those of the commands below it.
func (a *app) manPages(dir string, cmd *cobra.Command) error {
	var page bytes.Buffer
	if err := a.manPage(&page, cmd); err != nil {
		return err
	}
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-") + ".1"
	if err := os.WriteFile(filepath.Join(dir, name), page.Bytes(), 0o644); err != nil {
		return fmt.Errorf("manual page: %w", err)
	}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" {
			if err := a.manPages(dir, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// manPage writes a command's page. It has no date, so that the same version always gives the same page. The English page has the
// romanised spellings of Tamil words: groff, which shows manual pages, loses signs that stand above a letter.
func (a *app) manPage(w io.Writer, cmd *cobra.Command) error {
	title := strings.ToUpper(strings.ReplaceAll(cmd.CommandPath(), " ", "-"))
	header := &doc.GenManHeader{Title: title, Section: "1", Source: "eTamil " + thisBuild().Version, Date: &time.Time{}}
	var page bytes.Buffer
	if err := doc.GenMan(cmd, header, &page); err != nil {
		return fmt.Errorf("manual page: %w", err)
	}
	text := strings.Replace(page.String(), `"Jan 0001"`, `""`, 1)
	if a.lang == diag.English {
		text = ezuqqu.FromTamil(text)
	}
	_, err := io.WriteString(w, text)
	return err //nolint:wrapcheck // the writer's error is its own
}
