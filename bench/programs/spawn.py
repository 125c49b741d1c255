import asyncio


async def next_(i):
    return i + 1


async def run(n):
    i = 0
    while i < n:
        i = await asyncio.create_task(next_(i))
    return i


print(asyncio.run(run(int(input()))))
