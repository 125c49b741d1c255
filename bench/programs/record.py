def run(n):
    account = {"balance": 0, "count": 0, "name": "account"}
    i = 0
    while i < n:
        account["count"] = account["count"] + 1
        account["balance"] = account["balance"] + account["count"]
        i = i + 1
    return account["balance"]


print(run(int(input())))
