"""However the work is cut into shards, and whoever does them, the result is that of one machine, row for row."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from told import Fact, Happening, Map, Told, tell
from variorum.model import Copy, Judgement, Named, Ruling
from variorum.resolve import blocks, incremental, laid, resolution, scoring, shards
from variorum.resolve.candidates import Cut
from variorum.resolve.cluster import Grouping, Link
from variorum.resolve.incremental import Standing
from variorum.resolve.laid import Laid, lay_out_all
from variorum.resolve.resolution import Abroad, Resolution, resolve
from variorum.resolve.scoring import share_scoring
from variorum.resolve.view import MentionView, make_views

NOW = "2031-06-03T10:00:00Z"
PLACES = ("gn:wadi", "gn:tarn", "gn:ridge", "gn:far", "ne:north", "ne:XA", "name:Hollow")
# Either side of midnight, of the border of a stretch of time, and of a month; a vague one, and one without a year.
DATES = ("2031-05-31", "2031-06-01", "2031-06-09", "2031-05", "rel:thu", "2031-04-02", "2031-04-28")
WORDS = ("a market was shelled", "rockets fell on the bakery", "gunmen took two drivers", "the camp burnt down")
SHARDS = (1, 2, 3, 7)


def make_reports(count: int) -> list[Told]:
    """Tell of few places and days, so that blocks are crowded; some say no date, no place or neither."""
    reports = []
    for number in range(count):
        happenings = []
        for part in range(1 + (number % 9 == 0)):
            seed = number * 3 + part * 5
            facts = []
            if seed % 7:
                facts.append(Fact("date", DATES[seed * 5 % 11 % len(DATES)]))
            if seed % 5:
                facts.append(Fact("place", PLACES[seed * 3 % 13 % len(PLACES)]))
            if seed % 3:
                facts.append(Fact("killed", str(2 + seed % 4), "all"))
            words = f"{WORDS[seed % 4]} {'again ' * (seed % 3)}"
            happenings.append(Happening(("strike", "strike", "attack", "destruction")[seed % 4], facts, words))
        published = None if number % 11 == 0 else f"2031-06-{1 + number % 4:02d}"
        reports.append(tell(f"R{number}", *happenings, published=published))
    return reports


REPORTS = make_reports(160)
MENTIONS = [mention.id for report in REPORTS for mention in report.mentions]


def travel(work: Callable[[Any], Any], pieces: Iterable[Any]) -> Iterator[Any]:
    """Do what an engine does, in this process: pieces and results go through pickles, and nothing else is shared."""
    for piece in pieces:
        yield pickle.loads(pickle.dumps(work(pickle.loads(pickle.dumps(piece)))))


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make bounds so narrow that a few mentions crowd a block."""
    monkeypatch.setattr(blocks, "LIMIT", 6)
    monkeypatch.setattr(blocks, "WINDOW", 2)
    monkeypatch.setattr(incremental, "FULL_COMPARISON", 8)


