"""Turns a draft into claims: which value stands for which property, who said it and in which stance.

Invariant: every claim's span is the words its value was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from variorum.extract.actors import find_agents
from variorum.extract.answers import find_claims_of_responsibility, find_denials, find_own_denials
from variorum.extract.ascribed import find_ascribed
from variorum.extract.attribution import Attribution, source_at, stance_at
from variorum.extract.dayof import is_of_the_law
from variorum.extract.frames import DENIED
from variorum.extract.means import Draftclaim, find_means
from variorum.extract.mentions import Draft
from variorum.extract.realis import VIOLENT, Frame
from variorum.extract.roles import (
    find_actors,
    find_parties,
    find_requesters,
    find_responsibility,
    find_subjects,
    find_targets,
)
from variorum.extract.tollclaims import find_toll_claims
from variorum.extract.triggers import load_cues
from variorum.extract.whereabouts import find_places_told
from variorum.model import Article, Claim, Found, Mention, make_claim
from variorum.values.count import find_counts
from variorum.values.quantity import unit_of
from variorum.values.units import dimension

# The figures of people that a kind of event can have; a frame of another kind keeps only harm.
DISTANCE = re.compile(
    r"\b(?:distance|range|flew|travell?ed|away|over|fired|position|covered|from (?:their|its|the) targets?)\b", re.I
)
# "20 km (12 miles) north-east of the town" is part of the place, not how far something flew.
BEARING = re.compile(
    r"[\s-]*(?:away\s+)?(?:to\s+the\s+)?(?:(?:due|just)\s+)?(?:north|south|east|west)(?:ern|wards?)?(?:[\s-]?(?:east|west))?"
    r"\s+of\b",
    re.I,
)
LASTED = re.compile(
    r"\b(?:last(?:ed|ing)|for|during|after|through(?:out)?|of)\s+(?:(?:about|almost|nearly|more than|over"
    r"|at least)\s+)?$",
    re.I,
)
LONG = re.compile(
    r"^[\s-]*(?:long |old )?(?:[\w-]+ ){0,2}(?:siege|blockade|battle|clash(?:es)?|fighting|firefight|standoff"
    r"|offensive|truce|ceasefire|gun battle|raid|attack|shelling|bombardment|occupation)\b",
    re.I,
)
VEHICLES = re.compile(
    r"^[\s-]*(?:[\w-]+ ){0,2}(?:vehicles?|buses|trucks|lorries|cars|ambulances|coaches|minibuses|pickups?"
    r"|tankers)\b(?! bomb)",
    re.I,
)
NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
DAYS_BEFORE = re.compile(r"\b(?P<n>a|one|two|three|four|five|\d) days? (?:earlier|before|previously)\b", re.I)
OF_THE_STRIKE = re.compile(
    r"\b(?:the|their|its) (?:missiles?|rockets?|ships?|vessels?|submarines?|frigates?|drones?|aircraft|jets"
    r"|targets?)\b",
    re.I,
)
STANDS = re.compile(
    r"(?:The|It|This|That) (?:[\w-]+ ){0,3}?(?:stands|lies|is (?:located|situated|in|near|about)|sits)\b"
)
# What a sentence without a deed tells of the means of the one before: "Fragments of cruise missiles lay in the mud."
WIELDED = re.compile(
    r"\b(?:fired|firing|used|dropped|launched|threw|thrown|throwing|armed with|remains of|fragments|craters?"
    r"|heard|seen|exploded|went off|detonated|landed|set off|killed with|released by|fired at)\b"
)
NOT_WIELDED = re.compile(
    r"\b(?:can|could|would|will|may|might|never|not|since|last (?:year|month)|in (?:19|20)\d\d|years? ago|bought|sold"
    r"|supplied|capable|range of|seized|found in|cache)\b"
)
# What a denial is about: it denies the deed, and these only say which deed is meant.
NAMING = frozenset({"date", "time", "place", "place_from", "target", "weapon", "platform", "munitions", "distance"})


def make_claims(
    article: Article,
    draft: Draft,
    mention: Mention,
    attributions: Sequence[Attribution],
    asides: Sequence[Frame] = (),
    harm: Sequence[Draftclaim] = (),
) -> list[Claim]:
    """Give the claims of one mention; `asides` are sentences without an event of their own that describe this one.

    `harm` are its killed and injured, which are read over all events that tell on of one another.
    """
    claims: dict[str, Claim] = {}
    for row in (*_values(draft, attributions, asides, article.published), *harm):
        attribution = source_at(attributions, row.start)
        source = row.source if row.source is not None else (attribution.source if attribution is not None else "")
        stance = row.stance
        if stance is None:
            sentence = next(
                frame.sentence
                for frame in (*draft.frames, *asides)
                if frame.sentence.start <= row.start < frame.sentence.end
            )
            stance = stance_at(sentence, row.start, attributions)
        if stance == "denies" and row.prop in NAMING:
            stance = "hedges"
        claim = make_claim(
            mention,
            article,
            prop=row.prop,
            value=row.value,
            start=row.start,
            end=row.end,
            scope=row.scope,
            source=source,
            stance=stance,
        )
        claims.setdefault(claim.id, claim)
    return list(claims.values())


def _values(
    draft: Draft,
    attributions: Sequence[Attribution],
    asides: Sequence[Frame],
    anchor: str | None,
) -> Iterator[Draftclaim]:
    kind = draft.kind
    background = kind.startswith("background.")
    for frame in draft.frames:
        base = frame.sentence.start
        yield from _shift(_dates(frame, anchor), base)
        yield from _shift(find_places_told(frame, kind, base, attributions), base)
        yield from _shift(find_toll_claims(frame, kind), base)
        yield from _shift(_quantities(frame, kind), base)
        if background:
            yield from _shift(find_means(frame), base)
            continue
        if draft.family in VIOLENT or draft.family == "deployment":
            yield from _shift(find_means(frame), base)
        yield from _shift(_roles(frame, draft.family, attributions), base)
        yield from find_denials(frame, attributions)
        yield from find_claims_of_responsibility(frame, attributions)
    if not any(frame.dates for frame in draft.frames) and not background:
        yield from _said_date(draft)
    yield from _sited_by_aside(draft, asides)
    if draft.family in VIOLENT and not background:
        told = {frame.sentence.index for frame in draft.frames}
        for aside in asides:
            if {aside.sentence.index - step for step in (1, 2, 3)} & told:
                accused = (
                    Draftclaim("actor", row.value, row.start, row.end)
                    for row in find_ascribed(aside.sentence.text, find_agents(aside))
                )
                yield from _shift(accused, aside.sentence.start)
                yield from find_own_denials(aside, attributions)
                if WIELDED.search(aside.sentence.text) and not NOT_WIELDED.search(aside.sentence.text):
                    yield from _shift(find_means(aside), aside.sentence.start)
    if draft.family == "strike":
        near = {frame.sentence.index for frame in draft.frames}
        for aside in asides:
            # "The ships were between 250 and 310 kilometres from their targets"
            if {aside.sentence.index - 1, aside.sentence.index - 2} & near and OF_THE_STRIKE.search(
                aside.sentence.text
            ):
                yield from _shift(_quantities(aside, kind), aside.sentence.start)
    if draft.family in {"protest", "transfer"}:
        told = {frame.sentence.index for frame in draft.frames}
        for aside in asides:
            # "Organisers put the crowd at 5,000"
            if {aside.sentence.index - 1, aside.sentence.index - 2} & told:
                yield from _shift(find_toll_claims(aside, kind), aside.sentence.start)
    if draft.family == "transfer":
        for aside in asides:
            rows = [
                row for row in _vehicles(aside) if not load_cues().background["planned"].search(aside.text[: row.start])
            ]
            yield from _shift(iter(rows), aside.sentence.start)


def _sited_by_aside(draft: Draft, asides: Sequence[Frame]) -> Iterator[Draftclaim]:
    """Give the place told in a sentence of its own, "The depot stands in X", where the draft names none."""
    if any(found.extra.get("feature") != "country" for frame in draft.frames for found in frame.places):
        return
    told = {frame.sentence.index for frame in draft.frames}
    for aside in asides:
        if aside.sentence.index - 1 in told and STANDS.match(aside.sentence.text):
            for found in aside.places:
                if not found.extra.get("metonym") and found.extra.get("feature") != "country":
                    base = aside.sentence.start
                    yield Draftclaim("place", found.value, base + found.start, base + found.end)


def _shift(rows: Iterator[Draftclaim], base: int) -> Iterator[Draftclaim]:
    for row in rows:
        yield Draftclaim(row.prop, row.value, row.start + base, row.end + base, row.scope, row.stance, row.source)


def _dates(frame: Frame, anchor: str | None) -> Iterator[Draftclaim]:
    for found in frame.dates:
        if len(found.value) == 4 and frame.realis == "event":
            continue  # a bare year dates a period, or a number taken for one
        if frame.family in VIOLENT and is_of_the_law(frame.sentence.text, found):
            continue
        if not found.extra.get("since"):
            yield Draftclaim("date", found.value, found.start, found.end)
        elif frame.realis == "event" and anchor is not None and len(found.value) == 10:
            yield Draftclaim("date", f"{found.value}/{anchor[:10]}", found.start, found.end)
    for found in frame.times:
        yield Draftclaim("time", found.value, found.start, found.end)


def _said_date(draft: Draft) -> Iterator[Draftclaim]:
    """Give the date of the saying as a hedged date: a statement of Tuesday tells that it happened by Tuesday."""
    for frame in draft.frames:
        if frame.said:
            found = frame.said[0]
            base = frame.sentence.start
            before = DAYS_BEFORE.search(frame.text)
            if before is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", found.value):
                # "said on Friday that fighters had captured the town a day earlier"
                number = before["n"].lower()
                count = int(number) if number.isdigit() else NUMBERS[number]
                day = date.fromisoformat(found.value) - timedelta(days=count)
                start = base + frame.start + before.start()
                yield Draftclaim("date", day.isoformat(), start, start + len(before.group()))
                return
            yield Draftclaim("date", found.value, base + found.start, base + found.end, stance="hedges")
            return


def _counts(frame: Frame) -> list[Found]:
    return [found for found in find_counts(frame.sentence.text) if frame.start <= found.start < frame.end]


def _quantities(frame: Frame, kind: str) -> Iterator[Draftclaim]:
    text = frame.sentence.text
    spans = [(place.start, place.end) for place in frame.places]
    for found in frame.quantities:
        if any(start <= found.start < end for start, end in spans):
            continue
        span = found.extra.get("converted_span")
        after = text[int(span.rpartition(":")[2]) if span else found.end :].lstrip(")]")
        if BEARING.match(after):
            continue
        around = text[max(frame.start, found.start - 50) : found.start] + text[found.end : found.end + 45]
        prop = ""
        if (
            dimension(unit_of(found.value)) == "length"
            and kind in {"strike", "background.capability"}
            and DISTANCE.search(around)
        ):
            prop = "distance"
        elif dimension(unit_of(found.value)) == "time" and (
            LONG.match(text[found.end :]) or LASTED.search(text[: found.start][-30:])
        ):
            long = LONG.match(text[found.end :])
            besieged = long is not None and re.search(r"siege|blockade", long.group(), re.I) is not None
            # "the two-year siege" in a report of a bombing is not how long the bombing took
            if (long and besieged == kind.startswith("siege")) or re.search(
                r"\blast(?:ed|ing) ", text[: found.start][-30:]
            ):
                prop = "duration"
        if not prop:
            continue
        yield Draftclaim(prop, found.value, found.start, found.end)
        if span:
            left, right = (int(part) for part in span.split(":"))
            yield Draftclaim(prop, found.extra["converted"], left, right)
    if kind.startswith("transfer"):
        yield from _vehicles(frame)


def _vehicles(frame: Frame) -> Iterator[Draftclaim]:
    text = frame.sentence.text
    for found in _counts(frame):
        match = VEHICLES.match(text[found.end :])
        if match:
            yield Draftclaim("vehicles", found.value, found.start, found.end)
    for match in re.finditer(r"\b(\d{1,3}|[a-z]+)-(?:vehicle|bus|truck|car)\b", text[frame.start : frame.end], re.I):
        for found in find_counts(match.group(1) + " vehicles"):
            start = frame.start + match.start(1)
            yield Draftclaim("vehicles", found.value, start, start + len(match.group(1)))


def _speaks(frame: Frame, found: Found, attributions: Sequence[Attribution]) -> bool:
    """Tell whether a name is part of who speaks: "Palestinian health officials said" names no perpetrator."""
    start = frame.sentence.start + found.start
    return any(row.source_start <= start < row.source_end for row in attributions)


def _roles(frame: Frame, family: str, attributions: Sequence[Attribution]) -> Iterator[Draftclaim]:
    for prop, rows in (
        ("actor", find_actors(frame, family)),
        ("target", find_targets(frame, family)),
        ("party", find_parties(frame, family)),
        ("requester", find_requesters(frame)),
        ("subject", find_subjects(frame, family)),
    ):
        for found in rows:
            head = min((trigger.start for trigger in frame.triggers), default=frame.end)
            if prop == "actor" and DENIED.search(frame.sentence.text[found.end : head]):
                # "The Front denied shelling": the deed is ascribed by others, and denied by the one named
                yield Draftclaim(prop, found.value, found.start, found.end, stance="denies", source=found.value)
            elif prop not in {"actor", "target"} or not _speaks(frame, found, attributions):
                yield Draftclaim(prop, found.value, found.start, found.end)
    for found, stance in find_responsibility(frame):
        yield Draftclaim("responsibility", found.value, found.start, found.end, stance=stance, source=found.value)
