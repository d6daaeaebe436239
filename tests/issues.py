"""A small issue for writers: four events in parts of one, with a copy, a dispute, a hostile quote, a month and no year.

Every place but one, body and report is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from told import Fact, Happening, Told, tell
from variorum.model import Copy, Event, Related, Relation, Settled, Structure, make_counted
from variorum.pipeline.places import gazetteer
from variorum.publish.cite import Cited
from variorum.publish.issue import Issue, issue_of
from variorum.publish.jsonl import Edition, make_edition
from variorum.publish.profile import Redaction
from variorum.publish.redact import redact

HASH = "9c1e" * 16
DAY = "2031-05-09"
QUOTE = 'He said: "</script><b>&\\" \x01\x7f \u202eevoba\u202c ٣ قتلى 😀 @misc{x, TY  - #1 *bold* [a](b)'
TITLE = 'Strike </script><img src=x onerror=alert(1)> "near" *Tarn* [x](javascript:y) \u202e& # @ {'

FIRST = tell(
    "Shelling in Ansongo",
    Happening(
        "strike",
        [
            Fact("date", "2031-05-02", quote="on Friday"),
            Fact("place", "gn:2461003", quote="Ansongo"),
            Fact("killed", "12", "civilians", "health ministry", quote="12 civilians"),
            Fact("cause", QUOTE, source='the "ministry"\n', stance="hedges", quote=QUOTE),
            Fact("distance", "300..420 km", quote="300-420 kilometres"),
        ],
    ),
    outlet="Tarn Post",
    url='javascript:alert(1)//"<x>',
)
COPY = tell(
    "Shelling in Ansongo, copied",
    Happening("strike", [Fact("killed", "13", "civilians", quote="13 civilians")]),
    outlet="Quiet Herald",
    published="2031-05-02T18:30:00+00:00",
)
LATER = tell(
    "Four days of May",
    Happening("strike", [Fact("killed", "39..", "civilians", "health ministry", quote="at least 39 civilians")]),
    Happening(
        "attack",
        [Fact("date", "2031-06", quote="in June"), Fact("killed", "0", "all", "health ministry", quote="No one")],
    ),
    Happening("attack", [Fact("date", "2031-06-03/2031-06-05", quote="for three days")]),
    Happening("clash", [Fact("date", "XXXX-08-04", quote="on 4 August")]),
    outlet="Harbour Times",
    published="2031-06-09",
)


def settled(*claims: int, of: Told, status: str = "single", against: Sequence[str] = ()) -> Settled:
    """The value of the first of some claims of a report, with all of them behind it."""
    rows = [of.claims[number] for number in claims]
    sources = tuple(sorted({row.source for row in rows}))
    support = tuple(row.id for row in rows)
    first = rows[0]
    return Settled(
        first.prop,
        first.scope,
        first.value,
        status,
        support,
        tuple(against),
        1,
        sources,
        0,
        "said alone",  # type: ignore[arg-type]
    )


def events() -> list[Event]:
    """The events, by date."""
    killed, copied, revised = FIRST.claims[2].id, COPY.claims[0].id, LATER.claims[0].id
    relations = (
        Relation("revised", "killed", killed, revised, "health ministry: up, 12 to at least 39"),
        Relation("drift in copies", "killed", killed, copied, "the original says 12, the copy 13"),
        Relation("contradicts", "distance", FIRST.claims[4].id, revised, "no such pair, for the test"),
        Relation("impossible", "distance", FIRST.claims[4].id, None, "420 km is 261 miles"),
    )
    strike = Event(
        "evt_1STR",
        "strike",
        TITLE,
        (FIRST.mentions[0].id, COPY.mentions[0].id, LATER.mentions[0].id),
        (
            settled(0, of=FIRST),
            settled(1, of=FIRST),
            settled(0, of=LATER, status="contested", against=[copied]),
            settled(3, of=FIRST),
            settled(4, of=FIRST),
        ),
        relations,
        4,
    )
    month = Event(
        "evt_2MON",
        "attack",
        "Attack, June 2031",
        (LATER.mentions[1].id,),
        (settled(1, of=LATER), settled(2, of=LATER)),
        (),
    )
    days = Event("evt_3DAY", "attack", "Attack, 3 to 5 June 2031", (LATER.mentions[2].id,), (settled(3, of=LATER),), ())
    undated = Event("evt_4UND", "clash", "Fighting", (LATER.mentions[3].id,), (settled(4, of=LATER),), ())
    return [strike, month, days, undated]


def whole() -> Edition:
    """All of it in memory."""
    told = [FIRST, COPY, LATER]
    start = LATER.article.text.index("Four")
    counted = make_counted(
        LATER.mentions[1],
        LATER.article,
        start=start,
        end=start + 4,
        stated="4",
        what="days",
        since="2031-05-01",
        until="2031-06-09",
        places=(),
        events=("evt_1STR", "evt_2MON"),
    )
    report = LATER.article.id
    tie = Related("evt_2MON", "evt_1STR", "later in", "the same place", report, start, start + 4, "Four", (report,))
    found = make_edition(
        events(),
        mentions=[mention for one in told for mention in one.mentions],
        claims=[claim for one in told for claim in one.claims],
        articles=[one.article for one in told],
        copies=[Copy(COPY.article.id, FIRST.article.id, 0.9137)],
        gazetteer=gazetteer(),
        between=Structure((tie,), (counted,), ()),
    )
    # A claim of a copy speaks with the voice of its original.
    return replace(found, voices={COPY.claims[0].id: "health ministry"})


@dataclass
class Asked:
    """An issue, and how many of its parts were asked for so far."""

    issue: Issue
    parts: int = 0
    told: list[str] = field(default_factory=list)  # what a format said that it cannot hold


def ask(*, redacted: bool = False, none: bool = False) -> Asked:
    """Give the issue in parts of one event; redacted, without the words of the copy; or with no event at all."""
    edition = whole()
    if redacted:
        edition = redact(edition, Redaction(withheld=frozenset({COPY.article.id})))
    asked = Asked(issue_of(edition))

    def parts() -> Iterator[Edition]:
        for event in [] if none else edition.events:
            asked.parts += 1
            yield replace(edition, events=[event])

    def cited(part: Edition) -> dict[str, Cited]:
        rows = part.events
        return {row.id: Cited(f"EV-{row.id[4:]}", row.title, "", row.version, DAY, HASH, DAY, "") for row in rows}

    asked.issue = replace(
        asked.issue,
        parts=parts,
        cited=cited,
        ledger=HASH,
        made=DAY,
        leave_out=lambda _, words: asked.told.append(words),
    )
    return asked
