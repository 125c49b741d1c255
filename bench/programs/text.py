def run(n):
    s = ""
    i = 0
    while i < n:
        s += "அ" + str(i)
        i = i + 1
    return s


print(len(run(int(input()))))
