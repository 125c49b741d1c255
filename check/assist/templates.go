package assist

import (
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/syntax/words"
)

// statements are what the words of the core grammar look like at the start of a statement: {ID} is the word of an ID,
// ${n:name} a placeholder, $0 where the caret ends.
var statements = map[string]string{
	"Print":        "{Print} ${1};$0",
	"Input":        "{Input} ${1:மாறி};$0",
	"Return":       "{Return} ${1};$0",
	"Function":     "{Function} ${1:பெயர்}(${2}) {\n\t$0\n}",
	"Shape":        "{Shape} ${1:பெயர்} {\n\t{IntegerType} ${2:புலம்}$0\n}",
	"Const":        "{Const} ${1:பெயர்} = ${2};$0",
	"ForEach":      "{ForEach} ${1:உறுப்பு} {In} ${2:பட்டியல்} {\n\t$0\n}",
	"Import":       "{Import} \"${1}\";$0",
	"If":           "(${1}) {If} {\n\t$0\n}",
	"Loop":         "(${1}) {Loop} {\n\t$0\n}",
	"retry":        "(${1:3}) {retry} {\n\t$0\n}",
	"timeout":      "(${1:500}) {timeout} {\n\t$0\n}",
	"try":          "{try} {\n\t$0\n} {catch}(${1:பி}) {\n\t\n}",
	"async":        "{async} {Function} ${1:பெயர்}(${2}) {\n\t$0\n}",
	"Every":        "{Every} ${1:60} {\n\t$0\n}",
	"Route":        "{Route} ${1:{HttpGet}}, \"${2:/}\" {\n\t$0\n}",
	"Response":     "{Response} ${1:200}, ${2};$0",
	"JSONBody":     "{JSONBody} ${1};$0",
	"FileOpen":     "{FileOpen} \"${1}\";$0",
	"FileClose":    "{FileClose} \"${1}\";$0",
	"FileRead":     "{FileRead} \"${1}\", ${2:உரை_};$0",
	"FileWrite":    "{FileWrite} \"${1}\", ${2};$0",
	"ReadCSV":      "{ReadCSV} \"${1}\", ${2:நிரைகள்};$0",
	"WriteCSV":     "{WriteCSV} \"${1}\", ${2};$0",
	"DBConnect":    "{DBConnect} ${1:{SQLite}}, \"${2}\";$0",
	"DBDisconnect": "{DBDisconnect} ${1};$0",
	"DBQuery":      "{DBQuery} \"${1}\", [${2}], ${3:நிரைகள்};$0",
	"DBExecute":    "{DBExecute} \"${1}\", [${2}];$0",
	"StartServer":  "{StartServer} \"${1:127.0.0.1}\", ${2:8080};$0",
	"StopServer":   "{StopServer};$0",
	"break":        "{break};$0",
	"continue":     "{continue};$0",
	"IntegerType":  "{IntegerType} ${1:பெயர்} = ${2};$0",
	"FloatType":    "{FloatType} ${1:பெயர்} = ${2};$0",
	"StringType":   "{StringType} ${1:பெயர்} = \"${2}\";$0",
	"TextType":     "{TextType} ${1:பெயர்} = \"${2}\";$0",
	"BoolType":     "{BoolType} ${1:பெயர்} = ${2:{True}};$0",
	"ArrayType":    "{ArrayType} ${1:பெயர்} = [${2}];$0",
	"DataType":     "{DataType} ${1:பெயர்} = {${2}};$0",
	"ObjectType":   "{ObjectType} ${1:பெயர்} = {${2}};$0",
	"DateType":     "{DateType} ${1:பெயர்} = \"${2}\";$0",
}

// clauses are what a word looks like behind something else.
var clauses = map[string]string{
	"Else": "{Else} {\n\t$0\n}", "catch": "{catch}(${1:பி}) {\n\t$0\n}", "finally": "{finally} {\n\t$0\n}",
	"If": "{If} {\n\t$0\n}", "Loop": "{Loop} {\n\t$0\n}", "retry": "{retry} {\n\t$0\n}", "timeout": "{timeout} {\n\t$0\n}",
	"Where": "{Where} (${1})$0", "In": "{In} ", "And": "{And} ", "Or": "{Or} ", "Not": "{Not} ",
}

// asValue is what a word of the core grammar looks like where a value stands.
var asValue = map[string]string{
	"Function": "{Function}(${1}) {\n\t$0\n}", "Not": "{Not} ", "True": "{True}", "False": "{False}", "Null": "{Null}",
	"Request": "{Request}", "PathParam": "{PathParam}(\"${1}\")$0", "DBQuery": "{DBQuery}(\"${1}\", [${2}])$0",
}

// render fills the words and names of a template in, in a script.
func render(template string, script Script) string {
	var b strings.Builder
	for len(template) > 0 {
		if template[0] == '{' {
			if i := strings.IndexByte(template, '}'); i > 0 {
				if w := words.ByID(template[1:i]); w != nil {
					b.WriteString(spell(w, script))
					template = template[i+1:]
					continue
				}
			}
		}
		n := 1
		for n < len(template) && template[n] != '{' {
			n++
		}
		b.WriteString(written(template[:n], script))
		template = template[n:]
	}
	return b.String()
}

// call is what a word with a shape of its own looks like where a statement or a value starts.
func call(w *words.Word, script Script, statement bool) string {
	name := spell(w, script)
	args, n := arguments(w.Params, script)
	semi := ""
	if statement {
		semi = ";"
	}
	switch w.Shape {
	case words.ShapeStmt:
		return strings.TrimRight(name+" "+args, " ") + ";$0"
	case words.ShapeDeclBlock:
		return strings.TrimRight(name+" "+args, " ") + " {\n\t$0\n}"
	case words.ShapeCallBlock, words.ShapeMethodBlock:
		return name + "(" + args + ") {\n\t$0\n}"
	case words.ShapeBuilder:
		if n > 0 {
			name += "(" + args + ")"
		}
		return name + " {\n\t$0\n}" + semi
	case words.ShapeName:
		return name
	}
	return name + "(" + args + ")" + semi + "$0"
}

// arguments are placeholders for the arguments that must be given, texts in quotes; n counts them.
func arguments(params []words.Param, script Script) (args string, n int) {
	var b strings.Builder
	for _, p := range params {
		if p.Optional {
			break
		}
		if n++; n > 1 {
			b.WriteString(", ")
		}
		hole := "${" + strconv.Itoa(n) + ":" + written(p.Name, script) + "}"
		if p.Type == "text" {
			hole = "\"" + hole + "\""
		}
		b.WriteString(hole)
	}
	return b.String(), n
}

// plain takes the placeholders out of a template: what stands in them stays, but for names that only explain.
func plain(template string) string {
	var b strings.Builder
	for i := 0; i < len(template); i++ {
		switch c := template[i]; {
		case c == '\\' && i+1 < len(template):
			i++
			b.WriteByte(template[i])
		case c != '$' || i+1 >= len(template):
			b.WriteByte(c)
		case template[i+1] == '{':
			end := i + strings.IndexByte(template[i:], '}')
			if _, text, ok := strings.Cut(template[i:end], ":"); ok {
				b.WriteString(text)
			}
			i = end
		default:
			i++ // $0
		}
	}
	return b.String()
}

// escaped is a text inside a template.
func escaped(s string) string { return snippetMarks.Replace(s) }

// snippetMarks are the signs that mean something in a template.
var snippetMarks = strings.NewReplacer(`\`, `\\`, `$`, `\$`, `}`, `\}`)
