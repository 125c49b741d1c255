package sqlite

import (
	"errors"
	"unsafe"

	"modernc.org/libc"
)

// errMemory is the failure of the C library's allocator.
var errMemory = errors.New("out of memory")

// pointer makes a Go pointer of an address in the C library's memory, which the garbage collector neither moves nor frees.
func pointer(p uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&p)) }

// view is n bytes of C memory. It is valid as long as that memory is.
func view(p uintptr, n int) []byte {
	if p == 0 || n <= 0 {
		return nil
	}
	return unsafe.Slice((*byte)(pointer(p)), n)
}

// viewText is n bytes of C memory as a text. It is valid as long as that memory is and nobody writes to it.
func viewText(p uintptr, n int) string {
	if p == 0 || n <= 0 {
		return ""
	}
	return unsafe.String((*byte)(pointer(p)), n)
}

// reads tells whether the zero-ended text at p is s.
func reads(p uintptr, s string) bool {
	if p == 0 {
		return s == ""
	}
	for i := range len(s) + 1 {
		c := *(*byte)(pointer(p + uintptr(i)))
		if i == len(s) || c != s[i] {
			return i == len(s) && c == 0
		}
	}
	return false
}

// callback is the address by which C code calls a top-level Go function: the word that a function value consists of.
func callback[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&struct{ f F }{f})) }

// block is growing C memory that a connection writes its texts into.
type block struct {
	at   uintptr
	size int
}

// room makes the block hold at least n bytes; what it held is lost when it grows.
func (b *block) room(tls *libc.TLS, n int) error {
	if n <= b.size {
		return nil
	}
	b.free(tls)
	size := max(256, n+n/2)
	if b.at = libc.Xmalloc(tls, libc.Tsize_t(size)); b.at == 0 {
		return errMemory
	}
	b.size = size
	return nil
}

func (b *block) free(tls *libc.TLS) {
	if b.at != 0 {
		libc.Xfree(tls, b.at)
	}
	*b = block{}
}

// zeroEnded copies a text that ends in a zero byte, as C wants it, into the block.
func (b *block) zeroEnded(tls *libc.TLS, s string) error {
	if err := b.room(tls, len(s)+1); err != nil {
		return err
	}
	to := view(b.at, len(s)+1)
	copy(to, s)
	to[len(s)] = 0
	return nil
}
