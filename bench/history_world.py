"""A small invented world for random histories: its reports, and a reader of which each version finds other things.

Invariant: what a version finds in a report depends on the two alone, so that reading again finds the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from variorum.model import Article, Extraction, Stance, make_article, make_claim, make_mention, make_reading

FETCHED = "2031-05-01T08:00:00+00:00"
TOWNS = (("Aleppo", "gn:170063"), ("Latakia", "gn:173576"), ("Mayadin", "gn:173480"))
SOURCES = ("the ministry", "the clinic", "")
OUTLETS = ("Tarn Post", "Dove Daily", "Wadi Herald", "Ridge Times")
KINDS = ("strike", "strike", "attack", "clash")
# What a kind is read as by a better reader: another that can be the same event, or one that cannot.
NEAR_KINDS = {"strike": "bombing", "bombing": "attack", "attack": "clash", "clash": "attack", "talks": "agreement"}
VERSIONS = ("1", "2", "3", "4")
CHANGES = ("none", "none", "cut", "wider", "split", "join", "kind", "other kind", "background", "drop", "claims")


@dataclass(frozen=True)
class Said:
    """One claim as the reader would find it."""

    prop: str
    value: str
    scope: str | None
    source: str
    start: int
    end: int
    stance: Stance = "asserts"


@dataclass(frozen=True)
class Passage:
    """One mention as the reader would find it."""

    kind: str
    start: int
    end: int
    said: tuple[Said, ...]


@dataclass(frozen=True)
class World:
    """The reports that can come, copies among them, and what stands in each."""

    seed: int
    articles: tuple[Article, ...]
    passages: dict[str, tuple[Passage, ...]]


@dataclass(frozen=True)
class Fake:
    """A reader that knows what stands in the reports; each version finds it in its own way."""

    world: World
    version: str = "1"
    extractor: str = "invented"
    server: str = ""
    langs: tuple[str, ...] | None = None

    def prepare(self) -> None:
        """Nothing is to be loaded."""

    def __call__(self, article: Article) -> Extraction:
        """Give what this version finds in a report."""
        chance = random.Random(f"{self.world.seed} {self.version} {article.text}")
        passages = self.world.passages[article.id]
        if self.version != "1":
            passages = tuple(_otherwise(passages, article.text, chance))
        reading = make_reading(article.id, self.extractor, self.version)
        mentions, claims = {}, {}
        for passage in passages:
            mention = make_mention(article, reading.id, passage.kind, passage.start, passage.end)
            mentions[mention.id] = mention
            for said in passage.said:
                claim = make_claim(
                    mention,
                    article,
                    prop=said.prop,
                    value=said.value,
                    start=said.start,
                    end=said.end,
                    scope=said.scope,
                    source=said.source,
                    stance=said.stance,
                )
                claims[claim.id] = claim
        return Extraction(reading, tuple(mentions.values()), tuple(claims.values()))


def make_world(seed: int) -> World:
    """Make up a few events near to each other, and reports of one to three of them."""
    chance = random.Random(seed)
    town = chance.randrange(3)
    events = []
    for _ in range(chance.randint(2, 4)):
        place = TOWNS[town if chance.random() < 0.7 else chance.randrange(3)]
        events.append((chance.choice(KINDS), chance.choice((3, 3, 4)), place, chance.randint(2, 6)))
    articles: list[Article] = []
    passages: dict[str, tuple[Passage, ...]] = {}
    for number in range(chance.randint(4, 7)):
        told = [chance.choice(events) for _ in range(chance.choice((1, 1, 2, 3)))]
        text, found = _write(f"Report {number} of world {seed % 97}\n", told, chance)
        day = chance.choice((4, 5, 5, 6))
        for copy in range(chance.choice((1, 1, 1, 2))):
            outlet = OUTLETS[(number + copy) % len(OUTLETS)]
            article = make_article(
                url=f"https://{outlet.split()[0].lower()}.invalid/{seed}/{number}/{copy}",
                text=text,
                sha256="ab" * 32,
                fetched_at=FETCHED,
                outlet=outlet,
                title=text.split("\n")[0],
                published=f"2031-04-{day + copy:02d}" if chance.random() < 0.9 else None,
                lang="en",
            )
            articles.append(article)
            passages[article.id] = found
    return World(seed, tuple(articles), passages)


def _write(
    title: str, told: Sequence[tuple[str, int, tuple[str, str], int]], chance: random.Random
) -> tuple[str, tuple[Passage, ...]]:
    text = title
    passages = []
    for kind, day, (town, place), dead in told:
        start = len(text)
        said: list[Said] = []
        source, other = chance.choice(SOURCES), chance.choice(SOURCES)
        figure = dead if chance.random() < 0.8 else dead + 1
        street = chance.randint(10, 99)
        for words, prop, value, scope in (
            (f"{figure}", "killed", f"{figure}", "all"),
            (f" people died near street {street}", "", "", None),
            *(
                ((" on ", "", "", None), (f"{day} April", "date", f"2031-04-{day:02d}", None))
                if chance.random() < 0.8
                else ()
            ),
            *(((" in ", "", "", None), (town, "place", place, None)) if chance.random() < 0.8 else ()),
            (f", {source or 'it was heard'} said. ", "", "", None),
        ):
            if prop:
                said.append(Said(prop, value, scope, source, len(text), len(text) + len(words)))
            text += words
        hurt = figure + chance.randint(1, 3)
        said.append(Said("injured", f"{hurt}", "all", other, len(text), len(text) + len(f"{hurt}")))
        text += f"{hurt} others were hurt by glass at house {chance.randint(10, 99)}, {other or 'it seems'}."
        passages.append(Passage(kind, start, len(text), tuple(said)))
        text += "\n"
    return text, tuple(passages)


def _otherwise(passages: Sequence[Passage], text: str, chance: random.Random) -> Iterator[Passage]:
    """Yield what a later version finds in place of what the first one found."""
    waiting = list(passages)
    while waiting:
        passage = waiting.pop(0)
        change = chance.choice(CHANGES)
        if change == "drop":
            continue
        if change == "join" and waiting:
            other = waiting.pop(0)
            passage = Passage(passage.kind, passage.start, other.end, passage.said + other.said)
        elif change == "split":
            middle = text.index(". ", passage.start) + 1
            if middle < passage.end - 2:
                yield replace(passage, end=middle, said=tuple(row for row in passage.said if row.start < middle))
                passage = replace(passage, start=middle + 1, said=tuple(r for r in passage.said if r.start >= middle))
        elif change == "cut":
            passage = replace(passage, end=text.rindex(" ", 0, passage.end - chance.choice((1, 30))))
        elif change == "wider":
            passage = replace(passage, start=max(0, passage.start - chance.randint(1, 12)))
        elif change == "kind":
            passage = replace(passage, kind=NEAR_KINDS[passage.kind])
        elif change == "other kind":
            passage = replace(passage, kind="talks")
        elif change == "background":
            passage = replace(passage, kind="background.history")
        if change == "claims" or chance.random() < 0.3:
            passage = replace(passage, said=tuple(_said_otherwise(passage.said, text, chance)))
        yield passage


def _said_otherwise(said: Sequence[Said], text: str, chance: random.Random) -> Iterator[Said]:
    for row in said:
        change = chance.choice(("none", "none", "moved", "drop", "value", "source", "more"))
        if change == "drop":
            continue
        if change == "moved":
            row = replace(row, end=text.find(" ", row.end + 1) if " " in text[row.end + 1 :] else row.end)
        elif change == "value" and row.scope:
            row = replace(row, value=f"{int(row.value) + 2}")
        elif change == "source":
            row = replace(row, source="the council")
        elif change == "more" and row.scope:
            yield replace(row, scope="civilians")
        yield row
