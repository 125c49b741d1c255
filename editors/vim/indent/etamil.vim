" Lines go in by one step after a line that leaves a bracket open, and out by one on a line that begins with the closing one.
if exists("b:did_indent")
  finish
endif
let b:did_indent = 1

setlocal indentexpr=EtamilIndent(v:lnum)
setlocal indentkeys=0},0),0],!^F,o,O
let b:undo_indent = "setlocal indentexpr< indentkeys<"

if exists("*EtamilIndent")
  finish
endif

function EtamilIndent(lnum) abort
  let above = prevnonblank(a:lnum - 1)
  if above == 0
    return 0
  endif
  " What stands in texts and comments opens nothing.
  let code = substitute(getline(above), '"\%([^"\\]\|\\.\)*"\|//.*$', '', 'g')
  let code = substitute(code, '^\s*[])}]*', '', '')
  let open = strlen(substitute(code, '[^[({]', '', 'g')) - strlen(substitute(code, '[^])}]', '', 'g'))
  let steps = open > 0 ? 1 : open < 0 ? -1 : 0
  if getline(a:lnum) =~# '^\s*[])}]'
    let steps -= 1
  endif
  return max([0, indent(above) + steps * shiftwidth()])
endfunction
