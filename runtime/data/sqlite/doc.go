// Package sqlite is the thin layer over the SQLite library that runtime/data stands on: connections, prepared statements,
// and exact decimals inside SQL. It calls modernc.org/sqlite/lib, the library itself in Go, and not the database/sql driver on top of it, because
// that driver turns text in DATE columns into times, hides how many placeholders a statement has and whether it writes, and starts
// a goroutine for each statement.
//
//	c, err := sqlite.Open("kadai.db", sqlite.Config{Busy: 5 * time.Second})
//	s, err := c.Prepare("SELECT peyar FROM poruL WHERE eN = ?")
//	var args sqlite.Args
//	args.Int(7)
//	err = s.Bind(&args)
//	row, err := s.Step()
//	name := strings.Clone(s.View(0))
//	err = errors.Join(s.Reset(), c.Close())
//
// One goroutine at a time may use a connection and its statements; only Watch reacts to another one. All unsafe code of
// the database packages is here.
package sqlite
