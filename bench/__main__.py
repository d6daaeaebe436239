"""`python -m bench TASK --data DIR [--json]`, or `--all`: run a measurement and hold it to its floor.

Invariant: the exit status is 1 when a figure lies under its floor in `floors.json`, 2 for a wrong call, else 0.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bench.reader import use
from variorum.extract.parts import BOTH, RULES, TAGGER

HOME = Path(__file__).parent.parent
FLOORS = Path(__file__).with_name("floors.json")


@dataclass(frozen=True)
class Task:
    """Where one measurement is written and which folder of the data it reads."""

    module: str
    folders: tuple[str, ...]  # tried in order under --data; the folder itself is meant when none is there
    marks: tuple[str, ...] = ()  # files, one of which shows that a folder is the task's own
    home: Path | None = None  # where the data lies when the project itself ships it
    read: bool = False  # depends on the parts of the reader that are switched on
    alone: bool = False  # takes minutes by the clock: measured only where it is named


DISAGREEMENT = HOME / "bench" / "gold" / "disagreement" / "events"
TASKS: dict[str, Task] = {
    "seeds": Task("bench.seeds", ("seeds",), ("articles.jsonl",), read=True),
    "examples": Task("bench.seeds", ("examples",), ("expected.toml",), HOME / "examples", read=True),
    "tolls-syria": Task("bench.tolls_syria", ("syria",), ("reports.jsonl",), read=True),
    "syria-classes": Task("bench.syria_classes", ("syria",), ("reports.jsonl",), read=True),
    "incidents-syria": Task("bench.incidents_syria", ("syria",), ("reports.jsonl",), read=True),
    "events-syria": Task("bench.events_syria", ("syria",), ("ucdp.jsonl",), read=True),
    "incidents-gunviolence": Task("bench.incidents_gunviolence", ("gunviolence",), ("incidents.jsonl",), read=True),
    "tolls-gunviolence": Task("bench.tolls_gunviolence", ("gunviolence",), ("incidents.jsonl",), read=True),
    "places-lgl": Task("bench.places", ("places",)),
    "places-geovirus": Task("bench.places", ("places",)),
    "quantity-newsquant": Task("bench.quantity", ("newsquant",)),
    "time-tempeval": Task("bench.timex", ("tempeval3",)),
    "time-wikiwars": Task("bench.timex", ("wikiwars",)),
    "attribution-polnear": Task("bench.attribution", ("polnear",), read=True),
    "roles-muc4": Task("bench.roles", ("muc4",), ("dev.jsonl",), read=True),
    "entities-re3d": Task("bench.entities", ("re3d",), read=True),
    "entities-worldwide": Task("bench.entities", ("ner_worldwide",), read=True),
    "events-ecb": Task("bench.events", ("ecbplus",), read=True),
    "place-of-event": Task("bench.events", ("event_location",), read=True),
    "speed": Task("bench.speed", ("syria",), ("reports.jsonl",)),
    "pages": Task("bench.pages", ("pages",)),
    "warc": Task("bench.warc", ("warc",), ("warc",), HOME / "examples"),
    "copies": Task("bench.copies", ("",), ("syria", "gunviolence")),
    "stories": Task("bench.stories", ("news_cluster",), ("dev.jsonl",)),
    "disagreement": Task("bench.disagreement", ("disagreement",), ("events",), DISAGREEMENT, read=True),
    "errors": Task("bench.errors", ("disagreement",), ("events",), DISAGREEMENT, read=True),
    "engine": Task("bench.engine", ("engine",), ("engine",), HOME / "examples"),
    "growth": Task("bench.growth", ("growth",), ("growth",), HOME / "examples"),
    "rows": Task("bench.rows", ("rows",), ("rows",), HOME / "examples"),
    "ledger": Task("bench.ledger", ("ledger",), ("ledger",), HOME / "examples"),
    "export": Task("bench.export", ("export",), ("export",), HOME / "examples"),
    "web": Task("bench.web", ("web",), ("web",), HOME / "examples"),
    "histories": Task("bench.histories", ("histories",), ("histories",), HOME / "examples"),
    "contention": Task("bench.contention", ("contention",), ("contention",), HOME / "examples"),
    "kills": Task("bench.kills", ("kills",), ("kills",), HOME / "examples"),
    "fetch": Task("bench.fetching", ("fetch",), ("fetch",), HOME / "examples"),
    "soak": Task("bench.soak", ("soak",), ("soak",), HOME / "examples", alone=True),
    "wheel": Task("bench.wheel", ("wheel",), ("wheel",), HOME),
    "coref-gvc": Task("bench.coref", ("gvc",)),
    "coref-ecb": Task("bench.coref", ("ecbplus",)),
}


PARTS = {"rules": RULES, "tagger": TAGGER, "both": BOTH}


class Skipped(Exception):
    """The task cannot be measured here; the text says why."""


def find_folder(task: Task, data: Path, *, within: bool) -> Path | None:
    """Find the folder of a task: a folder named like it under `data`, or (unless `within`) `data` itself.

    `--data ../shared/data` and `--data ../shared/data/seeds` both reach the seeds.
    """
    for name in task.folders:
        if (data / name).is_dir():
            return data / name
    if within or not data.is_dir():
        return task.home
    own = data.name in task.folders or not task.marks or any((data / mark).exists() for mark in task.marks)
    return data if own else task.home


def run_task(name: str, data: Path, *, within: bool = False) -> dict[str, Any]:
    """Measure one task; raise Skipped where its data or its module is not there."""
    task = TASKS[name]
    folder = find_folder(task, data, within=within)
    if folder is None:
        raise Skipped(f"no folder {' or '.join(task.folders)} in {data}")
    try:
        module = importlib.import_module(task.module)
    except ModuleNotFoundError as error:
        if error.name != task.module:
            raise
        raise Skipped(f"{task.module} is not written yet") from error
    wanted = [p for p in inspect.signature(module.run).parameters.values() if p.kind is not p.KEYWORD_ONLY]
    result = module.run(folder, name) if len(wanted) > 1 else module.run(folder)
    return {
        "task": name,
        "n": result.get("n", 0),
        "metrics": result["metrics"],
        "baseline": result.get("baseline", {}),
        "report": result.get("report", []),
    }


def read_floors(path: Path = FLOORS) -> dict[str, dict[str, float]]:
    """Read the pinned floors: task → metric → least figure allowed."""
    if not path.exists():
        return {}
    floors: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return floors


def find_sunk(metrics: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Say which metrics lie under their floor; a metric that is gone lies under it too."""
    sunk = []
    for name, floor in sorted(floors.items()):
        if name not in metrics:
            sunk.append(f"{name} has a floor of {floor} and was not measured")
        elif metrics[name] < floor:
            sunk.append(f"{name} is {metrics[name]:.4g}, under its floor of {floor:.4g}")
    return sunk


