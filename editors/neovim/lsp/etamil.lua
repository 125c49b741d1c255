-- The configuration of Neovim 0.11 and newer: vim.lsp.enable('etamil').
return {
  cmd = { 'etamil', 'lsp' },
  filetypes = { 'etamil' },
  root_markers = { 'etamil.toml', '.git' },
}
