package value

import (
	"maps"
	"strings"
	"sync"
	"sync/atomic"
)

// Layout is the ordered list of a record's keys. Records that got the same keys in the same order share one layout, so that the
// machine can remember by the layout where a field is. Layouts that many records share never change. A record with
// many or ever new keys has a private layout, to which keys are only added: a slot found once stays right, an
// absence does not.
type Layout struct {
	keys    []string
	slots   map[string]int // nil while the keys are few
	private bool
	sorted  atomic.Pointer[sortedOrder]

	mu   sync.Mutex // held to change next
	next atomic.Pointer[map[string]*Layout]
	last atomic.Pointer[Layout] // of next, the one that was asked for last
}

// Limits of the tree of shared layouts. What goes beyond has a private layout.
const (
	maxSharedKeys    = 32   // keys of one shared layout
	maxSharedKey     = 256  // bytes of a key: strangers send very long ones, and the tree keeps them for good
	maxLayoutBranch  = 256  // layouts that follow one layout
	maxSharedLayouts = 4096 // layouts in the tree that programs make at run time
	linearKeys       = 8    // up to so many keys a search is faster than a map
)

// layoutTree is the root of all shared layouts and the count of those made at run time. It is a cache: it only grows, within
// its limits, and never changes what a program does.
type layoutTree struct {
	root  Layout
	count atomic.Int64
}

var layouts = sync.OnceValue(func() *layoutTree { return &layoutTree{} })

func emptyLayout() *Layout { return &layouts().root }

// NewLayout answers the shared layout of keys in this order; of equal keys only the first counts. It is for the records and
// shapes that a program's source writes down, and so has no limit.
func NewLayout(keys ...string) *Layout {
	l := emptyLayout()
	for _, key := range keys {
		if _, twice := l.Slot(key); !twice {
			l = l.follow(key, true)
		}
	}
	return l
}

// With answers the shared layout that has key after the keys of l. It answers nil where records need a private layout: then SetField
// must add the field.
func (l *Layout) With(key string) *Layout {
	if l.private {
		return nil
	}
	return l.follow(key, false)
}

// Keys are the keys in the order of the slots. The caller must not change the list.
func (l *Layout) Keys() []string { return l.keys[:len(l.keys):len(l.keys)] }

// Len is the number of keys.
func (l *Layout) Len() int { return len(l.keys) }

// Private tells that the layout belongs to one record and may get more keys.
func (l *Layout) Private() bool { return l.private }

// Slot tells where the value of key is.
func (l *Layout) Slot(key string) (slot int, ok bool) {
	if l.slots != nil {
		slot, ok = l.slots[key]
		return slot, ok
	}
	for i, k := range l.keys {
		if k == key {
			return i, true
		}
	}
	return 0, false
}

// grow answers the layout with key added, which l must not have: a shared one, or a private one, which is l itself when l is private already.
func (l *Layout) grow(key string) *Layout {
	if !l.private {
		if next := l.follow(key, false); next != nil {
			return next
		}
		l = l.copyPrivate()
	}
	l.slots[key] = len(l.keys)
	l.keys = append(l.keys, key)
	l.sorted.Store(nil)
	return l
}

// copyPrivate makes a private layout with the keys of l.
func (l *Layout) copyPrivate() *Layout {
	p := &Layout{private: true, keys: append(make([]string, 0, len(l.keys)+len(l.keys)/4+4), l.keys...)}
	if l.slots != nil {
		p.slots = maps.Clone(l.slots)
	} else {
		p.slots = indexKeys(p.keys)
	}
	if o := l.sorted.Load(); o != nil {
		p.sorted.Store(o)
	}
	return p
}

// follow answers the shared layout after l by key; nil when the limits forbid a new one, which written tells to ignore.
func (l *Layout) follow(key string, written bool) *Layout {
	if last := l.last.Load(); last != nil && last.keys[len(l.keys)] == key {
		return last
	}
	next := l.known(key)
	if next == nil {
		if next = l.branch(key, written); next == nil {
			return nil
		}
	}
	l.last.Store(next)
	return next
}

// known is the layout after l by key, if there is one.
func (l *Layout) known(key string) *Layout {
	if m := l.next.Load(); m != nil {
		return (*m)[key]
	}
	return nil
}

// branch makes the layout after l by key. Readers never wait: they see the old map or the new one.
func (l *Layout) branch(key string, written bool) *Layout {
	tree := layouts()
	if !written && (len(l.keys) >= maxSharedKeys || len(key) > maxSharedKey || tree.count.Load() >= maxSharedLayouts) {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if next := l.known(key); next != nil {
		return next
	}
	grown := map[string]*Layout{}
	if old := l.next.Load(); old != nil {
		if !written && len(*old) >= maxLayoutBranch {
			return nil
		}
		maps.Copy(grown, *old)
	}
	key = strings.Clone(key)
	next := l.extended(key)
	grown[key] = next
	l.next.Store(&grown)
	if !written {
		tree.count.Add(1)
	}
	return next
}

// extended makes the layout with the keys of l and key.
func (l *Layout) extended(key string) *Layout {
	keys := make([]string, len(l.keys)+1)
	copy(keys, l.keys)
	keys[len(l.keys)] = key
	next := &Layout{keys: keys}
	if len(keys) > linearKeys {
		next.slots = indexKeys(keys)
	}
	return next
}

func indexKeys(keys []string) map[string]int {
	m := make(map[string]int, len(keys))
	for i, key := range keys {
		m[key] = i
	}
	return m
}

func compareKeys(a, b string) int { return strings.Compare(a, b) }
