package host

// Codes of the run-time errors that the words of this package make. The templates live in check/diag; {0} is always
// the word's Tamil name.
const (
	// CodeNeedsArray (kind வகை): "{0}: argument {1} must be an array, but it is {2}"; {1} counts from 1.
	CodeNeedsArray = "E0370"
	// CodeNeedsRecord (kind வகை): "{0}: argument {1} must be a record, but it is {2}".
	CodeNeedsRecord = "E0371"
	// CodeNeedsResult (kind வகை): "{0}: argument {1} must be a result (சரி or தவறு), but it is {2}".
	CodeNeedsResult = "E0372"
	// CodeNoLength (kind வகை): "{0}: {1} has no length; only an array, a record and text have one".
	CodeNoLength = "E0373"
	// CodeUnwrapErr (kind பொது): "{0}: there is no value, the result is தவறு({1})"; {1} is the inner display text.
	CodeUnwrapErr = "E0374"
	// CodeUnwrapOk (kind பொது): "{0}: there is no error, the result is சரி({1})".
	CodeUnwrapOk = "E0375"
	// CodeBadPlaces (kind கணிதம்): "{0}: the number of places must be 0 or more, but it is {1}".
	CodeBadPlaces = "E0376"
	// CodeBadDate (kind பொது): "{0}: \"{1}\" is not a date; write YYYY-MM-DD with month 1 to 12 and day 1 to 31".
	CodeBadDate = "E0377"
	// CodeNoClock (kind அமைப்பு): "{0}: the system clock cannot be read, or stands before 1970".
	CodeNoClock = "E0378"
	// CodeBadByte (kind அட்டவணை): "{0}: item {1} is {2}; a byte is a whole number from 0 to 255"; {1} counts from 0.
	CodeBadByte = "E0379"
	// CodeEmptyPassphrase (kind பொது): "{0}: the passphrase is empty".
	CodeEmptyPassphrase = "E0380"
	// CodeNoRandomness (kind அமைப்பு): "{0}: the system gave no random bytes: {1}"; {1} is the system's reason.
	CodeNoRandomness = "E0381"
	// CodeBadCount (kind எல்லை): "{0}: the count must be a whole number from 1 to 1024, but it is {1}".
	CodeBadCount = "E0382"
	// CodeFileFailed (kind கோப்பு): "{0}: file \"{1}\": {2}"; {2} is the system's reason. Here {0} is the statement.
	CodeFileFailed = "E0383"
	// CodeFileNotText (kind கோப்பு): "{0}: file \"{1}\" is not UTF-8 text (byte {2})"; {2} counts from 0.
	CodeFileNotText = "E0384"
	// CodeDateRange (kind எல்லை): "{0}: {1} and {2} days is outside the calendar (years 0 to 999999)".
	CodeDateRange = "E0385"
	// CodeUnknownRule (kind பெயர்): "{0}: there is no rule \"{1}\"; the rules are {2}".
	CodeUnknownRule = "E0386"
	// CodeTooLarge (kind எல்லை): "{0}: the result would be larger than a text can be".
	CodeTooLarge = "E0387"
	// CodeInput (kind கோப்பு): "{0}: the input cannot be read: {1}"; {1} is the system's reason.
	CodeInput = "E0388"
	// CodeJSONBody (kind வகை): "{0}: the body must be text, but it is {1}"; {1} is the kind.
	CodeJSONBody = "E0389"
	// CodeBadRow (kind வகை): "{0}: rows must all be arrays or all records, but row {1} is {2}"; {1} counts from 0.
	CodeBadRow = "E0390"
	// CodeBadSeparator (kind பொது): "{0}: the separator must be one character, no quote and no line end, but it is \"{1}\"".
	CodeBadSeparator = "E0391"
	// CodeBadSeconds (kind எல்லை): "{0}: the time limit must be above 0 and at most {2} seconds, but it is {1}".
	CodeBadSeconds = "E0392"
)
