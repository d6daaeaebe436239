"""The benchmark of disagreement answered by this program in four ways, and by two plain methods.

`read` reads the plain reports of all events in one collection, as a user does: it finds the claims and which reports
speak of one event. `grouped` reads them too, and is told which reports are of one event. `marked` is given the words,
value and scope of each claim and which reports are of one event, and finds who said it, what is a copy, and the
relations. `given` knows sources and lineages too, and finds the relations.

The plain methods know no copies: `strings` calls two values one when they are written alike, and else a contradiction,
on the claims that the program reads, and on the marked ones; `numbers` does so with the numbers that stand near a word
for the dead, hurt or fired.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.disagreement_gold import HELD_OUT, PROPERTIES, GoldClaim, GoldEvent, GoldReport, read_events
from bench.disagreement_score import Answer, AnswerClaim, AnswerRelation, score
from bench.incidents import NOW, Resolved, read_and_resolve
from bench.reader import parts
from variorum.extract.attribution import find_attributions
from variorum.extract.evidence import gather_evidence
from variorum.extract.ownvoice import in_own_voice
from variorum.extract.sentences import split_sentences
from variorum.extract.statements import source_at
from variorum.gather.copies import find_copies
from variorum.model import Article, Claim, Relation, make_article
from variorum.resolve.onevoice import OWN_VOICE
from variorum.resolve.relate import direction, relate
from variorum.resolve.voices import Said, make_said
from variorum.values.number import find_figures, write_bounds

SUMMARY = ("relations_f1", "least_kind_f1", "lineages_b3", "source_of_claim", "claims_f1")


def run(data: Path, task: str = "disagreement") -> dict[str, Any]:
    """Measure all events in each way, and the summary of each half, development and held out."""
    events = list(read_events(data))
    read, grouped, strings = answer_by_reading(events)
    marked = {event.number: answer_marked(event) for event in events}
    ways = {
        "read": read,
        "grouped": grouped,
        "marked": marked,
        "given": {event.number: answer_given(event) for event in events},
    }
    plain = {
        "read": strings,
        "marked": {number: _strings_of(answer) for number, answer in marked.items()},
    }
    metrics: dict[str, float] = {}
    report: list[str] = []
    for way, answers in ways.items():
        metrics |= {f"{way}_{name}": figure for name, figure in score(events, answers).metrics().items()}
        for half, held_out in (("development", False), ("held_out", True)):
            found = score([event for event in events if (event.number >= HELD_OUT) == held_out], answers)
            figures = found.metrics()
            metrics |= {f"{half}_{way}_{name}": figures[name] for name in SUMMARY}
            if not held_out:
                report += [f"{way} {number:02} {what} {words}" for number, what, words in sorted(found.wrong)]
    numbers = score(events, {event.number: answer_by_numbers(event) for event in events}).metrics()
    metrics |= {f"plain_numbers_{name}": numbers[name] for name in SUMMARY}
    baseline: dict[str, float] = {}
    for way, answers in plain.items():
        baseline |= {f"{way}_{name}": figure for name, figure in score(events, answers).metrics().items()}
    return {
        "task": task,
        "n": sum(len(event.reports) for event in events),
        "metrics": metrics,
        "baseline": baseline,
        "report": report,
    }


def _strings_of(answer: Answer) -> Answer:
    alone = {report: report for report in answer.lineages}
    return replace(answer, lineages=alone, relations=tuple(_by_strings(answer.claims)))


def answer_given(event: GoldEvent) -> Answer:
    """Relate the marked claims as the program does, in their marked lineages and voices."""
    reports = {report.id: report for report in event.reports}
    said: list[Said] = []
    for report in event.reports:
        when = reports[report.root].published or None
        for one in report.claims:
            statement = event.statement_of[f"{one.mark} {one.prop}"]
            claim = _marked(one, report, report.id, one.sources[0] if one.sources else "", when)
            speaker = statement.voice if one.sources else f"{OWN_VOICE}{statement.voice}"
            place = (when or "9999", report.id, one.start, one.end, claim.id)
            said.append(Said(claim, report.id, report.root, speaker, when, report.id != report.root, place))
    return _answer(event, said, {report.id: report.root for report in event.reports}, {id: id for id in reports})


def answer_marked(event: GoldEvent) -> Answer:
    """Find who said each marked claim, which reports are copies, and the relations of what is said."""
    articles = {report.id: _article(event, report) for report in event.reports}
    report_of = {article.id: id for id, article in articles.items()}
    roots = {copy.article_id: copy.original_id for copy in find_copies(articles.values())}
    claims: list[Claim] = []
    for report in event.reports:
        article = articles[report.id]
        sentences = split_sentences(article.text, article.title)
        told = [sentence for sentence in sentences if sentence.role in {"title", "body"}]
        evidence = gather_evidence(article.text, told, parts())
        stated = evidence.attributions(article.text, sentences, find_attributions(article.text, sentences))
        rows = in_own_voice(stated, article.outlet)
        for one in report.claims:
            found = source_at(rows, one.start)
            if found is None and one.stance == "denies":  # "‹the Front› denied that it had fired": who denies it did it
                found = next((row for row in rows if row.source_start <= one.start < row.source_end), None)
            source = found.source if found is not None else ""
            claims.append(_marked(one, report, article.id, source, article.published))
    by_id = {article.id: article for article in articles.values()}
    said = make_said(claims, {id: id for id in by_id}, by_id, roots)
    lineages = {report: report_of[roots.get(article.id, article.id)] for report, article in articles.items()}
    return _answer(event, said, lineages, report_of)


def _marked(one: GoldClaim, report: GoldReport, mention: str, source: str, when: str | None) -> Claim:
    return Claim(
        id=f"{one.mark} {one.prop}",
        mention_id=mention,
        reading_id="",
        prop=one.prop,
        value=one.value,
        scope=one.scope or None,
        source=source,
        stance=one.stance,
        as_of=when,
        start=one.start,
        end=one.end,
        quote=report.text[one.start : one.end],
    )


def _answer(
    event: GoldEvent, said: Sequence[Said], lineages: Mapping[str, str], report_of: Mapping[str, str]
) -> Answer:
    reports = {report.id: report for report in event.reports}
    by_id = {one.claim.id: one.claim for one in said}
    texts = {article: reports[report].text for article, report in report_of.items()}
    return Answer(
        event.number,
        lineages,
        tuple(_claim(one, reports[report_of[one.article_id]]) for one in said),
        tuple(_relation(row, by_id) for row in relate(said, texts) if row.right is not None),
    )


def _relation(row: Relation, claims: Mapping[str, Claim]) -> AnswerRelation:
    left, right = claims[row.left], claims[str(row.right)]
    way = direction(row.prop, left.value, right.value) if row.name == "revised" else ""
    return AnswerRelation(row.name, row.left, str(row.right), way)


def answer_by_reading(
    events: Sequence[GoldEvent],
) -> tuple[dict[int, Answer], dict[int, Answer], dict[int, Answer]]:
    """Read all reports in one collection; give the program's answers, in events of its own and in those marked.

    The third are those of strings on the claims of its own events.
    """
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
    read, grouped, strings = {}, {}, {}
    for event in events:
        own_articles = {id: report for id, (own, report) in home.items() if own is event}
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
        report_of = {id: report.id for id, report in own_articles.items()}
        grouped[event.number] = _answer(event, _all_said(resolved, own_articles, roots), lineages, report_of)
    return read, grouped, strings


def _all_said(resolved: Resolved, own: Mapping[str, GoldReport], roots: Mapping[str, str]) -> list[Said]:
    """Give what some articles claim of whatever events they tell, as if all were one."""
    told = [resolved.readings[id] for id in own]
    live = {row.id: row.article_id for one in told for row in one.mentions if not row.kind.startswith("background.")}
    claims = [row for one in told for row in one.claims if row.mention_id in live and row.prop in PROPERTIES]
    return make_said(claims, live, {article.id: article for article in resolved.articles}, roots)


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
    source = claim.source or ("" if one.speaker.startswith(OWN_VOICE) else one.speaker)
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
