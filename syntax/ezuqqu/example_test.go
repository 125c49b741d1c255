package ezuqqu_test

import (
	"fmt"

	"github.com/etamil-lang/etamil/syntax/ezuqqu"
)

func Example() {
	fmt.Println(ezuqqu.FromTamil("வணக்கம்"))
	fmt.Println(ezuqqu.ToTamil("vaNakkam"))
	// Output:
	// vaNakkam
	// வணக்கம்
}
