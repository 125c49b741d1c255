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

// The codes of names, calls and places: what fails when it is reached.
const (
	// CodeUndefined: a name means nothing. {0} the name.
	CodeUndefined = "E0600"
	// CodeNoFunction: a called name is no function. {0} the name.
	CodeNoFunction = "E0601"
	// CodeUnset: a variable is read before it has a value. {0} the name.
	CodeUnset = "E0602"
	// CodeArguments: a call passes another number of arguments. {0} the function, {1} how many it takes, {2} how many
	// came.
	CodeArguments = "E0603"
	// CodeReturnOutside: திரும்பு stands outside every function. No arguments.
	CodeReturnOutside = "E0604"
	// CodeLeaveFinally: திரும்பு, நிறுத்து or தொடர் leaves இறுதியில். {0} the word.
	CodeLeaveFinally = "E0605"
	// CodeNestedImport: இறக்கு stands inside another statement. No arguments.
	CodeNestedImport = "E0606"
	// CodeRouteTwice: two routes answer the same requests. {0} the method, {1} the path.
	CodeRouteTwice = "E0607"
	// CodeNotLiteral: a route's path or an interval is not written out. {0} the word.
	CodeNotLiteral = "E0608"
	// CodeGuard: a route asks for a role that nobody has. {0} the role.
	CodeGuard = "E0609"
	// CodeMethod: a route's method is none. {0} the word as written.
	CodeMethod = "E0610"
	// CodeHeaderName: a header's name cannot be sent. {0} the name.
	CodeHeaderName = "E0611"
	// CodeHeaderValue: a header's value cannot be sent. {0} the header's name.
	CodeHeaderValue = "E0612"
	// CodeStatus: a response's status is out of range. {0} the number.
	CodeStatus = "E0613"
	// CodeOption: a word takes no such option. {0} the name, {1} the word, {2} the options that it takes.
	CodeOption = "E0614"
	// CodeGuardList: a route's guards are not written out. No arguments.
	CodeGuardList = "E0615"
	// CodeGRPCStatus: the code of a gRPC answer is out of range. {0} the number.
	CodeGRPCStatus = "E0616"
)

// The codes of what inference finds to fail when it is reached. A kind is written as "ஓர் எண் (a number)".
const (
	// CodeArgumentKind: a builtin is given a value of another kind. {0} the builtin, {1} which argument, {2} what it
	// wants, {3} what was found.
	CodeArgumentKind = "E0620"
	// CodeShapeArgument: a parameter declared as a shape is given something else. {0} the function, {1} the parameter,
	// {2} the shape, {3} what was found.
	CodeShapeArgument = "E0621"
	// CodeLacksField: a record has no such field. {0} the field, {1} its fields.
	CodeLacksField = "E0622"
	// CodeNoFields: a value that is no record has no fields. {0} the field, {1} what was found.
	CodeNoFields = "E0623"
	// CodeShapeLacks: a value that is found to be of a shape has no such field. {0} the shape, {1} the field, {2} its
	// fields.
	CodeShapeLacks = "E0624"
	// CodeLacksMethod: a value that is found to be of a shape has no such method. {0} the shape, {1} the method, {2}
	// its methods.
	CodeLacksMethod = "E0625"
	// CodeReadMethod: a method is read as a field. {0} the shape, {1} the method.
	CodeReadMethod = "E0626"
	// CodeNoSelfMethod: a method without இது is called on a value. {0} the shape, {1} the method.
	CodeNoSelfMethod = "E0627"
	// CodeNoMethods: a value that has no methods is asked for one. {0} what was found, {1} the method.
	CodeNoMethods = "E0628"
	// CodeNotCallable: something that is no function is called. {0} what was found.
	CodeNotCallable = "E0629"
	// CodeNotIndexable: something that has no parts is indexed. {0} what was found.
	CodeNotIndexable = "E0630"
	// CodeTextPart: a letter of a text is assigned. No arguments.
	CodeTextPart = "E0631"
	// CodeNoParts: an element of something without elements is assigned. {0} what was found.
	CodeNoParts = "E0632"
	// CodeIndexRange: an index is surely out of range. {0} the index, {1} the places that there are.
	CodeIndexRange = "E0633"
	// CodeNotIterable: ஒவ்வொரு walks over something that holds nothing. {0} what was found.
	CodeNotIterable = "E0634"
	// CodeNotResult: ? stands behind what is no result. {0} what was found.
	CodeNotResult = "E0635"
	// CodeWait: waiting on what is no task. {0} what was found.
	CodeWait = "E0636"
	// CodeDate: a value can be no date. {0} the value.
	CodeDate = "E0637"
	// CodeJSONText: ஜேசான்_உரை is given something that is no text. {0} what was found.
	CodeJSONText = "E0638"
	// CodeSQLParams: an SQL text and its parameters differ in number. {0} how many places the text has, {1} how many
	// values are given.
	CodeSQLParams = "E0639"
	// CodeSQLArray: the parameters of an SQL text are no array. {0} what was found.
	CodeSQLArray = "E0640"
	// CodeNeverHolds: a constraint can never hold. {0} the shape, {1} the field.
	CodeNeverHolds = "E0641"
	// CodeFieldKind: a shape literal gives a field of a kind that the run refuses. {0} the shape, {1} the field, {2}
	// its type, {3} what was found.
	CodeFieldKind = "E0642"
	// CodeSpreadShape: what is spread into a shape literal is no value of a shape. {0} the shape, {1} what was found.
	CodeSpreadShape = "E0643"
)

