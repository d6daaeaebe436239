"""The page measurement: scores of known overlaps, and a run over a small folder."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bench import pages

BODY = (
    "Three people were hurt when the old bridge of Osk fell into the river before dawn on Tuesday, the mayor said.\n"
    "Divers searched the water below the piers until noon and found two cars and a cart, but nobody inside them."
)


@pytest.mark.parametrize(
    ("expected", "found", "scores"),
    [
        ("a b c d", "a b c d", (1.0, 1.0)),
        ("", "", (1.0, 1.0)),
        ("a b c d", "", (0.0, 0.0)),
        ("a b c d e", "a b c d", (1.0, 0.5)),
        ("a b c d", "a b c d e f", (1 / 3, 1.0)),
        ("a b", "a b", (1.0, 1.0)),
    ],
)
def test_precision_and_recall_count_word_quadruples(expected: str, found: str, scores: tuple[float, float]) -> None:
    assert pages.score(expected, found) == pytest.approx(scores)


def test_a_run_reads_pages_and_bodies_and_gives_a_baseline(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    html = "<html><body><article>" + "".join(f"<p>{line}</p>" for line in BODY.split("\n")) + "</article></body></html>"
    (tmp_path / "html" / "k.html.gz").write_bytes(gzip.compress(html.encode()))
    (tmp_path / "ground-truth.json").write_text(json.dumps({"k": {"articleBody": BODY, "url": "https://osk.example"}}))
    result = pages.run(tmp_path)
    assert (result["n"], result["metrics"]["f1"]) == (1, 1.0)
    assert set(result["baseline"]) == set(result["metrics"])


def test_a_page_that_is_refused_scores_nothing() -> None:
    assert pages.own_body(b"\x00") == ""
