package host

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// fileStatements are the statements that read and write files and the program's input. The machine evaluates their
// operands, calls them as words by the token name of their keyword, and stores the answer of those that read.
var fileStatements = table{
	"FileOpen":  {min: 1, max: 2, fn: fileOpen},
	"FileClose": pure(1, func(*call) (value.Value, error) { return value.Nil, nil }),
	"FileRead":  pure(1, fileRead),
	"FileWrite": pure(2, fileWrite),
	"ReadCSV":   pure(1, readCSV),
	"WriteCSV":  pure(2, fileWrite),
	"Input":     pure(0, input),
}

// fileOpen is கோப்பு_திற path[, mode]: mode "write", in any case, makes the file exist and empty. Other modes do nothing,
// for a file need not be open to be used.
func fileOpen(c *call) (value.Value, error) {
	if len(c.args) < 2 || strings.ToLower(c.text(1)) != "write" {
		return value.Nil, nil
	}
	name := c.text(0)
	return value.Nil, c.fileFault(name, c.files.empty(name))
}

// fileRead is கோப்பு_படி path, variable: the whole file as text, all newlines at its end removed.
func fileRead(c *call) (value.Value, error) {
	s, err := c.readFile(c.text(0))
	if err != nil {
		return value.Nil, err
	}
	return value.FromText(strings.TrimRight(s, "\n")), nil
}

// fileWrite is கோப்பு_எழுது path, value and தரவுரை_எழுது: it adds the display text and a newline, making the file when
// there is none.
func fileWrite(c *call) (value.Value, error) {
	name := c.text(0)
	return value.Nil, c.fileFault(name, c.files.add(name, c.text(1)+"\n"))
}

// readCSV is தரவுரை_படி path, variable as the reference has it: the number of lines that are not blank, less one for the
// heading, at least 0.
func readCSV(c *call) (value.Value, error) {
	s, err := c.readFile(c.text(0))
	if err != nil {
		return value.Nil, err
	}
	n := int64(-1)
	for line := range strings.Lines(s) {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return value.FromInt(max(n, 0)), nil
}

// input is உள்ளிடு variable: one line of the program's input without the spaces around it, "" at the end. When no input
// waits yet, what was printed is shown first: a prompt stands before its answer.
func input(c *call) (value.Value, error) {
	in := c.Stdin()
	if in.Buffered() == 0 {
		if err := c.Flush(); err != nil {
			return value.Nil, err
		}
	}
	line, err := c.readLine(in)
	if err == nil {
		err = c.mustBeText("stdin", line)
	}
	if err != nil {
		return value.Nil, err
	}
	return value.FromText(strings.TrimSpace(line)), nil
}

// readLine reads up to a newline or the end. Each step is charged, for a line may be endless.
func (c *call) readLine(in *bufio.Reader) (string, error) {
	var line strings.Builder
	for {
		part, err := in.ReadSlice('\n')
		if err := c.Grow(len(part)); err != nil {
			return "", err
		}
		line.Write(part)
		switch {
		case err == nil, errors.Is(err, io.EOF):
			return line.String(), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return "", c.fault(CodeInput, err.Error())
		}
	}
}

// readFile reads a whole file as UTF-8 text.
func (c *call) readFile(name string) (string, error) {
	s, err := c.files.read(name, c.Grow)
	if err != nil {
		return "", c.fileFault(name, err)
	}
	return s, c.mustBeText(name, s)
}

// mustBeText is a fault when s, read from the file of that name, is not UTF-8.
func (c *call) mustBeText(name, s string) error {
	if at := badUTF8(s); at >= 0 {
		return c.fault(CodeFileNotText, name, strconv.Itoa(at))
	}
	return nil
}

// fileFault turns the error of a file operation into a run-time error of the statement; that of the memory limit goes
// back as it came.
func (c *call) fileFault(name string, err error) error {
	if err == nil {
		return nil
	}
	if limit := charged(err); limit != nil {
		return limit
	}
	tamil, english := reason(err)
	if tamil != english {
		english = tamil + " (" + english + ")"
	}
	return c.fault(CodeFileFailed, name, english)
}
