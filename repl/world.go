package repl

import (
	"context"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax/module"
)

// worldCommands reach what the session talks to: its routes and its database.
func worldCommands() []*Command {
	return []*Command{
		{"கோரு", "http", "METHOD PATH [BODY]", "இதுவரை சொன்ன வழிகளிடம் கோரும்: :http GET /பொருள்கள்", "ask the routes so far: :http GET /items", false, (*Session).request},
		{"வினா", "sql", "SQL", "திறந்த தளத்திடம் கேட்கும்", "ask the open database", false, (*Session).sql},
	}
}

// request asks the session's own routes. What they change is theirs, as it is of every request.
func (s *Session) request(ctx context.Context, operand string) Result {
	if s.o.Host.Request == nil {
		return s.fail("இங்கு வழிகளைக் கேட்க முடியாது", "routes cannot be asked here")
	}
	method, rest, _ := strings.Cut(operand, " ")
	path, body, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if strings.HasPrefix(method, "/") {
		path, body = method, strings.TrimSpace(rest)
		method = "GET"
	}
	if !strings.HasPrefix(path, "/") {
		return s.usage(s.commands.find("http"))
	}
	r := Request{strings.ToUpper(method), path, strings.TrimSpace(body)}
	if s.o.Around != nil {
		ctx = s.o.Around(ctx)
	}
	answer, err := s.o.Host.Request(ctx, s.live.Program(), s.live.Values(), r)
	if err != nil {
		return s.fail("பதில் வரவில்லை: "+clean(err.Error()), "there was no answer: "+clean(err.Error()))
	}
	s.say(strings.TrimRight(clean(answer), "\n"))
	return Result{}
}

// sqlName is a variable that holds the rows of :sql while they are shown.
const sqlName = "_sql"

// sql runs one statement as தளம்_வினா does. Rows are shown and become _; the database keeps what the statement changed.
func (s *Session) sql(ctx context.Context, operand string) Result {
	if strings.Contains(operand, `"`) {
		operand = strings.ReplaceAll(operand, `"`, "`")
	}
	e := &entry{text: operand, name: "[sql]"}
	text := `தளம்_வினா "` + operand + `", [], ` + sqlName + `;`
	if !s.read(ctx, e, module.Entry{Name: e.name, Text: []byte(text), HasText: true}) {
		return Result{Failed: true}
	}
	before := s.live.State()
	if problems := s.live.Add(e.prog); len(problems) > 0 {
		s.live.Restore(before)
		s.show(problems)
		return Result{Failed: true}
	}
	_, err := s.run(ctx)
	rows := s.live.Get(sqlName)
	value.Share(rows)
	s.live.Restore(before)
	if err != nil {
		s.failed(ctx, e, err)
		return Result{Failed: true}
	}
	if rows.Kind() == value.UnsetKind {
		return Result{}
	}
	s.live.Set(lastName, rows)
	s.say(s.value(rows))
	return Result{}
}
