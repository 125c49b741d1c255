package host

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/value"
)

func TestBytes(t *testing.T) {
	t.Parallel()
	check(t, fixed(), []row{
		{"பைட்டுகள்", list("அa"), "[224, 174, 133, 97]"},
		{"pYttukaL", list(""), "[]"},
		{"பைட்டுகள்", list("𝒳"), "[240, 157, 146, 179]"},
		{"பைட்டுகள்", list(12), "[49, 50]"},
		{"பைட்டுச்_சரம்", list(list(224, 174, 133)), "சரி(அ)"},
		{"pYttuc_caram", list(list("65", num("66.0"))), "சரி(AB)"},
		{"பைட்டுச்_சரம்", list(list()), "சரி()"},
		{"பைட்டுச்_சரம்", list(list("x")), "சரி(\x00)"},
		{"பைட்டுச்_சரம்", list(list(97, 255)), "தவறு(பைட்டு 1 முதல் UTF-8 உரை அல்ல  (not UTF-8 text from byte 1))"},
		{"பைட்டுச்_சரம்", list(list(0xed, 0xa0, 0x80)), "தவறு(பைட்டு 0…"},
		{"பைட்டுச்_சரம்", list(list(1, 256)), "! E0379: பைட்டுச்_சரம், 1, 256"},
		{"பைட்டுச்_சரம்", list(list(-1)), "! E0379: பைட்டுச்_சரம், 0, -1"},
		{"பைட்டுச்_சரம்", list(list(num("1.5"))), "! E0379: பைட்டுச்_சரம், 0, 1.5"},
		{"பைட்டுச்_சரம்", list("அ"), "! E0370: பைட்டுச்_சரம், 1, a string"},
	})
	check(t, fixed(), []row{
		{"எழுமாற்று", list(10), "[1, 2, 3, 4, 5, 6, 7, 8, 1, 2]"},
		{"ezumARRu", list("1"), "[3]"},
		{"எழுமாற்று", list(0), "! E0382: எழுமாற்று, 0"},
		{"எழுமாற்று", list(1025), "! E0382: எழுமாற்று, 1025"},
		{"எழுமாற்று", list(num("1.5")), "! E0382: எழுமாற்று, 1.5"},
		{"எழுமாற்று", list("கௌ"), "! E0382: எழுமாற்று, கௌ"},
	})
}

// asHex is the hex of an array of byte values.
func asHex(t *testing.T, v value.Value) string {
	t.Helper()
	if v.Kind() == value.OkKind {
		v = v.Inner()
	}
	var raw []byte
	for _, x := range v.Array().Items {
		n, _ := x.Int()
		raw = append(raw, byte(n))
	}
	return hex.EncodeToString(raw)
}

