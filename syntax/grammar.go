package syntax

import (
	"io"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The grammar is the tags of the tree's own structs (ast.go). This file holds the productions that differ from a node,
// the catalogue of all of them, and the parsers that participle builds from it.

type (
	// nameFirst is a declaration with the name before its type; it becomes a VarDecl.
	nameFirst struct {
		Fixed bool  `parser:"@KwConst?"`
		Name  *Name `parser:"@@ Colon"`
		Type  *Type `parser:"@@"`
		Init  Expr  `parser:"(Assign @@)? Semi"`
		stmtNode
	}

	// constDecl is a fixed binding without a type; it becomes a VarDecl.
	constDecl struct {
		Fixed bool  `parser:"@KwConst"`
		Name  *Name `parser:"@@"`
		Init  Expr  `parser:"Assign @@ Semi"`
		stmtNode
	}

	// command is a vocabulary word with operands and perhaps a block; it becomes a WordStmt.
	command struct {
		Tok  Token      `parser:"@Word"`
		Args []HeadExpr `parser:"@@ (Comma @@)* Comma?"`
		Body *Block     `parser:"(@@ Semi? | Semi)"`
		stmtNode
	}

	// blockWord is a vocabulary word with nothing but a block; it becomes a WordStmt.
	blockWord struct {
		Tok  Token  `parser:"@Word"`
		Body *Block `parser:"@@ Semi?"`
		stmtNode
	}

	// stmtNode makes a production a Stmt until it has become a node of the tree.
	stmtNode struct{}

	// catalog is the root of the grammar: any statement.
	catalog struct {
		S Stmt `parser:"@@"`
	}
)

// Span is empty: a stmtNode never reaches the tree.
func (stmtNode) Span() Span { return Span{} }
func (stmtNode) stmt()      {}

// parsers holds one participle parser for each production; they share one grammar.
type parsers struct {
	catalog    *participle.Parser[catalog]
	imports    *participle.Parser[ImportStmt]
	function   *participle.Parser[FuncDecl]
	shape      *participle.Parser[ShapeDecl]
	variable   *participle.Parser[VarDecl]
	nameFirst  *participle.Parser[nameFirst]
	constant   *participle.Parser[constDecl]
	assign     *participle.Parser[AssignStmt]
	expr       *participle.Parser[ExprStmt]
	returns    *participle.Parser[ReturnStmt]
	cond       *participle.Parser[IfStmt]
	while      *participle.Parser[WhileStmt]
	each       *participle.Parser[EachStmt]
	print      *participle.Parser[PrintStmt]
	input      *participle.Parser[InputStmt]
	respond    *participle.Parser[RespondStmt]
	json       *participle.Parser[JSONStmt]
	route      *participle.Parser[RouteStmt]
	every      *participle.Parser[EveryStmt]
	file       *participle.Parser[FileStmt]
	connect    *participle.Parser[ConnectStmt]
	disconnect *participle.Parser[DisconnectStmt]
	query      *participle.Parser[QueryStmt]
	exec       *participle.Parser[ExecStmt]
	server     *participle.Parser[ServerStmt]
	try        *participle.Parser[TryStmt]
	retry      *participle.Parser[RetryStmt]
	timeout    *participle.Parser[TimeoutStmt]
	command    *participle.Parser[command]
	blockWord  *participle.Parser[blockWord]
}

// production answers the parser of one production; the catalogue is complete, or the tests fail.
func production[P any](c *participle.Parser[catalog]) *participle.Parser[P] {
	p, err := participle.ParserForProduction[P](c)
	if err != nil {
		panic(err)
	}
	return p
}

// built holds the parsers once they are made. sync.OnceValue cannot hold them: its function would use the hooks, the
// hooks dispatch, and dispatch the parsers, which Go takes for a cycle of initialisation.
var built struct {
	once sync.Once
	all  *parsers
}

// grammar builds the parsers on first use.
func grammar() *parsers {
	built.once.Do(func() { built.all = build() })
	return built.all
}

func build() *parsers {
	c := participle.MustBuild[catalog](
		participle.Lexer(newDefinition()), participle.UseLookahead(1),
		participle.ParseTypeWith(parseExpr), participle.ParseTypeWith(parseHead), participle.ParseTypeWith(parseCond),
		participle.ParseTypeWith(parseStmtExpr), participle.ParseTypeWith(parseElse),
		participle.Union[Stmt](&ImportStmt{}, &FuncDecl{}, &ShapeDecl{}, &VarDecl{}, &nameFirst{}, &constDecl{},
			&AssignStmt{}, &ExprStmt{}, &ReturnStmt{}, &IfStmt{}, &WhileStmt{}, &EachStmt{}, &PrintStmt{}, &InputStmt{},
			&RespondStmt{}, &JSONStmt{}, &RouteStmt{}, &EveryStmt{}, &FileStmt{}, &ConnectStmt{}, &DisconnectStmt{},
			&QueryStmt{}, &ExecStmt{}, &TableStmt{}, &ServerStmt{}, &TryStmt{}, &RetryStmt{}, &TimeoutStmt{}, &command{},
			&blockWord{}))
	return &parsers{
		c, production[ImportStmt](c), production[FuncDecl](c), production[ShapeDecl](c), production[VarDecl](c),
		production[nameFirst](c), production[constDecl](c), production[AssignStmt](c), production[ExprStmt](c),
		production[ReturnStmt](c), production[IfStmt](c), production[WhileStmt](c), production[EachStmt](c),
		production[PrintStmt](c), production[InputStmt](c), production[RespondStmt](c), production[JSONStmt](c),
		production[RouteStmt](c), production[EveryStmt](c), production[FileStmt](c), production[ConnectStmt](c),
		production[DisconnectStmt](c), production[QueryStmt](c), production[ExecStmt](c), production[ServerStmt](c),
		production[TryStmt](c), production[RetryStmt](c), production[TimeoutStmt](c), production[command](c),
		production[blockWord](c),
	}
}

var trailing = participle.AllowTrailing(true)

// node is a production as a pointer to its struct.
type node[P any] interface {
	*P
	Stmt
}

// run reads one production. What was read before an error comes back with it.
func run[P any, N node[P]](p *participle.Parser[P], lex *lexer.PeekingLexer) (Stmt, error) {
	v, err := p.ParseFromLexer(lex, trailing)
	if v == nil {
		return nil, err
	}
	return N(v), err
}

// definition tells participle the names of the token kinds. Tokens come from Lex.
type definition struct{ kinds map[string]Kind }

func newDefinition() definition {
	d := definition{map[string]Kind{"EOF": EOF}}
	for k, name := range kindNames {
		if name != "" {
			d.kinds[name] = Kind(k)
		}
	}
	return d
}

// Symbols names the kinds for the grammar's tags. It is asked for each of their references, so the map is made once.
func (d definition) Symbols() map[string]Kind { return d.kinds }

// Lex lets participle read a source by itself; Parse does not use it.
func (definition) Lex(_ string, r io.Reader) (lexer.Lexer, error) {
	src, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	tokens, _ := Lex(string(src))
	return &sliceLexer{tokens}, nil
}

// sliceLexer hands out tokens one by one, the end token for ever.
type sliceLexer struct{ rest []Token }

// Next answers the next token.
func (s *sliceLexer) Next() (Token, error) {
	t := s.rest[0]
	if !t.EOF() {
		s.rest = s.rest[1:]
	}
	return t, nil
}
