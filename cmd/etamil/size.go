package main

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// sizeFlag is an amount of memory: bytes, or a number with K, M or G (powers of 1024).
type sizeFlag int64

func (f *sizeFlag) String() string { return strconv.FormatInt(int64(*f), 10) }

func (f *sizeFlag) Type() string { return "BYTES|K|M|G" }

func (f *sizeFlag) Set(s string) error {
	digits, shift := s, 0
	if n := len(s) - 1; n > 0 {
		if i := strings.IndexByte("KMG", s[n]&^0x20); i >= 0 {
			digits, shift = s[:n], 10*(i+1)
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64>>shift {
		return errors.New("4096, 64K, 512M, 2G")
	}
	*f = sizeFlag(n << shift)
	return nil
}
