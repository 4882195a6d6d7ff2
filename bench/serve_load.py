#!/usr/bin/env python3
"""Many clients move a slider of the workbench at once: how long each waits for its picture, and what the server needs.

    python3 bench/serve_load.py target/release/detente [--clients 200] [--seconds 20] [--scenario commitment]

Starts a server of its own on a free port. Every client moves its slider, waits for the answer, pauses as a hand does (a
second and a half on average), and moves on. Half of the moves come before the answer to the last one is there, as when a
slider is dragged: these stop the older request. Prints a table in Markdown: one client before, all clients, and one client
again. Standard library only.
"""

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import tempfile
import time


def memory(pid: int) -> float:
    """Resident memory in MiB."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


def processor(pid: int) -> float:
    """Seconds of processors used so far."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def ask(port: int, path: str, body: dict | None, slot: str) -> tuple[float, bytes]:
    """Seconds until the whole answer, and the answer."""
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    data = b"" if body is None else json.dumps(body).encode()
    method = "GET" if body is None else "POST"
    head = (
        f"{method} /api/v1{path} HTTP/1.0\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\n"
        f"detente-slot: {slot}\r\ncontent-length: {len(data)}\r\n\r\n"
    )
    writer.write(head.encode() + data)
    answer = await reader.read(-1)
    writer.close()
    return time.perf_counter() - begun, answer


class Tally:
    def __init__(self) -> None:
        self.times: list[float] = []
        self.each: dict[int, int] = {}
        self.stopped = 0
        self.failed = 0


async def client(number: int, port: int, problem: dict, until: float, tally: Tally, pause: float) -> None:
    rng = random.Random(number)
    await asyncio.sleep(rng.uniform(0, pause))
    older: asyncio.Task | None = None

    async def move() -> None:
        set_to = {name: rng.uniform(low, high) for name, (low, high) in problem["ranges"].items()}
        body = {"text": problem["text"], "name": problem["name"], "numbers": set_to}
        seconds, answer = await ask(port, "/solve", body, f"client-{number}/answer")
        if b"event: answer" in answer:
            tally.times.append(seconds)
            tally.each[number] = tally.each.get(number, 0) + 1
        elif b'"cancelled"' in answer:
            tally.stopped += 1
        else:
            tally.failed += 1

    while time.perf_counter() < until:
        dragged = rng.random() < 0.5
        older = asyncio.create_task(move())
        if dragged:
            await asyncio.sleep(0.03)
            newer = asyncio.create_task(move())
            await newer
        await older
        await asyncio.sleep(rng.expovariate(1 / pause))


async def measure(args: argparse.Namespace, port: int, pid: int, clients: int) -> dict:
    _, answer = await ask(port, f"/library/{args.scenario}", None, "setup/1")
    text = json.loads(answer.split(b"\r\n\r\n", 1)[1])["text"]
    name = f"library/{args.scenario}"
    _, answer = await ask(port, "/analysis", {"text": text, "name": name}, "setup/1")
    numbers = json.loads(answer.split(b"\r\n\r\n", 1)[1])["numbers"]
    ranges = {n["name"]: (n["low"], n["high"]) for n in numbers if n["low"] is not None and n["step"] is None}
    problem = {"text": text, "name": name, "ranges": dict(list(ranges.items())[:1])}
    tally = Tally()
    before, used = memory(pid), processor(pid)
    begun = time.perf_counter()
    most = before

    async def watch() -> None:
        nonlocal most
        while True:
            await asyncio.sleep(0.2)
            most = max(most, memory(pid))

    watcher = asyncio.create_task(watch())
    until = begun + args.seconds
    await asyncio.gather(*(client(i, port, problem, until, tally, args.pause) for i in range(clients)))
    watcher.cancel()
    seconds = time.perf_counter() - begun
    await asyncio.sleep(1)
    cuts = statistics.quantiles(tally.times, n=100, method="inclusive") if len(tally.times) > 1 else [0.0] * 99
    # A client that was never answered counts, too.
    each = [tally.each.get(i, 0) for i in range(clients)]
    return {
        "clients": clients,
        "requests/s": f"{(len(tally.times) + tally.stopped + tally.failed) / seconds:.1f}",
        "answers/s": f"{len(tally.times) / seconds:.1f}",
        "p50 ms": f"{cuts[49] * 1e3:.0f}",
        "p95 ms": f"{cuts[94] * 1e3:.0f}",
        "slowest ms": f"{max(tally.times, default=0) * 1e3:.0f}",
        "stopped by a newer one": tally.stopped,
        "failed": tally.failed,
        "answers of a client": f"{min(each)} to {max(each)}",
        "processors": f"{(processor(pid) - used) / seconds:.2f}",
        "MiB before": f"{before:.0f}",
        "at most": f"{most:.0f}",
        "after": f"{memory(pid):.0f}",
    }


def row(cells: list) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("detente")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pause", type=float, default=1.5)
    parser.add_argument("--scenario", default="commitment")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = [args.detente, "serve", folder, "--no-open", "--state", f"{folder}/state"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                port = int(re.search(r":(\d+)/", server.stdout.readline()).group(1))
                for turn, clients in enumerate((1, args.clients, 1)):
                    found = asyncio.run(measure(args, port, server.pid, clients))
                    if turn == 0:
                        print(row(list(found)))
                        print(row(["---:"] * len(found)))
                    print(row(list(found.values())), flush=True)
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
