"""The words of each report on one event, cut at the quotes of its claims. No ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from variorum.pipeline import Edition
from variorum.show.marks import Mark, Piece, cut_at_marks, find_source, make_windows

Row = dict[str, Any]
AROUND = 160  # characters shown on either side of a quote
# The same in a site in a folder, where no more than so much of a text stands, which is its publisher's: the first with
# which that is so; at last quotes alone.
IN_FOLDER, MOST_SHOWN = (60, 40, 20, 0), 0.6
MOST = 40  # reports whose words are on the page itself: a page of 60 KB; the others are one link away


def make_passages(
    published: Edition, found: Mapping[str, Any], reports: Mapping[str, Row], *, in_folder: bool = False
) -> list[Row]:
    """Give for each report its stretches with every quote of the event marked, and the claims behind the marks.

    Originals stand first, for a copy repeats their words; at most MOST reports are given their words.
    """
    claims: dict[str, list[Mapping[str, Any]]] = {}
    for claim in found["claims"]:
        claims.setdefault(claim["article"], []).append(claim)
    order = sorted(reports, key=lambda id: (reports[id]["copy_of"] is not None, list(reports).index(id)))
    return [_passage(published, id, claims.get(id, []), reports[id], in_folder) for id in order[:MOST]]


def quote_passages(published: Edition, found: Mapping[str, Any], reports: Mapping[str, Row]) -> list[Row]:
    """Give the same of a redacted edition, which holds no text: the quotes alone, in the order of the report."""
    order = sorted(reports, key=lambda id: (reports[id]["copy_of"] is not None, list(reports).index(id)))
    return [
        {
            "report": reports[id],
            "lang": published.articles[id].lang,
            "sha256": published.articles[id].sha256,
            "windows": quote_windows([claim for claim in found["claims"] if claim["article"] == id]),
        }
        for id in order[:MOST]
    ]


def quote_windows(claims: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Give each distinct quote of a report as a stretch of its own, with the claims that have it."""
    same: dict[str, list[Mapping[str, Any]]] = {}
    for claim in sorted(claims, key=lambda claim: (claim["start"], claim["end"], claim["id"])):
        same.setdefault(claim["quote"], []).append(claim)
    windows = []
    for quote, rows in same.items():
        ids = tuple(claim["id"] for claim in rows)
        piece = Piece(quote, rows[0]["start"], values=ids, closes=ids)
        windows.append({"pieces": [piece], "opens": False, "ends": False, "start": rows[0]["start"]})
    return windows


def _passage(published: Edition, id: str, claims: list[Mapping[str, Any]], report: Row, in_folder: bool) -> Row:
    return {
        "report": report,
        "lang": published.articles[id].lang,
        "sha256": published.articles[id].sha256,
        "windows": (cut_short if in_folder else cut_windows)(published.articles[id].text, claims),
    }


def cut_short(text: str, claims: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Give the stretches around quotes that a site in a folder shows: in a short text fewer words, or none, around."""
    windows: list[Row] = []
    for around in IN_FOLDER:
        windows = cut_windows(text, claims, around)
        if sum(window["end"] - window["start"] for window in windows) <= MOST_SHOWN * len(text):
            break
    return windows


def cut_windows(text: str, claims: Sequence[Mapping[str, Any]], around: int = AROUND) -> list[Row]:
    """Give the stretches of a text around the quotes of claims, with quotes and sources marked."""
    marks = [Mark(claim["start"], claim["end"], claim["id"]) for claim in claims]
    whole = (0, len(text))
    for claim in claims:
        span = find_source(text, claim["source"], claim["start"], whole)
        if span is not None:
            marks.append(Mark(*span, claim["id"], "source"))
    return [
        {
            "pieces": cut_at_marks(text, marks, *window),
            "opens": window[0] > 0,
            "ends": window[1] < len(text),
            "start": window[0],
            "end": window[1],
        }
        for window in make_windows(text, [(mark.start, mark.end) for mark in marks if mark.what == "value"], around)
    ]
