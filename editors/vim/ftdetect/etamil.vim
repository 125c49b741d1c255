autocmd BufRead,BufNewFile *.qmz setfiletype etamil
