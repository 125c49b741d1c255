package main

import (
	"errors"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
)

// langFlag is --lang. Its value was read before the commands were made, so that their help is in that language; setting
// it again refuses what langOf could not read.
type langFlag struct{ name string }

func (f *langFlag) String() string { return f.name }

func (f *langFlag) Type() string { return "ta|en|both" }

func (f *langFlag) Set(s string) error {
	if _, ok := diag.ParseLang(s); !ok {
		return errors.New("ta, en, both")
	}
	f.name = s
	return nil
}

// langOf finds the language that the command line asks for; arguments of the program, after --, do not count.
func langOf(args []string) diag.Lang {
	lang := diag.Both
	for i, arg := range args {
		if arg == "--" {
			break
		}
		name, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			name, ok = args[i+1], true
		}
		if l, known := diag.ParseLang(name); ok && known {
			lang = l
		}
	}
	return lang
}
