package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/lifecycle"
	"github.com/etamil-lang/etamil/runtime/value"
)

const serveExamples = `  etamil serve docs/examples/kadai
  etamil serve --host 0.0.0.0 --port 80 --log json shop.qmz
  etamil serve --cors https://kadai.example --max-upload 100M --drain 5s shop.qmz`

// serveCommand is `etamil serve`.
func serveCommand(a *app) *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve FILE | FOLDER",
		Short: a.text("நிரலின் வழிகளை மக்களுக்கு வழங்கும்", "serve a program's routes for real"),
		Long: a.paragraphs(
			"etamil dev போல நிரலின் வழிகளை வழங்கும்; ஆனால் கோப்புகளின் மாற்றங்களைக் கவனிக்காது, பிழையின் விவரத்தைக் கேட்பவருக்குக் காட்டாது, SQLite ஒவ்வொரு மாற்றமும் வட்டை அடையக் காத்திருக்கும்.\n"+
				"SIGTERM அல்லது Ctrl-C: /ready 503 சொல்லும்; --drain கழிந்தபின் புதியவை ஏற்கப்படா; இயங்குபவை முடிந்தபின் நிற்கும்.",
			"Serves the routes of a program as etamil dev does, but watches no files, keeps the details of errors in the log, and lets SQLite wait for the disk at every change.\n"+
				"After SIGTERM or Ctrl-C /ready answers 503; once --drain is over nothing new is taken, and it ends when the running requests are done."),
		Example:           serveExamples,
		ValidArgsFunction: programFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return a.usage("serve: ஒரு கோப்பையோ கோப்புறையையோ தரவும்", "serve: give one file or folder")
			}
			return serve(cmd.Context(), a, o, args[0])
		},
	}
	o.addFlags(a, cmd)
	o.addLimits(a, cmd, nil)
	cmd.Flags().DurationVar(&o.drain, "drain", 0, a.text("நிற்கும் முன் /ready 503 சொல்லும் நேரம்", "how long /ready says 503 before the end"))
	return cmd
}

// addFlags adds the flags that the reference has too.
func (o *serveOptions) addFlags(a *app, cmd *cobra.Command) {
	f := cmd.Flags()
	o.said = f.Changed
	f.StringVar(&o.host, "host", "127.0.0.1", a.text("கேட்கும் முகவரி", "the address to listen on"))
	f.IntVar(&o.port, "port", 8080, a.text("கேட்கும் துறை; 0 என்றால் காலியான ஒன்று", "the port to listen on; 0 for a free one"))
	o.log = "text"
	f.Var(&o.log, "log", a.text("கோரிக்கைகளின் பதிவு", "the log of requests"))
}

// addLimits adds the flags about what requests may be.
func (o *serveOptions) addLimits(a *app, cmd *cobra.Command, origins []string) {
	f := cmd.Flags()
	f.StringSliceVar(&o.origins, "cors", origins, a.text("பதில்களைப் படிக்கலாம் எனும் தளங்கள்; * என்றால் எல்லாம்", "the origins whose pages may read answers; * for all"))
	f.Var(&o.maxBody, "max-body", a.text("உடலின் எல்லை (இயல்பு 1M)", "the longest body (default 1M)"))
	f.Var(&o.maxUpload, "max-upload", a.text("பதிவேற்றத்தின் எல்லை (இயல்பு 32M)", "the longest upload (default 32M)"))
	f.DurationVar(&o.grace, "grace", defaultGrace, a.text("நிற்கும்போது இயங்குபவை முடியக் காத்திருக்கும் நேரம்", "how long what runs may take to end when the server stops"))
	f.DurationVar(&o.timeout, "timeout", 30*time.Second, a.text("ஒரு கோரிக்கைக்கான நேரம்", "how long a request may take"))
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

// serverGC lets the heap of a server, most of which dies with each request, grow more than usual before it is swept. GOGC wins.
const serverGC = 150

// serve runs the server until ctx ends.
func serve(ctx context.Context, a *app, o serveOptions, path string) error {
	if o.port < 0 || o.port > 65535 {
		return a.usage(fmt.Sprintf("--port %d: 0 முதல் 65535 வரையிலான எண் வேண்டும்", o.port), fmt.Sprintf("--port %d: a number from 0 to 65535 is needed", o.port))
	}
	file, dir, err := a.entryOf(path)
	if err != nil {
		return err
	}
	o.fill()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(serverGC)
	}
	l := newServerLog(a, o.log)
	s, err := a.start(ctx, l, o, file, dir)
	if err != nil {
		s.close()
		return err
	}
	return a.present(ctx, l, s, o, file, dir)
}

// fill gives every option a value that has none.
func (o *serveOptions) fill() {
	if o.life == nil {
		o.life = newLife()
	}
	o.stopping = new(atomic.Bool)
	if o.timeout <= 0 {
		o.timeout = 30 * time.Second
	}
	if o.grace <= 0 {
		o.grace = defaultGrace
	}
}

// present serves a program whose prelude has run, where the command line or the program itself says.
func (a *app) present(ctx context.Context, l *serverLog, s *service, o serveOptions, file, dir string) error {
	if form := o.ask(o.life.App()); form != o.log {
		o.log, l = form, l.as(form)
		s.log = l
		if err := s.handle(o, dir); err != nil {
			s.close()
			return err
		}
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(o.host, strconv.Itoa(o.port)))
	if err != nil {
		s.close()
		return a.listenError(err, o)
	}
	opt := httpd.Options{Stopping: o.stopping, Drain: o.drain, WriteTimeout: o.timeout + time.Minute}
	s.announce(ln.Addr(), o.dev)
	live := newLive(a, l, o, s)
	if o.dev {
		return live.develop(ctx, ln, opt, file, dir)
	}
	return live.run(ctx, ln, s.handler, opt)
}

// ask takes what the program says of its address, and answers the form of its log, unless the command line says them.
func (o *serveOptions) ask(app lifecycle.App) (form logFlag) {
	said := func(flag string) bool { return o.said != nil && o.said(flag) }
	if app.Host != "" && !said("host") {
		o.host = app.Host
	}
	if app.Port >= 0 && !said("port") {
		o.port = app.Port
	}
	if app.Log != "" && !said("log") {
		return logFlag(app.Log)
	}
	return o.log
}

// listenError says why the server cannot have its address, and what to do where the port is taken.
func (a *app) listenError(err error, o serveOptions) error {
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

// explained is an error in words; those of the language in both languages.
func explained(err error) string {
	var known *value.Error
	if errors.As(err, &known) {
		return diag.Message(known.Code, diag.Both, known.Args...) + " [" + known.Code + "]"
	}
	return err.Error()
}
