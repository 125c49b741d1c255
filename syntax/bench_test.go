package syntax

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// tamilSource and goSource are the same program in both languages, repeated to at least size bytes.
func tamilSource(size int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, `// வரி_கணக்கு computes the tax of an amount
செயல் வரி_கணக்கு%d(எண் தொகை, எண் விகிதம்) எண் {
    எண் மொத்தம் = தொகை * விகிதம் / 100;
    எண் எண்ணி = 0;
    (எண்ணி < 12) சுற்று {
        மொத்தம் = மொத்தம் + தரை(தொகை * 0.5, எண்ணி);
        (மொத்தம் > 1000 மற்றும் எண்ணி != 7) எனில் {
            அச்சு "எல்லை: " & மொத்தம் & " / " & எண்ணி;
        } இன்றேல் {
            பதிவு.சேர்(எண்ணி, [1, 2, 3]);
        }
        எண்ணி = எண்ணி + 1;
    }
    ஒவ்வொரு பொருட்கள் இல் பட்டியல் {
        மொத்தம் = மொத்தம் + பொருட்கள்.விலை * பொருட்கள்.அளவு;
        அட்டவணை_[எண்ணி] = {"பெயர்": பொருட்கள்.பெயர், "தொகை": மொத்தம்};
    }
    திரும்பு வட்டமிடு(மொத்தம், 2);
}
`, i)
	}
	return b.Bytes()
}

func goSource(size int) []byte {
	var b bytes.Buffer
	b.WriteString("package p\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, `// taxOf computes the tax of an amount
func taxOf%d(amount number, rate number) number {
	var total number = amount * rate / 100
	var count number = 0
	for count < 12 {
		total = total + floor(amount*0.5, count)
		if total > 1000 && count != 7 {
			print("limit: " + total + " / " + count)
		} else {
			log.Append(count, []number{1, 2, 3})
		}
		count = count + 1
	}
	for _, item := range items {
		total = total + item.price*item.quantity
		table[count] = record{"name": item.name, "amount": total}
	}
	return round(total, 2)
}
`, i)
	}
	return b.Bytes()
}

const benchSize = 256 << 10

func BenchmarkParseETamil(b *testing.B) {
	src := tamilSource(benchSize)
	if f := Parse("bench.qmz", src); len(f.Faults) > 0 {
		b.Fatal(f.Faults[0])
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Parse("bench.qmz", src)
	}
}

func BenchmarkLexETamil(b *testing.B) {
	src := string(tamilSource(benchSize))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Lex(src)
	}
}

func BenchmarkParseGo(b *testing.B) {
	src := goSource(benchSize)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parser.ParseFile(token.NewFileSet(), "bench.go", src, parser.ParseComments|parser.SkipObjectResolution); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseBroken(b *testing.B) {
	src := []byte(strings.Repeat("அ = (1 + ; ஆ = f(2, ;\n", 4000))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Parse("broken.qmz", src)
	}
}
