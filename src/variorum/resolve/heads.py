"""How many people one report tells of: its figures where it counts, else the persons it tells one by one.

Invariant: no claim is changed; what is added up stands beside the claims that say it, and its basis names the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from variorum.model import Settled
from variorum.resolve.terms import bounds, order
from variorum.resolve.voices import Said

PROPS = ("killed", "injured")
# Sentences after the first harm told in which a figure counts the event rather than a year or a city, and a person told
# apart belongs to it.
COUNTED = 8
# Scopes of persons, of whom no one is in two: "two men and a girl" are three.
APART = frozenset({"men", "women", "children", "police", "attackers"})
_NUMBER = re.compile(
    r"^(?:\W*(?:at least|about|nearly|some|the|all|up to|more than|only|just|a total of) )*"
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?!-)",
    re.I,
)
_MORE = re.compile(r"^\W*(?:another\b|(?:the )?\w+ (?:more|others?|additional)\b)", re.I)
_PART = re.compile(r"\b(?:including|among them|among the \w+|of them|of whom|were)\W[^.;]{0,30}$", re.I)
_HIMSELF = re.compile(r"\b(?:himself|herself)\b", re.I)
_KILLING = re.compile(r"\b(?:kills?|killed|killing|shot|murder(?:ed|s|ing)|shooting)\W+(?:[\w-]+ ){0,3}$", re.I)
_WITH_HIM = re.compile(
    r"\bincluding (?:the |a |an |one )?(?:\w+ )?(?:gunman|shooter|suspects?|attacker|assailant|himself)\b", re.I
)
_STOP = re.compile(r"[.!?][\"”’']?\s|\n")


def add_heads(said: Sequence[Said], texts: Mapping[str, str]) -> tuple[list[Said], list[Said]]:
    """Give what is said with each report's number of all people killed and injured, and the figures that it outranks.

    Persons told one by one are as many as the report tells apart; beside a figure they are among those it counts.
    Those shot are hurt or dead: of an upper bound beside the report's dead the rest is hurt. What one voice of a report
    counts first is the event's figure; a later one, most often of another event, is outranked.
    """
    reports: dict[str, list[Said]] = {}
    for one in said:
        if one.claim.prop in PROPS and one.claim.stance != "denies":
            reports.setdefault(one.article_id, []).append(one)
    added: list[Said] = []
    outranked: list[Said] = []
    gone: set[str] = set()
    for article_id, rows in reports.items():
        text = texts.get(article_id, "")
        first = min(one.claim.start for one in rows)
        killed = _count([one for one in rows if one.claim.prop == "killed"], text, first)
        dead = sum(one.claim.value == "1" for one in rows if one.claim.prop == "killed")
        injured = _count([one for one in rows if one.claim.prop == "injured"], text, first)
        total = bounds("count", killed[0]) if killed is not None else None
        if injured is not None and injured[0].startswith(".."):
            injured = _without_the_dead(injured, int(total[0]) if total is not None and total[0] > 0 else dead)
        for prop, found in (("killed", killed), ("injured", injured)):
            mine = [one for one in rows if one.claim.prop == prop and one.scope == "all" and one.claim.value != "0"]
            if found is None:
                gone |= {one.claim.id for one in mine if one.claim.value.startswith("..")}
                continue
            value, told = found
            voices = {one.speaker for one in told}
            later = [one for one in mine if one.speaker in voices and one not in told and not _gives_way(one)]
            outranked += [one for one in later if order("count", value, one.claim.value) == "disjoint"]
            gone |= {one.claim.id for one in (*mine, *outranked) if one in outranked or _gives_way(one)}
            gone |= {one.claim.id for one in told if one.scope == "all"}
            added += [replace(one, claim=replace(one.claim, value=value, scope="all")) for one in told]
    kept = [one for one in said if not (one.claim.id in gone and one.scope == "all")]
    return sorted([*kept, *added], key=lambda one: one.turn), outranked


def is_person(said: Said) -> bool:
    """Tell whether a claim speaks of one person told apart, "a man", not of a count, "one dead"."""
    return said.claim.value == "1" and _NUMBER.match(said.claim.quote) is None


def _gives_way(one: Said) -> bool:
    return is_person(one) or one.claim.value.startswith("..")


def _count(rows: Iterable[Said], text: str, first: int) -> tuple[str, list[Said]] | None:
    """Give the number of all people of one report with the claims it rests on; None where nothing is to be added."""
    told = sorted(rows, key=lambda one: (one.claim.start, one.claim.end))
    persons = [one for one in told if is_person(one) and len(_STOP.findall(text, first, one.claim.start)) <= COUNTED]
    figures = [one for one in told if not is_person(one) and one.claim.value != "0"]
    figures = [one for one in figures if _PART.search(text[max(0, one.claim.start - 60) : one.claim.start]) is None]
    lead = next((one for one in figures if bounds("count", one.claim.value) is not None), None)
    if lead is not None and persons and len(_STOP.findall(text, first, lead.claim.start)) > COUNTED:
        lead = None  # persons told at the start, and a figure far behind them
    if lead is None:
        return (str(len(persons)), persons) if persons else None
    if not lead.claim.value.removeprefix("..").isdigit():
        return (lead.claim.value, [lead]) if lead.scope == "all" else None
    beside = [
        one
        for one in figures
        if one.claim.value.isdigit()
        and one.claim.start >= lead.claim.start
        and _STOP.search(text[lead.claim.end : one.claim.start]) is None
    ]
    whole = next((one for one in beside if one.scope == "all"), None)
    if lead.scope != "all" and whole is None and {one.scope for one in beside} <= APART:
        kinds = {one.scope: one for one in reversed(beside)}
        number, support = sum(int(one.claim.value) for one in kinds.values()), list(kinds.values())
    elif lead.scope == "all":
        number, support = int(lead.claim.value.removeprefix("..")), [lead]
    else:
        return None
    if lead.claim.value.startswith(".."):
        return lead.claim.value, [lead]
    if _MORE.match(lead.claim.quote):
        before = [one for one in persons if one.claim.start < lead.claim.start]
        number, support = number + len(before), [*before, *support]
    himself = [one for one in persons if _HIMSELF.fullmatch(one.claim.quote.strip())]
    near = text[max(0, lead.claim.start - 300) : lead.claim.end + 300]
    if himself and _KILLING.search(text[: lead.claim.start][-50:]) and not _WITH_HIM.search(near):
        number, support = number + 1, [*support, *himself[:1]]
    return str(number), support


def _without_the_dead(injured: tuple[str, list[Said]], dead: int) -> tuple[str, list[Said]] | None:
    """Give the hurt among those shot."""
    shot = int(injured[0].removeprefix(".."))
    return (str(shot - dead), injured[1]) if shot > dead else None


def without_the_dead(
    injured: Sequence[Said], settled: Sequence[Settled], killed: Sequence[Said]
) -> tuple[list[Said], list[Said]]:
    """Give the figures of the injured that fit the settled figure of the killed, and those of people who died since.

    Reports that tell fewer dead are earlier or know less: their wounded may be the dead of the others.
    """
    row = next((row for row in settled if (row.prop, row.scope) == ("killed", "all")), None)
    total = bounds("count", row.value) if row is not None else None
    if row is None or total is None or total[0] <= 0:
        return list(injured), []
    agreeing = {one.article_id for one in killed if one.claim.id in row.support}
    beside = [one for one in injured if one.article_id in agreeing]
    if beside or not any(one.article_id not in agreeing for one in injured):
        return (beside or list(injured)), []
    least: dict[str, float] = {}
    for one in killed:
        span = bounds("count", one.claim.value)
        least[one.article_id] = max(least.get(one.article_id, 0.0), span[0] if span is not None else 0.0)
    died = [one for one in injured if _most(one) <= total[0] - least.get(one.article_id, 0.0)]
    return [one for one in injured if one not in died], died


def _most(one: Said) -> float:
    span = bounds("count", one.claim.value)
    return span[1] if span is not None else float("inf")
