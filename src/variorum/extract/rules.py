"""The built-in reader: an article in, its mentions and claims out. Joins the parts of this package; has no rule itself.

Invariant: a pure function of the article's text and publication date; the same article gives the same extraction.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from variorum.extract.attribution import find_attributions
from variorum.extract.bodies import add_bodies
from variorum.extract.dayof import Day, find_day, is_day_of
from variorum.extract.entities import Entities, find_anchor, find_entities
from variorum.extract.evidence import Evidence, gather_evidence
from variorum.extract.facts import make_claims
from variorum.extract.frames import find_frames
from variorum.extract.lines import find_followed, find_lines
from variorum.extract.locality import Locality, find_locality, plays_at
from variorum.extract.means import Draftclaim
from variorum.extract.mentions import Draft, find_stretch, group_frames
from variorum.extract.ownvoice import in_own_voice
from variorum.extract.parts import BOTH, Parts
from variorum.extract.realis import VIOLENT, Frame
from variorum.extract.sentences import Sentence, split_sentences
from variorum.extract.setting import find_setting
from variorum.extract.tollclaims import find_harm_claims
from variorum.extract.tolls import prop_told
from variorum.model import Article, Claim, Extraction, Found, Mention, make_mention, make_reading
from variorum.values.date import with_lower_bound
from variorum.values.gazetteer import Gazetteer
from variorum.values.place import gather_context

# Rises with every change of what the rules or cue files find; a ledger reads its articles again when it does.
VERSION = "4"
READ_LANGS = ("", "en")  # "" is a text of which nobody can tell: a short one
# Characters read of one article: a long magazine report has 60,000. What lies behind them is a book or a dump, and the
# work on it would grow faster than its length; the ledger says so in a problem row.
READ_LIMIT = 100_000
# A "sentence" longer than this is a table, code or text without stops; no report has one.
SENTENCE_LIMIT = 4_000


def reading_version(own: str) -> str:
    """Give the version of readings: that of the rules, and the digest of a user's own places; "" is none."""
    return f"{VERSION}+{own[:8]}" if own else VERSION


def read_article(article: Article, gazetteer: Gazetteer, parts: Parts = BOTH) -> Extraction:
    """Give the reading of one article with its mentions and claims.

    An article in a language other than English yields an empty reading: rules and tagger read English. Of a text longer
    than READ_LIMIT the first part is read.
    """
    reading = make_reading(article.id, parts.name, reading_version(gazetteer.own_digest))
    if article.lang not in READ_LANGS:
        return Extraction(reading, (), ())
    text = article.text[:READ_LIMIT]
    sentences = [
        replace(sentence, role="furniture") if len(sentence.text) > SENTENCE_LIMIT else sentence
        for sentence in split_sentences(text, article.title)
    ]
    told = [sentence for sentence in sentences if sentence.role in {"title", "body"}]
    evidence = gather_evidence(text, told, parts)
    context = gather_context(text, gazetteer, outlets=(article.outlet, article.url))
    anchors = _anchors(told, article.published)
    printed = article.published_basis.removeprefix("text: ") if article.published_basis.startswith("text: ") else ""
    read: list[tuple[Sentence, Entities]] = []
    for sentence in told:
        harm = prop_told(read[-1][1].tolls) if read and read[-1][0].story == sentence.story else ""
        anchor = anchors[sentence.story]
        entities = find_entities(sentence, anchor, gazetteer, context, printed=printed, told=harm)
        tolls = evidence.tolls(sentence, entities.tolls if parts.rules else ())
        read.append((sentence, replace(entities, tolls=tolls)))
    read = add_bodies(read)
    if article.published is None:
        read = _bounded(read)
    frames, asides = _frames(read, anchors, evidence)
    said = evidence.attributions(text, sentences, find_attributions(text, sentences) if parts.rules else ())
    attributions = in_own_voice(said, article.outlet)
    mentions: dict[str, Mention] = {}
    claims: dict[str, Claim] = {}
    drafts = group_frames(frames, gazetteer)
    followed = find_followed(drafts, asides)
    losses = _losses(drafts, followed, gazetteer)
    homes = {
        story: find_locality([sentence for sentence in told if sentence.story == story], gazetteer, context)
        for story in anchors
    }
    violent = {frame.sentence.index for frame in frames if frame.family in VIOLENT}
    days = {story: find_day([row for row in read if row[0].story == story], violent) for story in anchors}
    sited = [
        list(find_setting(draft, followed[place], *_where_and_when(draft, frames, homes, days), attributions))
        for place, draft in enumerate(drafts)
    ]
    for place, draft in enumerate(drafts):
        start, end = find_stretch(draft)
        mention = make_mention(article, reading.id, draft.kind, start, end)
        near = [aside for aside in asides if aside.sentence.story == draft.story]
        found = make_claims(article, draft, mention, attributions, near, (*losses[place], *sited[place]))
        if not found:
            continue  # words of violence with nothing said of any event
        mentions.setdefault(mention.id, mention)
        for claim in found:
            claims.setdefault(claim.id, claim)
    return Extraction(reading, tuple(mentions.values()), tuple(claims.values()))


