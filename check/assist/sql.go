package assist

import (
	"strings"

	"github.com/etamil-lang/etamil/syntax/words"
)

// isSQL tells a word whose first argument is SQL.
func isSQL(w *words.Word) bool {
	switch w.ID {
	case "DBQuery", "DBExecute", "query", "execute", "tryQuery", "tryExecute":
		return true
	}
	return false
}

// sqlWords are the words of SQLite's language that programs use.
var sqlWords = strings.Fields(`SELECT INSERT INTO UPDATE DELETE FROM WHERE VALUES SET AND OR NOT NULL IS IN LIKE BETWEEN EXISTS
CREATE TABLE IF INDEX UNIQUE PRIMARY KEY FOREIGN REFERENCES DEFAULT CHECK AUTOINCREMENT DROP ALTER ADD COLUMN RENAME TO
JOIN LEFT INNER CROSS OUTER ON USING GROUP BY ORDER HAVING LIMIT OFFSET ASC DESC DISTINCT AS UNION ALL EXCEPT INTERSECT
CASE WHEN THEN ELSE END CAST COUNT SUM AVG MIN MAX COALESCE ROUND ABS LENGTH LOWER UPPER TRIM SUBSTR DATE DATETIME
INTEGER TEXT REAL BLOB NUMERIC BEGIN COMMIT ROLLBACK TRANSACTION CONFLICT DO NOTHING RETURNING WITH RECURSIVE VIEW TRIGGER
CASCADE PRAGMA REPLACE COLLATE NOCASE`)

// sql offers tables, columns and words inside the text of a query: after FROM and its like the tables first, elsewhere
// the columns of the tables that the text names.
func (c *completion) sql() {
	before := c.src[c.quotes.Pos.Offset+1 : c.word.Start]
	whole := c.src[c.quotes.Pos.Offset+1 : max(end(c.quotes), c.at)]
	fields := strings.FieldsFunc(before, func(r rune) bool { return !inWord(r) })
	last := ""
	if len(fields) > 0 {
		last = strings.ToUpper(fields[len(fields)-1])
	}
	tablesFirst := false
	switch last {
	case "FROM", "JOIN", "INTO", "UPDATE", "TABLE", "EXISTS", "REFERENCES":
		tablesFirst = strings.TrimRight(before, " \n\t") != before
	}
	c.tables(whole, last, tablesFirst, strings.HasSuffix(before, "."))
	if strings.HasSuffix(before, ".") {
		return
	}
	lower := len(fields) > 0 && fields[0] == strings.ToLower(fields[0])
	for _, w := range sqlWords {
		if lower {
			w = strings.ToLower(w)
		}
		if !strings.HasPrefix(strings.ToLower(w), strings.ToLower(c.typed)) {
			continue
		}
		c.seen[w] = true
		c.add(w, KindKeyword, Prefix, len(w)-len(c.typed), groupKeyword, nil)
	}
}

// tables offers the tables and columns that the program's own CREATE TABLE texts declare.
func (c *completion) tables(text, last string, tablesFirst, dotted bool) {
	info := c.place.Info
	if info == nil {
		return
	}
	named := map[string]bool{}
	for _, f := range strings.FieldsFunc(text, func(r rune) bool { return !inWord(r) }) {
		named[strings.ToLower(f)] = true
	}
	for _, table := range info.Tables() {
		g := groupName
		if tablesFirst {
			g = groupFirst
		}
		if !dotted {
			c.offer(table, KindTable, g, func(it *Item) { it.Description = strings.Join(info.Columns(table), ", ") })
		}
		if tablesFirst || dotted && named[strings.ToLower(last)] && isTable(info.Tables(), last) && !strings.EqualFold(table, last) {
			continue
		}
		g = groupRare
		if named[strings.ToLower(table)] {
			g = groupLocal
		}
		for _, column := range info.Columns(table) {
			c.offer(column, KindColumn, g, func(it *Item) { it.Description = table })
		}
	}
}

func isTable(tables []string, name string) bool {
	for _, t := range tables {
		if strings.EqualFold(t, name) {
			return true
		}
	}
	return false
}
