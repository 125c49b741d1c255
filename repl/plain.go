package repl

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// PlainOptions say how a plain conversation goes.
type PlainOptions struct {
	// Prompt is shown before each entry and Continue before each further line of one; both empty show none, as for a pipe.
	Prompt, Continue string
	// Echo writes every line that is read behind its prompt, so that a transcript shows what was asked.
	Echo bool
	// Stop gives the context of one entry, which an interrupt ends; nil uses the conversation's own.
	Stop func(ctx context.Context) (context.Context, context.CancelFunc)
	// History remembers entries; nil does not.
	History *History
}

// maxLine is how long a line may be that is read, in bytes; a program may have no more.
const maxLine = 4<<20 + 1

// Plain talks line by line: no cursor movement, no colours of its own, the same entries and commands. It ends with the
// input, with :quit, or when ctx ends. Failed counts the entries that failed. The error is that of reading.
func (s *Session) Plain(ctx context.Context, in io.Reader, out io.Writer, o PlainOptions) (status, failed int, err error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 1<<16), maxLine)
	entry, prompt := "", o.Prompt
	finish := func() Result {
		text := entry
		entry, prompt = "", o.Prompt
		r := s.one(ctx, text, out, o)
		if r.Failed {
			failed++
		}
		return r
	}
	ask(out, prompt)
	for ctx.Err() == nil && lines.Scan() {
		line := strings.TrimSuffix(lines.Text(), "\r")
		if o.Echo {
			_, _ = fmt.Fprintln(out, line)
		}
		empty := strings.TrimSpace(line) == ""
		if entry != "" {
			entry += "\n"
		}
		entry += line
		if !utf8.ValidString(entry) {
			s.badText(out)
			failed++
			entry, prompt = "", o.Prompt
		} else if (!empty && Incomplete(entry)) && firstRune(entry) != 0 {
			prompt = o.Continue
		} else if r := finish(); r.Quit {
			return r.Status, failed, nil
		}
		ask(out, prompt)
	}
	if firstRune(entry) != 0 && ctx.Err() == nil {
		if r := finish(); r.Quit {
			return r.Status, failed, nil
		}
	}
	if err := lines.Err(); err != nil && !errors.Is(err, io.EOF) {
		return 0, failed, fmt.Errorf("read an entry: %w", err)
	}
	return 0, failed, nil
}

func ask(out io.Writer, prompt string) {
	if prompt != "" {
		_, _ = io.WriteString(out, prompt) // a closed output ends the input too
	}
}

func (s *Session) one(ctx context.Context, text string, out io.Writer, o PlainOptions) Result {
	if o.Stop != nil {
		var cancel context.CancelFunc
		ctx, cancel = o.Stop(ctx)
		defer cancel()
	}
	if o.History != nil && firstRune(text) != 0 {
		o.History.Add(text)
	}
	return s.Follow(ctx, text, out)
}

// Follow is Eval where nobody can go on with a draft: what an editor gave back is run at once.
func (s *Session) Follow(ctx context.Context, text string, out io.Writer) Result {
	r := s.Eval(ctx, text, out)
	for r.Draft != "" && ctx.Err() == nil {
		r = s.Eval(ctx, r.Draft, out)
	}
	return r
}

func (s *Session) badText(out io.Writer) {
	_, _ = fmt.Fprintln(out, s.text("இது UTF-8 உரை அல்ல; விடப்பட்டது", "this is no UTF-8 text; it was left out"))
}
