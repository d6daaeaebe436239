"""What a clause reports: the frame record, and whether it is an event of its day or background.

Invariant: what is a running total, a capability, history, a plan or a situation under way never becomes an event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from variorum.extract.sentences import Sentence
from variorum.extract.tolls import Toll
from variorum.extract.triggers import Trigger, load_cues
from variorum.model import Found
from variorum.schema import load_schema

Realis = Literal["event", "total", "aggregate", "capability", "history", "planned", "ongoing"]

VIOLENT = frozenset({"strike", "bombing", "clash", "attack", "execution", "chemical", "destruction"})
# Which kind names a clause that has words of several: a toxic agent outranks the strike that carried it, a harm word
# ("killed") says least.
RANK = {
    "chemical_attack": 0,
    "execution": 1,
    "abduction": 2,
    "strike": 3,
    "bombing": 4,
    "siege.broken": 5,
    "siege.laid": 6,
    "ceasefire.broken": 5,
    "transfer.arrived": 6,
    "transfer.departed": 6,
    "release": 6,
    "territory.taken": 7,
    "territory.lost": 7,
    "deployment.withdrawn": 8,
    "deployment.sent": 9,
    "ceasefire": 9,
    "agreement": 10,
    "talks": 11,
    "attack": 12,
    "clash": 13,
    "arrest": 14,
    "protest": 15,
    "territory.withdrawal": 16,
    "territory.advance": 17,
    "displacement": 18,
    "destruction": 19,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What one clause (or several of one sentence) reports: a kind, where the words stand, the values beside them.

    `start`, `end` and all value offsets count in the sentence's text.
    """

    kind: str
    generic: bool  # only harm words: the kind is what the context says
    realis: Realis
    sentence: Sentence
    start: int
    end: int
    triggers: tuple[Trigger, ...]
    reference: bool = False
    definite: bool = False
    fresh: bool = False
    indefinite: bool = False
    dates: tuple[Found, ...] = ()
    said: tuple[Found, ...] = ()
    times: tuple[Found, ...] = ()
    places: tuple[Found, ...] = ()
    names: tuple[Found, ...] = ()
    weapons: tuple[Found, ...] = ()
    platforms: tuple[Found, ...] = ()
    quantities: tuple[Found, ...] = ()
    tolls: tuple[Toll, ...] = ()
    before: tuple[Found, ...] = ()  # names of the sentence before the frame: the subject of "…, breaking the siege"

    @property
    def text(self) -> str:
        """The words of the frame's clauses."""
        return self.sentence.text[self.start : self.end]

    @property
    def family(self) -> str:
        """The family of the frame's kind."""
        return load_schema().family(self.kind)


# "tested since Sunday, when four were killed": the day of the killing.
SINCE_WHEN = re.compile(r"\bsince [^,.;]{2,25}, when\b", re.I)
PLURAL_COUNT = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|a dozen|half a dozen|\d+|dozens of|hundreds of|several"
    r"|more than \w+)(?: [\w-]+){0,3}$",
    re.I,
)
# A reproach of conduct over time, not an event: "rights groups have accused all sides of shelling towns".
ACCUSED = re.compile(r"\b(?:has|have) (?:\w+ )?(?:accused|condemned|criticised|criticized|warned)\b", re.I)
PLAN_OF_HARM = re.compile(r"\b(?:to|will|would|could|might|should|not|of|in|by)(?: \w+)? $", re.I)
THIS_YEAR = re.compile(r"\b(?:this|last) (?:year|month|summer|winter|spring|autumn)\b|\bso far\b", re.I)
PAST_MODAL = re.compile(r"\b(?:may|might|could|would|should)(?: not)? have\b|\bmay be\b", re.I)


