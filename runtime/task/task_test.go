package task_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/vm"
)

func TestTasks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, src, want string }{
		{"a background function answers a task", `பின்னணி செயல் f(x) { திரும்பு x * 2; } ப = f(21); அச்சு வகை(ப); அச்சு காத்திரு(ப);`, "பணி\nசரி(42)"},
		{"it shows its name", `பின்னணி செயல் கொடு(x) { திரும்பு x; } அச்சு கொடு(1); அச்சு பணி_உருவாக்கு "கொ𝒳👍🏽" { 1; };`, "<பணி \"கொடு\">\n<பணி \"கொ𝒳👍🏽\">"},
		{"a result is the முடிவு as it is", `பின்னணி செயல் f() { திரும்பு தவறு("👍🏽"); } அச்சு காத்திரு(f());`, "தவறு(👍🏽)"},
		{"nothing returned is சரி(இன்மை)", `பின்னணி செயல் f() { x = 1; } அச்சு காத்திரு(f());`, "சரி(nil)"},
		{"romanised", `piZZaNi ceyal f(x) { qirumpu x + 1; } accu kAqqiru(f(1));`, "சரி(2)"},
		{"a block's last expression is its result", `ப = பணி_உருவாக்கு "க" { 1 + 2; }; அச்சு காத்திரு(ப);`, "சரி(3)"},
		{"a bare name at its end is read", `x = 5; ப = பணி_உருவாக்கு "க" { x; }; அச்சு காத்திரு(ப);`, "சரி(5)"},
		{"திரும்பு ends the block", `ப = பணி_உருவாக்கு "க" { திரும்பு 7; அச்சு "வராது"; }; அச்சு காத்திரு(ப);`, "சரி(7)"},
		{"an English spelling, with brackets", `t = _taskCreate("x") { 9; }; accu kAqqiru(t);`, "சரி(9)"},
		{"as a statement", `பணி_உருவாக்கு "க" { அச்சு "உள்ளே"; }`, "உள்ளே"},
		{
			"a task has copies of globals", `அ = [1, 2]; ப = பணி_உருவாக்கு "க" { அ[0] = 9; அ; }; அ[1] = 7; அச்சு காத்திரு(ப); அச்சு அ;`,
			"சரி([9, 2])\n[1, 7]",
		},
		{
			"and of locals, as they are when it starts",
			`செயல் f() { n = 1; ப = பணி_உருவாக்கு "க" { n = n + 10; n; }; n = 5; திரும்பு [காத்திரு(ப), n]; } அச்சு f();`,
			"[சரி(11), 5]",
		},
		{
			"in a loop each has its own", `ப = []; ஒவ்வொரு எ இல் [1, 2, 3] { ப = இணை(ப, பணி_உருவாக்கு "க" { எ * எ; }); } அச்சு பணி_அனைத்தும்(ப);`,
			"[சரி(1), சரி(4), சரி(9)]",
		},
		{"arguments are copied", `பின்னணி செயல் f(a) { a[0] = 9; திரும்பு a; } a = [[1]]; ப = f(a); a[0][0] = 5; அச்சு காத்திரு(ப); அச்சு a;`, "சரி([9])\n[[5]]"},
		{"tasks start tasks", `பின்னணி செயல் f(n) { (n == 0) எனில் { திரும்பு 0; } திரும்பு மதிப்பு(காத்திரு(f(n - 1))) + 1; } அச்சு காத்திரு(f(50));`, "சரி(50)"},
		{"as a value", `பின்னணி செயல் f(x) { திரும்பு x; } g = f; அச்சு காத்திரு(g(3));`, "சரி(3)"},
		{"in a shape", `வடிவம் S { எண் n பின்னணி செயல் f(இது, x) { திரும்பு இது.n + x; } } s = S{n: 4}; அச்சு காத்திரு(s.f(3));`, "சரி(7)"},
		{"done or not", `சே = சேனல்_உருவாக்கு(0); ப = பணி_உருவாக்கு "க" { சேனல்_பெறு(சே); }; அச்சு பணி_நிறைவா(ப); சேனல்_அனுப்பு(சே, 1); காத்திரு(ப); அச்சு பணி_நிறைவா(ப);`, "false\ntrue"},
		{"progress", `ப = பணி_உருவாக்கு "க" { பணி_நிலை_சேமி "பாதி"; }; காத்திரு(ப); அச்சு பணி_நிலை(ப); பணி_நிலை_சேமி "x";`, "பாதி"},
		{"the first to finish", `சே = சேனல்_உருவாக்கு(); அ = பணி_உருவாக்கு "அ" { சேனல்_பெறு(சே); }; ஆ = பணி_உருவாக்கு "ஆ" { 2; }; அச்சு பணி_முந்துவது([அ, ஆ]); அச்சு தவறா(காத்திரு(அ));`, "சரி(2)\ntrue"},
		{"of one that is done", `ஆ = பணி_உருவாக்கு "ஆ" { 2; }; காத்திரு(ஆ); அச்சு பணி_முந்துவது([ஆ, ஆ]);`, "சரி(2)"},
		{"none", `அச்சு பணி_அனைத்தும்([]); அச்சு பணி_முந்துவது([]);`, "[]\nnil"},
		{"sleep", `அச்சு காத்திரு(1); அச்சு காத்திரு(0.5); அச்சு காத்திரு(0);`, "சரி(nil)\nசரி(nil)\nசரி(nil)"},
		{"the run waits for its tasks", `பணி_உருவாக்கு "க" { காத்திரு(5); அச்சு "பின்"; } அச்சு "முன்";`, "முன்\nபின்"},
		{"an error is a தவறு", `ப = பணி_உருவாக்கு "க" { 1 / 0; }; வி = காத்திரு(ப); அச்சு தவறா(வி); முயல் { வி?; } பிழை(பி) { அச்சு பி.வகை; }`, "true\nகணிதம்"},
		{"so is ? in a function", `பின்னணி செயல் f() { தவறு("கொ")?; } அச்சு காத்திரு(f());`, "தவறு(கொ)"},
		{
			"stopped", `சே = சேனல்_உருவாக்கு(0); ப = பணி_உருவாக்கு "க" { முயல் { சேனல்_பெறு(சே); } பிழை { அச்சு "வராது"; } இறுதியில் { அச்சு "இறுதி"; } };
பணி_நிறுத்து(ப); பணி_நிறுத்து(ப); முயல் { காத்திரு(ப)?; } பிழை(பி) { அச்சு பி.வகை; }`, "",
		},
	} {
		if c.name == "stopped" { // it may be stopped before it began
			out, lost, err := run(t, c.src, vm.Options{})
			if err != nil || !strings.HasSuffix(out, "நிறுத்தம்\n") || strings.Contains(out, "வராது") || len(lost) > 0 {
				t.Errorf("%s: %q, %v, %v", c.name, out, err, lost)
			}
			continue
		}
		t.Run(c.name, func(t *testing.T) { expect(t, c.src, c.want) })
	}
}

