from decimal import Decimal

L1, L2, L3, L4, L5 = [Decimal(x) for x in (300000, 600000, 900000, 1200000, 1500000)]
R1, R2, R3, R4, R5 = [Decimal(x) for x in ("0.05", "0.10", "0.15", "0.20", "0.30")]
B2, B3, B4, B5, ZERO = [Decimal(x) for x in (15000, 45000, 90000, 150000, 0)]


def slab(income):
    if income <= L1:
        return ZERO
    if income <= L2:
        return (income - L1) * R1
    if income <= L3:
        return B2 + (income - L2) * R2
    if income <= L4:
        return B3 + (income - L3) * R3
    if income <= L5:
        return B4 + (income - L4) * R4
    return B5 + (income - L5) * R5


def run(n):
    total = ZERO
    i = 0
    income = ZERO
    step, top = Decimal("1234.5"), Decimal(2000000)
    while i < n:
        total = total + slab(income)
        income = income + step
        if income > top:
            income = ZERO
        i = i + 1
    return total


print(run(int(input())))
