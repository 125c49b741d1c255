package grpc

// The codes of gRPC routes and calls. The comment of each gives its error kind, its English text and its arguments; the
// bilingual catalogue in check/diag is built from it.
const (
	// CodeName (அமைப்பு): "'{0}' names no gRPC method." {0} the name.
	CodeName = "E0401"
	// CodeList (அமைப்பு): "This cannot stand in the list of a gRPC route: {0}." {0} the item.
	CodeList = "E0402"
	// CodeField (அமைப்பு): "The field '{0}' of the shape {1} cannot go into a message: {2}." {0} the field, {1} its shape, {2} the reason.
	CodeField = "E0403"
	// CodeMessage (வகை): "The message does not follow {0}: {1}." {0} the message's type, {1} the place and the reason.
	CodeMessage = "E0404"
	// CodeOption (வகை): "The option '{0}' of a gRPC call cannot be {1}." {0} the option, {1} the value.
	CodeOption = "E0405"
	// CodeDescriptors (அமைப்பு): "The gRPC descriptors cannot be made: {0}." {0} the reason.
	CodeDescriptors = "E0406"
)
