package main

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The letters of names, as Oniguruma and other engines with Unicode classes write them. \b is of no use: to these
// engines a Tamil vowel sign ends a word.
const (
	first  = `[\p{L}\p{M}_]`
	rest   = `[\p{L}\p{M}\p{N}_\x{200c}\x{200d}]`
	before = `(?<!` + rest + `)`
	after  = `(?!` + rest + `)`
	name   = first + rest + `*+`
)

// The marks of what follows a word that is reserved nowhere.
const (
	called = `(?=\s*\()`
	filled = `(?=\s*[({])`
)

// oneOf matches one of the words, alone.
func oneOf(list []string) string {
	list = slices.Clone(list)
	slices.Sort(list)
	return before + factor(slices.Compact(list)) + after
}

// factor writes sorted words as one alternative with what they begin with taken out, so that an engine that tries one
// alternative after the other, as Oniguruma does, tries few: a screen of text is coloured several times as fast.
func factor(list []string) string {
	var branches []string
	ends := false
	for len(list) > 0 {
		if list[0] == "" {
			ends, list = true, list[1:]
			continue
		}
		r, size := utf8.DecodeRuneInString(list[0])
		n := 0
		var tails []string
		for n < len(list) && strings.HasPrefix(list[n], string(r)) {
			tails = append(tails, list[n][size:])
			n++
		}
		tail := factor(tails)
		if n == 1 {
			tail = tails[0]
		}
		branches, list = append(branches, string(r)+tail), list[n:]
	}
	switch {
	case len(branches) == 0:
		return ""
	case len(branches) == 1 && !ends:
		return branches[0]
	case ends:
		return "(?:" + strings.Join(branches, "|") + ")?"
	}
	return "(?:" + strings.Join(branches, "|") + ")"
}

// argument looks ahead for what makes a free word a statement of a service: a bracket, a block or, after a space, an
// argument. "x மற்றும் y" is none.
func argument(l lists) string {
	operators := oneOf(slices.Concat(l[logical], spellings("In", "If", "Loop")))
	return `(?=\s*[({"]|\s+(?!` + operators + `)[\p{L}\p{M}\p{N}_\[])`
}

// sqlWords are coloured inside the text of a query.
var sqlWords = strings.Fields(`ABORT ADD ALL ALTER AND AS ASC BEGIN BETWEEN BY CASCADE CASE CAST CHECK COLLATE COLUMN COMMIT
CONFLICT CONSTRAINT CREATE CROSS DEFAULT DELETE DESC DISTINCT DO DROP ELSE END EXCEPT EXISTS FOREIGN FROM FULL GROUP
HAVING IF IN INDEX INNER INSERT INTERSECT INTO IS JOIN KEY LEFT LIKE LIMIT NATURAL NOT NULL OFFSET ON OR ORDER OUTER
OVER PARTITION PRAGMA PRIMARY RECURSIVE REFERENCES REPLACE RETURNING RIGHT ROLLBACK SELECT SET TABLE THEN TRANSACTION
TRIGGER UNION UNIQUE UPDATE USING VACUUM VALUES VIEW WHEN WHERE WITH WITHOUT`)
