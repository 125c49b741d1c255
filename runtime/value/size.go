package value

// Sizes in bytes of what values occupy outside themselves, for the machine's memory counter. They are what the Go
// allocator hands out on 64-bit machines, rounded to whole words.
const (
	// SizeValue is one item of an array, one slot of a record, one captured value.
	SizeValue = 24
	// SizeArray is an array without its items.
	SizeArray = 32
	// SizeRecord is a record without its slots.
	SizeRecord = 48
	// SizeText is a text without its bytes.
	SizeText = 32
	// SizeResult is சரி or தவறு.
	SizeResult = 24
	// SizeFunc is a function value without its captured values.
	SizeFunc = 56
	// SizePrivateKey is one key of a private layout, without the key's bytes.
	SizePrivateKey = 64
)

// Size is about how much memory v itself takes beyond its own words: text bytes, items and slots, but not what the items hold in turn.
func Size(v Value) int {
	switch v.Tag {
	case TagText:
		return SizeText + len((*Text)(v.Ref).s)
	case TagArray:
		return SizeArray + cap((*Array)(v.Ref).Items)*SizeValue
	case TagRecord:
		r := (*Record)(v.Ref)
		n := SizeRecord + cap(r.Slots)*SizeValue
		if r.Layout.private {
			n += len(r.Slots) * SizePrivateKey
		}
		return n
	case TagOk, TagErr:
		return SizeResult
	case TagFunc:
		return SizeFunc + len((*Func)(v.Ref).Captured)*SizeValue
	}
	return 0
}