def find_realis(frame: Frame, *, alone: bool, anchor: str | None) -> Realis:
    """Tell an event of its day from a total, a capability, history, a plan or a situation under way."""
    cues = load_cues().background
    text = frame.sentence.text
    scope = text if alone else frame.text
    head = min(frame.triggers, key=lambda trigger: (trigger.role == "harm", RANK.get(trigger.kind, 99), trigger.start))
    before = text[max(frame.start, head.start - 70) : head.start]
    if cues["capability"].search(scope) and not frame.tolls and not frame.dates:
        return "capability"
    counted = head.role == "noun" and PLURAL_COUNT.search(text[: head.end].rsplit(" ", 1)[0])
    if counted and not frame.tolls and (cues["total"].search(scope) or THIS_YEAR.search(scope)):
        return "aggregate"
    since = any(found.extra.get("since") and not _is_recent(found.value, anchor) for found in frame.dates)
    if not since and any(found.extra.get("since") for found in frame.dates):
        # "have fled since Tuesday" is one flight; "have been killed since Tuesday" counts several events
        dated = SINCE_WHEN.search(frame.sentence.text)
        days = [found.value for found in frame.dates if found.extra.get("since")]
        short = all(_is_recent(day, anchor, days=3) for day in days)
        return "total" if frame.family in VIOLENT and frame.tolls and not dated and not short else "event"
    if since or cues["total"].search(scope) or any(toll.total for toll in frame.tolls):
        plain = [found for found in frame.dates if not found.extra.get("since") and len(found.value) == 10]
        if not plain:
            return "total"
    planned = list(cues["planned"].finditer(before))
    # "thwarted an attack, killing two commanders": the dead are no plan
    done = any(
        toll.prop == "killed" and not toll.total and not PLAN_OF_HARM.search(text[: toll.cue_start][-40:])
        for toll in frame.tolls
    )
    if planned and head.role != "harm" and not done and not PAST_MODAL.search(before):
        gap = before[planned[-1].end() :]
        if len(gap.split()) <= 2 and not re.search(r"[,;]", gap):
            return "planned"
    prevented = cues["prevented"].search(before)
    if prevented and head.role != "harm" and not done and len(before[prevented.end() :].split()) <= 4:
        return "planned"
    if planned and head.role == "harm" and not PAST_MODAL.search(before) and not before[planned[-1].end() :].strip():
        return "planned"
    if _is_old(frame, anchor):
        return "history"
    if ACCUSED.search(text[frame.start : head.start]) and not frame.tolls and not frame.dates:
        return "ongoing"
    details = frame.tolls or any(len(found.value) >= 10 for found in frame.dates)
    if not details:
        lead = text[max(0, head.start - 60) : head.end]
        for match in cues["ongoing"].finditer(lead):
            if len(lead[match.end() : min(60, head.start)].split()) <= 2:
                return "ongoing"
        if cues["ongoing_after"].match(text, head.end):
            return "ongoing"
        history = cues["history"].search(frame.text)
        if history and not re.match(r"in (?:19|20)\d\d", history.group(), re.I):
            return "history"
    return "event"


def _is_recent(day: str, anchor: str | None, days: int = 14) -> bool:
    """Tell whether a day "since" which something goes on lies within so many days of the report."""
    if anchor is None:
        return day.startswith("rel:")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return False
    return (date.fromisoformat(anchor[:10]) - date.fromisoformat(day)).days <= days


def _is_old(frame: Frame, anchor: str | None) -> bool:
    """Tell whether the clause's own dates lie more than two months before the report, which is history, not news."""
    days = [found.value for found in frame.dates if re.match(r"\d{4}", found.value)]
    if not days:
        return False
    if anchor is None:
        # Without a publication date a bare past year ("in 2013") is history; a full date may be the news itself.
        return all(len(day) == 4 for day in days)
    year, month = int(anchor[:4]), int(anchor[5:7])
    limit = f"{year - (month <= 2):04d}-{(month - 3) % 12 + 1:02d}"
    return all(
        (day.split("/")[-1] + "-12")[:7] < limit if len(day) == 4 else day.split("/")[-1][:7] < limit for day in days
    )
