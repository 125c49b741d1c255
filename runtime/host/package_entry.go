package host

import (
	"archive/zip"
	"context"
	"errors"
	"hash/crc32"
	"io"

	"github.com/etamil-lang/etamil/runtime/value"
)

// What is wrong with a zip file or one of its entries.
var (
	errManyEntries = errors.New("the list of entries is too long")
	errEntryName   = errors.New("an entry's name leads out of the package")
	errNoEntry     = errors.New("no such entry")
	errEntryTwice  = errors.New("the entry is there twice")
	errEntryLarge  = errors.New("the entry is too large")
	errEntryLocked = errors.New("the entry is locked by a password")
	errEntryText   = errors.New("the entry is not text")
)

// packageReasons are the words for them.
var packageReasons = []struct {
	err            error
	tamil, english string
}{
	{errManyEntries, "உள்ளீடுகளின் பட்டியல் மிக நீளம்", "its list of entries is too long"},
	{errEntryName, "ஓர் உள்ளீட்டின் பெயர் பொதிக்கு வெளியே செல்கிறது", "the name of an entry leads out of the package"},
	{errNoEntry, "இந்த உள்ளீடு இல்லை", "there is no such entry"},
	{errEntryTwice, "இந்த உள்ளீடு இருமுறை உள்ளது", "the entry is there twice"},
	{errEntryLarge, "உள்ளீடு 64 MB ஐ விடப் பெரியது", "the entry is larger than 64 MB"},
	{errEntryLocked, "உள்ளீடு கடவுச்சொல்லால் பூட்டப்பட்டது", "the entry is locked by a password"},
	{errEntryText, "உள்ளீடு UTF-8 உரை அல்ல", "the entry is not UTF-8 text"},
	{zip.ErrFormat, "இது zip பொதி அல்ல, அல்லது சிதைந்தது", "is no zip file, or a broken one"},
	{zip.ErrChecksum, "உள்ளீடு சிதைந்தது", "the entry is broken"},
	{zip.ErrAlgorithm, "உள்ளீட்டின் சுருக்க முறை தெரியவில்லை", "the entry is packed in an unknown way"},
	{io.ErrUnexpectedEOF, "பொதி முழுமையாக இல்லை", "the package is cut short"},
}

// packageFailed is தவறு with the reason why something could not be done with a package, and with one of its entries when one is
// given. The limits of the run are errors as they are.
func (c *call) packageFailed(name, entry string, err error) (value.Value, error) {
	if limit := charged(err); limit != nil {
		return value.Nil, limit
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return value.Nil, err
	}
	for _, r := range packageReasons {
		if errors.Is(err, r.err) {
			tamil, english := "பொதி \""+name+"\"", "package \""+name+"\""
			if entry != "" {
				tamil, english = tamil+", உள்ளீடு \""+entry+"\"", english+", entry \""+entry+"\""
			}
			return failed(tamil+": "+r.tamil, english+": "+r.english), nil
		}
	}
	return FileFailed(name, err), nil
}

// described is the flag of entries whose size stands after them.
const described = 8

// storeEntry writes an entry unpacked, with its size and checksum before it and nothing between its name and its content,
// as readers of documents expect.
func storeEntry(out *zip.Writer, head zip.FileHeader, text string) error {
	head.Method, head.Extra, head.Flags = zip.Store, nil, head.Flags&^described
	head.CRC32 = crc32.ChecksumIEEE([]byte(text))
	head.CompressedSize64, head.UncompressedSize64 = uint64(len(text)), uint64(len(text))
	w, err := out.CreateRaw(&head)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}
