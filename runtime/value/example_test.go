package value_test

import (
	"fmt"

	"github.com/etamil-lang/etamil/runtime/value"
)

func Example() {
	third, err := value.Div(value.FromInt(1), value.FromInt(3))
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(third.Display())
	// Output: 0.3333333333333333333333333333
}

func ExampleShare() {
	x := value.FromItems([]value.Value{value.FromInt(1), value.FromInt(2)})
	y := x // a second owner: mark it before anybody writes
	value.Share(x)
	y, err := value.SetIndex(y, value.FromInt(0), value.FromInt(5))
	fmt.Println(x.Display(), y.Display(), err)
	// Output: [1, 2] [5, 2] <nil>
}

func ExampleConcat() {
	text := value.Concat(value.FromText("விலை: "), value.FromInt(5))
	fmt.Println(text.Text(), value.ClusterLen(text))
	// Output: விலை: 5 5
}
