from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

import factories as make
from variorum.errors import LedgerError, LedgerWriteError, QuoteMismatchError, UnreadableError, UsageError
from variorum.ledger import InputSeen, Ledger
from variorum.model import Extraction, Problem


def fill(ledger: Ledger, *names: str, version: str = "1") -> list[Extraction]:
    found = []
    for name in names or ("one",):
        article = make.article(name)
        ledger.add_article(article)
        found.append(make.extraction(article, version=version))
        ledger.add_extraction(found[-1])
    return found


def test_what_was_read_comes_back_as_it_went_in(ledger: Ledger) -> None:
    article = make.article()
    found = make.extraction(article, held=2)
    ledger.add_article(article)
    ledger.add_extraction(found)
    assert list(ledger.articles()) == [article]
    assert list(ledger.readings()) == [found.reading]
    assert tuple(ledger.mentions()) == found.mentions
    assert sorted(ledger.claims(), key=lambda row: row.id) == sorted(found.claims, key=lambda row: row.id)
    assert tuple(ledger.held_back()) == found.held_back


def test_what_was_written_is_there_when_the_ledger_is_opened_again(place: str) -> None:
    with Ledger.open(place, create=True) as ledger:
        fill(ledger)
        before = ledger.dump()
    with Ledger.open(place, readonly=True) as ledger:
        assert ledger.dump() == before
        assert ledger.counts()["claim"] == 2


def test_articles_are_numbered_at_their_first_writing(ledger: Ledger) -> None:
    first, second, third = (make.article(name) for name in ("zeta", "alpha", "mid"))
    assert ledger.add_articles([first, second]) == 2
    assert ledger.add_articles([second, third]) == 1
    assert [ledger.article_number(row.id) for row in (first, second, third)] == [1, 2, 3]
    assert [row.url for row in ledger.articles()] == [first.url, second.url, third.url]


def test_the_same_reading_again_writes_nothing(ledger: Ledger) -> None:
    (found,) = fill(ledger)
    before = ledger.dump()
    assert not ledger.add_article(make.article())
    assert not ledger.add_extraction(found)
    assert ledger.dump() == before


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (0, 8, "shelling"),
        (0, 9, "Shelling"),
        (5, 5, ""),
        (-8, 8, "Shelling"),
        (0, 10_000, make.TEXT),
        (1, 9, "Shelling"),
    ],
)
def test_a_quote_that_is_not_at_its_span_is_refused(ledger: Ledger, start: int, end: int, quote: str) -> None:
    article = make.article()
    ledger.add_article(article)
    found = make.extraction(article)
    wrong = replace(found.claims[0], start=start, end=end, quote=quote)
    with pytest.raises(QuoteMismatchError):
        ledger.add_extraction(replace(found, claims=(wrong,)))
    assert ledger.counts()["reading"] == 0


def test_spans_count_code_points_after_an_emoji_and_arabic(ledger: Ledger) -> None:
    article = make.article()
    ledger.add_article(article)
    assert ledger.add_extraction(make.extraction(article, [("date", "Thursday"), ("killed", "سبعة")]))
    assert [row.quote for row in ledger.claims()] == ["Thursday", "سبعة"]


def test_an_id_that_is_not_the_digest_of_its_content_is_refused(ledger: Ledger) -> None:
    article = make.article()
    ledger.add_article(article)
    found = make.extraction(article)
    with pytest.raises(LedgerError, match="digest"):
        ledger.add_extraction(replace(found, claims=(replace(found.claims[0], value="13"),)))
    with pytest.raises(LedgerError, match="digest"):
        ledger.add_article(replace(make.article("two"), id=article.id))


def test_a_reading_of_an_unknown_article_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="not in the ledger"):
        ledger.add_extraction(make.extraction(make.article()))


@pytest.mark.parametrize("text", ["a\0b", "half \udce9 a character"])
def test_a_text_no_database_can_hold_is_unreadable(ledger: Ledger, text: str) -> None:
    with pytest.raises(UnreadableError):
        ledger.add_article(replace(make.article(), text=text))


def test_a_newer_version_of_an_extractor_supersedes_the_older(ledger: Ledger) -> None:
    article = make.article()
    ledger.add_article(article)
    ledger.add_extraction(make.extraction(article, [("killed", "12"), ("killed", "Seven")]))
    ledger.add_extraction(make.extraction(article, [("killed", "12"), ("date", "Thursday")], version="2"))
    assert [row.quote for row in ledger.claims()] == ["12", "Thursday"]
    assert [row.quote for row in ledger.claims(live=False)] == ["12", "Thursday", "Seven"]
    assert [row.version for row in ledger.readings()] == ["2"]


def test_a_find_of_two_versions_is_one_row(ledger: Ledger) -> None:
    (old,) = fill(ledger)
    fill(ledger, version="2")
    assert ledger.counts()["claim"] == 2
    assert {row.id for row in ledger.claims()} == {row.id for row in old.claims}


