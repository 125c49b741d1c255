// Package data gives programs their databases; SQLite is inside the binary. A DB is what தளம்_இணை declares, once for a
// loaded program; a Lease is the connection that one run has for itself, and Return rolls back what it left open.
//
//	db, err := data.Open("kadai.db", data.Options{})
//	lease, err := db.Lease(ctx)
//	rows, err := lease.Query(ctx, "SELECT peyar, vilY FROM poruL WHERE vilY < ?", []value.Value{value.FromInt(100)})
//	err = lease.Return()
//	err = db.Close()
//
// Values are always bound, never spliced into the SQL. How they are stored and read is in language/semantics.md 5: numbers are
// stored as exact text, and text that reads as a number comes back as one.
package data
