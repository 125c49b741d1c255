package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// output runs etamil in this process and answers what it printed.
func output(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	if code := run(context.Background(), args, strings.NewReader(""), &out, &errs); code != exitOK {
		t.Fatalf("etamil %s: exit %d\n%s", strings.Join(args, " "), code, errs.String())
	}
	return out.String()
}

// TestCompletions sources each completion script in its shell, which must know the command afterwards.
func TestCompletions(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	tests := []struct {
		shell  string
		script string
		want   string
	}{
		{"bash", `source "$1" && complete -p etamil`, "__start_etamil"},
		{"zsh", `autoload -U compinit; compinit -u -d "$2"; source "$1" && echo $_comps[etamil]`, "_etamil"},
		{"fish", `source $argv[1]; and complete -c etamil | string collect`, "etamil"},
	}
	for _, tt := range tests {
		t.Run(tt.shell, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(dir, tt.shell)
			if err := os.WriteFile(file, []byte(output(t, "completion", tt.shell)), 0o600); err != nil {
				t.Fatal(err)
			}
			args := []string{"-c", tt.script, tt.shell, file, filepath.Join(dir, "dump")}
			if tt.shell == "fish" {
				args = []string{"-c", tt.script, file}
			}
			out, err := exec.Command(tt.shell, args...).CombinedOutput()
			if err != nil || !strings.Contains(string(out), tt.want) {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	if got := output(t, "completion", "powershell"); !strings.Contains(got, "Register-ArgumentCompleter -CommandName 'etamil'") {
		t.Error("the PowerShell script registers nothing")
	}
}

// TestCompletes asks the command itself, as the scripts do.
func TestCompletes(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"": "run\t", "completion ": "zsh", "run --tim": "--time-limit", "help ver": "version",
		"run --dump ": "bytecode", "dev --log ": "json", "run --lang ": "both", "run ": "qmz\n:8",
	} {
		if got := output(t, append([]string{"__complete"}, strings.Split(args, " ")...)...); !strings.Contains(got, want) {
			t.Errorf("%q completes to\n%s", args, got)
		}
	}
}

// TestManPage renders the manual page as man does.
func TestManPage(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "etamil.1")
	if err := os.WriteFile(file, []byte(output(t, "man", "--lang", "en")), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("man", "--warnings", "-l", file)
	cmd.Env = append(os.Environ(), "MANPAGER=cat", "MANWIDTH=100", "LC_ALL=C.UTF-8")
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil || errs.Len() > 0 {
		t.Fatalf("man: %v\n%s", err, errs.String())
	}
	for _, want := range []string{"NAME", "SYNOPSIS", "EXAMPLE", "--time-limit", "etamil-run(1)"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the page has no %s:\n%s", want, out)
		}
	}
	if strings.Contains(string(out), "0001") {
		t.Errorf("the page has a date of no day:\n%s", out)
	}
	if !strings.Contains(string(out), "accu") {
		t.Errorf("the page is not romanised:\n%s", out)
	}
	if page := output(t, "man", "run"); !strings.Contains(page, `.TH "ETAMIL-RUN" "1"`) {
		t.Errorf("the page of run: %s", page)
	}
}

// TestManPages: what make install installs is a page for every command that the help lists.
func TestManPages(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	output(t, "man", "--dir", dir, "--lang", "en")
	for _, c := range newRoot(&app{}).Commands() {
		page, err := os.ReadFile(filepath.Join(dir, "etamil-"+c.Name()+".1"))
		if c.IsAvailableCommand() != (err == nil) || err == nil && !strings.Contains(string(page), "SYNOPSIS") {
			t.Errorf("the page of %s: %v\n%s", c.Name(), err, page)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "etamil.1")); err != nil {
		t.Error(err)
	}
}
