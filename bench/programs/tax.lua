local function tax(n)
  local total, price, quantity, rate, i = 0, 99.95, 3, 0, 0
  while i < n do
    if price < 500 then rate = 0.05 elseif price < 1000 then rate = 0.12 else rate = 0.18 end
    total = total + price * quantity * rate
    price = price + 0.25
    if price > 2000 then price = 99.95 end
    i = i + 1
  end
  return total
end
print(tax(io.read("n")))
