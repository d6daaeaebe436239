"""A plugin as a reader: what it finds in an article is built anew here, and what does not hold is held back.

Invariant: of what a plugin gives, only words that stand in the text, known codes and values that the program's own
parsers read get into the ledger; whatever it raises costs its article and no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from variorum.errors import UsageError, VariorumError
from variorum.model import (
    Article,
    Claim,
    Extraction,
    HeldBack,
    Mention,
    Problem,
    Stance,
    make_claim,
    make_mention,
    make_reading,
)
from variorum.pipeline.parsing import parse_kind, parse_scope, parse_stance, parse_value
from variorum.pipeline.places import gazetteer, own_digest
from variorum.plugins import find_plugin, load_plugin
from variorum.schema import load_schema

REMEDY = "tell who makes the plugin, with this article's text; the others were read"
load = cache(load_plugin)


@dataclass(frozen=True, slots=True)
class Plugin:
    """The extractor of another package."""

    name: str

    @property
    def extractor(self) -> str:
        """The name under which its readings are stored: no other reader has a name with this beginning."""
        return f"plugin:{self.name}"

    @property
    def version(self) -> str:
        """The version of its package, and the digest of the user's own places."""
        entry = find_plugin("extractors", self.name)
        found = entry.dist.version if entry.dist is not None else "0"
        return f"{found}+{own_digest()}" if own_digest() else found

    @property
    def langs(self) -> None:
        """All: the plugin knows which it reads."""

    @property
    def server(self) -> str:
        """None is known: what a plugin does with a text is its own affair."""
        return ""

    def prepare(self) -> object:
        """Load the plugin and open the gazetteer."""
        load("extractors", self.name)
        return gazetteer()

    def __call__(self, article: Article) -> Extraction | Problem:
        """Read one article; what the plugin fails on becomes a problem row."""
        extractor = load("extractors", self.name)
        try:
            found = extractor(article)
            if not isinstance(found, Extraction):
                raise TypeError(f"it gave a {type(found).__name__} and no Extraction")
            return _build(article, found, self.extractor, self.version)
        except VariorumError as error:
            cause = error.cause
        except Exception as error:  # the plugin's code is another's
            cause = f"{type(error).__name__}: {error}"
        return Problem(article.url or article.id, "reader-failed", f"the plugin {self.name}: {cause}", REMEDY, "")


def _build(article: Article, found: Extraction, extractor: str, version: str) -> Extraction:
    """Build a plugin's finds anew: ids, values and quotes are this program's."""
    reading = make_reading(article.id, extractor, version)
    mentions: dict[str, Mention] = {}
    claims: list[Claim] = []
    held = [*_held_by_itself(article, found)]
    for mention in found.mentions:
        try:
            _check_words(article, mention)
            kind = parse_kind(mention.kind)
        except UsageError as error:
            held.append(HeldBack(article.id, "event", mention.kind, mention.quote, error.cause))
            continue
        mentions[mention.id] = make_mention(article, reading.id, kind, mention.start, mention.end)
    for claim in found.claims:
        try:
            claims.append(_claim(article, claim, mentions))
        except UsageError as error:
            held.append(HeldBack(article.id, claim.prop, claim.value, claim.quote, error.cause))
    # Two finds of a plugin can be one when they are built: a claim told twice is one claim.
    return Extraction(
        reading,
        tuple({row.id: row for row in mentions.values()}.values()),
        tuple({row.id: row for row in claims}.values()),
        tuple(dict.fromkeys(held)),
    )


def _claim(article: Article, given: Claim, mentions: dict[str, Mention]) -> Claim:
    """Give a claim with its canonical value. Raises UsageError saying what does not hold."""
    if given.mention_id not in mentions:
        raise UsageError("its mention is not among those that were found")
    _check_words(article, given)
    prop = load_schema().properties.get(given.prop)
    if prop is None:
        raise UsageError(f"the schema has no property {given.prop}")
    if given.scope is not None and not prop.scoped:
        raise UsageError(f"{given.prop} has no scope")
    return make_claim(
        mentions[given.mention_id],
        article,
        prop=given.prop,
        value=parse_value(prop, given.value, article.published),
        start=given.start,
        end=given.end,
        scope=None if given.scope is None else parse_scope(given.scope),
        source=" ".join(given.source.split()),
        stance=cast(Stance, parse_stance(given.stance)),
    )


def _check_words(article: Article, given: Mention | Claim) -> None:
    """Raise UsageError where a quote does not stand at its span."""
    inside = 0 <= given.start < given.end <= len(article.text)
    if not inside or article.text[given.start : given.end] != given.quote:
        raise UsageError(f"its words do not stand at {given.start}:{given.end} of the text")


def _held_by_itself(article: Article, found: Extraction) -> Iterator[HeldBack]:
    """Yield what the plugin itself held back, of this article."""
    rows: tuple[Any, ...] = found.held_back
    yield from (HeldBack(article.id, row.prop, row.value, row.quote, row.why) for row in rows)
