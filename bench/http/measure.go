package main

import (
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// route is one line of the table.
type route struct {
	path, about string
	post        bool
	servers     []int
}

var routes = []route{
	{"/hello", "a short text", false, []int{etamil, bareHTTP, fastify}},
	{"/json", "ten records computed, 1.1 KB of JSON", false, []int{etamil, fastify}},
	{"/poruL/7", "one row of SQLite", false, []int{etamil, fastify}},
	{"/varavu", "one row written to SQLite, on the disk before the answer", true, []int{etamil, fastify}},
}

// sample is one round of one server.
type sample struct {
	perSecond float64
	cpu       float64 // microseconds a request
}

type report struct {
	rounds  int
	each    time.Duration
	servers []*server
	samples [][][]sample // by route, server, round
	memory  []int64
}

// measure asks all servers in turns.
func (r *report) measure(root string) error {
	r.samples = make([][][]sample, len(routes))
	for i := range routes {
		r.samples[i] = make([][]sample, len(r.servers))
	}
	for round := range r.rounds + 1 { // every round asks for everything, so that a busy minute falls on all
		for i, rt := range routes {
			for _, srv := range rt.servers {
				s, err := r.ask(root, r.servers[srv], rt)
				if err != nil {
					return err
				}
				if round > 0 { // the first one warms up
					r.samples[i][srv] = append(r.samples[i][srv], s)
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

var (
	requestsForm = regexp.MustCompile(`(\d+) requests in`)
	rateForm     = regexp.MustCompile(`Requests/sec:\s+([\d.]+)`)
	badForm      = regexp.MustCompile(`Non-2xx.*|Socket errors.*`)
)

// fewest is how many requests a round must have to say anything: with fewer the machine had no time for it.
const fewest = 100

// ask lets wrk ask one server for one route.
func (r *report) ask(root string, s *server, rt route) (sample, error) {
	before, err := s.cpu()
	if err != nil {
		return sample{}, err
	}
	args := []string{"-c", clientCore, "wrk", "-t1", "-c32", "-d" + strconv.Itoa(int(r.each.Seconds())) + "s"}
	if rt.post {
		args = append(args, "-s", filepath.Join(root, "bench", "http", "post.lua"))
	}
	out, err := exec.Command("taskset", append(args, "http://"+s.addr+rt.path)...).CombinedOutput()
	if err != nil {
		return sample{}, fmt.Errorf("wrk: %w\n%s", err, out)
	}
	after, err := s.cpu()
	if err != nil {
		return sample{}, err
	}
	if bad := badForm.Find(out); bad != nil {
		return sample{}, fmt.Errorf("%s %s: %s", s.name, rt.path, bad)
	}
	count, rate := requestsForm.FindSubmatch(out), rateForm.FindSubmatch(out)
	if count == nil || rate == nil {
		return sample{}, fmt.Errorf("wrk said:\n%s", out)
	}
	n, _ := strconv.ParseFloat(string(count[1]), 64)
	perSecond, _ := strconv.ParseFloat(string(rate[1]), 64)
	if n < fewest {
		return sample{perSecond, math.Inf(1)}, nil
	}
	return sample{perSecond, float64((after - before).Nanoseconds()) / 1000 / n}, nil
}

// best are the highest rate and the least CPU time of a route and a server.
func (r *report) best(rt, srv int) sample {
	var rates, cpus []float64
	for _, s := range r.samples[rt][srv] {
		rates, cpus = append(rates, s.perSecond), append(cpus, s.cpu)
	}
	return sample{slices.Max(rates), slices.Min(cpus)}
}

// ratio is how many requests etamil answers while the other server answers one, with the same CPU time.
func (r *report) ratio(rt, other int) float64 { return r.best(rt, other).cpu / r.best(rt, etamil).cpu }
