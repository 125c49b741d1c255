package main

import (
	"strings"
	"sync"
	"testing"
)

// TestTasksOfRequests starts tasks in requests: they share what the prelude made, have a database connection of their own,
// outlive the response, and end with the server.
func TestTasksOfRequests(t *testing.T) {
	t.Parallel()
	addr, log := startServer(t, "serve", "--grace", "100ms", write(t, `
தளம்_இணை சீகுலைட், "p.db";
தளம்_செய் "CREATE TABLE IF NOT EXISTS t (n INTEGER)", [];
எண்ணி = அணு_உருவாக்கு(0);
பூ = பூட்டு_உருவாக்கு();
வேலை = சேனல்_உருவாக்கு();
பணி_உருவாக்கு "எழுத்தர்" { ஒவ்வொரு எ இல் வேலை { தளம்_செய் "INSERT INTO t VALUES (?)", [எ]; } }
பின்னணி செயல் கூட்டு(எண் n) { பூட்டு_பிடி(பூ) { அணு_அமை(எண்ணி, அணு_பெறு(எண்ணி) + n); } திரும்பு n * 2; }
வழி பதி, "/:n" {
  ப = கூட்டு(1);
  பணி_உருவாக்கு "endless" { (மெய்) சுற்று { x = 1; காத்திரு(1); } }
  சேனல்_அனுப்பு(வேலை, 5);
  பதில் 200, [மதிப்பு(காத்திரு(ப)), தவறா(காத்திரு(பணி_உருவாக்கு "தவறு" { 1 / 0; }))];
}
வழி பெறு, "/lost" { பணி_உருவாக்கு "தவறு" { 1 / 0; }; பதில் 200, "க"; }
வழி பெறு, "/slow" { முயல் { (5) காலவரம்பு { சேனல்_பெறு(சேனல்_உருவாக்கு()); } } பிழை(பி) { பதில் 200, பி.வகை; } }
வழி பெறு, "/held" { பூட்டு_பிடி(பூ) { வெளியேறு(1); } }
வழி பெறு, "/n" { பூட்டு_பிடி(பூ) { பதில் 200, அணு_பெறு(எண்ணி); } }
`))
	base := "http://" + addr
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 4 {
				if status, body := ask(t, "POST", base+"/1", "{}"); status != 200 || body != `[2,true]` {
					t.Errorf("%d %s\n%s", status, body, log())
				}
			}
		})
	}
	wg.Wait()
	for _, tt := range []struct{ path, want string }{{"/lost", "க"}, {"/slow", "காலவரம்பு"}, {"/held", ""}, {"/n", "32"}} {
		if status, body := ask(t, "GET", base+tt.path, ""); status != 200 || tt.want != "" && body != tt.want {
			t.Errorf("%s: %d %s\n%s", tt.path, status, body, log())
		}
	}
	if strings.Count(log(), "E0302") > 1 {
		t.Errorf("an error that was asked for is in the log:\n%s", log())
	}
}
