"""Reading what a ledger holds: with the reader that was asked for, page by page, and other languages not at all."""

from __future__ import annotations

import pytest

import mishaps
from variorum.errors import VariorumError
from variorum.ledger import Ledger
from variorum.model import Article, Problem, make_article
from variorum.pipeline import BuiltIn, reading, run

TEXT = "Four people were killed on Thursday when shells hit a market in Homs, a clinic said."


def articles(count: int, lang: str = "en") -> list[Article]:
    return [
        make_article(url=f"https://tarn.invalid/{lang}{n}", text=f"{TEXT} {n}", lang=lang, sha256="", fetched_at="")
        for n in range(count)
    ]


def test_a_process_with_another_version_of_the_reader_reads_nothing() -> None:
    with pytest.raises(VariorumError, match="has the version"):
        reading.ReadBatch(BuiltIn(), "of another day")(articles(1))


def test_every_article_is_read_once_over_several_pages(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 3)
    ledger.add_articles(articles(8))
    told: list[tuple[int, int]] = []
    run(
        [],
        ledger,
        now="2031-05-03T10:00:00+00:00",
        workers=1,
        progress=lambda stage, done, total: told.append((done, total)) if stage == "Claims" else None,
    )
    assert ledger.counts()["reading"] == 8
    assert told[-1] == (8, 8)


def test_articles_in_other_languages_are_kept_counted_and_not_read(ledger: Ledger) -> None:
    ledger.add_articles([*articles(2), *articles(3, "pl")])
    report = run([], ledger, now="2031-05-03T10:00:00+00:00", workers=1)
    assert (report.articles, report.readings_new) == (5, 2)
    assert report.languages == {"pl": {"reports": 3, "first": [3, 4, 5]}}


def test_a_failed_reading_is_a_problem_row_and_not_tried_again(ledger: Ledger) -> None:
    class Failing(BuiltIn):
        def __call__(self, article: Article) -> Problem:
            return Problem(article.url, "reader-failed", "the reader failed", "tell", "")

    ledger.add_articles(articles(1))
    for expected in (1, 0):
        report = run([], ledger, now="2031-05-03T10:00:00+00:00", workers=1, reader=Failing())
        assert report.readings_new == expected


def test_a_reader_that_ends_the_program_loses_its_article_only() -> None:
    class Ending(BuiltIn):
        def __call__(self, article: Article) -> Problem:
            raise SystemExit(0)

    found = reading.ReadBatch(Ending(), Ending().version)(articles(2))
    assert [row.code for row in found if isinstance(row, Problem)] == ["reader-failed"] * 2


@pytest.mark.file
def test_what_an_earlier_run_left_unread_is_read_by_a_process_of_its_own(ledger: Ledger) -> None:
    deadly = make_article(url="https://tarn.invalid/deadly", text=mishaps.DEADLY, lang="en", sha256="", fetched_at="")
    ledger.add_articles([*articles(2), deadly])
    report = run([], ledger, now="2031-05-03T10:00:00+00:00", workers=1, reader=mishaps.Mortal(), careful=True)
    assert (report.readings_new, [row.code for row in report.problems]) == (3, ["reader-failed"])
