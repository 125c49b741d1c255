def last(items):
    return items[len(items) - 1]


def run(n):
    items = []
    total = 0
    i = 0
    while i < n:
        items.append(i)
        total = total + last(items)
        i = i + 1
    return total


print(run(int(input())))
