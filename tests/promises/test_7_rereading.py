"""Promises 1 and 7 through the pipeline: reading again changes nothing; decisions survive another reader."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

import invented
from conftest import NewPlace
from invented import Deed, Story, at, deeds, do, put, stories, take, tries, work_out
from variorum.ledger import Ledger
from variorum.model import (
    Article,
    Claim,
    Extraction,
    Judgement,
    Mention,
    Problem,
    Ruling,
    make_claim,
    make_mention,
    make_reading,
)
from variorum.pipeline import BuiltIn, run


@tries(20)
@given(stories(max_size=4), deeds(max_size=6), st.booleans())
def test_1_reading_again_changes_nothing(
    empty_place: NewPlace, told: list[Story], history: list[Deed], touched: bool
) -> None:
    place = empty_place("sqlite")
    folder = Path(place).parent / "in"
    with Ledger.open(place) as ledger:
        take(ledger, folder, "first", told, at(0))
        for step, deed in enumerate(history, start=1):
            do(ledger, folder, told, deed, step)
        run([folder], ledger, now=at(100), workers=1)
        before, runs_before = ledger.dump(), list(ledger.runs())
        if touched:
            os.utime(put(folder, "first", told), (1, 1))
        report = run([folder], ledger, now=at(200), workers=1)
        after = ledger.dump()
        if touched:  # the time of the file is remembered, and nothing else
            before, after = (_without(text, "input_seen") for text in (before, after))
        assert after == before
        assert list(ledger.runs()) == runs_before
        assert report.readings_new == report.articles_new == 0


def _without(dump: str, table: str) -> list[str]:
    return [line for line in dump.splitlines() if not line.startswith(f"{table} ")]


@dataclass(frozen=True)
class Change:
    """How another version of the reader finds things."""

    cut: int = 0  # words that each mention loses at its end
    dropped: int = 0  # of ten mentions; 10 drops all
    moved: int = 0  # of ten claims, those whose words it takes with the word before
    other_value: int = 0  # of ten claims of a toll, those that it reads as another figure


changes = st.builds(
    Change, st.integers(0, 3), st.sampled_from([0, 0, 3, 10]), st.integers(0, 10), st.sampled_from([0, 0, 5])
)


@dataclass(frozen=True)
class Otherwise(BuiltIn):
    """The next version of the reader."""

    change: Change = Change()

    @property
    def version(self) -> str:
        return "next"

    def __call__(self, article: Article) -> Extraction | Problem:
        return read_otherwise(article, self.change)


def read_otherwise(article: Article, change: Change) -> Extraction | Problem:
    """Read an article as the next version of the reader does."""
    before = invented.read_once(article)
    if isinstance(before, Problem):
        return before
    found = make_reading(article.id, BuiltIn().extractor, "next")
    mentions: dict[str, Mention] = {}
    for mention in before.mentions:
        if _lot(mention.id) < change.dropped:
            continue
        words = mention.quote.split(" ")
        kept = " ".join(words[: max(1, len(words) - change.cut)])
        mentions[mention.id] = make_mention(article, found.id, mention.kind, mention.start, mention.start + len(kept))
    claims: dict[str, Claim] = {}
    for claim in before.claims:
        if claim.mention_id not in mentions:
            continue
        start = claim.start
        if _lot(claim.id) < change.moved:
            start = article.text.rfind(" ", 0, max(0, start - 1)) + 1
        value = claim.value
        if claim.prop == "killed" and _lot(claim.id[::-1]) < change.other_value:
            value = "99"
        row = make_claim(
            mentions[claim.mention_id],
            article,
            prop=claim.prop,
            value=value,
            start=start,
            end=claim.end,
            scope=claim.scope,
            source=claim.source,
            stance=claim.stance,
        )
        claims[row.id] = row
    return Extraction(found, tuple({row.id: row for row in mentions.values()}.values()), tuple(claims.values()))


def _lot(id: str) -> int:
    return sum(map(ord, id)) % 10


def _overlap(one: Mention | Claim, other: Mention | Claim) -> bool:
    return one.start < other.end and other.start < one.end


@tries(20)
@example(
    [Story(0, 3, 0, 0, 0, 0), Story(0, 3, 1, 1, 1, 1)], [Deed("judge", 0, 1, 1), Deed("judge", 1, 0, 0)], Change(cut=2)
)
@example([Story(0, 3, 0, 0, 0, 0), Story(0, 3, 1, 1, 1, 1)], [Deed("judge", 0, 1, 1)], Change())
@given(stories(max_size=4), deeds("judge", "judge", "rule", "rule", "retract", max_size=8), changes)
def test_7_decisions_survive_another_version_of_the_reader_and_what_is_lost_is_said(
    empty_place: NewPlace, told: list[Story], history: list[Deed], change: Change
) -> None:
    place = empty_place("sqlite")
    folder = Path(place).parent / "in"
    with Ledger.open(place) as ledger:
        take(ledger, folder, "first", told, at(0))
        for step, deed in enumerate(history, start=1):
            do(ledger, folder, told, deed, step)
        judgements, rulings = list(ledger.judgements()), list(ledger.rulings())
        every_row = {row.number for row in ledger.decisions()}
        old_mentions = {row.id: row for row in ledger.mentions()}
        old_claims = {row.id: row for row in ledger.claims()}
        otherwise = Otherwise(change=change)
        run([], ledger, now=at(100), workers=1, reader=otherwise)
        assert BuiltIn().version != "next"
        assert {row.version for row in ledger.readings()} == {"next"}
        assert every_row <= {row.number for row in ledger.decisions()}
        problems = [row for row in ledger.problems() if row.code in ("judgement-lost", "ruling-lost")]
        mentions = list(ledger.mentions())
        lost = 0
        now = list(ledger.judgements())
        for judgement in judgements:
            heirs = [
                {row.id for row in mentions if row.article_id == old.article_id and _overlap(row, old)}
                for old in (old_mentions[judgement.left], old_mentions[judgement.right])
            ]
            stands = any(_carries(row, judgement, heirs) for row in now)
            if not all(heirs) or heirs[0] == heirs[1]:
                lost += 1
                assert any(row.code == "judgement-lost" and _names(row, judgement) for row in problems)
            else:
                assert stands
        claims = {row.id: row for row in ledger.claims()}
        ruled = list(ledger.rulings())
        for ruling in rulings:
            old = old_claims[ruling.subject]
            article_id = old_mentions[old.mention_id].article_id
            here = [row for row in claims.values() if ledger.mention(row.mention_id).article_id == article_id]
            survive = [
                row
                for row in here
                if (row.prop, row.scope, row.value) == (old.prop, old.scope, old.value) and _overlap(row, old)
            ]
            stands = any(_same_word(row, ruling) and row.subject in claims for row in ruled)
            if survive:
                assert any(_same_word(row, ruling) and row.subject in {one.id for one in survive} for row in ruled)
            elif not stands:
                lost += 1
                assert any(row.code == "ruling-lost" and ruling.subject in row.cause for row in problems)
        assert lost or not problems
        assert ledger.check() == []
        before = ledger.dump()
        run([], ledger, now=at(200), workers=1, reader=otherwise)
        work_out(ledger, at(201))
        assert ledger.dump() == before


def _carries(row: Judgement, judgement: Judgement, heirs: list[set[str]]) -> bool:
    same = (row.verdict, row.by, row.at) == (judgement.verdict, judgement.by, judgement.at)
    pair = {row.left, row.right}
    return same and any(pair == {left, right} for left in heirs[0] for right in heirs[1])


def _names(problem: Problem, judgement: Judgement) -> bool:
    return judgement.by in problem.cause and judgement.left in problem.cause and judgement.right in problem.cause


def _same_word(row: Ruling, ruling: Ruling) -> bool:
    return (row.verdict, row.value, row.by, row.at) == (ruling.verdict, ruling.value, ruling.by, ruling.at)
