package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"

	_ "modernc.org/sqlite"
)

// The names are Latin: encoding/json takes no vowel signs in tags.
type item struct {
	Number int     `json:"eN"`
	Name   string  `json:"peyar"`
	Price  float64 `json:"vilY"`
	Tax    float64 `json:"vari"`
}

type list struct {
	Items []item `json:"poruLkaL"`
	Total int    `json:"moqqam"`
}

func goods() list {
	var l list
	for i := 1; i <= 10; i++ {
		price := float64(i) * 150.25
		l.Items = append(l.Items, item{i, fmt.Sprint("பொருள் ", i), price, tax(price)})
	}
	l.Total = len(l.Items)
	return l
}

func tax(price float64) float64 {
	switch {
	case price > 1000:
		return price * 0.28
	case price > 500:
		return price * 0.18
	}
	return price * 0.05
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// database has one connection for each way: SQLite writes one after the other.
type database struct {
	one, add *sql.Stmt
}

func open(path string) (*database, error) {
	const pragmas = "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)"
	write, err := sql.Open("sqlite", path+pragmas)
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	_, err = write.Exec(`CREATE TABLE poruL (eN INTEGER PRIMARY KEY, peyar TEXT NOT NULL, vilY TEXT NOT NULL);
		CREATE TABLE varavu (eN INTEGER PRIMARY KEY, qokY TEXT NOT NULL)`)
	if err != nil {
		return nil, err
	}
	for i := 1; i <= 1000; i++ {
		if _, err := write.Exec("INSERT INTO poruL VALUES (?, ?, ?)", i, fmt.Sprint("பொருள் ", i), fmt.Sprint(float64(i)*1.25)); err != nil {
			return nil, err
		}
	}
	read, err := sql.Open("sqlite", path+pragmas)
	if err != nil {
		return nil, err
	}
	read.SetMaxOpenConns(1)
	db := &database{}
	if db.one, err = read.Prepare("SELECT eN, peyar, vilY FROM poruL WHERE eN = ?"); err != nil {
		return nil, err
	}
	db.add, err = write.Prepare("INSERT INTO varavu (qokY) VALUES (?)")
	return db, err
}

func (db *database) row(w http.ResponseWriter, r *http.Request) {
	var row struct {
		Number int    `json:"eN"`
		Name   string `json:"peyar"`
		Price  string `json:"vilY"`
	}
	if err := db.one.QueryRow(r.PathValue("eN")).Scan(&row.Number, &row.Name, &row.Price); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, http.StatusOK, row)
}

func (db *database) receipt(w http.ResponseWriter, _ *http.Request) {
	if _, err := db.add.Exec("12.50"); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, http.StatusCreated, map[string]string{"நிலை": "சரி"})
}
