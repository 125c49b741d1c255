//go:build unix

package host

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// child is this test binary in a role, with the folder it works on as its working directory.
func child(role, dir, exe string) *exec.Cmd {
	cmd := exec.Command(exe)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), roleVariable+"="+role)
	return cmd
}

// onFullDisk tries all that writes while the disk takes only a part, and answers what came of it.
func onFullDisk() string {
	big := strings.Repeat("அ", 1<<20)
	var out strings.Builder
	say := func(word string, args ...any) {
		c := &call{host: newHost(Env{}), machine: &meter{left: 1 << 40}, word: word, args: vals(args...)}
		v, err := allWords()[word].fn(c)
		if err != nil {
			out.WriteString("! " + err.Error() + "\n")
		} else {
			out.WriteString(v.Display() + "\n")
		}
	}
	say("fileSave", "பழைய", "முதல்")
	say("FileWrite", "log", "வரி")
	say("fileSave", "பழைய", big)
	say("FileWrite", "log", big)
	say("WriteCSV", "log", big)
	var mixed strings.Builder // what packing does not make small
	for mixed.Len() < 1<<20 {
		mixed.WriteString(rand.Text())
	}
	say("packageWrite", "z.zip", "z.zip", fields{"a", mixed.String()})
	say("packageRead", "z.zip", "a")
	say("FileRead", "பழைய")
	say("FileRead", "log")
	say("readDir", ".")
	say("fileSave", "பழைய", "இரண்டு")
	return out.String()
}

// A full disk: every word says so, in both languages, and leaves the file that was there.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd := child("full disk", dir, os.Args[0])
	if !mountSmall(t, dir) {
		// Without the right to mount, a limit on the size of files ends writing at the same places.
		cmd = exec.Command("sh", "-c", `trap "" XFSZ; ulimit -f 128; exec "$0"`, os.Args[0])
		cmd.Dir, cmd.Env = dir, append(os.Environ(), roleVariable+"=full disk")
	}
	pack(t, filepath.Join(dir, "z.zip"), entry{"a", "இருந்தது"})
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(out), "\n")
	if len(lines) != 12 {
		t.Fatalf("the child says %q", out)
	}
	full := func(s string) bool {
		return strings.Contains(s, "no space is left on the disk") && strings.Contains(s, "இடம் இல்லை") || strings.Contains(s, "file too large")
	}
	for i, want := range []string{"சரி(15)", "nil", "தவறு(", "! E0383: கோப்பு_எழுது, log", "! E0383: தரவுரை_எழுது, log", "தவறு(", "சரி(இருந்தது)", "முதல்", "வரி", "சரி([log, z.zip, பழைய])", "சரி(18)"} {
		if !strings.HasPrefix(lines[i], want) || (i >= 2 && i <= 5) != full(lines[i]) {
			t.Errorf("line %d is %.300s, want %s…", i, lines[i], want)
		}
	}
}

// saveOn saves one file over and over until it is killed. Every content is one letter repeated.
func saveOn() string {
	f := files{}
	for i := 0; ; i++ {
		if err := f.save("கோப்பு", strings.Repeat(string(rune('a'+i%26)), 1<<20)); err != nil {
			return err.Error()
		}
	}
}

// Killing a program in the middle of saves leaves a whole file each time.
func TestKilledWhileSaving(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "கோப்பு")
	if err := os.WriteFile(path, []byte("z"), 0o644); err != nil {
		t.Fatal(err)
	}
	midway := false
	for i := range 20 {
		cmd := child("save on", dir, os.Args[0])
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(40+7*i) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		got, err := os.ReadFile(path)
		if err != nil || len(got) != 1 && len(got) != 1<<20 || len(bytes.Trim(got, string(got[:1]))) > 0 {
			t.Fatalf("kill %d left %d bytes, %v", i, len(got), err)
		}
		left, err := filepath.Glob(filepath.Join(dir, ".etamil-*"))
		if err != nil {
			t.Fatal(err)
		}
		midway = midway || len(left) > 0
	}
	if !midway {
		t.Error("no kill came in the middle of a save")
	}
}

// asNobody tries words on what a user without rights may not do.
func asNobody() string {
	e := Env{LookupEnv: func(string) (string, bool) { return "./x.sh", true }}
	var out []string
	for _, r := range []struct {
		word string
		args []any
	}{
		{"fileSave", list("locked/x", "1")},
		{"FileWrite", list("locked/x", "1")},
		{"FileRead", list("secret")},
		{"fileInfo", list("closed/x")},
		{"readDir", list("closed")},
		{"fileSave", list("readonly", "1")},
		{"packageRead", list("secret", "a")},
		{"run", list("./x.sh", list(), 5)},
		{"fileExists", list("closed/x")},
		{"fileSave", list("shared", "புதியது")},
	} {
		v, err := allWords()[r.word].fn(&call{host: newHost(e), machine: &meter{left: 1 << 40}, word: r.word, args: vals(r.args...)})
		if err != nil {
			v = val("! " + err.Error())
		}
		out = append(out, v.Display())
	}
	return strings.Join(out, "\n")
}

// A user without rights gets the reason in both languages. Root may do everything, so the child gives its rights up.
func TestMissingRights(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "etamil-nobody")
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	t.Cleanup(func() { _ = errors.Join(os.Chmod(at("closed"), 0o755), os.RemoveAll(dir)) })
	exe := filepath.Join(t.TempDir(), "x")
	if os.Getuid() == 0 {
		exe = at("exe")
	}
	err = errors.Join(os.Chmod(dir, 0o755), copyBinary(exe), os.Mkdir(at("locked"), 0o555), os.Mkdir(at("closed"), 0o000),
		os.WriteFile(at("secret"), []byte("1"), 0o000), os.WriteFile(at("x.sh"), []byte("#!/bin/sh\n"), 0o644),
		os.WriteFile(at("locked/readonly"), []byte("1"), 0o444), os.Symlink("locked/readonly", at("readonly")),
		os.WriteFile(at("locked/shared"), []byte("1"), 0o600), os.Chmod(at("locked/shared"), 0o666), os.Symlink("locked/shared", at("shared")))
	if err != nil {
		t.Fatal(err)
	}
	cmd := child("nobody", dir, exe)
	if os.Getuid() == 0 {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(out), "\n")
	if len(lines) != 10 || lines[8] != "false" || lines[9] != "சரி(21)" {
		t.Fatalf("nobody says %q", out)
	}
	for i, line := range lines[:8] {
		if !strings.Contains(line, "அனுமதி இல்லை") || !strings.Contains(line, "permission denied") {
			t.Errorf("line %d: %s", i, line)
		}
	}
	if got, err := os.ReadFile(at("locked/readonly")); err != nil || string(got) != "1" {
		t.Errorf("the read-only file holds %q, %v", got, err)
	}
}

// copyBinary puts this test binary where anybody may run it.
func copyBinary(to string) (err error) {
	in, err := os.Open(os.Args[0])
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o755)
	if err != nil {
		return errors.Join(err, in.Close())
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, in.Close(), out.Close())
}
