package main

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// forgetStart gives back the memory in which the parts of the program's own file stand that its start needed: the parser, the
// checks, the compiler. A server seldom needs them again, and then the system maps them again. Only what is the same in the
// file is given back; where the system does not tell, nothing is.
func forgetStart() {
	exe, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		return
	}
	defer func() { _ = maps.Close() }()
	var from, to uint64 // of the part that is being told of; 0 for one that is not ours
	for in := bufio.NewScanner(maps); in.Scan(); {
		fields := strings.Fields(in.Text())
		switch {
		case len(fields) == 6 && strings.Contains(fields[0], "-"):
			from, to = 0, 0
			if fields[5] == exe && !strings.Contains(fields[1], "w") {
				first, last, _ := strings.Cut(fields[0], "-")
				from, _ = strconv.ParseUint(first, 16, 64)
				to, _ = strconv.ParseUint(last, 16, 64)
			}
		case len(fields) == 3 && fields[0] == "Anonymous:" && fields[1] == "0" && from < to:
			_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, uintptr(from), uintptr(to-from), syscall.MADV_DONTNEED) // or it stays
		}
	}
}