def test_an_older_version_that_comes_back_is_live_again(ledger: Ledger) -> None:
    (old,) = fill(ledger)
    fill(ledger, version="2")
    assert ledger.add_extraction(old)
    assert [row.version for row in ledger.readings()] == ["1"]


def test_two_extractors_stand_beside_each_other(ledger: Ledger) -> None:
    article = make.article()
    ledger.add_article(article)
    ledger.add_extraction(make.extraction(article, [("killed", "12")]))
    ledger.add_extraction(make.extraction(article, [("killed", "Seven")], extractor="other"))
    assert [row.quote for row in ledger.claims()] == ["12", "Seven"]


def test_unread_articles_are_those_without_a_live_reading(ledger: Ledger) -> None:
    fill(ledger, "one", "two")
    ledger.add_article(make.article("three"))
    assert [row.url for _, row in ledger.unread_after(0, "rules", "1", 9)] == ["file:three.txt"]
    assert len(ledger.unread_after(0, "rules", "2", 9)) == 3


def test_inputs_that_were_read_are_remembered_by_path(ledger: Ledger) -> None:
    old, new = (InputSeen("in/a.txt", size, 1, "ef" * 32, ("art_1", "art_2")) for size in (3, 4))
    ledger.add_seen([old])
    ledger.add_seen([new])
    assert ledger.seen() == {"in/a.txt": new}


def test_a_problem_is_written_once_and_can_be_cleared(ledger: Ledger) -> None:
    problem = Problem("in/caf\udce9.txt", "empty", "it is empty", "look", make.NOW)
    assert ledger.add_problems([problem, replace(problem, code="binary")]) == 2
    assert ledger.add_problems([replace(problem, at=make.LATER)]) == 0
    assert [row.where for row in ledger.problems()] == ["in/caf\\udce9.txt"] * 2
    assert ledger.clear_problems("in/caf\udce9.txt") == 2
    assert not [*ledger.problems()]


def test_a_block_that_fails_leaves_no_trace(ledger: Ledger) -> None:
    before = ledger.dump()

    def write_and_fail() -> None:
        with ledger.writing():
            fill(ledger)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_fail()
    assert ledger.dump() == before


def test_a_reader_is_not_hindered_by_a_writer_and_sees_what_was_there(place: str) -> None:
    with Ledger.open(place, create=True) as writer, Ledger.open(place, readonly=True) as reader:
        fill(writer)
        with writer.writing():
            fill(writer, "two")
            assert reader.counts()["article"] == 1
        assert reader.counts()["article"] == 2


def test_threads_of_one_ledger_write_one_after_the_other(ledger: Ledger) -> None:
    articles = [make.article(f"t{number}") for number in range(6)]
    threads = [threading.Thread(target=ledger.add_article, args=[article]) for article in articles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ledger.article_numbers().values()) == [1, 2, 3, 4, 5, 6]


def test_a_ledger_opened_for_reading_refuses_to_write(place: str) -> None:
    Ledger.open(place, create=True).close()
    with Ledger.open(place, readonly=True) as ledger, pytest.raises(LedgerWriteError, match="reading only"):
        ledger.add_article(make.article())


@pytest.mark.parametrize("readonly", [True, False])
def test_a_ledger_that_is_not_there_is_a_wrong_use(place: str, readonly: bool) -> None:
    with pytest.raises(UsageError, match="no ledger"):
        Ledger.open(place, readonly=readonly)


def test_a_missing_folder_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        Ledger.open(tmp_path / "nowhere" / "ledger.db", create=True)


def test_names_of_files_may_hold_any_letter(tmp_path: Path) -> None:
    path = tmp_path / "my ledger #1 ? 50% café.db"
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
    with Ledger.open(path, readonly=True) as ledger:
        assert ledger.check() == []
    assert path.exists()


def test_numbers_and_runs_are_kept(ledger: Ledger) -> None:
    first = ledger.start_run("run in/", program="variorum 0", at=make.NOW)
    ledger.start_run("run in/", program="variorum 0", at=make.LATER)
    ledger.finish_run(first, {"articles": 3, "seconds": 1.5}, at=make.LATER)
    killed, done = ledger.runs()
    assert (killed.number, killed.finished_at) == (2, None)
    assert (done.number, done.figures["articles"]) == (1, 3)


def test_a_ledger_can_be_written_while_it_is_walked_through(ledger: Ledger) -> None:
    ledger.add_articles([make.article(str(number)) for number in range(30)])
    for article in ledger.articles():
        ledger.add_extraction(make.extraction(article))
    assert ledger.unread_after(0, "rules", "1", 9) == []
    assert ledger.counts()["reading"] == 30


def test_a_walk_can_be_broken_off(ledger: Ledger) -> None:
    ledger.add_articles([make.article(str(number)) for number in range(3)])
    assert next(ledger.articles()) == make.article("0")
    assert ledger.add_article(make.article("3"))
