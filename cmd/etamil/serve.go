package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"

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
				"SIGTERM அல்லது Ctrl-C: /ready 503 சொல்லும்; --drain கழிந்தபின் புதியவை ஏற்கப்படா; இயங்குபவை முடிந்தபின் நிற்கும் (--grace வரை).\n"+
				"SIGHUP: புதிய செயல்முறை அதே துறையில் வழங்கத் தொடங்கியபின் இது நிற்கும். systemd பற்றி docs/deploy.md.",
			"Serves the routes of a program as etamil dev does, but watches no files, keeps the details of errors in the log, and lets SQLite wait for the disk at every change.\n"+
				"After SIGTERM or Ctrl-C /ready answers 503; once --drain is over nothing new is taken, and it ends when the running requests are done, within --grace.\n"+
				"SIGHUP starts a new process on the same port, and ends this one once that one serves. docs/deploy.md is about systemd."),
		Example:           serveExamples,
		ValidArgsFunction: programFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return a.usage("serve: ஒரு கோப்பையோ கோப்புறையையோ தரவும்", "serve: give one file or folder")
			}
			return serve(cmd.Context(), a, o, args[0])
		},
	}
	o.flags.add(a, cmd)
	return cmd
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

// serve runs the server until ctx ends.
func serve(ctx context.Context, a *app, o serveOptions, path string) error {
	file, dir, err := a.entryOf(path)
	if err != nil {
		return err
	}
	if o, err = a.settle(o, folderOf(file, dir)); err != nil {
		return err
	}
	l := newServerLog(a, o.log)
	if err := a.secure(&o, l); err != nil {
		return err
	}
	defer o.http.TLS.Close()
	ctx = httpd.WithHub(ctx, httpd.NewHub()) // the server's, whatever becomes of the program
	s, err := a.start(ctx, l, o, file, dir)
	if err != nil {
		s.close()
		return err
	}
	return a.present(ctx, l, s, o, file, dir)
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
	ln, err := a.listen(ctx, &o)
	if err != nil {
		s.close()
		return err
	}
	opt := o.http
	opt.Stopping = o.stopping
	opt.H2C = opt.H2C || o.dev || len(s.methods) > 0 // gRPC is HTTP/2
	live := newLive(a, l, o, s)
	if !o.dev {
		forgetStart()
	}
	s.announce(o.url(ln), o.dev) // whoever reads it may send a signal
	if o.dev {
		return live.develop(ctx, ln, opt, file, dir)
	}
	return live.run(ctx, ln, s.handler, opt)
}

// ask takes what the program says of its address, and answers the form of its log, unless the command line or the environment
// says them.
func (o *serveOptions) ask(app lifecycle.App) (form logFlag) {
	said := func(flag string) bool { return o.said != nil && o.said(flag) }
	if app.Host != "" && !said("server.host") {
		o.host = app.Host
	}
	if app.Port >= 0 && !said("server.port") {
		o.port = app.Port
	}
	if app.Log != "" && !said("log.format") {
		return logFlag(app.Log)
	}
	return o.log
}

// listen takes the addresses of a server: those that were inherited, or new ones.
func (a *app) listen(ctx context.Context, o *serveOptions) (net.Listener, error) {
	ln, err := o.inherit()
	if err == nil && ln == nil {
		ln, err = a.listenOn(ctx, o.host, o.port)
	}
	if err != nil || o.http.TLS == nil || o.security.redirect == 0 {
		return ln, err
	}
	if o.http.Redirect == nil {
		if o.http.Redirect, err = a.listenOn(ctx, o.host, o.security.redirect); err != nil {
			return nil, errors.Join(err, ln.Close())
		}
	}
	if addr, ok := ln.Addr().(*net.TCPAddr); ok {
		o.http.SecurePort = addr.Port
	}
	return ln, nil
}

// unixScheme begins a host that is a socket of the file system: unix:/run/kadai.sock.
const unixScheme = "unix:"

// listenOn listens on an address. A socket that nobody answers on any more is taken over.
func (a *app) listenOn(ctx context.Context, host string, port int) (net.Listener, error) {
	network, addr := "tcp", net.JoinHostPort(host, strconv.Itoa(port))
	if path, ok := strings.CutPrefix(host, unixScheme); ok {
		network, addr = "unix", path
		if conn, err := (&net.Dialer{}).DialContext(ctx, network, addr); err == nil {
			_ = conn.Close()
		} else if info, err := os.Lstat(addr); err == nil && info.Mode()&fs.ModeSocket != 0 {
			_ = os.Remove(addr) // else Listen says what is wrong
		}
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, network, addr)
	if err != nil {
		return nil, a.listenError(err, addr)
	}
	return ln, nil
}

// url is where a server is, for people.
func (o serveOptions) url(ln net.Listener) string {
	switch {
	case ln.Addr().Network() == "unix":
		return unixScheme + ln.Addr().String()
	case o.http.TLS != nil:
		return "https://" + ln.Addr().String()
	}
	return "http://" + ln.Addr().String()
}

// listenError says why the server cannot have its address, and what to do where the port is taken.
func (a *app) listenError(err error, addr string) error {
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