def cut_into(number: int, count: int, patch: pytest.MonkeyPatch) -> None:
    """Make shards of such a size that so many mentions give that number of them, and every other piece as small."""
    size = -(-count // number)
    patch.setattr(shards, "HOME", size)
    for module, name in ((laid, "ARTICLES"), (resolution, "EVENTS")):
        patch.setattr(module, name, max(1, size // 2))
    patch.setattr(scoring, "MENTIONS", 20)
    patch.setattr(incremental, "LARGE_HEAP", 3)


def judgements(pairs: Sequence[tuple[int, int]]) -> list[Judgement]:
    """Let a person join and tell apart mentions that lie anywhere."""
    found = []
    for number, pair in enumerate(pairs):
        left, right = sorted(MENTIONS[place % len(MENTIONS)] for place in pair)
        if left != right:
            verdict = "same" if number % 2 else "different"
            found.append(Judgement(left, right, verdict, "mk", None, "", f"2031-06-0{1 + number % 3}"))
    return found


ACROSS = judgements([(n * 17, n * 31 + 5) for n in range(40)])
KIND = [Ruling(MENTIONS[8], "correct", "kind", "talks", "mk", "", NOW)]
COPIES = [Copy(REPORTS[n].article.id, REPORTS[n // 2].article.id, 0.9) for n in range(2, 160, 9)]


def follow(abroad: Abroad, register: Iterable[Named] = (), previous: dict[str, Any] | None = None) -> Resolution:
    return resolve(
        [report.article for report in REPORTS],
        [mention for report in REPORTS for mention in report.mentions],
        [claim for report in REPORTS for claim in report.claims],
        COPIES,
        ACROSS,
        KIND,
        register,
        previous,
        gazetteer=Map(),
        now=NOW,
        abroad=abroad,
    )


@cache
def on_one_machine() -> Resolution:
    return follow(Abroad())


@pytest.mark.parametrize("number", SHARDS)
def test_the_result_is_that_of_one_machine(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = on_one_machine()
    texts = {report.article.id: report.article for report in REPORTS}
    asked: list[int] = []

    def fetch(ids: Iterable[str]) -> list[Any]:
        asked.append(len(list(ids)))
        return [texts[id] for id in ids]

    cut_into(number, len(MENTIONS), monkeypatch)
    assert follow(Abroad(travel, fetch=fetch)) == whole
    assert whole.cut  # blocks were crowded
    assert any(len(event.mentions) > 5 for event in whole.events)
    assert whole.refused
    assert max(asked) < len(REPORTS) or number < 7  # small pieces never need the texts of all articles


def lay(reports: Sequence[Told]) -> tuple[Laid, list[MentionView]]:
    """Lay the mentions of reports out both ways: packed, and as they are."""
    given = (
        [report.article for report in reports],
        [mention for report in reports for mention in report.mentions],
        [claim for report in reports for claim in report.claims],
    )
    told = resolution._reports({one.id: one for one in given[0]}, given[1], given[2], (), (), Map())
    gists = resolution._make_gists({one.id: one for one in given[0]}, given[1])
    return lay_out_all(told, gists, travel), make_views(*given, gazetteer=Map())


Answer = tuple[list[Link], Grouping, list[Cut]]


def answer(standing: Standing) -> Answer:
    return standing.links(), standing.grouping(), standing.cut()


numbers = st.integers(0, len(REPORTS) - 1)


@given(
    st.lists(numbers, min_size=1, max_size=60, unique=True),
    st.lists(st.tuples(numbers, numbers), max_size=8),
    st.sampled_from(SHARDS),
    st.sampled_from([2, 5, 16]),
)
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shards_leave_what_one_mention_after_another_gives(
    chosen: list[int], said: list[tuple[int, int]], number: int, most: int
) -> None:
    packed, views = lay([REPORTS[one] for one in chosen])
    with pytest.MonkeyPatch.context() as patch:
        cut_into(number, len(views), patch)
        sharded = Standing(share_scoring(str, travel), pairs_per_mention=most, share=travel)
        sharded.judge(judgements(said))
        sharded.begin(packed)
        found = answer(sharded)
    # The index kept up as mentions come knows nothing of shards.
    single = Standing(pairs_per_mention=most)
    single.judge(judgements(said))
    single.add(views[:1])
    for start in range(1, len(views), 25):
        single.add(views[start : start + 25])
    assert found == answer(single)


def test_mentions_come_and_go_after_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    packed, _ = lay(REPORTS[:60])
    _, views = lay(REPORTS[:80])
    cut_into(3, 60, monkeypatch)
    sharded, single = Standing(share=travel), Standing()
    sharded.begin(packed)
    late = [view for view in views if view.id not in packed.ids]
    gone = packed.ids[:10]
    sharded.add(late)
    sharded.remove(gone)
    single.add([view for view in views if view.id not in gone])
    assert answer(sharded) == answer(single)
    with pytest.raises(ValueError, match="in already"):
        sharded.begin(packed)


def test_each_mention_is_at_home_once_and_a_shard_holds_only_whom_its_own_see(monkeypatch: pytest.MonkeyPatch) -> None:
    packed, _ = lay(REPORTS)
    index, _ = blocks.Blocks.empty().added(packed.sheet)
    cut_into(7, len(packed.ids), monkeypatch)
    cut = list(shards.cut_shards(packed.sheet.without_entries(), index, 12))
    assert sorted(row for shard in cut for row in shard.rows[shard.home].tolist()) == list(range(len(packed.ids)))
    for shard in cut:
        assert {*shard.sight.row.tolist(), *shard.home.tolist()} == set(range(len(shard.rows)))
