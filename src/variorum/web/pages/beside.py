"""What stands beside an event: what nobody says, who has not reported, near misses, what people decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from variorum.errors import UnknownIdError
from variorum.ledger.outlets import count_beside, count_languages
from variorum.ledger.picked import pick_events_of, pick_mentions, pick_waiting
from variorum.ledger.reportlist import titles_of
from variorum.model import Event
from variorum.pipeline import Edition
from variorum.pipeline.tracing import find_decided
from variorum.schema import load_schema
from variorum.show.words import BACKWARDS, LANGUAGES
from variorum.web.asking import Asked

Row = dict[str, Any]
# What a coder asks of any event; of one that harms people also the tolls and the means.
ALWAYS = ("date", "place", "actor")
OF_HARM = ("killed", "injured", "target", "weapon")
HARMFUL = ("strike", "bombing", "clash", "attack", "execution", "chemical")  # families
WEEK = timedelta(days=7)
MOST = 12  # outlets named


def find_beside(asked: Asked, published: Edition, known: Event, found: Mapping[str, Any], *, today: bool) -> Row:
    """Give what stands beside an event; what follows from the ledger of today only where the page is of today.

    A site in a folder says nothing of the desk, and a redacted one only what stands in the edition.
    """
    beside: Row = {"not_stated": not_stated(found), "gives_no": gives_no(asked, published, found)}
    beside |= _between(asked, found)
    if today and not asked.redacted:
        beside |= {
            "not_reported": not_reported(asked, published, found),
            "near": near_misses(asked, found["id"], known.mentions),
        }
    if asked.folder is not None:
        return beside
    if today:
        beside["decisions"] = decisions_on(asked, known, found)
    if today or asked.as_of:  # a frozen version says nothing that a later reading can change
        beside["held_back"] = held_back(asked, found)
    return beside


def not_stated(found: Mapping[str, Any]) -> list[str]:
    """Give what no report of an event states, of what a coder asks."""
    wanted = ALWAYS + (OF_HARM if load_schema().family(found["kind"]) in HARMFUL else ())
    stated = {claim["prop"] for claim in found["claims"]}
    return [prop for prop in wanted if prop not in stated]


def gives_no(asked: Asked, published: Edition, found: Mapping[str, Any]) -> list[Row]:
    """Give which reports of their own do not state what others do: no date, no place, no number of dead."""
    copies = {copy.article_id for copy in published.copies}
    own = [id for id in found["articles"] if id not in copies]
    rows = []
    for prop in ("date", "place", "killed"):
        says = {claim["article"] for claim in found["claims"] if claim["prop"] == prop}
        silent = [asked.labels.articles[id] for id in own if id not in says]
        if says and silent:
            rows.append({"prop": prop, "reports": silent})
    return rows


def not_reported(asked: Asked, published: Edition, found: Mapping[str, Any]) -> Row:
    """Give who of this ledger has not reported an event: languages, and outlets that told of others near it.

    Near is the same country, within a week of the event's days. It is absence from this ledger, not silence.
    """
    own = {published.articles[id].lang for id in found["articles"]}
    every: dict[str, int] = asked.standing.keep(("languages",), lambda: count_languages(asked.ledger)).what
    # Where the language of one of its reports is not known, none can be said to be absent.
    languages = {lang: count for lang, count in every.items() if lang and lang not in own and "" not in own}
    outlets: dict[str, int] = {}
    place, when = found["place"], found["date"]
    if place and place["country"] and when and when["low"] and when["high"]:
        try:
            since = (date.fromisoformat(when["low"]) - WEEK).isoformat()
            until = (date.fromisoformat(when["high"]) + WEEK).isoformat()
            outlets = count_beside(asked.ledger, place["country"], since, until)
        except (ValueError, OverflowError):  # a date of a year only, or at the edge of the calendar
            outlets = {}
    silent = {name: count for name, count in outlets.items() if name not in found["outlets"]}
    first = sorted(silent, key=lambda name: (-silent[name], name))
    return {
        "unknown": [asked.labels.articles[id] for id in found["articles"] if not published.articles[id].lang],
        "languages": [
            {"lang": lang, "name": LANGUAGES.get(lang, lang), "articles": languages[lang]}
            for lang in sorted(languages, key=lambda lang: (-languages[lang], lang))
        ],
        "outlets": [{"outlet": name, "events": silent[name]} for name in first[:MOST]],
        "more": max(0, len(first) - MOST),
    }


def near_misses(asked: Asked, event_id: str, mentions: tuple[str, ...]) -> list[Row]:
    """Give the events that the matcher kept apart from this one though they were near, the nearest first."""
    pairs = pick_waiting(asked.ledger, mentions)
    event_of = pick_events_of(asked.ledger, {id for row in pairs for id in (row.left, row.right)})
    article_of = {
        m.id: m.article_id for m in pick_mentions(asked.ledger, {i for r in pairs for i in (r.left, r.right)})
    }
    titles = titles_of(asked.ledger, {*event_of.values()})
    rows: dict[str, Row] = {}
    for row in pairs:
        ours, theirs = (row.left, row.right) if row.left in mentions else (row.right, row.left)
        other = event_of.get(theirs)
        if other is None or other == event_id or other in rows or ours not in article_of or theirs not in article_of:
            continue
        rows[other] = {
            "id": other,
            "label": asked.labels.events.get(other, other),
            "title": titles[other],
            "score": row.score,
            "why": row.note or "not enough to join",
            "left": asked.labels.articles[article_of[ours]],
            "right": asked.labels.articles[article_of[theirs]],
        }
    return list(rows.values())


def decisions_on(asked: Asked, known: Event, found: Mapping[str, Any]) -> list[Row]:
    """Give every decision on an event's mentions, claims and reports, the newest first, those taken back too."""
    wanted = {*known.mentions, *(claim["id"] for claim in found["claims"]), *found["articles"]}
    rows = find_decided(asked.ledger, wanted, asked.labels, taken_back=True, every_row=False)
    return [asdict(row) for row in reversed(rows)]


def held_back(asked: Asked, found: Mapping[str, Any]) -> list[Row]:
    """Give what was held back in the reports of an event: read, but with no words for it in the text."""
    return [
        {
            "id": row.id,
            "report": asked.labels.articles[id],
            "prop": row.prop,
            "value": row.value,
            "quote": row.quote,
            "why": row.why,
        }
        for id in found["articles"]
        for row in asked.ledger.held_back(id)
    ]


def _between(asked: Asked, found: Mapping[str, Any]) -> Row:
    related = []
    for tie in found["related"]:
        ahead = tie["left"] == found["id"]
        other = tie["right"] if ahead else tie["left"]
        try:
            title = "" if asked.redacted else asked.ledger.event(other).title
        except UnknownIdError:
            continue
        related.append(
            {
                "name": tie["name"] if ahead else BACKWARDS[tie["name"]],
                "id": other,
                "label": asked.labels.events.get(other, other),
                "title": title,
                "quote": tie["quote"],
                "report": asked.labels.articles[tie["article"]],
                "why": tie["why"],
            }
        )
    counted = [count | {"report": asked.labels.articles[count["article"]]} for count in found["counted"]]
    return {"related": related, "counted": counted}
