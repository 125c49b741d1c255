package syntax

import "github.com/etamil-lang/etamil/syntax/words"

// The statements. Their tags are the grammar: participle builds one parser from them (grammar.go).
type (
	// ImportStmt is இறக்கு "path";
	ImportStmt struct {
		Kw   Token    `parser:"@KwImport"`
		Path *TextLit `parser:"@@ Semi"`
		end  int
	}

	// FuncDecl is a named செயல், at the top level, in a block or in a shape.
	FuncDecl struct {
		Background bool       `parser:"@KwAsync?"` // பின்னணி செயல்
		Kw         Token      `parser:"@KwFunction"`
		Name       *Name      `parser:"@@"`
		Sig        *Signature `parser:"@@"`
		Body       *Block     `parser:"@@ Semi?"`
		first      int        // where பின்னணி stands
		end        int
	}

	// ShapeDecl is வடிவம் NAME[T, …] { members }.
	ShapeDecl struct {
		Kw         Token        `parser:"@KwShape"`
		Name       *Name        `parser:"@@"`
		TypeParams []*Name      `parser:"(LBrack @@ (Comma @@)* Comma? RBrack)?"`
		Fields     []*FieldDecl `parser:"LBrace ( @@"`
		Methods    []*FuncDecl  `parser:"| @@ Comma? )*"`
		Close      Token        `parser:"@RBrace Semi?"`
		Faults     []Fault
		end        int
	}

	// FieldDecl is one field of a shape.
	FieldDecl struct {
		Type *Type // nil when none was written
		Name *Name // nil where a field should stand and something else does
		Rule Expr  // விதி (…), or nil
		// Faults are what is wrong with the field or stands in its place.
		Faults []Fault
		at     Span
	}

	// VarDecl declares a variable: [நிலை] [TYPE] NAME [= E]; in either order of name and type. A plain NAME = E is an
	// AssignStmt and a plain NAME; an ExprStmt.
	VarDecl struct {
		First Token // the first token of the statement
		Fixed bool  `parser:"@KwConst?"`
		Type  *Type `parser:"@@"`
		Name  *Name `parser:"@@"`
		Init  Expr  `parser:"(Assign @@)? Semi"` // nil stores the number 0
		end   int
	}

	// AssignStmt is TARGET = E; where TARGET is a name, or fields and elements of one at any depth.
	AssignStmt struct {
		Target Expr `parser:"@@"`
		Value  Expr `parser:"Assign @@ Semi"`
		end    int
	}

	// ExprStmt is an expression used as a statement. A bare NAME; stores the number 0 in that variable, except as the
	// last statement of a block that answers a value (services.md, shapes).
	ExprStmt struct {
		X   StmtExpr `parser:"@@"`
		end int
	}

	// ReturnStmt is திரும்பு [E];
	ReturnStmt struct {
		Kw    Token `parser:"@KwReturn"`
		Value Expr  `parser:"@@? Semi"`
		end   int
	}

	// IfStmt is ( E ) எனில் { } with an optional இன்றேல்: Else is nil, a *Block or an *IfStmt.
	IfStmt struct {
		Open Token      `parser:"@LParen"`
		Cond CondExpr   `parser:"@@"`
		Then *Block     `parser:"KwIf @@"`
		Else ElseBranch `parser:"@@? Semi?"`
		end  int
	}

	// WhileStmt is ( E ) சுற்று { }.
	WhileStmt struct {
		Open Token    `parser:"@LParen"`
		Cond CondExpr `parser:"@@"`
		Body *Block   `parser:"KwLoop @@ Semi?"`
		end  int
	}

	// EachStmt is ஒவ்வொரு NAME இல் E { }.
	EachStmt struct {
		Kw   Token    `parser:"@KwForEach"`
		Var  *Name    `parser:"@@"`
		In   HeadExpr `parser:"KwIn @@"`
		Body *Block   `parser:"@@ Semi?"`
		end  int
	}

	// BreakStmt is நிறுத்து; alone inside a loop (services.md rule 7).
	BreakStmt struct {
		Tok Token
		end int
	}

	// ContinueStmt is தொடர்; alone inside a loop.
	ContinueStmt struct {
		Tok Token
		end int
	}

	// PrintStmt is அச்சு E;
	PrintStmt struct {
		Kw  Token `parser:"@KwPrint"`
		X   Expr  `parser:"@@ Semi"`
		end int
	}

	// InputStmt is உள்ளிடு E;
	InputStmt struct {
		Kw     Token `parser:"@KwInput"`
		Target Expr  `parser:"@@ Semi"`
		end    int
	}

	// RespondStmt is பதில் STATUS, BODY[, HEADERS];
	RespondStmt struct {
		Kw      Token `parser:"@KwResponse"`
		Status  Expr  `parser:"@@"`
		Body    Expr  `parser:"Comma @@"`
		Headers Expr  `parser:"(Comma @@)? Semi"`
		end     int
	}

	// JSONStmt is ஜேசான்_உரை TEXT[, STATUS];
	JSONStmt struct {
		Kw     Token `parser:"@KwJSONBody"`
		Body   Expr  `parser:"@@"`
		Status Expr  `parser:"(Comma @@)? Semi"`
		end    int
	}

	// RouteStmt is வழி METHOD, PATH[, GUARDS[, OPTIONS]] { }.
	RouteStmt struct {
		Kw      Token    `parser:"@KwRoute"`
		Method  Token    `parser:"@~(Comma | Semi | LBrace | RBrace | LParen | RParen)"`
		Path    HeadExpr `parser:"Comma @@"`
		Guards  HeadExpr `parser:"(Comma (@@"`
		Options HeadExpr `parser:"(Comma @@?)?)?)?"`
		Body    *Block   `parser:"@@ Semi?"`
		end     int
	}

	// EveryStmt is இடைவெளி SECONDS { }.
	EveryStmt struct {
		Kw      Token    `parser:"@KwEvery"`
		Seconds HeadExpr `parser:"@@"`
		Body    *Block   `parser:"@@ Semi?"`
		end     int
	}

	// FileStmt is one of the six file and CSV statements; Kw's kind tells which.
	FileStmt struct {
		Kw   Token `parser:"@(KwFileOpen | KwFileClose | KwFileRead | KwFileWrite | KwReadCSV | KwWriteCSV)"`
		Path Expr  `parser:"@@"`
		Arg  Expr  `parser:"(Comma @@)? Semi"` // what is written, or the mode of கோப்பு_திற
		Into *Name // where a read goes: the statement's second operand
		end  int
	}

	// ConnectStmt is தளம்_இணை DRIVER, CONNECTION[, HANDLE];
	ConnectStmt struct {
		Kw     Token `parser:"@KwDBConnect"`
		Driver Token `parser:"@~(Comma | Semi | LBrace | RBrace)"` // a database word, or text
		DSN    Expr  `parser:"Comma @@"`
		Handle Token `parser:"(Comma @~(Comma | Semi | RBrace))? Semi"` // zero when the statement names none
		end    int
	}

	// DisconnectStmt is தளம்_பிரி HANDLE;
	DisconnectStmt struct {
		Kw     Token `parser:"@KwDBDisconnect"`
		Handle Token `parser:"@~(Comma | Semi | RBrace) Semi"`
		end    int
	}

	// QueryStmt is தளம்_வினா SQL, PARAMS, NAME[, HANDLE];
	QueryStmt struct {
		Kw     Token `parser:"@KwDBQuery"`
		SQL    Expr  `parser:"@@"`
		Params Expr  `parser:"Comma @@"`
		Into   *Name `parser:"Comma @@"`
		Handle Token `parser:"(Comma @~(Comma | Semi | RBrace))? Semi"`
		end    int
	}

	// ExecStmt is தளம்_செய் SQL, PARAMS[, HANDLE];
	ExecStmt struct {
		Kw     Token `parser:"@KwDBExecute"`
		SQL    Expr  `parser:"@@"`
		Params Expr  `parser:"Comma @@"`
		Handle Token `parser:"(Comma @~(Comma | Semi | RBrace))? Semi"`
		end    int
	}

	// TableStmt is one of the five table statements that the core language parses and never runs.
	TableStmt struct {
		Kw     Token
		Names  []*Name
		Args   []Expr
		Faults []Fault
		end    int
	}

	// ServerStmt is வழங்கி_தொடங்கு HOST, PORT; or வழங்கி_நிறுத்து [GRACE];
	ServerStmt struct {
		Kw   Token  `parser:"@(KwStartServer | KwStopServer)"`
		Args []Expr `parser:"(@@ (Comma @@)*)? Semi"`
		end  int
	}

	// TryStmt is முயல் { } [பிழை [(NAME)] { }] [இறுதியில் { }].
	TryStmt struct {
		Kw      Token  `parser:"@KwTry"`
		Body    *Block `parser:"@@"`
		CatchKw Token  `parser:"(@KwCatch"`
		Var     *Name  `parser:"(LParen @@ RParen)?"`
		Catch   *Block `parser:"@@)?"`                  // nil without a பிழை
		Finally *Block `parser:"(KwFinally @@)? Semi?"` // nil without an இறுதியில்
		Faults  []Fault
		end     int
	}

	// RetryStmt is ( TIMES[, OPTIONS] ) மீள்முயல் { }.
	RetryStmt struct {
		Open    Token  `parser:"@LParen"`
		Times   Expr   `parser:"@@"`
		Options Expr   `parser:"(Comma @@?)?"`
		Body    *Block `parser:"RParen KwRetry @@ Semi?"`
		end     int
	}

	// TimeoutStmt is ( MILLISECONDS ) காலவரம்பு { }.
	TimeoutStmt struct {
		Open   Token    `parser:"@LParen"`
		Millis CondExpr `parser:"@@"`
		Body   *Block   `parser:"KwTimeout @@ Semi?"`
		end    int
	}

	// WordStmt is a vocabulary word that is a statement or a declaration with a block: மெட்ரிக்_எண் "x", 1;
	// சோதனை "…" { }. A word with a value is a CallExpr in an ExprStmt instead.
	WordStmt struct {
		Tok  Token
		Word *words.Word
		Args []Expr
		Body *Block // nil without one
		// Faults tell of a block that is missing or that the word does not take.
		Faults []Fault
		end    int
	}

	// BadStmt is source that is no statement; its faults say why.
	BadStmt struct {
		First  Token
		Faults []Fault
		// Partial is what could be read before the fault, or nil.
		Partial Stmt
		end     int
	}
)
