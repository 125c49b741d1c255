local function run(n)
  local i = 0
  while i < n do
    local task = coroutine.create(function(x) return x + 1 end)
    local _, v = coroutine.resume(task, i)
    i = v
  end
  return i
end
print(run(io.read("n")))
