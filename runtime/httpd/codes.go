package httpd

// The codes of the HTTP words, of answers and of requests that are refused. The comment of each gives its error kind, its
// English text and its arguments; the bilingual catalogue in check/diag is built from it.
const (
	// CodeOutside (வலை): "'{0}' works only while a request is answered." {0} the word.
	CodeOutside = "E0366"

	// CodeCertFile: "The certificate file {0} cannot be read: {1}." {0} the file, {1} the reason.
	CodeCertFile = "E0540"
	// CodeNoPEM: "{0} holds no {1} in PEM." {0} the file, {1} CERTIFICATE or PRIVATE KEY.
	CodeNoPEM = "E0541"
	// CodeKeyPair: "The key {0} does not go with the certificate {1}: {2}." {0}, {1} the files, {2} the reason.
	CodeKeyPair = "E0542"
	// CodeDomain: "No certificate can be fetched for {0}: {1}." {0} the domain, {1} the reason.
	CodeDomain = "E0543"
	// CodeIssue: "The certificate of {0} could not be had from {1}: {2}." {0} the domain, {1} the directory, {2} the reason.
	CodeIssue = "E0544"
	// CodeCertEnded: "The certificate {0} ended on {1}." {0} the file or domain, {1} the time.
	CodeCertEnded = "E0545"
	// CodeCertEarly: "The certificate {0} begins on {1} only." {0} the file or domain, {1} the time.
	CodeCertEarly = "E0546"
	// CodeCertSoon: "The certificate {0} ends on {1}." {0} the file or domain, {1} the time.
	CodeCertSoon = "E0547"

	// CodeStatus (வலை): "A status is a whole number from 200 to 599, not {0}." {0} the status.
	CodeStatus = "E0460"
	// CodeHeaders (வலை): "The headers of an answer must be a record, but this is {0}." {0} the value's kind.
	CodeHeaders = "E0461"
	// CodeHeader (வலை): "The header '{0}' has a character that no header may have." {0} the header's name.
	CodeHeader = "E0462"
	// CodeFile (வலை): "The file of the answer cannot be read: {0}." {0} the file and the reason.
	CodeFile = "E0463"
	// CodeNoUpload (வலை): "The request has no uploaded file number {0}." {0} the number.
	CodeNoUpload = "E0477"

	// CodeCode (வலை): "In a gRPC route a status is a whole number from 0 to 16, not {0}." {0} the status.
	CodeCode = "E0400"
	// CodeCookie (வலை): "The cookie '{0}' cannot be set: {1}." {0} its name, {1} the reason.
	CodeCookie = "E0480"

	// CodePath (வலை): "The path is refused: {0}." {0} what is wrong with it.
	CodePath = "E0464"
	// CodeFraming (வலை): "The request says its length in two ways." No arguments.
	CodeFraming = "E0465"
	// CodeTooLong (வலை): "The body is longer than {0} bytes." {0} the limit.
	CodeTooLong = "E0466"
	// CodeTooMany (வலை): "The form has more than {0} fields." {0} the limit.
	CodeTooMany = "E0467"
	// CodeCut (வலை): "The body ended too early or is broken." No arguments.
	CodeCut = "E0468"
	// CodeSlow (வலை): "The body did not come in time." No arguments.
	CodeSlow = "E0469"
	// CodeEncoding (வலை): "Bodies in the encoding {0} are not read." {0} the Content-Encoding.
	CodeEncoding = "E0470"
	// CodeMedia (வலை): "Bodies of the type {0} are not read." {0} the Content-Type.
	CodeMedia = "E0485"
	// CodeBadForm (வலை): "The body is no form." No arguments.
	CodeBadForm = "E0471"
	// CodeBadMultipart (வலை): "The body is no multipart form: {0}." {0} the reason.
	CodeBadMultipart = "E0472"
	// CodeNotText (வலை): "The body is not UTF-8 from byte {0}." {0} the offset.
	CodeNotText = "E0473"
	// CodeTooSoon (வலை): "Too many requests; wait {0} seconds." {0} the seconds.
	CodeTooSoon = "E0481"

	// CodeConflict (அமைப்பு): "Two routes answer the same requests: {0} and {1}." {0}, {1} method and path.
	CodeConflict = "E0474"
	// CodeMethod (அமைப்பு): "Routes of the kind {0} are not available yet in this version." {0} the kind.
	CodeMethod = "E0475"
	// CodePattern (அமைப்பு): "The path '{0}' cannot be a route's: {1}." {0} the path, {1} the reason.
	CodePattern = "E0476"
	// CodePathText (அமைப்பு): "A route's path must be quoted text." No arguments.
	CodePathText = "E0478"
	// CodeGuards (அமைப்பு): "The guards of a route must be a list of quoted texts." No arguments.
	CodeGuards = "E0482"
	// CodeStatic (அமைப்பு): "The folder {0} cannot be served below '{1}': {2}." {0} the folder, {1} the path, {2} the reason.
	CodeStatic = "E0484"
	// CodeRouteOption (அமைப்பு): "'{0}' is no option of a route, or its value cannot be." {0} the option.
	CodeRouteOption = "E0483"
	// CodeSchedule (அமைப்பு): "The schedule needs a whole number of seconds, 1 or more." No arguments.
	CodeSchedule = "E0479"
)
