package main

import (
	"fmt"
	"math"
	"os/exec"
	"regexp"
	"strconv"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

var (
	requestsForm = regexp.MustCompile(`(\d+) requests in`)
	badForm      = regexp.MustCompile(`Non-2xx.*|Socket errors.*`)
)

// fewest is how many requests a round must have to say anything: with fewer the machine had no time for it.
const fewest = 100

func get(r *report, s *server, path string) (sample, error) { return r.wrk(s, path) }

func post(r *report, s *server, path string) (sample, error) { return r.wrk(s, path, "-s", r.post) }

// wrk asks one server with 32 connections, each as soon as it has its answer.
func (r *report) wrk(s *server, path string, more ...string) (sample, error) {
	n := 0
	got, err := r.metered(s, func() (int, error) {
		args := append([]string{"-t1", "-c32", "-d" + strconv.Itoa(int(r.each.Seconds())) + "s"}, more...)
		out, err := exec.Command("wrk", append(args, "http://"+s.addr+path)...).CombinedOutput()
		if err != nil {
			return 0, fmt.Errorf("wrk: %w\n%s", err, out)
		}
		if bad := badForm.Find(out); bad != nil {
			return 0, fmt.Errorf("%s", bad)
		}
		count := requestsForm.FindSubmatch(out)
		if count == nil {
			return 0, fmt.Errorf("wrk said:\n%s", out)
		}
		n, err = strconv.Atoi(string(count[1]))
		return n, err
	})
	if n < fewest {
		got.cpu = math.Inf(1)
	}
	return got, err
}

// The fixed rates, which every server of the table can keep up with.
const (
	pacedReads  = 2000
	pacedWrites = 500
)

func pacedGet(r *report, s *server, path string) (time.Duration, error) {
	return r.vegeta(s, "GET", path, pacedReads)
}

func pacedPost(r *report, s *server, path string) (time.Duration, error) {
	return r.vegeta(s, "POST", path, pacedWrites)
}

// vegeta asks one server at a fixed rate and answers p99, counted from when a request was due.
func (r *report) vegeta(s *server, method, path string, perSecond int) (time.Duration, error) {
	attacker := vegeta.NewAttacker(vegeta.Workers(32), vegeta.MaxWorkers(64), vegeta.Connections(64))
	defer attacker.Stop()
	target := vegeta.NewStaticTargeter(vegeta.Target{Method: method, URL: "http://" + s.addr + path})
	var all vegeta.Metrics
	for one := range attacker.Attack(target, vegeta.Rate{Freq: perSecond, Per: time.Second}, r.each, s.name) {
		all.Add(one)
	}
	all.Close()
	if all.Success < 1 {
		return 0, fmt.Errorf("vegeta: %.2f %% were answered: %v", 100*all.Success, all.Errors)
	}
	return all.Latencies.P99, nil
}
