package host

import "github.com/etamil-lang/etamil/runtime/value"

// responseWords are the statements that answer a request. Outside a server they only set the globals below.
var responseWords = table{
	"Response": {min: 2, max: 3, fn: respond, keeps: true, whole: 0b111},
	"JSONBody": {min: 1, max: 2, fn: respondJSON, keeps: true, whole: 0b11},
}

// The globals that பதில் sets; a server reads them when the run ends (services.md rule 19).
const (
	ResponseStatus  = "response_status"
	ResponseBody    = "response_body"
	ResponseHeaders = "response_headers"
)

// respond is பதில் status, body[, headers]. It does not end the handler, and the last one wins.
func respond(c *call) (value.Value, error) {
	headers := value.Nil
	if len(c.args) == 3 {
		headers = c.args[2]
	}
	c.setResponse(c.args[0], c.args[1], headers)
	return value.Nil, nil
}

// respondJSON is ஜேசான்_உரை text[, status]: the body must be text already.
func respondJSON(c *call) (value.Value, error) {
	if !c.args[0].IsText() {
		return value.Nil, c.fault(CodeJSONBody, c.args[0].KindName())
	}
	status := value.FromInt(200)
	if len(c.args) == 2 {
		status = c.args[1]
	}
	headers := value.FromFields([]string{"Content-Type"}, []value.Value{value.FromText("application/json")})
	c.setResponse(status, c.args[0], headers)
	return value.Nil, nil
}

func (c *call) setResponse(status, body, headers value.Value) {
	c.SetGlobal(ResponseStatus, status)
	c.SetGlobal(ResponseBody, body)
	c.SetGlobal(ResponseHeaders, headers)
}
