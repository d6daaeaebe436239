"""The benchmark of disagreement answered by this program, whole and from marked claims, and by two plain methods.

`given` knows the marked claims, sources and lineages, and finds only the relations; `read` reads the plain reports of
all events in one collection. The plain methods know no copies: `strings` calls two values one when they are written
alike, and else a contradiction; `numbers` does so with the numbers that stand near a word for the dead, hurt or fired.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.disagreement_gold import HELD_OUT, PROPERTIES, GoldEvent, GoldReport, read_events
from bench.disagreement_score import Answer, AnswerClaim, AnswerRelation, Score, score
from bench.incidents import NOW, Resolved, read_and_resolve
from variorum.model import Article, Claim, Relation, make_article
from variorum.resolve.relate import direction, relate
from variorum.resolve.voices import OWN_VOICE, Said, make_said
from variorum.values.number import find_figures, write_bounds


def run(data: Path, task: str = "disagreement") -> dict[str, Any]:
    """Measure both parts; the figures without a prefix are those of all events, read from plain text."""
    events = list(read_events(data))
    read, strings = answer_by_reading(events)
    methods = {
        "": read,
        "given_": {event.number: answer_given(event) for event in events},
    }
    plain = {"": strings, "numbers_": {event.number: answer_by_numbers(event) for event in events}}
    parts = {"": events}
    for prefix, held in (("held_out_", True), ("development_", False)):
        parts[prefix] = [event for event in events if (event.number >= HELD_OUT) == held]
    metrics: dict[str, float] = {}
    report: list[str] = []
    for name, answers in methods.items():
        for part, some in parts.items():
            found = score(some, answers)
            metrics |= {f"{part}{name}{metric}": figure for metric, figure in found.metrics().items()}
            if part == "development_":
                report += _told(name or "read", found)
    baseline: dict[str, float] = {}
    for name, answers in plain.items():
        baseline |= {f"{name}{metric}": figure for metric, figure in score(events, answers).metrics().items()}
    return {
        "task": task,
        "n": sum(len(event.reports) for event in events),
        "metrics": metrics,
        "baseline": baseline,
        "report": report,
    }


def _told(name: str, found: Score) -> list[str]:
    return [f"{name} {number:02} {way} {words}" for number, way, words in sorted(found.wrong)]


def answer_given(event: GoldEvent) -> Answer:
    """Relate the marked claims as the program does, in their marked lineages and voices."""
    reports = {report.id: report for report in event.reports}
    said: list[Said] = []
    claims: list[AnswerClaim] = []
    for report in event.reports:
        when = reports[report.root].published or None
        for one in report.claims:
            statement = event.statement_of[f"{one.mark} {one.prop}"]
            id = f"{one.mark} {one.prop}"
            source = one.sources[0] if one.sources else ""
            quote = report.text[one.start : one.end]
            claim = Claim(
                id=id,
                mention_id="",
                reading_id="",
                prop=one.prop,
                value=one.value,
                scope=one.scope or None,
                source=source,
                stance=one.stance,
                as_of=when,
                start=one.start,
                end=one.end,
                quote=quote,
            )
            speaker = statement.voice if one.sources else f"{OWN_VOICE}{statement.voice}"
            place = (when or "9999", report.id, one.start, one.end, id)
            said.append(Said(claim, report.id, report.root, speaker, when, report.id != report.root, place))
            claims.append(AnswerClaim(id, report.id, one.start, one.end, one.prop, one.value, one.scope, source))
    by_id = {one.claim.id: one.claim for one in said}
    relations = relate(said, {report.id: report.text for report in event.reports})
    return Answer(
        event.number,
        {report.id: report.root for report in event.reports},
        tuple(claims),
        tuple(_relation(row, by_id) for row in relations if row.right is not None),
    )


def _relation(row: Relation, claims: Mapping[str, Claim]) -> AnswerRelation:
    left, right = claims[row.left], claims[str(row.right)]
    way = direction(row.prop, left.value, right.value) if row.name == "revised" else ""
    return AnswerRelation(row.name, row.left, str(row.right), way)


def answer_by_reading(events: Sequence[GoldEvent]) -> tuple[dict[int, Answer], dict[int, Answer]]:
    """Read all reports in one collection; give the program's answers, and those of strings on the same claims."""
    home = {
        article.id: (event, report)
        for event in events
        for report in event.reports
        for article in [_article(event, report)]
    }
    resolved = read_and_resolve([_article(event, report) for event in events for report in event.reports])
    said = list(_voices(resolved))
    by_id = {one.claim.id: one.claim for one in said}
    roots = {copy.article_id: copy.original_id for copy in resolved.copies}
    relations = [row for event in resolved.resolution.events for row in event.relations if row.right is not None]
    read, strings = {}, {}
    for event in events:
        lineages = {
            report.id: home[roots.get(article_id, article_id)][1].id
            for article_id, (own, report) in home.items()
            if own is event
        }
        own_said = [one for one in said if home[one.article_id][0] is event]
        claims = tuple(_claim(one, home[one.article_id][1]) for one in own_said)
        ids = {claim.id for claim in claims}
        rows = tuple(_relation(row, by_id) for row in relations if row.left in ids and row.right in ids)
        read[event.number] = Answer(event.number, lineages, claims, rows)
        alone = {report.id: report.id for report in event.reports}
        strings[event.number] = Answer(event.number, alone, claims, tuple(_by_strings(claims)))
    return read, strings


