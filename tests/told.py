"""Tiny factories for reports with events in them, in records: what a reader would have found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from variorum.model import Article, Claim, Mention, Stance, make_article, make_claim, make_mention, make_reading
from variorum.resolve.voices import Said, make_said

NOW = "2031-05-03T10:00:00Z"


@dataclass(frozen=True)
class Fact:
    """One value that a report gives for an event."""

    prop: str
    value: str
    scope: str | None = None
    source: str = ""
    stance: Stance = "asserts"
    quote: str = ""
    joint: str = ". "  # what stands between it and the fact before it


@dataclass(frozen=True)
class Told:
    """One report: its article, and the mention and claims of each event in it."""

    article: Article
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Happening:
    """What a report tells of one event."""

    kind: str
    facts: Sequence[Fact] = ()
    words: str = "It was reported"


def tell(
    name: str,
    *happenings: Happening,
    outlet: str | None = None,
    published: str | None = "2031-05-02",
    url: str | None = None,
) -> Told:
    """Write a report about some events; every fact's quote stands in its text."""
    text = f"{name}\n"
    spans: list[tuple[int, int, list[tuple[int, int]]]] = []
    for happening in happenings:
        start = len(text)
        text += happening.words
        places = []
        for fact in happening.facts:
            quote = fact.quote or f"{fact.prop} {fact.value}"
            text += fact.joint
            places.append((len(text), len(text) + len(quote)))
            text += quote
        spans.append((start, len(text), places))
        text += ".\n"
    article = make_article(
        url=url or f"file:{name}.txt",
        text=text,
        sha256="ab" * 32,
        fetched_at=NOW,
        outlet=outlet if outlet is not None else f"{name} Post",
        title=name,
        published=published,
        lang="en",
    )
    reading = make_reading(article.id, "by hand", "1")
    mentions = []
    claims = []
    for happening, (start, end, places) in zip(happenings, spans):
        mention = make_mention(article, reading.id, happening.kind, start, end)
        mentions.append(mention)
        for fact, (first, last) in zip(happening.facts, places):
            claims.append(
                make_claim(
                    mention,
                    article,
                    prop=fact.prop,
                    value=fact.value,
                    start=first,
                    end=last,
                    scope=fact.scope,
                    source=fact.source,
                    stance=fact.stance,
                )
            )
    return Told(article, tuple(mentions), tuple(claims))


def said_in(*reports: Told, copies: dict[str, str] | None = None) -> list[Said]:
    """Give the voices of all claims of some reports; `copies` leads from a copy's title to its original's."""
    by_title = {report.article.title: report.article.id for report in reports}
    roots = {report.article.id: report.article.id for report in reports}
    for copy, original in (copies or {}).items():
        roots[by_title[copy]] = by_title[original]
    return make_said(
        (claim for report in reports for claim in report.claims),
        {mention.id: mention.article_id for report in reports for mention in report.mentions},
        {report.article.id: report.article for report in reports},
        roots,
    )


def texts_of(*reports: Told) -> dict[str, str]:
    """Lead from article id to text."""
    return {report.article.id: report.article.text for report in reports}


@dataclass(frozen=True)
class Spot:
    """An invented gazetteer entry."""

    name: str
    lat: float
    lon: float
    radius_km: float
    feature: str
    country: str = "XA"
    admin1: str = ""


class Map:
    """A gazetteer of invented places: two provinces with towns, a sea, and a country next door."""

    SPOTS: ClassVar[dict[str, Spot]] = {
        "ne:north": Spot("North", 35.5, 40.0, 90, "admin1"),
        "ne:south": Spot("South", 33.5, 40.0, 90, "admin1"),
        "gn:wadi": Spot("Qasr al-Wadi", 35.4, 40.1, 5, "city", admin1="ne:north"),
        "gn:tarn": Spot("Tarn", 35.45, 40.15, 5, "city", admin1="ne:north"),
        "gn:ridge": Spot("Ridge", 33.2, 40.3, 5, "city", admin1="ne:south"),
        "gn:far": Spot("Far Harbour", 20.0, 10.0, 5, "city", country="XB", admin1="ne:far"),
        "ne:XA": Spot("Arvand", 34.5, 40.0, 300, "country"),
        "ne:XB": Spot("Bessarin", 20.0, 10.0, 300, "country", country="XB"),
    }

    def entry(self, id: str) -> Spot | None:
        """Give the place of an id."""
        return self.SPOTS.get(id)
