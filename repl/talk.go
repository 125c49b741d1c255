package repl

import (
	"context"
	"strings"

	"github.com/etamil-lang/etamil/check/assist"
	"github.com/etamil-lang/etamil/check/diag"
	format "github.com/etamil-lang/etamil/fmt"
)

// talkCommands change how the session talks.
func talkCommands() []*Command {
	return []*Command{
		{"எழுத்து", "script", "[tamil | roman]", "தமிழ் எழுத்தா, எழுத்துப்பெயர்ப்பா (tamil, roman)", "suggest words in Tamil or romanised letters", false, (*Session).setScript},
		{"மொழி", "lang", "[ta | en | both]", "செய்திகளின் மொழி", "the language of messages", false, (*Session).setLang},
		{"வெளியேறு", "quit", "", "வெளியேறும்", "leave", false, quitCommand},
	}
}

func (s *Session) setScript(_ context.Context, operand string) Result {
	switch operand {
	case "":
		s.say(scriptName(s.script))
		return Result{}
	case "tamil", "தமிழ்", "qamiz":
		s.script = assist.Tamil
	case "roman", "ரோமன்", "rOmaZ":
		s.script = assist.Roman
	default:
		return s.usage(s.commands.find("script"))
	}
	return s.respell()
}

func scriptName(s Script) string {
	if s == assist.Roman {
		return "roman"
	}
	return "tamil"
}

// respell shows the last entry in the session's script, so that the change is seen.
func (s *Session) respell() Result {
	if len(s.said) == 0 {
		return Result{}
	}
	to := format.Tamil
	if s.script == assist.Roman {
		to = format.Roman
	}
	out, err := format.Source("[…]", []byte(complete(s.said[len(s.said)-1].text)), format.Options{Script: to})
	if err == nil {
		s.note(strings.TrimRight(string(out), "\n"))
	}
	return Result{}
}

func (s *Session) setLang(_ context.Context, operand string) Result {
	if operand == "" {
		s.say([...]string{diag.Both: "both", diag.Tamil: "ta", diag.English: "en"}[s.o.Lang])
		return Result{}
	}
	l, ok := diag.ParseLang(operand)
	if !ok {
		return s.usage(s.commands.find("lang"))
	}
	s.o.Lang = l
	return Result{}
}

func quitCommand(*Session, context.Context, string) Result { return Result{Quit: true} }
