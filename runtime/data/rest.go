package data

import "errors"

// Rest returns the leases that the run would not miss while it waits for long, as streams and sockets do: those without an
// open transaction, and without settings or temporary tables of their own. The run leases again when it must.
func (s *Session) Rest() error {
	var errs []error
	for _, c := range s.conns {
		if c.lease != nil && c.lease.idle() {
			errs = append(errs, c.lease.Return())
			c.lease = nil
		}
	}
	return errors.Join(errs...)
}

// idle tells whether nothing of the run is in the connection.
func (l *Lease) idle() bool {
	return l.conn.Autocommit() && !l.inGate && !l.settled && !l.undone && l.db.path != Memory
}
