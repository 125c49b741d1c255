package diag

// The notes: texts that belong to another diagnostic.
const (
	// NoteOpened marks the bracket that is still open.
	NoteOpened = "N0001"
	// NoteDeclared marks where the name was first declared. {0} the name.
	NoteDeclared = "N0002"
	// NoteFixed marks where the name was bound with நிலை. {0} the name.
	NoteFixed = "N0003"
	// NoteCall marks the call that hands over the argument. {0} the function.
	NoteCall = "N0004"
	// NoteFunction marks the function of the same name. {0} the name.
	NoteFunction = "N0005"
	// NoteShape marks the shape's declaration. {0} the shape.
	NoteShape = "N0006"
	// NoteReturn marks the திரும்பு whose value does not fit.
	NoteReturn = "N0007"
	// NoteOther marks the other definition of a function. {0} the name.
	NoteOther = "N0008"
	// NoteUsed marks where the name was used as an ordinary variable. {0} the name.
	NoteUsed = "N0009"
	// NoteFix opens the line of a cure. {0} what to do.
	NoteFix = "N0010"
	// NoteReplace says to write something else. {0} the text.
	NoteReplace = "N0011"
	// NoteRemove says to take the marked text away.
	NoteRemove = "N0012"
	// NoteInsert says to write something at the marked place. {0} the text.
	NoteInsert = "N0013"
	// NoteStack heads the call stack.
	NoteStack = "N0014"
	// NoteTop is the name of the program's top level in a call stack.
	NoteTop = "N0015"
	// NoteMore says how many calls a long stack leaves out. {0} the number.
	NoteMore = "N0016"
	// NoteMethod marks the method's declaration. {0} the method.
	NoteMethod = "N0018"
)

func notes() []Entry {
	return []Entry{
		{Code: NoteOpened, Tamil: "இங்கே திறந்தது", English: "opened here"},
		{Code: NoteDeclared, Tamil: "'{0}' முதலில் இங்கே அறிவிக்கப்பட்டது", English: "'{0}' was declared here first"},
		{Code: NoteFixed, Tamil: "'{0}' இங்கே நிலை என அறிவிக்கப்பட்டது", English: "'{0}' was made fixed here"},
		{Code: NoteCall, Tamil: "'{0}' இங்கே அழைக்கப்படுகிறது", English: "'{0}' is called here"},
		{Code: NoteFunction, Tamil: "'{0}' என்னும் செயல் இங்கே உள்ளது", English: "the function '{0}' is here"},
		{Code: NoteShape, Tamil: "'{0}' வடிவம் இங்கே அறிவிக்கப்பட்டது", English: "the shape '{0}' is declared here"},
		{Code: NoteReturn, Tamil: "இங்கே திருப்பித் தரப்படுகிறது", English: "it is returned here"},
		{Code: NoteOther, Tamil: "'{0}' இங்கேயும் வரையறுக்கப்பட்டுள்ளது", English: "'{0}' is also defined here"},
		{Code: NoteUsed, Tamil: "'{0}' இங்கே சாதாரண மாறியாகப் பயன்பட்டது", English: "'{0}' was used as an ordinary variable here"},
		{Code: NoteFix, Tamil: "உதவி: {0}", English: "help: {0}"},
		{Code: NoteReplace, Tamil: "'{0}' என எழுதவும்", English: "write '{0}'"},
		{Code: NoteRemove, Tamil: "குறிக்கப்பட்டதை நீக்கவும்", English: "remove what is marked"},
		{Code: NoteInsert, Tamil: "இங்கே '{0}' சேர்க்கவும்", English: "add '{0}' here"},
		{Code: NoteStack, Tamil: "அழைப்பு அடுக்கு, கடைசி அழைப்பு முதலில்:", English: "call stack, innermost first:"},
		{Code: NoteTop, Tamil: "நிரல்", English: "program"},
		{Code: NoteMore, Tamil: "… இடையே மேலும் {0} அழைப்புகள்", English: "… {0} more calls in between"},
		{Code: NoteMethod, Tamil: "'{0}' இங்கே வரையறுக்கப்பட்டுள்ளது", English: "'{0}' is defined here"},
	}
}
