" :make checks the program. The columns of `etamil check` count letters as people read them; Vim counts bytes, so that
" findings are taken to their line.
if exists("current_compiler")
  finish
endif
let current_compiler = "etamil"

CompilerSet makeprg=etamil\ check\ --format\ short\ %:S
CompilerSet errorformat=%f:%l:%*\\d:\ %t%n:\ %m,%-G%.%#
