package httpd

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
)

// folder is a folder whose files are served as they are, where no route of the program answers.
type folder struct {
	prefix []string // segments of the path below which they stand
	world  host.Env // that nothing leaves
}

// indexFile is what a folder shows of itself. Nothing else of it is ever listed.
const indexFile = "index.html"

// folders makes the folders of Options.Static, those of longer paths first. The error says which of them is none.
func folders(static map[string]string) ([]folder, error) {
	var all []folder
	for prefix, dir := range static {
		info, err := os.Stat(dir)
		if err == nil && !info.IsDir() {
			err = syscall.ENOTDIR
		}
		if err != nil {
			return nil, &value.Error{Code: CodeStatic, Args: []string{dir, prefix, host.FileFailed(dir, err).Inner().Display()}}
		}
		f := folder{world: host.Env{Dir: dir, Confined: true}}
		for seg, rest, ok := nextSegment(prefix); ok; seg, rest, ok = nextSegment(rest) {
			f.prefix = append(f.prefix, normal(seg))
		}
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b folder) int { return len(b.prefix) - len(a.prefix) })
	return all, nil
}

// below is the name of a path's file in the folder; ok tells whether the path is below the folder's, and all of it may be
// seen: no file or folder whose name begins with a dot, except .well-known (RFC 8615).
func (f *folder) below(target string) (name string, ok bool) {
	var parts []string
	i := 0
	for seg, rest, more := nextSegment(target); more; seg, rest, more = nextSegment(rest) {
		if i < len(f.prefix) {
			if normal(seg) != f.prefix[i] {
				return "", false
			}
			i++
			continue
		}
		if seg[0] == '.' && seg != ".well-known" {
			return "", false
		}
		parts = append(parts, seg)
	}
	return path.Join(parts...), i == len(f.prefix)
}

// static answers with a file of a folder, and tells whether it did.
func (h *handler) static(x *Exchange) bool {
	r := x.Request.raw
	for i := range h.folders {
		name, ok := h.folders[i].below(r.URL.Path)
		if !ok {
			continue
		}
		file, name, err := h.folders[i].open(name, r.URL.Path)
		if errors.Is(err, errSlash) {
			h.cors(x.writer, r, "")
			x.redirect(path.Base(r.URL.Path) + "/")
			return true
		}
		if err != nil {
			continue
		}
		defer func() { _ = file.Close() }() // it was only read
		if h.reads(x) {
			h.staticFile(x, &h.folders[i], file, name)
		}
		return true
	}
	return false
}

// errSlash is the error of a folder's path that does not end with a slash, where the links of its page would go astray.
var errSlash = errors.New("a folder without a slash")

// open opens a file, or the index of a folder.
func (f *folder) open(name, target string) (*os.File, string, error) {
	if name == "" {
		name = "."
	}
	file, err := openFile(f.world, name)
	if err == nil && strings.HasSuffix(target, "/") {
		return nil, "", errors.Join(fs.ErrNotExist, file.Close())
	}
	if !errors.Is(err, syscall.EISDIR) {
		return file, name, err
	}
	index := path.Join(name, indexFile)
	if file, err = openFile(f.world, index); err == nil && !strings.HasSuffix(target, "/") {
		return nil, "", errors.Join(errSlash, file.Close())
	}
	return file, index, err
}

// redirect leads to another name in the same folder.
func (x *Exchange) redirect(to string) {
	u := url.URL{Path: "./" + to, RawQuery: x.Request.raw.URL.RawQuery}
	x.writer.Header()["Location"] = []string{u.String()}
	noBody(x.writer, http.StatusMovedPermanently)
}

func noBody(w http.ResponseWriter, status int) {
	protect(w.Header())
	w.Header()["Content-Length"] = []string{"0"}
	w.WriteHeader(status)
}

// reads tells whether a request wants to read a file, and answers it otherwise.
func (h *handler) reads(x *Exchange) bool {
	w, r := x.writer, x.Request.raw
	const allow = "GET, HEAD, OPTIONS"
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		h.cors(w, r, "")
		return true
	case http.MethodOptions:
		h.cors(w, r, allow)
		w.Header()["Allow"] = []string{allow}
		noContent(w)
	default:
		w.Header()["Allow"] = []string{allow}
		x.refuse(&refusal{status: http.StatusMethodNotAllowed})
	}
	return false
}

// staticFile sends a file, in the form that the client and the folder have in common.
func (h *handler) staticFile(x *Exchange, f *folder, file *os.File, name string) {
	w, r := x.writer, x.Request.raw
	info, err := file.Stat()
	if err != nil {
		x.refuse(&refusal{status: http.StatusNotFound})
		return
	}
	head := w.Header()
	head["Content-Type"] = []string{mediaType(name)}
	head["Cache-Control"] = []string{"no-cache"} // it is asked whether it has changed
	if hashed(name) {
		head["Cache-Control"] = []string{"public, max-age=31536000, immutable"}
	}
	head["Etag"] = []string{tagOf(info)}
	protect(head)
	if compressible(head.Get("Content-Type")) && r.Header["Range"] == nil {
		addVary(head, "Accept-Encoding")
		if takesGzip(r) {
			if ready, err := f.ready(name, info); err == nil {
				defer func() { _ = ready.Close() }()
				if packed, err := ready.Stat(); err == nil {
					file, info = ready, packed
					head["Content-Encoding"], head["Etag"] = []string{"gzip"}, []string{tagOf(packed)}
				}
			}
		}
	}
	h.sendFile(x, file, info)
}

// ready opens what was compressed before: the file beside another that has its name and .gz, unless it is older.
func (f *folder) ready(name string, of fs.FileInfo) (*os.File, error) {
	file, err := openFile(f.world, name+".gz")
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || info.ModTime().Before(of.ModTime()) {
		return nil, errors.Join(fs.ErrNotExist, err, file.Close())
	}
	return file, nil
}

// tagOf is the strong entity tag of a file: another time or another size is another file.
func tagOf(info fs.FileInfo) string {
	return fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size())
}

// hashed tells whether a name has its file's hash in it, as bundlers write it: eight or more hex digits after a dot or a
// dash, letters and numbers, so that no date is taken for one. Such a file never changes.
func hashed(name string) bool {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	for part := range strings.FieldsFuncSeq(stem, func(r rune) bool { return r == '.' || r == '-' }) {
		if len(part) < len(stem) && len(part) >= 8 && strings.Trim(part, "0123456789abcdef") == "" &&
			strings.ContainsAny(part, "abcdef") && strings.ContainsAny(part, "0123456789") {
			return true
		}
	}
	return false
}

// mediaTypes are the types of files by their extensions: our own table, so that servers agree whatever system they run on.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".htm": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8", ".json": "application/json",
	".map": "application/json", ".webmanifest": "application/manifest+json", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8",
	".md": "text/markdown; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".wasm": "application/wasm", ".pdf": "application/pdf",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".avif": "image/avif", ".ico": "image/x-icon", ".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf",
	".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".wav": "audio/wav", ".mp4": "video/mp4", ".webm": "video/webm",
	".zip": "application/zip", ".gz": "application/gzip", ".qmz": "text/plain; charset=utf-8",
}

func mediaType(name string) string {
	if media := mediaTypes[strings.ToLower(path.Ext(name))]; media != "" {
		return media
	}
	return "application/octet-stream"
}
