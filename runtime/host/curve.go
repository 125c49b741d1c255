package host

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// curveWords sign and verify with ECDSA on P-256 over SHA-256. Keys are hex: a private key its 32-byte scalar, a public
// key the 65 bytes of its uncompressed point. Signing is deterministic (RFC 6979), as measured in the reference.
var curveWords = table{
	"keyPair":       pure(0, keyPair),
	"publicKey":     pure(1, publicKey),
	"ecSign":        pure(2, ecSign),
	"ecVerify":      pure(3, ecVerify),
	"ecSignFixed":   pure(2, ecSignFixed),
	"ecVerifyFixed": pure(3, ecVerifyFixed),
}

// scalarSize is the length of a private key and of each half of a fixed signature, in bytes.
const scalarSize = 32

// keyPair is வளைவு_சாவிகள்: {தனி, பொது}.
func keyPair(c *call) (value.Value, error) {
	for range 8 {
		scalar, err := c.randomness(scalarSize)
		if err != nil {
			return value.Nil, err
		}
		// About one draw of 2^32 is no scalar of the curve; the next will be one.
		key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar)
		if err != nil {
			continue
		}
		point, err := key.PublicKey.Bytes()
		if err != nil {
			return value.Nil, fmt.Errorf("write a public key: %w", err)
		}
		return value.FromFields([]string{"தனி", "பொது"}, []value.Value{hexText(scalar), hexText(point)}), nil
	}
	return value.Nil, c.fault(CodeNoRandomness, "the source repeats itself")
}

// publicKey is வளைவு_பொதுச்சாவி(private key).
func publicKey(c *call) (value.Value, error) {
	key, err := privateKey(c.text(0))
	if err != nil {
		return badPrivateKey(), nil
	}
	point, err := key.PublicKey.Bytes()
	if err != nil {
		return value.Nil, fmt.Errorf("write a public key: %w", err)
	}
	return value.FromOk(hexText(point)), nil
}

// ecSign is வளைவு_கையொப்பம்(message, private key): the signature in DER, as hex.
func ecSign(c *call) (value.Value, error) {
	key, err := privateKey(c.text(1))
	if err != nil {
		return badPrivateKey(), nil
	}
	der, err := signDER(key, c.text(0))
	if err != nil {
		return value.Nil, err
	}
	return value.FromOk(hexText(der)), nil
}

// ecVerify is வளைவு_சரிபார்(message, DER hex, public key). Bytes that are no DER are only a wrong signature.
func ecVerify(c *call) (value.Value, error) {
	der, err := unhex(c.text(1))
	if err != nil {
		return failed("கையொப்பம் பதினறும எண்களில் இல்லை", "the signature is not hex"), nil
	}
	key, err := readPublicKey(c.text(2))
	if err != nil {
		return badPublicKey(), nil
	}
	digest := sha256.Sum256([]byte(c.text(0)))
	return value.FromOk(value.FromBool(ecdsa.VerifyASN1(key, digest[:], der))), nil
}

// ecSignFixed is வளைவு_நேர்_கையொப்பம்(message, private key): r and s, 32 bytes each, as an array.
func ecSignFixed(c *call) (value.Value, error) {
	key, err := privateKey(c.text(1))
	if err != nil {
		return badPrivateKey(), nil
	}
	der, err := signDER(key, c.text(0))
	if err != nil {
		return value.Nil, err
	}
	var sig struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &sig); err != nil {
		return value.Nil, fmt.Errorf("read a signature just made: %w", err)
	}
	raw := make([]byte, 2*scalarSize)
	sig.R.FillBytes(raw[:scalarSize])
	sig.S.FillBytes(raw[scalarSize:])
	items, err := c.byteValues(raw)
	return value.FromOk(items), err
}

// ecVerifyFixed is வளைவு_நேர்_சரிபார்(message, bytes, public key). It answers a plain boolean, as the reference does.
func ecVerifyFixed(c *call) (value.Value, error) {
	raw, err := c.byteArray(1)
	if err != nil {
		return value.Nil, err
	}
	key, err := readPublicKey(c.text(2))
	if err != nil {
		return badPublicKey(), nil
	}
	if len(raw) != 2*scalarSize {
		return value.FromBool(false), nil
	}
	digest := sha256.Sum256([]byte(c.text(0)))
	r, s := new(big.Int).SetBytes(raw[:scalarSize]), new(big.Int).SetBytes(raw[scalarSize:])
	return value.FromBool(ecdsa.Verify(key, digest[:], r, s)), nil
}

// signDER signs a message. Without a source of randomness crypto/ecdsa takes the nonce from RFC 6979.
func signDER(key *ecdsa.PrivateKey, message string) ([]byte, error) {
	digest := sha256.Sum256([]byte(message))
	der, err := key.Sign(nil, digest[:], crypto.SHA256)
	if err != nil {
		return nil, fmt.Errorf("sign with P-256: %w", err)
	}
	return der, nil
}

// privateKey reads the hex of a scalar.
func privateKey(s string) (*ecdsa.PrivateKey, error) {
	raw, err := unhex(s)
	if err != nil {
		return nil, err
	}
	if len(raw) != scalarSize {
		return nil, errors.New("a private key has 32 bytes")
	}
	return ecdsa.ParseRawPrivateKey(elliptic.P256(), raw)
}

// readPublicKey reads the hex of an uncompressed point.
func readPublicKey(s string) (*ecdsa.PublicKey, error) {
	raw, err := unhex(s)
	if err != nil {
		return nil, err
	}
	return ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw)
}

func badPrivateKey() value.Value {
	return failed("தனிச்சாவி செல்லாது: P-256 சாவியின் 64 பதினறும எண்கள் வேண்டும்", "bad private key: 64 hex digits of a P-256 key are wanted")
}

func badPublicKey() value.Value {
	return failed("பொதுச்சாவி செல்லாது: P-256 புள்ளியின் 130 பதினறும எண்கள் வேண்டும்", "bad public key: 130 hex digits of a P-256 point are wanted")
}

// unhex reads hex digits of either case, spaces around them dropped.
func unhex(s string) ([]byte, error) { return hex.DecodeString(strings.TrimSpace(s)) }

// hexText is raw in lower-case hex.
func hexText(raw []byte) value.Value { return value.FromText(hex.EncodeToString(raw)) }
