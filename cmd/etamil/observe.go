package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/observe"
	"github.com/etamil-lang/etamil/syntax/project"
)

// surroundings are what the project of a folder and the environment say about the programs in it.
type surroundings struct {
	project *project.Project
	dir     string // of the project
}

func surroundingsOf(dir string) surroundings {
	var s surroundings
	if cfg := newConfigs().of(dir); cfg != nil {
		s = surroundings{cfg.project, cfg.dir}
	} else {
		s.project, _ = project.Parse(projectFile, nil)
	}
	s.project.Environment(os.LookupEnv) // what is wrong with it, `etamil check` and the server say
	return s
}

// log makes the log of a program; it writes to standard error, as JSON or text.
func (s surroundings) log(w *lockedWriter, json bool) *observe.Log {
	level, _ := observe.ParseLevel(s.project.Text("log.level"))
	return observe.NewLog(w, observe.Options{JSON: json, Level: level, Trace: traceOf})
}

// database names the database of programs that declare none: the project's, if it has just one (services.md rule 17).
func (s surroundings) database(all *data.Databases) {
	names := s.project.Names("database")
	if len(names) != 1 {
		return
	}
	url, path := s.project.Text("database."+names[0]+".url"), s.project.Text("database."+names[0]+".path")
	if url == "" && path != "" && path != data.Memory && !filepath.IsAbs(path) {
		path = filepath.Join(s.dir, path)
	}
	if url == "" {
		url = path
	}
	if url != "" {
		all.Default(url)
	}
}

// observed lets the runs of a program write into its log.
func observed(ctx context.Context, l *observe.Log) context.Context {
	if l == nil {
		return ctx
	}
	return observe.With(ctx, l)
}

// startedIn finds the trace of the request that a task was started in.
type startedIn struct{}

// traceOf is the id of the trace that a run belongs to: that of its request, or of the request that started the task.
func traceOf(ctx context.Context) string {
	if id := httpd.TraceID(ctx); id != "" {
		return id
	}
	id, _ := ctx.Value(startedIn{}).(string)
	return id
}
