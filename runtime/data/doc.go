// Package data gives programs their databases; SQLite is inside the binary. A DB is what தளம்_இணை declares, once for a
// loaded program; a Lease is the connection that one run has for itself, and Return rolls back what it left open.
//
//	db, err := data.Open("kadai.db", data.Options{})
//	lease, err := db.Lease(ctx)
//	rows, err := lease.Query(ctx, "SELECT peyar, vilY FROM poruL WHERE vilY < ?", []value.Value{value.FromInt(100)})
//	err = lease.Return()
//	err = db.Close()
//
// Values are always bound, never spliced into the SQL, and a text holds one statement. How values are stored and read is in
// language/semantics.md 5: numbers are stored as exact text, and text that reads as a number comes back as one, except from columns declared PLAIN TEXT. Columns for money are declared
// TEXT COLLATE DECIMAL, so that ORDER BY, <, min() and max() go by value; sum(), total() and avg() are exact in any column
// (see runtime/data/sqlite).
//
// Readers never wait. Writers of one process queue at a gate, in order, for as long as their statement or transaction
// lasts, so that none of them finds the file locked; BEGIN passes the gate at once, because a transaction that starts by reading could
// not always go on to write. Other processes are waited for as Options.Busy says.
package data
