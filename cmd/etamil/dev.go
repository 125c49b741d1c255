package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/project"
)

// anyOrigin lets the pages of every origin read answers, as the reference does. `etamil serve` asks for --cors.
var anyOrigin = []string{"*"}

const devExamples = `  etamil dev docs/examples/kadai
  etamil dev shop.qmz --port 9000 --log json
  curl http://127.0.0.1:8080/`

// devCommand is `etamil dev`.
func devCommand(a *app) *cobra.Command {
	o := serveOptions{dev: true}
	cmd := &cobra.Command{
		Use:   "dev FILE | FOLDER",
		Short: a.text("நிரலின் வழிகளை உங்கள் கணினியில் வழங்கும்", "serve a program's routes on your machine"),
		Long: a.paragraphs(
			"நிரலின் வழிகளை வழங்கும்; SQLite உள்ளேயே இருக்கிறது. கோப்புறையைத் தந்தால் அதன் main.qmz, அது இல்லையெனில் வழிகள் உள்ள ஒரே நிரல்; நிரல் படிக்கும், எழுதும் கோப்புகளின் பாதைகள் அந்தக் கோப்புறையில் தொடங்கும்.\n"+
				"நிரலின் கோப்புகள் மாறினால் புதிய பதிப்பு வழங்கப்படும்; அதில் பிழை இருந்தால் பழையது தொடரும்; உலாவியில் திறந்த பக்கங்களும் மீளேறும். Ctrl-C: இயங்கும் கோரிக்கைகள் முடிந்தபின் நிற்கும்.",
			"Serves the routes of a program, with SQLite inside. Of a folder it takes main.qmz, else the only program; the files that the program names then start there.\n"+
				"When the program's files change the new version is served; the old one stays while the new one has errors. Pages that are open in a browser follow. Ctrl-C stops it once the running requests are done."),
		Example: devExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return a.usage("dev: ஒரு கோப்பையோ கோப்புறையையோ தரவும்", "dev: give one file or folder")
			}
			return serve(cmd.Context(), a, o, args[0])
		},
	}
	o.flags.add(a, cmd, devKeys...)
	cmd.Flags().BoolVar(&o.noReload, "no-reload", false, a.text("உலாவியின் பக்கங்களைத் தானாக மீளேற்றாது", "do not load the pages of browsers again"))
	cmd.Flags().DurationVar(&o.poll, "poll", 0, a.text("கோப்பு மாற்றங்களைக் கேட்காமல் இத்தனை நேரத்துக்கு ஒருமுறை பார்க்கும்", "look for changed files this often, instead of being told by the system"))
	return cmd
}

// entryOf finds the program that a path means, and the folder that its file names start from: a folder's own, or "" for
// the working directory. The project may name the program of a folder.
func (a *app) entryOf(path string) (file, dir string, err error) {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return path, "", nil //nolint:nilerr // the loader reports a file that cannot be read, in both languages
	}
	if cfg := newConfigs().of(path); cfg != nil {
		abs, err := filepath.Abs(path)
		if v, _ := cfg.project.Value("entry"); v.Origin == project.FromFile && err == nil && abs == cfg.dir {
			return filepath.Join(cfg.dir, filepath.FromSlash(cfg.project.Text("entry"))), path, nil
		}
	}
	if main := filepath.Join(path, "main.qmz"); exists(main) {
		return main, path, nil
	}
	all, err := filepath.Glob(filepath.Join(globSafe(path), "*.qmz"))
	if err != nil {
		return "", "", fmt.Errorf("list %s: %w", path, err)
	}
	var served []string
	for _, f := range all {
		if hasRoutes(f) {
			served = append(served, f)
		}
	}
	switch len(served) {
	case 1:
		return served[0], path, nil
	case 0:
		return "", "", fmt.Errorf("%s: %s", path, a.text("வழிகள் உள்ள நிரல் எதுவும் இல்லை", "no program with routes here"))
	}
	list := strings.Join(served, ", ")
	return "", "", fmt.Errorf("%s: %s", path, a.text("main.qmz இல்லை; இவற்றுள் ஒன்றைத் தரவும்: "+list, "no main.qmz; give one of: "+list))
}

func exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// globSafe keeps the characters of a folder's name from being a pattern.
func globSafe(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// hasRoutes tells whether a file declares routes itself.
func hasRoutes(path string) bool {
	prog, _ := module.Load(context.Background(), files(), module.Entry{Path: filepath.ToSlash(path)}, roots()...)
	for _, item := range prog.Items {
		if isRoute(item.Stmt) {
			return true
		}
	}
	return false
}
