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
func (x *Exchange) writeFile(w http.ResponseWriter, r *http.Request, world host.Env, timeout time.Duration) error {
	resp := &x.Response
	status, err := resp.status()
	if err != nil {
		return err
	}
	if x.file == nil || x.fileName != resp.File {
		file, err := openFile(world, resp.File)
		if err == nil {
			err = x.keepFile(resp.File, file)
		}
		if err != nil {
			return &value.Error{Code: CodeFile, Args: []string{host.FileFailed(resp.File, err).Inner().Display()}}
		}
	}
	info, err := x.file.Stat()
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
	if timeout > 0 {
		allowed := timeout + time.Duration(info.Size()/slowest)*time.Second
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(allowed)) // else the server's own holds
	}
	if status == http.StatusOK && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		if head["Etag"] == nil {
			head["Etag"] = []string{fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size())}
		}
		http.ServeContent(w, r, "", info.ModTime(), x.file)
		return nil
	}
	if status != http.StatusNoContent && status != http.StatusNotModified {
		head["Content-Length"] = []string{strconv.FormatInt(info.Size(), 10)}
	}
	w.WriteHeader(status)
	_, _ = io.CopyN(w, x.file, info.Size()) // the client may be gone; nobody is left to tell
	return nil
}
