// Command check measures `etamil check` beside tsc and biome on programs of equal sizes, in one run on one machine, checks
// the targets, and writes the table into docs/performance.md:
//
//	bash bench/check.sh            # builds bin/etamil, installs the pinned peers, measures, writes the table
//	bash bench/check.sh -runs 3    # quicker and noisier
//
// CPU is user and system time from wait4, wall is the time that a person waits; both are the least of several runs. A
// missed target ends it with status 1.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/etamil-lang/etamil/bench/page"
)

// sizes are the programs: a tiny one, one file of 10,000 lines, and a folder of 1,000 files of 100 lines.
var sizes = []struct {
	name, title  string
	files, parts int // parts are functions of 10 lines
}{
	{"tiny", "one line", 1, 0},
	{"file", "one file, 10,000 lines", 1, 1000},
	{"folder", "1,000 files, 100,000 lines", 1000, 10},
}

// cost is what a command took.
type cost struct {
	cpu, wall time.Duration
	memory    int64 // bytes
}

func main() {
	log.SetFlags(0)
	root := flag.String("root", "..", "the project's folder")
	peers := flag.String("peers", "", "the folder whose node_modules holds tsc and biome")
	runs := flag.Int("runs", 7, "how often each command runs; the tiny ones at least 20 times")
	write := flag.Bool("write", true, "write the table into docs/performance.md")
	flag.Parse()
	text, promises, err := measureAll(*root, *peers, *runs)
	if err == nil {
		err = page.Publish(text, promises, *root, "check", *write)
	}
	if err != nil {
		log.Fatal("bench: ", err)
	}
}

// measureAll lays the programs out, runs everything and answers the tables.
func measureAll(root, peers string, runs int) (text string, promises page.Promises, err error) {
	dir, err := os.MkdirTemp("", "etamil-bench")
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	etamil, err := filepath.Abs(filepath.Join(root, "bin", "etamil"))
	if err != nil {
		return "", nil, err
	}
	bin := filepath.Join(peers, "node_modules", ".bin")
	version, err := least(20, dir, etamil, "version")
	if err != nil {
		return "", nil, err
	}
	costs := map[string]cost{}
	for _, s := range sizes {
		at := filepath.Join(dir, s.name)
		if err := lay(at, s.files, s.parts); err != nil {
			return "", nil, err
		}
		n := runs
		if s.parts == 0 {
			n = max(n, 20)
		}
		for name, args := range map[string][]string{
			"etamil": {etamil, "check", "--strict", "etamil"},
			"tsc":    {filepath.Join(bin, "tsc"), "-p", "ts"},
			"biome":  {filepath.Join(bin, "biome"), "lint", "--max-diagnostics=20", "ts"},
		} {
			c, err := least(n, at, args...)
			if err != nil {
				return "", nil, fmt.Errorf("%s, %s: %w", name, s.title, err)
			}
			costs[s.name+"/"+name] = c
		}
	}
	promises = judge(costs, version)
	return tables(costs, version, promises, runs), promises, nil
}

func judge(costs map[string]cost, version cost) (promises page.Promises) {
	over := costs["tiny/etamil"].cpu - version.cpu
	file, folder := costs["file/etamil"], costs["folder/etamil"]
	promises.Add("one line: CPU over `etamil version`, least of 20", ms(over)+" ms", "≤ 5 ms", over <= 5*time.Millisecond)
	promises.Add("10,000 lines in one file: wall", ms(file.wall)+" ms", "≤ 150 ms", file.wall <= 150*time.Millisecond)
	promises.Add("1,000 files, 100,000 lines: wall", ms(folder.wall)+" ms", "≤ 2000 ms", folder.wall <= 2*time.Second)
	promises.Add("1,000 files, 100,000 lines: memory", mb(folder.memory)+" MB", "≤ 200 MB", folder.memory <= 200<<20)
	return promises
}

// least runs a command n times and answers the least that it took, and the most memory.
func least(n int, dir string, args ...string) (cost, error) {
	best := cost{cpu: time.Hour, wall: time.Hour}
	for range n {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = dir
		var said strings.Builder
		cmd.Stdout, cmd.Stderr = io.Discard, &said
		start := time.Now()
		if err := cmd.Run(); err != nil {
			return best, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, said.String())
		}
		best.wall = min(best.wall, time.Since(start))
		use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		if !ok {
			return best, fmt.Errorf("no usage of processes on this system")
		}
		best.cpu = min(best.cpu, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		best.memory = max(best.memory, use.Maxrss<<10)
	}
	return best, nil
}

// lay writes the same programs in eTamil and in TypeScript.
func lay(dir string, files, parts int) error {
	for _, sub := range []string{"etamil", "ts"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return err
		}
	}
	config := `{"compilerOptions": {"strict": true, "noEmit": true, "noUnusedLocals": true, "types": []}, "include": ["*.ts"]}`
	if err := os.WriteFile(filepath.Join(dir, "ts", "tsconfig.json"), []byte(config), 0o644); err != nil {
		return err
	}
	for i := range files {
		var tamil, typescript strings.Builder // a large heap here would count as the peak of the processes that are forked from it
		typescript.WriteString("export {};\n")
		if parts == 0 {
			tamil.WriteString("அச்சு \"வணக்கம்\";\n")
			typescript.WriteString("console.log(\"வணக்கம்\");\n")
		}
		for j := range parts {
			fmt.Fprintf(&tamil, tamilPart, j, j, j, j)
			fmt.Fprintf(&typescript, typescriptPart, j, j, j, j)
		}
		for name, text := range map[string]string{"etamil/m%04d.qmz": tamil.String(), "ts/m%04d.ts": typescript.String()} {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf(name, i)), []byte(text), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

const tamilPart = `செயல் வரி_%d(தொகை, விகிதம்) {
    மொத்தம் = தொகை * விகிதம் / 100;
    (மொத்தம் > 1000) எனில் {
        மொத்தம் = மொத்தம் - 10;
    } இன்றேல் {
        மொத்தம் = மொத்தம் + 1;
    }
    திரும்பு மொத்தம் + %d;
}
அச்சு வரி_%d(%d, 18);
`

const typescriptPart = `function vari_%d(tokai: number, vikitam: number): number {
    let mottam = (tokai * vikitam) / 100;
    if (mottam > 1000) {
        mottam = mottam - 10;
    } else {
        mottam = mottam + 1;
    }
    return mottam + %d;
}
console.log(vari_%d(%d, 18));
`

// tables writes the Markdown.
func tables(costs map[string]cost, version cost, promises page.Promises, runs int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Made by `bash bench/check.sh`: the least of %d runs (tiny: of 20). Machine: %d cores, %s. `etamil version` takes %s ms of CPU.\n\n",
		runs, runtime.NumCPU(), runtime.Version(), ms(version.cpu))
	promises.Write(&b)
	b.WriteString("\nWall and CPU in milliseconds, memory in MB; the same functions in TypeScript, with their types written out. tsc 7.0.2 checks types, biome 2.6.8 lints.\n\n")
	table := page.NewTable("programs", "etamil wall", "CPU", "MB", "tsc wall", "CPU", "MB", "biome wall", "CPU", "MB")
	for _, s := range sizes {
		cells := []string{s.title}
		for _, name := range []string{"etamil", "tsc", "biome"} {
			c := costs[s.name+"/"+name]
			cells = append(cells, ms(c.wall), ms(c.cpu), mb(c.memory))
		}
		table.Row(cells...)
	}
	table.Write(&b)
	return b.String()
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000) }

func mb(n int64) string { return fmt.Sprintf("%d", n>>20) }
