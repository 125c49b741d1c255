package host

import (
	"errors"
	"testing"

	"github.com/etamil-lang/etamil/runtime/vm"
)

func TestEnv(t *testing.T) {
	t.Parallel()
	check(t, fixed(), []row{
		{"சூழல்", list("பெயர்", "x"), "கண்ணன்"},
		{"cUzal", list("இல்லை", list(1, "கௌ")), "[1, கௌ]"},
		{"சூழல்", list("இல்லை"), "nil"},
		{"சூழல்", list("BAD", "𝒳"), "𝒳"},
		{"சூழல்", list("EMPTY", "x"), ""},
		{"சுற்றுச்சூழல்_பெறு", list("பெயர்"), "கண்ணன்"},
	})
}

func TestRealEnvironment(t *testing.T) {
	t.Setenv("ETAMIL_HOST_TEST", "கௌ 𝒳")
	check(t, Env{}, []row{{"சூழல்", list("ETAMIL_HOST_TEST", ""), "கௌ 𝒳"}})
}

func TestExit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		arg  any
		want int
	}{
		{0, 0}, {3, 3}, {"7", 7}, {num("2.9"), 2}, {-1, -1}, {"கௌ", 0}, {nil, 0}, {true, 1}, {num("1e20"), 1}, {num("3000000000"), 1},
	} {
		_, err := do(t, Env{}, "வெளியேறு", c.arg)
		var end *vm.Exit
		if !errors.As(err, &end) || end.Status != c.want {
			t.Errorf("வெளியேறு(%v) = %v", c.arg, err)
		}
	}
}
