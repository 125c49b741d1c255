package httpd

import (
	"context"
	"testing"
	"time"
)

// TestAfterFuncStoppedTwice takes back what hangs on a run twice, as the contexts of package context do that have a deadline:
// when it comes, and when they are cancelled. What somebody else hung there meanwhile must stay.
func TestAfterFuncStoppedTwice(t *testing.T) {
	t.Parallel()
	var list watch
	run := &runContext{Context: t.Context(), watch: &list, timeout: time.Hour}
	stop := run.AfterFunc(func() { t.Error("it was taken back") })
	if !stop() {
		t.Fatal("nothing was taken back")
	}
	told := make(chan struct{})
	run.AfterFunc(func() { close(told) })
	if stop() {
		t.Error("taken back twice")
	}
	run.end(context.Canceled)
	<-told
}
