package vm_test

import (
	"fmt"
	"strings"
)

// generator writes a random program. Every choice comes from data, so that a fuzzer can steer it; when data ends the
// first choice is taken, which is always one that ends.
type generator struct {
	data  []byte
	out   strings.Builder
	depth int
	fresh int // loop counters given out
	left  int // statements that may still be written
	body  bodyKind
	loops int
	words map[string]string
	names []string // variables of this body, one or more for each kind
}

// kind is what an expression should be, most of the time.
type kind int

const (
	anyKind kind = iota
	numKind
	textKind
	boolKind
	arrKind
	recKind
	resKind
	funKind
	shpKind
)

// kindOf says what the program mostly keeps in a variable.
var kindOf = map[string]kind{
	"x": numKind, "b": numKind, "இ": textKind, "t": textKind, "அ": arrKind, "a": arrKind, "u": arrKind, "ஆ": recKind, "r": recKind, "v": recKind,
	"y": resKind, "z": funKind, "n": funKind, "s": shpKind, "இது": shpKind, "i": anyKind, "w": anyKind,
}

var globalNames = []string{"அ", "ஆ", "இ", "x", "y", "z", "s", "i", "n", "r"}

type bodyKind int

const (
	topBody bodyKind = iota
	funcBody
	lambdaBody
)

// roman has the same words in the second script.
var roman = map[string]string{
	"செயல்": "ceyal", "திரும்பு": "qirumpu", "அச்சு": "accu", "எனில்": "eZil", "இன்றேல்": "iZREl", "சுற்று": "cuRRu",
	"ஒவ்வொரு": "ovvoru", "இல்": "il", "மெய்": "mey", "பொய்": "poy", "இணை": "iNY", "நீளம்": "nILam", "சரி": "cari", "தவறு": "qavaRu",
	"மற்றும்": "maRRum", "அல்லது": "allaqu", "இல்லை": "illY", "முயல்": "muyal", "பிழை": "pizY", "இறுதியில்": "iRuqiyil",
}

var texts = []string{`""`, `"அ"`, `"க்ஷி"`, `"12"`, `"𝒳y"`, `"👍🏽"`, `"x"`, `"-3.50"`}

var numbers = []string{"0", "1", "2", "3", "10", "0.5", "1.50", "18%", "7.9228162514264337593543950335", "9223372036854775807", "79228162514264337593543950335"}

var fields = []string{"அ", "ஆ", "k", "p", "q"}

const prelude = `அ = [[1, 2], {k: [3], p: 1}, "அ", 4]; ஆ = {அ: [1, 2], ஆ: {k: [5]}, k: 6, p: [7], q: 8}; இ = "கௌ"; x = 1; y = சரி([1, [2]]); z = செயல்(u) { திரும்பு u; }; n = நீளம்;
s = S{p: 1, q: [2, [3]]}; r = {அ: [[1]], p: ஆ}; i = [அ, ஆ];
`

func generate(data []byte) string {
	g := &generator{data: data, left: 40, words: map[string]string{}, names: globalNames}
	if g.pick(4) == 1 {
		g.words = roman
	}
	g.shape(g.pick(3) == 1)
	if g.pick(12) != 1 {
		g.out.WriteString(prelude)
	}
	for i := range 3 {
		g.function(i)
	}
	if g.pick(8) == 1 {
		g.line("%s வகை(a) { %s [a]; }", g.w("செயல்"), g.w("திரும்பு"))
	}
	for g.left > 0 && len(g.data) > 0 {
		g.guarded()
	}
	g.line("%s [அ, ஆ, இ, x, y, s, r, i];", g.w("அச்சு"))
	return g.out.String()
}

// guarded is a statement whose fault does not end the program, most of the time.
func (g *generator) guarded() {
	switch g.pick(9) {
	case 0:
		return
	case 1:
		g.stmt()
		return
	}
	g.line("%s {", g.w("முயல்"))
	g.depth++
	g.stmt()
	g.depth--
	g.line("} %s(e0) { %s e0.வகை; }", g.w("பிழை"), g.w("அச்சு"))
}

func (g *generator) pick(n int) int {
	if len(g.data) == 0 {
		return 0
	}
	c := int(g.data[0])
	g.data = g.data[1:]
	return c % n
}

func (g *generator) w(word string) string {
	if r, ok := g.words[word]; ok {
		return r
	}
	return word
}

func (g *generator) line(format string, args ...any) {
	fmt.Fprintf(&g.out, strings.Repeat("  ", g.depth)+format+"\n", args...)
}

