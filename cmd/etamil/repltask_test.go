package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// talk says entries to `etamil repl` and answers what it says.
func talk(t *testing.T, entries ...string) (out, errs string) {
	t.Helper()
	o, e := &buffer{}, &buffer{}
	if code := run(context.Background(), []string{"repl", "--lang", "en", "--no-history"}, strings.NewReader(strings.Join(entries, "\n")), o, e); code != exitOK {
		t.Errorf("it ended with %d: %s%s", code, o.String(), e.String())
	}
	return o.String(), e.String()
}

// TestREPLTasks has tasks, channels, locks and pools in a conversation.
func TestREPLTasks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		entries   []string
		want, err string
	}{
		{"a task over several entries", []string{`சே = சேனல்_உருவாக்கு(0);`, `ப = பணி_உருவாக்கு "கூட்டு" { n = 0; ஒவ்வொரு எ இல் சே { n = n + எ; } n; };`, `சேனல்_அனுப்பு(சே, 4);`, `சேனல்_அனுப்பு(சே, 5);`, `சேனல்_மூடு(சே);`, `காத்திரு(ப)`}, "சரி(9)\n", ""},
		{"it keeps the functions that it started with", []string{
			`செயல் f(x) { திரும்பு x * 2; }`, `சே = சேனல்_உருவாக்கு(0); வி = சேனல்_உருவாக்கு(0);`, `ப = பணி_உருவாக்கு "அ" { ஒவ்வொரு எ இல் சே { சேனல்_அனுப்பு(வி, f(எ)); } };`,
			`செயல் f(x) { திரும்பு x * 3; }`, `புதிய = 1; f(புதிய)`, `சேனல்_அனுப்பு(சே, 5);`, `சேனல்_பெறு(வி)`, `சேனல்_மூடு(சே);`, `முடிவு = காத்திரு(ப);`, `காத்திரு(பணி_உருவாக்கு "அ" { f(5); })`,
		}, "3\n10\nசரி(15)\n", ""},
		{"a பின்னணி செயல்", []string{`பின்னணி செயல் g(x) { காத்திரு(1); திரும்பு x; }`, `பணி_அனைத்தும்([g(1), g(2)])`}, "[சரி(1), சரி(2)]\n", ""},
		{"locks and atomics", []string{`பூ = பூட்டு_உருவாக்கு(); எண்ணி = அணு_உருவாக்கு(0);`, `பூட்டு_பிடி(பூ) { அணு_கூட்டு(எண்ணி, 2); }`, `பூட்டு_பிடி(பூ) { 7; }`}, "2\n7\n", ""},
		{"a failed task is told of", []string{`சே = சேனல்_உருவாக்கு();`, `பணி_உருவாக்கு "அ" { சேனல்_அனுப்பு(சே, 1); 1 / 0; };`, `சேனல்_பெறு(சே)`, `காத்திரு(20)`, `1`}, "E0302", ""},
		{"one that was asked for is not", []string{`ப = பணி_உருவாக்கு "அ" { 1 / 0; }; தவறா(காத்திரு(ப))`, `1`}, "மெய்\n1\n", ""},
		{"a failed entry takes its tasks along", []string{`பணி_உருவாக்கு "வீண்" { (மெய்) சுற்று { காத்திரு(1); } }; 1 / 0;`, `காத்திரு(5);`, `2`}, "2\n", ""},
		{"a circle", []string{`சேனல்_பெறு(சேனல்_உருவாக்கு(0))`, `3`}, "E0357", ""},
		{"unfinished ones are named", []string{`பணி_உருவாக்கு "என்றும் 𝒳" { காத்திரு(1000000000); };`, `பணி_உருவாக்கு "அ" { (மெய்) சுற்று { x = 1; } };`, `4`}, "4\n", "unfinished tasks were stopped: பணி என்றும் 𝒳, பணி அ"},
		{"none are left when all is forgotten", []string{`தளம்_இணை SQLite, ":memory:", க; பணி_உருவாக்கு "என்றும்" { காத்திரு(1000000000); }; ந = அணு_உருவாக்கு(0); பணி_உருவாக்கு { (மெய்) சுற்று { x = 1; } }`, `:reset`, `தளம்_இணை SQLite, ":memory:", க;`, `4`}, "everything is forgotten\n4\n", ""},
		{"pools", []string{`தி = திரள்_உருவாக்கு {"path": ":memory:"};`, `திரள்_இணைப்பு(தி) { இணைப்பு.வினா("SELECT 1 AS x"); }`, `:vars`}, "[{x: 1}]\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out, errs := talk(t, c.entries...)
			exact := !strings.HasPrefix(c.want, "E0") && c.name != "pools" && c.name != "a failed entry takes its tasks along"
			if exact && out != c.want || !strings.Contains(out, c.want) || !strings.Contains(errs, c.err) || c.err == "" && errs != "" || strings.Contains(out, "\x00") {
				t.Errorf("it said %q and %q", out, errs)
			}
		})
	}
}

// TestREPLRedefines redefines, again and again, what running tasks call.
func TestREPLRedefines(t *testing.T) {
	t.Parallel()
	entries := []string{
		`வடிவம் க { எண் x விதி (x > 0), செயல் m(இது) { திரும்பு f(இது.x); } }`, `செயல் f(x) { திரும்பு g(x) + 0; } செயல் g(x) { திரும்பு x; } h = செயல்(x) { திரும்பு g(x); };`,
		`நில் = அணு_உருவாக்கு(0);`,
		`ப = []; ஒவ்வொரு எ இல் [1, 2, 3] { ப = இணை(ப, பணி_உருவாக்கு "சுற்று" { (அணு_பெறு(நில்) == 0) சுற்று { க_ = க { x: f(எ) }; (க_.m() + h(எ) != 2 * எ) எனில் { தவறு("மாறியது")?; } } }); }`,
	}
	for i := range 50 {
		entries = append(entries, fmt.Sprintf(`செயல் g(x) { திரும்பு x + %d; } புதிய%d = f(1);`, i+1, i))
	}
	entries = append(entries, `அணு_அமை(நில், 1);`, `பணி_அனைத்தும்(ப)`, `f(1)`)
	out, errs := talk(t, entries...)
	if !strings.HasSuffix(out, "[சரி(இன்மை), சரி(இன்மை), சரி(இன்மை)]\n51\n") || errs != "" {
		t.Errorf("it said %q and %q", out, errs)
	}
}

// TestREPLStops stops an entry that waits; its tasks are stopped, others go on.
func TestREPLStops(t *testing.T) {
	t.Parallel()
	in, keyboard := io.Pipe()
	out := &buffer{}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int)
	go func() {
		ended <- run(ctx, []string{"repl", "--lang", "en", "--no-history"}, in, out, io.Discard)
	}()
	write := func(line string) { _, _ = io.WriteString(keyboard, line+"\n") } // an interrupted conversation reads no more
	write(`பணி_உருவாக்கு "நீளம்" { காத்திரு(1000000000); };`)
	write(`அச்சு "காத்திருக்கிறது"; காத்திரு(1000000000);`)
	for end := time.Now().Add(time.Minute); !strings.Contains(out.String(), "காத்திருக்கிறது") && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	stop()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Error("it waits on")
	}
	_ = keyboard.Close()
}
