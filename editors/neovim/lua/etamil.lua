-- eTamil in Neovim 0.7 and newer: require('etamil').setup({ cmd = { 'etamil', 'lsp' } }).
local M = {}

-- The folder of a program: that of its etamil.toml, else of its repository, else its own.
local function root(file)
  local folder = vim.fn.fnamemodify(file, ':p:h')
  for _, marker in ipairs({ 'etamil.toml', '.git' }) do
    local found = vim.fn.finddir(marker, folder .. ';')
    if found == '' then
      found = vim.fn.findfile(marker, folder .. ';')
    end
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p'):gsub('/$', ''):gsub('/[^/]*$', '')
    end
  end
  return folder
end

-- One client for each folder; a file goes to that of its folder.
local clients = {}

local function attach(buffer, options)
  local folder = root(vim.api.nvim_buf_get_name(buffer))
  local id = clients[folder]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(vim.tbl_extend('force', {
      name = 'etamil',
      cmd = { 'etamil', 'lsp' },
      root_dir = folder,
      workspace_folders = { { uri = vim.uri_from_fname(folder), name = vim.fn.fnamemodify(folder, ':t') } },
      settings = { etamil = options.settings or {} },
      init_options = options.settings,
      on_exit = function() clients[folder] = nil end,
    }, options))
    clients[folder] = id
  end
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

--- Starts the language server for every program that is opened. Options are those of vim.lsp.start_client; settings is
--- the section "etamil" of docs/lsp.md.
function M.setup(options)
  options = options or {}
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.config('etamil', options)
    vim.lsp.enable('etamil')
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    pattern = 'etamil',
    callback = function(event) attach(event.buf, options) end,
  })
end

return M
