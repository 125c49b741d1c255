// Package diag holds diagnostics as values, the one catalogue of their texts in Tamil and English, and the renderers
// that show them to people. A diagnostic names a code, a place and arguments; nothing outside this package holds a
// message text.
//
//	diag.Render(os.Stderr, d, func(file string) string { return sources[file] }, diag.Options{})
//
// prints, in both languages (the form is fixed by the golden tests):
//
//	✗ kadai.qmz:2:13: சுழியால் வகுக்க முடியாது; …  (cannot divide by zero; …)  [E0301]
//	  2 | அச்சு விலை / 0;
//	    |            ^
//
// Lines and columns count from 1, and a column is one grapheme cluster: what a reader of Tamil calls a letter.
package diag
