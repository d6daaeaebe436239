"""Plugins of each seam for tests, as another package would bring them: good ones and bad ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint
from typing import Any, TextIO

import pytest

from variorum import plugins
from variorum.model import Article, Extraction, Problem, make_article, make_claim, make_mention, make_reading

TEXT = "Shelling killed 12 people in Homs, Syria, on 3 May 2031, the clinic said."


def install(monkeypatch: pytest.MonkeyPatch, **brought: str) -> None:
    """Let functions of this module be plugins: install(monkeypatch, feeds="three")."""

    def entry_points(*, group: str) -> list[EntryPoint]:
        seam = group.removeprefix("variorum.")
        return [EntryPoint(name, f"plugged:{name}", group) for name in brought.get(seam, "").split()]

    monkeypatch.setattr(plugins, "entry_points", entry_points)


def told(number: int, text: str = TEXT, **fields: Any) -> Article:
    """An article of a feed."""
    whole = {"fetched_at": "2031-05-04T00:00:00Z", "published": "2031-05-04", **fields}
    hash = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return make_article(url=f"mid:{number}@osk.example", text=text, sha256=hash, **whole)


def three(place: str, *, now: str) -> Iterator[Article | Problem]:
    """Three articles and a problem."""
    yield from (told(number, f"{TEXT} It was report {number} of {place}.", fetched_at=now) for number in range(2))
    yield Problem("page 7", "no-text", "the page is blank", "", "")
    yield told(2, fetched_at=now)


def breaks(place: str, *, now: str) -> Iterator[Article | Problem]:
    """An article, and then no more."""
    yield told(1, fetched_at=now)
    raise ConnectionError(f"{place} hung up")


def odd(place: str, *, now: str) -> Iterator[Any]:
    """What is no article that a ledger can hold."""
    yield "a text"
    yield told(1, "half a \ud800 sign")
    yield told(2, "  ")
    yield told(3, published="yesterday")
    yield replace(told(4), text="altered")
    yield told(5, f"{TEXT} {TEXT} They were on the way to the market, and it was not yet noon.", fetched_at=now)


def finds(article: Article) -> Extraction:
    """A strike with its toll, and things that do not hold."""
    reading = make_reading("art_OTHER", "own name", "7")
    mention = make_mention(article, reading.id, "strike", 0, len(article.text))
    nothing = make_mention(article, reading.id, "earthquake", 0, 8)

    def claim(prop: str, words: str, value: str, **fields: Any) -> Any:
        start = article.text.index(words)
        return make_claim(mention, article, prop=prop, value=value, start=start, end=start + len(words), **fields)

    killed = claim("killed", "12", "twelve", scope="all", source=" the  clinic ")
    return Extraction(
        reading,
        (mention, nothing),
        (
            killed,
            killed,
            claim("place", "Homs", "Homs, Syria"),
            claim("date", "3 May 2031", "3 May 2031"),
            claim("injured", "Syria", "Syria"),  # no count
            claim("mood", "Syria", "grim"),  # no property
            claim("killed", "12", "12", scope="giraffes"),
            replace(claim("missing", "12", "12"), quote="13"),
            make_claim(nothing, article, prop="killed", value="12", start=16, end=18),
        ),
    )


def stumbles(article: Article) -> Extraction:
    """Reads one article, and fails on the others."""
    if "report" in article.text:
        raise KeyError("report")
    return finds(article)


def gives_nothing(article: Article) -> Any:
    """No extraction at all."""


def titles(events: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """One title a line."""
    for event in events:
        print(event["title"], file=stream)


def fails(events: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """Writes, and fails."""
    stream.write("half")
    raise ZeroDivisionError("no scale")


def shuts(events: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """Closes what is not its own."""
    stream.close()
