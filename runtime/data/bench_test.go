package data_test

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/value"
)

// shop makes a database with 1000 rows.
func shop(b *testing.B, o data.Options) *data.DB {
	b.Helper()
	db, err := data.Open(filepath.Join(b.TempDir(), "a.db"), o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	l := lease(b, db)
	do(b, l, "CREATE TABLE poruL (eN INTEGER PRIMARY KEY, peyar TEXT, vilY TEXT COLLATE DECIMAL)")
	do(b, l, "BEGIN")
	for i := range 1000 {
		do(b, l, "INSERT INTO poruL (peyar, vilY) VALUES (?, ?)", value.FromText("அரிசி"), value.FromInt(int64(i)))
	}
	do(b, l, "COMMIT")
	if err := l.Return(); err != nil {
		b.Fatal(err)
	}
	return db
}

// BenchmarkRead reads one row as a request does: with a lease of its own.
func BenchmarkRead(b *testing.B) {
	db := shop(b, data.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var n atomic.Int64
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			l, err := db.Lease(ctx)
			if err != nil {
				b.Error(err)
				return
			}
			id := value.FromInt(n.Add(1)%1000 + 1)
			if _, err := l.Query(ctx, "SELECT eN, peyar, vilY FROM poruL WHERE eN = ?", []value.Value{id}); err != nil {
				b.Error(err)
			}
			_ = l.Return()
		}
	})
}

// BenchmarkRows reads a thousand rows at once.
func BenchmarkRows(b *testing.B) {
	l := lease(b, shop(b, data.Options{}))
	b.Cleanup(func() { _ = l.Return() })
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Query(context.Background(), "SELECT eN, peyar, vilY FROM poruL", nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWrite inserts rows from several goroutines, each in a transaction of its own.
func BenchmarkWrite(b *testing.B) {
	for name, o := range map[string]data.Options{"dev": {}, "serve": {Durable: true}} {
		b.Run(name, func(b *testing.B) {
			db := shop(b, o)
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					l, err := db.Lease(context.Background())
					if err != nil {
						b.Error(err)
						return
					}
					if _, err := l.Exec(context.Background(), "INSERT INTO poruL (peyar, vilY) VALUES (?, ?)", []value.Value{value.FromText("க்ஷ"), value.FromInt(1)}); err != nil {
						b.Error(err)
					}
					_ = l.Return()
				}
			})
		})
	}
}

// BenchmarkSum adds a thousand exact numbers inside SQL.
func BenchmarkSum(b *testing.B) {
	l := lease(b, shop(b, data.Options{}))
	b.Cleanup(func() { _ = l.Return() })
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Query(context.Background(), "SELECT sum(vilY) AS x FROM poruL", nil); err != nil {
			b.Fatal(err)
		}
	}
}
