package host

import (
	"context"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// commandWords run other programs.
var commandWords = table{"run": pure(3, runCommand).of(1)}

// Limits of a program that கட்டளை_ஓட்டு runs.
const (
	maxSeconds     = 24 * 60 * 60
	maxOutput      = 10 << 20        // bytes of its output, and as many of its errors
	outputPatience = 2 * time.Second // how long its children may hold its output open after it ended
)

// allowVariable names the programs that may be run, separated as in PATH: names that are looked up in PATH, or paths.
const allowVariable = "ETAMIL_EXEC_ALLOW"

// passed are the environment variables that a program gets to see; others may hold secrets.
var passed = []string{
	"PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP",
	"SystemRoot", "SystemDrive", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA",
}

var (
	errNotAllowed  = errors.New("the program is not allowed")
	errMuchOutput  = errors.New("too much output")
	errCommandTime = errors.New("the program took too long")
)

// runCommand is கட்டளை_ஓட்டு(program, arguments, seconds): {நிலை, வெளியீடு, பிழை}, நிலை being -1 when a signal ended the
// program. There is no shell, no input, and only a few environment variables. தவறு when ETAMIL_EXEC_ALLOW does not
// name the program, when it cannot start, takes longer, or says more than 10 MB; it and all that it started are killed then.
func runCommand(c *call) (value.Value, error) {
	items, err := c.array(1)
	if err != nil {
		return value.Nil, err
	}
	limit, ok := seconds(c.decimal(2))
	if !ok {
		return value.Nil, c.fault(CodeBadSeconds, c.args[2].Display(), strconv.Itoa(maxSeconds))
	}
	name, args := c.text(0), make([]string, len(items))
	for i, v := range items {
		if args[i], err = c.display(v); err != nil {
			return value.Nil, err
		}
	}
	path, err := c.allowed(name)
	if err != nil {
		return commandFailed(name, err), nil
	}
	if err := c.Flush(); err != nil {
		return value.Nil, err
	}
	ctx, stop := context.WithTimeoutCause(c.Context(), limit, errCommandTime)
	defer stop()
	out, errs, status, err := c.execute(ctx, path, args)
	switch {
	case c.Context().Err() != nil:
		return value.Nil, c.Context().Err()
	case err != nil:
		return commandFailed(name, err), nil
	}
	return c.commandResult(status, out, errs)
}

// seconds is a number of seconds as a duration, when it is one that a program may take.
func seconds(d value.Decimal) (time.Duration, bool) {
	ms, err := value.Mul(value.FromDecimal(d), value.FromInt(1000))
	if err != nil || d.Sign() <= 0 {
		return 0, false
	}
	n, ok := truncated(ms.Decimal())
	return time.Duration(max(n, 1)) * time.Millisecond, ok && n <= maxSeconds*1000
}

// execute runs a program to its end and answers what it wrote.
func (c *call) execute(ctx context.Context, path string, args []string) (out, errs string, status int, err error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = c.files.dir
	cmd.Env = c.commandEnv()
	full := func() { stop(errMuchOutput) }
	stdout, stderr := &cappedOutput{full: full}, &cappedOutput{full: full}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.WaitDelay = outputPatience
	ownGroup(cmd)
	err = cmd.Run()
	if cmd.Process != nil {
		killGroup(cmd) // what it left behind in its group ends with it
	}
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil // the program itself ended well
	}
	if cause := context.Cause(ctx); cause != nil {
		return "", "", 0, cause
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return "", "", 0, err
	}
	return stdout.text.String(), stderr.text.String(), cmd.ProcessState.ExitCode(), nil
}

// commandEnv is the environment of a program.
func (c *call) commandEnv() []string {
	env := []string{}
	for _, name := range passed {
		if v, ok := c.getenv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// commandResult is the record of a program that ended. What is no UTF-8 in its output is replaced.
func (c *call) commandResult(status int, out, errs string) (value.Value, error) {
	if err := c.Grow(value.SizeRecord + 3*value.SizeValue); err != nil {
		return value.Nil, err
	}
	texts := [2]value.Value{}
	for i, s := range []string{out, errs} {
		var err error
		if texts[i], err = c.newText(strings.ToValidUTF8(s, "\uFFFD")); err != nil {
			return value.Nil, err
		}
	}
	if status < 0 || status > math.MaxInt32 {
		status = -1
	}
	return value.FromOk(value.FromFields(
		[]string{"நிலை", "வெளியீடு", "பிழை"},
		[]value.Value{value.FromInt(int64(status)), texts[0], texts[1]},
	)), nil
}

// cappedOutput collects up to maxOutput bytes, and says so once when there are more.
type cappedOutput struct {
	text strings.Builder
	full func()
}

func (o *cappedOutput) Write(b []byte) (int, error) {
	if o.text.Len()+len(b) > maxOutput {
		o.full()
		return 0, errMuchOutput
	}
	return o.text.Write(b)
}

// allowed finds the program of that name and answers the path to run. It is allowed when ETAMIL_EXEC_ALLOW leads to
// the same file, or names the file that a link at the program's place leads to in the end; then that file is run under its own
// name, for some programs do what their name says.
func (c *call) allowed(name string) (string, error) {
	list, _ := c.getenv(allowVariable)
	var entries []string
	for _, entry := range filepath.SplitList(list) {
		if path, err := c.program(entry); entry != "" && err == nil {
			entries = append(entries, path)
		}
	}
	if len(entries) == 0 {
		return "", errNotAllowed
	}
	path, err := c.program(name)
	if err != nil {
		return "", err
	}
	if slices.Contains(entries, path) {
		return path, nil
	}
	if real, err := filepath.EvalSymlinks(path); err == nil && slices.Contains(entries, real) {
		return real, nil
	}
	return "", errNotAllowed
}

// program is the absolute path of a program: a name without a slash is looked up in PATH, a relative path starts at the
// folder of the world. Links to folders on the way are resolved, so that a file has one path; one at the end is not.
func (c *call) program(name string) (string, error) {
	path := c.files.path(name)
	if filepath.Base(name) == name {
		found, err := exec.LookPath(name)
		if err != nil {
			return "", err
		}
		path = found
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, filepath.Base(path))
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		err = errIsDir
	}
	return path, err
}

// commandFailed is தவறு with the reason why a program gave no result.
func commandFailed(name string, err error) value.Value {
	tamil, english := reason(err)
	var lookup *exec.Error
	switch {
	case errors.Is(err, errNotAllowed):
		tamil, english = allowVariable+" இல் அனுமதி இல்லை", "is not allowed by "+allowVariable
	case errors.Is(err, errCommandTime):
		tamil, english = "கால வரம்பைத் தாண்டியது; நிறுத்தப்பட்டது", "took longer than its time limit and was stopped"
	case errors.Is(err, errMuchOutput):
		tamil, english = "10 MB ஐ விட அதிக வெளியீடு; நிறுத்தப்பட்டது", "wrote more than 10 MB and was stopped"
	case errors.Is(err, exec.ErrNotFound):
		tamil, english = "நிரல் இல்லை", "there is no such program"
	case errors.As(err, &lookup):
		tamil, english = reason(lookup.Err)
	}
	return failed("நிரல் \""+name+"\": "+tamil, "program \""+name+"\": "+english)
}
