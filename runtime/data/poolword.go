package data

import (
	"slices"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/words"
)

// The kinds of the handles.
const (
	KindPool       = "திரள்"
	KindConnection = "இணைப்பு"
)

const every = 1<<8 - 1 // all arguments are looked at without their display text

// poolWords are the words of connection pools (services.md section 6).
func poolWords() vm.Natives {
	return vm.Natives{
		"poolCreate":     {Min: 1, Max: 2, Fn: poolWord},
		"poolWith":       {Min: 1, Max: 1, Whole: every, Enters: true, Fn: borrowWord},
		"poolWith.leave": {Min: 1, Max: 1, Whole: every, Fn: returnWord},
		"poolClose":      {Min: 0, Max: 1, Whole: every, Fn: closePoolWord},
		"poolStats":      {Min: 1, Max: 1, Whole: every, Fn: poolStateWord},
	}
}

// poolWord is திரள்_உருவாக்கு([driver,] options).
func poolWord(c *vm.Call) (value.Value, error) {
	s, err := session(c)
	if err != nil {
		return value.Nil, err
	}
	o, err := readPool(c.Args)
	if err != nil {
		return value.Nil, err
	}
	if sqliteName(o.driver) == "" {
		return value.Nil, &value.Error{Code: CodeDriver, Args: []string{o.driver}}
	}
	p, err := s.all.pool(o.path, o.Options)
	if err != nil {
		return value.Nil, err
	}
	return value.FromHandle(&value.Handle{Kind: KindPool, Name: o.path, Impl: p}), nil
}

func poolOf(v value.Value) (*Pool, error) {
	if h := v.Handle(); h != nil {
		if p, ok := h.Impl.(*Pool); ok {
			return p, nil
		}
	}
	return nil, &value.Error{Code: CodeNotPool, Args: []string{v.KindName()}}
}

// connection is இணைப்பு: a loan of one run.
type connection struct{ lease *Lease }

// Release ends a loan that its block did not end; what is open in it is rolled back.
func (conn *connection) Release() { _ = conn.lease.Return() } // the run has an error of its own

// lentOf is how many connections of a pool the run has.
func lentOf(c *vm.Call, p *Pool) int {
	n := 0
	for _, x := range c.Held() {
		if conn, ok := x.(*connection); ok && conn.lease.pool == p {
			n++
		}
	}
	return n
}

// borrowWord begins திரள்_இணைப்பு: it answers what the block calls இணைப்பு.
func borrowWord(c *vm.Call) (value.Value, error) {
	p, err := poolOf(c.Args[0])
	if err != nil {
		return value.Nil, err
	}
	if lentOf(c, p) == cap(p.leases) {
		return value.Nil, &value.Error{Code: CodePoolHeld, Args: []string{p.db.path}}
	}
	if err := c.Flush(); err != nil {
		return value.Nil, err
	}
	lease, err := p.Lease(c.Context())
	if err != nil {
		return value.Nil, err
	}
	conn := &connection{lease}
	c.Hold(conn)
	return value.FromHandle(&value.Handle{Kind: KindConnection, Name: p.db.path, Impl: conn}), nil
}

// returnWord ends the block. What the block called இணைப்பு stays what it was, for a function value that still asks it.
func returnWord(c *vm.Call) (value.Value, error) {
	conn := c.Args[0].Handle().Impl.(*connection)
	c.Drop(conn)
	return c.Args[0], conn.lease.Return()
}

// connectionWords are the words of இணைப்பு, by their IDs.
var connectionWords = map[string]*vm.Native{
	"query":   {Min: 2, Max: 3, Fn: askWord},
	"execute": {Min: 2, Max: 3, Fn: changeWord},
}

// Method is a word of the connection, in any of its spellings (vm.Methods).
func (conn *connection) Method(name string) *vm.Native {
	for _, w := range words.Lookups(name) {
		if nat := connectionWords[w.ID]; nat != nil {
			return nat
		}
	}
	return nil
}

// askWord is இணைப்பு.வினா(sql[, params]): the rows.
func askWord(c *vm.Call) (value.Value, error) {
	lease, params, err := lent(c)
	if err != nil {
		return value.Nil, err
	}
	return lease.query(c.Context(), c.Args[1].Display(), params, c.Grow)
}

// changeWord is இணைப்பு.செய்(sql[, params]): how many rows changed.
func changeWord(c *vm.Call) (value.Value, error) {
	lease, params, err := lent(c)
	if err != nil {
		return value.Nil, err
	}
	n, err := lease.Exec(c.Context(), c.Args[1].Display(), params)
	return value.FromInt(n), err
}

// lent reads what the words of a connection take. A task that was started in the block is another run: it may go on when the
// connection is somebody else's.
func lent(c *vm.Call) (*Lease, []value.Value, error) {
	conn := c.Args[0].Handle().Impl.(*connection)
	if !slices.Contains(c.Held(), vm.Held(conn)) {
		return nil, nil, &value.Error{Code: CodeNotLent}
	}
	params, err := params(c, 2)
	return conn.lease, params, err
}

