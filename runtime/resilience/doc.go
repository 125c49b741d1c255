// Package resilience keeps a program going where what it calls fails: the circuit breakers of services.md section 3, which also bound how many
// blocks run at a time (a bulkhead) and answer something else in place of an error (a fallback), on failsafe-go. A breaker
// counts the failures of its blocks; after too many in a row it refuses them for a while, and then lets one try again.
package resilience
