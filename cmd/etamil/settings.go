package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/lifecycle"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/project"
)

// serveOptions are what `etamil dev` and `etamil serve` are asked for.
type serveOptions struct {
	dev       bool // with what helps while a program is written
	stopping  *atomic.Bool
	life      *lifecycle.Life
	said      func(key string) bool // the flags or the environment say it; nil is never
	noReload  bool
	poll      time.Duration
	flags     serverFlags
	heirloom  *lifecycle.Inheritance
	anyOrigin bool // pages of every origin may read answers unless somebody says otherwise

	// What settle makes of the flags, the environment and the project.
	host                  string
	port                  int
	log                   logFlag
	timeout, drain, grace time.Duration
	http                  httpd.Options
	security              security
}

// security is what a server needs for TLS, as files and names.
type security struct {
	pairs    []httpd.Pair
	acme     httpd.ACME
	redirect int // the port of plain HTTP, 0 for none
}

func (s security) on() bool { return len(s.pairs) > 0 || len(s.acme.Domains) > 0 }

// settle finds out how a program in a folder is served: what a flag says goes before the environment, this before the
// project's etamil.toml, and this before the defaults. What is wrong with any of it is shown, and the error is a status.
func (a *app) settle(o serveOptions, folder string) (serveOptions, error) {
	o.stopping = new(atomic.Bool)
	if o.life == nil {
		o.life = newLife()
	}
	cfg := newConfigs().of(folder)
	if cfg == nil {
		cfg = readConfig(folder, nil)
	}
	found := cfg.found
	for _, f := range cfg.project.Environment(os.LookupEnv) {
		found = append(found, diag.FromFault("", f))
	}
	s := settings{cfg, cfg.project}
	o.flags.apply(s.Project)
	o.security.pairs = s.pairs(&found)
	if err := a.showSettings(cfg, found); err != nil {
		return o, err
	}
	o.host, o.port, o.log = s.Text("server.host"), int(s.Int("server.port")), logFlag(s.Text("log.format"))
	o.said = func(key string) bool {
		v, _ := s.Value(key)
		return v.Origin > project.FromFile
	}
	o.timeout, o.drain, o.grace = s.Duration("server.timeout"), s.Duration("server.drain"), s.Duration("server.grace")
	if o.timeout <= 0 {
		o.timeout = defaultTimeout
	}
	if o.grace <= 0 {
		o.grace = defaultGrace
	}
	if o.dev {
		o.drain = 0
	}
	o.http = s.options(o)
	for prefix, dir := range o.flags.static {
		o.http.Static[prefix] = dir
	}
	o.security.redirect = int(s.Int("server.tls.redirect"))
	var err error
	o.security.acme, err = s.acme()
	return o, err
}

// defaultTimeout is how long a request may take when nobody says.
const defaultTimeout = 30 * time.Second

// showSettings shows what is wrong with a project file and the environment.
func (a *app) showSettings(cfg *config, found []diag.Diagnostic) error {
	var failed error
	for _, d := range found {
		if d.IsError() {
			failed = status(exitFault)
		}
	}
	if failed == nil {
		return nil
	}
	src := func(string) string { return cfg.project.Src }
	if err := diag.RenderAll(a.stderr, found, src, a.diagOptions()); err != nil {
		return fmt.Errorf("show errors: %w", err)
	}
	return failed
}

// settings reads what a project says of its server.
type settings struct {
	cfg *config
	*project.Project
}

