class Item:
    def __init__(self, price, quantity):
        self.price = price
        self.quantity = quantity

    def value(self, m):
        return self.price * self.quantity + m


def run(n):
    item = Item(3, 2)
    total = 0
    i = 0
    while i < n:
        total = total + item.value(i)
        i = i + 1
    return total


print(run(int(input())))
