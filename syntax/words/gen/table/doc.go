// Package table reads the vocabulary file of syntax/words and writes the Go table made from it. It is a package of its
// own so that a test can hold the committed table against the file.
//
//	src, _ := os.ReadFile("vocabulary.txt")
//	code, err := table.Generate(string(src)) // gofmt'ed Go source
package table
