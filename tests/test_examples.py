"""The sample reports give the golden file, byte for byte once what differs from run to run is taken out.

`pytest tests/test_examples.py --golden-update` writes it anew; the difference is then read like any other change.
"""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import pytest

from variorum.ledger import Ledger
from variorum.pipeline import edition, run, write_edition

REPORTS = Path(__file__).parents[1] / "examples" / "reports"
GOLDEN = Path(__file__).parent / "golden" / "examples.jsonl"
NOW = "2031-05-03T10:00:00+00:00"


def export(folder: Path, place: Path) -> list[dict[str, Any]]:
    with Ledger.open(place, create=True) as ledger:
        assert run([folder], ledger, now=NOW, workers=1).problems == []
        names = {article.id: article.url for article in ledger.articles()}
        lines = list(write_edition(edition(ledger), "jsonl"))
    return [normalised(json.loads(line), names) for line in lines]


def normalised(event: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Take out what is no finding: ids are digests, so claims go by their words and articles by their file."""
    claims = {
        claim["id"]: f"{names[claim['article']]} {claim['start']}:{claim['end']} {claim['prop']}"
        for claim in event["claims"]
    }

    def rename(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: rename(part) for key, part in value.items() if key not in {"id", "version", "schema"}}
        if isinstance(value, list):
            return [rename(part) for part in value]
        return claims.get(value, names.get(value, value)) if isinstance(value, str) else value

    found = rename(event)
    assert isinstance(found, dict)
    found["claims"].sort(key=lambda claim: (claim["article"], claim["start"], claim["end"], claim["prop"]))
    found["lineages"].sort()
    found["articles"].sort()
    found["relations"].sort(key=json.dumps)
    for row in found["values"]:
        row["support"].sort()
        row["against"].sort()
    return found


def written(events: list[dict[str, Any]]) -> str:
    return "".join(sorted(json.dumps(event, ensure_ascii=False) + "\n" for event in events))


def summary(text: str) -> list[str]:
    """One line a value: what a reviewer of a difference wants to see first."""
    found = []
    for line in text.splitlines():
        event = json.loads(line)
        found.append(event["title"])
        for row in event["values"]:
            scope = f" ({row['scope']})" if row["scope"] else ""
            sources = ", ".join(row["sources"])
            found.append(f"  {row['prop']}{scope} = {row['value']} · {row['status']} · {row['lineages']} · {sources}")
        found += sorted({f"  {row['name']} {row['prop']}: {row['note']}" for row in event["relations"]})
    return found


def test_the_sample_reports_give_the_golden_file(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    found = written(export(REPORTS, tmp_path / "x.db"))
    if request.config.getoption("--golden-update"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(found, encoding="utf-8")
    kept = GOLDEN.read_text(encoding="utf-8")
    changes = list(difflib.unified_diff(summary(kept), summary(found), "golden", "found", lineterm="", n=1))
    assert found == kept, "\n".join(["what the reader finds has changed:", *changes[:80]])


def test_the_golden_file_does_not_depend_on_where_the_reports_lie(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for path in sorted(REPORTS.iterdir(), reverse=True):
        (folder / path.name).write_bytes(path.read_bytes())
    assert written(export(folder, tmp_path / "x.db")) == written(export(REPORTS, tmp_path / "y.db"))
