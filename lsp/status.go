package lsp

import (
	"context"
	"runtime"

	"go.lsp.dev/jsonrpc2"
)

// status is what etamil/status answers: how the server is, for people who ask.
type status struct {
	Version   string `json:"version"`
	Encoding  string `json:"positionEncoding"`
	Folders   int    `json:"folders"`
	Open      int    `json:"openFiles"`
	Files     int    `json:"files"`
	Scanned   bool   `json:"scanned"`
	Programs  int    `json:"programs"`
	HeapBytes uint64 `json:"heapBytes"`
	Goroutine int    `json:"goroutines"`
}

// Custom answers the methods that only this server has; docs/lsp.md lists them.
func (s *Server) Custom(ctx context.Context, method string, _ []byte) (any, error) {
	if method == "etamil/status" {
		return s.status(s.snap(ctx)), nil
	}
	return nil, jsonrpc2.ErrMethodNotFound
}

func (s *Server) status(snap *snapshot) status {
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	_, kind := snap.client.encoding()
	return status{
		Version: s.opt.Version, Encoding: string(kind), Folders: len(snap.folders), Open: len(snap.open), Files: len(snap.disk.files),
		Scanned: snap.disk.scanned, Programs: len(snap.linked().roots), HeapBytes: mem.HeapInuse, Goroutine: runtime.NumGoroutine(),
	}
}
