package value

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestLayoutsAreShared(t *testing.T) {
	t.Parallel()
	a := record("பெயர்", FromInt(1), "வயது", FromInt(2))
	b, err := ParseJSON(`{"பெயர்": "ராஜா", "வயது": 30}`)
	if err != nil {
		t.Fatal(err)
	}
	c := FromFields(nil, nil)
	c, _ = SetField(c, "பெயர்", Nil)
	c, _ = SetField(c, "வயது", Nil)
	l := NewLayout("பெயர்", "வயது", "பெயர்")
	if a.Record().Layout != l || b.Record().Layout != l || c.Record().Layout != l || emptyLayout().With("பெயர்").With("வயது") != l {
		t.Error("equal keys in equal order must give one layout")
	}
	if NewLayout("வயது", "பெயர்") == l {
		t.Error("another order is another layout")
	}
	if slot, ok := l.Slot("வயது"); slot != 1 || !ok || l.Len() != 2 || l.Private() || !slices.Equal(l.Keys(), []string{"பெயர்", "வயது"}) {
		t.Error("the layout is wrong")
	}
	if _, ok := l.Slot("இல்லை"); ok {
		t.Error("a key too many")
	}
}

func TestDictionaries(t *testing.T) {
	t.Parallel()
	const n = 1000
	r := FromFields(nil, nil)
	for i := range n {
		r, _ = SetField(r, fmt.Sprint("சாவி", i), FromInt(int64(i)))
	}
	l := r.Record().Layout
	if !l.Private() || l.Len() != n || l.With("x") != nil {
		t.Errorf("%d keys: private %v, %d keys", n, l.Private(), l.Len())
	}
	for i := range n {
		if v, err := Field(r, fmt.Sprint("சாவி", i)); err != nil || v.Bits != int64(i) {
			t.Fatalf("field %d is %s, %v", i, v.Display(), err)
		}
	}
	Share(r)
	keys := r.Record().Keys()
	s, _ := SetField(r, "புதிது", Nil)
	if len(r.Record().Slots) != n || len(s.Record().Slots) != n+1 || l.Len() != n || !slices.IsSorted(keys) {
		t.Error("a copy changed the original")
	}
	if _, ok := r.Record().Get("புதிது"); ok {
		t.Error("the original got the copy's field")
	}
	if got := s.Record().Keys(); !slices.IsSorted(got) || len(got) != n+1 {
		t.Error("the keys of the copy are stale")
	}
	if !Equal(r, r) || Equal(r, s) {
		t.Error("equality of dictionaries")
	}
}

func TestRecordsWithOtherLayoutsAreEqual(t *testing.T) {
	t.Parallel()
	a := record("a", FromInt(1), "b", FromText("இரண்டு"))
	b := record("b", FromText("இரண்டு"), "a", number(t, "1.0"))
	if !Equal(a, b) || Equal(a, record("a", FromInt(1), "c", FromText("இரண்டு"))) || Equal(a, record("a", FromInt(1))) {
		t.Error("records are equal by their fields")
	}
	if got := record("a", FromInt(1), "a", FromInt(2)).Display(); got != "{a: 1}" {
		t.Errorf("a key twice: %s", got)
	}
}

func TestLayoutTreeIsBounded(t *testing.T) {
	t.Parallel()
	root := NewLayout("எல்லைச் சோதனை")
	private := 0
	for i := range 3 * maxLayoutBranch {
		r := FromSlots(root, []Value{Nil})
		r, _ = SetField(r, fmt.Sprint("மாறும்", i), Nil)
		if r.Record().Layout.Private() {
			private++
		}
	}
	if private < maxLayoutBranch {
		t.Errorf("only %d of %d records got private layouts", private, 3*maxLayoutBranch)
	}
}

// TestLayoutsConcurrently grows the same and other layouts from many goroutines; -race watches.
// Strangers choose the keys of JSON and of queries. What the tree keeps of them for good must not be long.
func TestLongKeysAreNotKept(t *testing.T) {
	t.Parallel()
	for _, length := range []int{maxSharedKey + 1, 1 << 20} {
		key := strings.Repeat("k", length)
		r, err := ParseJSON(`{"` + key + `": 7, "அ": 8}`)
		if err != nil {
			t.Fatal(err)
		}
		if !r.Record().Layout.Private() {
			t.Errorf("a key of %d bytes is kept", length)
		}
		v, _ := r.Record().Get(key)
		if w, _ := r.Record().Get("அ"); v.Bits != 7 || w.Bits != 8 {
			t.Errorf("a key of %d bytes: %v, %v", length, v.Display(), w.Display())
		}
	}
}

func TestLayoutsConcurrently(t *testing.T) {
	t.Parallel()
	layouts := make([]*Layout, 16)
	var wg sync.WaitGroup
	for g := range layouts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 100 {
				r := record("இணை", FromInt(1), fmt.Sprint("k", i%7), FromInt(2), "முடிவு", FromInt(3))
				if got := r.Display(); got != fmt.Sprintf("{k%d: 2, இணை: 1, முடிவு: 3}", i%7) {
					t.Errorf("%s", got)
					return
				}
			}
			layouts[g] = record("இணை", Nil, "k0", Nil, "முடிவு", Nil).Record().Layout
		}()
	}
	wg.Wait()
	for _, l := range layouts {
		if l != layouts[0] {
			t.Fatal("goroutines made different layouts of the same keys")
		}
	}
}
