package lsp

import (
	"path"
	"runtime"
	"strings"

	"go.lsp.dev/uri"
)

// platform is the system whose paths file URIs are turned into.
func platform() uri.Platform {
	if runtime.GOOS == "windows" {
		return uri.PlatformWindows
	}
	return uri.PlatformPOSIX
}

// pathOf is the slash-separated path of a file URI, however it is escaped: file:///c%3A/x and file:///C:/x are one path on
// Windows. A text that is no file, such as untitled:1, is called by its URI.
func pathOf(u uri.URI) string { return pathFor(u, platform()) }

func pathFor(u uri.URI, p uri.Platform) string {
	if parsed, err := uri.Parse(string(u)); err == nil {
		u = parsed
	}
	if !u.IsFile() {
		return strings.Clone(string(u))
	}
	name := strings.ReplaceAll(uri.FsPathFor(u, p, true), `\`, "/")
	if p == uri.PlatformWindows && len(name) > 1 && name[1] == ':' {
		name = strings.ToUpper(name[:1]) + name[1:]
	}
	return path.Clean(name)
}

// uriOf is the URI of a path, as pathOf reads it.
func uriOf(name string) uri.URI {
	if !isFile(name) {
		return uri.URI(name)
	}
	return uri.FileFor(platform(), name)
}

// isFile tells the path of a file from the URI of something else.
func isFile(name string) bool {
	return path.IsAbs(name) || len(name) > 2 && name[1] == ':' && name[2] == '/'
}

// clientURI is the URI of a canonical path as the client would write it: in a folder that it reaches through a symbolic
// link, by that link, so that it knows the file as the one in its folder.
func (s *Server) clientURI(name string) uri.URI {
	if list := s.aliases.Load(); list != nil {
		for _, f := range *list {
			if rest, ok := strings.CutPrefix(name, f.path+"/"); ok && f.as != f.path {
				return uriOf(f.as + "/" + rest)
			}
		}
	}
	return uriOf(name)
}