// The vectors of FIPS 180-2 and of RFC 4231.
func TestHashVectors(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	} {
		v, err := do(t, Env{}, "சுருக்கம்_256", in)
		if err != nil || asHex(t, v) != want {
			t.Errorf("சுருக்கம்_256(%q) = %s, %v", in, asHex(t, v), err)
		}
	}
	jefe := "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
	key1 := strings.Repeat("\x0b", 20)
	check(t, Env{}, []row{
		{"கையொப்பம்", list("Jefe", "what do ya want for nothing?"), jefe},
		{"kYyoppam", list(key1, "Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
		{"கையொப்பம்_சரியா", list("Jefe", "what do ya want for nothing?", " "+strings.ToUpper(jefe)+"\n"), "true"},
		{"kYyoppam_cariyA", list("Jefe", "what do ya want for nothing!", jefe), "false"},
		{"கையொப்பம்_சரியா", list("Jefe", "x", ""), "false"},
		{"கையொப்பம்_சரியா", list("கௌ", "𝒳", nil), "false"},
	})
}

// The key, message and signature of RFC 6979, A.2.5, P-256 with SHA-256.
const (
	rfcPrivate = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"
	rfcPublic  = "04" + "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6" +
		"7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
	rfcR = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
	rfcS = "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
)

func TestSigningVectors(t *testing.T) {
	t.Parallel()
	der := "3046022100" + rfcR + "022100" + rfcS
	raw, err := hex.DecodeString(rfcR + rfcS)
	if err != nil {
		t.Fatal(err)
	}
	var fixedSig, wrongSig []any
	for _, b := range raw {
		fixedSig, wrongSig = append(fixedSig, int(b)), append(wrongSig, int(b))
	}
	wrongSig[5] = 0
	check(t, Env{}, []row{
		{"வளைவு_பொதுச்சாவி", list(rfcPrivate), "சரி(" + rfcPublic + ")"},
		{"vaLYvu_poquccAvi", list(" " + strings.ToUpper(rfcPrivate)), "சரி(" + rfcPublic + ")"},
		{"வளைவு_பொதுச்சாவி", list("00"), "தவறு(தனிச்சாவி செல்லாது…"},
		{"வளைவு_பொதுச்சாவி", list("கௌ"), "தவறு(தனிச்சாவி செல்லாது…"},
		{"வளைவு_பொதுச்சாவி", list(strings.Repeat("0", 64)), "தவறு(தனிச்சாவி செல்லாது…"},
		{"வளைவு_பொதுச்சாவி", list(strings.Repeat("f", 64)), "தவறு(தனிச்சாவி செல்லாது…"},

		{"வளைவு_கையொப்பம்", list("sample", rfcPrivate), "சரி(" + der + ")"},
		{"vaLYvu_kYyoppam", list("sample", "zz"), "தவறு(தனிச்சாவி செல்லாது…"},
		{"வளைவு_சரிபார்", list("sample", der, rfcPublic), "சரி(true)"},
		{"vaLYvu_caripAr", list("Sample", der, rfcPublic), "சரி(false)"},
		{"வளைவு_சரிபார்", list("sample", "3001", rfcPublic), "சரி(false)"},
		{"வளைவு_சரிபார்", list("sample", "", rfcPublic), "சரி(false)"},
		{"வளைவு_சரிபார்", list("sample", "xyz", rfcPublic), "தவறு(கையொப்பம் பதினறும எண்களில் இல்லை…"},
		{"வளைவு_சரிபார்", list("sample", der, "04aa"), "தவறு(பொதுச்சாவி செல்லாது…"},

		{"வளைவு_நேர்_சரிபார்", list("sample", fixedSig, rfcPublic), "true"},
		{"vaLYvu_nEr_caripAr", list("sample", wrongSig, rfcPublic), "false"},
		{"வளைவு_நேர்_சரிபார்", list("sample", list(1, 2), rfcPublic), "false"},
		{"வளைவு_நேர்_சரிபார்", list("sample", fixedSig, "கௌ"), "தவறு(பொதுச்சாவி செல்லாது…"},
		{"வளைவு_நேர்_சரிபார்", list("sample", "x", rfcPublic), "! E0370: வளைவு_நேர்_சரிபார், 2, a string"},
		{"வளைவு_நேர்_சரிபார்", list("sample", list(300), rfcPublic), "! E0379: வளைவு_நேர்_சரிபார், 0, 300"},
		{"வளைவு_நேர்_கையொப்பம்", list("sample", nil), "தவறு(தனிச்சாவி செல்லாது…"},
	})
	v, err := do(t, Env{}, "வளைவு_நேர்_கையொப்பம்", "sample", rfcPrivate)
	if err != nil || asHex(t, v) != rfcR+rfcS {
		t.Errorf("வளைவு_நேர்_கையொப்பம் = %s, %v", v.Display(), err)
	}
}

// A new pair signs and verifies; every pair is another.
func TestKeyPair(t *testing.T) {
	t.Parallel()
	pair, err := do(t, Env{}, "வளைவு_சாவிகள்")
	if err != nil {
		t.Fatal(err)
	}
	private, public := at(pair, "தனி"), at(pair, "பொது")
	if len(private.Text()) != 64 || len(public.Text()) != 130 {
		t.Fatalf("the pair is %s", pair.Display())
	}
	sig, err := do(t, Env{}, "வளைவு_கையொப்பம்", "ஸ்ரீ 𝒳", private)
	if err != nil {
		t.Fatal(err)
	}
	check(t, Env{}, []row{{"வளைவு_சரிபார்", list("ஸ்ரீ 𝒳", sig.Inner(), public), "சரி(true)"}})
	again, err := do(t, Env{}, "vaLYvu_cAvikaL")
	if err != nil || value.Equal(pair, again) {
		t.Errorf("a second pair is %s, %v", again.Display(), err)
	}
	got := result(t, Env{Rand: bytes.NewReader(make([]byte, 1000))}, "வளைவு_சாவிகள்")
	if !strings.HasPrefix(got, "! E0381: வளைவு_சாவிகள்") {
		t.Errorf("from zeros only: %s", got)
	}
}

func TestEncryption(t *testing.T) {
	t.Parallel()
	const text, pass = "இரகசியம் ஸ்ரீ 𝒳 👍🏽", "கடவுத்தொடர்"
	sealed, err := do(t, Env{}, "மறை", text, pass)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.StdEncoding.DecodeString(sealed.Text())
	if err != nil || len(raw) != 1+16+24+len(text)+16 || raw[0] != 1 {
		t.Fatalf("sealed text of %d bytes, version %d, %v", len(raw), raw[0], err)
	}
	again, err := do(t, Env{}, "maRY", text, pass)
	if err != nil || again.Text() == sealed.Text() {
		t.Errorf("sealed twice alike, %v", err)
	}
	change := func(i int, b byte) string {
		other := bytes.Clone(raw)
		other[i] ^= b
		return base64.StdEncoding.EncodeToString(other)
	}
	check(t, Env{}, []row{
		{"வெளிப்படு", list(sealed, pass), "சரி(" + text + ")"},
		{"veLippatu", list(" "+sealed.Text()+"\n", pass), "சரி(" + text + ")"},
		{"வெளிப்படு", list(sealed, "கடவுத்தொட"), "தவறு(கடவுத்தொடர் தவறு…"},
		{"வெளிப்படு", list(change(len(raw)-20, 1), pass), "தவறு(கடவுத்தொடர் தவறு…"},
		{"வெளிப்படு", list(change(0, 3), pass), "தவறு(மறைத்த உரையின் பதிப்பு…"},
		{"வெளிப்படு", list("AQID", pass), "தவறு(மறைத்த உரை முழுமையாக இல்லை…"},
		{"வெளிப்படு", list("கௌ", pass), "தவறு(மறைத்த உரை base64…"},
		{"மறை", list(text, ""), "! E0380: மறை"},
	})
}

// A text that another program sealed by the documented layout is opened; what is no text is not.
func TestDecryptOfBinary(t *testing.T) {
	t.Parallel()
	head := append([]byte{1}, bytes.Repeat([]byte{9}, 40)...)
	aead, err := sealer("p", head[1:17])
	if err != nil {
		t.Fatal(err)
	}
	for plain, want := range map[string]string{"\xff\xfe": "தவறு(மறைத்தது UTF-8 உரை அல்ல…", "கௌ": "சரி(கௌ)", "": "சரி()"} {
		sealed := aead.Seal(bytes.Clone(head), head[17:41], []byte(plain), head[:1])
		check(t, Env{}, []row{{"வெளிப்படு", list(base64.StdEncoding.EncodeToString(sealed), "p"), want}})
	}
}

func TestEncryptionKey(t *testing.T) {
	t.Parallel()
	check(t, fixed(), []row{{"மறை_விசை", nil, "AQIDBAUGBwgBAgMEBQYHCAECAwQFBgcIAQIDBAUGBwg="}})
	a, errA := do(t, Env{}, "maRY_vicY")
	b, errB := do(t, Env{}, "மறை_விசை")
	if errors.Join(errA, errB) != nil || a.Text() == b.Text() || len(a.Text()) != 44 {
		t.Errorf("keys %s and %s, %v, %v", a.Display(), b.Display(), errA, errB)
	}
}

// A source of randomness that fails is a run-time error of every word that asks it.
func TestNoRandomness(t *testing.T) {
	t.Parallel()
	for _, r := range []row{
		{"எழுமாற்று", list(1), ""}, {"மறை_விசை", nil, ""}, {"மறை", list("அ", "ஆ"), ""}, {"வளைவு_சாவிகள்", nil, ""},
	} {
		if got := result(t, Env{Rand: strings.NewReader("")}, r.word, r.args...); got != "! E0381: "+r.word+", EOF" {
			t.Errorf("%s without randomness: %s", r.word, got)
		}
	}
}