def _article(event: GoldEvent, report: GoldReport) -> Article:
    site = re.sub(r"\W+", "-", report.outlet.casefold()).strip("-")
    return make_article(
        url=f"https://{site}.example/{event.number:02}{report.id}",
        outlet=report.outlet,
        title=report.title,
        text=report.text,
        published=report.published or None,
        published_basis="metadata" if report.published else "",
        lang="en",
        sha256="0" * 64,
        fetched_at=NOW,
    )


def _voices(resolved: Resolved) -> Iterator[Said]:
    """Yield what is claimed in every event, with the voice and lineage that the program gives it."""
    articles = {article.id: article for article in resolved.articles}
    mentions = {row.id: row for told in resolved.readings.values() for row in told.mentions}
    claims: dict[str, list[Claim]] = {}
    for told in resolved.readings.values():
        for claim in told.claims:
            if claim.prop in PROPERTIES:
                claims.setdefault(claim.mention_id, []).append(claim)
    roots = {copy.article_id: copy.original_id for copy in resolved.copies}
    article_of = {id: row.article_id for id, row in mentions.items()}
    for event in resolved.resolution.events:
        yield from make_said((one for id in event.mentions for one in claims.get(id, ())), article_of, articles, roots)


def _claim(one: Said, report: GoldReport) -> AnswerClaim:
    claim = one.claim
    source = "" if one.speaker.startswith(OWN_VOICE) else one.speaker
    return AnswerClaim(claim.id, report.id, claim.start, claim.end, claim.prop, claim.value, claim.scope or "", source)


def _by_strings(claims: Iterable[AnswerClaim]) -> Iterator[AnswerRelation]:
    """Relate claims of one property and scope in two reports: written alike they agree, else they contradict."""
    for left, right in combinations(claims, 2):
        if left.report != right.report and (left.prop, left.scope) == (right.prop, right.scope):
            yield AnswerRelation("agrees" if left.value == right.value else "contradicts", left.id, right.id)


NEAR = 40  # characters between a number and the word that says what it counts
_WORDS = {
    "killed": re.compile(r"\b(?:killed|dead|died|deaths)\b", re.I),
    "injured": re.compile(r"\b(?:injured|wounded|hurt)\b", re.I),
    "munitions": re.compile(r"\b(?:missiles|rockets|shells|bombs)\b", re.I),
}


def answer_by_numbers(event: GoldEvent) -> Answer:
    """Answer with the numbers that stand near a word for what they count; every report speaks for itself."""
    claims = [
        AnswerClaim(f"{report.id} {one.start} {prop}", report.id, one.start, one.end, prop, write_bounds(one), scope)
        for report in event.reports
        for one in find_figures(report.text)
        for prop, scope in (("killed", "all"), ("injured", "all"), ("munitions", ""))
        if _WORDS[prop].search(report.text, max(0, one.start - NEAR), one.end + NEAR)
    ]
    alone = {report.id: report.id for report in event.reports}
    return Answer(event.number, alone, tuple(claims), tuple(_by_strings(claims)))
