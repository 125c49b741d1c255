from decimal import Decimal, getcontext

getcontext().prec = 28


def run(n):
    total = Decimal(0)
    one, seven, dividend = Decimal(1), Decimal(7), Decimal(22)
    i = Decimal(1)
    while i <= n:
        part = dividend / (i * seven)
        total = total + part * part
        i = i + one
    return total


print(round(run(int(input())), 15))
