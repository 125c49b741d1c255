package host

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/etamil-lang/etamil/runtime/value"
)

// FileFailed is தவறு with the reason, in both languages, why something could not be done with the file of that name.
func FileFailed(name string, err error) value.Value {
	tamil, english := reason(err)
	return failed("கோப்பு \""+name+"\": "+tamil, "file \""+name+"\": "+english)
}

// reasons are the causes of file errors that have words of ours.
var reasons = []struct {
	err            error
	tamil, english string
}{
	{fs.ErrNotExist, "இல்லை", "does not exist"},
	{fs.ErrPermission, "அனுமதி இல்லை", "permission denied"},
	{errIsDir, "இது ஒரு கோப்பகம்", "is a folder"},
	{syscall.EISDIR, "இது ஒரு கோப்பகம்", "is a folder"},
	{syscall.ENOTDIR, "இதன் பாதையில் கோப்பகம் அல்லாத ஒன்று உள்ளது", "has something on its path that is no folder"},
	{errOutside, "நிரலின் கோப்பகத்துக்கு வெளியே உள்ளது", "is outside the program's folder"},
	{errLoop, "தன்னையே சுட்டும் இணைப்பு", "is a link that leads in a circle"},
	{syscall.ENOSPC, "வட்டில் இடம் இல்லை", "no space is left on the disk"},
	{syscall.EDQUOT, "பயனருக்கான வட்டு இடம் தீர்ந்தது", "the user's share of the disk is used up"},
	{syscall.EROFS, "படிக்க மட்டுமே அனுமதி உள்ள வட்டு", "the disk is read-only"},
	{syscall.ENAMETOOLONG, "பெயர் மிக நீளம்", "the name is too long"},
	{syscall.EMFILE, "மிகையான கோப்புகள் திறந்துள்ளன", "too many files are open"},
	{io.ErrShortWrite, "முழுவதும் எழுதப்படவில்லை", "was not written in full"},
}

// reason is the bare cause of a file error, without the operation and the path that Go puts before it.
func reason(err error) (tamil, english string) {
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return r.tamil, r.english
		}
	}
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	switch {
	case errors.As(err, &pathErr):
		err = pathErr.Err
	case errors.As(err, &linkErr):
		err = linkErr.Err
	}
	return err.Error(), err.Error()
}
