package httpd

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
)

// errClimbs is the error of a name with "..": files of an answer often have names that clients choose.
var errClimbs = fmt.Errorf("%w: '..'", fs.ErrPermission)

// openFile opens a file that may be sent: a regular one, inside the program's folder.
func openFile(world host.Env, name string) (*os.File, error) {
	if climbs(name) {
		return nil, errClimbs
	}
	file, err := world.OpenFile(name)
	if err != nil {
		return nil, err //nolint:wrapcheck // host words it
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, file.Close(), notRegular(info))
	}
	return file, nil
}

func notRegular(info fs.FileInfo) error {
	if info != nil && info.IsDir() {
		return syscall.EISDIR
	}
	return fs.ErrInvalid
}

// climbs tells whether a name has a part "..", in the notation of any system.
func climbs(name string) bool {
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '/' || r == '\\' }) {
		if part == ".." {
			return true
		}
	}
	return strings.IndexByte(name, 0) >= 0
}

// keepFile makes an open file the answer's.
func (x *Exchange) keepFile(name string, file *os.File) error {
	err := x.dropFile()
	x.fileName, x.file = name, file
	return err
}

func (x *Exchange) dropFile() error {
	if x.file == nil {
		return nil
	}
	file := x.file
	x.file, x.fileName = nil, ""
	return file.Close() //nolint:wrapcheck // a file that was only read
}

// slowest is how few bytes a second a client of a large file may take.
const slowest = 32 << 10

// writeFile sends the file of an answer: with ETag, ranges and conditions when the status is 200, else as it is.
func (h *handler) writeFile(x *Exchange) error {
	w, r, resp := x.writer, x.Request.raw, &x.Response
	status, err := resp.status()
	if err != nil {
		return err
	}
	info, err := x.openedFile(h.opt.Files)
	if err != nil {
		return &value.Error{Code: CodeFile, Args: []string{host.FileFailed(resp.File, err).Inner().Display()}}
	}
	head := w.Header()
	if err := x.setHeaders(head); err != nil {
		return err
	}
	if head["Content-Type"] == nil {
		head["Content-Type"] = []string{"application/octet-stream"}
	}
	protect(head)
	if status == http.StatusOK && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		if head["Etag"] == nil {
			head["Etag"] = []string{tagOf(info)}
		}
		h.sendFile(x, x.file, info)
		return nil
	}
	x.allowTime(h.opt.WriteTimeout, info.Size())
	if status != http.StatusNoContent && status != http.StatusNotModified {
		head["Content-Length"] = []string{strconv.FormatInt(info.Size(), 10)}
	}
	w.WriteHeader(status)
	_, _ = io.CopyN(w, x.file, info.Size()) // the client may be gone; nobody is left to tell
	return nil
}

// openedFile opens the answer's file unless it is open already.
func (x *Exchange) openedFile(world host.Env) (fs.FileInfo, error) {
	if x.file == nil || x.fileName != x.Response.File {
		file, err := openFile(world, x.Response.File)
		if err == nil {
			err = x.keepFile(x.Response.File, file)
		}
		if err != nil {
			return nil, err
		}
	}
	return x.file.Stat() //nolint:wrapcheck // host words it
}

// allowTime gives a client of a large file more time than others have; the server's own holds where that cannot be.
func (x *Exchange) allowTime(timeout time.Duration, size int64) {
	if timeout > 0 {
		_ = http.NewResponseController(x.writer).SetWriteDeadline(time.Now().Add(timeout + time.Duration(size/slowest)*time.Second))
	}
}

// maxZipped is up to how many bytes a file is compressed on its way.
const maxZipped = 4 << 20

// sendFile answers GET or HEAD with a file whose headers are set: 304 when the client has it, the ranges that it asks for,
// and compressed when that is worth it and no range is asked for.
func (h *handler) sendFile(x *Exchange, file *os.File, info fs.FileInfo) {
	w, r := x.writer, x.Request.raw
	head := w.Header()
	x.allowTime(h.opt.WriteTimeout, info.Size())
	if h.opt.Compress && r.Header["Range"] == nil && info.Size() <= maxZipped && worthIt(head, http.StatusOK, info.Size()) {
		addVary(head, "Accept-Encoding")
		if takesGzip(r) && r.Header["If-Match"] == nil && r.Header["If-Unmodified-Since"] == nil {
			if body, err := io.ReadAll(io.NewSectionReader(file, 0, info.Size())); err == nil {
				head["Last-Modified"] = []string{info.ModTime().UTC().Format(http.TimeFormat)}
				x.sendZipped(http.StatusOK, body)
				return
			}
		}
	}
	if head["Content-Encoding"] != nil { // net/http does not know whose length it would be
		head["Content-Length"] = []string{strconv.FormatInt(info.Size(), 10)}
	}
	if r.Header["Range"] != nil || r.Header["If-Match"] != nil || r.Header["If-Unmodified-Since"] != nil {
		w = &refusing{ResponseWriter: w, x: x}
	}
	http.ServeContent(w, r, "", info.ModTime(), file)
}

// refusing is a writer whose errors, 412 and 416, are answered as all others of ours are.
type refusing struct {
	http.ResponseWriter
	x       *Exchange
	refused bool
}

// WriteHeader answers an error itself.
func (w *refusing) WriteHeader(status int) {
	if w.refused = status >= http.StatusBadRequest; !w.refused {
		w.ResponseWriter.WriteHeader(status)
		return
	}
	for _, name := range [...]string{"Accept-Ranges", "Cache-Control", "Content-Encoding", "Etag", "Last-Modified"} {
		delete(w.Header(), name) // they are the file's, in whose place caches would keep the error
	}
	w.x.refuse(&refusal{status: status})
}

// Write drops what net/http says of an error.
func (w *refusing) Write(p []byte) (int, error) {
	if w.refused {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p) //nolint:wrapcheck // a writer's error is its own
}
