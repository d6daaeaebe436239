"""An edition made fit to be shared: private names, long quotes and withheld articles taken out, for every writer.

Invariant: an edition in, an edition out; ids, offsets, counts and decisions stay, no text of an article goes out, and
what a claim's offsets span is the original words, not those that stand in the edition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from variorum.model import Article, Claim, Counted, Event, Mention, Related, Relation, Ruling, Settled, Story
from variorum.publish.contacts import HANDLE, decode, find_contacts, is_foreign
from variorum.publish.jsonl import Edition
from variorum.publish.naming import key_of
from variorum.publish.profile import WITHHELD, Redacted, Redaction
from variorum.publish.roster import CONTACT, Roster, Scene, Spot
from variorum.schema import load_schema

_LOWER = re.compile(r"\b[^\W\d_A-Z][^\W\d_]*\b")
_HALF = re.compile(r"\[[^\]]*$")  # a label cut in two at the end
ELLIPSIS = "…"
KEPT_TYPES = frozenset({"name", "text", "place", "weapon", "platform"})  # of properties whose values can hold a name


def redact(edition: Edition, redaction: Redaction) -> Edition:
    """Give an edition without what is to be left out; `redacted` says of it what that was."""
    return _Redactor(edition, redaction).edition()


def cut_quote(words: str, limit: int, start: int = 0, end: int | None = None) -> str:
    """Give a quote of at most `limit` characters around what stands at a span of it, cut between words."""
    if len(words) <= limit:
        return words
    end = len(words) if end is None else end
    room = limit - 2 * len(ELLIPSIS)
    spare = max(0, room - (end - start)) // 2
    low = max(0, min(start - spare, len(words) - room))
    high = min(len(words), low + room)
    if low:
        low = next((match.end() for match in re.finditer(r"\s+", words[low:high])), 0) + low
    if high < len(words):
        high = low + len(re.sub(r"\s+\S*$", "", words[low : high + 1].rstrip())) if " " in words[low:high] else high
    inner = _HALF.sub("", words[low:high].strip())
    if "]" in inner and "[" not in inner[: inner.index("]")]:
        inner = inner[inner.index("]") + 1 :].lstrip()
    return (ELLIPSIS if low else "") + inner + (ELLIPSIS if high < len(words) else "")


class _Redactor:
    """One redaction at work: who has which number, and what was left out so far."""

    def __init__(self, edition: Edition, redaction: Redaction) -> None:
        self.given = edition
        self.redaction = redaction
        self.limit = redaction.quote_limit
        self.withheld = redaction.withheld
        reports = [[article.id for article in edition.articles_of(event)] for event in edition.events]
        first = dict.fromkeys(id for ids in reports for id in ids)
        self.order = [*first, *sorted(set(edition.articles) - set(first))]
        self.roster = Roster(redaction, self._near(reports), lower=self._lower_words(), is_place=self._is_place)
        self.outlets = {
            name: f"[withheld {number}]"
            for number, name in enumerate(
                dict.fromkeys(edition.outlet_of(id) for id in self.order if id in self.withheld), start=1
            )
        }
        shown = {edition.outlet_of(id) for id in edition.articles if id not in self.withheld}
        self.unnamed = [name for name in self.outlets if name not in shown]
        self.spots: dict[str, list[Spot]] = {}
        self.handles = {id: _handles(article) for id, article in edition.articles.items()}
        self.cut = self.addresses = 0

    def _near(self, reports: Sequence[Sequence[str]]) -> dict[str, frozenset[str]]:
        near: dict[str, set[str]] = {id: {id} for id in self.order}
        for ids in (*reports, *([copy.article_id, copy.original_id] for copy in self.given.copies)):
            for id in ids:
                near.setdefault(id, {id}).update(ids)
        return {id: frozenset(ids) for id, ids in near.items()}

    def _lower_words(self) -> frozenset[str]:
        words = {word for article in self.given.articles.values() for word in _LOWER.findall(article.text)}
        return frozenset(map(key_of, words))

    def _is_place(self, name: str) -> bool:
        return any(match.exact for match in self.given.gazetteer.matches(name))

    def edition(self) -> Edition:
        """Give the redacted edition; events come first, so that numbers follow the order of what is read."""
        given = self.given
        claims: dict[str, Claim] = {}
        voices: dict[str, str] = {}
        events: list[Event] = []
        for event in given.events:
            for claim in given.claims_of(event):
                claims.setdefault(claim.id, self._claim(claim))
                if claim.id in given.voices:
                    voices[claim.id] = self._source(given.voices[claim.id], self._article_of(claim))
            events.append(self._event(event, claims, voices))
        claims |= {id: self._claim(claim) for id, claim in given.claims.items() if id not in claims}
        voices |= {
            id: self._source(name, self._article_of(given.claims[id]))
            for id, name in given.voices.items()
            if id not in voices
        }
        claims = {id: claims[id] for id in given.claims}
        related = {id: [self._related(row) for row in rows] for id, rows in given.related.items()}
        counted = {id: [self._counted(row) for row in rows] for id, rows in given.counted.items()}
        found = replace(
            given,
            events=events,
            mentions={id: self._mention(mention) for id, mention in given.mentions.items()},
            claims=claims,
            articles={id: self._article(article) for id, article in given.articles.items()},
            by_mention={id: [claims[claim.id] for claim in rows] for id, rows in given.by_mention.items()},
            stories=[self._story(story) for story in given.stories],
            related=related,
            counted=counted,
            voices=voices,
            rulings=[self._ruling(row) for row in given.rulings],
        )
        return replace(found, redacted=self._told())

    def _told(self) -> Redacted:
        pairs = [{copy.article_id, copy.original_id} for copy in self.given.copies]
        beside = {id for pair in pairs if pair & self.withheld for id in pair - self.withheld}
        return Redacted(self.withheld, self.limit, self.roster.labelled, self.cut, self.addresses, len(beside))

    # ---------------------------------------------------------------- words
    def _quote(self, words: str, id: str, start: int) -> str:
        """Give words of an article, which stand at an offset of its text, without names and not too long."""
        if id in self.withheld:
            return WITHHELD
        return self._cut(self._at(words, id, start))

    def _at(self, words: str, id: str, start: int) -> str:
        if id not in self.spots:
            self.spots[id] = self.roster.spots(id)
        end = start + len(words)
        inside = [
            replace(spot, start=max(spot.start, start) - start, end=min(spot.end, end) - start)
            for spot in self.spots[id]
            if spot.start < end and start < spot.end
        ]
        return self._replace(
            words, [*inside, *self.roster.find(words, self.roster.scene([id]), whole=" " not in words)]
        )

    def _cut(self, words: str) -> str:
        short = cut_quote(words, self.limit)
        self.cut += short != words
        return short

    def _words(self, words: str, scene: Scene, *, whole: bool = False) -> str:
        """Give words that stand in no article without names."""
        return self._replace(words, self.roster.find(words, scene, whole=whole)) if words else words

    def _replace(self, words: str, spots: Sequence[Spot]) -> str:
        out, reached = "", 0
        contacts = [Spot(start, end, (), contact=True) for start, end in find_contacts(words)]
        for start, end, spot in _joined([*spots, *contacts]):
            out += words[reached:start] + self.roster.label(spot)
            reached = end
        out += words[reached:]
        for name in self.unnamed:
            out = _put(out, name, self.outlets[name])
        return out

    def _source(self, name: str, id: str) -> str:
        if id in self.withheld and name in self.outlets:
            return self.outlets[name]
        if name.casefold() in self.handles[id]:
            return CONTACT
        return self._words(name, self.roster.scene([id]), whole=True)

    # ---------------------------------------------------------------- rows
    def _article_of(self, claim: Claim) -> str:
        return self.given.mentions[claim.mention_id].article_id

    def _claim(self, claim: Claim) -> Claim:
        id = self._article_of(claim)
        return replace(
            claim,
            value=self._value(claim.prop, claim.value, self.roster.scene([id]), hidden=id in self.withheld),
            source=self._source(claim.source, id),
            quote=self._quote(claim.quote, id, claim.start),
        )

    def _value(self, prop: str, value: str, scene: Scene, *, hidden: bool) -> str:
        kind = load_schema().properties[prop].type
        if kind not in KEPT_TYPES or (kind == "place" and "name:" not in value):
            return value
        if kind == "text" and hidden:
            return WITHHELD  # the article's own words
        return cut_quote(self._words(value, scene, whole=kind != "place"), self.limit)

    def _event(self, event: Event, claims: Mapping[str, Claim], voices: Mapping[str, str]) -> Event:
        rows = self.given.claims_of(event)
        ids = sorted(
            {self._article_of(claim) for claim in rows} | {self.given.mentions[id].article_id for id in event.mentions}
        )
        scene = self.roster.scene(ids)
        said = {claim.source: claims[claim.id].source for claim in rows}
        said |= {self.given.voices[claim.id]: voices[claim.id] for claim in rows if claim.id in voices}
        became = {(claim.prop, claim.value): claims[claim.id].value for claim in rows}
        open_now = {
            (claim.prop, claim.value): claims[claim.id].value
            for claim in rows
            if self._article_of(claim) not in self.withheld
        }
        became |= open_now  # what another article says too is not withheld
        gone = [(old, new) for (_, old), new in became.items() if old != new]
        names = [(old, new) for old, new in said.items() if old and new == CONTACT]
        hidden = {self.given.outlet_of(id) for id in ids if id in self.withheld}
        hidden -= {self.given.outlet_of(id) for id in ids if id not in self.withheld}

        def plain(words: str) -> str:
            for old, new in sorted(gone, key=lambda pair: -len(pair[0])):
                words = words.replace(old, new)
            for old, new in names:
                words = _put(words, old, new)
            for name in hidden:
                words = _put(words, name, self.outlets[name])
            return cut_quote(self._words(words, scene), self.limit)

        def settled(row: Settled) -> Settled:
            value = became.get((row.prop, row.value))
            if value is None:
                value = self._value(row.prop, row.value, scene, hidden=set(ids) <= self.withheld)
            sources = {said[name] if name in said else self._words(name, scene, whole=True) for name in row.sources}
            sources = {self.outlets[name] if name in hidden else name for name in sources}
            return replace(row, value=value, sources=tuple(sorted(sources)), basis=plain(row.basis))

        return replace(
            event,
            title=plain(event.title),
            values=tuple(settled(row) for row in event.values),
            relations=tuple(self._relation(row, plain) for row in event.relations),
        )

    def _relation(self, row: Relation, plain: Callable[[str], str]) -> Relation:
        return replace(row, note=plain(row.note))

    def _mention(self, mention: Mention) -> Mention:
        id = mention.article_id
        if id in self.withheld:
            return replace(mention, quote=WITHHELD)
        words = self._at(mention.quote, id, mention.start)
        claims = self.given.by_mention.get(mention.id, ())
        inside = [claim for claim in claims if mention.start <= claim.start and claim.end <= mention.end]
        first = min((claim.start - mention.start for claim in inside), default=0)
        return replace(mention, quote=cut_quote(words, self.limit, min(first, len(words)), min(first, len(words))))

    def _related(self, row: Related) -> Related:
        scene = self.roster.scene(row.articles or [row.article_id])
        return replace(row, why=self._words(row.why, scene), quote=self._quote(row.quote, row.article_id, row.start))

    def _counted(self, row: Counted) -> Counted:
        id = self.given.mentions[row.mention_id].article_id
        what = WITHHELD if id in self.withheld else self._words(row.what, self.roster.scene([id]))
        return replace(row, what=what, quote=self._quote(row.quote, id, row.start))

    def _story(self, story: Story) -> Story:
        if set(story.articles) & self.withheld:
            return replace(story, title=WITHHELD)
        return replace(story, title=self._words(story.title, self.roster.scene(story.articles)))

    def _ruling(self, row: Ruling) -> Ruling:
        written = None if row.field == "claim" else row.value  # a claim that a person found is among the claims
        value = None if written is None else self._words(written, self.roster.scene(self.order), whole=True)
        return replace(row, value=value, note="", by="")  # who decided, and in which words, is the desk's own

    def _article(self, article: Article) -> Article:
        if article.id in self.withheld:
            name = self.outlets[self.given.outlet_of(article.id)]
            return replace(
                article, url="", outlet=name, title="", text="", published_basis="", lang="", sha256="", fetched_at=""
            )
        scene = self.roster.scene([article.id])
        opens = article.text.startswith(article.title)
        title = self._at(article.title, article.id, 0) if opens else self._words(article.title, scene)
        url = article.url
        plain = decode(url)
        if (
            self.roster.holds_name(plain, scene)
            or is_foreign(url)
            or any(name in url for name in self.unnamed)
            or self.handles[article.id] & set(re.findall(r"\w[\w.]*\w", plain.casefold()))
        ):
            url = WITHHELD
            self.addresses += 1
        basis = self._words(article.published_basis, scene)
        return replace(
            article, url=url, outlet=self._words(article.outlet, scene), title=title, text="", published_basis=basis
        )


def _handles(article: Article) -> frozenset[str]:
    """Give the handles that an article names, without the sign; those of bodies stand without one as well."""
    text = f"{article.outlet}\n{article.title}\n{article.text}"
    found = {match["handle"] for match in HANDLE.finditer(text)}
    return frozenset(
        handle.casefold() for handle in found if not re.search(rf"(?<![\w@.]){re.escape(handle)}(?!\w)", text)
    )


def _put(words: str, name: str, label: str) -> str:
    """Put a label in the place of an outlet's name."""
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda _: label, words)


def _joined(spots: Sequence[Spot]) -> list[tuple[int, int, Spot]]:
    """Give spots in order, those that overlap or follow each other for one person as one, named as the longest."""
    found: list[tuple[int, int, Spot]] = []
    for spot in sorted(spots, key=lambda spot: (spot.start, -spot.end)):
        if found and spot.start < found[-1][1]:
            start, end, before = found[-1]
            longest = spot if spot.end - spot.start > before.end - before.start else before
            found[-1] = (start, max(end, spot.end), longest)
        elif found and spot.start - found[-1][1] <= 1 and spot.persons == found[-1][2].persons and spot.persons:
            found[-1] = (found[-1][0], spot.end, found[-1][2])
        else:
            found.append((spot.start, spot.end, spot))
    return found
