"""`seeds` and `examples`: every fact a careful reader finds, held against what the command line gives.

Invariant: the program under test is called as a user calls it, on a folder; nothing of it is imported but the
reading of files (to know which report an article id stands for) and of place names.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.facts import Outcome, Prediction, check_gold
from bench.goldfile import Row, read_gold
from bench.reader import parts

GOLD = Path(__file__).with_name("gold") / "seeds.toml"
NOW = "2000-01-01T00:00:00Z"  # time of reading for the articles read here; no id depends on it
FINISHED = (0, 3)  # 3: finished, but some files could not be read


class RunError(RuntimeError):
    """The program under test failed; the text is what it said on stderr."""


def events_of(inputs: Sequence[Path]) -> list[dict[str, Any]]:
    """Run the program on files laid in one fresh folder and give the events of its jsonl export."""
    with tempfile.TemporaryDirectory(prefix="variorum-bench-") as scratch:
        folder = Path(scratch, "reports")
        folder.mkdir()
        for path in inputs:
            shutil.copyfile(path, folder / path.name)
        ledger = Path(scratch, "bench.db")
        _call("run", str(folder), "-o", str(ledger))
        lines = _call("export", "jsonl", str(ledger)).splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _call(*arguments: str) -> str:
    switches = {"VARIORUM_RULES": str(int(parts().rules)), "VARIORUM_TAGGER": str(int(parts().tagger))}
    done = subprocess.run(
        [sys.executable, "-m", "variorum", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **switches},
    )
    if done.returncode not in FINISHED:
        raise RunError(f"variorum {' '.join(arguments[:2])}: exit {done.returncode}: {done.stderr.strip()[-600:]}")
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)  # which report was not read: its facts fail below
    return done.stdout


def name_articles(inputs: Sequence[Path], names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Give article id → (name of the report in the gold, text) for every article of the files.

    A report goes by the longest gold name that its file name, or its `id` in a .jsonl, starts with.
    """
    from variorum.gather.files import read_inputs
    from variorum.model import Article

    known = sorted(names, key=len, reverse=True)
    found = {}
    for path in inputs:
        lines = _ids_by_text(path)
        for article in read_inputs(path, now=NOW):
            if isinstance(article, Article):
                own = lines.get(article.text, path.name)
                found[article.id] = (next((name for name in known if own.startswith(name)), own), article.text)
    return found


def _ids_by_text(path: Path) -> dict[str, str]:
    if path.suffix != ".jsonl":
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {row["text"]: row["id"] for row in rows}


def find_other_places(names: Iterable[str], country: str) -> str | None:
    """Say why these names, each as a city of the country, are not read as one place, or None when they are."""
    from variorum.values.place import find_places

    read: dict[str, str] = {}
    for name in names:
        found = [
            place for place in find_places(f"Shells fell on the city of {name} in {country}.") if place.raw == name
        ]
        if not found or not found[0].value.startswith(("gn:", "ne:")):
            return f"{name} is not in the gazetteer"
        read[name] = found[0].value.split(";")[0]
    if len(set(read.values())) == 1:
        return None
    return ", ".join(f"{name} is {place}" for name, place in read.items())


def check_quotes(events: Iterable[Row], texts: Mapping[str, str]) -> str:
    """Say which claim's quote does not stand at its span, or "" when all do."""
    for event in events:
        for claim in event["claims"]:
            text = texts.get(claim["article"])
            if text is None:
                return f"{claim['id']} is of an unknown article {claim['article']}"
            if text[claim["start"] : claim["end"]] != claim["quote"]:
                return f"{claim['id']}: {text[claim['start'] : claim['end']]!r} is not {claim['quote']!r}"
    return ""


def _gold_names(gold: Row) -> set[str]:
    return {name for event in gold["event"] for name in event["reports"]}


def _days_of_the_run() -> list[str]:
    # Yesterday too, for a run over midnight or in another time zone.
    today = datetime.datetime.now(datetime.UTC).date()
    return [(today + datetime.timedelta(days=step)).isoformat() for step in (-1, 0, 1)]


def check_form(gold: Row, inputs: Sequence[Path], *, form: str) -> list[Outcome]:
    """Run the program on one form of the input and hold every fact against what it gives."""
    articles = name_articles(inputs, _gold_names(gold))
    events = events_of(inputs)
    reports = {article: name for article, (name, _) in articles.items()}
    prediction = Prediction(tuple(events), reports, find_other_places)
    texts = {article: text for article, (_, text) in articles.items()}
    today = {"check": "no_date", "value": _days_of_the_run(), "says": "no event is dated by the day of the run"}
    with_today = {**gold, "never": [*gold.get("never", []), today]}
    return [
        *check_gold(with_today, prediction, form=form),
        Outcome("quotes", "every quote stands at its span", check_quotes(events, texts)),
    ]


def show_outcomes(outcomes: Sequence[Outcome], *, form: str) -> Iterator[str]:
    """Yield one line a fact, the reason under each that fails, and the total."""
    for outcome in outcomes:
        yield f"{'pass' if outcome.passed else 'FAIL'}  {form:<6} {outcome.id:<9} {outcome.says}"
        if not outcome.passed:
            yield f"                       {outcome.why}"
    yield f"{sum(outcome.passed for outcome in outcomes)} of {len(outcomes)} facts hold on {form}"


def run(data: Path, task: str = "seeds") -> dict[str, Any]:
    """Measure facts held and facts in all, for each form in which the gold says the reports come."""
    gold = read_gold(data / "expected.toml" if task == "examples" else GOLD)
    metrics: dict[str, int] = {}
    report: list[str] = []
    for form in gold["form"]:
        inputs = sorted(path for pattern in form["files"] for path in data.glob(pattern))
        if not inputs:
            report.append(f"no {form['name']} files in {data}")
            continue
        outcomes = check_form(gold, inputs, form=form["name"])
        report.extend(show_outcomes(outcomes, form=form["name"]))
        metrics[f"facts_passed_{form['name']}"] = sum(outcome.passed for outcome in outcomes)
        metrics[f"facts_total_{form['name']}"] = len(outcomes)
    total = sum(value for name, value in metrics.items() if name.startswith("facts_total"))
    passed = sum(value for name, value in metrics.items() if name.startswith("facts_passed"))
    metrics |= {"facts_passed": passed, "facts_total": total}
    return {"n": total, "metrics": metrics, "baseline": {}, "report": report}
