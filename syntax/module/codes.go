package module

// The codes of this package's faults; the texts are in check/diag.
const (
	// NoEntry: "there is no file '{0}'"; {0} the path.
	NoEntry = "E0201"
	// NoImport: "the imported file '{0}' was not found; looked in: {1}"; {0} the path as written, {1} the folders.
	NoImport = "E0202"
	// IsFolder: "'{0}' is a folder; a program file is needed"; {0} the path.
	IsFolder = "E0203"
	// NoPermission: "there is no permission to read '{0}'"; {0} the path.
	NoPermission = "E0204"
	// Unreadable: "'{0}' cannot be read: {1}"; {0} the path, {1} the system's reason.
	Unreadable = "E0205"
	// SameFunction: "two imported files define the function '{0}': {1} and {2}".
	SameFunction = "E0206"
	// TooMany: "more than {0} files are imported; '{1}' was not"; {0} the limit, {1} the path as written.
	TooMany = "E0208"
	// Stopped: "loading '{0}' was stopped: {1}"; {0} the path, {1} the reason of the context.
	Stopped = "E0209"
	// NoPath: "இறக்கு needs the name of a file, but it is empty".
	NoPath = "E0210"
)
