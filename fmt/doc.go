// Package format lays programs out in the one way in which they are most easily read, and changes nothing else: a program's
// tokens and comments stay what they were, byte for byte and in the same order. Every answer has been read again before it
// is given; where that finds a difference, the answer is an error and never a damaged program. Only imports change places,
// and only where it is known that their order cannot matter.
//
//	out, err := format.Source("shop.qmz", src, format.Options{})
//
// The package is imported as format, because the name of its folder is that of the command, etamil fmt.
package format
