# The same with an int for the counter, which eTamil does not have: every number there is an exact decimal.
from decimal import Decimal


def tax(n):
    low, high, top, first, step = Decimal(500), Decimal(1000), Decimal(2000), Decimal("99.95"), Decimal("0.25")
    five, twelve, eighteen = Decimal("0.05"), Decimal("0.12"), Decimal("0.18")
    total = Decimal(0)
    price = first
    quantity = Decimal(3)
    i = 0
    while i < n:
        if price < low:
            rate = five
        elif price < high:
            rate = twelve
        else:
            rate = eighteen
        total = total + price * quantity * rate
        price = price + step
        if price > top:
            price = first
        i = i + 1
    return total


print(tax(int(input())))
