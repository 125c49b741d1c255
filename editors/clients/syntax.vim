" What Vim's files do, for Vim and Neovim: colours, indents, :make. Every failure is a line on standard error.
" Usage: vim -es -N -u syntax.vim, or nvim --headless -u syntax.vim; $EDITORS is the folder editors/, etamil is on PATH.
set nocompatible encoding=utf-8 nomore
let &runtimepath = $EDITORS . '/vim,' . &runtimepath
filetype plugin indent on
syntax on
let s:failures = []

function s:check(what, got, want)
  if a:got !=# a:want
    call add(s:failures, a:what . ': ' . string(a:got) . ', want ' . string(a:want))
  endif
endfunction

" Opens a program and looks at the colour of the nth occurrence of a word in its first line.
function s:colour(line, word, want)
  enew!
  call setline(1, a:line)
  setfiletype etamil
  syntax sync fromstart
  let column = stridx(a:line, a:word) + 1
  call s:check(a:word . ' in ' . a:line, synIDattr(synID(1, column, 1), 'name'), a:want)
endfunction

for [line, word, want] in [
      \ ['(அ > 1) எனில் { }', 'எனில்', 'etamilControl'],
      \ ['x = eZil;', 'eZil', 'etamilControl'],
      \ ['(1) _if { }', '_if', 'etamilControl'],
      \ ['எனில்லா = 1;', 'எனில்லா', 'etamilName'],
      \ ['செயல் f(எண் அ) எண் { }', 'செயல்', 'etamilDeclaration'],
      \ ['செயல் f(எண் அ) எண் { }', 'எண்', 'etamilType'],
      \ ['அச்சு நீளம்("அ");', 'அச்சு', 'etamilCommand'],
      \ ['அச்சு நீளம்("அ");', 'நீளம்', 'etamilFunction'],
      \ ['நீளம் = 5;', 'நீளம்', 'etamilName'],
      \ ['முயல் { }', 'முயல்', 'etamilMark'],
      \ ['முயல் = 1;', 'முயல்', 'etamilName'],
      \ ['நிறுத்து;', 'நிறுத்து', 'etamilMark'],
      \ ['பதிவு_தகவல் "𝒳";', 'பதிவு_தகவல்', 'etamilService'],
      \ ['பதிவு_தகவல்("𝒳");', 'பதிவு_தகவல்', 'etamilService'],
      \ ['அச்சு "𝒳👍🏽" & 12.5%;', '12', 'etamilNumber'],
      \ ['அச்சு "எனில் \n";', 'எனில்', 'etamilText'],
      \ ['அச்சு "எனில் \n";', '\n', 'etamilEscape'],
      \ ['// எனில்', 'எனில்', 'etamilComment'],
      \ ['// etamil:ignore W0004', 'etamil', 'etamilDirective'],
      \ ['ப.வழி = 1;', 'வழி', 'etamilMember'],
      \ ]
  call s:colour(line, word, want)
endfor

" Indents: a program without any gets those of its layout.
let s:program = ['செயல் f(எண் அ) எண் {', '    (அ > 1) எனில் {', '        அச்சு "{";', '    }', '    இன்றேல் {', '        அச்சு [', '            1,', '            2', '        ];', '    }', '    திரும்பு அ;', '}', 'அச்சு 1;']
enew!
setfiletype etamil
call setline(1, map(copy(s:program), {_, line -> trim(line)}))
silent normal! gg=G
call s:check('indents', getline(1, '$'), s:program)
call s:check('comments', &commentstring, '// %s')

" :make takes to the line of the fault.
let s:file = tempname() . '.qmz'
call writefile(['அச்சு 1;', 'எண் அ = "சொல்";'], s:file)
execute 'edit!' fnameescape(s:file)
silent make!
call s:check(':make', map(filter(getqflist(), 'v:val.valid'), {_, e -> [e.lnum, e.type]}), [[2, 'E'], [2, 'W']])

if !empty(s:failures)
  call writefile(s:failures, '/dev/stderr', 'a')
  cquit
endif
qall!
