" How eTamil programs are edited: comments, words, indents, and :make.
if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal comments=:// commentstring=//\ %s
setlocal formatoptions-=t formatoptions+=croql
setlocal shiftwidth=4 softtabstop=4 expandtab
" Signs and letters beyond Latin are parts of words to Vim anyway.
setlocal iskeyword=@,48-57,_,192-255
setlocal suffixesadd=.qmz
setlocal include=^\\s*\\(இறக்கு\\\|iRakku\\\|_import\\)
if executable("etamil")
  setlocal formatprg=etamil\ fmt\ -
endif
compiler etamil

let b:undo_ftplugin = "setlocal comments< commentstring< formatoptions< shiftwidth< softtabstop< expandtab<"
      \ . " iskeyword< suffixesadd< include< formatprg< makeprg< errorformat<"
