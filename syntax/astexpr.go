package syntax

import "github.com/etamil-lang/etamil/syntax/words"

// The same nodes in places that read them differently; every one of them is assignable to Expr or Stmt.
type (
	// HeadExpr is an expression in head mode: a bare call or name takes no { (language/grammar.md 4.4).
	HeadExpr interface{ Expr }
	// CondExpr is an expression up to its closing bracket.
	CondExpr interface{ Expr }
	// StmtExpr is an expression that stands as a statement: a call with a block ends it.
	StmtExpr interface{ Expr }
	// ElseBranch is what follows இன்றேல்: a *Block or an *IfStmt.
	ElseBranch interface{ Stmt }
)

// The expressions, which a hook reads by precedence climbing (expr.go).
type (
	// NameExpr is a variable, function, shape or word used as a value.
	NameExpr struct {
		Name
		// Word is the vocabulary's entry for the spelling, or nil; a program's own name still comes first.
		Word *words.Word
	}

	// NumberLit is a number or a percentage. Text is as written without the percent sign.
	NumberLit struct {
		Tok     Token
		Text    string
		Percent bool
	}

	// TextLit is quoted text; Value has its escapes decoded.
	TextLit struct {
		Tok   Token
		Value string
	}

	// ConstLit is மெய், பொய் or இன்மை; the token's kind tells which.
	ConstLit struct{ Tok Token }

	// ArrayLit is [E, …].
	ArrayLit struct {
		Open  Token
		Items []Expr
		Close Token
		end   int
	}

	// RecordLit is {key: E, …}, with a shape's name before it where Shape is set.
	RecordLit struct {
		Shape  *Name
		Open   Token
		Fields []*RecordField
		Spread Expr // ..E, or nil
		Close  Token
		end    int
	}

	// RecordField is one key: E of a record.
	RecordField struct {
		Key   *Name
		Value Expr
	}

	// UnaryExpr is -E (Op Minus) or இல்லை E (Op Not).
	UnaryExpr struct {
		Op Token
		X  Expr
	}

	// BinaryExpr is X Op Y for arithmetic, &, மற்றும் and அல்லது, and for a single comparison.
	BinaryExpr struct {
		Op   Token
		X, Y Expr
	}

	// CompareChain is a < b <= c: each operand is evaluated once, and all comparisons must hold.
	// len(Operands) == len(Ops)+1 ≥ 3.
	CompareChain struct {
		Operands []Expr
		Ops      []Token
	}

	// CallExpr is a call. Args holds the bracketed arguments and, last, a record or an implicit function value that
	// follows the brackets (Tail tells). Block is the body of a vocabulary word that takes one (services.md, shapes).
	CallExpr struct {
		Fn    Expr
		Open  Token // zero for a builder or block word without brackets
		Args  []Expr
		Close Token
		Tail  bool
		Block *Block
		end   int
	}

	// IndexExpr is X[I].
	IndexExpr struct {
		X, Index Expr
		end      int
	}

	// FieldExpr is X.Name. Name.Tok is zero while it is half typed.
	FieldExpr struct {
		X    Expr
		Dot  Token
		Name *Name
		// Word is the vocabulary's entry where the name is a service method or field (இணைப்பு.வினா), or nil.
		Word *words.Word
	}

	// TryExpr is X?.
	TryExpr struct {
		X     Expr
		Quest Token
	}

	// ParenExpr is (X).
	ParenExpr struct {
		Open  Token
		X     Expr
		Close Token
		end   int
	}

	// LambdaExpr is செயல்(params) [type] { }. Implicit marks a bare block that became a call's last argument
	// (services.md rule 1); it has no Kw and an empty signature.
	LambdaExpr struct {
		Kw       Token
		Sig      *Signature
		Body     *Block
		Implicit bool
	}

	// FaultyExpr is an expression that could not be read whole: X is what there is, never nil.
	FaultyExpr struct {
		X      Expr
		Faults []Fault
	}

	// BadExpr stands where an expression was expected and none was found. It has no width.
	BadExpr struct{ At int }
)
