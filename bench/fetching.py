"""`fetch` against every bad site, each in a process of its own: seconds, memory, and the row that it becomes.

Sizes are those of the program; times are a sixth, so that the trial takes minutes. Beside each bad site good pages of
others are fetched in the same run. `python -m bench.fetching` is the process that fetches.
"""

from __future__ import annotations

import json
import resource
import ssl
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bench.badsites import Bad, Layout, lay_out
from bench.sites import sites
from variorum.gather.fetching.exchange import Limits, Network
from variorum.gather.fetching.sources import Source
from variorum.pipeline.fetching import Ways, fetch

SCALE = 6
REAL = Limits()
LIMITS = replace(
    REAL,
    connect_s=REAL.connect_s / SCALE,
    silent_s=REAL.silent_s / SCALE,
    request_s=REAL.request_s / SCALE,
    most_wait_s=REAL.most_wait_s / SCALE,
    delay_s=0.0,
    tries=1,
)
SLACK_S = 3.0  # for the start of the program, parsing, and a busy machine
# An answer at its largest, packed and unpacked, and once more while it is taken apart.
MOST_MB = 2 * (LIMITS.wire_bytes + LIMITS.body_bytes) / 1e6
PATIENCE_S = 60.0


def run(folder: Path, name: str = "fetch") -> dict[str, Any]:
    """Fetch from each bad site and give what it took."""
    with sites() as servers:
        layout = lay_out(servers, LIMITS)
        base = _fetch_apart(layout, None)
        rows = [(one, _fetch_apart(layout, one)) for one in layout.bad]
        asked = len(layout.secret.asked)
    good = [one for one, took in rows if _is_one_row(one, took)]
    quick = [one for one, took in rows if took["seconds"] <= LIMITS.request_s + SLACK_S]
    small = [one for one, took in rows if took["mb"] - base["mb"] <= MOST_MB]
    fetched = [one for one, took in rows if took["good"] == base["good"]]
    count = len(rows)
    return {
        "n": count,
        "metrics": {
            "one_row_each_with_its_cause": len(good) / count,
            "within_the_time": len(quick) / count,
            "within_the_memory": len(small) / count,
            "others_fetched": len(fetched) / count,
            "private_service_never_asked": 1.0 if asked == 0 else 0.0,
            "most_seconds": max(took["seconds"] for _, took in rows),
            "most_mb_over_a_calm_run": max(took["mb"] for _, took in rows) - base["mb"],
        },
        "report": [*_table(rows, base), f"limits: {LIMITS.request_s:.0f} s, {MOST_MB:.0f} MB over a calm run"],
    }


def _fetch_apart(layout: Layout, bad: Bad | None) -> dict[str, Any]:
    """Fetch from one bad site and the good ones, in a process of its own."""
    task = {"bad": None if bad is None else asdict(bad), "good": layout.good[:3], "numbers": layout.numbers}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bench.fetching"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S + LIMITS.request_s,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{bad}: {done.stderr[-2_000:]}")
    return {**json.loads(done.stdout), "whole": time.perf_counter() - began}


def _is_one_row(one: Bad, took: dict[str, Any]) -> bool:
    rows = took["rows"]
    return len(rows) == 1 and rows[0][0] == one.code and one.words in rows[0][1]


def _table(rows: list[tuple[Bad, dict[str, Any]]], base: dict[str, Any]) -> list[str]:
    lines = [f"{'site':<40} {'s':>5} {'MB':>4}  row"]
    for one, took in rows:
        said = "; ".join(f"{code}: {cause}" for code, cause in took["rows"]) or "none"
        mark = "" if _is_one_row(one, took) else "  <- not what was expected"
        lines.append(f"{one.name:<40} {took['seconds']:>5.1f} {took['mb'] - base['mb']:>4.0f}  {said[:110]}{mark}")
    return lines


def main() -> None:
    """Fetch what a line of JSON says, and print what it took."""
    task = json.loads(sys.stdin.readline())
    layout = Layout(numbers=task["numbers"])
    named = [Source(address, allow_private=True, may_be_page=True) for address in task["good"]]
    bad = None if task["bad"] is None else Bad(**task["bad"])
    if bad is not None:
        named.append(Source(bad.address, allow_private=bad.private, may_be_page=True))
    ways = Ways(LIMITS, network=Network(layout.resolve, ssl.create_default_context()))
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        tally = fetch(Path(folder), named, ways, tell=lambda kind, said: None)
        seconds = time.perf_counter() - began
    rows = [(row.code, row.cause) for row in tally.problems if bad and row.where == bad.address]
    good = sum(address not in {row.where for row in tally.problems} for address in task["good"])
    print(json.dumps({"seconds": seconds, "mb": most_mb(), "rows": rows, "good": good}))


def most_mb() -> float:
    """Give the most memory that this process held, in MB."""
    try:  # what getrusage says of a new program holds that of its parent
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1e3
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main()
