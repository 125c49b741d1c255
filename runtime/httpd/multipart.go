package httpd

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"strconv"
	"strings"
	"unicode"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Limits of multipart bodies.
const (
	maxFiles      = 100
	keptInMemory  = 1 << 20  // bytes of all files of a request; what is beyond waits in temporary files
	maxPartHead   = 16 << 10 // bytes before the content of a part: headers, and what should not be there
	maxFileName   = 255      // bytes
	uploadPattern = "etamil-upload-*"
)

// upload is one uploaded file.
type upload struct {
	field, name, media string
	size               int64
	small              []byte   // the content, when file is nil
	file               *os.File // a temporary file
}

// readMultipart reads the parts of a form: texts become fields, files uploads in the order in which they came.
func (r *Request) readMultipart(body io.Reader, boundary string, lim limits) error {
	bad := func(why reason) error {
		return &refusal{status: http.StatusBadRequest, code: CodeBadMultipart, args: []string{why.String()}, close: true}
	}
	if boundary == "" {
		return bad(reason{"boundary இல்லை", "there is no boundary"})
	}
	var fields pairs
	head := &headReader{Reader: body}
	texts, kept, parts := lim.body, int64(keptInMemory), multipart.NewReader(head, boundary)
	for {
		head.left = maxPartHead
		part, err := parts.NextPart()
		head.left = -1
		switch {
		case err == io.EOF: //nolint:errorlint // the end that is wrapped came too early
			if !r.takeRoom(2*(lim.body-texts) + keptInMemory - kept) {
				return &refusal{status: http.StatusServiceUnavailable}
			}
			r.fields = fields.record()
			r.content = r.fields
			return nil
		case err != nil:
			return multipartError(err, bad)
		case part.FormName() == "":
			return bad(reason{"ஒரு பகுதிக்குப் பெயர் இல்லை", "a part has no name"})
		case isFile(part):
			err = r.readFile(part, &kept, lim.file)
		default:
			err = readField(part, &fields, &texts, lim.body)
		}
		if err != nil {
			return multipartError(err, bad)
		}
	}
}

// errPartHead is the error of a part that has too much before its content.
var errPartHead = errors.New("the headers of a part are too long")

// headReader bounds what is read while a part is looked for, give or take what is read ahead of it.
type headReader struct {
	io.Reader
	left int // bytes, negative for no bound
}

// Read reads, unless too much was read already.
func (h *headReader) Read(p []byte) (int, error) {
	if h.left == 0 {
		return 0, errPartHead
	}
	n, err := h.Reader.Read(p)
	if h.left > 0 {
		h.left = max(0, h.left-n)
	}
	return n, err //nolint:wrapcheck // the body's own
}

// isFile tells whether a part is a file: it has a file name, be it an empty one.
func isFile(part *multipart.Part) bool {
	if part.FileName() != "" {
		return true
	}
	media := part.Header.Get("Content-Type")
	return media == "application/octet-stream"
}

// multipartError tells a body that could not be read from one that is broken.
func multipartError(err error, bad func(reason) error) error {
	var known *refusal
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &known):
		return err
	case errors.As(err, &long), errors.Is(err, os.ErrDeadlineExceeded):
		return bodyError(err)
	case errors.Is(err, errPartHead):
		return bad(reason{"ஒரு பகுதியின் தலைப்புகள் மிக நீளம்", "the headers of a part are too long"})
	case errors.Is(err, errSpool):
		return err
	}
	return bad(reason{"பகுதிகள் உடைந்துள்ளன", "its parts are broken"})
}

func readField(part *multipart.Part, fields *pairs, left *int64, limit int64) error {
	if len(fields.keys) >= maxPairs {
		return &refusal{status: http.StatusRequestEntityTooLarge, code: CodeTooMany, args: []string{strconv.Itoa(maxPairs)}, close: true}
	}
	text, err := io.ReadAll(io.LimitReader(part, *left+1))
	if err != nil {
		return err
	}
	if *left -= int64(len(text)); *left < 0 {
		return tooLong(limit)
	}
	fields.set(part.FormName(), string(text))
	return nil
}

// errSpool is the error of a temporary file, which is no fault of the client.
var errSpool = errors.New("cannot keep an uploaded file")

func (r *Request) readFile(part *multipart.Part, kept *int64, limit int64) error {
	if len(r.uploads) >= maxFiles {
		return &refusal{status: http.StatusRequestEntityTooLarge, code: CodeTooMany, args: []string{strconv.Itoa(maxFiles)}, close: true}
	}
	u := &upload{field: valid(part.FormName()), name: safeName(part.FileName()), media: valid(part.Header.Get("Content-Type"))}
	r.uploads = append(r.uploads, u)
	content := http.MaxBytesReader(nil, part, limit)
	start, err := io.ReadAll(io.LimitReader(content, *kept+1))
	if err != nil {
		return err
	}
	u.size = int64(len(start))
	if u.size <= *kept {
		u.small, *kept = start, *kept-u.size
		return nil
	}
	return u.spool(io.MultiReader(bytes.NewReader(start), content))
}

// safeName is the name of a file as a client gives it, made fit for the name of a file here: no folders, no control
// characters or signs that turn text around, no dot in front, and no longer than file systems take. What is left may be "".
func safeName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, valid(name))
	name = strings.TrimRight(strings.TrimLeft(strings.TrimSpace(name), ". "), ". ")
	if len(name) <= maxFileName {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 16 {
		ext = ""
	}
	return validPrefix(name[:maxFileName-len(ext)]) + ext
}

// spool puts a large file aside.
func (u *upload) spool(content io.Reader) error {
	file, err := os.CreateTemp("", uploadPattern)
	if err != nil {
		return errors.Join(errSpool, err)
	}
	u.file = file
	w := &spoolWriter{file: file}
	u.size, err = io.Copy(w, content)
	if w.err != nil {
		return errors.Join(errSpool, w.err)
	}
	return err
}

// spoolWriter keeps the error of writing apart from that of reading.
type spoolWriter struct {
	file *os.File
	err  error
}

func (s *spoolWriter) Write(p []byte) (n int, err error) {
	n, err = s.file.Write(p)
	s.err = errors.Join(s.err, err)
	return n, err
}

// content is the file from its start.
func (u *upload) content() io.Reader {
	if u.file == nil {
		return bytes.NewReader(u.small)
	}
	return io.NewSectionReader(u.file, 0, u.size)
}

// dropUploads removes the temporary files.
func (r *Request) dropUploads() error {
	var errs []error
	for _, u := range r.uploads {
		if u.file != nil {
			errs = append(errs, u.file.Close(), os.Remove(u.file.Name()))
			u.file = nil
		}
	}
	return errors.Join(errs...)
}

// files is request_files (semantics.md 4).
func (r *Request) files() value.Value {
	items := make([]value.Value, len(r.uploads))
	for i, u := range r.uploads {
		items[i] = value.FromFields(
			[]string{"குறியீடு", "பெயர்", "கோப்புப்_பெயர்", "வகை", "அளவு"},
			[]value.Value{
				value.FromInt(int64(i)), value.FromText(u.field), value.FromText(u.name), value.FromText(u.media), value.FromInt(u.size),
			})
	}
	return value.FromItems(items)
}
