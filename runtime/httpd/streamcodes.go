package httpd

// The codes of what streams and sockets refuse. Their texts are in check/diag.
const (
	// CodeStreamTwice (வலை): "The request is already answered by a stream." No arguments.
	CodeStreamTwice = "E0410"
	// CodeNoStream (வலை): "'{0}' works only in the block of பதில்_ஓடை or in a வழி ஓடை." {0} the word.
	CodeNoStream = "E0411"
	// CodeNoSocket (வலை): "'{0}' works only in a வழி சாக்கெட்." {0} the word.
	CodeNoSocket = "E0412"
	// CodeEventLine (வலை): "The {0} of an event must stand on one line: {1}." {0} name or id, {1} the text.
	CodeEventLine = "E0413"
	// CodeStreamOption (வலை): "The option '{0}' cannot be {1}." {0} the option, {1} the value.
	CodeStreamOption = "E0414"
	// CodeSocketClosed (வலை): "The program has closed the socket already." No arguments.
	CodeSocketClosed = "E0415"
	// CodeCloseCode (வலை): "A socket cannot be closed with {0}." {0} the code.
	CodeCloseCode = "E0416"
	// CodeCloseReason (வலை): "The reason of a close has {0} bytes; it may have 123." {0} the number of bytes.
	CodeCloseReason = "E0417"
	// CodeNotBytes (வலை): "Bytes are an array of whole numbers from 0 to 255." No arguments.
	CodeNotBytes = "E0418"
	// CodeBodiless (வலை): "An answer with status {0} has no body that could be streamed." {0} the status.
	CodeBodiless = "E0419"
)
