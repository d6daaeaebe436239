"""The records and their ids. No behaviour, no I/O.

Invariant: a record is immutable, and the id of what was read is a digest of its content, so reading the same
words again yields the same rows. Spans are half-open, in code points of `Article.text`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Stance = Literal["asserts", "hedges", "denies"]
Verdict = Literal["same", "different", "unsure"]
RulingVerdict = Literal["accept", "reject", "correct"]
Field = Literal["value", "source", "scope", "stance", "kind", "relation", "copy", "report", "words", "claim"]
Status = Literal["single", "agreed", "contested"]
RelationName = Literal[
    "agrees", "refines", "overlaps", "contradicts", "other scope", "revised", "drift in copies", "impossible"
]
RelatedName = Literal["part of", "response to", "later in", "anniversary of"]

# Crockford base 32: no I, L, O, U, so an id survives being read aloud or typed from paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ID_LENGTH = 16  # 80 bits: a collision among a billion records has a chance below one in a million


def make_id(prefix: str, *parts: object) -> str:
    """Give the tagged digest of a canonical form: `clm_7K3Q…`, sixteen Crockford characters after the tag.

    The canonical form is the JSON list of the parts, so ("a", "bc") and ("ab", "c") differ.
    """
    form = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=str)
    number = int.from_bytes(hashlib.sha256(form.encode("utf-8", "surrogatepass")).digest()[:10], "big")
    digits = []
    for _ in range(ID_LENGTH):
        number, digit = divmod(number, 32)
        digits.append(ALPHABET[digit])
    return f"{prefix}_{''.join(reversed(digits))}"


@dataclass(frozen=True, slots=True)
class Article:
    """One fixed text from one outlet. A page that changed is another article."""

    id: str  # digest of url and text
    url: str  # where it was published, or file:NAME when only a file is known
    outlet: str  # who printed it; "" when unknown
    title: str  # "" when there is none
    text: str  # the fixed text that every span counts in; the title, where there is one, is its first line
    published: str | None  # ISO 8601 date or date-time; None stays None
    published_basis: str  # how that is known: "metadata", "page", "text: 31 October, 2017", "" when unknown
    lang: str  # ISO 639-1, "" when unknown
    sha256: str  # of the raw bytes, hexadecimal
    fetched_at: str  # ISO 8601 date-time at which the bytes were read


@dataclass(frozen=True, slots=True)
class Copy:
    """That one article reprints or rewrites another. Derived from the texts."""

    article_id: str
    original_id: str  # the root of the lineage: earliest published, then smallest id
    share: float  # 0..1, how much of the copy's wording stands in the original
    how: str = "shingles"  # or "wire credit"


@dataclass(frozen=True, slots=True)
class Reading:
    """One pass of one extractor version over one article."""

    id: str
    article_id: str
    extractor: str
    version: str
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """The stretch of an article that reports one event, or (kinds `background.*`) something that is not one."""

    id: str
    article_id: str
    reading_id: str
    kind: str  # a key of schema.toml [kinds]
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of one property that one source is reported to have stated, at one span."""

    id: str
    mention_id: str
    reading_id: str
    prop: str  # a key of schema.toml [properties]
    value: str  # canonical string of the property's value type
    scope: str | None  # of whom or what: "civilians", "children" …; None when the property has no scope
    source: str  # who said it, innermost named; "" means the outlet's own voice
    stance: Stance
    as_of: str | None  # publication date of the article, ISO 8601; None for an undated article
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on two mentions, by a person or by the matcher (`by` = "matcher"). Append-only."""

    left: str  # mention id; left < right
    right: str
    verdict: Verdict
    by: str
    score: float | None
    why: str
    at: str  # ISO 8601 date-time
    retracted: str | None = None  # when it was taken back
    blind: bool = False  # said without seeing what others had said: it measures agreement, and decides nothing


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's word on something read or following: a claim, mention, report, relation, copy or held-back claim.

    Append-only; the latest live words of each person count. `field` says what the word is about:

    | field | subject | accept, reject | correct: `value` is |
    |---|---|---|---|
    | value, source, scope, stance | claim | is what the report says, or not | what the claim should say |
    | kind | mention | tells of an event, or of none | its kind |
    | report | article | counts, or is withdrawn | – |
    | relation | two claims (`other` is "" for one alone) | the relation named in `value` holds, or not | – |
    | copy | article, `other` its original | is a copy of it, or is none | – |
    | words | held-back claim | –, or is nothing | the span of its words in the text, `start:end` |
    | claim | mention | – | a claim that no reading found, as JSON (`ledger.Pointed`) |
    """

    subject: str  # id
    verdict: RulingVerdict
    value: str | None
    by: str
    note: str
    at: str
    retracted: str | None = None
    other: str = ""  # the second id, where the word is on two
    field: Field = "value"
    blind: bool = False  # as of a judgement


@dataclass(frozen=True, slots=True)
class Settled:
    """One property of one event: the value to print, what supports it and what stands against it."""

    prop: str
    scope: str | None
    value: str
    status: Status
    support: tuple[str, ...]  # claim ids
    against: tuple[str, ...]  # claim ids
    lineages: int  # independent texts behind `support`
    sources: tuple[str, ...]  # distinct sources behind `support`, sorted; "" is an outlet's own voice
    copies: int  # supporting articles that are copies
    basis: str = ""  # the rule that chose the value, in words


@dataclass(frozen=True, slots=True)
class Relation:
    """How two claims of one property stand to each other, or what is wrong inside one claim (`right` is None)."""

    name: RelationName
    prop: str
    left: str
    right: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Event:
    """What follows from mentions and judgements: mentions of one thing that is reported to have happened."""

    id: str
    kind: str
    title: str
    mentions: tuple[str, ...]  # sorted mention ids
    values: tuple[Settled, ...]
    relations: tuple[Relation, ...]
    version: int = 1


