"""The reader with a language model: one article in, its mentions and claims out, as `rules.read_article` gives them.

Invariant: the model points at words, no more. Every quote is cut from the article's text, every value is read from it
by the program's own parsers, and what is not found, or found in more than one place, is held back in a visible list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import get_args

from variorum.extract.align import Page, Span, find_quote, fold
from variorum.extract.facts import NAMING
from variorum.extract.llmcache import cache_key, find_reply, keep_reply
from variorum.extract.llmreply import Refused, Reply, ToldClaim, ToldEvent, read_reply
from variorum.extract.llmserver import Server, ask
from variorum.extract.llmvalues import Surroundings, find_value, look_around
from variorum.extract.memory import Memory
from variorum.extract.rules import READ_LIMIT
from variorum.extract.rules import VERSION as PARSERS
from variorum.extract.speakers import resolve_voice
from variorum.model import (
    Article,
    Claim,
    Extraction,
    HeldBack,
    Mention,
    Stance,
    make_claim,
    make_mention,
    make_reading,
)
from variorum.schema import Property, load_schema
from variorum.values.gazetteer import Gazetteer

# Rises with every change of what is made of a reply; the prompt and the rules' parsers are part of the version anyway.
MAKING = "1"
SHOWN = 300  # characters kept of words that are held back: whoever looks needs no more to find them
NOT_FOUND = "its words are not in the text"
SEVERAL = "its words stand in several places of the text"
EVENT_HELD = "its event is held back"


@cache
def prompt() -> str:
    """Give what the model is told to do: cues/llm_prompt.md with the kinds, properties and scopes of the schema."""
    schema = load_schema()
    lists = {
        "kinds": [f"{kind.code}: {kind.help}" for kind in schema.kinds.values()],
        "properties": [f"{row.code}{' (of whom)' * row.scoped}: {row.help}" for row in schema.properties.values()],
        "scopes": [f"{scope.code}: {scope.help}" for scope in schema.scopes.values()],
    }
    text = files("variorum.extract").joinpath("cues/llm_prompt.md").read_text(encoding="utf-8")
    for name, rows in lists.items():
        text = text.replace("{{" + name + "}}", "\n".join(f"- {row}" for row in rows))
    return text


@cache
def version(own: str = "") -> str:
    """Give the version of readings: a digest of the prompt, of what turns a reply into claims, and of own places."""
    form = "\n".join([MAKING, PARSERS, prompt(), *([own] if own else [])])
    return hashlib.sha256(form.encode()).hexdigest()[:12]


def extractor(model: str) -> str:
    """Give the name under which readings by a model are stored."""
    return f"llm {model}"


def read_with_model(article: Article, gazetteer: Gazetteer, server: Server, kept: Path) -> Extraction:
    """Give the reading of one article by a language model; a reply kept in the folder `kept` is not asked for again.

    An article in a language other than English yields an empty reading and is not sent: the parsers of values read
    English. Of a text longer than READ_LIMIT the first part is read. Raises ServerError, ConfigError where no article
    could be read, UnreadableError where this one could not.
    """
    reading = make_reading(article.id, extractor(server.model), version(gazetteer.own_digest))
    if article.lang not in {"", "en"}:
        return Extraction(reading, (), ())
    text = article.text[:READ_LIMIT]
    key = cache_key(server.model, prompt(), text)
    content = find_reply(kept, key)
    if content is not None:
        reply = read_reply(content)
    else:
        content = ask(server, [{"role": "system", "content": prompt()}, {"role": "user", "content": text}])
        reply = read_reply(content)
        keep_reply(kept, key, server.model, content)  # only what can be read: the rest is asked for again
    reader = _Reader(article, reading.id, fold(text), look_around(article, text, gazetteer))
    reader.take(reply)
    return Extraction(reading, tuple(reader.mentions.values()), tuple(reader.claims.values()), tuple(reader.held_back))


@dataclass(slots=True)
class _Reader:
    """Turns the rows of one reply into mentions and claims, or into held-back rows."""

    article: Article
    reading_id: str
    page: Page
    around: Surroundings
    mentions: dict[str, Mention] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    held_back: list[HeldBack] = field(default_factory=list)

    def take(self, reply: Reply) -> None:
        for event in reply.events:
            self._take_event(event)
        for row in reply.refused:
            self._hold_back(row)

    def _hold_back(self, row: Refused) -> None:
        held = HeldBack(self.article.id, _printable(row.prop), "", _printable(row.quote), row.why)
        if held not in self.held_back:
            self.held_back.append(held)

    def _take_event(self, event: ToldEvent) -> None:
        mention = self._mention(event)
        if isinstance(mention, str):
            self._hold_back(Refused("event", event.quote, mention))
            for told in event.claims:
                self._hold_back(Refused(told.prop, told.quote, EVENT_HELD))
            return
        made = 0
        for told in event.claims:
            claim = self._claim(told, mention)
            if isinstance(claim, str):
                self._hold_back(Refused(told.prop, told.quote, claim))
            else:
                self.claims.setdefault(claim.id, claim)
                made += 1
        if made:
            self.mentions.setdefault(mention.id, mention)
        else:
            self._hold_back(Refused("event", event.quote, "no claim of it could be kept"))

    def _mention(self, event: ToldEvent) -> Mention | str:
        if event.kind not in load_schema().kinds:
            return f"there is no kind of event {_printable(event.kind)!r}"
        spans = find_quote(self.page, event.quote)
        if len(spans) != 1:
            return SEVERAL if spans else NOT_FOUND
        return make_mention(self.article, self.reading_id, event.kind, *spans[0])

    def _claim(self, told: ToldClaim, mention: Mention) -> Claim | str:
        schema = load_schema()
        prop = schema.properties.get(told.prop)
        if prop is None:
            return "there is no such property"
        scope = _scope(prop, told.scope)
        if scope not in schema.scopes and scope is not None:
            return f"there is no scope {_printable(told.scope)!r}"
        stance = _stance(prop, told.stance)
        if stance is None:
            return f"there is no stance {_printable(told.stance)!r}"
        source = self._source(told.source_quote)
        if source is None:
            return f"the words that name its source, “{_printable(told.source_quote)}”, name nobody in the text"
        span = _one(find_quote(self.page, told.quote), mention)
        if isinstance(span, str):
            return span
        found = find_value(prop, self.around, *span)
        if isinstance(found, str):
            return found
        return make_claim(
            mention,
            self.article,
            prop=prop.code,
            value=found.value,
            start=found.start,
            end=found.end,
            scope=scope,
            source=source,
            stance=stance,
        )

    def _source(self, words: str) -> str | None:
        """Give who is named by words of the text; "" for the outlet's own voice, None where they name nobody."""
        if not words:
            return ""
        spans = find_quote(self.page, words)
        if not spans:
            return None
        named = self.article.text[slice(*spans[0])]
        return resolve_voice(named, Memory(), named).source or None


def _one(spans: Sequence[Span], mention: Mention) -> Span | str:
    """Give the place that is meant: the only one, or the only one in the stretch of the event."""
    inside = [span for span in spans if mention.start <= span[0] and span[1] <= mention.end]
    for rows in (spans, inside):
        if len(rows) == 1:
            return rows[0]
    return SEVERAL if spans else NOT_FOUND


def _scope(prop: Property, told: str) -> str | None:
    if prop.scoped:
        return told or "all"
    return told if prop.code == "place" and told == "part" else None


def _stance(prop: Property, told: str) -> Stance | None:
    stance = next((one for one in get_args(Stance) if one == (told or "asserts")), None)
    if stance == "denies" and prop.code in NAMING:
        return "hedges"  # whoever denies a deed says with it which deed is meant
    return stance


def _printable(words: str) -> str:
    """Give words of the model that can be stored and shown on one line."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
