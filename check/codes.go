package check

// The codes of the core language's static errors (language/grammar.md 5); the texts are in check/diag. A type is written
// as "எண் (eN, a number)", what was found as "ஒரு சொல் (a string)".
const (
	// CodeInit: the initializer is not of the declared type. {0} the name, {1} the type, {2} what was found.
	CodeInit = "E0101"
	// CodeAssign: a later assignment is not of the declared type. {0} the name, {1} the type, {2} what was found.
	CodeAssign = "E0102"
	// CodeNoInit: a declaration without a value stores 0, which is not of the declared type. {0} the name, {1} the type,
	// {2} what 0 is.
	CodeNoInit = "E0103"
	// CodeArgument: a call passes a value of another type. {0} the function, {1} the parameter, {2} its type, {3} what was
	// found.
	CodeArgument = "E0104"
	// CodeReturn: a returned value is of another type. {0} the function, {1} the type, {2} what was found.
	CodeReturn = "E0105"
	// CodeFixed: a fixed name is assigned again. {0} the name.
	CodeFixed = "E0106"
	// CodeFixedTarget: a fixed name is the target of another statement. {0} the name, {1} the statement's word.
	CodeFixedTarget = "E0107"
	// CodeFixedPart: an element or field of a fixed name is changed. {0} the name.
	CodeFixedPart = "E0108"
	// CodeFixedTwice: a name is bound with நிலை twice in a scope. {0} the name.
	CodeFixedTwice = "E0109"
	// CodeFixedLate: a name is bound with நிலை after it was an ordinary variable. {0} the name.
	CodeFixedLate = "E0110"
	// CodeShapeTwice: a shape is declared twice. {0} the shape.
	CodeShapeTwice = "E0111"
	// CodeShapeFunction: a shape has the name of a function. {0} the shape.
	CodeShapeFunction = "E0112"
	// CodeShapeNested: a shape is not declared at the top level. {0} the shape.
	CodeShapeNested = "E0113"
	// CodeFieldTwice: a field is declared twice. {0} the shape, {1} the field.
	CodeFieldTwice = "E0114"
	// CodeMethodTwice: a method is declared twice. {0} the shape, {1} the method.
	CodeMethodTwice = "E0115"
	// CodeFieldMethod: a field and a method have one name. {0} the shape, {1} the name.
	CodeFieldMethod = "E0116"
	// CodeUnknownType: a declared type is no shape. {0} the name.
	CodeUnknownType = "E0117"
	// CodeUnknownShape: the name of a shape literal is no shape. {0} the name.
	CodeUnknownShape = "E0118"
	// CodeSelfType: இது is declared as another type than its shape. {0} the shape, {1} the type.
	CodeSelfType = "E0119"
	// CodeLiteralField: a shape literal gives a field that the shape has not. {0} the shape, {1} the field, {2} its fields.
	CodeLiteralField = "E0120"
	// CodeLiteralTwice: a shape literal gives a field twice. {0} the shape, {1} the field.
	CodeLiteralTwice = "E0121"
	// CodeLiteralType: a shape literal gives a field of another type. {0} the shape, {1} the field, {2} its type, {3} what
	// was found.
	CodeLiteralType = "E0122"
	// CodeLiteralLacks: a shape literal without a spread lacks fields. {0} the shape, {1} the fields.
	CodeLiteralLacks = "E0123"
	// CodeSpread: what is spread is not of the shape. {0} the shape, {1} what was found.
	CodeSpread = "E0124"
	// CodeNoField: a value of a known shape has no such field. {0} the shape, {1} the field, {2} its fields.
	CodeNoField = "E0125"
	// CodeMethodRead: a method is read as a field. {0} the shape, {1} the method.
	CodeMethodRead = "E0126"
	// CodeNoMethod: a shape has no such method. {0} the shape, {1} the method, {2} its methods.
	CodeNoMethod = "E0127"
	// CodeNoSelf: a method without இது is called on a value. {0} the shape, {1} the method.
	CodeNoSelf = "E0128"
	// CodeFieldCall: a field that holds no function is called. {0} the shape, {1} the field, {2} its type.
	CodeFieldCall = "E0129"
	// CodeConvert: S(x) has other than one argument. {0} the shape, {1} how many.
	CodeConvert = "E0130"
	// CodeTypeArgs: a generic shape is given another number of types. {0} the shape, {1} how many it has, {2} how many.
	CodeTypeArgs = "E0131"
)
