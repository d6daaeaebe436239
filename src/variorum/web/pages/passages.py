"""The words of each report on one event, cut at the quotes of its claims. No ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from variorum.pipeline import Edition
from variorum.show.marks import Mark, cut_at_marks, find_source, make_windows

Row = dict[str, Any]
AROUND = 160  # characters shown on either side of a quote
MOST = 40  # reports whose words are on the page itself: a page of 60 KB; the others are one link away


def make_passages(
    published: Edition, found: Mapping[str, Any], reports: Mapping[str, Row], numbers: Mapping[str, str]
) -> list[Row]:
    """Give for each report its stretches with every quote of the event marked, and the claims behind the marks.

    Originals stand first, for a copy repeats their words; at most MOST reports are given their words.
    """
    claims: dict[str, list[Mapping[str, Any]]] = {}
    for claim in found["claims"]:
        claims.setdefault(claim["article"], []).append(claim)
    order = sorted(reports, key=lambda id: (reports[id]["copy_of"] is not None, list(reports).index(id)))
    return [_passage(published, id, claims.get(id, []), reports[id], numbers) for id in order[:MOST]]


def _passage(
    published: Edition, id: str, claims: list[Mapping[str, Any]], report: Row, numbers: Mapping[str, str]
) -> Row:
    text = published.articles[id].text
    marks = [Mark(claim["start"], claim["end"], claim["id"]) for claim in claims]
    whole = (0, len(text))
    for claim in claims:
        span = find_source(text, claim["source"], claim["start"], whole)
        if span is not None:
            marks.append(Mark(*span, claim["id"], "source"))
    windows = make_windows(text, [(mark.start, mark.end) for mark in marks if mark.what == "value"], AROUND)
    return {
        "report": report,
        "lang": published.articles[id].lang,
        "sha256": published.articles[id].sha256,
        "windows": [
            {"pieces": cut_at_marks(text, marks, *window), "opens": window[0] > 0, "ends": window[1] < len(text)}
            for window in windows
        ],
    }
