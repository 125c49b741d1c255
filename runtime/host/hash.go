package host

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// hashWords are SHA-256 and the keyed signature made of it.
var hashWords = table{
	"sha256":          pure(1, sha256Of),
	"sign":            pure(2, sign),
	"verifySignature": pure(3, verifySignature),
}

// sha256Of is சுருக்கம்_256: the 32 bytes of the digest.
func sha256Of(c *call) (value.Value, error) {
	sum := sha256.Sum256([]byte(c.text(0)))
	return c.byteValues(sum[:])
}

// sign is கையொப்பம்(key, message): HMAC-SHA256 in lower-case hex.
func sign(c *call) (value.Value, error) {
	return c.newText(hex.EncodeToString(hmac256(c.text(0), c.text(1))))
}

// verifySignature is கையொப்பம்_சரியா(key, message, hex): the comparison takes the same time wherever they differ.
func verifySignature(c *call) (value.Value, error) {
	want := hex.EncodeToString(hmac256(c.text(0), c.text(1)))
	got := strings.ToLower(strings.TrimSpace(c.text(2)))
	return value.FromBool(hmac.Equal([]byte(want), []byte(got))), nil
}

func hmac256(key, message string) []byte {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(message)) // a hash never fails to write
	return mac.Sum(nil)
}
