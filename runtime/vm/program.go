package vm

import (
	"sync"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/position"
)

// Program is a compiled program. Nothing in it changes after Compile, so any number of machines may run it at once.
type Program struct {
	files   []*syntax.File
	maps    []func() *position.Map // line tables, built when the first fault asks
	main    *Proto
	funcs   []*Proto // every function that an instruction calls directly
	globals []string
	slot    map[string]int // global name → slot
	reads   []int          // slots of the globals that functions may ask for; nil when they are not known
	natives []*Native
	nnames  []string // the spelling each native was first called by
	sites   []site   // what fields, methods and dynamic calls look for; caches are the machine's
	names   []nameRef
	layouts []*value.Layout
	shapes  map[string]*shape
	shaped  []shapedSite
	closure []closureRef
	paths   []path
	blocks  []Block
	pool    sync.Pool
	forks   sync.Pool         // machines of tasks, which have smaller buffers
	lights  sync.Pool         // machines of runs that wait most of their time
	grows   bool              // entries are added to it
	copied  *Program          // what it is now, for tasks; nil until one asks, and after every change
	copies  map[*Proto]*Proto // of a copy: its own functions, by those that they were copied from
}

// Proto is one compiled function body.
type Proto struct {
	name    string // as stack traces show it; "" for a lambda
	params  int
	regs    int  // registers the frame needs
	globals bool // runs at the bottom of the stack: its variables are the program's globals
	code    []Ins
	consts  []value.Value
	file    int
	spans   []syntax.Span // one for each instruction
	files   []int32       // file of each instruction; nil when all are of file
	trys    []handler
	faults  []staticFault
	caps    int         // captured values follow the parameters
	method  bool        // the first parameter is இது
	fn      value.Value // the function as a value
}

// handler is a protected range of instructions: a fault in [from, to) continues at pc with the fault in register reg.
type handler struct {
	from, to, pc int32
	reg          uint16
	final        bool // an இறுதியில், which also runs for what cannot be caught
	own          bool // of the program's own statements, which do not run once the grace of a stopped run is spent
}

// site is what a field, method or dynamic call instruction works with.
type site struct {
	name string
	ref  int // index into names, for opCallName
}

// nameRef is how a name is looked up at run time: a local register, then a global, then a function or shape.
type nameRef struct {
	name   string
	local  int // operand of the register, or -1
	global int // slot, or -1
	fn     *Proto
	native int         // index into natives, or -1
	nfn    value.Value // the native as a value
	shape  *shape
	word   bool   // the name is a word of the vocabulary
	empty  bool   // and இன்மை until a server binds it: கோரிக்கை (services.md rule 18)
	means  string // and this text, as சைகை_SIGTERM
}

// shape is a declared record shape with its methods.
type shape struct {
	*value.Shape
	methods map[string]*Proto
	fields  []fieldRule
	index   map[string]int
	ruled   bool // some field has a விதி
	decl    *syntax.ShapeDecl
}

// fieldRule is what a shape asks of one field.
type fieldRule struct {
	name string
	typ  *syntax.Type
	rule *Proto // the விதி, called with the fields in order; nil without one
}

type shapedSite struct {
	shape  *shape
	keys   []string // of the written fields
	spread bool     // the last value is the spread record
}

type closureRef struct {
	proto *Proto
	from  []uint16 // operands of the registers to copy
}

// step is one step of a nested assignment: a field, or an index held in the next register.
type step struct {
	name  string
	field bool
}

// path is the place of a nested assignment.
type path struct {
	steps []step
	grows bool // the value is appended to the array that is there
	word  int  // then: the word இணை
}

type staticFault struct {
	code string
	args []string
}

// Block is a declaration whose body runs later: a route, a schedule, a test, a signal handler …
type Block struct {
	// Word is the declaring word's ID ("Route", "Every", "test", "onShutdown", …).
	Word string
	// Method is the HTTP method of a route, in capitals ("GET"), or "".
	Method string
	// Args are the declaration's operands that are known before the program runs: paths, names, intervals. An operand
	// that is no literal is value.Nil with Literal false.
	Args []Operand
	File *syntax.File
	Span syntax.Span
	body *Proto
}

// Operand is one operand of a Block.
type Operand struct {
	Value   value.Value
	Literal bool
	Span    syntax.Span
}

// Blocks lists the program's declarations with bodies, in source order.
func (p *Program) Blocks() []Block { return p.blocks }

// Files lists the source files, the entry first.
func (p *Program) Files() []*syntax.File { return p.files }

// GlobalSlot is the slot of a global the program mentions anywhere, or -1.
func (p *Program) GlobalSlot(name string) int {
	if i, ok := p.slot[name]; ok {
		return i
	}
	return -1
}

func (p *Proto) fileAt(pc int) int {
	if p.files != nil {
		return int(p.files[pc])
	}
	return p.file
}
