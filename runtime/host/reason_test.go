package host

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
)

// Every reason is said in both languages, whatever the error is wrapped in, and none hides behind another.
func TestReasons(t *testing.T) {
	t.Parallel()
	for _, r := range reasons {
		for _, err := range []error{
			r.err, &fs.PathError{Op: "open", Path: "/x", Err: r.err}, &os.LinkError{Op: "rename", Old: "/x", New: "/y", Err: r.err},
			errors.Join(fmt.Errorf("saving: %w", r.err), errors.New("more")),
		} {
			if tamil, english := reason(err); english != r.english || tamil != r.tamil || tamil == english {
				t.Errorf("%v is %q, %q", err, tamil, english)
			}
		}
	}
	other := errors.New("வேறு")
	if tamil, english := reason(&os.LinkError{Op: "rename", Old: "/secret", New: "/y", Err: other}); tamil != "வேறு" || english != "வேறு" {
		t.Errorf("another error is %q, %q", tamil, english)
	}
	for _, r := range webReasons {
		err := &url.Error{Op: "Get", URL: "http://u:p@x/?key=k", Err: &net.OpError{Op: "dial", Err: r.err}}
		if tamil, english := webReason(err); english != r.english || tamil != r.tamil {
			t.Errorf("%v is %q, %q", err, tamil, english)
		}
	}
	if tamil, english := webReason(&url.Error{Op: "Get", URL: "http://u:p@x/?key=k", Err: other}); tamil != "வேறு" || english != "வேறு" {
		t.Errorf("another error is %q, %q", tamil, english)
	}
	for _, r := range packageReasons {
		for entry, want := range map[string]string{"": "package \"p\": ", "அ": "package \"p\", entry \"அ\": "} {
			v, err := (&call{}).packageFailed("p", entry, fmt.Errorf("reading: %w", r.err))
			if err != nil || !strings.Contains(v.Display(), want+r.english) || !strings.Contains(v.Display(), r.tamil) {
				t.Errorf("%v is %s, %v", r.err, v.Display(), err)
			}
		}
	}
}

// Many runs at once: appended lines stay whole, readers see whole files, and the words share one client.
func TestManyRunsAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := newHost(Env{Dir: dir})
	t.Cleanup(func() { h.web().close() })
	url := serve(t, echo)
	say := func(id string, args ...any) string {
		v, err := allWords()[id].fn(&call{host: h, machine: &meter{left: 1 << 40}, word: id, args: vals(args...)})
		if err != nil {
			return err.Error()
		}
		return v.Display()
	}
	whole := func(n int) string { return strings.Repeat(string(rune('அ'+n)), 5000) }
	say("fileSave", "கோப்பு", whole(0))
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for range 10 {
				if got := say("FileWrite", "log", whole(n)); got != "nil" {
					t.Error(got)
				}
				if got := say("fileSave", "கோப்பு", whole(n)); got != "சரி(15000)" {
					t.Error(got)
				}
				if got := say("FileRead", "கோப்பு"); len(got) != 15000 || strings.Trim(got, got[:3]) != "" {
					t.Errorf("a torn file: %.20q…, %d bytes", got, len(got))
				}
				if got := say("httpPost", url, "x", nil); !strings.Contains(got, "body=x") {
					t.Error(got)
				}
			}
		})
	}
	all.Wait()
	lines := strings.Split(say("FileRead", "log"), "\n")
	for _, line := range lines {
		if len(line) != 15000 || strings.Trim(line, line[:3]) != "" {
			t.Errorf("a torn line: %.20q…, %d bytes", line, len(line))
		}
	}
	if len(lines) != 80 {
		t.Errorf("%d lines, want 80", len(lines))
	}
}
