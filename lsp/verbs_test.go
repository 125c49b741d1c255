package lsp

import (
	"encoding/json"
	"fmt"
	"strings"
)

// textVerbs are the verbs of requests about a text as such.
func textVerbs() map[string]verb {
	return map[string]verb{
		// diagnostics: what is found in a file.
		"diagnostics": diagnosticsVerb,
	}
}

// diagnosticsVerb pulls a file's diagnostics, a line each.
func diagnosticsVerb(x *fixture, at spot) string {
	result, werr := x.c.call("textDocument/diagnostic", x.params(at, ""))
	if werr != nil {
		return x.show(at.file, nil, werr)
	}
	var report struct {
		Items []map[string]any
	}
	if err := json.Unmarshal(result, &report); err != nil {
		x.t.Fatal(err)
	}
	var out strings.Builder
	for _, d := range report.Items {
		x.people(at.file, d)
		fmt.Fprintf(&out, "%v %v %v %v", d["range"], d["severity"], d["code"], strings.ReplaceAll(x.names(d["message"].(string)), "\n", " | "))
		if d["tags"] != nil {
			fmt.Fprintf(&out, " tags %v", d["tags"])
		}
		out.WriteByte('\n')
		related, _ := d["relatedInformation"].([]any)
		for _, r := range related {
			r := r.(map[string]any)
			where := r["location"].(map[string]any)
			fmt.Fprintf(&out, "  %s %v %v\n", x.names(where["uri"].(string)), where["range"], r["message"])
		}
	}
	return out.String()
}
