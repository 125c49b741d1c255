package data

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Query runs a statement that answers rows: an array of records by column name; of two columns with one name the later
// one counts. Errors are the database's, with the statement's beginning.
func (l *Lease) Query(ctx context.Context, text string, params []value.Value) (value.Value, error) {
	if l.returned.Load() {
		return value.Nil, ErrReturned
	}
	rows, err := l.conn.QueryContext(ctx, text, bindAll(params)...)
	if err != nil {
		return value.Nil, failed(text, err)
	}
	defer func() { _ = rows.Close() }() // a second close after the loop's; its error was seen in rows.Err
	items, err := readAll(rows)
	if err != nil {
		return value.Nil, failed(text, err)
	}
	return value.FromItems(items), nil
}

// Exec runs a statement and answers how many rows it changed. Errors are as in Query.
func (l *Lease) Exec(ctx context.Context, text string, params []value.Value) (int64, error) {
	if l.returned.Load() {
		return 0, ErrReturned
	}
	res, err := l.conn.ExecContext(ctx, immediate(text), bindAll(params)...)
	if err != nil {
		return 0, failed(text, err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, failed(text, err)
	}
	return n, nil
}

// immediate makes a plain BEGIN take the write lock at once. A transaction that starts by reading and takes it later
// fails with BUSY whenever another one has written in between, and no waiting cures that.
func immediate(text string) string {
	words := strings.Fields(strings.TrimRight(strings.TrimSpace(text), "; \t\r\n"))
	if len(words) > 0 && len(words) <= 2 && strings.EqualFold(words[0], "BEGIN") &&
		(len(words) == 1 || strings.EqualFold(words[1], "TRANSACTION")) {
		return "BEGIN IMMEDIATE"
	}
	return text
}

// readAll reads all rows into records.
func readAll(rows *sql.Rows) ([]value.Value, error) {
	cols, err := rows.Columns()
	if err != nil {
		return nil, fmt.Errorf("columns: %w", err)
	}
	keys, from := columns(cols)
	cells := make([]any, len(cols))
	into := make([]any, len(cols))
	for i := range cells {
		into[i] = &cells[i]
	}
	var items []value.Value
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("row: %w", err)
		}
		vals := make([]value.Value, len(keys))
		for i, c := range from {
			vals[i] = read(cells[c])
		}
		items = append(items, value.FromFields(keys, vals))
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("rows: %w", err)
	}
	return items, nil
}

// columns are the keys of the records and the column that each takes its value from: the last one of that name.
func columns(cols []string) (keys []string, from []int) {
	at := make(map[string]int, len(cols))
	for c, name := range cols {
		if i, ok := at[name]; ok {
			from[i] = c
			continue
		}
		at[name] = len(keys)
		keys, from = append(keys, name), append(from, c)
	}
	return keys, from
}

// failed adds the statement to an error of the database.
func failed(text string, err error) error {
	line := strings.Join(strings.Fields(text), " ")
	if r := []rune(line); len(r) > 60 {
		line = string(r[:60]) + "…"
	}
	return fmt.Errorf("%s: %w", line, err)
}
