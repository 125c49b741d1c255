package vm

// Op is an instruction's operation.
type Op uint16

// The operations. R[x] is register x of the current frame, K[x] a constant of the current function. A, B and C are
// registers unless said otherwise; D is a jump target or an index into one of the program's tables.
const (
	opNop        Op = iota
	opMove          // R[A] = R[B]
	opMoveS         // R[A] = R[B], which both now share
	opShare         // mark what R[A] holds as shared
	opLoadK         // R[A] = K[D]
	opUnset         // R[A] is a variable without a value
	opLoadG         // R[A] = global D; undefined is a fault
	opLoadGS        // the same, and both now share it
	opName          // R[A] = what name D means here: its local, its global, its function
	opCopyIn        // if local R[A] is unset: a copy of global D; undefined is a fault
	opAdd           // R[A] = R[B] + R[C]
	opAddK          // R[A] = R[B] + K[C]
	opSub           //
	opSubK          //
	opMul           //
	opMulK          //
	opDiv           //
	opDivK          //
	opNeg           // R[A] = -R[B]
	opConcat        // R[A] = R[B] & R[C]
	opConcatN       // R[A] = R[B] & … & R[B+C-1]
	opConcatOnto    // R[A] = R[A] & R[B] & … & R[B+C-1]
	opEq            // R[A] = R[B] == R[C]
	opNe            //
	opLt            //
	opLe            //
	opNot           // R[A] = not R[B]
	opTruth         // R[A] = whether R[B] counts as true
	opJump          // go to D
	opLoop          // go back to D, paying fuel
	opJumpF         // if not R[A] go to D
	opJumpT         // if R[A] go to D, paying fuel
	opJumpNLt       // if not R[A] < R[B] go to D
	opJumpNLe       //
	opJumpNEq       //
	opJumpNNe       //
	opJumpNLtK      // if not R[A] < K[B] go to D
	opJumpNLeK      //
	opJumpNGtK      //
	opJumpNGeK      //
	opJumpNEqK      //
	opJumpNNeK      //
	opJumpLt        // if R[A] < R[B] go to D, paying fuel
	opJumpLe        //
	opJumpEq        //
	opJumpNe        //
	opJumpLtK       // if R[A] < K[B] go to D, paying fuel
	opJumpLeK       //
	opJumpGtK       //
	opJumpGeK       //
	opJumpEqK       //
	opJumpNeK       //
	opCall          // R[A] = function D called with the arguments from R[B]; C is B as a plain number
	opCallV         // R[A] = R[B] called with the C arguments from R[B+1]; D is the site
	opCallName      // as opCallV, where name site D decides at run time what is called
	opMethod        // R[A] = method of R[B] called with the C arguments from R[B+1]; D is the site
	opNative        // R[A] = native D of the C arguments from R[B]
	opReturn        // return R[A]
	opReturnNil     // return nil
	opClosure       // R[A] = a function value of closure table entry D
	opArray         // R[A] = an array of the C values from R[B]
	opExtend        // R[A], which is new, gets the C values from R[B] too
	opRecord        // R[A] = a record of layout D with the values from R[B]
	opShaped        // R[A] = a shape literal, site D, of the values from R[B]
	opIndex         // R[A] = R[B][R[C]]
	opIndexS        // the same, and both now share it
	opField         // R[A] = R[B].name, site D
	opFieldS        // the same, and both now share it
	opSetIndex      // R[A][R[B]] = R[C]
	opSetField      // R[A].name = R[B], site D
	opSetPath       // R[A] path D = R[C], or appended to what is there; index values from R[B]
	opAppend        // R[A] = R[A] with R[B] appended, in place where it may; D is the word இணை
	opEach          // R[A], R[A+1] = an iteration over R[B]
	opNext          // R[B] = the next of R[A], R[A+1]; at the end go to D
	opQuest         // if R[B] is சரி: R[A] = its value and go to D; a தவறு goes on; anything else is a fault
	opRaise         // raise the failure R[A] holds
	opCatch         // R[A] = the error record of the fault caught in R[A]
	opRethrow       // raise again the fault caught in R[A]
	opPrint         // print R[A]
	opIsShape       // fault unless R[A] is a record of the shape that site D tells
	opFault         // fault D of the function's table
	opLimit         // what follows has R[A] milliseconds
	opUnlimit       // the innermost of such limits ends; R[A] holds the fault that waits, if one does
	numOps
)

var opNames = [numOps]string{
	"nop", "move", "moves", "share", "loadk", "unset", "loadg", "loadgs", "name", "copyin",
	"add", "addk", "sub", "subk", "mul", "mulk", "div", "divk", "neg", "concat", "concatn", "concatonto",
	"eq", "ne", "lt", "le", "not", "truth", "jump", "loop", "jumpf", "jumpt",
	"jumpnlt", "jumpnle", "jumpneq", "jumpnne", "jumpnltk", "jumpnlek", "jumpngtk", "jumpngek", "jumpneqk", "jumpnnek",
	"jumplt", "jumple", "jumpeq", "jumpne", "jumpltk", "jumplek", "jumpgtk", "jumpgek", "jumpeqk", "jumpnek",
	"call", "callv", "callname", "method", "native", "return", "returnnil", "closure", "array", "extend", "record", "shaped",
	"index", "indexs", "field", "fields", "setindex", "setfield", "setpath", "append", "each", "next", "quest", "raise", "catch", "rethrow",
	"print", "isshape", "fault", "limit", "unlimit",
}

// Ins is one instruction. Register and constant operands are stored multiplied by three, so that one scaled address
// reaches a 24-byte value.
type Ins struct {
	Op      Op
	A, B, C uint16
	D       int32
	_       uint32 // sixteen bytes, so that an address is a shift away
}

// scale turns a register or constant number into an operand.
const scale = 3

// maxSlot is the largest register or constant number that an operand can hold.
const maxSlot = 65535 / scale

// jumps tells whether an operation's D is a place in the code.
func (op Op) jumps() bool { return op >= opJump && op <= opJumpNeK || op == opNext || op == opQuest }
