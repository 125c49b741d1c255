package host

import "strings"

// isGSTIN checks the form of a GST number and its last character, a checksum in base 36 over the fourteen before it.
func isGSTIN(s string) bool {
	return gstForm().MatchString(s) && s[14] == gstCheck(s[:14])
}

// gstCheck is the check character of the first fourteen.
func gstCheck(s string) byte {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	sum := 0
	for i := range len(s) {
		n := strings.IndexByte(digits, s[i]) * (1 + i%2)
		sum += n/36 + n%36
	}
	return digits[(36-sum%36)%36]
}

// isAadhaar checks twelve digits, in groups of four or together, by the Verhoeff scheme.
func isAadhaar(s string) bool {
	digits := s
	if len(s) == 14 && s[4] == ' ' && s[9] == ' ' {
		digits = s[:4] + s[5:9] + s[10:]
	}
	if len(digits) != 12 || strings.Trim(digits, "0123456789") != "" || digits[0] < '2' {
		return false
	}
	check := 0
	for i := range len(digits) {
		n := int(digits[len(digits)-1-i] - '0')
		check = dihedral(check, verhoeffTurn(i, n))
	}
	return check == 0
}

// dihedral multiplies in the symmetry group of the pentagon: 0 to 4 turn, 5 to 9 mirror.
func dihedral(a, b int) int {
	switch {
	case a < 5 && b < 5:
		return (a + b) % 5
	case a < 5:
		return (a+b-5)%5 + 5
	case b < 5:
		return (a-5-b+5)%5 + 5
	default:
		return (a - b + 5) % 5
	}
}

// verhoeffTurn applies the permutation of the scheme to digit n as often as its place says.
func verhoeffTurn(place, n int) int {
	permutation := [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	for range place % 8 {
		n = permutation[n]
	}
	return n
}
