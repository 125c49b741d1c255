package task

import (
	"context"
	"strconv"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// The kinds of the handles.
const (
	KindTask    = "பணி"
	KindChannel = "சேனல்"
	KindLock    = "பூட்டு"
	KindAtomic  = "அணு"
)

const every = 1<<8 - 1 // all arguments are looked at, or handed on, without their display text

// Words are the words of this package, by words.Word.ID. Those that can wait work in runs whose context comes from a Group.
func Words() vm.Natives {
	return vm.Natives{
		"async":            {Min: 1, Max: -1, Keeps: true, Whole: every, Fn: asyncWord},
		"taskCreate":       {Min: 1, Max: 2, Keeps: true, Fn: createWord},
		"await":            {Min: 1, Max: 1, Whole: every, Fn: awaitWord},
		"taskCancel":       {Min: 1, Max: 1, Whole: every, Fn: cancelWord},
		"taskDone":         {Min: 1, Max: 1, Whole: every, Fn: doneWord},
		"taskAll":          {Min: 1, Max: 1, Whole: every, Fn: allWord},
		"taskRace":         {Min: 1, Max: 1, Whole: every, Fn: raceWord},
		"taskSetState":     {Min: 1, Max: 1, Fn: setStateWord},
		"taskState":        {Min: 1, Max: 1, Whole: every, Fn: stateWord},
		"channelCreate":    {Min: 0, Max: 1, Fn: channelWord},
		"channelSend":      {Min: 2, Max: 2, Keeps: true, Whole: every, Fn: sendWord},
		"channelReceive":   {Min: 1, Max: 1, Whole: every, Fn: receiveWord},
		"channelClose":     {Min: 1, Max: 1, Whole: every, Fn: closeWord},
		"channelSelect":    {Min: 1, Max: 1, Whole: every, Fn: selectWord},
		"lockCreate":       {Min: 0, Max: 0, Fn: lockWord},
		"lockHold":         {Min: 1, Max: 1, Whole: every, Enters: true, Fn: holdWord},
		"lockHold.leave":   {Min: 1, Max: 1, Whole: every, Fn: releaseWord},
		"atomicCreate":     {Min: 0, Max: 1, Fn: atomicWord},
		"atomicAdd":        {Min: 2, Max: 2, Fn: addWord},
		"atomicGet":        {Min: 1, Max: 1, Fn: getWord},
		"atomicSet":        {Min: 2, Max: 2, Fn: setWord},
		"atomicCompareSet": {Min: 3, Max: 3, Fn: compareWord},
		"retry":            {Min: 1, Max: 2, Whole: every, Fn: retryWord},
		"retry.next":       {Min: 2, Max: 2, Whole: every, Fn: nextWord},
	}
}

func needs(kind string, v value.Value) error {
	return &value.Error{Code: CodeNeeds, Args: []string{kind, v.KindName()}}
}

func badCount(v value.Value, low, high string) error {
	return &value.Error{Code: CodeBadCount, Args: []string{low, high, value.Brief(v)}}
}

// whole reads a whole number between two bounds.
func whole(v value.Value, low, high int) (int, error) {
	n, ok := v.Int()
	if !ok || n < int64(low) || n > int64(high) {
		return 0, badCount(v, strconv.Itoa(low), strconv.Itoa(high))
	}
	return int(n), nil
}

// handle reads a handle of this package.
func handle[T any](v value.Value, kind string) (T, error) {
	if h := v.Handle(); h != nil {
		if t, ok := h.Impl.(T); ok {
			return t, nil
		}
	}
	var none T
	return none, needs(kind, v)
}

// handles reads an array of handles.
func handles[T any](v value.Value, kind string) ([]T, error) {
	if v.Array() == nil {
		return nil, needs("an array", v)
	}
	var all []T
	for _, x := range v.Array().Items {
		t, err := handle[T](x, kind)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// asyncWord starts a பின்னணி செயல்: the function and its arguments.
func asyncWord(c *vm.Call) (value.Value, error) {
	p, err := partyOf(c, "பின்னணி")
	if err != nil {
		return value.Nil, err
	}
	fn := c.Args[0].Func()
	if fn == nil {
		return value.Nil, needs("a function", c.Args[0])
	}
	return p.start(c, c.Args[0], fn.Name, c.Args[1:])
}

// createWord is பணி_உருவாக்கு: the block and its name.
func createWord(c *vm.Call) (value.Value, error) {
	p, err := partyOf(c, "பணி_உருவாக்கு")
	if err != nil {
		return value.Nil, err
	}
	if c.Args[0].Func() == nil {
		return value.Nil, needs("a function", c.Args[0])
	}
	name := ""
	if len(c.Args) > 1 {
		name = c.Args[1].Display()
	}
	return p.start(c, c.Args[0], name, nil)
}

// awaitWord is காத்திரு(task) or காத்திரு(milliseconds).
func awaitWord(c *vm.Call) (value.Value, error) {
	if c.Args[0].IsNumber() {
		d, err := vm.Millis(c.Args[0])
		if err != nil {
			return value.Nil, err
		}
		return value.FromOk(value.Nil), sleep(c.Context(), d, c.Flush)
	}
	t, err := handle[*Task](c.Args[0], KindTask)
	if err != nil {
		return value.Nil, err
	}
	p, err := partyOf(c, "காத்திரு")
	if err != nil {
		return value.Nil, err
	}
	return p.wait(c, t)
}

func sleep(ctx context.Context, d time.Duration, flush func() error) error {
	if d <= 0 {
		return nil
	}
	if err := flush(); err != nil {
		return err
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the machine turns it into the fault of a run that was stopped
	}
}

func cancelWord(c *vm.Call) (value.Value, error) {
	t, err := handle[*Task](c.Args[0], KindTask)
	if err == nil {
		t.self.g.mu.Lock()
		t.stop()
		t.self.g.mu.Unlock()
	}
	return value.Nil, err
}

func doneWord(c *vm.Call) (value.Value, error) {
	t, err := handle[*Task](c.Args[0], KindTask)
	if err != nil {
		return value.Nil, err
	}
	t.self.g.mu.Lock()
	defer t.self.g.mu.Unlock()
	return value.FromBool(t.done), nil
}

func allWord(c *vm.Call) (value.Value, error) {
	p, err := partyOf(c, "பணி_அனைத்தும்")
	if err != nil {
		return value.Nil, err
	}
	tasks, err := handles[*Task](c.Args[0], KindTask)
	if err != nil {
		return value.Nil, err
	}
	results := make([]value.Value, len(tasks))
	for i, t := range tasks {
		if results[i], err = p.wait(c, t); err != nil {
			return value.Nil, err
		}
	}
	return value.FromItems(results), nil
}

func raceWord(c *vm.Call) (value.Value, error) {
	p, err := partyOf(c, "பணி_முந்துவது")
	if err != nil {
		return value.Nil, err
	}
	tasks, err := handles[*Task](c.Args[0], KindTask)
	if err != nil || len(tasks) == 0 {
		return value.Nil, err
	}
	return p.race(c, tasks)
}

// setStateWord is பணி_நிலை_சேமி. Outside a task there is nobody to ask for it.
func setStateWord(c *vm.Call) (value.Value, error) {
	if p, ok := c.Owner().(*party); ok && p.task != nil {
		p.g.mu.Lock()
		p.task.state = c.Args[0].Display()
		p.g.mu.Unlock()
	}
	return value.Nil, nil
}

func stateWord(c *vm.Call) (value.Value, error) {
	t, err := handle[*Task](c.Args[0], KindTask)
	if err != nil {
		return value.Nil, err
	}
	t.self.g.mu.Lock()
	defer t.self.g.mu.Unlock()
	return value.FromText(t.state), nil
}

func channelWord(c *vm.Call) (value.Value, error) {
	g, err := of(c, "சேனல்_உருவாக்கு")
	if err != nil {
		return value.Nil, err
	}
	room := defaultRoom
	if len(c.Args) > 0 {
		if room, err = whole(c.Args[0], 0, maxRoom); err != nil {
			return value.Nil, err
		}
	}
	return value.FromHandle(&newChannel(g, room).handle), nil
}

func sendWord(c *vm.Call) (value.Value, error) {
	ch, err := handle[*Channel](c.Args[0], KindChannel)
	if err != nil {
		return value.Nil, err
	}
	p, err := partyOf(c, "சேனல்_அனுப்பு")
	if err != nil {
		return value.Nil, err
	}
	return value.Nil, p.send(c, ch, c.Args[1])
}

func receiveWord(c *vm.Call) (value.Value, error) {
	ch, err := handle[*Channel](c.Args[0], KindChannel)
	if err != nil {
		return value.Nil, err
	}
	v, _, err := ch.Next(c)
	return v, err
}

func closeWord(c *vm.Call) (value.Value, error) {
	ch, err := handle[*Channel](c.Args[0], KindChannel)
	if err == nil {
		ch.close()
	}
	return value.Nil, err
}

// selectWord is சேனல்_முந்துவது: {சேனல், செய்தி}, or இன்மை once all channels are closed and empty.
func selectWord(c *vm.Call) (value.Value, error) {
	p, err := partyOf(c, "சேனல்_முந்துவது")
	if err != nil {
		return value.Nil, err
	}
	channels, err := handles[*Channel](c.Args[0], KindChannel)
	if err != nil || len(channels) == 0 {
		return value.Nil, err
	}
	at, v, err := p.choose(c, channels)
	if err != nil || at < 0 {
		return value.Nil, err
	}
	return value.FromFields([]string{"சேனல்", "செய்தி"}, []value.Value{value.FromHandle(&channels[at].handle), v}), nil
}

func lockWord(c *vm.Call) (value.Value, error) {
	g, err := of(c, "பூட்டு_உருவாக்கு")
	if err != nil {
		return value.Nil, err
	}
	return value.FromHandle(&newLock(g).handle), nil
}

// holdWord takes a lock for the block that follows, and answers it for releaseWord.
func holdWord(c *vm.Call) (value.Value, error) {
	l, err := handle[*Lock](c.Args[0], KindLock)
	if err != nil {
		return value.Nil, err
	}
	p, err := partyOf(c, "பூட்டு_பிடி")
	if err != nil {
		return value.Nil, err
	}
	return c.Args[0], p.hold(c, l)
}

func releaseWord(c *vm.Call) (value.Value, error) {
	l, err := handle[*Lock](c.Args[0], KindLock)
	if err == nil {
		l.g.mu.Lock()
		l.release(l.owner)
		l.g.mu.Unlock()
	}
	return value.Nil, err
}

func atomicWord(c *vm.Call) (value.Value, error) {
	n := value.FromInt(0)
	if len(c.Args) > 0 {
		n = c.Args[0]
	}
	if !n.IsNumber() {
		return value.Nil, needs("a number", n)
	}
	return value.FromHandle(&newAtomic(n).handle), nil
}

// changed is what all words of atomics do: read the handle, and change the number.
func changed(c *vm.Call, to func(n value.Value) (value.Value, error)) (value.Value, error) {
	a, err := handle[*Atomic](c.Args[0], KindAtomic)
	if err != nil {
		return value.Nil, err
	}
	for _, v := range c.Args[1:] {
		if !v.IsNumber() {
			return value.Nil, needs("a number", v)
		}
	}
	return a.change(to)
}

func addWord(c *vm.Call) (value.Value, error) {
	return changed(c, func(n value.Value) (value.Value, error) { return value.Add(n, c.Args[1]) })
}

func getWord(c *vm.Call) (value.Value, error) {
	return changed(c, func(n value.Value) (value.Value, error) { return n, nil })
}

func setWord(c *vm.Call) (value.Value, error) {
	_, err := changed(c, func(value.Value) (value.Value, error) { return c.Args[1], nil })
	return value.Nil, err
}

func compareWord(c *vm.Call) (value.Value, error) {
	took := false
	_, err := changed(c, func(n value.Value) (value.Value, error) {
		if took = value.Equal(n, c.Args[1]); took {
			return c.Args[2], nil
		}
		return n, nil
	})
	return value.FromBool(took), err
}

func retryWord(c *vm.Call) (value.Value, error) {
	a, err := newAttempts(c.Args)
	if err != nil {
		return value.Nil, err
	}
	return value.FromHandle(&value.Handle{Kind: "மீள்முயல்", Impl: a}), nil
}

// nextWord decides, after a failed attempt, whether there is another, and waits for it.
func nextWord(c *vm.Call) (value.Value, error) {
	a, err := handle[*attempts](c.Args[0], "மீள்முயல்")
	if err != nil {
		return value.Nil, err
	}
	kind, err := value.Field(c.Args[1], value.FieldKind)
	if err != nil {
		return value.Nil, err
	}
	pause, more := a.again(kind.Display())
	if !more {
		return value.FromBool(false), nil
	}
	return value.FromBool(true), sleep(c.Context(), pause, c.Flush)
}
