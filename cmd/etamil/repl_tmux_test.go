package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// screen is a terminal: `etamil repl` inside a tmux server of its own.
type screen struct {
	t      *testing.T
	socket string
	dir    string
}

// newScreen starts a conversation in a terminal of so many columns. The environment is added to a quiet one.
func newScreen(t *testing.T, columns int, env ...string) *screen {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	// testscript's entry point answers to the name of the command.
	command := filepath.Join(dir, "bin", "etamil")
	if err := os.MkdirAll(filepath.Dir(command), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(binary, command); err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, socket: filepath.Join(dir, "tmux"), dir: dir}
	run := "cd " + dir + " && exec env -u NO_COLOR HOME=" + dir + " XDG_CACHE_HOME=" + dir + "/cache ETAMIL_WIDTH= " + strings.Join(env, " ") + " " + command + " repl --lang en"
	s.tmux("-f", "/dev/null", "-u", "new-session", "-d", "-x", fmt.Sprint(columns), "-y", "24", run)
	s.tmux("set-option", "-g", "remain-on-exit", "on")
	t.Cleanup(func() { _ = exec.Command("tmux", "-S", s.socket, "kill-server").Run() }) // a test may have ended it
	s.wait("the first prompt", func(text string) bool { return strings.HasSuffix(strings.TrimRight(text, "\n "), "»") })
	return s
}

func (s *screen) tmux(args ...string) string {
	s.t.Helper()
	cmd := exec.Command("tmux", append([]string{"-S", s.socket}, args...)...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("tmux %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// keys presses keys by tmux's names; what begins with a quote is typed as it is.
func (s *screen) keys(keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		if text, ok := strings.CutPrefix(k, "'"); ok {
			text = strings.TrimSuffix(text, "'")
			if t, semi := strings.CutSuffix(text, ";"); semi {
				text = t + `\;` // a ; at the end would separate commands of tmux
			}
			s.tmux("send-keys", "-l", "--", text)
			continue
		}
		s.tmux("send-keys", k)
	}
}

func (s *screen) text() string { return s.tmux("capture-pane", "-p") }

// wait waits until the screen is as wanted. Machines under load take their time; a wrong screen never comes right.
func (s *screen) wait(what string, ok func(text string) bool) {
	s.t.Helper()
	var text string
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if text = s.text(); ok(text) {
			return
		}
	}
	s.t.Fatalf("%s did not come:\n%s", what, text)
}

func (s *screen) see(part string) {
	s.t.Helper()
	s.wait(part, func(text string) bool { return strings.Contains(text, part) })
}

// caret waits until the last line with a prompt is so, with the terminal's own cursor in a column, counted from 0.
func (s *screen) caret(line string, column int) {
	s.t.Helper()
	var got string
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		y := strings.TrimSpace(s.tmux("display-message", "-p", "#{cursor_y}"))
		x := strings.TrimSpace(s.tmux("display-message", "-p", "#{cursor_x}"))
		var row int
		if _, err := fmt.Sscan(y, &row); err != nil {
			s.t.Fatal(err)
		}
		lines := strings.Split(s.text(), "\n")
		if row < len(lines) {
			got = strings.TrimRight(lines[row], " ") + " at " + x
		}
		if got == line+" at "+fmt.Sprint(column) {
			return
		}
	}
	s.t.Fatalf("the caret's line is %s, want %s at %d:\n%s", got, line, column, s.text())
}

func TestREPLTyping(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 50)
	s.keys("'எனில்'")
	s.caret("» எனில்", 6)
	s.keys("Left")
	s.caret("» எனில்", 5)
	s.keys("Left", "'வ'")
	s.caret("» எவனில்", 4)
	s.keys("C-u", "C-k", "'வரி'", "BSpace")
	s.caret("» வர", 4)
	s.keys("'ி'", "C-a", "Delete")
	s.caret("» ரி", 2)
	s.keys("C-u", "C-k", "'கொ க்ஷ 𝒳'")
	s.caret("» கொ க்ஷ 𝒳", 9)
	// Wrapping at 50 columns: 48 cells belong to the entry.
	s.keys("C-u", "'\"காமாசாதாயாராகாமாசாதாயாராகாமாசாதாயாராகாமாசாதாயாரா'")
	s.caret("  ரா", 4)
	s.keys("Up")
	s.caret("» \"காமாசாதாயாராகாமாசாதாயாராகாமாசாதாயாராகாமாசாதாயா", 5)
	s.keys("C-e", "'\"'", "Enter")
	s.see("\n\"காமாசாதா")
	s.caret("»", 2)
}

