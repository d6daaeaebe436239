"""From an edition to one that can be shared: which names its articles hold, and which articles are withheld.

Invariant: nothing here writes to a ledger; the articles are read once more for names, whatever read them for claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from variorum.config import Config
from variorum.errors import ConfigError
from variorum.extract.individuals import Individual, Individuals, as_person, find_individuals, find_named, find_owner
from variorum.extract.namevotes import settle_individuals
from variorum.extract.shouted import find_lines, find_shouted
from variorum.ledger import Ledger
from variorum.model import Article, Claim
from variorum.pipeline.places import gazetteer
from variorum.publish import Edition
from variorum.publish.profile import NamedPerson, Redaction, ReportNames
from variorum.publish.redact import redact
from variorum.schema import load_schema


def share(ledger: Ledger, published: Edition, config: Config, *, whole: bool = True) -> Edition:
    """Give an edition with private names, long quotes and withheld articles left out, as the settings ask.

    Without `whole` it holds the articles of its events alone, and only those are read once more. Raises ConfigError for
    something withheld that the ledger does not have, VariorumError without the tagger's weights.
    """
    withheld = find_withheld(published.articles, ledger.article_numbers(), config)
    published = published if whole else narrow(published)
    read = {
        id: find_individuals(article.text, article.title, outlet=article.outlet, tagger=config.tagger)
        for id, article in published.articles.items()
    }
    places = [
        claim.quote for claim in published.claims.values() if load_schema().properties[claim.prop].type == "place"
    ]
    settled = settle_individuals(read, places, gazetteer())
    named = _named_by_claims(published, settled, places)
    lower = frozenset[str]().union(*(found.lower for found in read.values()))
    names = {}
    for id, article in published.articles.items():
        lines = [*find_lines(article.title, article.text), _slug(article.url)]
        for one in find_shouted(lines, lower, tagger=config.tagger):
            if one.words not in places:
                named.setdefault(id, {})[one.words] = None
        names[id] = _names(article, named.get(id, {}), settled[id], read[id])
    held = withheld & published.articles.keys()
    return redact(published, Redaction(names, held, config.public_people, config.private_names))


def narrow(published: Edition) -> Edition:
    """Give an edition with the articles that its events, their ties and the counts of them are told in, and no more."""
    kept = {article.id for event in published.events for article in published.articles_of(event)}
    ids = {event.id for event in published.events}
    related = {id: rows for id, rows in published.related.items() if id in ids}
    counted = {id: rows for id, rows in published.counted.items() if id in ids}
    kept |= {id for rows in related.values() for row in rows for id in (row.article_id, *row.articles)}
    kept |= {published.mentions[row.mention_id].article_id for rows in counted.values() for row in rows}
    mentions = {id: mention for id, mention in published.mentions.items() if mention.article_id in kept}
    claims = {id: claim for id, claim in published.claims.items() if claim.mention_id in mentions}
    return replace(
        published,
        mentions=mentions,
        claims=claims,
        by_mention={id: rows for id, rows in published.by_mention.items() if id in mentions},
        articles={id: article for id, article in published.articles.items() if id in kept},
        copies=[copy for copy in published.copies if copy.article_id in kept],
        voices={id: name for id, name in published.voices.items() if id in claims},
        stories=[],
        related=related,
        counted=counted,
    )


def find_withheld(articles: Mapping[str, Article], numbers: Mapping[str, int], config: Config) -> frozenset[str]:
    """Give the ids of the articles that are withheld by number, id, outlet or address.

    Raises ConfigError for what names none of them: what was to be withheld must not go out for a slip of the pen.
    """
    found: set[str] = set()
    for given in config.withheld:
        fits = {
            article.id
            for article in articles.values()
            if given in {article.id, article.url}
            or given.casefold() in {f"r{numbers.get(article.id)}", article.outlet.casefold() or None}
        }
        if not fits:
            raise ConfigError(
                f"withheld names {given}, and the ledger has no such report, outlet or address",
                "correct or remove it in variorum.toml: reports are named R7, art_…, by outlet or by address",
            )
        found |= fits
    return frozenset(found)


def _names(article: Article, claimed: Mapping[str, None], found: Individuals, read: Individuals) -> ReportNames:
    """Give the names of an article, with those that its claims have and it was not seen to hold."""
    persons = [_named(one) for one in found.persons]
    judged = {one.words for one in read.persons}
    for words in claimed:
        if words in judged or words in found.others:
            continue
        persons += [_named(one) for one in find_named(article.text, words)] or [NamedPerson(-1, -1, words)]
    return ReportNames(tuple(sorted(persons, key=lambda one: one.start)), found.others)


def _slug(address: str) -> str:
    """Give the words of an address's last part that has some."""
    parts = [re.sub(r"[^\w]+|_+", " ", part).strip() for part in urlsplit(address).path.split("/")]
    return max(parts, key=lambda part: part.count(" "), default="")


def _named(one: Individual) -> NamedPerson:
    return NamedPerson(one.start, one.end, one.words, bool(one.office), one.private, one.sure)


def _named_by_claims(
    published: Edition, read: Mapping[str, Individuals], places: Iterable[str]
) -> dict[str, dict[str, None]]:
    """Give the names of persons that each article's claims have as source, actor or target, and whose outlet it is.

    One word is a name where it speaks, and is nowhere a place, a body, an outlet or a word of the language.
    """
    named = gazetteer()
    others = {words for found in read.values() for words in found.others} | set(places)
    others |= {article.outlet for article in published.articles.values()}
    lower = frozenset[str]().union(*(found.lower for found in read.values()))

    def is_name(words: str, claim: Claim) -> bool:
        if " " in words or "-" in words:
            return True
        if not claim.source.partition(",")[0].endswith(words) or words.lower() in lower or words in others:
            return False
        return not any(match.exact for match in named.matches(words))

    found: dict[str, dict[str, None]] = {}
    for id, article in published.articles.items():
        owner = find_owner(article.outlet)
        if owner:
            found.setdefault(id, {})[owner] = None
    for claim in published.claims.values():
        id = published.mentions[claim.mention_id].article_id
        for words in _names_of(claim):
            name = as_person(words, published.articles[id].outlet)
            if name and is_name(name, claim):
                found.setdefault(id, {})[name] = None
    return found


def _names_of(claim: Claim) -> Iterator[str]:
    if claim.source:
        yield claim.source.partition(",")[0]
    if load_schema().properties[claim.prop].type == "name":
        yield claim.value
