// Package etamil holds what belongs to the whole module: the licences of everything that the command etamil links.
// The language itself is in the packages below: syntax, check and runtime; see docs/architecture.md.
//
//	fmt.Print(etamil.Notice)
package etamil

import _ "embed"

// Notice is the text of NOTICE: the licence of every module that a shipped binary contains. `make notices` writes it and
// `etamil version --licenses` prints it.
//
//go:embed NOTICE
var Notice string

// License is eTamil's own licence.
//
//go:embed LICENSE
var License string
