//go:build unix

package host

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// roleVariable makes the test binary play a part of its own in a test: see roles.
const roleVariable = "ETAMIL_HOST_TEST_ROLE"

// roles are what a child process can do. Each answers a text for its parent.
var roles = map[string]func() string{
	"full disk": onFullDisk,
	"save on":   saveOn,
	"nobody":    asNobody,
}

func TestMain(m *testing.M) {
	if role, ok := roles[os.Getenv(roleVariable)]; ok {
		fmt.Print(role())
		return
	}
	code := m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}
