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
	// CodeDriver (தளம்): "Databases of the kind '{0}' are not available yet; சீகுலைட் is." {0} the kind.
	CodeDriver = "E0363"
	// CodeParams (வகை): "The parameters must be an array, but this is {0}." {0} the value's kind.
	CodeParams = "E0364"
	// CodeHandleTaken (தளம்): "The connection '{0}' is already open to another database." {0} the handle.
	CodeHandleTaken = "E0365"

	// CodeLocked (தளம்): "The database {0} is locked: another program or run is writing." {0} the file.
	CodeLocked = "E0430"
	// CodeCorrupt (தளம்): "{0} is damaged, or no SQLite database: {1}." {0} the file, {1} the reason.
	CodeCorrupt = "E0431"
	// CodeReadOnly (தளம்): "The database {0} cannot be written: the file or its folder is read-only." {0} the file.
	CodeReadOnly = "E0432"
	// CodeNoFolder (தளம்): "The database {0} cannot be made: there is no folder {1}." {0} the file, {1} the folder.
	CodeNoFolder = "E0433"
	// CodeCannotOpen (தளம்): "The database {0} cannot be opened: {1}." {0} the file, {1} the reason.
	CodeCannotOpen = "E0434"
	// CodeFull (தளம்): "The disk is full: the database {0} was not changed." {0} the file.
	CodeFull = "E0435"
	// CodeDisk (தளம்): "The disk failed while the database {0} was used: {1}." {0} the file, {1} the reason.
	CodeDisk = "E0436"
	// CodeParamCount (தளம்): "The statement has {0} places for values (?), and the number of values given is {1}." {0}, {1} the counts.
	CodeParamCount = "E0437"
	// CodeSyntax (தளம்): "Wrong SQL: {0}, in: {1}." {0} the database's reason, {1} the SQL from the fault on.
	CodeSyntax = "E0438"
	// CodeNoTable (தளம்): "There is no table '{0}' in {1}." {0} the table, {1} the file.
	CodeNoTable = "E0439"
	// CodeNoColumn (தளம்): "There is no column '{0}', in: {1}." {0} the column, {1} the SQL from the fault on.
	CodeNoColumn = "E0440"
	// CodeOneStatement (தளம்): "One statement at a time; this follows the first: {0}." {0} the rest of the SQL.
	CodeOneStatement = "E0441"
	// CodeNotUnique (தளம்): "There is such a row already: {0} must be unique." {0} the columns.
	CodeNotUnique = "E0442"
	// CodeNotNull (தளம்): "{0} must have a value." {0} the column.
	CodeNotNull = "E0443"
	// CodeCheck (தளம்): "The table's rule does not hold: {0}." {0} the CHECK, by its name or text.
	CodeCheck = "E0444"
	// CodeForeignKey (தளம்): "A row refers to another one that is not there (FOREIGN KEY)." No arguments.
	CodeForeignKey = "E0445"
	// CodeConstraint (தளம்): "The table does not allow this: {0}." {0} the database's reason.
	CodeConstraint = "E0446"
	// CodeNoLease (தளம்): "No connection to {0} became free within {1} seconds." {0} the file, {1} the time.
	CodeNoLease = "E0447"
	// CodeTooBig (தளம்): "A text or row is too large for the database {0}." {0} the file.
	CodeTooBig = "E0448"
	// CodeTransaction (தளம்): "Transactions: {0}." {0} the database's reason.
	CodeTransaction = "E0449"
	// CodeSum (கணிதம்): "The sum does not fit: more than 28 digits." No arguments.
	CodeSum = "E0450"
	// CodeUndone (தளம்): "An earlier error undid the whole transaction." No arguments.
	CodeUndone = "E0451"
	// CodeIsFolder (தளம்): "The database {0} cannot be opened: it is a folder." {0} the path.
	CodeIsFolder = "E0452"
	// CodeNoPermission (தளம்): "The database {0} cannot be opened: permission denied." {0} the file.
	CodeNoPermission = "E0453"
	// CodePoolClosed (தளம்): "{0} lends no connections any more: it was closed." {0} the file.
	CodePoolClosed = "E0454"
	// CodeNotPool (வகை): "A pool is needed here, but this is {0}." {0} the value's kind.
	CodeNotPool = "E0455"
	// CodePoolOption (வகை): "The option '{0}' of a pool cannot be {1}." {0} the option, {1} the value.
	CodePoolOption = "E0456"
	// CodeNotLent (தளம்): "The connection was lent only to its block." No arguments.
	CodeNotLent = "E0457"
	// CodePoolHeld (தளம்): "This run itself has the connections to {0} that it would wait for." {0} the file.
	CodePoolHeld = "E0458"
)
