package check

import (
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// shifted is a place of a tree as a place of its file.
func shifted(s syntax.Span, by int) syntax.Span {
	return syntax.Span{Start: s.Start + by, End: s.End + by}
}

func itemBase(module.Item) int { return 0 }

func fileBase(*syntax.File, int) int { return 0 }
