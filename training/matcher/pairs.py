"""Labelled pairs of mentions to train the matcher on: from made collections, and from ECB+ (training topics).

A made collection varies this project's own reports (`bench/varied.py`): what is stated of time, place, kind, actors and
figures is as in reports, but its words are drawn at random, so that no sign of words is taken from it. ECB+ has real
texts of real events; there the mentions are those that the reader finds, and two are one event when event words of
both stand in one chain of the set.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.columns import join
from bench.ecbfile import ecb_files
from bench.varied import War, make_world

from variorum.model import Article, Extraction, Mention, make_article
from variorum.pipeline.places import gazetteer
from variorum.pipeline.readers import BuiltIn
from variorum.resolve.candidates import find_candidates
from variorum.resolve.compare import gather_signs
from variorum.resolve.signs import Sign
from variorum.resolve.view import MentionView, make_views

# Texts of ECB+ state no day of printing, and the kinds and actors that the reader finds tell its topics apart, as they
# do not where all reports are of one war: neither is learned from it.
NOT_OF_ECB = frozenset({"kind", "date", "report_date", "time", "published", "published_met", "happened", "actor"})
WORDS = frozenset({"wording", "words", "meaning", "story", "names", "ages", "lineage"})
CONTEXT = 200  # characters beside a mention within which an event word still belongs to it: a lead and its headline


@dataclass(frozen=True, slots=True)
class Row:
    """One pair: its signs, whether it is one event, and which set it is from."""

    signs: tuple[Sign, ...]
    held: tuple[Sign, ...]  # signs that count with the weight learned elsewhere: nothing is learned of them here
    same: bool
    made: bool
    group: str  # pairs of one group are never parted between fitting and checking


def made_pairs(size: int, seed: int, war: War) -> Iterator[Row]:
    """Yield the candidate pairs of a made collection."""
    world = make_world(size, seed=seed, war=war)
    views = make_views(world.articles, world.mentions, world.claims, world.copies, gazetteer=gazetteer())
    for left, right, signs in _signs(views):
        number = world.event_of[left.id]
        kept = tuple(one for one in signs if one.factor not in WORDS)
        yield Row(kept, (), number == world.event_of[right.id], True, f"made:{number % 5}")


def ecb_pairs(data: Path) -> Iterator[Row]:
    """Yield the candidate pairs of the training topics of ECB+ whose events the set tells apart or together."""
    read = BuiltIn()
    articles: list[Article] = []
    extractions: list[Extraction] = []
    chains: dict[str, list[tuple[int, int, str]]] = {}
    topics: dict[str, str] = {}
    for path, sentences in ecb_files(data, dev=False):
        text, marked = _chains(path, sentences)
        article = make_article(url=f"ecb:{path.stem}", text=text, sha256="", fetched_at="", lang="en")
        result = read(article)
        if isinstance(result, Extraction):
            articles.append(article)
            extractions.append(result)
            chains[article.id] = marked
            topics[article.id] = path.parent.name
    mentions = [mention for one in extractions for mention in one.mentions]
    claims = [claim for one in extractions for claim in one.claims]
    views = make_views(articles, mentions, claims, gazetteer=gazetteer())
    of = {mention.id: _events(mention, chains[mention.article_id]) for mention in mentions}
    for left, right, signs in _signs(views):
        if of[left.id] and of[right.id]:
            same = bool(of[left.id] & of[right.id])
            yield Row(*_parted(signs), same, False, f"ecb:{topics[left.article_id]}")


def gvdb_pairs(data: Path) -> Iterator[Row]:
    """Yield pairs of GVDB reports (gun violence, two months) that name no harmed or accused person in common.

    They are of different events of one kind, as like in words, places and figures as different events get; times and
    kinds are left out as for ECB+, whose pairs of one event stand beside them.
    """
    read = BuiltIn()
    articles: list[Article] = []
    found: list[Extraction] = []
    people: dict[str, set[str]] = {}
    for line in (data / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        text = "\n".join(join(sentence)[0] for sentence in report["full_text"])
        article = make_article(
            url=f"gvdb:{report['doc_key']}", text=text, sha256="", fetched_at="", published=report["date"], lang="en"
        )
        result = read(article)
        if isinstance(result, Extraction):
            articles.append(article)
            found.append(result)
            people[article.id] = {
                word.lower()
                for span in report["spans"]
                if span[2].endswith("-NAME")
                for word in span[4]
                if len(word) > 2
            }
    mentions = [mention for one in found for mention in one.mentions]
    claims = [claim for one in found for claim in one.claims]
    for left, right, signs in _signs(make_views(articles, mentions, claims, gazetteer=gazetteer())):
        if left.article_id != right.article_id and not people[left.article_id] & people[right.article_id]:
            yield Row(*_parted(signs), False, False, f"gvdb:{left.article_id[-1]}")


def _parted(signs: Iterable[Sign]) -> tuple[tuple[Sign, ...], tuple[Sign, ...]]:
    """Part signs into those that a real set teaches and those held at what the made collections taught."""
    all_signs = tuple(signs)
    return (
        tuple(one for one in all_signs if one.factor not in NOT_OF_ECB),
        tuple(one for one in all_signs if one.factor in NOT_OF_ECB),
    )


def _signs(views: Iterable[MentionView]) -> Iterator[tuple[MentionView, MentionView, list[Sign]]]:
    by_id = {view.id: view for view in views}
    for left, right in find_candidates(by_id.values()).pairs:
        signs, veto = gather_signs(by_id[left], by_id[right], told=False)
        if veto is None:
            yield by_id[left], by_id[right], signs


def _chains(path: Path, sentences: set[str]) -> tuple[str, list[tuple[int, int, str]]]:
    """Give a text with its event words in checked sentences, each with the name of its chain across texts."""
    root = ET.parse(path).getroot()
    tokens = [row for row in root if row.tag == "token"]
    text, spans = join([row.text or "" for row in tokens])
    place = {row.get("t_id"): span for row, span in zip(tokens, spans, strict=True)}
    checked = {row.get("t_id") for row in tokens if row.get("sentence") in sentences}
    markables = root.find("Markables")
    words = {
        row.get("m_id"): anchors
        for row in (markables if markables is not None else ())
        if (anchors := [a.get("t_id") for a in row.findall("token_anchor")]) and "ACTION_" in row.tag
    }
    targets = {row.get("m_id"): row.get("note") for row in (markables if markables is not None else ())}
    found: list[tuple[int, int, str]] = []
    relations = root.find("Relations")
    for relation in relations if relations is not None else ():
        if not relation.tag.startswith("CROSS_DOC"):
            continue
        target = relation.find("target")
        name = relation.get("note") or targets.get(target.get("m_id") if target is not None else None) or ""
        for source in relation.findall("source"):
            anchors = words.get(source.get("m_id"))
            if anchors and name and anchors[0] in checked:
                found.append((place[anchors[0]][0], place[anchors[-1]][1], name))
    return text, sorted(found)


def _events(mention: Mention, marked: Iterable[tuple[int, int, str]]) -> frozenset[str]:
    """Give the chains whose words stand in a mention; what is said or thought about an event is no event of ours."""
    return frozenset(name for start, end, name in marked if mention.start <= start and end <= mention.end)