@dataclass(frozen=True, slots=True)
class Related:
    """How one event stands to another in the words of a report. Related events stay two: nothing merges them."""

    left: str  # event id: the part, the response, the later step, the anniversary
    right: str  # event id: the whole, what was responded to, the earlier step, what is remembered
    name: RelatedName
    why: str  # what agrees besides the words: "same place; 2 days later"
    article_id: str  # the earliest report that says so
    start: int
    end: int
    quote: str  # the words that say so
    articles: tuple[str, ...] = ()  # every report that says so, sorted


@dataclass(frozen=True, slots=True)
class Counted:
    """A report's count of several events, "four strikes on Raqqa since August", and the events found for it."""

    id: str  # digest of mention and span
    mention_id: str  # the mention whose words count: mostly of a kind background.*
    stated: str  # canonical count
    what: str  # what is counted, in the words of the report: "air strikes"
    since: str  # ISO day, the first that counts
    until: str  # ISO day, the last
    places: tuple[str, ...]  # canonical place values: in one of them
    start: int
    end: int
    quote: str
    events: tuple[str, ...] = ()  # ids of the events found, sorted


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that cover one thing: what a reader would browse together. Wider than an event, and decides nothing."""

    id: str  # digest of the id of its article that came into the ledger first
    articles: tuple[str, ...]  # sorted ids
    title: str  # of its earliest published article


@dataclass(frozen=True, slots=True)
class Structure:
    """What stands between events and around them; a pure function of the rest, and nothing is merged by it."""

    related: tuple[Related, ...] = ()  # sorted by left, right, name
    counted: tuple[Counted, ...] = ()  # sorted by id
    stories: tuple[Story, ...] = ()  # sorted by id; an article is in one at most


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or done; a row of the problem list, never a crash."""

    where: str  # file, line, or article id
    code: str  # short stable name, explained by `variorum explain CODE`
    cause: str
    remedy: str
    at: str


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A claim that could not be anchored in the text or fails the value's own checks; listed, never shown as fact."""

    article_id: str
    prop: str
    value: str
    quote: str
    why: str

    @property
    def id(self) -> str:
        """The digest of report, property, value and quote: what a ruling on it names."""
        return make_id("hld", self.article_id, self.prop, self.value, self.quote)


@dataclass(frozen=True, slots=True)
class Capture:
    """How the bytes behind an article came here: what a court asks of a saved page (Berkeley Protocol 2020, ch. VI)."""

    article_id: str
    asked: str  # the address or file that was asked for
    final: str  # the address that answered, or that the page gives as its own; "" where none is known
    at: str  # ISO 8601 date-time of the capture
    tool: str  # name and version of the program that took it
    sha256: str  # of the raw bytes, hexadecimal
    size: int  # of the raw bytes


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one reading found in one article."""

    reading: Reading
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    held_back: tuple[HeldBack, ...] = ()


@dataclass(frozen=True, slots=True)
class Redirect:
    """A retired event id and where it leads."""

    old: str
    new: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Named:
    """One row of the register of event names: who founded it, and when it was named."""

    event_id: str
    founder: str  # mention id
    named_at: str


@dataclass(frozen=True, slots=True)
class Found:
    """A value found in a stretch of text by one of the value types: raw text beside the canonical form."""

    start: int
    end: int
    raw: str
    value: str
    extra: Mapping[str, str] = field(default_factory=dict)  # e.g. noun="children", converted="727 mile"


def make_article(
    *,
    url: str,
    text: str,
    sha256: str,
    fetched_at: str,
    outlet: str = "",
    title: str = "",
    published: str | None = None,
    published_basis: str = "",
    lang: str = "",
) -> Article:
    """Build an article; its id is the digest of url and text."""
    return Article(
        make_id("art", url, text), url, outlet, title, text, published, published_basis, lang, sha256, fetched_at
    )


def make_reading(article_id: str, extractor: str, version: str) -> Reading:
    """Build a reading; its id is the digest of article, extractor and version."""
    return Reading(make_id("rdg", article_id, extractor, version), article_id, extractor, version)


def make_mention(article: Article, reading_id: str, kind: str, start: int, end: int) -> Mention:
    """Build a mention whose quote is cut from the article's text."""
    return Mention(
        make_id("men", article.id, kind, start, end), article.id, reading_id, kind, start, end, article.text[start:end]
    )


def make_claim(
    mention: Mention,
    article: Article,
    *,
    prop: str,
    value: str,
    start: int,
    end: int,
    scope: str | None = None,
    source: str = "",
    stance: Stance = "asserts",
) -> Claim:
    """Build a claim whose quote is cut from the article's text and whose `as_of` is the article's publication."""
    return Claim(
        make_id("clm", mention.id, prop, value, scope, source, stance, start, end),
        mention.id,
        mention.reading_id,
        prop,
        value,
        scope,
        source,
        stance,
        article.published,
        start,
        end,
        article.text[start:end],
    )


def make_counted(
    mention: Mention, article: Article, *, start: int, end: int, stated: str, what: str, since: str, until: str,
    places: tuple[str, ...], events: tuple[str, ...] = (),
) -> Counted:  # fmt: skip
    """Build a count of events; its id is the digest of mention and span, its quote is cut from the article's text."""
    key, quote = make_id("cnt", mention.id, start, end), article.text[start:end]
    return Counted(key, mention.id, stated, what, since, until, places, start, end, quote, events)


def story_id(first: str) -> str:
    """Give the id of the story that an article names, if it comes first in it; any article can be asked."""
    return make_id("sto", first)
