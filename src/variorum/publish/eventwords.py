"""One event in words for people who read or hear a list: who was harmed, on whose word, and what is disputed.

Invariant: a bound stays a bound ("at least 39"), figures of different scopes are never added, and a contested figure is
called so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from variorum.publish.cite import SHORT, sign_free
from variorum.publish.issue import Issue
from variorum.publish.tables import WIDEST
from variorum.values import show

HARM: Mapping[str, str] = {
    "killed": "killed",
    "injured": "injured",
    "missing": "missing",
    "detained": "detained",
    "released": "released",
    "displaced": "displaced",
}
DISPUTES: Mapping[str, str] = {  # worst first
    "impossible": "impossible in itself",
    "contradicts": "contradicted",
    "revised": "revised",
    "drift in copies": "changed in copies",
}
NAMED = 3  # sources that are named; more are counted
_STATED = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def one_line(text: str) -> str:
    """Give a text on one line, without control and direction marks."""
    return " ".join(sign_free(text).split())


def say_export(issue: Issue, *, whole_hash: bool = False) -> list[str]:
    """Say of an export, in sentences, what it is: of which state of the ledger, of which day, redacted how."""
    told = ["What reports say and on whose word; nothing of it was checked on the spot."]
    if issue.ledger:
        hash = issue.ledger if whole_hash else f"{issue.ledger[:SHORT]}…"
        told.append(f"Ledger {hash}, {issue.made}.")
    if issue.as_of is not None:
        told.append(f"As known on {show('date', issue.as_of)}: what was published later is left out.")
    if issue.redacted is not None:
        told.append(f"Redacted by the profile {issue.redacted.profile}.")
    return told


def say_when(found: Mapping[str, Any]) -> str:
    """Say when it happened; "" where no report says."""
    return show("date", found["date"]["value"]) if found["date"] else ""


def stated_days(date: Mapping[str, Any] | None) -> tuple[str, str] | None:
    """Give the first and last day of a date no closer than they are known: "2019-03" stays a month. None: no year."""
    if date is None or not date["low"] or not date["high"]:
        return None
    first, _, last = date["value"].partition("/")
    last = last or first
    if _STATED.fullmatch(first) and _STATED.fullmatch(last):
        return first, last
    return date["low"], date["high"]


def say_what(found: Mapping[str, Any], *, dated: bool) -> str:
    """Say what happened and where; with its day only where that is asked for."""
    title, when = one_line(found["title"]), say_when(found)
    if not dated and when:
        title = title.removesuffix(f", {when}")
    where = one_line(found["place"]["shown"]) if found["place"] else ""
    return title if not where or where in title else f"{title}, {where}"


def say_tolls(values: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say how many people were harmed, each property by the figures of its widest scope.

    Where nobody counts everybody, civilians and combatants are told both: either alone would read as the whole.
    """
    told = []
    for prop, verb in HARM.items():
        found = [row for row in values if row["prop"] == prop and row["support"]]
        scopes = sorted({row["scope"] or "all" for row in found}, key=_width)
        for scope in [one for one in scopes if {scopes[0], one} <= {"civilians", "combatants"}] or scopes[:1]:
            told.append(_toll(verb, scope, [row for row in found if (row["scope"] or "all") == scope]))
    return told


def _toll(verb: str, scope: str, rows: Sequence[Mapping[str, Any]]) -> str:
    words = scope.replace("+", " and ")
    figures = " or ".join(dict.fromkeys(_figure(row["value"]) for row in rows))
    whom = "" if scope == "all" else f" of the {words}" if figures == "nobody" else f" {words}"
    contested = " (contested)" if any(row["status"] == "contested" for row in rows) else ""
    return f"{figures}{whom} {verb}{contested}"


def _figure(value: str) -> str:
    return "nobody" if value == "0" else show("count", value)


def _width(scope: str) -> int:
    return WIDEST.index(scope) if scope in WIDEST else len(WIDEST)


def say_backing(found: Mapping[str, Any]) -> str:
    """Say how many independent texts there are, in how many reports: copies count with their original."""
    texts, reports = len(found["lineages"]), len(found["articles"])
    words = "one independent text" if texts == 1 else f"{texts} independent texts"
    return words if reports == texts else f"{words} in {reports} reports"


def say_sources(found: Mapping[str, Any]) -> str:
    """Name who is quoted, most often quoted first, and say whether outlets speak themselves."""
    spoken: dict[str, int] = {}
    for claim in found["claims"]:
        spoken[claim["voice"]] = spoken.get(claim["voice"], 0) + 1
    own = spoken.pop("", 0)
    told = [one_line(name) for name in sorted(spoken, key=lambda name: (-spoken[name], name))]
    if len(told) > NAMED + 1:
        told[NAMED:] = [f"{len(told) - NAMED} more sources"]
    if own:
        told.append("outlets in their own words" if len(found["outlets"]) > 1 else "the outlet in its own words")
    return ", ".join(told)


def say_disputes(found: Mapping[str, Any]) -> list[str]:
    """Say what is contradicted, impossible, revised or changed in copies: "contradicted: killed, weapon"."""
    told = []
    for name, words in DISPUTES.items():
        props = sorted({row["prop"].replace("_", " ") for row in found["relations"] if row["name"] == name})
        if props:
            told.append(f"{words}: {', '.join(props)}")
    return told
