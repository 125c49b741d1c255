// Command gen writes the Go table of package words from the vocabulary file, and names the line of a slip in it. It is
// run in syntax/words, as go generate does:
//
//	go generate ./syntax/words
package main
