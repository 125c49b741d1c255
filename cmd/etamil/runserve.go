package main

import (
	"context"
	"path/filepath"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/lifecycle"
	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// runService is what a program of `etamil run` has around it. Its declarations are not looked at: they are inert, unless the
// program starts a server.
func (a *app) runService(ctx context.Context, prog *module.Program, code *vm.Program, o vm.Options) *service {
	o.Stdin, o.TimeLimit = nil, 0
	s := &service{app: a, log: newServerLog(a, "text"), prog: prog, code: code, options: o, dbs: data.NewDatabases("", data.Options{})}
	around := surroundingsOf(filepath.Dir(prog.Files[0].Name))
	around.database(s.dbs)
	s.told = around.log(s.log.stderr, false)
	s.prelude = s.dbs.Session()
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.detach = context.AfterFunc(ctx, cancel)
	s.owns(task.NewGroup(observed(own, s.told), task.Options{
		Whole: true, Enter: forked, Report: func(_ string, err error) { _ = a.ended(ctx, prog, err) },
	}))
	return s
}

// atEnd runs the நிறுத்தும்போது blocks of a program that has ended, in whichever way. One that failed itself may have left
// undone what they close: what they say of that is not worth a word.
func (s *service) atEnd(ctx context.Context, err error) {
	blocks := s.code.Blocks()
	for i := range blocks {
		if blocks[i].Word == "onShutdown" {
			s.shutdown = append(s.shutdown, &blocks[i])
		}
	}
	if len(s.shutdown) == 0 {
		return
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), defaultGrace)
	defer cancel()
	s.silent = err != nil
	s.shutDown(limited)
}

// serveRun serves a program that has started its server (services.md rule 11): what was declared for later comes alive.
func (a *app) serveRun(ctx context.Context, s *service, life *lifecycle.Life) error {
	s.detach() // its tasks end with the server
	o, err := a.settle(serveOptions{life: life}, filepath.Dir(s.prog.Files[0].Name))
	if err == nil {
		err = a.secure(&o, s.log)
	}
	if err != nil {
		s.close()
		return err
	}
	defer o.http.TLS.Close()
	s.limit = o.timeout
	s.answers, s.quiet = answerSlotsOf(s.code), !mentionsAnswer(s.code)
	err = s.declarations()
	if err == nil {
		err = s.handle(o, "")
	}
	if err == nil {
		err = s.prelude.Close()
	}
	if err != nil {
		s.close()
		return err
	}
	return a.present(ctx, s.log, s, o, s.prog.Files[0].Name, "")
}
