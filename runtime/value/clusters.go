package value

import (
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// clusterIndex knows where the clusters of a text (or of its first bytes) start. It is immutable once published; indexes of longer texts
// share the memory of starts with it, in the same way as texts share a tail.
type clusterIndex struct {
	bytes  int      // how much of the text it covers
	ascii  bool     // every byte is a cluster: no starts
	starts []uint32 // else the byte offset of every cluster
	room   *startsRoom
	// count and last are set instead of starts where only the length of a large text was asked for: how many clusters there
	// are, and where the last one starts.
	count, last int
}

// startsRoom is the memory behind starts; used tells how much of it has an owner.
type startsRoom struct {
	buf  []uint32
	used atomic.Int64
}

// ClusterLen is the number of extended grapheme clusters of the text v, 0 when v is no text. The first call over a text looks at every byte,
// later ones are immediate.
func ClusterLen(v Value) int {
	if v.Tag != TagText {
		return 0
	}
	t := (*Text)(v.Ref)
	if index := t.index.Load(); index != nil && index.bytes == len(t.s) {
		return index.len()
	} else if len(t.s) >= largeRest && (index == nil || index.starts == nil) {
		index = countClusters(t.s, index)
		t.index.Store(index)
		return index.len()
	}
	return t.clusters().len()
}

// countClusters continues the count of a prefix over all of s. It keeps no list, which would be several times as large as
// the text.
func countClusters(s string, prefix *clusterIndex) *clusterIndex {
	if prefix == nil {
		prefix = &clusterIndex{ascii: true}
	}
	count, from := max(prefix.count-1, 0), prefix.last
	if prefix.ascii {
		if plainASCII(s[prefix.bytes:]) {
			return &clusterIndex{bytes: len(s), ascii: true}
		}
		from = max(prefix.bytes-1, 0)
		count = from
	}
	last := from
	for it := graphemes.FromString(s[from:]); it.Next(); count++ {
		last = from + it.Start()
	}
	return &clusterIndex{bytes: len(s), count: count, last: last}
}

// ClusterAt is cluster i of the text v as a text; ok is false when there is none.
func ClusterAt(v Value, i int) (c Value, ok bool) {
	if v.Tag != TagText || i < 0 {
		return Nil, false
	}
	t := (*Text)(v.Ref)
	index := t.clusters()
	if i >= index.len() {
		return Nil, false
	}
	return fromCluster(index.at(t.s, i)), true
}

// ClusterSlice is the text of the clusters from i up to, not including, j; both are cut to the text.
func ClusterSlice(v Value, i, j int) Value {
	if v.Tag != TagText {
		return FromText("")
	}
	t := (*Text)(v.Ref)
	index := t.clusters()
	n := index.len()
	i, j = min(max(i, 0), n), min(max(j, 0), n)
	if i >= j {
		return FromText("")
	}
	return FromText(t.s[index.start(i):index.start(j)])
}

// ClusterOffset is the byte offset at which cluster i of the text v starts; the offset of the cluster count is the text's
// length.
func ClusterOffset(v Value, i int) int {
	if v.Tag != TagText {
		return 0
	}
	index := (*Text)(v.Ref).clusters()
	return index.start(min(max(i, 0), index.len()))
}

func (x *clusterIndex) len() int {
	if x.ascii {
		return x.bytes
	}
	return max(len(x.starts), x.count)
}

func (x *clusterIndex) start(i int) int {
	if x.ascii {
		return i
	}
	if i == len(x.starts) {
		return x.bytes
	}
	return int(x.starts[i])
}

func (x *clusterIndex) at(s string, i int) string { return s[x.start(i):x.start(i+1)] }

// clusters answers the index of the whole text, building what is missing.
func (t *Text) clusters() *clusterIndex {
	old := t.index.Load()
	if old != nil && old.bytes == len(t.s) && old.count == 0 {
		return old
	}
	index := buildIndex(t.s, old)
	t.index.Store(index)
	return index
}

// buildIndex extends the index of a prefix to all of s. Only the prefix's last cluster can grow by what follows, so the search starts there.
func buildIndex(s string, prefix *clusterIndex) *clusterIndex {
	if prefix == nil || prefix.count > 0 {
		prefix = &clusterIndex{ascii: true}
	}
	if prefix.ascii {
		if plainASCII(s[prefix.bytes:]) {
			return &clusterIndex{bytes: len(s), ascii: true}
		}
		return listStarts(s, spell(prefix, len(s)))
	}
	return listStarts(s, prefix)
}

// spell writes out the starts that an ASCII prefix has.
func spell(x *clusterIndex, size int) *clusterIndex {
	room := &startsRoom{buf: make([]uint32, x.bytes+(size-x.bytes)/2+4)}
	room.used.Store(int64(x.bytes))
	for i := range x.bytes {
		room.buf[i] = uint32(i)
	}
	return &clusterIndex{bytes: x.bytes, starts: room.buf[:x.bytes], room: room}
}

// A text whose rest has so many bytes gets its list in one piece, as long as Tamil needs it.
const (
	largeRest       = 4096
	bytesPerCluster = 3
)

// listStarts continues the list of starts over the rest of s.
func listStarts(s string, x *clusterIndex) *clusterIndex {
	from, first := 0, 1
	if len(x.starts) > 0 {
		from = int(x.starts[len(x.starts)-1])
	} else {
		first = 0
	}
	var found [64]uint32
	more := found[:0]
	large := len(s)-from >= largeRest
	if large {
		more = make([]uint32, 0, (len(s)-from)/bytesPerCluster)
	}
	it := graphemes.FromString(s[from:])
	for n := 0; it.Next(); n++ {
		if n >= first {
			if len(more) == cap(more) {
				more = slices.Grow(more, len(more))
			}
			more = append(more, uint32(min(from+it.Start(), math.MaxUint32)))
		}
	}
	if large && len(x.starts) == 0 {
		room := &startsRoom{buf: more[:cap(more)]}
		room.used.Store(int64(len(more)))
		return &clusterIndex{bytes: len(s), starts: more[:len(more):len(more)], room: room}
	}
	starts, room := x.room.extend(x.starts, more)
	return &clusterIndex{bytes: len(s), starts: starts, room: room}
}

// extend appends more to starts, in place when nobody else did so yet.
func (r *startsRoom) extend(starts, more []uint32) ([]uint32, *startsRoom) {
	n, m := len(starts), len(starts)+len(more)
	if r == nil || m > len(r.buf) || !r.used.CompareAndSwap(int64(n), int64(m)) {
		r = &startsRoom{buf: make([]uint32, m+m/2+4)}
		r.used.Store(int64(m))
		copy(r.buf, starts)
	}
	copy(r.buf[n:m], more)
	return r.buf[:m:m], r
}

// plainASCII tells whether every byte is a cluster of its own: ASCII without a carriage return, which may join a line feed.
func plainASCII(s string) bool {
	if strings.IndexByte(s, '\r') >= 0 {
		return false
	}
	for ; len(s) >= 8; s = s[8:] {
		w := s[:8]
		if (w[0]|w[1]|w[2]|w[3]|w[4]|w[5]|w[6]|w[7])&0x80 != 0 {
			return false
		}
	}
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// asciiTexts holds the 128 one-letter texts, so that walking ASCII text allocates nothing.
var asciiTexts = sync.OnceValue(func() *[128]Text {
	var all [128]byte
	for i := range all {
		all[i] = byte(i)
	}
	s := string(all[:])
	texts := new([128]Text)
	for i := range texts {
		texts[i].s = s[i : i+1]
	}
	return texts
})

// fromCluster makes the text of one cluster.
func fromCluster(c string) Value {
	if len(c) == 1 && c[0] < 0x80 {
		return Value{Tag: TagText, Ref: unsafe.Pointer(&asciiTexts()[c[0]])}
	}
	return FromText(c)
}