// The codes of the warnings.
const (
	// CodeUnusedVar: a declared variable is never read. {0} the name.
	CodeUnusedVar = "W0101"
	// CodeUnusedParam: a parameter is never read. {0} the name.
	CodeUnusedParam = "W0102"
	// CodeUnusedFunc: a function is never called. {0} the name.
	CodeUnusedFunc = "W0103"
	// CodeUnusedImport: nothing of an imported file is used. {0} the path.
	CodeUnusedImport = "W0104"
	// CodeNeverRead: a variable is assigned and never read. {0} the name.
	CodeNeverRead = "W0105"
	// CodeUnreachable: a statement is never reached. No arguments.
	CodeUnreachable = "W0106"
	// CodeConstant: a condition is always the same. {0} in Tamil, {1} in English.
	CodeConstant = "W0107"
	// CodeIgnored: a result is ignored. {0} the function.
	CodeIgnored = "W0108"
	// CodeSilentRoute: a route never answers. {0} the word.
	CodeSilentRoute = "W0109"
	// CodeTextNumber: text is compared with a number by == or !=. {0} the operator.
	CodeTextNumber = "W0110"
	// CodeLabelSum: a joined text is added to a number. {0} the operator.
	CodeLabelSum = "W0111"
	// CodeArithmetic: arithmetic with what is no number. {0} the operator or builtin, {1} what was found.
	CodeArithmetic = "W0112"
	// CodeOrder: what has no order is compared by size. {0} the operator, {1} what was found.
	CodeOrder = "W0113"
	// CodeZeroed: NAME; stores 0. {0} the name.
	CodeZeroed = "W0114"
	// CodeBothScripts: a name is spelt in both scripts. {0} the name, {1} the other spelling.
	CodeBothScripts = "W0115"
	// CodeConfusable: a name holds a sign that looks like a letter. {0} the name, {1} what it looks like.
	CodeConfusable = "W0116"
	// CodeMixedScript: a name mixes two scripts in one part. {0} the name.
	CodeMixedScript = "W0117"
	// CodeDecomposed: a name is written with split signs. {0} the name, {1} its normal form.
	CodeDecomposed = "W0118"
	// CodeDigitName: a name of Tamil digits looks like a number. {0} the name, {1} the number.
	CodeDigitName = "W0119"
	// CodeSecret: a secret stands in the source. {0} the name that holds it.
	CodeSecret = "W0120"
	// CodeHeldWait: a lock is held over a wait. {0} the word.
	CodeHeldWait = "W0121"
	// CodeUnseenTask: a task may fail and nobody waits for it. No arguments.
	CodeUnseenTask = "W0122"
	// CodeShadows: a function takes the name of a builtin. {0} the name, {1} what the builtin is for.
	CodeShadows = "W0123"
	// CodeDivideZero: division by the number 0. No arguments.
	CodeDivideZero = "W0124"
	// CodeNeverEqual: values of different kinds are compared by == or !=. {0} and {1} the kinds.
	CodeNeverEqual = "W0125"
	// CodeUnlike: a variable is given another kind than declared, as inference finds. {0} the name, {1} the type, {2}
	// what was found.
	CodeUnlike = "W0126"
	// CodeUnlikeArgument: a parameter is given another kind than declared, as inference finds. {0} the function, {1}
	// the parameter, {2} the type, {3} what was found.
	CodeUnlikeArgument = "W0127"
	// CodeParamTwice: two parameters have one name. {0} the name.
	CodeParamTwice = "W0128"
	// CodeKeyTwice: a record gives a field twice. {0} the field.
	CodeKeyTwice = "W0129"
	// CodeHidden: a later function of the same name hides this one. {0} the name.
	CodeHidden = "W0130"
	// CodeKindText: வகை is compared with what it never answers. {0} the text, {1} what it answers.
	CodeKindText = "W0131"
	// CodeIdle: a statement does nothing. No arguments.
	CodeIdle = "W0132"
	// CodeShapeVariable: a variable takes a shape's name. {0} the name.
	CodeShapeVariable = "W0133"
	// CodeMixedReturn: a function answers results elsewhere, and here something else. {0} what was found.
	CodeMixedReturn = "W0134"
	// CodeImportCircle: files import each other in a circle. {0} the path as written.
	CodeImportCircle = "W0135"
	// CodeNoSocket: a word stands where there is no socket. {0} the word.
	CodeNoSocket = "W0136"
	// CodeNoStream: a word stands where there is no stream. {0} the word.
	CodeNoStream = "W0137"
	// CodeNoParam: a route's path has no such parameter. {0} the parameter, {1} the path.
	CodeNoParam = "W0138"
	// CodeNoRequest: a word stands where no request is answered. {0} the word.
	CodeNoRequest = "W0139"
)