def _where_and_when(
    draft: Draft, frames: Sequence[Frame], homes: Mapping[int, Locality | None], days: Mapping[int, Day | None]
) -> tuple[Locality | None, Day | None]:
    """Give where and when a draft's story plays, as far as its own events do not speak against it."""
    story = [frame for frame in frames if frame.sentence.story == draft.story]
    home, day = homes[draft.story], days[draft.story]
    return (
        home if home is not None and plays_at(home, story) else None,
        day if day is not None and is_day_of(day, story) else None,
    )


def _losses(
    drafts: Sequence[Draft], followed: Sequence[Sequence[Frame]], gazetteer: Gazetteer
) -> list[list[Draftclaim]]:
    """Give each draft its killed and injured, a person whom several drafts tell of once."""
    found: list[list[Draftclaim]] = [[] for _ in drafts]
    for story in sorted({draft.story for draft in drafts}):
        places = [place for place, draft in enumerate(drafts) if draft.story == story and not draft.background]
        events = [drafts[place] for place in places]
        rows = find_harm_claims(events, [followed[place] for place in places], find_lines(events, gazetteer))
        for place, row in rows:
            found[places[place]].append(row)
    return found


def _anchors(sentences: Sequence[Sentence], published: str | None) -> dict[int, str | None]:
    stories: dict[int, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        stories[sentence.story].append(sentence)
    return {story: find_anchor(rows, published) for story, rows in stories.items()}


def _bounded(read: Sequence[tuple[Sentence, Entities]]) -> list[tuple[Sentence, Entities]]:
    """Give the entities of an undated article with what its words tell: it was written after each past day it names.

    "On Thursday" in a report that also says "left on August 28" is a Thursday after 28 August, year not stated.
    """
    days = [found.value for _, entities in read for found in entities.dates if not found.extra.get("ahead")]
    yearless = sorted(day for day in days if re.fullmatch(r"XXXX-\d\d-\d\d", day))
    absolute = sorted(day for day in days if re.fullmatch(r"\d{4}-\d\d-\d\d", day))
    after = yearless[-1] if yearless else absolute[-1] if absolute else None
    if after is None:
        return list(read)

    def bound(found: Found) -> Found:
        return replace(found, value=with_lower_bound(found.value, after)) if found.value.startswith("rel:") else found

    return [
        (
            sentence,
            replace(
                entities,
                dates=tuple(bound(found) for found in entities.dates),
                said=tuple(bound(found) for found in entities.said),
            ),
        )
        for sentence, entities in read
    ]


def _frames(
    read: Sequence[tuple[Sentence, Entities]], anchors: dict[int, str | None], evidence: Evidence
) -> tuple[list[Frame], list[Frame]]:
    frames: list[Frame] = []
    asides: list[Frame] = []
    violent = False
    earlier: tuple[Found, ...] = ()
    for sentence, entities in read:
        found = find_frames(
            sentence,
            entities,
            violent=violent,
            anchor=anchors[sentence.story],
            earlier=earlier,
            evidence=evidence,
        )
        earlier = entities.places or earlier
        violent = violent or any(frame.family in VIOLENT and frame.realis == "event" for frame in found)
        frames += found
        if not found:
            asides.append(_aside(sentence, entities))
    return frames, asides


def _aside(sentence: Sentence, entities: Entities) -> Frame:
    return Frame(
        kind="background.ongoing",
        generic=True,
        realis="ongoing",
        sentence=sentence,
        start=0,
        end=len(sentence.text),
        triggers=(),
        dates=entities.dates,
        places=entities.places,
        names=entities.names,
        weapons=entities.weapons,
        platforms=entities.platforms,
        quantities=entities.quantities,
        tolls=entities.tolls,
    )
