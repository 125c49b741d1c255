module github.com/etamil-lang/etamil/bench

go 1.26.0

require github.com/etamil-lang/etamil v0.0.0

require (
	github.com/alecthomas/participle/v2 v2.1.4 // indirect
	github.com/clipperhouse/uax29/v2 v2.7.0 // indirect
	golang.org/x/crypto v0.58.0 // indirect
	golang.org/x/sys v0.50.0 // indirect
	golang.org/x/text v0.44.0 // indirect
)

replace github.com/etamil-lang/etamil => ../
