package host

import (
	"bufio"
	"context"
	"crypto/rand"
	"io"
	"io/fs"
	"maps"
	"os"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// Env is what the words see of the world outside. The zero value is the real one.
type Env struct {
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Rand gives random bytes; nil is the operating system's.
	Rand io.Reader
	// LookupEnv reads one environment variable; nil is os.LookupEnv.
	LookupEnv func(name string) (string, bool)
	// Dir is the folder that relative file names start from; "" is the working directory.
	Dir string
	// Confined keeps the file words inside Dir: no "..", no absolute name and no link leads out. Other programs that
	// கட்டளை_ஓட்டு runs are not bound by it.
	Confined bool
	// PublicOnly keeps the words that ask other servers from addresses of private networks, unless ETAMIL_WEB_ALLOW names
	// them: for programs that answer strangers.
	PublicOnly bool
}

// OpenFile opens a file for reading as the words of this world do; name is what the program wrote.
// A pipe is not opened: that would wait until somebody writes to it.
func (e Env) OpenFile(name string) (*os.File, error) {
	f := e.files()
	if info, err := f.stat(name); err == nil && info.Mode()&fs.ModeNamedPipe != 0 {
		return nil, fs.ErrInvalid
	}
	return f.open(name)
}

// SaveFile replaces the content of a file as கோப்பு_சேமி does: readers see the old content or all that write wrote,
// whatever fails on the way. FileFailed words its errors.
func (e Env) SaveFile(name string, write func(io.Writer) error) error {
	return e.files().saveWith(name, write)
}

func (e Env) files() files { return files{dir: e.Dir, confined: e.Confined} }

// groups are the words, by the file they stand in.
var groups = [...]table{
	numberWords, textWords, arrayWords, recordWords, resultWords, jsonWords, dateWords, byteWords, hashWords,
	curveWords, encryptWords, errorWords, checkWords, fileWords, fileStatements, responseWords, processWords,
	csvWords, packageWords, commandWords, webWords,
}

// Core answers the words as a program sees them under etamil run: the real clock, randomness, environment and files.
func Core() vm.Natives { return New(Env{}) }

// New answers the words over the given world. The result is keyed by words.Word.ID and never changed afterwards.
func New(e Env) vm.Natives {
	h := newHost(e)
	all := vm.Natives{}
	for _, group := range groups {
		maps.Copy(all, group.natives(h))
	}
	maps.Copy(all, shapeWords())
	return all
}

// host is the world a set of words was made for.
type host struct {
	now    func() time.Time
	random io.Reader
	getenv func(string) (string, bool)
	files  files
	web    func() *webClient // made when first asked for

	packages packageLimits
}

func newHost(e Env) *host {
	h := &host{now: e.Now, random: e.Rand, getenv: e.LookupEnv, files: e.files(), packages: defaultPackageLimits}
	if h.now == nil {
		h.now = time.Now
	}
	if h.random == nil {
		h.random = rand.Reader
	}
	if h.getenv == nil {
		h.getenv = os.LookupEnv
	}
	h.web = sync.OnceValue(func() *webClient { return newWebClient(h.getenv, webConnectTime, webTotalTime, e.PublicOnly) })
	return h
}

// call is one call of a word: its arguments, and what it may ask of the machine. A *vm.Call fulfils machine; tests
// put something smaller there.
type call struct {
	*host
	machine
	word string
	args []value.Value
}

// machine is the part of *vm.Call that the words of this package use.
type machine interface {
	// Context is cancelled when the run is.
	Context() context.Context
	// Room is the longest text of an aggregate that the run may ask for, in bytes.
	Room() int
	// Grow charges n bytes against the run's memory limit.
	Grow(n int) error
	// Stdin is the program's input.
	Stdin() *bufio.Reader
	// Flush writes what the program printed so far.
	Flush() error
	// Arguments are the program's own arguments.
	Arguments() []string
	// SetGlobal binds a global that the program mentions; others are ignored.
	SetGlobal(name string, v value.Value)
}

// word is the description of one word.
type word struct {
	min, max int
	fn       func(c *call) (value.Value, error)
	keeps    bool
	whole    uint8 // the arguments that are not taken by their display text, as vm.Native.Whole
}

// table maps the ID of a word to its description.
type table map[string]word

// natives binds every word of the table to a world.
func (t table) natives(h *host) vm.Natives {
	out := make(vm.Natives, len(t))
	for id, w := range t {
		out[id] = &vm.Native{Min: w.min, Max: w.max, Keeps: w.keeps, Whole: w.whole, Fn: func(c *vm.Call) (value.Value, error) {
			return w.fn(&call{host: h, machine: c, word: id, args: c.Args})
		}}
	}
	return out
}

// of is the word with the given arguments, counted from 0, marked as not taken by their display text.
func (w word) of(whole ...int) word {
	for _, i := range whole {
		w.whole |= 1 << i
	}
	return w
}

// pure describes a word with exactly n arguments that only reads them.
func pure(n int, fn func(c *call) (value.Value, error)) word { return word{min: n, max: n, fn: fn} }

// keeping describes a word with exactly n arguments whose result may hold one of them.
func keeping(n int, fn func(c *call) (value.Value, error)) word {
	return word{min: n, max: n, fn: fn, keeps: true}
}