// closePoolWord is திரள்_மூடு([pool]): of all pools without one.
func closePoolWord(c *vm.Call) (value.Value, error) {
	s, err := session(c)
	if err != nil {
		return value.Nil, err
	}
	pools := s.all.Pools()
	if len(c.Args) > 0 {
		p, err := poolOf(c.Args[0])
		if err != nil {
			return value.Nil, err
		}
		pools = []*Pool{p}
	}
	for _, p := range pools {
		if lentOf(c, p) > 0 {
			return value.Nil, &value.Error{Code: CodePoolHeld, Args: []string{p.db.path}}
		}
	}
	if err := c.Flush(); err != nil {
		return value.Nil, err
	}
	for _, p := range pools {
		if err := p.Close(c.Context()); err != nil {
			return value.Nil, err
		}
	}
	return value.Nil, nil
}

// poolStateWord is திரள்_நிலை(pool).
func poolStateWord(c *vm.Call) (value.Value, error) {
	p, err := poolOf(c.Args[0])
	if err != nil {
		return value.Nil, err
	}
	s := p.State()
	return value.FromFields([]string{"திறந்தவை", "ஓய்வு", "காத்திருப்பு"},
		[]value.Value{value.FromInt(int64(s.Open)), value.FromInt(int64(s.Idle)), value.FromInt(int64(s.Waiting))}), nil
}

// poolOptions are the options of திரள்_உருவாக்கு.
type poolOptions struct {
	Options
	driver, path string
}

// The most connections that a pool may be asked for.
const maxPool = 10_000

// poolFields are the names of the options, each with what it sets.
var poolFields = map[string]func(o *poolOptions, key string, v value.Value) error{
	"path": setPath, "பாதை": setPath, "database": setPath,
	"url": setURL, "முகவரி": setURL,
	"driver": setDriver, "வகை": setDriver,
	"max_connections": setMost, "pool_size": setMost, "உச்சம்": setMost,
	"max_idle": setIdle, "ஓய்வு": setIdle,
	"timeout": setWait, "காலவரம்பு": setWait,
	// Those of other engines: which one it is, is what the error will be about.
	"host": setOther, "port": setOther, "user": setOther, "password": setOther,
}

// poolNames are what an error about an unknown option offers.
const poolNames = "path, url, max_connections, max_idle, timeout; பாதை, முகவரி, உச்சம், ஓய்வு, காலவரம்பு"

// readPool reads ([driver,] options).
func readPool(args []value.Value) (poolOptions, error) {
	var o poolOptions
	for i, arg := range args {
		r := arg.Record()
		switch {
		case r == nil && (i > 0 || arg.Kind() != value.TextKind):
			return o, badOption(KindPool, arg)
		case r == nil:
			o.driver = arg.Display()
			continue
		}
		for j, key := range r.Layout.Keys() {
			set := poolFields[key]
			if set == nil {
				return o, &value.Error{Code: value.CodeNoField, Args: []string{key, poolNames}}
			}
			if err := set(&o, key, r.Slots[j]); err != nil {
				return o, err
			}
		}
	}
	if o.driver == "" {
		o.driver = sqliteDriver
	}
	if o.path == "" && sqliteName(o.driver) != "" {
		return o, badOption("path", value.Nil)
	}
	return o, nil
}

func badOption(key string, v value.Value) error {
	return &value.Error{Code: CodePoolOption, Args: []string{key, value.Brief(v)}}
}

func setPath(o *poolOptions, key string, v value.Value) error {
	if v.Kind() != value.TextKind {
		return badOption(key, v)
	}
	o.path = v.Text()
	return nil
}

func setURL(o *poolOptions, key string, v value.Value) error {
	if v.Kind() != value.TextKind {
		return badOption(key, v)
	}
	driver, path := address(v.Text())
	o.path = path
	if o.driver == "" || driver != sqliteDriver {
		o.driver = driver
	}
	return nil
}

func setDriver(o *poolOptions, key string, v value.Value) error {
	if v.Kind() != value.TextKind {
		return badOption(key, v)
	}
	o.driver = v.Text()
	return nil
}

func setMost(o *poolOptions, key string, v value.Value) (err error) {
	o.MaxLeases, err = whole(key, v)
	return err
}

func setIdle(o *poolOptions, key string, v value.Value) (err error) {
	o.MaxIdle, err = whole(key, v)
	return err
}

func setOther(*poolOptions, string, value.Value) error { return nil }

func setWait(o *poolOptions, key string, v value.Value) (err error) {
	o.Wait, err = vm.Millis(v)
	if err == nil && o.Wait == 0 {
		o.Wait = time.Nanosecond // 0 asks for the usual wait
	}
	return err
}

func whole(key string, v value.Value) (int, error) {
	n, ok := v.Int()
	if !ok || n < 1 || n > maxPool {
		return 0, badOption(key, v)
	}
	return int(n), nil
}

// sqliteDriver is what the driver of SQLite is called inside.
const sqliteDriver = "SQLite"

// sqliteName is sqliteDriver for any name that SQLite goes by, or "".
func sqliteName(driver string) string {
	if w := words.Lookup(driver); w != nil && w.Token == sqliteDriver {
		return sqliteDriver
	}
	switch strings.ToLower(driver) {
	case "sqlite", "sqlite3", "sql", "file":
		return sqliteDriver
	}
	return ""
}

// address splits the address of a database into its driver and, for SQLite, the file. What names no driver is a file.
func address(url string) (driver, path string) {
	scheme, rest, found := strings.Cut(url, ":")
	if !found || url == Memory || strings.ContainsAny(scheme, `/\`) || len(scheme) < 2 { // C:\kadai.db
		return sqliteDriver, url
	}
	if sqliteName(scheme) == "" {
		return scheme, rest
	}
	return sqliteDriver, strings.TrimPrefix(rest, "//")
}
