package format_test

import (
	"fmt"

	format "github.com/etamil-lang/etamil/fmt"
)

func ExampleSource() {
	out, err := format.Source("shop.qmz", []byte(`விலை=100;(விலை>50)எனில்{அச்சு "அதிகம்";}`), format.Options{})
	fmt.Print(string(out), err)
	// Output:
	// விலை = 100;
	// (விலை > 50) எனில் { அச்சு "அதிகம்"; }
	// <nil>
}
