package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/etamil-lang/etamil/runtime/reload"
)

// watchChecks checks again whenever a file changes, until it is interrupted.
func (a *app) watchChecks(ctx context.Context, o checkOptions, args []string) error {
	entry := watchedEntry(args[0])
	w := reload.NewWatcher(reload.Options{Ext: programExt})
	defer w.Close()
	w.Watch([]string{entry})
	for {
		paths, err := a.checkOnce(ctx, o, args)
		var shown status
		if err != nil && !errors.As(err, &shown) {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
		w.Watch(append(paths, entry))
		fmt.Fprintln(a.stderr, a.text("மாற்றங்களைக் கவனிக்கிறது …", "watching for changes …"))
		if !w.Next(ctx) {
			return nil // Ctrl-C is how it ends
		}
		fmt.Fprintln(a.stderr)
	}
}

// watchedEntry is what keeps the first path watched although it may hold no program yet: the file, or the folder's
// project file.
func watchedEntry(arg string) string {
	if info, err := os.Stat(arg); err == nil && info.IsDir() {
		return filepath.Join(arg, projectFile)
	}
	return arg
}
