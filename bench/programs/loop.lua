local function run(n)
  local total, i = 0, 0
  while i < n do
    total = total + i * 2
    i = i + 1
  end
  return total
end
print(run(io.read("n")))
