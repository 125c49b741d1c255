-- The language server with Neovim: a client that has nothing in common with VS Code's, works out its own edits and knows
-- only UTF-16. Run by run.sh. $EDITORS is editors/, $WORK a copy of the
-- workspace, and etamil is on PATH.
local editors, work = vim.env.EDITORS, vim.env.WORK
vim.opt.runtimepath:append({ editors .. '/vim', editors .. '/neovim' })
vim.cmd('filetype plugin indent on')
require('etamil').setup({ settings = { language = 'both' } })

local function check(what, ok, got)
  if not ok then
    io.stderr:write('neovim: ' .. what .. ': ' .. vim.inspect(got) .. '\n')
    vim.cmd('cquit')
  end
end

--- Waits until the server has said what makes a condition true.
local function await(what, condition)
  check(what, vim.wait(60000, function() return condition() and true or false end, 20), vim.diagnostic.get(0))
end

local function request(method, params)
  local answers, problem = vim.lsp.buf_request_sync(0, method, params, 60000)
  check(method, answers ~= nil, problem)
  local _, answer = next(answers)
  check(method, answer and not answer.err, answer)
  return answer.result
end

-- Puts the cursor on the first letter of a text.
local function go(text)
  vim.fn.cursor(1, 1)
  check('no ' .. text, vim.fn.search('\\V' .. text, 'cW') > 0)
end

vim.cmd('edit ' .. vim.fn.fnameescape(work .. '/main.qmz'))
check('filetype', vim.bo.filetype == 'etamil', vim.bo.filetype)
await('connects', function() return #vim.lsp.buf_get_clients(0) > 0 end)

-- A fault behind a letter of two UTF-16 units is found at its word, and goes with its cure.
vim.fn.append('$', { 'அச்சு "𝒳👍🏽"; எண் தவறானது = "சொல்";' })
local function errors() return vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) end
await('finds the fault', function() return #errors() == 1 end)
local fault = errors()[1]
local line = vim.fn.getline('$')
check('place of the fault', line:sub(fault.col + 1, fault.end_col) == 'தவறானது', fault)
check('its text', fault.message:find('[\224-\239]') ~= nil, fault)
go('"சொல்"')
vim.cmd('normal! ca"7')
await('sees the cure', function() return #errors() == 0 end)

go('இரட்டி(சேமிப்பு')
local hover = request('textDocument/hover', vim.lsp.util.make_position_params())
check('hover', vim.inspect(hover.contents):find('twice a number') ~= nil, hover)

local place = request('textDocument/definition', vim.lsp.util.make_position_params())
check('definition', vim.inspect(place):find('line = 3') ~= nil, place)

vim.fn.append('$', { 'அச்சு "𝒳"; sey' })
vim.cmd('normal! G$')
vim.fn.cursor(vim.fn.line('$'), vim.fn.col({ vim.fn.line('$'), '$' }))
local params = vim.lsp.util.make_position_params()
params.position.character = vim.str_utfindex(vim.fn.getline('$')) + 1
local list = request('textDocument/completion', params)
local found = vim.tbl_filter(function(item) return vim.inspect(item):find('செயல்') end, list.items or list)
check('completion of sey', #found > 0, list)
vim.cmd('undo')

-- Neovim's own edits, in Tamil and beyond: the server lays out the text that we have.
for _, keys in ipairs({ 'ggO// க்ஷ 👍🏽\27', 'jyyp', 'ddGoஅச்சு   "𝒳"  ;\27', 'x', 'u', 'ggJu' }) do
  vim.cmd('normal! ' .. keys)
end
local text = table.concat(vim.fn.getline(1, '$'), '\n') .. '\n'
local want = vim.fn.system({ 'etamil', 'fmt', '-' }, text)
check('etamil fmt', vim.v.shell_error == 0, want)
vim.lsp.buf.formatting_sync(nil, 60000)
check('layout', table.concat(vim.fn.getline(1, '$'), '\n') .. '\n' == want, vim.fn.getline(1, '$'))

local client = vim.lsp.buf_get_clients(0)[next(vim.lsp.buf_get_clients(0))]
client.stop()
await('leaves', function() return client.is_stopped() end)
vim.cmd('qall!')
