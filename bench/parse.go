package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"math"
	"strings"
	"syscall"
	"time"

	"github.com/etamil-lang/etamil/syntax"
)

// parseBytes is about how long both sources are; a comment at the end makes them equal to the byte.
const parseBytes = 1 << 19

// The same function in both languages; $ is its number.
const (
	goFunction = `// invoice$ adds the tax of a line to the total.
func invoice$(price float64, quantity float64, kind string) (float64, error) {
	total := 0.0
	rates := []float64{0.05, 0.12, 0.18, 0.28}
	line := map[string]any{"kind": kind, "price": price, "tags": []string{"a", "b"}}
	for i := 0; i < 4; i++ {
		if price*quantity > 1000.50 && kind == "goods" || kind != "service" {
			total = total + price*quantity*(1+rates[i])
		} else if check$(line, "price") {
			total = total - discount(price, quantity-1)/2
		} else {
			return 0, failed("line " + kind)
		}
	}
	for _, tag := range tags(line) {
		fmt.Println("tag "+tag, total, line["kind"])
	}
	line["total"] = total
	return round(total, 2), nil
}

`
	etamilFunction = `// விலைப்பட்டியல்$ ஒரு வரியின் வரியை மொத்தத்தில் சேர்க்கும்.
செயல் விலைப்பட்டியல்$(எண் விலை, எண் அளவு, சொல் பிரிவு) {
    மொத்தம் = 0.0;
    வீதங்கள் = [0.05, 0.12, 0.18, 0.28];
    பதிவு = {"பிரிவு": பிரிவு, "விலை": விலை, "குறிகள்": ["அ", "ஆ"]};
    எ = 0;
    (எ < 4) சுற்று {
        (விலை * அளவு > 1000.50 மற்றும் பிரிவு == "சரக்கு" அல்லது பிரிவு != "சேவை") எனில் {
            மொத்தம் = மொத்தம் + விலை * அளவு * (1 + வீதங்கள்[எ]);
        } இன்றேல் (சோதி$(பதிவு, "விலை")) எனில் {
            மொத்தம் = மொத்தம் - கழிவு(விலை, அளவு - 1) / 2;
        } இன்றேல் {
            திரும்பு தவறு("வரி " & பிரிவு);
        }
        எ = எ + 1;
    }
    ஒவ்வொரு குறி_ இல் பதிவு.குறிகள் {
        அச்சு "குறி " & குறி_ & மொத்தம் & பதிவு["பிரிவு"];
    }
    பதிவு.மொத்தம் = மொத்தம்;
    திரும்பு சரி(வட்டமிடு(மொத்தம், 2));
}

`
)

// source repeats a function under new numbers and ends with a comment that brings it to parseBytes exactly.
func source(head, function string) string {
	var text strings.Builder
	text.WriteString(head)
	for i := 0; text.Len()+len(function)+16 < parseBytes; i++ {
		text.WriteString(strings.ReplaceAll(function, "$", fmt.Sprint(i)))
	}
	for text.Len() < parseBytes {
		text.WriteString("//" + strings.Repeat("-", min(76, max(parseBytes-text.Len()-3, 0))) + "\n")
	}
	return text.String()[:parseBytes]
}

// parsing compares the bytes a second of our parser and of go/parser, in CPU time, taking turns.
func (b *bench) parsing(r *report) error {
	ours, theirs := []byte(source("", etamilFunction)), []byte(source("package bench\n\n", goFunction))
	if f := syntax.Parse("bench.qmz", ours); len(f.Faults) > 0 {
		return fmt.Errorf("the generated program does not parse: %s at %v", f.Faults[0].Code, f.Faults[0].Span)
	}
	if _, err := parser.ParseFile(token.NewFileSet(), "bench.go", theirs, parser.ParseComments|parser.SkipObjectResolution); err != nil {
		return fmt.Errorf("the generated Go file does not parse: %w", err)
	}
	etamilBest, goBest := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
	for range max(b.runs, 5) {
		goBest = min(goBest, cpu(func() {
			_, _ = parser.ParseFile(token.NewFileSet(), "bench.go", theirs, parser.ParseComments|parser.SkipObjectResolution)
		}))
		etamilBest = min(etamilBest, cpu(func() { syntax.Parse("bench.qmz", ours) }))
	}
	ratio := float64(goBest) / float64(etamilBest)
	speed := func(d time.Duration) float64 { return float64(parseBytes) / 1e6 / d.Seconds() }
	r.promises.Add(fmt.Sprintf("parse %d KB: our MB/s over go/parser's (%.1f / %.1f)", parseBytes>>10, speed(etamilBest), speed(goBest)),
		fmt.Sprintf("%.2f×", ratio), fmt.Sprintf("≥ %.2f×", minParse), ratio >= minParse)
	return nil
}

// cpu is the CPU time of this process for one of several calls.
func cpu(f func()) time.Duration {
	const calls = 10
	before := self()
	for range calls {
		f()
	}
	return (self() - before) / calls
}

func self() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
