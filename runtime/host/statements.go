package host

import (
	"errors"
	"io"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// statements are the words that the grammar writes as statements: the machine calls them by their keyword's token name,
// with the operands as arguments, and stores the answer where the statement says.
func (h *host) statements() vm.Natives {
	return vm.Natives{
		"Input":     {Min: 0, Max: 0, Fn: readLine},
		"FileOpen":  {Min: 1, Max: 2, Fn: h.openFile},
		"FileClose": {Min: 1, Max: 1, Fn: func(*vm.Call) (value.Value, error) { return value.Nil, nil }},
		"FileRead":  {Min: 1, Max: 1, Fn: h.readFile},
		"FileWrite": {Min: 2, Max: 2, Fn: h.appendFile},
		"ReadCSV":   {Min: 1, Max: 1, Fn: h.countRows},
		"WriteCSV":  {Min: 2, Max: 2, Fn: h.appendFile},
		"Response":  {Min: 2, Max: 3, Keeps: true, Fn: respond},
		"JSONBody":  {Min: 1, Max: 2, Keeps: true, Fn: respondJSON},
	}
}

// readLine is உள்ளிடு: one line of input, trimmed, always as text; "" at the end of the input (builtins.tsv).
func readLine(c *vm.Call) (value.Value, error) {
	if err := c.Flush(); err != nil {
		return value.Nil, err
	}
	line, err := c.Stdin().ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return value.Nil, fault("Input", CodeInput, err.Error())
	}
	if err := c.Grow(len(line)); err != nil {
		return value.Nil, err
	}
	return value.FromText(strings.TrimSpace(strings.ToValidUTF8(line, "\uFFFD"))), nil
}

// openFile is கோப்பு_திற: only the mode "write" does something, it empties the file.
func (h *host) openFile(c *vm.Call) (value.Value, error) {
	if len(c.Args) == 2 && strings.ToLower(display(c.Args[1])) == "write" {
		return value.Nil, h.files.Truncate(display(c.Args[0]))
	}
	return value.Nil, nil
}

func (h *host) readFile(c *vm.Call) (value.Value, error) {
	s, err := h.files.Read(display(c.Args[0]), c.Grow)
	return value.FromText(s), err
}

func (h *host) appendFile(c *vm.Call) (value.Value, error) {
	return value.Nil, h.files.Append(display(c.Args[0]), display(c.Args[1]))
}

func (h *host) countRows(c *vm.Call) (value.Value, error) {
	n, err := h.files.CountRows(display(c.Args[0]), c.Grow)
	return value.FromInt(int64(n)), err
}

// The globals that பதில் sets; a server reads them when the run ends (services.md rule 19).
const (
	ResponseStatus  = "response_status"
	ResponseBody    = "response_body"
	ResponseHeaders = "response_headers"
)

func setResponse(c *vm.Call, status, body, headers value.Value) {
	c.SetGlobal(ResponseStatus, status)
	c.SetGlobal(ResponseBody, body)
	c.SetGlobal(ResponseHeaders, headers)
}

// respond is பதில் status, body[, headers]. It does not end the handler, and the last one wins.
func respond(c *vm.Call) (value.Value, error) {
	headers := value.Nil
	if len(c.Args) == 3 {
		headers = c.Args[2]
	}
	setResponse(c, c.Args[0], c.Args[1], headers)
	return value.Nil, nil
}

// respondJSON is ஜேசான்_உரை text[, status]: the body must be text already.
func respondJSON(c *vm.Call) (value.Value, error) {
	if !c.Args[0].IsText() {
		return value.Nil, fault("JSONBody", CodeJSONBody, c.Args[0].KindName())
	}
	status := value.FromInt(200)
	if len(c.Args) == 2 {
		status = c.Args[1]
	}
	headers := value.FromFields([]string{"Content-Type"}, []value.Value{value.FromText("application/json")})
	setResponse(c, status, c.Args[0], headers)
	return value.Nil, nil
}
