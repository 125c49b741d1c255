package main

import (
	"fmt"
	"slices"
	"time"
)

// job is one line of the table: what all servers are asked for.
type job struct {
	path, about string
	// hard asks a server for as much as it answers.
	hard func(r *report, s *server, path string) (sample, error)
	// paced asks at a fixed rate, for p99; nil where hard tells p99.
	paced func(r *report, s *server, path string) (time.Duration, error)
}

// The jobs, in the order of the rows.
const (
	hello = iota
	jsonRecords
	readRow
	writeRow
	events
	sockets
)

var jobs = []job{
	{"/hello", "a short text", get, pacedGet},
	{"/json", "ten records computed, 1.1 KB of JSON", get, pacedGet},
	{"/poruL/7", "one row of SQLite", get, pacedGet},
	{"/varavu", "one row written to SQLite, on the disk before the answer", post, pacedPost},
	{"/nikazvukaL", fmt.Sprintf("server-sent events, each to %d clients", listeners), fanOut, nil},
	{"/eqiroli", fmt.Sprintf("WebSocket, %d clients' messages sent back", talkers), echo, nil},
}

// sample is one round of one server. A thing is a request, an event at one client, or a message there and back.
type sample struct {
	perSecond float64
	cpu       float64 // the server's microseconds a thing
	p99       time.Duration
}

type report struct {
	rounds, paced int
	each          time.Duration
	servers       []*server
	post          string       // wrk's script for POST
	samples       [][][]sample // by job, server, round
	pacedP99      [][][]time.Duration
	memory        []int64
}

// measure asks all servers in turns, so that a busy minute falls on all.
func (r *report) measure() error {
	r.samples = make([][][]sample, len(jobs))
	r.pacedP99 = make([][][]time.Duration, len(jobs))
	for i := range jobs {
		r.samples[i] = make([][]sample, len(r.servers))
		r.pacedP99[i] = make([][]time.Duration, len(r.servers))
	}
	for round := range r.rounds + 1 { // the first one warms up
		for i := range jobs {
			for k := range r.servers {
				if err := r.round(round, i, k); err != nil {
					return fmt.Errorf("%s %s: %w", r.servers[k].name, jobs[i].path, err)
				}
			}
		}
	}
	for _, s := range r.servers {
		m, err := s.memory()
		if err != nil {
			return err
		}
		r.memory = append(r.memory, m)
	}
	return nil
}

// round asks one server for one thing.
func (r *report) round(round, i, k int) error {
	j, s := jobs[i], r.servers[k]
	got, err := j.hard(r, s, j.path)
	if err != nil {
		return err
	}
	if round == 0 {
		return nil
	}
	r.samples[i][k] = append(r.samples[i][k], got)
	if j.paced == nil {
		r.pacedP99[i][k] = append(r.pacedP99[i][k], got.p99)
	} else if round <= r.paced {
		p99, err := j.paced(r, s, j.path)
		if err != nil {
			return err
		}
		r.pacedP99[i][k] = append(r.pacedP99[i][k], p99)
	}
	return nil
}

// metered tells what a server did while f ran: f answers how many things that were.
func (r *report) metered(s *server, f func() (int, error)) (sample, error) {
	before, err := s.cpu()
	if err != nil {
		return sample{}, err
	}
	start := time.Now()
	n, err := f()
	if err != nil {
		return sample{}, err
	}
	took := time.Since(start)
	after, err := s.cpu()
	if err != nil {
		return sample{}, err
	}
	if n == 0 {
		return sample{}, fmt.Errorf("nothing came in %s", took)
	}
	return sample{perSecond: float64(n) / took.Seconds(), cpu: float64((after - before).Nanoseconds()) / 1000 / float64(n)}, nil
}

// best are the highest rate and the least CPU time of all rounds, and the middle one of their p99.
func (r *report) best(i, k int) sample {
	var rates, cpus []float64
	for _, s := range r.samples[i][k] {
		rates, cpus = append(rates, s.perSecond), append(cpus, s.cpu)
	}
	p99 := slices.Clone(r.pacedP99[i][k])
	slices.Sort(p99)
	return sample{slices.Max(rates), slices.Min(cpus), p99[len(p99)/2]}
}

// ratio is how much etamil does while another server does one thing, with the same CPU time.
func (r *report) ratio(i, other int) float64 { return r.best(i, other).cpu / r.best(i, etamil).cpu }
