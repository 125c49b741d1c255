package host

import (
	"crypto/cipher"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"

	"github.com/etamil-lang/etamil/runtime/value"
)

// encryptWords hide a text behind a passphrase.
var encryptWords = table{
	"Encrypt":       pure(2, encrypt),
	"Decrypt":       pure(2, decrypt),
	"EncryptionKey": pure(0, encryptionKey),
}

// The layout of a sealed text: version, salt, nonce, ciphertext with tag. The version byte is also the associated data.
const (
	sealVersion = 1
	saltSize    = 16
	headSize    = 1 + saltSize + chacha20poly1305.NonceSizeX
	keyMemory   = 19 * 1024 // KiB
	keyRounds   = 2
	keyThreads  = 1
)

// encrypt is மறை(text, passphrase): base64 of the sealed text; no two answers are alike.
func encrypt(c *call) (value.Value, error) {
	text, passphrase := c.text(0), c.text(1)
	if passphrase == "" {
		return value.Nil, c.fault(CodeEmptyPassphrase)
	}
	fresh, err := c.randomness(headSize - 1)
	if err != nil {
		return value.Nil, err
	}
	if err := c.Grow(len(text) + headSize + chacha20poly1305.Overhead); err != nil {
		return value.Nil, err
	}
	sealed := append([]byte{sealVersion}, fresh...)
	aead, err := sealer(passphrase, sealed[1:1+saltSize])
	if err != nil {
		return value.Nil, err
	}
	sealed = aead.Seal(sealed, sealed[1+saltSize:headSize], []byte(text), []byte{sealVersion})
	return c.newText(base64.StdEncoding.EncodeToString(sealed))
}

// decrypt is வெளிப்படு(base64, passphrase).
func decrypt(c *call) (value.Value, error) {
	sealed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(c.text(0)))
	switch {
	case err != nil:
		return failed("மறைத்த உரை base64 வடிவில் இல்லை", "the sealed text is not base64"), nil
	case len(sealed) < headSize+chacha20poly1305.Overhead:
		return failed("மறைத்த உரை முழுமையாக இல்லை", "the sealed text is cut short"), nil
	case sealed[0] != sealVersion:
		return failed("மறைத்த உரையின் பதிப்பு தெரியவில்லை", "the sealed text has an unknown version"), nil
	}
	aead, err := sealer(c.text(1), sealed[1:1+saltSize])
	if err != nil {
		return value.Nil, err
	}
	plain, err := aead.Open(nil, sealed[1+saltSize:headSize], sealed[headSize:], sealed[:1])
	if err != nil {
		return failed("கடவுத்தொடர் தவறு, அல்லது உரை மாற்றப்பட்டது", "wrong passphrase, or the text was changed"), nil
	}
	if !utf8.Valid(plain) {
		return failed("மறைத்தது UTF-8 உரை அல்ல", "what was sealed is not UTF-8 text"), nil
	}
	text, err := c.newText(string(plain))
	return value.FromOk(text), err
}

// encryptionKey is மறை_விசை: a fresh passphrase of 32 random bytes in base64.
func encryptionKey(c *call) (value.Value, error) {
	raw, err := c.randomness(32)
	if err != nil {
		return value.Nil, err
	}
	return c.newText(base64.StdEncoding.EncodeToString(raw))
}

// sealer derives the key of a passphrase and salt with Argon2id.
func sealer(passphrase string, salt []byte) (cipher.AEAD, error) {
	key := argon2.IDKey([]byte(passphrase), salt, keyRounds, keyMemory, keyThreads, chacha20poly1305.KeySize)
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, fmt.Errorf("prepare XChaCha20-Poly1305: %w", err)
	}
	return aead, nil
}

// randomness reads n bytes from the world's source.
func (c *call) randomness(n int) ([]byte, error) {
	raw := make([]byte, n)
	if _, err := io.ReadFull(c.random, raw); err != nil {
		return nil, c.fault(CodeNoRandomness, err.Error())
	}
	return raw, nil
}