func (g *generator) shape(rule bool) {
	typed, cond := "", ""
	if g.pick(2) == 1 {
		typed = "எண் "
	}
	if rule {
		cond = " விதி (p != 3 மற்றும் q[0] != 3)"
	}
	g.line("வடிவம் S { %sp%s, q, செயல் m(இது, a) {", typed, cond)
	g.inBody(funcBody, []string{"இது", "a", "w"}, 3)
	g.line("} செயல் s(a) { %s S{p: 2, q: a}; } }", g.w("திரும்பு"))
}

// inBody writes a body of its own with about n statements.
func (g *generator) inBody(kind bodyKind, names []string, n int) {
	body, loops, old, left := g.body, g.loops, g.names, g.left
	g.body, g.loops, g.names, g.left = kind, 0, append(names, old[g.pick(len(old)-3):]...), n
	if g.depth > 4 {
		g.left = 1
	}
	g.depth++
	for g.left > 0 && len(g.data) > 0 {
		g.stmt()
	}
	if g.pick(4) != 0 {
		g.line("%s %s;", g.w("திரும்பு"), g.expr(anyKind))
	}
	g.depth--
	g.body, g.loops, g.names, g.left = body, loops, old, left-1
}

func (g *generator) function(i int) {
	params := []string{"a", "b"}[:i]
	list := strings.Join(params, ", ")
	if i == 1 && g.pick(8) == 1 {
		list = "S a"
	}
	g.line("%s f%d(%s) {", g.w("செயல்"), i, list)
	g.inBody(funcBody, append(params, "w"), 5)
	g.line("}")
}

// name is a variable that mostly holds a kind.
func (g *generator) name(k kind) string {
	from := g.pick(len(g.names))
	for i := range g.names {
		n := g.names[(from+i)%len(g.names)]
		if k == anyKind || kindOf[n] == k || g.pick(20) == 1 {
			return n
		}
	}
	return g.names[from]
}

// target is a name that may be assigned.
func (g *generator) target(k kind) string {
	if n := g.name(k); n != "இது" {
		return n
	}
	return "i"
}

// path is a place inside a variable, which mostly is there at the start.
func (g *generator) path(n string) string {
	switch kindOf[n] {
	case arrKind:
		return n + []string{"[0]", "[0][1]", "[1].k", "[1].k[0]", "[1]", "[1].p"}[g.pick(6)]
	case recKind:
		return n + []string{".அ", ".அ[0]", ".ஆ.k", ".p", ".p[0]", "[\"p\"]", ".k", ".ஆ.k[0]"}[g.pick(8)]
	case shpKind:
		return n + []string{".p", ".q", ".q[0]", ".q[1]"}[g.pick(4)]
	}
	for range 1 + g.pick(2) {
		if g.pick(2) == 0 {
			n += "[" + g.index() + "]"
		} else {
			n += "." + fields[g.pick(len(fields))]
		}
	}
	return n
}

func (g *generator) index() string {
	switch g.pick(6) {
	case 1:
		return `"` + fields[g.pick(len(fields))] + `"`
	case 2:
		return g.expr(numKind)
	}
	return fmt.Sprint(g.pick(3))
}

func (g *generator) stmt() {
	g.left--
	if g.depth > 6 {
		g.line("%s %s;", g.w("அச்சு"), g.expr(anyKind))
		return
	}
	switch k := g.pick(26); k {
	default:
		g.line("%s %s;", g.w("அச்சு"), g.expr(anyKind))
	case 0: // nothing: the shrinker's best choice
	case 2, 3, 4, 5:
		n := g.target(anyKind)
		g.line("%s = %s;", n, g.expr(kindOf[n]))
	case 6, 7, 8:
		g.line("%s = %s;", g.path(g.target(anyKind)), g.expr(anyKind))
	case 9, 10:
		g.appending()
	case 11:
		n := g.target(textKind)
		g.line("%s = %s & %s;", n, n, g.expr(textKind))
	case 12, 13:
		g.line("(%s) %s {", g.expr(boolKind), g.w("எனில்"))
		g.block()
		if g.pick(2) == 1 {
			g.line("} %s {", g.w("இன்றேல்"))
			g.block()
		}
		g.line("}")
	case 14:
		g.while()
	case 15, 16:
		g.line("%s %s %s %s {", g.w("ஒவ்வொரு"), g.target(anyKind), g.w("இல்"), g.head())
		g.loops++
		g.block()
		g.loops--
		g.line("}")
	case 17, 18, 1:
		g.try()
	case 19:
		g.line("%s;", g.call(anyKind))
	case 20, 21:
		g.jump()
	case 22:
		g.line("%s;", g.target(numKind))
	case 23:
		g.line("%s?;", g.expr(resKind))
	}
}

