package httpd

// The run-time codes of the HTTP words. The comment of each gives its error kind, its English text and its arguments;
// the bilingual catalogue in check/diag is built from it.
const (
	// CodeOutside (வலை): "'{0}' works only while a request is answered." {0} the word.
	CodeOutside = "E0366"
)
