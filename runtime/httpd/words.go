package httpd

import (
	"io"
	"maps"
	"net/http"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/words"
)

// ResponseFile is the global that பதில்_கோப்பு sets; host has the others.
const ResponseFile = "response_file"

// Words are the HTTP words of the core language (language/builtins.tsv), by words.Word.ID. They do what core's words of
// the same names do, which set the program's response variables, and also keep the answer for the exchange. Files are
// those of world; a world that is confined to a folder keeps clients from choosing others.
func Words(core vm.Natives, world host.Env) vm.Natives {
	all := vm.Natives{
		"Response":    answering(core["Response"], respond),
		"JSONBody":    answering(core["JSONBody"], respondJSON),
		"PathParam":   {Min: 1, Max: 1, Fn: pathParamWord},
		"respondFile": {Min: 3, Max: 3, Fn: func(c *vm.Call) (value.Value, error) { return respondFile(c, world) }, Keeps: true},
		"saveUpload":  {Min: 2, Max: 2, Fn: func(c *vm.Call) (value.Value, error) { return saveUpload(c, world) }},
	}
	maps.Copy(all, cookieWords())
	return all
}

// answering lets a word of the core also answer the request. The last answer of a run wins.
func answering(core *vm.Native, answer func(args []value.Value) (Response, error)) *vm.Native {
	word := *core
	word.Fn = func(c *vm.Call) (value.Value, error) {
		x := exchange(c)
		if x == nil {
			return core.Fn(c)
		}
		resp, err := answer(c.Args)
		if err == nil {
			err = x.check(&resp)
		}
		if err != nil {
			return value.Nil, err
		}
		if !x.Quiet {
			if _, err := core.Fn(c); err != nil {
				return value.Nil, err
			}
			c.SetGlobal(ResponseFile, value.Nil)
		}
		x.Response = resp
		return value.Nil, x.dropFile()
	}
	return &word
}

// respond is பதில் STATUS, BODY[, HEADERS].
func respond(args []value.Value) (Response, error) {
	r := Response{Sent: true, Status: args[0], Body: args[1], Headers: value.Nil}
	if len(args) == 3 {
		r.Headers = args[2]
	}
	return r, nil
}

// respondJSON is ஜேசான்_உரை TEXT[, STATUS].
func respondJSON(args []value.Value) (Response, error) {
	if !args[0].IsText() {
		return Response{}, &value.Error{Code: host.CodeJSONBody, Args: []string{words.ByID("JSONBody").Tamil[0], args[0].KindName()}}
	}
	r := Response{
		Sent: true, Status: value.FromInt(http.StatusOK), Body: args[0],
		Headers: value.FromFields([]string{"Content-Type"}, []value.Value{value.FromText(jsonType)}),
	}
	if len(args) == 2 {
		r.Status = args[1]
	}
	return r, nil
}

// respondFile is பதில்_கோப்பு(STATUS, PATH, HEADERS): சரி(இன்மை), or தவறு when the path is no file that may be sent. Outside
// a server it only sets the program's response variables, as பதில் does.
func respondFile(c *vm.Call, world host.Env) (value.Value, error) {
	resp := Response{Sent: true, Status: c.Args[0], Body: value.Nil, Headers: c.Args[2], File: c.Args[1].Display()}
	if resp.Headers.Kind() != value.RecordKind {
		resp.Headers = value.Nil
	}
	if err := resp.check(); err != nil {
		return value.Nil, err
	}
	file, err := openFile(world, resp.File)
	if err != nil {
		return host.FileFailed(resp.File, err), nil
	}
	x := exchange(c)
	if x == nil {
		err = file.Close()
	} else {
		x.Response = resp
		err = x.keepFile(resp.File, file)
	}
	c.SetGlobal(host.ResponseStatus, resp.Status)
	c.SetGlobal(host.ResponseBody, value.Nil)
	c.SetGlobal(host.ResponseHeaders, resp.Headers)
	c.SetGlobal(ResponseFile, value.FromText(resp.File))
	return value.FromOk(value.Nil), err
}

// saveUpload is பதிவேற்றம்_சேமி(INDEX, PATH): the number of bytes, or தவறு.
func saveUpload(c *vm.Call, world host.Env) (value.Value, error) {
	var u *upload
	if x := exchange(c); x != nil {
		if i, ok := value.ToNumber(c.Args[0]).Int(); ok && i >= 0 && i < int64(len(x.Request.uploads)) {
			u = x.Request.uploads[i]
		}
	}
	if u == nil {
		return value.FromErr(value.FromText(diag.Message(CodeNoUpload, diag.Both, c.Args[0].Display()))), nil
	}
	name := c.Args[1].Display()
	if climbs(name) {
		return host.FileFailed(name, errClimbs), nil
	}
	err := world.SaveFile(name, func(w io.Writer) error {
		_, err := io.Copy(w, u.content())
		return err //nolint:wrapcheck // host words it
	})
	if err != nil {
		return host.FileFailed(name, err), nil
	}
	return value.FromOk(value.FromInt(u.size)), nil
}

// pathParamWord is பாதை_அளவுரு(NAME); with கோரிக்கை it is the first one of the path (services.md rule 18). A parameter
// that the path does not have is இன்மை.
func pathParamWord(c *vm.Call) (value.Value, error) {
	x := exchange(c)
	if x == nil {
		return value.Nil, &value.Error{Code: CodeOutside, Args: []string{words.ByID("PathParam").Tamil[0]}}
	}
	for _, p := range x.Request.Params {
		if c.Args[0].Kind() == value.RecordKind || p.Name == c.Args[0].Display() {
			return value.FromText(p.Value), nil
		}
	}
	return value.Nil, nil
}
