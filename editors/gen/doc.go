// Command gen writes the files of editors/ that list words of the language, from syntax/words: the TextMate grammar of
// VS Code (which JetBrains' editors read too), the syntax files of Vim, Sublime Text and Kate, and the word lists of the
// Emacs mode. It is run in editors/gen, as go generate does; its test fails when a file is out of date:
//
//	go generate ./editors/gen
package main

//go:generate go run .
