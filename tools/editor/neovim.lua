-- Drives `mooring lsp` from neovim without a window: opens a file, waits for its report, takes the
-- suggestion "Await it.", asks for the page of the rule, and waits until the report is gone.
local file, main = vim.env.MOORING_FILE, vim.env.MOORING_MAIN
local patience = 120000

local function say(text)
  io.stdout:write(text .. '\n')
end

local function reports()
  return vim.diagnostic.get(0)
end

local function wait_for(what, is_so)
  if vim.wait(patience, is_so, 20) then return end
  say('waited in vain for ' .. what)
  vim.cmd('cquit')
end

vim.cmd('edit ' .. file)
local client = vim.lsp.start_client({
  name = 'mooring',
  cmd = { vim.env.MOORING_NODE, main, 'lsp', '--stdio' },
  root_dir = vim.fn.fnamemodify(file, ':h'),
})
vim.lsp.buf_attach_client(0, client)

wait_for('a report', function() return #reports() > 0 end)
local report = reports()[1]
say('report ' .. report.code .. ' ' .. (report.lnum + 1) .. ':' .. (report.col + 1))
vim.api.nvim_win_set_cursor(0, { report.lnum + 1, report.col })

local position = vim.lsp.util.make_position_params()
for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/hover', position, patience)) do
  say('page ' .. vim.split(answer.result.contents.value, '\n')[1])
end

local range = vim.lsp.util.make_range_params()
range.context = { diagnostics = {} }
for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', range, patience)) do
  for _, action in ipairs(answer.result) do
    if action.title == 'Await it.' then vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16') end
  end
end
say('line ' .. vim.trim(vim.api.nvim_buf_get_lines(0, report.lnum, report.lnum + 1, true)[1]))
wait_for('a clean file', function() return #reports() == 0 end)
say('clean')
vim.cmd('qall!')