// options are the settings that are the HTTP server's own.
func (s settings) options(o serveOptions) httpd.Options {
	opt := httpd.Options{
		Origins: s.List("server.cors"), MaxBody: s.Int("server.max_body"), MaxUpload: s.Int("server.max_upload"),
		Timeout: o.timeout, Drain: o.drain, Grace: o.grace,
		HeaderTimeout: s.Duration("server.header_timeout"), ReadTimeout: s.Duration("server.read_timeout"),
		WriteTimeout: o.timeout + s.Duration("server.write_timeout"), // it begins before the handler does
		IdleTimeout:  s.Duration("server.idle_timeout"),
		MaxConns:     int(s.Int("server.max_connections")), MaxRequests: int(s.Int("server.max_requests")),
		Rate: float64(s.Int("server.rate")), Burst: int(s.Int("server.burst")),
		TrustedProxies: s.Networks("server.trusted_proxies"), Compress: s.Bool("server.compress"), Static: map[string]string{},
		H2C: s.Bool("server.h2c"), HSTS: s.Duration("server.tls.hsts"),
	}
	for prefix, dir := range s.Table("server.static.*") {
		opt.Static[prefix] = s.resolved(project.FromFile, dir)
	}
	if v, _ := s.Value("server.cors"); (o.dev || o.anyOrigin) && v.Origin == project.FromDefault {
		opt.Origins = anyOrigin
	}
	if o.dev {
		opt.HSTS = 0 // browsers would remember it of localhost
	}
	return opt
}

// resolved is a path as its writer meant it: in the project file from the project's folder.
func (s settings) resolved(from project.Origin, path string) string {
	if from != project.FromFile || path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(s.cfg.dir, filepath.FromSlash(path))
}

// pairs are the certificates of files.
func (s settings) pairs(found *[]diag.Diagnostic) []httpd.Pair {
	const certKey, keyKey = "server.tls.cert", "server.tls.key"
	certs, keys := s.List(certKey), s.List(keyKey)
	certFrom, _ := s.Value(certKey)
	keyFrom, _ := s.Value(keyKey)
	if len(keys) > 0 && len(keys) != len(certs) {
		file := ""
		if keyFrom.Origin == project.FromFile {
			file = s.cfg.name
		}
		*found = append(*found, diag.New(project.CodeCount, file, keyFrom.Span, keyKey, strconv.Itoa(len(keys)), certKey, strconv.Itoa(len(certs))))
		return nil
	}
	var pairs []httpd.Pair
	for i, cert := range certs {
		p := httpd.Pair{Cert: s.resolved(certFrom.Origin, cert)}
		if len(keys) > 0 {
			p.Key = s.resolved(keyFrom.Origin, keys[i])
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// acme says whose certificates are fetched.
func (s settings) acme() (httpd.ACME, error) {
	file := func(key string) string {
		v, _ := s.Value(key)
		return s.resolved(v.Origin, s.Text(key))
	}
	c := httpd.ACME{
		Domains: s.List("server.acme.domains"), Email: s.Text("server.acme.email"), Directory: s.Text("server.acme.directory"),
		CA: file("server.acme.ca"), Cache: file("server.acme.cache"),
	}
	if len(c.Domains) == 0 || c.Cache != "" {
		return c, nil
	}
	var err error
	c.Cache, err = httpd.CacheDir()
	return c, err //nolint:wrapcheck // it names what it looked for
}

// secure reads the certificates of a server, or says why it cannot.
func (a *app) secure(o *serveOptions, l *serverLog) error {
	if !o.security.on() {
		return nil
	}
	report := func(err error) { l.failed(nil, "", nil, err) }
	var err error
	if o.http.TLS, err = httpd.NewTLS(o.security.pairs, o.security.acme, report); err != nil {
		return a.plainly(err)
	}
	return nil
}

// plainly shows an error of the language that has no place in a program, and answers the status that it means.
func (a *app) plainly(err error) error {
	var known *value.Error
	if !errors.As(err, &known) {
		return err
	}
	d := diag.New(known.Code, "", syntax.Span{}, known.Args...)
	if err := diag.Render(a.stderr, d, func(string) string { return "" }, a.diagOptions()); err != nil {
		return fmt.Errorf("show an error: %w", err)
	}
	return status(exitFault)
}

// folderOf is the folder of a program: the one that was named, or the one that its file is in.
func folderOf(file, dir string) string {
	if dir != "" {
		return dir
	}
	return filepath.Dir(file)
}
