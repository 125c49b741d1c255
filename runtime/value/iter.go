package value

// Iter walks a snapshot of a value: the items of an array, the keys of a record in code-point order, the clusters of a text. Keep
// it in a variable and call Next on it; walking an array or a record's keys that exist as texts allocates nothing else.
type Iter struct {
	items []Value
	keys  []string
	text  *Text
	index *clusterIndex
	pos   int
}

// NewIter starts a walk over v and marks an array shared, so that writes during the walk do not reach the snapshot. The
// error is E0309 when v cannot be walked.
func NewIter(v Value) (Iter, error) {
	if v.Tag == TagArray {
		Share(v)
	}
	return IterOver(v)
}

// IterOver is NewIter without the mark, for a caller that knows nobody writes to v during the walk.
func IterOver(v Value) (Iter, error) {
	switch v.Tag {
	case TagArray:
		return Iter{items: (*Array)(v.Ref).Items}, nil
	case TagRecord:
		return Iter{keys: (*Record)(v.Ref).Layout.SortedKeys()}, nil
	case TagText:
		t := (*Text)(v.Ref)
		return Iter{text: t, index: t.clusters()}, nil
	}
	return Iter{}, fail(CodeNotIterable, v.KindName())
}

// Next answers the next item; ok is false at the end. An item is not marked shared.
func (it *Iter) Next() (v Value, ok bool) {
	i := it.pos
	it.pos++
	if i < len(it.items) {
		return it.items[i], true
	}
	if i < len(it.keys) {
		return FromText(it.keys[i]), true
	}
	if it.index != nil && i < it.index.len() {
		return fromCluster(it.index.at(it.text.s, i)), true
	}
	it.pos = i
	return Nil, false
}

// Len is the number of items of the whole walk.
func (it *Iter) Len() int {
	if it.index != nil {
		return it.index.len()
	}
	return len(it.items) + len(it.keys)
}
