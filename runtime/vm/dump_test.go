package vm_test

import (
	"strings"
	"testing"
)

func TestDump(t *testing.T) {
	t.Parallel()
	const src = `வடிவம் பெட்டி { எண் உள்ளே }
செயல் f(அ, ஆ) {
  (அ > 0.5) எனில் { திரும்பு f(அ - 1, ஆ) + 1; }
  திரும்பு செயல்(இ) { திரும்பு ஆ; };
}
பெ = பெட்டி{உள்ளே: 1};
x = {ப: [1, "1"]};
x.ப[0] = நீளம்("கௌ\n" & f(1, 2) & "𝒳👍🏽");
அச்சு x.ப;
`
	const want = `(top level): 0 parameters, 0 captured values, 10 registers
     0  loadk     r2, 1                    ; 6:14
     1  shaped    r0, பெட்டி, r2            ; 6:5
     2  loadk     r3, 1                    ; 7:10
     3  loadk     r4, "1"                  ; 7:13
     4  array     r2, r3–r4                ; 7:9
     5  record    r1, r2                   ; 7:5
     6  loadk     r2, 0                    ; 8:5
     7  loadk     r5, "கௌ\n"               ; 8:14
     8  loadk     r8, 1                    ; 8:24
     9  loadk     r9, 2                    ; 8:27
    10  call      r6, f, r8–r9             ; 8:22
    11  loadk     r7, "𝒳👍🏽"              ; 8:32
    12  concatn   r4, r5–r7                ; 8:14
    13  native    r3, நீளம், r4              ; 8:10
    14  setpath   r1, .ப[], r2, r3         ; 8:1
    15  field     r2, r1, .ப               ; 9:5
    16  print     r2                       ; 9:1
    17  returnnil                          ; 1:1

f: 2 parameters, 0 captured values, 5 registers
     0  jumpngtk  r0, 0.5, → 6             ; 3:4
     1  subk      r3, r0, 1                ; 3:26
     2  move      r4, r1                   ; 3:33
     3  call      r2, f, r3–r4             ; 3:24
     4  addk      r2, r2, 1                ; 3:24
     5  return    r2                       ; 3:19
     6  closure   r2, செயல் (1 captured value) ; 4:8
     7  return    r2                       ; 4:3
     8  returnnil                          ; 2:13

செயல்: 1 parameter, 1 captured value, 3 registers
     0  moves     r2, r1                   ; 4:22
     1  return    r2                       ; 4:17
     2  returnnil                          ; 4:15

`
	var b strings.Builder
	if err := compile(t, src).Dump(&b); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != want {
		t.Errorf("%s", got)
	}
}