// What a task fails with is told of when nobody asks for it.
func TestLost(t *testing.T) {
	t.Parallel()
	out, lost, err := run(t, "பின்னணி செயல் f() {\n  திரும்பு 1 / 0;\n}\nf(); காத்திரு(f());", vm.Options{})
	if err != nil || len(lost) != 1 || !strings.HasPrefix(lost[0], "f: t.qmz:2:8: ") {
		t.Fatalf("%q, %v, %q", out, err, lost)
	}
	_, lost, err = run(t, `பணி_உருவாக்கு "வெளி" { பணி_உருவாக்கு "உள்" { 1 / 0; }; காத்திரு(3); 2; };`, vm.Options{})
	if err != nil || len(lost) != 1 || !strings.HasPrefix(lost[0], "உள்: ") {
		t.Fatalf("%v, %q", err, lost)
	}
}

// A run that ends with an error, or is interrupted, takes its tasks along.
func TestStopped(t *testing.T) {
	t.Parallel()
	const endless = "பணி_உருவாக்கு \"க\" { (மெய்) சுற்று { x = 1; } };\nபணி_உருவாக்கு \"கா\" { காத்திரு(1000000000); };\n"
	fails(t, endless+"1 / 0;", "E0302")
	_, lost, err := run(t, endless+"வெளியேறு(3);", vm.Options{})
	var exit *vm.Exit
	if !errors.As(err, &exit) || exit.Status != 3 || len(lost) > 0 {
		t.Errorf("%v, %v", err, lost)
	}
	_, lost, err = run(t, endless+`பணி_உருவாக்கு "வெ" { வெளியேறு(4); }; காத்திரு(1000000000);`, vm.Options{})
	if !errors.As(err, &exit) || exit.Status != 4 || len(lost) > 0 {
		t.Errorf("%v, %v", err, lost)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, lost, err = runIn(ctx, t, endless, vm.Options{}); len(lost) > 0 {
		t.Errorf("%v, %v", err, lost)
	}
}

// Tasks share the time limit of their run: none can hand on to another what it has no time for.
func TestTimeLimit(t *testing.T) {
	t.Parallel()
	_, lost, err := run(t, `பின்னணி செயல் f() { காத்திரு(1); f(); } f();`, vm.Options{TimeLimit: 20 * time.Millisecond})
	if err != nil { // the run itself may have been late
		lost = append(lost, err.Error())
	}
	if !strings.Contains(strings.Join(lost, "\n"), "20 ms") {
		t.Errorf("%v, %q", err, lost)
	}
}

// Tasks share the budget of their run, and their number has a limit.
func TestLimits(t *testing.T) {
	t.Parallel()
	src := `பின்னணி செயல் f() { (மெய்) சுற்று { x = 1; } } அச்சு வகை(காத்திரு(f())); அச்சு காத்திரு(f());`
	out, _, err := run(t, src, vm.Options{Fuel: 100_000})
	if !strings.Contains(out, "100000") {
		t.Errorf("%q, %v", out, err)
	}
	fails(t, `சே = சேனல்_உருவாக்கு(); (மெய்) சுற்று { பணி_உருவாக்கு "க" { சேனல்_பெறு(சே); } }`, task.CodeTooMany)
}

func TestWrongValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, code string }{
		{`காத்திரு("x");`, task.CodeNeeds},
		{`காத்திரு(0 - 1);`, vm.CodeMillis},
		{`("x") காலவரம்பு { அச்சு 1; }`, vm.CodeMillis},
		{`பணி_அனைத்தும்([1]);`, task.CodeNeeds},
		{`பணி_அனைத்தும்(5);`, task.CodeNeeds},
		{`பணி_நிறுத்து(சேனல்_உருவாக்கு());`, task.CodeNeeds},
		{`பணி_உருவாக்கு("x");`, task.CodeNeeds},
		{`f = பணி_உருவாக்கு; f("x");`, task.CodeNeeds},
		{`சேனல்_உருவாக்கு(0 - 1);`, task.CodeBadCount},
		{`சேனல்_உருவாக்கு("x");`, task.CodeBadCount},
		{`சேனல்_பெறு([]);`, task.CodeNeeds},
		{`பூட்டு_பிடி(1) { அச்சு 1; }`, task.CodeNeeds},
		{`அணு_கூட்டு(1, 1);`, task.CodeNeeds},
		{`அணு_கூட்டு(அணு_உருவாக்கு(0), "x");`, task.CodeNeeds},
		{`அணு_உருவாக்கு("x");`, task.CodeNeeds},
		{`(0) மீள்முயல் { அச்சு 1; }`, task.CodeBadCount},
		{`(1, 5) மீள்முயல் { அச்சு 1; }`, task.CodeNeeds},
		{`(1, {"சிதறல்": 2}) மீள்முயல் { அச்சு 1; }`, task.CodeBadCount},
		{`(1, {"வகைகள்": 2}) மீள்முயல் { அச்சு 1; }`, task.CodeNeeds},
		{`(1, {"வேறு": 2}) மீள்முயல் { அச்சு 1; }`, "E0305"},
		{`சே = சேனல்_உருவாக்கு(); சேனல்_மூடு(சே); சேனல்_மூடு(சே); சேனல்_அனுப்பு(சே, 1);`, task.CodeClosed},
		{`ஒவ்வொரு எ இல் பூட்டு_உருவாக்கு() { அச்சு எ; }`, "E0309"},
	} {
		fails(t, c.src, c.code)
	}
	out, _, err := run(t, `f = பணி_உருவாக்கு; அச்சு தவறா(காத்திரு(f(நீளம்)));`, vm.Options{})
	if err != nil || out != "true\n" {
		t.Errorf("%q, %v", out, err)
	}
}
