package data

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Databases are the databases that a loaded program has opened, each once for all runs. It is safe for concurrent use.
type Databases struct {
	dir  string
	opt  Options
	mu   sync.Mutex
	open map[string]*DB // files by their full name
	// memory are the databases in memory, which belong to the sessions that made them.
	memory map[*DB]struct{}
	pools  []*Pool
	// fallback is the database of programs that declare none.
	fallback fallback
}

// fallback opens a database when it is first needed; nil when there is none.
type fallback func() (*DB, error)

// Default names the database of programs that declare none, by its address or file. It must be called before the first session.
func (d *Databases) Default(url string) { d.fallback = d.opener(url) }

func (d *Databases) opener(url string) fallback {
	return sync.OnceValues(func() (*DB, error) {
		driver, path := address(url)
		if sqliteName(driver) == "" {
			return nil, &value.Error{Code: CodeDriver, Args: []string{driver}}
		}
		return d.get(path)
	})
}

// pool makes a pool of connections to a file, or of one to a database in memory.
func (d *Databases) pool(name string, o Options) (*Pool, error) {
	db, err := d.get(name)
	if err != nil {
		return nil, err
	}
	if db.path == Memory {
		o.MaxLeases, o.MaxIdle = 1, 1
		_ = db.own.shut() // its only connection goes to the pool
	}
	p := NewPool(db, o)
	d.mu.Lock()
	d.pools = append(d.pools, p)
	d.mu.Unlock()
	return p, nil
}

// Pools are the pools that programs have made, the first one first.
func (d *Databases) Pools() []*Pool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.pools)
}

// NewDatabases makes an empty set. Relative names start from dir; "" is the working directory.
func NewDatabases(dir string, o Options) *Databases {
	return &Databases{dir: dir, opt: o, open: make(map[string]*DB), memory: make(map[*DB]struct{})}
}

// Close closes all databases. Every session must have returned its leases.
func (d *Databases) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var errs []error
	for _, p := range d.pools {
		errs = append(errs, p.shut())
	}
	for _, db := range d.open {
		errs = append(errs, db.Close())
	}
	for db := range d.memory {
		errs = append(errs, db.Close())
	}
	clear(d.open)
	clear(d.memory)
	d.pools = nil
	return errors.Join(errs...)
}

