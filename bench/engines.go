package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// engine is one implementation that runs programs.
type engine struct {
	name    string
	suffix  string // of its program files
	command []string
	version string
}

// The engines by their column. CPython stands twice: with exact decimals, as our numbers are, and with its own floats.
const (
	etamil = iota
	pythonDecimal
	python
	lua
	node
)

const howToGet = "on Debian: apt-get install python3 lua5.4 nodejs"

// findEngines looks every peer up; one that is missing is an error that says how to get it.
func findEngines(binary string) ([]engine, error) {
	full, err := filepath.Abs(binary)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", binary, err)
	}
	// The interpreter itself, not a script of a version manager that starts it. With -P none of its library's modules is
	// taken from the programs' folder, which has an array.py.
	interpreter, err := exec.Command("python3", "-c", "import sys; print(sys.executable)").Output()
	if err != nil {
		return nil, fmt.Errorf("the peer CPython is missing (%w); %s", err, howToGet)
	}
	snake := strings.TrimSpace(string(interpreter))
	all := []engine{
		etamil:        {name: "etamil", suffix: ".qmz", command: []string{full, "run"}},
		pythonDecimal: {name: "CPython Decimal", suffix: "_decimal.py", command: []string{snake, "-P"}},
		python:        {name: "CPython", suffix: ".py", command: []string{snake, "-P"}},
		lua:           {name: "Lua 5.4", suffix: ".lua", command: []string{"lua5.4"}},
		node:          {name: "node", suffix: ".js", command: []string{"node"}},
	}
	versions := [][]string{{full, "version"}, {snake, "--version"}, {snake, "--version"}, {"lua5.4", "-v"}, {"node", "--version"}}
	for i := range all {
		out, err := exec.Command(versions[i][0], versions[i][1:]...).CombinedOutput()
		if err != nil {
			return nil, fmt.Errorf("the peer %s is missing (%w); %s", all[i].name, err, howToGet)
		}
		all[i].version, _, _ = strings.Cut(strings.TrimSpace(string(out)), "\n")
	}
	return all, nil
}

// once runs a program file with one line of input and answers its CPU time and output.
func (e engine) once(file, input string) (time.Duration, string, error) {
	cmd := exec.Command(e.command[0], append(append([]string{}, e.command[1:]...), file)...)
	cmd.Stdin = strings.NewReader(input + "\n")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return 0, "", fmt.Errorf("%s %s: %w\n%s", e.name, file, err, errs.String())
	}
	used, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, "", fmt.Errorf("%s: no resource usage on this system", e.name)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()), strings.TrimSpace(out.String()), nil
}
