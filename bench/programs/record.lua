local function run(n)
  local account, i = { balance = 0, count = 0, name = "account" }, 0
  while i < n do
    account.count = account.count + 1
    account.balance = account.balance + account.count
    i = i + 1
  end
  return account.balance
end
print(run(io.read("n")))
