package lifecycle

import (
	"strconv"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// KindLife is the kind of the handle that வெளியெண_() answers.
const KindLife = "வெளியெண_"

// Words are the words of this package, by words.Word.ID, for runs of one life.
func Words(l *Life) vm.Natives {
	return vm.Natives{
		"appCreate":   {Min: 0, Max: 1, Keeps: true, Whole: 1, Fn: l.createWord},
		"appStart":    {Min: 0, Max: 1, Whole: 1, Fn: l.startWord},
		"StartServer": {Min: 0, Max: 2, Fn: l.startServerWord},
		"StopServer":  {Min: 0, Max: 1, Fn: l.stopWord},
		"veLiyeNa_":   {Min: 0, Max: 0, Fn: lifeWord},
	}
}

// createWord is செயலி_உருவாக்கு([record]): the record, which is kept for the server.
func (l *Life) createWord(c *vm.Call) (value.Value, error) {
	app, err := appOf(c.Args)
	if err != nil {
		return value.Nil, err
	}
	l.say(app)
	if app.Database != "" && l.Database != nil {
		l.Database(c.Context(), app.Database)
	}
	if len(c.Args) == 0 {
		return value.FromFields(nil, nil), nil
	}
	return c.Args[0], nil
}

// startWord is செயலி_தொடங்கு([app]).
func (l *Life) startWord(c *vm.Call) (value.Value, error) {
	app, err := appOf(c.Args)
	if err != nil {
		return value.Nil, err
	}
	l.start(func(a *App) {
		if len(c.Args) > 0 {
			*a = app
		}
	})
	return value.Nil, nil
}

// startServerWord is வழங்கி_தொடங்கு [HOST[, PORT]], in either order as long as one of them is a number.
func (l *Life) startServerWord(c *vm.Call) (value.Value, error) {
	said := App{Port: -1}
	for i, v := range c.Args {
		var err error
		if v.IsText() && i == 0 {
			said.Host = v.Display()
		} else if said.Port, err = port(v); err != nil {
			return value.Nil, err
		}
	}
	l.start(func(a *App) {
		if said.Host != "" {
			a.Host = said.Host
		}
		if said.Port >= 0 {
			a.Port = said.Port
		}
	})
	return value.Nil, nil
}

// stopWord is வழங்கி_நிறுத்து [MILLISECONDS]. It does not wait: what it is called in must end first.
func (l *Life) stopWord(c *vm.Call) (value.Value, error) {
	grace := NoGrace
	if len(c.Args) > 0 {
		ms, err := vm.Millis(c.Args[0])
		if err != nil {
			return value.Nil, err //nolint:wrapcheck // it is a code's error
		}
		grace = ms
	}
	l.Stop(grace)
	return value.Nil, nil
}

// lifeWord is வெளியெண_(), whose .பண_பந declares a block for a signal.
func lifeWord(*vm.Call) (value.Value, error) {
	return value.FromHandle(&value.Handle{Kind: KindLife}), nil
}

// The keys of an application's record that the server reads, in both languages; all others are the program's own.
var appKeys = map[string]string{
	"host": "host", "புரவலன்": "host", "port": "port", "குதை": "port", "database": "database", "தளம்": "database", "logging": "logging", "பதிவு": "logging",
}

// appOf reads what an application's record says; without one it says nothing.
func appOf(args []value.Value) (App, error) {
	app := App{Port: -1}
	if len(args) == 0 || args[0].IsNil() {
		return app, nil
	}
	r := args[0].Record()
	if r == nil {
		return app, &value.Error{Code: CodeApp, Args: []string{"செயலி", "ஒரு பொருள் (a record)", args[0].KindName()}}
	}
	for i, key := range r.Layout.Keys() {
		if err := app.set(appKeys[key], r.Slots[i]); err != nil {
			return app, err
		}
	}
	return app, nil
}

// set takes one setting; one that is இன்மை says nothing.
func (a *App) set(key string, v value.Value) (err error) {
	if v.IsNil() {
		return nil
	}
	switch key {
	case "host":
		a.Host, err = text(key, v)
	case "port":
		a.Port, err = port(v)
	case "database":
		a.Database, err = database(v)
	case "logging":
		if a.Log, err = text(key, v); err == nil && a.Log != "text" && a.Log != "json" && a.Log != "off" {
			err = &value.Error{Code: CodeApp, Args: []string{key, `"text", "json", "off"`, strconv.Quote(a.Log)}}
		}
	}
	return err
}

// database reads text, or a record with url or path (services.md rule 17).
func database(v value.Value) (string, error) {
	if r := v.Record(); r != nil {
		for _, key := range []string{"url", "path"} {
			if at, ok := r.Get(key); ok && !at.IsNil() {
				return text("database."+key, at)
			}
		}
		return "", &value.Error{Code: CodeApp, Args: []string{"database", "url, path", v.KindName()}}
	}
	return text("database", v)
}

func text(key string, v value.Value) (string, error) {
	if !v.IsText() {
		return "", &value.Error{Code: CodeApp, Args: []string{key, "ஒரு சொல் (a text)", v.KindName()}}
	}
	return v.Display(), nil
}

// port reads a port; text of digits is one too, as it comes from the environment.
func port(v value.Value) (int, error) {
	n, ok := v.Int()
	if v.IsText() {
		digits, err := strconv.ParseUint(v.Display(), 10, 16)
		n, ok = int64(digits), err == nil
	}
	if !ok || n < 0 || n > 65535 {
		return -1, &value.Error{Code: CodeApp, Args: []string{"port", "0–65535", v.Display()}}
	}
	return int(n), nil
}
