package lsp

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// model is the protocol's meta model: what each message looks like.
type model struct {
	Requests      []modelMessage
	Notifications []modelMessage
	Structures    []*structure
	Enumerations  []*enumeration
	TypeAliases   []*struct {
		Name string
		Type *modelType
	}

	messages     map[string]modelMessage
	structures   map[string]*structure
	enumerations map[string]*enumeration
	aliases      map[string]*modelType
}

type modelMessage struct {
	Method           string
	MessageDirection string
	Params           *modelType
	Result           *modelType
}

type structure struct {
	Name       string
	Properties []property
	Extends    []*modelType
	Mixins     []*modelType
}

type property struct {
	Name     string
	Type     *modelType
	Optional bool
}

type enumeration struct {
	Name                 string
	Type                 *modelType
	Values               []struct{ Value any }
	SupportsCustomValues bool
}

// modelType is a type of the meta model; Kind says which fields it has.
type modelType struct {
	Kind    string
	Name    string
	Items   []*modelType
	Element *modelType
	Key     *modelType
	Value   json.RawMessage
}

var theModel = sync.OnceValues(func() (*model, error) {
	in, err := os.Open("testdata/metaModel.json.gz")
	if err != nil {
		return nil, err
	}
	defer in.Close()
	text, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	m := &model{messages: map[string]modelMessage{}, structures: map[string]*structure{}, enumerations: map[string]*enumeration{}, aliases: map[string]*modelType{}}
	if err := json.NewDecoder(text).Decode(m); err != nil {
		return nil, err
	}
	for _, r := range append(m.Requests, m.Notifications...) {
		m.messages[r.Method] = r
	}
	for _, s := range m.Structures {
		m.structures[s.Name] = s
	}
	for _, e := range m.Enumerations {
		m.enumerations[e.Name] = e
	}
	for _, a := range m.TypeAliases {
		m.aliases[a.Name] = a.Type
	}
	return m, nil
})

// validate holds a message of the server to the model; asked is the method that an answer is for.
func validate(asked string, m message) error {
	model, err := theModel()
	if err != nil {
		return err
	}
	if m.Method == "" {
		def, known := model.messages[asked]
		if !known || m.Error != nil {
			return nil
		}
		return model.raw(def.Result, m.Result)
	}
	def, known := model.messages[m.Method]
	if !known {
		if strings.HasPrefix(m.Method, "etamil/") {
			return nil
		}
		return fmt.Errorf("there is no method %s", m.Method)
	}
	if def.MessageDirection == "clientToServer" {
		return fmt.Errorf("%s is the client's", m.Method)
	}
	if def.Params == nil {
		if len(m.Params) > 0 && string(m.Params) != "null" {
			return errors.New("parameters where there are none")
		}
		return nil
	}
	return model.raw(def.Params, m.Params)
}

func (m *model) raw(t *modelType, raw json.RawMessage) error {
	var v any
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &v); err != nil {
			return err
		}
	}
	return m.value(t, v, "")
}