// appending is one of the forms that the machine grows in place.
func (g *generator) appending() {
	n := g.target(arrKind)
	if g.pick(2) == 1 {
		n = g.target(anyKind)
		n += map[kind]string{arrKind: "[0]", recKind: ".அ", shpKind: ".q"}[kindOf[n]]
	} else if g.pick(3) == 1 {
		n = g.path(g.target(anyKind))
	}
	g.line("%s = %s(%s, %s);", n, g.w("இணை"), n, g.expr(anyKind))
}

func (g *generator) block() {
	g.depth++
	for range 1 + g.pick(3) {
		g.stmt()
	}
	g.depth--
}

func (g *generator) while() {
	g.fresh++
	c := fmt.Sprintf("c%d", g.fresh)
	n := 1 + g.pick(4)
	cond := fmt.Sprintf([]string{"%s < %d", "%s <= %d.0", "%s != %d", "இல்லை %s >= %d", "இல்லை %s == %d.00", "இல்லை %s > %d"}[g.pick(6)], c, n)
	switch g.pick(4) {
	case 1:
		cond += " " + g.w("மற்றும்") + " " + g.expr(boolKind)
	case 2:
		cond = g.expr(boolKind) + " " + g.w("மற்றும்") + " " + cond
	}
	g.line("%s = 0; (%s) %s {", c, cond, g.w("சுற்று"))
	g.line("  %s = %s + 1;", c, c)
	g.loops++
	g.block()
	g.loops--
	g.line("}")
}

func (g *generator) try() {
	g.line("%s {", g.w("முயல்"))
	g.block()
	how := g.pick(4)
	if how != 1 {
		g.fresh++
		e := fmt.Sprintf("e%d", g.fresh%3)
		g.line("} %s(%s) { %s %s.வகை & %s.விவரம்;", g.w("பிழை"), e, g.w("அச்சு"), e, e)
		g.block()
		if g.pick(4) == 1 {
			g.line("  %s(%s.வகை)?;", g.w("தவறு"), e)
		}
	}
	if how == 1 || how == 2 {
		g.line("} %s {", g.w("இறுதியில்"))
		g.block()
	}
	g.line("}")
}

func (g *generator) jump() {
	switch k := g.pick(3); {
	case k == 1 && g.loops > 0:
		g.line("(%s) %s { நிறுத்து; }", g.expr(boolKind), g.w("எனில்"))
	case k == 2 && g.loops > 0:
		g.line("(%s) %s { தொடர்; }", g.expr(boolKind), g.w("எனில்"))
	case g.body == topBody && g.pick(20) != 1:
		g.line("%s %s;", g.w("அச்சு"), g.expr(anyKind))
	case g.pick(2) == 1:
		g.line("(%s) %s { %s %s; }", g.expr(boolKind), g.w("எனில்"), g.w("திரும்பு"), g.expr(anyKind))
	default:
		g.line("%s %s;", g.w("திரும்பு"), g.expr(anyKind))
	}
}

// head is a collection, in brackets because of its braces.
func (g *generator) head() string {
	switch g.pick(6) {
	case 1:
		return "(" + g.expr(arrKind) + ")"
	case 2:
		return g.path(g.name(anyKind))
	case 3:
		return "[" + g.expr(anyKind) + ", " + g.expr(anyKind) + "]"
	case 4:
		return g.name(recKind)
	case 5:
		return g.name(textKind)
	}
	return g.name(arrKind)
}

// expr is an expression that mostly is of a kind.
func (g *generator) expr(k kind) string {
	g.depth++
	defer func() { g.depth-- }()
	if k == anyKind {
		k = []kind{arrKind, arrKind, recKind, recKind, numKind, textKind, resKind, funKind, shpKind, boolKind}[g.pick(10)]
	}
	if g.pick(3) == 0 || g.depth > 7 {
		return g.atom(k)
	}
	switch g.pick(10) {
	case 1:
		return g.path(g.name(anyKind))
	case 2:
		return g.call(k)
	case 3:
		return g.expr(resKind) + "?"
	case 4:
		return g.name(k)
	}
	return g.made(k)
}

