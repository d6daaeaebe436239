from __future__ import annotations

import factories as make
from variorum.ledger import Ledger


def pages(ledger: Ledger, version: str = "1", limit: int = 2, langs: list[str] | None = None) -> list[list[int]]:
    found: list[list[int]] = []
    last = 0
    while page := ledger.unread_after(last, "rules", version, limit, langs):
        found.append([number for number, _ in page])
        last = page[-1][0]
    return found


def fill(ledger: Ledger, count: int = 5, **fields: str) -> None:
    ledger.add_articles([make.article(f"{fields.get('lang', 'en')}{number}", **fields) for number in range(count)])


def test_pages_hold_every_unread_article_once_by_number(ledger: Ledger) -> None:
    fill(ledger)
    assert pages(ledger) == [[1, 2], [3, 4], [5]]
    assert [row.url for _, row in ledger.unread_after(3, "rules", "1", 9)] == ["file:en3.txt", "file:en4.txt"]
    assert ledger.unread_after(1, "rules", "1", 1)[0][1] == make.article("en1")


def test_what_is_read_and_added_between_two_pages_is_neither_lost_nor_given_twice(ledger: Ledger) -> None:
    fill(ledger)
    last, seen = 0, []
    while page := ledger.unread_after(last, "rules", "1", 2):
        for last, article in page:
            ledger.add_extraction(make.extraction(article))
            seen.append(last)
        if last == 4:
            ledger.add_article(make.article("late"))
    assert seen == [1, 2, 3, 4, 5, 6]
    assert ledger.count_unread("rules", "1") == 0


def test_an_article_whose_reading_is_superseded_or_of_another_reader_is_unread(ledger: Ledger) -> None:
    fill(ledger, 3)
    one, two, three = ledger.articles()
    for article in (one, two):
        ledger.add_extraction(make.extraction(article))
    ledger.add_extraction(make.extraction(two, version="2"))
    ledger.add_extraction(make.extraction(three, extractor="other"))
    assert pages(ledger) == [[2, 3]]
    assert pages(ledger, "2") == [[1, 3]]
    assert (ledger.count_unread("rules", "1"), ledger.count_unread("rules", "2")) == (2, 2)


def test_articles_in_languages_that_are_not_read_are_passed_over(ledger: Ledger) -> None:
    fill(ledger, 2)
    fill(ledger, 2, lang="ar")
    fill(ledger, 1, lang="")
    assert pages(ledger, langs=["", "en"]) == [[1, 2], [5]]
    assert ledger.count_unread("rules", "1", ["en", ""]) == 3
    assert ledger.count_unread("rules", "1", []) == 0
    assert ledger.count_unread("rules", "1") == 5


def test_neither_page_nor_count_looks_at_texts(ledger: Ledger) -> None:
    if ledger._engine.dialect.name == "sqlite":
        plan = ledger.sql(
            "EXPLAIN QUERY PLAN SELECT number FROM article WHERE number > 5 AND NOT EXISTS (SELECT 1 FROM reading "
            "WHERE article_id = article.id AND extractor = 'a' AND version = 'b' AND superseded IS 0) "
            "AND lang IN ('en') ORDER BY number LIMIT 9"
        )
        told = " ".join(str(row[-1]) for row in plan.rows)
        assert "COVERING INDEX article_unread" in told
        assert "COVERING INDEX reading_live" in told
        assert "TEMP B-TREE" not in told
