package main

import "time"

// program is one benchmark: the same algorithm in a file per engine.
type program struct {
	name  string
	n     int
	about string
}

// programs are measured in this order.
var programs = []program{
	{"fib", 30, "recursive Fibonacci"},
	{"loop", 5_000_000, "a counting loop with a sum"},
	{"tax", 1_000_000, "invoice lines: rate by price, price × quantity × rate, running total"},
	{"tax_int", 1_000_000, "the same tax; CPython Decimal counts its rounds with an int"},
	{"slab", 400_000, "income tax by slabs, a call each"},
	{"text", 300_000, "text built by appending (CPython: joined at the end)"},
	{"array", 1_000_000, "array built by appending, then read"},
	{"borrow", 300_000, "append, then pass the array to a function that reads it"},
	{"record", 1_000_000, "two field updates a round"},
	{"method", 1_000_000, "a method call a round"},
	{"wide", 300_000, "28-digit division, multiplication and sum"},
	{"spawn", 300_000, "a task started and awaited (Lua: a coroutine; CPython, node: async)"},
	{"hop", 1_000_000, "a message from one task to another (CPython: asyncio.Queue)"},
}

// sameProgram names the program whose eTamil file stands for another's.
var sameProgram = map[string]string{"tax_int": "tax"}

// target is a promise: etamil takes at most 1/ratio of the peer's time.
type target struct {
	program string
	peer    int
	ratio   float64
}

var targets = []target{
	{"tax", pythonDecimal, 7},
	{"tax", python, 3.5},
	{"fib", python, 2},
}

// eachAtMost are the programs whose rounds must not take longer than this.
var eachAtMost = []struct {
	program string
	most    time.Duration
}{
	{"spawn", 2 * time.Microsecond},
	{"hop", 300 * time.Nanosecond},
}

// linear are the programs whose time must grow with n, not with its square: at most maxGrowth for twice the n.
var linear = []program{
	{"array", 1_000_000, "append"},
	{"text", 1_000_000, "string building"},
	{"borrow", 1_000_000, "அ = இணை(அ, x); f(அ);"},
}

const (
	maxGrowth   = 2.3
	maxHello    = 15 // milliseconds of CPU time
	helloRuns   = 20
	minParse    = 0.25 // of go/parser's bytes a second
	maxPerRound = 0.001
)
