local function run(n)
  local items, i, total = {}, 0, 0
  while i < n do items[#items + 1] = i; i = i + 1 end
  i = 0
  while i < n do total = total + items[i + 1]; i = i + 1 end
  return total
end
print(run(io.read("n")))
