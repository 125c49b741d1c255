package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// starter is what `etamil new` writes; the names are the files', without their last extension.
//
//go:embed all:starter
var starter embed.FS

// starterDir is the folder of the files in starter, and starterExt keeps tools from taking them for files of this project.
const (
	starterDir = "starter"
	starterExt = ".txt"
)

// newCommand is `etamil new`.
func newCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "new NAME",
		Short: a.text("புதிய நிரலைத் தொடங்கும்", "begin a new program"),
		Long: a.paragraphs(
			"NAME என்னும் கோப்புறையில் ஒரு சிறு நிரல் (main.qmz), README.md, .gitignore ஆகியவற்றை எழுதும். இருக்கும் எந்தக் கோப்பையும் மாற்றாது.",
			"Writes a small program (main.qmz), README.md and .gitignore into the folder NAME. It never changes a file that is there."),
		Example: "  etamil new kadai\n  etamil dev kadai",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" {
				return a.usage("new: ஒரு பெயரைத் தரவும்", "new: give one name")
			}
			return begin(a, args[0])
		},
	}
}

// begin writes the new program. It looks before it writes anything, and no file is ever opened that exists.
func begin(a *app, dir string) error {
	entries, err := fs.ReadDir(starter, starterDir)
	if err != nil {
		return fmt.Errorf("read the starter: %w", err)
	}
	for _, e := range entries {
		if path := filepath.Join(dir, strings.TrimSuffix(e.Name(), starterExt)); there(path) {
			return errors.New(a.text(path+" ஏற்கெனவே உள்ளது; எதுவும் எழுதப்படவில்லை", path+" is there already; nothing was written"))
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return a.cannotWrite(dir, err)
	}
	for _, e := range entries {
		text, err := starter.ReadFile(starterDir + "/" + e.Name())
		if err != nil {
			return fmt.Errorf("read the starter: %w", err)
		}
		path := filepath.Join(dir, strings.TrimSuffix(e.Name(), starterExt))
		if err := writeNew(path, strings.ReplaceAll(string(text), "{NAME}", filepath.ToSlash(dir))); err != nil {
			return a.cannotWrite(path, err)
		}
		fmt.Fprintln(a.stdout, "  "+path)
	}
	fmt.Fprintln(a.stdout, a.text("அடுத்து", "next")+": etamil dev "+dir)
	return nil
}

// there tells whether something is at a path, a link that leads nowhere too.
func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func writeNew(path, text string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err //nolint:wrapcheck // the caller words it
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

// cannotWrite words the error of a file that could not be written.
func (a *app) cannotWrite(path string, err error) error {
	return fmt.Errorf("%s: %w", a.text(path+" எழுத முடியவில்லை", "cannot write "+path), err)
}
