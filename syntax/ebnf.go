package syntax

import (
	"regexp"
	"strconv"
	"strings"
)

// hookRules are the rules of what is read by hooks, which participle cannot print.
const hookRules = `(* Read by hooks: these rules are written by hand. *)

File        = Stmt* .
Block       = "{" Stmt* "}" .
Name        = name | text .
TextLit     = text .
Type        = ( type | "செயல்" | name ) ( "[" Type ( "," Type )* "]" )? .
Signature   = "(" ( Param ( "," Param )* ","? )? ")" ":"? Type? .
Param       = "நிலை"? Type? name | name ":" Type .
FieldDecl   = ( Type? name | name ":" Type ) ( "விதி" "(" CondExpr )? ","? .
TableStmt   = ( ( "தளம்_செருக" | "தளம்_நீக்கு" | "அட்டை_ஆக்கு" ) Name "," Expr
            | "தளம்_புதுப்பி" Name "," Expr ( "," Expr )?
            | "தேர்வெடு" Name ( "," Name )* "இதனில்" Name ( "விதி" Expr )? ) ";" .
ElseBranch  = "இன்றேல்" ( Block | "(" CondExpr "எனில்" Block ElseBranch? ) .

(* An expression; with its closing bracket; in head position, where a bare name or call takes no "{"; as a
   statement, where a call with a block needs no ";". *)
CondExpr    = Expr ","? ")" .
HeadExpr    = Expr .
StmtExpr    = Expr ";" | BlockCall ";"? .
Expr        = And ( "அல்லது" And )* .
And         = Not ( "மற்றும்" Not )* .
Not         = "இல்லை"* Comparison .
Comparison  = Sum ( ( "==" | "!=" | "<" | ">" | "<=" | ">=" ) Sum )* .
Sum         = Product ( ( "+" | "-" | "&" ) Product )* .
Product     = Unary ( ( "*" | "/" ) Unary )* .
Unary       = ( "-" | "இல்லை" )* Postfix .
Postfix     = Primary ( Call | "[" Expr "]" | "." ( anyword | text ) | "?" )* .
Call        = "(" ( Expr ( "," Expr )* ","? )? ")" ( Record | Block )? .
BlockCall   = Postfix .
Primary     = number | percent | text | "மெய்" | "பொய்" | "இன்மை" | "கோரிக்கை"
            | name ( Record | Block )? | ( "பாதை_அளவுரு" | "தளம்_வினா" ) Call
            | word HeadExpr ( "," HeadExpr )* Block
            | "[" ( Expr ( "," Expr )* ","? )? "]" | Record | "(" Expr ")"
            | "செயல்" Signature Block .
Record      = "{" ( Field ( "," Field )* )? ( ","? ".." Expr )? ","? "}" .
Field       = ( anyword | text ) ":" Expr .

(* BreakStmt and ContinueStmt are the names நிறுத்து and தொடர் alone before ";" in a loop. Whether a "{" after a word
   is a record or a block is told by the word's shape in the vocabulary; after any other name it is a record when it
   is empty or starts with ".." or with a key and ":". A chain of comparisons takes only names, literals, fields and
   elements in its middle. *)

(* Tokens: name = [A-Za-z_ and the Tamil block] followed by those and digits, no reserved word; word = a name of the
   vocabulary's service words; anyword = any name or reserved word; type = எண் பின்னம் சொல் ஈர்ம உரை அணி தரவு பொருள்
   தேதி; number = [0-9]+ ( "." [0-9]+ )?; percent = number "%"; text = '"' ( [^"\] | "\" . )* '"'. *)
`

// terminal finds a token in the grammar text that participle prints.
var terminal = regexp.MustCompile(`<([a-z]+)>`)

// classTerminals are the tokens that stand for many spellings.
var classTerminals = map[Kind]string{
	Ident: "name", Word: "word", Number: "number", Percent: "percent", Text: "text",
}

// EBNF prints the grammar: the statements as participle knows them from the tags of the tree, and the rules of the
// hooks. docs/grammar.ebnf is this text.
func EBNF() string {
	text := grammar().catalog.String()
	text = terminal.ReplaceAllStringFunc(text, func(t string) string {
		k := kindsByName()[t[1:len(t)-1]]
		if s, ok := classTerminals[k]; ok {
			return s
		}
		if s, ok := punctuation[k]; ok {
			return strconv.Quote(s)
		}
		spelling, _, _ := strings.Cut(Symbol(k), " ")
		return `"` + spelling + `"`
	})
	_, text, _ = strings.Cut(text, "\n") // the catalogue itself
	return "(* The grammar of eTamil, printed by syntax.EBNF from the tags of the tree's structs. *)\n\n" +
		text + "\n\n" + hookRules
}
