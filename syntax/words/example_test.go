package words_test

import (
	"fmt"

	"github.com/etamil-lang/etamil/syntax/words"
)

func Example() {
	w := words.Lookup("நீளம்") // or "nILam" or "_length"
	fmt.Println(w.ID, w.Params[0].Type, w.Result)
	fmt.Println(w.HelpEnglish)
	// Output:
	// length array|record|text number
	// how many: letters of a text, items of an array, fields of a record
}

func ExampleResolve() {
	w, name, mixed := words.Resolve("முதல\u094D_தொடங்கு") // a Devanagari sign in a Tamil word
	fmt.Println(w.Tamil[0], name, mixed)
	// Output: செயலி_தொடங்கு முதல்_தொடங்கு true
}
