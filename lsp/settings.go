package lsp

import (
	"encoding/json"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check/diag"
)

// settings are what people may choose, in the section "etamil" of their editor. docs/lsp.md lists them.
type settings struct {
	// Language of messages: "ta", "en", "both"; "" is the editor's own.
	Language string `json:"language"`
	// Diagnostics: Enable turns findings on; Scope is "open" (files of programs that are open) or "workspace".
	Diagnostics struct {
		Enable bool   `json:"enable"`
		Scope  string `json:"scope"`
	} `json:"diagnostics"`
	// InlayHints: which there are.
	InlayHints struct {
		Types          bool `json:"types"`
		ParameterNames bool `json:"parameterNames"`
		Keywords       bool `json:"keywords"`
	} `json:"inlayHints"`
	// Completion: Script is the script of offered keywords: "auto" (the one being typed), "tamil", "roman", "english".
	Completion struct {
		Script   string `json:"script"`
		Snippets bool   `json:"snippets"`
		Imports  bool   `json:"imports"`
	} `json:"completion"`
	// CodeLens: which there are.
	CodeLens struct {
		Run        bool `json:"run"`
		References bool `json:"references"`
	} `json:"codeLens"`
	// Rename: BothScripts renames the same name in the other script as well: கூட்டு and kUttu.
	Rename struct {
		BothScripts bool `json:"bothScripts"`
	} `json:"rename"`
	// Format: Enable turns layout on.
	Format struct {
		Enable bool `json:"enable"`
	} `json:"format"`

	lang diag.Lang // Language, or what the locale says
}

// defaultSettings is what holds where nobody says anything.
func defaultSettings() *settings {
	s := &settings{lang: diag.Both}
	s.Diagnostics.Enable, s.Diagnostics.Scope = true, "open"
	s.InlayHints.Types, s.InlayHints.ParameterNames = true, true
	s.Completion.Script, s.Completion.Snippets, s.Completion.Imports = "auto", true, true
	s.CodeLens.Run, s.CodeLens.References = true, true
	s.Format.Enable = true
	return s
}

// readSettings reads what a client sends, with or without the section around it; what is not said is the default. Values
// of a wrong type are left out, the others hold.
func readSettings(raw protocol.LSPAny, locale string) *settings {
	s := defaultSettings()
	var around struct {
		Etamil json.RawMessage `json:"etamil"`
	}
	if json.Unmarshal(raw, &around) == nil && len(around.Etamil) > 0 {
		raw = protocol.LSPAny(around.Etamil)
	}
	if len(raw) > 0 {
		_ = json.Unmarshal(raw, s) // the fields before and after a wrong one are filled
	}
	s.lang = langOf(s.Language)
	if s.Language == "" {
		s.lang = langOf(locale)
	}
	return s
}

// langOf reads a language tag: Tamil where it says so, English where it says so, both otherwise.
func langOf(tag string) diag.Lang {
	tag = strings.ToLower(strings.NewReplacer("_", "-").Replace(tag))
	switch first, _, _ := strings.Cut(tag, "-"); first {
	case "ta", "tam":
		return diag.Tamil
	case "en", "eng":
		return diag.English
	}
	return diag.Both
}

// say chooses between two languages.
func (s *settings) say(tamil, english string) string {
	switch s.lang {
	case diag.Tamil:
		return tamil
	case diag.English:
		return english
	}
	return tamil + " · " + english
}