def show_table(result: Mapping[str, Any]) -> str:
    """Lay one result out as a small table of metric, figure, baseline and floor."""
    rows = [("metric", "figure", "baseline", "floor")]
    for name, value in result["metrics"].items():
        rows.append((name, _figure(value), _figure(result["baseline"].get(name)), _figure(result["floors"].get(name))))
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    return "\n".join([f"{result['task']}  n={result['n']}", *(f"  {line}" for line in lines)])


def show_ablation(results: Mapping[str, Mapping[str, Any]]) -> str:
    """Lay the results of each part alone and of both out side by side, with the baseline."""
    last = list(results.values())[-1]
    rows = [("metric", *results, "baseline")]
    for name in last["metrics"]:
        figures = [_figure(result["metrics"].get(name)) for result in results.values()]
        rows.append((name, *figures, _figure(last["baseline"].get(name))))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    return "\n".join([f"{last['task']}  n={last['n']}", *(f"  {line}" for line in lines)])


def ablate(names: Sequence[str], data: Path, *, within: bool) -> None:
    """Measure each task that reads with rules alone, the tagger alone and both, and print a table of each."""
    for name in names:
        if not TASKS[name].read:
            continue
        results = {}
        for part, parts in PARTS.items():
            use(parts)
            try:
                results[part] = run_task(name, data, within=within)
            except Skipped as reason:
                print(f"skipped {name}: {reason}", file=sys.stderr)
                break
        else:
            print(show_ablation(results), flush=True)


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.4f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure one task, or all, and hold the figures to bench/floors.json."
    )
    parser.add_argument("task", nargs="?", metavar="TASK", help=f"one of: {' '.join(TASKS)}")
    parser.add_argument("--all", action="store_true", help="every task whose data is under --data")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with the public sets")
    parser.add_argument("--parts", choices=[*PARTS], default="both", help="the parts of the reader that are measured")
    parser.add_argument("--ablation", action="store_true", help="each part alone and both, side by side; no floors")
    parser.add_argument("--json", action="store_true", help="one JSON object a task, and nothing else, on stdout")
    return parser


def _names(args: argparse.Namespace) -> list[str]:
    """Give the tasks that were asked for; raise ValueError with the remedy when the call names none."""
    if args.all == (args.task is not None):
        raise ValueError("name one task, or give --all")
    if args.all:
        return [name for name, task in TASKS.items() if not task.alone]
    if args.task not in TASKS:
        near = get_close_matches(args.task, TASKS, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else f"tasks: {' '.join(TASKS)}"
        raise ValueError(f"no task {args.task}\n{hint}")
    return [args.task]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the tasks that were asked for and give the exit status."""
    args = _parser().parse_args(argv)
    try:
        names = _names(args)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if not args.data.is_dir():
        print(f"skipped: no folder {args.data}", file=sys.stderr)
        return 0
    if args.ablation:
        ablate(names, args.data, within=args.all)
        return 0
    use(PARTS[args.parts])
    floors = read_floors()
    status = 0
    for name in names:
        try:
            result = run_task(name, args.data, within=args.all)
        except Skipped as reason:
            print(f"skipped {name}: {reason}", file=sys.stderr)
            continue
        except Exception:  # a gate that cannot be measured is not passed, and the other tasks still are to be
            traceback.print_exc()
            print(f"failed {name}: see above", file=sys.stderr)
            status = 1
            continue
        result["floors"] = floors.get(name, {})
        lines = result.pop("report")
        if args.json:
            print(json.dumps(result, ensure_ascii=False), flush=True)
        else:
            print("\n".join([*lines, show_table(result)]), flush=True)
        for line in find_sunk(result["metrics"], result["floors"]):
            print(f"under the floor: {name}: {line}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
