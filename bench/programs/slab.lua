local function slab(income)
  if income <= 300000 then return 0 end
  if income <= 600000 then return (income - 300000) * 0.05 end
  if income <= 900000 then return 15000 + (income - 600000) * 0.10 end
  if income <= 1200000 then return 45000 + (income - 900000) * 0.15 end
  if income <= 1500000 then return 90000 + (income - 1200000) * 0.20 end
  return 150000 + (income - 1500000) * 0.30
end
local function run(n)
  local total, i, income = 0, 0, 0
  while i < n do
    total = total + slab(income)
    income = income + 1234.5
    if income > 2000000 then income = 0 end
    i = i + 1
  end
  return total
end
print(run(io.read("n")))
