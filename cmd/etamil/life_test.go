package main

import (
	"strings"
	"testing"
)

// TestWrongSignals refuses what no program can handle before anything is served.
func TestWrongSignals(t *testing.T) {
	t.Parallel()
	for _, name := range []string{`"SIGKILL"`, `"SIGNONE"`, `"𑿀"`, `1 + 1`, `பெயர்`} {
		file := write(t, "பெயர் = \"SIGTERM\";\nசைகை "+name+" { அச்சு 1; }\nவழி பெறு, \"/\" { பதில் 200, 1; }\n")
		var errs strings.Builder
		if code := run(t.Context(), []string{"serve", "--port", "0", file}, strings.NewReader(""), &errs, &errs); code != exitFault || !strings.Contains(errs.String(), "main.qmz:2:1") || !strings.Contains(errs.String(), "[E0490]") {
			t.Errorf("%s: %d\n%s", name, code, errs.String())
		}
	}
}
