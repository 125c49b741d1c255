def run(n):
    items = []
    i = 0
    while i < n:
        items.append(i)
        i = i + 1
    total = 0
    i = 0
    while i < n:
        total = total + items[i]
        i = i + 1
    return total


print(run(int(input())))
