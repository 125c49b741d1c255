local Item = {}
Item.__index = Item
function Item:value(m) return self.price * self.quantity + m end
local function run(n)
  local item, total, i = setmetatable({ price = 3, quantity = 2 }, Item), 0, 0
  while i < n do total = total + item:value(i); i = i + 1 end
  return total
end
print(run(io.read("n")))
