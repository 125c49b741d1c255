// Bare is the service of kadai/main.qmz with net/http, encoding/json, modernc.org/sqlite and coder/websocket: bare PORT DATABASE.
package main

import (
	"fmt"
	"net/http"
	"os"

	"github.com/coder/websocket"
)

func main() {
	db, err := open(os.Args[2])
	if err != nil {
		fatal(err)
	}
	http.HandleFunc("GET /hello", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("வணக்கம்")) })
	http.HandleFunc("GET /json", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, goods()) })
	http.HandleFunc("GET /poruL/{eN}", db.row)
	http.HandleFunc("POST /varavu", db.receipt)
	var board hub
	http.HandleFunc("GET /nikazvukaL", board.listen)
	http.HandleFunc("POST /arivi", func(w http.ResponseWriter, _ *http.Request) {
		board.tell([]byte("event: செய்தி\ndata: " + news + "\n\n"))
		answer(w, http.StatusAccepted, map[string]string{"நிலை": "சரி"})
	})
	http.HandleFunc("GET /eqiroli", echo)
	fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func echo(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = conn.CloseNow() }()
	for {
		kind, message, err := conn.Read(r.Context())
		if err != nil || conn.Write(r.Context(), kind, message) != nil {
			return
		}
	}
}