// made is an expression that makes a new value of a kind.
func (g *generator) made(k kind) string {
	switch k {
	case numKind:
		op := []string{"+", "-", "*", "/"}[g.pick(4)]
		return "(" + g.expr(numKind) + " " + op + " " + g.expr(numKind) + ")"
	case textKind:
		return "(" + g.expr(textKind) + " & " + g.expr(anyKind) + " & " + g.expr(anyKind) + ")"
	case boolKind:
		return g.condition()
	case arrKind:
		return "[" + g.expr(anyKind) + ", " + g.expr(anyKind) + "]"
	case recKind:
		return "{" + fields[g.pick(5)] + ": " + g.expr(anyKind) + ", " + fields[g.pick(5)] + ": " + g.expr(anyKind) + "}"
	case resKind:
		return []string{g.w("சரி"), g.w("சரி"), g.w("தவறு")}[g.pick(3)] + "(" + g.expr(anyKind) + ")"
	case funKind:
		return g.lambda()
	}
	if g.pick(3) == 1 {
		return "S{q: " + g.expr(arrKind) + ", .." + g.name(shpKind) + "}"
	}
	return "S{p: " + g.expr(numKind) + ", q: " + g.expr(arrKind) + "}"
}

func (g *generator) condition() string {
	switch g.pick(6) {
	case 1:
		return "(" + g.expr(boolKind) + " " + g.w("மற்றும்") + " " + g.expr(boolKind) + ")"
	case 2:
		return "(" + g.expr(boolKind) + " " + g.w("அல்லது") + " " + g.expr(boolKind) + ")"
	case 3:
		return "(" + g.atom(numKind) + " < " + g.name(numKind) + " <= " + g.atom(numKind) + ")"
	case 4:
		return g.w("இல்லை") + " " + g.atom(anyKind)
	}
	op := []string{"==", "!=", "<", "<=", ">", ">="}[g.pick(6)]
	switch g.pick(4) {
	case 1:
		return "(" + g.name(numKind) + " " + op + " " + numbers[g.pick(len(numbers))] + ")"
	case 2:
		return "(" + numbers[g.pick(len(numbers))] + " " + op + " " + g.expr(numKind) + ")"
	}
	k := []kind{numKind, textKind, arrKind, recKind, resKind}[g.pick(5)]
	return "(" + g.expr(k) + " " + op + " " + g.expr(k) + ")"
}

func (g *generator) atom(k kind) string {
	if g.pick(2) == 0 {
		if g.pick(30) == 1 {
			return "எங்குமில்லை"
		}
		return g.name(k)
	}
	switch k {
	case numKind:
		return []string{"", "", "", "-"}[g.pick(4)] + numbers[g.pick(len(numbers))]
	case textKind:
		return texts[g.pick(len(texts))]
	case boolKind:
		return []string{g.w("மெய்"), g.w("பொய்"), "இன்மை"}[g.pick(3)]
	case arrKind:
		return "[]"
	case recKind:
		return "{}"
	case funKind:
		return []string{"f0", "f1", "f2", g.w("நீளம்"), "S"}[g.pick(5)]
	}
	return g.name(k)
}

func (g *generator) lambda() string {
	outer := g.out
	g.out = strings.Builder{}
	params := []string{"u", "v"}[:[]int{1, 1, 0, 2}[g.pick(4)]]
	g.line("%s(%s) {", g.w("செயல்"), strings.Join(params, ", "))
	g.inBody(lambdaBody, append([]string{}, params...), 2)
	g.out.WriteString(strings.Repeat("  ", g.depth) + "}")
	text := strings.TrimLeft(g.out.String(), " ")
	g.out = outer
	return text
}

func (g *generator) call(k kind) string {
	one := "(" + g.expr(anyKind) + ")"
	switch g.pick(13) {
	case 1:
		return "f1(" + g.expr(arrKind) + ")"
	case 2:
		return "f2(" + g.expr(arrKind) + ", " + g.expr(numKind) + ")"
	case 3:
		return g.name(funKind) + one
	case 4:
		return g.name(anyKind) + "(" + g.expr(anyKind) + ", 1)"
	case 5:
		return g.w("இணை") + "(" + g.expr(arrKind) + ", " + g.expr(anyKind) + ")"
	case 6:
		return []string{"மதிப்பு", "தவறு_மதிப்பு", "சரியா", "தவறா"}[g.pick(4)] + "(" + g.expr(resKind) + ")"
	case 7:
		return []string{g.w("நீளம்"), "வகை", "வரிசையாக்கு", "சொல்லாக்கு"}[g.pick(4)] + "(" + g.expr(arrKind) + ")"
	case 8:
		return g.name(shpKind) + ".m" + one
	case 9:
		return "S." + []string{"s", "m"}[g.pick(2)] + "(" + g.expr(shpKind) + ")"
	case 10:
		return g.path(g.name(anyKind)) + one
	case 11:
		return "புலம்_அல்லது(" + g.expr(recKind) + ", \"p\", " + g.expr(k) + ")"
	case 12:
		return "தவறா(S(" + g.expr(recKind) + "))"
	}
	return "f0()"
}
