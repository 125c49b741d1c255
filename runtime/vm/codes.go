package vm

// The run-time codes of the machine. The comment of each gives its error kind, its English text and its arguments; the
// bilingual catalogue in check/diag is built from it.
const (
	// CodeUndefined (பெயர்): "'{0}' is not defined." {0} the name.
	CodeUndefined = "E0330"
	// CodeNoFunction (பெயர்): "There is no function '{0}'." {0} the name.
	CodeNoFunction = "E0331"
	// CodeArity (அழைப்பு): "'{0}' takes {1} arguments, {2} were given." {0} the function, {1} how many it takes ("2", "1–3",
	// "1+"), {2} how many came.
	CodeArity = "E0332"
	// CodeNotCallable (வகை): "{0} cannot be called." {0} the value's kind.
	CodeNotCallable = "E0333"
	// CodeNoMethod (புலம்): "{0} has no method '{1}'." {0} the shape's name or the value's kind, {1} the method.
	CodeNoMethod = "E0334"
	// CodeNotResult (வகை): "'?' needs a result (சரி or தவறு), but this is {0}." {0} the value's kind.
	CodeNotResult = "E0335"
	// CodeUnhandled (பொது): "A failure was not handled: {0}." {0} the failure's display text.
	CodeUnhandled = "E0336"
	// CodeReturnOutside (அழைப்பு): "திரும்பு stands outside every function." No arguments.
	CodeReturnOutside = "E0337"
	// CodeNotBuilt (சேவை): "'{0}' is not available yet in this version." {0} the word as written.
	CodeNotBuilt = "E0338"
	// CodeDepth (எல்லை): "Calls are nested more than {0} deep." {0} the limit.
	CodeDepth = "E0339"
	// CodeFuel (எல்லை): "The program used up its budget of {0} steps." {0} the budget.
	CodeFuel = "E0340"
	// CodeMemory (எல்லை): "The program needs more than its memory limit of {0} MB." {0} the limit in MB.
	CodeMemory = "E0341"
	// CodeDeadline (காலவரம்பு): "The time limit of {0} ms is over." {0} the limit in milliseconds.
	CodeDeadline = "E0342"
	// CodeCancelled (நிறுத்தம்): "The run was stopped." No arguments.
	CodeCancelled = "E0343"
	// CodeTooLarge (எல்லை): "This part of the program is too large: more than {1} {0}." {0} what ("variables", "constants"),
	// {1} the limit.
	CodeTooLarge = "E0344"
	// CodeNotShape (வகை): "A record of shape {0} is needed here, but this is {1}." {0} the shape, {1} the value's kind.
	CodeNotShape = "E0345"
	// CodeShapeFields (புலம்): "{0}{…} lacks the fields {1}." {0} the shape, {1} the fields joined by ", ".
	CodeShapeFields = "E0346"
	// CodeRule (சரிபார்ப்பு): "The value of field '{1}' breaks its rule in shape {0}." {0} the shape, {1} the field.
	CodeRule = "E0347"
	// CodeNestedImport (கோப்பு): "இறக்கு works only at the top level of a file." No arguments.
	CodeNestedImport = "E0348"
	// CodeBadTarget (வகை): "This cannot be assigned to." No arguments.
	CodeBadTarget = "E0349"
	// CodeRaised (பொது): "{0}" {0} the message of an error that the program itself raised.
	CodeRaised = "E0350"
	// CodeInternal (பொது): "The toolchain has a bug here: {0}." {0} the details for the report.
	CodeInternal = "E0351"
	// CodeFieldType (வகை): "The field '{0}' needs {1}, but this is {2}." {0} the field, {1} the declared type, {2} the value's kind.
	CodeFieldType = "E0352"
	// CodeLeaveFinally (அழைப்பு): "திரும்பு, நிறுத்து and தொடர் may not leave இறுதியில்." No arguments.
	CodeLeaveFinally = "E0353"
	// CodeNotAShape (வகை): "A shape is needed here, but this is {0}." {0} the value's kind.
	CodeNotAShape = "E0354"
	// CodeTimeout (காலவரம்பு): "The block was not done after {0} ms." {0} the limit in milliseconds.
	CodeTimeout = "E0355"
	// CodeMillis (வகை): "A number of milliseconds from 0 up is needed here, but this is {0}." {0} the value's kind, or the number.
	CodeMillis = "E0356"
	// CodeDeadlock (நிறுத்தம்): "Everything waits for something else, and nothing can go on: {0}." {0} who waits for what, and where.
	CodeDeadlock = "E0357"
)
