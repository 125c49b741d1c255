import asyncio


async def run(n):
    queue = asyncio.Queue(1024)

    async def send():
        for i in range(n):
            await queue.put(i)
        await queue.put(None)

    task = asyncio.create_task(send())
    total = 0
    while (i := await queue.get()) is not None:
        total += i
    await task
    return total


print(asyncio.run(run(int(input()))))
