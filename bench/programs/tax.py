def tax(n):
    total = 0.0
    price = 99.95
    quantity = 3
    i = 0
    while i < n:
        if price < 500:
            rate = 0.05
        elif price < 1000:
            rate = 0.12
        else:
            rate = 0.18
        total = total + price * quantity * rate
        price = price + 0.25
        if price > 2000:
            price = 99.95
        i = i + 1
    return total


print(tax(int(input())))
