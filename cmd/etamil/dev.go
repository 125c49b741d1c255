package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/syntax/module"
)

// devOptions are the flags of `etamil dev`.
type devOptions struct {
	host string
	port int
	log  logFlag
}

const devExamples = `  etamil dev docs/examples/kadai
  etamil dev shop.qmz --port 9000 --log json
  curl http://127.0.0.1:8080/`

// devCommand is `etamil dev`.
func devCommand(a *app) *cobra.Command {
	var o devOptions
	cmd := &cobra.Command{
		Use:   "dev FILE | FOLDER",
		Short: a.text("நிரலின் வழிகளை உங்கள் கணினியில் வழங்கும்", "serve a program's routes on your machine"),
		Long: a.paragraphs(
			"நிரலின் வழிகளை வழங்கும்; SQLite உள்ளேயே இருக்கிறது. கோப்புறையைத் தந்தால் அதன் main.qmz, அது இல்லையெனில் வழிகள் உள்ள ஒரே நிரல்; நிரல் படிக்கும், எழுதும் கோப்புகளின் பாதைகள் அந்தக் கோப்புறையில் தொடங்கும்.\n"+
				"Ctrl-C: இயங்கும் கோரிக்கைகள் முடிந்தபின் நிற்கும்.",
			"Serves the routes of a program, with SQLite inside. Of a folder it takes main.qmz, else the only program; the files that the program names then start there.\n"+
				"Ctrl-C stops it once the running requests are done."),
		Example: devExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return a.usage("dev: ஒரு கோப்பையோ கோப்புறையையோ தரவும்", "dev: give one file or folder")
			}
			return serve(cmd.Context(), a, o, args[0])
		},
	}
	o.addFlags(a, cmd)
	return cmd
}

func (o *devOptions) addFlags(a *app, cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.host, "host", "127.0.0.1", a.text("கேட்கும் முகவரி", "the address to listen on"))
	f.IntVar(&o.port, "port", 8080, a.text("கேட்கும் துறை; 0 என்றால் காலியான ஒன்று", "the port to listen on; 0 for a free one"))
	o.log = "text"
	f.Var(&o.log, "log", a.text("கோரிக்கைகளின் பதிவு", "the log of requests"))
}

// logFlag is the form of the log.
type logFlag string

func (f *logFlag) String() string { return string(*f) }

func (f *logFlag) Type() string { return "text|json|off" }

func (f *logFlag) Set(s string) error {
	if s != "text" && s != "json" && s != "off" {
		return errors.New("text, json, off")
	}
	*f = logFlag(s)
	return nil
}

// entryOf finds the program that a path means, and the folder that its file names start from: a folder's own, or "" for
// the working directory.
func (a *app) entryOf(path string) (file, dir string, err error) {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return path, "", nil //nolint:nilerr // the loader reports a file that cannot be read, in both languages
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

// serve runs the server until ctx ends.
func serve(ctx context.Context, a *app, o devOptions, path string) error {
	if o.port < 0 || o.port > 65535 {
		return a.usage(fmt.Sprintf("--port %d: 0 முதல் 65535 வரையிலான எண் வேண்டும்", o.port), fmt.Sprintf("--port %d: a number from 0 to 65535 is needed", o.port))
	}
	file, dir, err := a.entryOf(path)
	if err != nil {
		return err
	}
	s, err := a.start(ctx, file, dir)
	if s != nil {
		defer s.close()
	}
	if err != nil {
		return err
	}
	opt := httpd.Options{Detail: true, Report: s.report, Access: a.access(o.log)}
	h, err := httpd.NewHandler(s.routes, opt)
	if err != nil {
		return a.routeError(err)
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(o.host, strconv.Itoa(o.port)))
	if err != nil {
		return a.listenError(err, o)
	}
	s.announce(ln.Addr())
	stop := s.schedule(ctx)
	defer stop()
	return httpd.Serve(ctx, ln, h, opt) //nolint:wrapcheck // it names the address
}

// listenError says why the server cannot have its address, and what to do where the port is taken.
func (a *app) listenError(err error, o devOptions) error {
	addr := net.JoinHostPort(o.host, strconv.Itoa(o.port))
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return errors.New(a.text(addr+" ஏற்கெனவே பயன்பாட்டில் உள்ளது; --port கொண்டு வேறு துறையைத் தரவும், --port 0 என்றால் காலியான ஒன்று",
			addr+" is already in use; choose another port with --port, or a free one with --port 0"))
	case errors.Is(err, fs.ErrPermission):
		return errors.New(a.text(addr+": இந்தத் துறையில் வழங்க அனுமதி இல்லை; --port கொண்டு 1024 அல்லது அதற்கு மேல் தரவும்",
			addr+": there is no permission to serve on this port; choose 1024 or above with --port"))
	}
	return fmt.Errorf("%s: %w", a.text(addr+" என்னும் முகவரியில் வழங்க முடியவில்லை", "cannot serve on "+addr), err)
}

// routeError puts a conflict of routes into the chosen language.
func (a *app) routeError(err error) error {
	var c *httpd.ConflictError
	if errors.As(err, &c) {
		both := fmt.Sprintf("%s %s (%s), %s %s (%s)", c.First.Method, c.First.Path, c.First.Place, c.Second.Method, c.Second.Path, c.Second.Place)
		return errors.New(a.text("ஒரே கோரிக்கைக்கு இரு வழிகள்: "+both, "two routes for the same requests: "+both))
	}
	return err
}
