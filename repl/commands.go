package repl

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/etamil-lang/etamil/syntax/ezuqqu"
)

// Command is one :command.
type Command struct {
	// Tamil and English are its names; the third is the Tamil one romanised.
	Tamil, English string
	// Operand is what follows the name, "" for nothing, the same in every language.
	Operand string
	// HelpTamil and HelpEnglish say what it does.
	HelpTamil, HelpEnglish string
	// Text tells that the operand is program text.
	Text bool
	run  func(s *Session, ctx context.Context, operand string) Result
}

// Roman is the Tamil name romanised.
func (c *Command) Roman() string { return ezuqqu.FromTamil(c.Tamil) }

// commandList are commands in the order in which help lists them.
type commandList []*Command

func allCommands() commandList {
	return slices.Concat(lookCommands(), keepCommands(), worldCommands(), talkCommands())
}

// Commands are all commands, in the order in which help lists them. The list must not be changed.
func (s *Session) Commands() []*Command { return s.commands }

// find answers the command of a name, or of the beginning of an English one that no other command shares.
func (l commandList) find(name string) *Command {
	var begins *Command
	for _, c := range l {
		if name == c.Tamil || name == c.English || name == c.Roman() {
			return c
		}
		if name != "" && strings.HasPrefix(c.English, name) {
			if begins != nil {
				begins = &Command{} // two commands begin so
				continue
			}
			begins = c
		}
	}
	if begins != nil && begins.run == nil {
		return nil
	}
	return begins
}

// split divides a command line into the name and what follows it.
func split(text string) (name, operand string) {
	text = strings.TrimPrefix(strings.TrimSpace(text), ":")
	i := strings.IndexFunc(text, unicode.IsSpace)
	if i < 0 {
		return text, ""
	}
	return text[:i], strings.TrimSpace(text[i:])
}

func (s *Session) command(ctx context.Context, text string) Result {
	name, operand := split(text)
	c := s.commands.find(name)
	switch {
	case c == nil:
		s.note(s.text("':"+clean(name)+"' என்ற கட்டளை இல்லை; :உதவி பார்க்கவும்", "there is no command ':"+clean(name)+"'; see :help"))
		return Result{Failed: true}
	case c.Operand == "" && operand != "", operand == "" && c.Operand != "" && c.Operand[0] != '[':
		return s.usage(c)
	}
	return c.run(s, ctx, operand)
}

// usage says how a command is written.
func (s *Session) usage(c *Command) Result {
	tamil, english := strings.TrimSpace(":"+c.Tamil+" "+c.Operand), strings.TrimSpace(":"+c.English+" "+c.Operand)
	s.note(s.text("இப்படி எழுதவும்: "+tamil, "write it so: "+english))
	return Result{Failed: true}
}

func (s *Session) fail(tamil, english string) Result {
	s.note(s.text(tamil, english))
	return Result{Failed: true}
}

func (s *Session) help(_ context.Context, operand string) Result {
	if operand != "" {
		c := s.commands.find(strings.TrimPrefix(operand, ":"))
		if c == nil {
			return s.document(context.Background(), "?"+operand)
		}
		s.helpLine(c, 0)
		return Result{}
	}
	wide := 0
	for _, c := range s.commands {
		wide = max(wide, s.o.Width(names(c)))
	}
	for _, c := range s.commands {
		s.helpLine(c, wide)
	}
	s.note(s.text(
		"?பெயர் விளக்கம் காட்டும். _ என்பது கடைசி மதிப்பு. கட்டளையை எழுத்துப்பெயர்ப்பிலும் எழுதலாம் (:vakY). வரி முடியும் ; விடலாம்.",
		"?name explains. _ is the last value. Commands may also be romanised (:vakY). The last ; may be left out."))
	return Result{}
}

func names(c *Command) string {
	return strings.TrimSpace(":" + c.Tamil + " :" + c.English + " " + c.Operand)
}

func (s *Session) helpLine(c *Command, wide int) {
	line := names(c)
	pad := strings.Repeat(" ", max(wide-s.o.Width(line), 0)+2)
	s.say(s.paint(colourBold, line) + pad + s.text(c.HelpTamil, c.HelpEnglish))
}
