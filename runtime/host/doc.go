// Package host holds the builtin words of the core language that need no server and no database: numbers, text, arrays,
// records, results, JSON, CSV, dates, bytes, hashes, P-256 signing, encryption, structured errors, checks of single
// values, files and folders, zip packages, other programs, requests to other servers, the environment, the input and the end
// of the program (language/builtins.tsv, services.md rules 13 and 14). A word answers a value, or a *value.Error with a code
// of codes.go; what a program is meant to handle itself it gets as தவறு(text) instead.
//
// What reaches outside is bounded (design/backend.md section 6): files are saved whole or not at all and can be confined
// to a folder (Env.Confined); other programs run only when ETAMIL_EXEC_ALLOW names them, without a shell, with a few
// environment variables, and at most for the seconds given and 10 MB of output; requests end after 30 s or 10 MB, follow five
// redirects that take no secret to another server, and present the identity of ETAMIL_TLS_CERT, _KEY and _CA or none are made.
//
//	program := compile(source)
//	machine.Run(program, host.Core())                            // the real clock, randomness and files
//	machine.Run(program, host.New(host.Env{Now: func() time.Time { return fixed }})) // a test's
package host
