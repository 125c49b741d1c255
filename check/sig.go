package check

import (
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/syntax/words"
)

// signature is a word's parameters and result as types.
type wordSig struct {
	params []*ty
	strict []bool // a value of another kind fails; false where the word reads anything (as text, as a number)
	result *ty
}

// signatures are the words' signatures by ID, read from the vocabulary once.
var signatures = sync.OnceValue(func() map[string]*wordSig {
	all := make(map[string]*wordSig)
	for _, w := range words.All() {
		s := &wordSig{result: nilT}
		if w.Result != "" {
			s.result = parseType(w.Result)
		}
		for _, p := range w.Params {
			t := parseType(p.Type)
			s.params = append(s.params, t)
			s.strict = append(s.strict, strictParam(p.Type))
		}
		all[w.ID] = s
	}
	refine(all)
	return all
})

// strictParam tells a parameter whose words fail on other values: containers, results, functions and handles. Numbers and
// texts are read out of anything (language/semantics.md 1.4).
func strictParam(s string) bool {
	if s == "array|record|text" { // நீளம் alone
		return true
	}
	for _, one := range splitTop(s, '|') {
		switch name, _, _ := strings.Cut(one, "<"); name {
		case "number", "text", "any", "boolean", "date", "name", "nil":
			return one == "number" && strings.Contains(s, "task")
		}
	}
	return true
}

// splitTop splits at a separator outside < > and { }.
func splitTop(s string, sep byte) []string {
	var list []string
	depth, from := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '<', '{':
			depth++
		case '>', '}':
			depth--
		case sep:
			if depth == 0 {
				list, from = append(list, s[from:i]), i+1
			}
		}
	}
	return append(list, s[from:])
}

// parseType reads the vocabulary's notation of types: number, array<T>, result<T>, record{a:T,b:T}, a|b.
func parseType(s string) *ty {
	out := neverT
	for _, one := range splitTop(s, '|') {
		out = join(out, parseOne(one))
	}
	return out
}

func parseOne(s string) *ty {
	name, rest := s, ""
	if i := strings.IndexAny(s, "<{"); i >= 0 {
		name, rest = s[:i], s[i+1:len(s)-1]
	}
	switch name {
	case "number":
		return numberT
	case "text":
		return textT
	case "date":
		return dateT
	case "boolean":
		return boolT
	case "nil":
		return nilT
	case "function":
		return anyFnT
	case "shape":
		return shapeT
	case "array":
		if rest == "" {
			return anyArr
		}
		return arrayOf(parseType(rest), -1)
	case "result":
		if rest == "" {
			return anyRes
		}
		return resultOf(parseType(rest), unknownT)
	case "record":
		return parseRecord(rest)
	case "any", "name", "":
		return unknownT
	}
	return handleOf(name, nil)
}

// parseRecord reads record{a:T,b:T}; fields that end with "…" leave the record open.
func parseRecord(s string) *ty {
	if s == "" {
		return anyRec
	}
	var fields []rfield
	open := false
	for _, f := range splitTop(s, ',') {
		if f == "..." {
			open = true
			continue
		}
		name, t, _ := strings.Cut(f, ":")
		fields = append(fields, rfield{name: name, t: parseType(t)})
	}
	return recordOf(fields, open, unknownT)
}

// errorT is a caught error (services.md rule 13). A program's own record may come with more fields.
var errorT = sync.OnceValue(func() *ty {
	return recordOf(fieldsOf(
		"வகை", textT, "செய்தி", textT, "விவரம்", unknownT, "காரணம்", unknownT, "இருப்பிடம்", textT, "அடுக்கு", unknownT,
		"மூலம்", unknownT, "இடம்", textT,
	), true, unknownT)
})

// requestT is கோரிக்கை (services.md rule 18); outside a request it is இன்மை.
var requestT = sync.OnceValue(func() *ty {
	texts := recordOf(nil, true, inputT)
	return recordOf(fieldsOf(
		"முறை", textT, "பாதை", textT, "தலைப்புகள்", texts, "வினா", texts, "அளவுருக்கள்", texts,
		"உடல்", dataT, "உடலுரை", inputT, "குக்கீகள்", texts, "பயனர்", join(nilT, anyRec),
	), false, nil)
})

// serverNames are the variables that a server sets for a request (language/semantics.md 4).
var serverNames = sync.OnceValue(func() map[string]*ty {
	texts := recordOf(nil, true, inputT)
	file := recordOf(fieldsOf("குறியீடு", numberT, "பெயர்", textT, "கோப்புப்_பெயர்", textT, "வகை", textT, "அளவு", numberT), false, nil)
	return map[string]*ty{
		"request_method": textT, "request_path": textT, "request_body": inputT, "query_params": texts, "headers": texts,
		"path_params": texts, "request_fields": texts, "request_files": arrayOf(file, -1),
		"response_status": unknownT, "response_body": unknownT, "response_headers": unknownT,
	}
})

// serverName is the type of a variable that a server may set.
func serverName(name string) *ty {
	if strings.HasPrefix(name, "param_") {
		return inputT
	}
	return serverNames()[name]
}

// refine says more of words than the vocabulary's notation can.
func refine(all map[string]*wordSig) {
	set := func(id string, t *ty) {
		if s := all[id]; s != nil {
			s.result = t
		}
	}
	set("jsonParse", resultOf(dataT, textT))
	set("toNumber", resultOf(numberT, textT))
	set("newError", errorT())
	set("wrapError", errorT())
	set("assertError", errorT())
	set("Request", join(nilT, requestT()))
	set("DBQuery", arrayOf(rowT(), -1))
	set("query", arrayOf(rowT(), -1))
	set("tryQuery", resultOf(arrayOf(rowT(), -1), unknownT))
	set("PathParam", inputT)
	set("env", join(nilT, inputT))
	set("validateShape", resultOf(anyRec, arrayOf(errorT(), -1)))
}

// rowT is a row of which only the kinds of its columns are known.
func rowT() *ty { return recordOf(nil, true, columnT) }