// get opens a file, or answers the one that is open. Each Memory is a database of its own.
func (d *Databases) get(name string) (*DB, error) {
	if name == Memory {
		return d.inMemory()
	}
	if d.dir != "" && !filepath.IsAbs(name) {
		name = filepath.Join(d.dir, name)
	}
	key := filepath.Clean(name)
	if full, err := filepath.Abs(name); err == nil {
		key = full
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if db := d.open[key]; db != nil {
		return db, nil
	}
	db, err := Open(name, d.opt)
	if err == nil {
		d.open[key] = db
	}
	return db, err
}

// inMemory makes another database in memory.
func (d *Databases) inMemory() (*DB, error) {
	db, err := Open(Memory, d.opt)
	if err == nil {
		d.mu.Lock()
		d.memory[db] = struct{}{}
		d.mu.Unlock()
	}
	return db, err
}

// drop closes a database in memory.
func (d *Databases) drop(db *DB) error {
	d.mu.Lock()
	delete(d.memory, db)
	d.mu.Unlock()
	return db.Close()
}

// declared is one தளம்_இணை: a handle, which is empty when the statement names none, and the database behind it.
type declared struct {
	handle, name string
	db           *DB
	lease        *Lease
	// own tells that the session must close the database: a Memory that it made itself.
	own bool
}

// Session is what one run sees of the databases: those that are declared, and the connections that it has leased. One
// goroutine at a time may use it.
type Session struct {
	all   *Databases
	conns []*declared
	// forked is a run that ends with its Close. A session that others were forked from keeps its databases.
	forked bool
	// fallback is the database of statements that name none while none is declared.
	fallback fallback
}

// SetDefault names the database of this run and its forks where they declare none: what செயலி_உருவாக்கு is told.
func (s *Session) SetDefault(url string) { s.fallback = s.all.opener(url) }

// Session starts a run that has declared nothing yet.
func (d *Databases) Session() *Session { return &Session{all: d, fallback: d.fallback} }

// Fork starts another run with the same declarations and no leases: a request sees what the prelude connected
// (services.md rule 17).
func (s *Session) Fork() *Session {
	next := &Session{all: s.all, conns: make([]*declared, len(s.conns)), forked: true, fallback: s.fallback}
	for i, c := range s.conns {
		next.conns[i] = &declared{handle: c.handle, name: c.name, db: c.db}
	}
	return next
}

// Close returns all leases, rolled back. The session can go on: it leases again when it must. A fork also closes the
// databases in memory that it made.
func (s *Session) Close() error {
	var errs []error
	for _, c := range s.conns {
		errs = append(errs, s.release(c, s.forked))
	}
	if s.forked {
		s.conns = slices.DeleteFunc(s.conns, func(c *declared) bool { return c.own })
	}
	return errors.Join(errs...)
}

// release returns the lease and, when the declaration goes as well, closes a database that is only the session's.
func (s *Session) release(c *declared, gone bool) error {
	var errs []error
	if c.lease != nil {
		errs = append(errs, c.lease.Return())
		c.lease = nil
	}
	if gone && c.own {
		errs = append(errs, s.all.drop(c.db))
	}
	return errors.Join(errs...)
}

// sessionKey finds the session in the context of a run.
type sessionKey struct{}

// With puts a session into the context of its run, where the words find it.
func With(ctx context.Context, s *Session) context.Context {
	return context.WithValue(ctx, sessionKey{}, s)
}

// Value lets a session be part of a context of somebody else's: it answers itself where From asks, else nil.
func (s *Session) Value(key any) any {
	if key == (sessionKey{}) {
		return s
	}
	return nil
}

// From is the session in a context, or nil.
func From(ctx context.Context) *Session {
	s, _ := ctx.Value(sessionKey{}).(*Session)
	return s
}

// connect declares a database. The same one under the same handle again changes nothing.
func (s *Session) connect(driver, name, handle string) error {
	if sqliteName(driver) == "" {
		return &value.Error{Code: CodeDriver, Args: []string{driver}}
	}
	for _, c := range s.conns {
		if c.handle == handle {
			return s.same(c, name)
		}
	}
	db, err := s.all.get(name)
	if err != nil {
		return err
	}
	s.conns = append(s.conns, &declared{handle: handle, name: name, db: db, own: name == Memory})
	return nil
}

// same tells whether a declaration is of the database that is named.
func (s *Session) same(c *declared, name string) error {
	if c.name == name {
		return nil
	}
	if name != Memory && c.name != Memory {
		if db, err := s.all.get(name); err != nil || db == c.db {
			return err
		}
	}
	return &value.Error{Code: CodeHandleTaken, Args: []string{c.handle}}
}

// disconnect takes a declaration back and returns its lease. A statement may name the database's kind in place of the handle.
func (s *Session) disconnect(handle string) error {
	i := slices.IndexFunc(s.conns, func(c *declared) bool { return c.handle == handle })
	if i < 0 && len(s.conns) == 1 && s.conns[0].handle == "" {
		i = 0
	}
	if i < 0 {
		return &value.Error{Code: CodeNotConnected, Args: []string{handle}}
	}
	c := s.conns[i]
	s.conns = slices.Delete(s.conns, i, i+1)
	return s.release(c, true)
}

// lease is this run's connection of a handle; "" means the only one.
func (s *Session) lease(ctx context.Context, handle string) (*Lease, error) {
	c, err := s.find(handle)
	if err != nil {
		return nil, err
	}
	if c.lease == nil {
		if c.lease, err = c.db.Lease(ctx); err != nil {
			return nil, err
		}
	}
	return c.lease, nil
}

func (s *Session) find(handle string) (*declared, error) {
	if handle == "" && len(s.conns) > 1 {
		var names []string
		for _, c := range s.conns {
			names = append(names, c.handle)
		}
		return nil, &value.Error{Code: CodeSeveral, Args: []string{strings.Join(names, ", ")}}
	}
	for _, c := range s.conns {
		if handle == "" || c.handle == handle {
			return c, nil
		}
	}
	if handle == "" && s.fallback != nil {
		db, err := s.fallback()
		if err != nil {
			return nil, err
		}
		s.conns = append(s.conns, &declared{name: db.path, db: db})
		return s.conns[0], nil
	}
	return nil, &value.Error{Code: CodeNotConnected, Args: []string{handle}}
}
