# The idiom of CPython: `s += part` copies the whole text each time on some systems and does not end.
def run(n):
    parts = []
    i = 0
    while i < n:
        parts.append("அ" + str(i))
        i = i + 1
    return "".join(parts)


print(len(run(int(input()))))
