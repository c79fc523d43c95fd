" permql: colours for Vim. Copy to ~/.vim/syntax/permql.vim, and into ~/.vim/filetype.vim put:
"   autocmd BufRead,BufNewFile *.pql setfiletype permql
if exists("b:current_syntax")
  finish
endif

syntax case ignore

syntax keyword permqlStatement assert begin chart check commit compare copy count create define delete drop
syntax keyword permqlStatement export grant help if import let preview print protect rename restore revoke
syntax keyword permqlStatement rollback run set show undo unprotect unset why
syntax keyword permqlOperatorWord and between in is not or within
syntax keyword permqlConstant all false now those today true unlimited yesterday
syntax keyword permqlUnit day days hour hours minute minutes week weeks
syntax keyword permqlKeyword actor ago always any api as asc at attributes because by change changes
syntax keyword permqlKeyword columns csv definitions desc differences else except expect for from has have
syntax keyword permqlKeyword having id including json jsonl label lack lacking lacks last least like limit
syntax keyword permqlKeyword matching matrix most name no nothing of only outliers permission permissions
syntax keyword permqlKeyword policies policy profiles protected report requests safe since some sort
syntax keyword permqlKeyword spreadsheet store subaccount subaccounts to ui until where with without

syntax match permqlOperator "!=\|<=\|>=\|!\~\|\.\.\|[=<>~*]"
syntax match permqlNumber "\<\d\%(_\=\d\)*\%(\.\d\+\)\=\>"
syntax match permqlTime "\<\d\{4}-\d\d-\d\d\%(T\d\d:\d\d\%(:\d\d\%(\.\d\+\)\=\)\=\%(Z\|[+-]\d\d:\d\d\)\=\)\="
syntax match permqlPermission "\<\h\w*\.\%(\*\|\h\w*\)"
syntax match permqlVariable "\$\%(\h\w*\|\d\+\)"
syntax match permqlID "#\%(\w\+\%(-\w\+\)*\|\"[^\"]*\"\)"
syntax match permqlName "`[^`]*`"
syntax match permqlEscape contained "\\\%(["'\\nt]\|u{\x\{1,6}}\)"
syntax region permqlText start=+"+ skip=+\\.+ end=+"+ oneline contains=permqlEscape
syntax region permqlText start=+'+ skip=+\\.+ end=+'+ oneline contains=permqlEscape
syntax match permqlComment "--.*$"
syntax match permqlComment "\%^#!.*$"

highlight default link permqlStatement Statement
highlight default link permqlOperatorWord Operator
highlight default link permqlConstant Constant
highlight default link permqlUnit Type
highlight default link permqlKeyword Keyword
highlight default link permqlOperator Operator
highlight default link permqlNumber Number
highlight default link permqlTime Number
highlight default link permqlPermission Identifier
highlight default link permqlVariable Identifier
highlight default link permqlID Special
highlight default link permqlName Identifier
highlight default link permqlEscape SpecialChar
highlight default link permqlText String
highlight default link permqlComment Comment

let b:current_syntax = "permql"
