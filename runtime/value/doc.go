// Package value holds what eTamil programs compute with: exact decimals, text counted in grapheme clusters, arrays and
// records with copy-on-write, results, functions, handles and shapes (language/semantics.md 1). A Value is three machine
// words; numbers never allocate. Values are copied by assignment: whoever stores a second reference to an array or a
// record calls Share first, and the writers here (SetIndex, SetField, Append) then copy before they write. Everything is
// safe for concurrent reading; writing in place needs an unshared value, which only one goroutine can hold.
//
//	third, _ := value.Div(value.FromInt(1), value.FromInt(3))
//	fmt.Println(third.Display()) // 0.3333333333333333333333333333
package value