func TestREPLEntries(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 60)
	s.keys("'செயல் இரட்டி(அ) {'", "Enter")
	s.caret("…", 6)
	s.keys("'திரும்பு அ * 2;'", "Enter", "'}'")
	s.caret("… }", 3)
	s.keys("Enter", "'இரட்டி(21)'", "Enter")
	s.see("\n42\n")
	s.keys("'[{பெயர்: \"அரிசி\", விலை: 40}, {பெயர்: \"கொள்ளு\", விலை: 5}]'", "Enter")
	s.see("│ கொள்ளு")
	// All borders of the table stand in one column, as the terminal counts it.
	for _, line := range strings.Split(s.text(), "\n") {
		if strings.HasPrefix(line, "│") && !strings.HasSuffix(line, "│") {
			t.Errorf("a crooked row: %q", line)
		}
	}
	s.keys("Up", "Up")
	s.caret("» இரட்டி(21)", 11)
	s.keys("Up")
	s.wait("the whole function", func(text string) bool {
		return strings.HasSuffix(strings.TrimRight(text, "\n "), "» செயல் இரட்டி(அ) {\n…     திரும்பு அ * 2;\n… }")
	})
	s.keys("C-c")
	s.caret("»", 2)
	s.keys("C-r", "'ரட்'")
	s.see("இரட்டி(21)")
	s.keys("Enter")
	s.wait("42 again", func(text string) bool { return strings.Count(text, "\n42\n") == 2 })
	s.keys("'1 / 0'", "Enter")
	s.see("E0302")
}

func TestREPLCompletion(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 60)
	s.keys("'ceyal'")
	s.see("▸செயல்")
	s.keys("Tab")
	s.caret("» செயல்", 6)
	s.keys("C-u", "'\"vaNakkam'", "Tab")
	s.caret("» \"வணக்கம்", 8)
	s.keys("C-u", "'நீளம்('")
	s.see("நீளம்(மதிப்பு")
	s.keys("C-u", "'நீளம்'", "F1")
	s.see("nILam")
	s.keys("C-u", "'?அச்சு'", "Enter")
	s.see("_print")
}

func TestREPLInterrupt(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 60)
	s.keys("'(மெய்) சுற்று { }'", "Enter")
	s.see("Ctrl-C stops it")
	s.keys("C-c")
	s.see("stopped; nothing has changed")
	s.keys("'c = 0; (மெய்) சுற்று { அச்சு c; c = c + 1; }'", "Enter")
	s.wait("numbers", regexp.MustCompile(`\n\d{3,}\n`).MatchString)
	s.keys("C-c")
	s.see("stopped; nothing has changed")
	s.keys("'6 * 7'", "Enter")
	s.see("\n42\n")
	s.keys("C-c", "C-c")
	s.wait("the end", func(string) bool {
		// tmux sometimes sees the terminal closed before it hears the status, and then never tells it.
		dead := strings.TrimSpace(s.tmux("display-message", "-p", "#{pane_dead},#{pane_dead_status}"))
		return dead == "1,0" || dead == "1,"
	})
}

func TestREPLPasteAndResize(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 60)
	var text strings.Builder
	for i := range 30 {
		fmt.Fprintf(&text, "அ%d = %d;\n", i, i*2)
	}
	text.WriteString("அ29 & \"கொ\"")
	file := filepath.Join(s.dir, "paste")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	s.tmux("load-buffer", file)
	s.tmux("paste-buffer", "-p") // bracketed: one entry, nothing runs
	s.caret("… அ29 & \"கொ\"", 12)
	s.keys("Enter")
	s.see("\n\"58கொ\"\n")
	if all := s.tmux("capture-pane", "-p", "-S", "-100"); !strings.Contains(all, strings.ReplaceAll("» "+text.String(), "\n", "\n… ")+"\n\"58கொ\"\n") {
		t.Errorf("the entry does not stay in the scrollback as it was:\n%s", all)
	}
	s.keys("'\"காமாசாதாயாராகாமாசாதாயாரா'")
	s.caret("» \"காமாசாதாயாராகாமாசாதாயாரா", 27)
	s.tmux("resize-window", "-x", "20", "-y", "24")
	s.caret("  சாதாயாரா", 10)
	s.wait("one entry of two rows", func(text string) bool {
		return strings.Count(text, "காமாசாதாயாரா") == 1 && strings.Count(text, "\"காமா") == 1
	})
	s.tmux("resize-window", "-x", "70", "-y", "24")
	s.caret("» \"காமாசாதாயாராகாமாசாதாயாரா", 27)
}

// TestREPLOtherCamp: a terminal that gives every letter one cell is believed when the user says so.
func TestREPLOtherCamp(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 60, "ETAMIL_WIDTH=cluster")
	s.keys("'காமா'", "Left")
	s.wait("the caret where such a terminal has the second letter", func(string) bool {
		return strings.TrimSpace(s.tmux("display-message", "-p", "#{cursor_x}")) == "3"
	})
}

// TestREPLEditor: :edit gives the terminal to an editor, and what it leaves is the next entry.
func TestREPLEditor(t *testing.T) {
	t.Parallel()
	script := filepath.Join(t.TempDir(), "editor")
	if err := os.WriteFile(script, []byte("#!/bin/sh\necho editing; read answer; echo \"$answer * 2\" > \"$1\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	s := newScreen(t, 60, "VISUAL=", "EDITOR="+script)
	s.keys("'1 + 1'", "Enter")
	s.see("\n2\n")
	s.keys("':edit'", "Enter")
	s.see("editing")
	s.keys("'21'", "Enter")
	s.caret("» 21 * 2", 8)
	s.keys("Enter")
	s.see("\n42\n")
}
