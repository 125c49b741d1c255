// Package resilience keeps a program going where what it calls fails: the circuit breakers of services.md section 3. A breaker
// counts the failures of its blocks; after too many in a row it refuses them for a while, and then lets one try again.
package resilience
