"""So many readers of a site at once, as a program of its own: `python -m bench.readers ADDRESS < paths.json`.

Each reader keeps one connection, asks for a page, reads it to its end, thinks, and asks for another (a closed loop).
Which page is drawn from the paths by weight, from a fixed seed. A plain client, so that most of the time of the machine
is the server's.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

SLOWEST_S = 30.0  # an answer that takes longer is an error
SEED = 20310503
Paths = Mapping[str, tuple[float, Sequence[str]]]  # name of a page -> how often it is read, and its addresses


@dataclass(frozen=True, slots=True)
class Crowd:
    """How readers behave."""

    readers: int
    seconds: float
    think_s: tuple[float, float]  # drawn evenly between the two


@dataclass(frozen=True, slots=True)
class Answer:
    """One page that was asked for."""

    page: str
    ms: float
    status: int  # 0: no answer
    size: int  # bytes as sent


class _Reader:
    """One connection that is opened again when the server closes it."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str) -> tuple[int, int]:
        """Ask for a page; give its status and the bytes of its body."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        source, sink = self._streams
        sink.write(f"GET {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = (await source.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        size = int(headers["content-length"])
        await source.readexactly(size)
        if headers.get("connection") == "close":
            self.close()
        return int(head[0].split()[1]), size

    def close(self) -> None:
        """Let go of the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _read_on(reader: _Reader, paths: Paths, crowd: Crowd, seed: int) -> list[Answer]:
    rng = random.Random(seed)
    names, weights = list(paths), [weight for weight, _ in paths.values()]
    found: list[Answer] = []
    until = time.monotonic() + crowd.seconds
    await asyncio.sleep(rng.uniform(0, max(crowd.think_s[1], 0.1)))  # nobody starts together
    while time.monotonic() < until:
        name = rng.choices(names, weights)[0]
        path = rng.choice(paths[name][1])
        start = time.perf_counter()
        try:
            status, size = await asyncio.wait_for(reader.ask(path), SLOWEST_S)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, KeyError, ValueError):
            reader.close()
            status, size = 0, 0
        found.append(Answer(name, 1000 * (time.perf_counter() - start), status, size))
        await asyncio.sleep(rng.uniform(*crowd.think_s))
    reader.close()
    return found


async def read_together(address: str, paths: Paths, crowd: Crowd) -> list[Answer]:
    """Let a crowd read a site and give every answer it had."""
    parts = urlsplit(address)
    host, port = str(parts.hostname), int(parts.port or 80)
    tasks = [_read_on(_Reader(host, port), paths, crowd, SEED + number) for number in range(crowd.readers)]
    return [answer for found in await asyncio.gather(*tasks) for answer in found]


def sum_up(answers: Sequence[Answer], seconds: float) -> dict[str, Any]:
    """Give the figures of a crowd: answers a second, errors, and how long all and the answers of each page took."""
    by_page: dict[str, list[float]] = {}
    for answer in answers:
        by_page.setdefault(answer.page, []).append(answer.ms)
    return {
        "answers": len(answers),
        "a_second": round(len(answers) / seconds, 1),
        "errors": sum(not 200 <= answer.status < 400 for answer in answers),
        "ms": _spread([answer.ms for answer in answers]),
        "pages": {name: _spread(spent) for name, spent in sorted(by_page.items())},
    }


def _spread(spent: Sequence[float]) -> dict[str, float]:
    ordered = sorted(spent)
    return {
        name: round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0))
    }


def let_read(address: str, paths: Paths, crowd: Crowd) -> dict[str, Any]:
    """Let a crowd read from a process of its own, and give its figures."""
    command = [sys.executable, "-m", "bench.readers", address, "--readers", str(crowd.readers)]
    command += ["--seconds", str(crowd.seconds), "--think", *map(str, crowd.think_s)]
    done = subprocess.run(command, input=json.dumps(paths), capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def main() -> int:
    """Read the paths from stdin, let the crowd read, and print its figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.readers", description="Let readers read a site at once.")
    parser.add_argument("address")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--think", type=float, nargs=2, default=(1.0, 3.0), metavar=("FROM", "TO"))
    args = parser.parse_args()
    crowd = Crowd(args.readers, args.seconds, tuple(args.think))
    paths = {name: (weight, found) for name, (weight, found) in json.load(sys.stdin).items()}
    print(json.dumps(sum_up(asyncio.run(read_together(args.address, paths, crowd)), crowd.seconds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
