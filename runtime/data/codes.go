package data

// The run-time codes of the database words. The comment of each gives its error kind, its English text and its
// arguments; the bilingual catalogue in check/diag is built from it.
const (
	// CodeFailed (தளம்): "The database refused: {0}." {0} the statement's beginning and the database's reason.
	CodeFailed = "E0360"
	// CodeNotConnected (தளம்): "There is no connection '{0}'; தளம்_இணை makes one." {0} the handle, or "" for the only one.
	CodeNotConnected = "E0361"
	// CodeSeveral (தளம்): "Several databases are connected ({0}); the statement must name one." {0} the handles.
	CodeSeveral = "E0362"
	// CodeDriver (தளம்): "Databases of the kind '{0}' are not available; சீகுலைட் is." {0} the kind.
	CodeDriver = "E0363"
	// CodeParams (வகை): "The parameters must be an array, but this is {0}." {0} the value's kind.
	CodeParams = "E0364"
	// CodeHandleTaken (தளம்): "The connection '{0}' is already open to another database." {0} the handle.
	CodeHandleTaken = "E0365"
)
