package main

import (
	"net/url"
	"testing"
)

// A path is logged in its own letters; what could forge or hide a line of the log stays encoded.
func TestReadablePath(t *testing.T) {
	t.Parallel()
	for encoded, want := range map[string]string{
		"/%E0%AE%95%E0%AF%8C/poruLkaL": "/கௌ/poruLkaL",
		"/%F0%9F%91%8D%F0%9F%8F%BD":    "/👍🏽",
		"/a%20b":                       "/a%20b",
		"/a%0A200%20GET":               "/a%0A200%20GET",
		"/%1B[31m":                     "/%1B[31m",
		"/%FF":                         "/%FF",
		"/%E2%80%AE":                   "/%E2%80%AE",
	} {
		u, err := url.Parse("http://x" + encoded)
		if err != nil {
			t.Fatal(err)
		}
		if got := readablePath(u); got != want {
			t.Errorf("%s: %s, want %s", encoded, got, want)
		}
	}
}
