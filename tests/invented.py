"""Invented reports, read by the real reader through the real pipeline, and random histories of what happens to them.

A text is read once in a test session: what the reader makes of it is remembered, so that a history costs milliseconds.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from thorough import part
from variorum.errors import UnknownIdError
from variorum.ledger import Ledger
from variorum.model import Article, Event, Extraction, Judgement, Mention, Problem, Ruling, Verdict
from variorum.pipeline import BuiltIn, edition, follow, run, write_edition
from variorum.pipeline.report import Report

# How many times as many histories to try, in another order each time: for a search before a release.
SEARCH = int(os.environ.get("VARIORUM_TEST_SEARCH", "0"))
TOWNS = ("Homs", "Mosul", "Goma")
SOURCES = ("the health ministry", "the Orontes clinic", "the city council", "")
OUTLETS = ("Tarn Post", "Dove Daily", "Wadi Herald")
PEOPLE = ("ada", "bo")
LEADS = (
    "{Dead} people were killed on {day} April when shells hit a market in {town}{said}.",
    "Shelling of {town} on {day} April killed {dead} people{said}. {Hurt} others were wounded.",
    "An air strike on {town} on {day} April killed {dead} people and wounded {hurt}{said}.",
)
WORDS = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
# Enough own words that two reports are no copies of each other, unless a history says so.
TAILS = (
    "The road to the harbour stayed closed until evening, and traders carried what was left of their goods home.",
    "Schools will open again after the holidays. A bakery two streets away gave out bread until its flour ran out.",
    "Rain kept most families inside that morning; the mosque nearby opened its doors to those who had nowhere to go.",
)


def tries(number: int) -> settings:
    """Give the settings of a property test: the same histories each time, unless a search is asked for.

    A history that fails is only made smaller on a search: that can take minutes.
    """
    return settings(
        phases=[phase for phase in Phase if SEARCH or phase not in (Phase.shrink, Phase.explain)],
        max_examples=part(number) * max(SEARCH, 1),
        deadline=None,
        derandomize=not SEARCH,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@dataclass(frozen=True, order=True)
class Story:
    """What one invented report tells."""

    town: int
    day: int  # of April 2031
    dead: int
    source: int
    lead: int
    outlet: int
    copied_by: int = 0  # outlets that print its text again, a day later each

    def rows(self) -> list[dict[str, str]]:
        """Give the lines of a .jsonl: the report and its copies."""
        return [self._row(place) for place in range(self.copied_by + 1)]

    def _row(self, place: int) -> dict[str, str]:
        source = SOURCES[self.source]
        dead, hurt = WORDS[self.dead], WORDS[(self.dead + 3) % len(WORDS)]
        lead = LEADS[self.lead].format(
            Dead=dead,
            dead=dead.lower(),
            Hurt=hurt,
            hurt=hurt.lower(),
            day=self.day,
            town=TOWNS[self.town],
            said=f", {source} said" if source else "",
        )
        text = f"Shelling kills {dead.lower()} in {TOWNS[self.town]}\n\n{lead}\n\n{TAILS[self.outlet]}\n"
        outlet = OUTLETS[(self.outlet + place) % len(OUTLETS)]
        name = f"{self.town}{self.day}{self.dead}{self.source}{self.lead}{self.outlet}{place}"
        return {
            "url": f"https://{outlet.split()[0].lower()}.invalid/{name}",
            "outlet": outlet,
            "published": f"2031-04-{self.day + 1 + place:02d}",
            "text": text,
        }


def stories(max_size: int = 6, min_size: int = 1, copies: int = 1) -> st.SearchStrategy[list[Story]]:
    """Random sets of reports; few towns and days, so that many tell of one event."""
    one = st.builds(
        Story,
        town=st.integers(0, 1),
        day=st.integers(3, 4),
        dead=st.integers(0, 2),
        source=st.integers(0, 3),
        lead=st.integers(0, 2),
        outlet=st.integers(0, 2),
        copied_by=st.integers(0, copies),
    )
    return st.lists(one, min_size=min_size, max_size=max_size, unique_by=lambda story: (*_key(story),))


def _key(story: Story) -> tuple[int, ...]:
    return story.town, story.day, story.dead, story.source, story.lead, story.outlet


_read = BuiltIn.__call__


@cache
def read_once(article: Article) -> Extraction | Problem:
    """Read an article as the pipeline does, the first time."""
    return _read(BuiltIn(), article)


def put(folder: Path, name: str, told: Sequence[Story]) -> Path:
    """Write reports as one .jsonl."""
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"{name}.jsonl"
    rows = [row for story in told for row in story.rows()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def take(ledger: Ledger, folder: Path, name: str, told: Sequence[Story], now: str) -> Report:
    """Run the pipeline over one more file of reports."""
    return run([put(folder, name, told)], ledger, now=now, workers=1)


def work_out(ledger: Ledger, now: str) -> Report:
    """Work the events out anew, as every command does that decides something."""
    report = Report()
    follow(ledger, report, command="judge", now=now)
    return report


def at(step: int) -> str:
    """Give the time of a step of a history."""
    return f"2031-05-03T10:{step // 60:02d}:{step % 60:02d}+00:00"


def judge(ledger: Ledger, left: Mention, right: Mention, verdict: Verdict, by: str, now: str) -> Judgement:
    """Write what a person said of two mentions."""
    first, second = sorted((left.id, right.id))
    row = Judgement(first, second, verdict, by, None, "read both", now)
    ledger.add_judgement(row)
    return row


def grouping(ledger: Ledger) -> dict[frozenset[str], Event]:
    """Give the events by the mentions they hold."""
    return {frozenset(event.mentions): event for event in ledger.events()}


def content(ledger: Ledger) -> dict[frozenset[str], tuple[Any, ...]]:
    """Give what the events say without their names, which hold the time of naming."""
    return {
        mentions: (event.kind, event.title, event.values, event.relations)
        for mentions, event in grouping(ledger).items()
    }


def exported(ledger: Ledger) -> str:
    """Give the export of a ledger."""
    return "".join(write_edition(edition(ledger), "jsonl"))


# ---------------------------------------------------------------- random histories


@dataclass(frozen=True)
class Deed:
    """One thing done to a ledger: which, to which mentions or reports, and how."""

    name: str
    first: int = 0
    second: int = 0
    choice: int = 0


DEEDS = ("take", "judge", "judge", "retract", "rule", "withdraw", "bring back", "work out")


def deeds(*names: str, min_size: int = 1, max_size: int = 10) -> st.SearchStrategy[list[Deed]]:
    """Random histories; deeds that make no sense at their time do nothing."""
    number = st.integers(0, 11)
    one = st.builds(Deed, st.sampled_from(names or DEEDS), number, number, st.integers(0, 3))
    return st.lists(one, min_size=min_size, max_size=max_size)


def do(ledger: Ledger, folder: Path, told: Sequence[Story], deed: Deed, step: int) -> None:
    """Do one deed, at the time of its step. `told` are the reports that can come."""
    now = at(step)
    if deed.name == "take":
        take(ledger, folder, f"late{step}", [told[deed.first % len(told)]], now)
    elif deed.name == "work out":
        work_out(ledger, now)
    elif deed.name in ("judge", "rule"):
        mentions = list(ledger.mentions())
        claims = list(ledger.claims())
        if deed.name == "judge" and len(mentions) > 1:
            left, right = mentions[deed.first % len(mentions)], mentions[deed.second % len(mentions)]
            verdict: Verdict = ("same", "different", "unsure", "same")[deed.choice]  # type: ignore[assignment]
            if left.id != right.id:
                judge(ledger, left, right, verdict, PEOPLE[(deed.first + deed.choice) % 2], now)
        elif deed.name == "rule" and claims:
            on = claims[deed.first * 7 % len(claims)]
            ledger.add_ruling(Ruling(on.id, "accept" if deed.choice else "reject", None, PEOPLE[0], "read it", now))
    elif deed.name == "retract":
        live = [row for row in ledger.decisions() if row.what.retracted is None]
        if live:
            ledger.retract(live[deed.first % len(live)].act, by=PEOPLE[0], at=now)
    elif deed.name == "withdraw":
        readings = list(ledger.readings())
        if readings:
            ledger.supersede(readings[deed.first % len(readings)].id)
    elif deed.name == "bring back":  # a run reads every article that has no live reading
        run([], ledger, now=now, workers=1)


def leads_to(ledger: Ledger, event_id: str) -> str:
    """Give the id of the live event that an id leads to, "" when a redirect says why nothing does any more."""
    withdrawn = {row.old: row.why for row in ledger.redirects() if row.new == ""}
    if event_id not in withdrawn:
        return ledger.event(event_id).id
    assert withdrawn[event_id]
    with pytest.raises(UnknownIdError):
        ledger.event(event_id)
    return ""
