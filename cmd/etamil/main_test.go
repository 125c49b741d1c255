package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.uber.org/goleak"
)

// TestMain also lets the test binary be etamil: testscript starts it under that name.
func TestMain(m *testing.M) {
	testscript.Main(leaks{m}, commands())
}

// leaks fails the tests when a goroutine outlives them.
type leaks struct{ m *testing.M }

func (l leaks) Run() int {
	if err := os.Setenv(secretVariable, "சோதனைகளுக்கு மட்டும்: a secret of tests"); err != nil { // routes with guards are served to strangers only with one
		os.Stderr.WriteString(err.Error())
		return 1
	}
	code := l.m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		os.Stderr.WriteString(err.Error())
		return 1
	}
	return code
}

// TestScripts runs the scripts of testdata/script, named command_case.txtar.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv("NO_COLOR", "")
			return nil
		},
	})
}
