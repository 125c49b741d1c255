package vm

import (
	"bufio"
	"context"
	"io"
	"slices"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Native is the implementation of one builtin word.
type Native struct {
	// Min and Max bound the number of arguments; Max < 0 takes any number. The machine checks them before the call.
	Min, Max int
	// Fn answers the word's value. Args are valid during the call only. A *value.Error becomes a run-time error at the
	// call's place; context errors stop the run; *Exit ends it. Any other error is a bug of the word and is
	// reported as a fault of kind பொது.
	Fn func(c *Call) (value.Value, error)
	// Keeps tells that the result may hold an argument (or a part of one), or that an argument outlives the call. The machine then
	// marks the arguments shared first, so that later writes copy. A word that only reads leaves it false.
	Keeps bool
	// Whole has bit i set for an argument i whose parts the word looks at, or that it hands on, without asking for its display
	// text. Of any other argument the machine first makes sure that its text fits into memory.
	Whole uint8
	// Enters tells that what the word began must be ended by its ".leave", so that no call of it is cut short once it succeeded.
	Enters bool
}

// Source is what the Impl of a handle fulfils that ஒவ்வொரு can walk. Next answers the next value, or false at the end.
type Source interface {
	Next(c *Call) (v value.Value, more bool, err error)
}

// Methods is what the Impl of a handle fulfils that has words of its own: இணைப்பு.வினா(…). Method answers the word of a spelling,
// or nil; its first argument is the handle.
type Methods interface{ Method(name string) *Native }

// Natives maps a word's ID (words.Word.ID) to its implementation. It is never changed once a program was linked with it.
type Natives map[string]*Native

// Call is one call of a native word.
type Call struct {
	// Args are the arguments, in order.
	Args []value.Value
	m    *Machine
}

// Context is cancelled when the run is.
func (c *Call) Context() context.Context { return c.m.ctx }

// Stdout is the program's output. The machine buffers and flushes it.
func (c *Call) Stdout() io.Writer { return c.m.out }

// Stdin is the program's input, buffered.
func (c *Call) Stdin() *bufio.Reader { return c.m.in }

// Flush writes what the program printed so far, before a word waits for something.
func (c *Call) Flush() error { return c.m.out.Flush() }

// Arguments are the program's own arguments.
func (c *Call) Arguments() []string { return c.m.opts.Args }

// SetGlobal binds a global that the program mentions; others are ignored.
func (c *Call) SetGlobal(name string, v value.Value) { c.m.SetGlobal(name, v) }

// Value is what a service keeps for this run under key, or nil.
func (c *Call) Value(key any) any { return c.m.Value(key) }

// Inherited is what a key of SetValue fulfils whose value tasks of the run have too. The value must be safe to share.
type Inherited interface{ Inherited() }

// SetValue keeps something for this run.
func (c *Call) SetValue(key, v any) { c.m.SetValue(key, v) }

// Owner is whose run it is, nil until SetOwner said so.
func (c *Call) Owner() any { return c.m.owner }

// SetOwner says whose run it is.
func (c *Call) SetOwner(v any) { c.m.owner = v }

// Invoke calls a function value of the program and answers its result.
func (c *Call) Invoke(fn value.Value, args ...value.Value) (value.Value, error) {
	return c.m.invoke(fn, args)
}

// Place is where the call stands, as "file:line:column".
func (c *Call) Place() string {
	fr := c.m.frames[len(c.m.frames)-1]
	file := fr.fn.fileAt(fr.pc - 1)
	return placeText(c.m.prog.files[file].Name, c.m.prog.maps[file](), fr.fn.spans[fr.pc-1].Start)
}

// Bounded tells whether the call stands in a காலவரம்பு.
func (c *Call) Bounded() bool { return len(c.m.limits) > 0 }

// Held is something that a run has until it is released.
type Held interface{ Release() }

// Hold notes what the word has begun for the run. Its ".leave" ends it (Drop); the end of the run releases what is left because not
// even that was run any more.
func (c *Call) Hold(x Held) { c.m.held = append(c.m.held, x) }

// Drop notes that x is released.
func (c *Call) Drop(x Held) {
	for i := len(c.m.held) - 1; i >= 0; i-- {
		if c.m.held[i] == x {
			c.m.held = slices.Delete(c.m.held, i, i+1)
			return
		}
	}
}

// Held is what the run holds, the last one last. It must not be changed.
func (c *Call) Held() []Held { return c.m.held }

// AtEnd calls f once the run has ended, however it ends.
func (c *Call) AtEnd(f func()) { c.m.atEnd = append(c.m.atEnd, f) }

// Room is the longest text of an aggregate that the run may ask for, in bytes.
func (c *Call) Room() int { return c.m.room() }

// Grow charges n bytes of new memory against the run's limit; the error must be returned as it is.
func (c *Call) Grow(n int) error { return c.m.grow(int64(n)) }

// Exit is the error that ends a program with a status: வெளியேறு(n).
type Exit struct{ Status int }

// Error says with what status the program ended.
func (e *Exit) Error() string { return "exit" }
