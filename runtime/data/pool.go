package data

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/runtime/data/sqlite"
	"github.com/etamil-lang/etamil/runtime/value"
)

// Pool lends connections of one database, at most so many at a time. It is safe for concurrent use.
type Pool struct {
	db      *DB
	wait    time.Duration
	maxIdle int
	leases  chan struct{} // has a token for every connection in use

	mu      sync.Mutex
	idle    []*sqlite.Conn // the last one was used last
	open    int            // connections, idle or lent
	lent    int
	waiting int
	closing chan struct{} // closed with the pool
	closed  bool
	empty   chan struct{} // closed when the last lent connection is back; nil while nobody waits for it
}

// PoolState is what a pool holds at the moment.
type PoolState struct {
	// Open counts the connections, Idle those that nobody has, Waiting the runs that wait for one.
	Open, Idle, Waiting int
}

// NewPool makes a pool as Wait, MaxLeases and MaxIdle say.
func NewPool(db *DB, o Options) *Pool {
	o = o.filled()
	return &Pool{db: db, wait: o.Wait, maxIdle: o.MaxIdle, leases: make(chan struct{}, o.MaxLeases), closing: make(chan struct{})}
}

// State tells what the pool holds.
func (p *Pool) State() PoolState {
	p.mu.Lock()
	defer p.mu.Unlock()
	return PoolState{Open: p.open, Idle: len(p.idle), Waiting: p.waiting}
}

// Lease takes a connection for one run, as DB.Lease does.
func (p *Pool) Lease(ctx context.Context) (*Lease, error) {
	if err := p.admit(ctx); err != nil {
		return nil, err
	}
	conn, err := p.pick()
	if err != nil {
		<-p.leases
		return nil, err
	}
	return &Lease{db: p.db, pool: p, conn: conn}, nil
}

// admit takes a token, waiting for one as long as it may. Those that wait are served in order.
func (p *Pool) admit(ctx context.Context) error {
	select {
	case p.leases <- struct{}{}:
		return nil
	default:
	}
	p.count(1)
	defer p.count(-1)
	timer := time.NewTimer(p.wait)
	defer timer.Stop()
	select {
	case p.leases <- struct{}{}:
		return nil
	case <-p.closing:
		return p.refusal()
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the machine knows it
	case <-timer.C:
		return &value.Error{Code: CodeNoLease, Args: []string{p.db.path, strconv.FormatFloat(p.wait.Seconds(), 'f', -1, 64)}}
	}
}

func (p *Pool) count(waiting int) {
	p.mu.Lock()
	p.waiting += waiting
	p.mu.Unlock()
}

func (p *Pool) refusal() error { return &value.Error{Code: CodePoolClosed, Args: []string{p.db.path}} }

// pick answers an idle connection, or a new one.
func (p *Pool) pick() (*sqlite.Conn, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, p.refusal()
	}
	p.lent++
	if n := len(p.idle); n > 0 {
		conn := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return conn, nil
	}
	p.open++
	p.mu.Unlock()
	conn, err := p.db.connect()
	if err != nil {
		p.back(nil, true)
	}
	return conn, err
}

// giveBack takes a connection back from a lease; one that is spoilt is closed.
func (p *Pool) giveBack(conn *sqlite.Conn, spoilt bool) error {
	var err error
	if !p.back(conn, spoilt) {
		err = conn.Close()
	}
	<-p.leases
	return err
}

// back notes the end of a loan, and answers whether the pool keeps the connection.
func (p *Pool) back(conn *sqlite.Conn, spoilt bool) (kept bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lent--
	if kept = !spoilt && !p.closed && len(p.idle) < p.maxIdle; kept {
		p.idle = append(p.idle, conn)
	} else {
		p.open--
	}
	if p.lent == 0 && p.empty != nil {
		close(p.empty)
		p.empty = nil
	}
	return kept
}

// shut closes the connections that are idle; lent ones close when they are returned, and nothing is lent any more.
func (p *Pool) shut() error {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.open = nil, p.open-len(p.idle)
	if !p.closed {
		p.closed = true
		close(p.closing)
	}
	p.mu.Unlock()
	var errs []error
	for _, conn := range idle {
		errs = append(errs, conn.Close())
	}
	return errors.Join(errs...)
}

// Close lends nothing any more, not even to those that wait, and waits until what is lent is back or ctx ends.
func (p *Pool) Close(ctx context.Context) error {
	if err := p.shut(); err != nil {
		return p.db.explain("", err)
	}
	p.mu.Lock()
	if p.lent == 0 {
		p.mu.Unlock()
		return nil
	}
	if p.empty == nil {
		p.empty = make(chan struct{})
	}
	empty := p.empty
	p.mu.Unlock()
	select {
	case <-empty:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the machine knows it
	}
}