// value holds a decoded JSON value to a type.
func (m *model) value(t *modelType, v any, at string) error {
	switch t.Kind {
	case "base":
		return base(t.Name, v, at)
	case "reference":
		return m.reference(t.Name, v, at)
	case "stringLiteral":
		return literal(t, v, at)
	case "or":
		var all []error
		for _, item := range t.Items {
			err := m.value(item, v, at)
			if err == nil {
				return nil
			}
			all = append(all, err)
		}
		return fmt.Errorf("%s is none of its %d types: %w", at, len(t.Items), errors.Join(all...))
	case "array":
		list, ok := v.([]any)
		if !ok {
			return fmt.Errorf("%s: %v is no array", at, v)
		}
		for i, item := range list {
			if err := m.value(t.Element, item, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
		return nil
	case "map":
		return m.mapping(t, v, at)
	case "tuple":
		list, ok := v.([]any)
		if !ok || len(list) != len(t.Items) {
			return fmt.Errorf("%s: %v is no tuple of %d", at, v, len(t.Items))
		}
		for i, item := range list {
			if err := m.value(t.Items[i], item, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
		return nil
	case "literal", "and":
		if _, ok := v.(map[string]any); !ok {
			return fmt.Errorf("%s: %v is no object", at, v)
		}
		return nil
	}
	return fmt.Errorf("%s: a type of kind %s", at, t.Kind)
}

func literal(t *modelType, v any, at string) error {
	var want string
	if err := json.Unmarshal(t.Value, &want); err != nil {
		return err
	}
	if v != want {
		return fmt.Errorf("%s: %v is not %q", at, v, want)
	}
	return nil
}

func (m *model) mapping(t *modelType, v any, at string) error {
	object, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%s: %v is no map", at, v)
	}
	var element modelType
	if err := json.Unmarshal(t.Value, &element); err != nil {
		return err
	}
	for key, item := range object {
		if err := m.value(&element, item, at+"."+key); err != nil {
			return err
		}
	}
	return nil
}

func base(name string, v any, at string) error {
	ok := false
	switch name {
	case "null":
		ok = v == nil
	case "boolean":
		_, ok = v.(bool)
	case "string", "URI", "DocumentUri", "RegExp":
		_, ok = v.(string)
		if ok && name != "string" && name != "RegExp" {
			ok = strings.Contains(v.(string), ":")
		}
	case "integer", "uinteger", "decimal":
		n, isNumber := v.(float64)
		ok = isNumber && (name == "decimal" || n == math.Trunc(n) && math.Abs(n) <= math.MaxInt32) && (name != "uinteger" || n >= 0)
	}
	if !ok {
		return fmt.Errorf("%s: %v is no %s", at, v, name)
	}
	return nil
}

func (m *model) reference(name string, v any, at string) error {
	if name == "LSPAny" || name == "LSPObject" || name == "LSPArray" {
		return nil
	}
	if alias := m.aliases[name]; alias != nil {
		return m.value(alias, v, at)
	}
	if e := m.enumerations[name]; e != nil {
		if !e.SupportsCustomValues && !slices.ContainsFunc(e.Values, func(x struct{ Value any }) bool { return x.Value == v }) {
			return fmt.Errorf("%s: %v is no %s", at, v, name)
		}
		return m.value(e.Type, v, at)
	}
	s := m.structures[name]
	object, ok := v.(map[string]any)
	if s == nil || !ok {
		return fmt.Errorf("%s: %v is no %s", at, v, name)
	}
	known := map[string]property{}
	m.properties(s, known)
	for _, p := range slices.SortedFunc(maps.Values(known), func(a, b property) int { return strings.Compare(a.Name, b.Name) }) {
		item, given := object[p.Name]
		if !given {
			if !p.Optional {
				return fmt.Errorf("%s: a %s has no %s", at, name, p.Name)
			}
			continue
		}
		if err := m.value(p.Type, item, at+"."+p.Name); err != nil {
			return err
		}
	}
	for key := range object {
		if _, ok := known[key]; !ok {
			return fmt.Errorf("%s: a %s has no place for %s", at, name, key)
		}
	}
	return nil
}

// properties collects a structure's fields, its own before those that it inherits.
func (m *model) properties(s *structure, into map[string]property) {
	for _, p := range s.Properties {
		if _, own := into[p.Name]; !own {
			into[p.Name] = p
		}
	}
	for _, t := range append(slices.Clone(s.Extends), s.Mixins...) {
		if up := m.structures[t.Name]; up != nil {
			m.properties(up, into)
		}
	}
}

// The validator itself finds what is wrong.
func TestValidate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		asked, message string
		ok             bool
	}{
		{"textDocument/hover", `{"id":1,"result":null}`, true},
		{"textDocument/hover", `{"id":1,"result":{"contents":{"kind":"markdown","value":"x"},"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}}}}`, true},
		{"textDocument/hover", `{"id":1,"result":{"contents":{"kind":"html","value":"x"}}}`, false},
		{"textDocument/hover", `{"id":1,"result":{"contents":"x","rang":{}}}`, false},
		{"textDocument/hover", `{"id":1,"result":{"contents":"x","range":{"start":{"line":-1,"character":0},"end":{"line":0,"character":1}}}}`, false},
		{"textDocument/references", `{"id":1,"result":[{"uri":"file:///a"}]}`, false},
		{"textDocument/references", `{"id":1,"result":{}}`, false},
		{"", `{"method":"textDocument/publishDiagnostics","params":{"uri":"file:///a","diagnostics":[]}}`, true},
		{"", `{"method":"textDocument/publishDiagnostics","params":{"uri":"file:///a","diagnostics":[{"message":"x"}]}}`, false},
		{"", `{"method":"textDocument/publishDiagnostics","params":{"uri":"file:///a","diagnostics":null}}`, false},
		{"", `{"method":"textDocument/hover","id":1,"params":{}}`, false},
		{"", `{"method":"textDocument/nothing","params":{}}`, false},
	}
	for _, tt := range tests {
		var m message
		if err := json.Unmarshal([]byte(tt.message), &m); err != nil {
			t.Fatal(err)
		}
		if err := validate(tt.asked, m); (err == nil) != tt.ok {
			t.Errorf("%s %s: %v", tt.asked, tt.message, err)
		}
	}
}
