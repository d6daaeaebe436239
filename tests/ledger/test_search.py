"""Full text in the reports of a ledger, on both databases."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import factories as make
from conftest import DATABASES, NewPlace
from variorum.errors import LedgerError, UsageError
from variorum.ledger import Ledger, wordindex
from variorum.ledger.search import Hits, Wanted, rebuild_index, search

TEXTS = {
    "one": ("2031-05-02", "Shells hit Ḩudaydah\n\nSeven people were killed in the market of Ḩudaydah on Monday."),
    "two": ("2031-05-04", "Hudaydah counts its dead\n\nThe market was hit on Monday; nine people were killed."),
    "three": (None, "قُتل سبعة أشخاص في سوق الحديدة"),
    "four": ("2031-05-03", "An official of Al-Hudaydah said that nobody was killed."),
}


def fill(ledger: Ledger) -> None:
    ledger.add_articles(
        make.article(name, text, published=day, outlet="Tarn Post" if name != "two" else "Sahel Wire")
        for name, (day, text) in TEXTS.items()
    )


def numbers(hits: Hits) -> list[int]:
    return [hit.number for hit in hits.rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("hudaydah", [2, 4, 1]),
        ("HUDAYDAH killed", [2, 4, 1]),
        ("Ḩudaydah market", [2, 1]),
        ('"the market of"', [1]),
        ('"market the"', []),
        ("on Monday", [2, 1]),
        ('"on Monday" nine', [2]),
        ("Al-Hudaydah", [4]),
        ("قتل", [3]),
        ("سُوق", [3]),
        ("nothing", []),
    ],
)
def test_every_word_has_to_occur_and_the_latest_report_stands_first(
    ledger: Ledger, words: str, found: list[int]
) -> None:
    fill(ledger)
    assert numbers(search(ledger, Wanted(words))) == found


@pytest.mark.parametrize(
    "words",
    [
        "killed AND",
        "killed OR NOT (people",
        'killed "',
        "killed*",
        "^killed",
        "title:killed",
        "killed' OR 1=1 --",
        "killed'); DROP TABLE article; --",
        "killed & | ! <-> :*",
        "NEAR(killed people, 5)",
        "{killed}",
        "killed\\",
        "killed%",
        "killed\0",
        "killed\ud800",
    ],
)
def test_signs_of_a_query_language_mean_nothing(ledger: Ledger, words: str) -> None:
    fill(ledger)
    before = ledger.counts()
    search(ledger, Wanted(words))
    assert ledger.counts() == before


def test_the_words_stand_where_the_spans_say(ledger: Ledger) -> None:
    fill(ledger)
    hit = search(ledger, Wanted("hudaydah market")).rows[-1]
    assert [hit.article.text[start:end] for start, end in hit.spans] == ["Ḩudaydah", "market", "Ḩudaydah"]


def test_words_of_a_title_that_is_not_in_the_text_are_found(ledger: Ledger) -> None:
    ledger.add_article(make.article("five", "Nothing else here.", title="Bridge blown up"))
    hit = search(ledger, Wanted("bridge")).rows[0]
    assert (hit.spans, [hit.article.title[start:end] for start, end in hit.in_title]) == ((), ["Bridge"])
    assert search(ledger, Wanted('"here bridge"')).total == 0


def test_the_limit_cuts_the_list_and_not_the_count(ledger: Ledger) -> None:
    fill(ledger)
    hits = search(ledger, Wanted("hudaydah"), limit=1)
    assert (numbers(hits), hits.total) == ([2], 3)


def test_outlet_and_days_narrow_it_down(ledger: Ledger) -> None:
    fill(ledger)
    assert numbers(search(ledger, Wanted("killed", outlet="tarn post"))) == [4, 1]
    assert numbers(search(ledger, Wanted("killed", since="2031-05-03"))) == [2, 4]
    assert numbers(search(ledger, Wanted("killed", until="2031-05-03"))) == [4, 1]
    with pytest.raises(UsageError) as caught:
        search(ledger, Wanted("killed", outlet="Tarn Pots"))
    assert caught.value.remedy == "did you mean Tarn Post?"


@pytest.mark.parametrize("words", ["far near", '"far near"', "close far"])
def test_an_article_too_long_for_a_tsvector_is_found_all_the_same(ledger: Ledger, words: str) -> None:
    ledger.add_article(make.article("long", "again " * 17_000 + "far near close"))
    assert search(ledger, Wanted(words)).total == 1
    assert search(ledger, Wanted('"near far"')).total == 0
    assert ledger.check() == []


def test_an_article_of_too_many_words_is_found_all_the_same(ledger: Ledger) -> None:
    ledger.add_article(make.article("vast", " ".join(f"word{number}" for number in range(80_000))))
    assert search(ledger, Wanted("word79999 word1")).total == 1
    assert search(ledger, Wanted("word80000")).total == 0


def test_both_databases_find_the_same_in_the_same_order(new_place: NewPlace) -> None:
    found = []
    for database in DATABASES:
        with Ledger.open(new_place(database), create=True) as ledger:
            fill(ledger)
            asked = ("killed", "hudaydah", '"on monday"', "سوق", "people killed")
            found.append([search(ledger, Wanted(words)) for words in asked])
    assert found[0] == found[1]


def test_what_is_not_written_is_not_found(ledger: Ledger) -> None:
    def refused() -> None:
        with ledger.writing():
            ledger.add_article(make.article())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        refused()
    assert search(ledger, Wanted("killed")).total == 0


@pytest.mark.parametrize(
    "damage",
    [
        f"UPDATE {wordindex.NAME}_data SET block = zeroblob(length(block)) WHERE id > 10",
        f"DELETE FROM {wordindex.NAME}_data",
    ],
)
def test_a_damaged_index_is_found_and_made_anew(sqlite_file: Path, damage: str) -> None:
    with Ledger.open(sqlite_file) as ledger:
        fill(ledger)
    with sqlite3.connect(sqlite_file) as connection:
        connection.execute(damage)
    connection.close()
    with Ledger.open(sqlite_file) as ledger:
        assert any("word index" in fault for fault in ledger.check())
        rebuild_index(ledger)
        assert ledger.check() == []
        assert search(ledger, Wanted("killed")).total == 3


def test_a_search_in_a_damaged_index_says_so(sqlite_file: Path) -> None:
    with Ledger.open(sqlite_file) as ledger:
        fill(ledger)
    with sqlite3.connect(sqlite_file) as connection:
        connection.execute(f"DELETE FROM {wordindex.NAME}_data")
    connection.close()
    with Ledger.open(sqlite_file) as ledger, pytest.raises(LedgerError, match="damaged") as caught:
        search(ledger, Wanted("killed"))
    assert "--rebuild" in caught.value.remedy


def test_words_of_another_article_in_the_index_are_a_fault(sqlite_file: Path) -> None:
    with Ledger.open(sqlite_file) as ledger:
        fill(ledger)
    with sqlite3.connect(sqlite_file) as connection:
        connection.execute(f"INSERT INTO {wordindex.NAME} (rowid, words) VALUES (77, 'killed')")
    connection.close()
    with Ledger.open(sqlite_file) as ledger:
        assert ledger.check() == [f"the word index holds words of R77, which is not in the ledger; {wordindex.REBUILD}"]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_refused(ledger: Ledger, limit: int) -> None:
    fill(ledger)
    with pytest.raises(UsageError, match=f"the limit is {limit}"):
        search(ledger, Wanted("hudaydah"), limit=limit)


@pytest.mark.parametrize(
    "statement", ["UPDATE article_words SET form = 2 WHERE number = 1", "DELETE FROM article_words WHERE number = 1"]
)
def test_a_report_that_the_index_of_postgresql_is_told_to_pass_over_is_found(
    new_place: NewPlace, statement: str
) -> None:
    with Ledger.open(new_place("postgresql"), create=True) as ledger:
        fill(ledger)
        with ledger._writer() as connection:
            connection.exec_driver_sql(statement)
        assert [line.partition(": ")[2].partition(";")[0] for line in ledger.check()] == [
            "the word index does not hold its words"
        ]
