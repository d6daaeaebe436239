"""The word index of a ledger: which article holds which words at which place. Asking it is in search.py.

SQLite keeps the words in an FTS5 table without content, PostgreSQL in a `tsvector` with a GIN index. Both are given the
folded words and not the text, so that both find the same and neither stores the text twice.
Invariant: the words of an article are written in the transaction that writes the article.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa

from variorum.ledger import texts
from variorum.ledger.rows import AnyRow
from variorum.ledger.tables import article
from variorum.ledger.words import read_forms
from variorum.model import Article

NAME = "article_words"
REBUILD = "make it anew: variorum search --rebuild WORDS LEDGER"
BATCH = 1_000
FAULTS = 20  # named one by one; a lost index is one fault and not 100,000
BREAK = (
    "\ue000"  # between text and title, so that no phrase begins in one and ends in the other: no letter, never typed
)
# What a tsvector holds: places up to 16,383, 255 of one word, 1 MB in all. An article with more is marked, and found by
# its words (MANY) or always (TOO_MANY); search looks into its text.
LAST_PLACE, MOST_PLACES, MOST_BYTES = 16_383, 255, 900_000
EXACT, MANY, TOO_MANY = 0, 1, 2

SQLITE = (f"CREATE VIRTUAL TABLE {NAME} USING fts5(words, content='', tokenize='ascii')",)
# A damaged FTS5 table cannot even be dropped: first its own tables become those of an empty one (averages, structure).
EMPTY = (
    f"DELETE FROM {NAME}_data",
    f"DELETE FROM {NAME}_idx",
    f"DELETE FROM {NAME}_docsize",
    f"INSERT OR REPLACE INTO {NAME}_data VALUES (1, x''), (10, x'00000000000000')",
    f"INSERT OR REPLACE INTO {NAME}_config VALUES ('version', 4)",
)
POSTGRESQL = (
    f"CREATE TABLE {NAME} (number BIGINT PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,"
    " words TSVECTOR NOT NULL, form SMALLINT NOT NULL)",
    f"CREATE INDEX {NAME}_words ON {NAME} USING GIN (words)",
    f"CREATE INDEX {NAME}_form ON {NAME} (form) WHERE form > 0",
)


def create(connection: sa.Connection) -> None:
    """Make the index for a ledger of version 4, and fill it with the articles that are there: all texts are inside."""
    _make(connection)
    query = sa.select(article.c.number, article.c.title, article.c.text).order_by(article.c.number)
    with connection.execute(query, execution_options={"yield_per": BATCH}) as result:
        _fill(connection, result.mappings())


def _make(connection: sa.Connection) -> None:
    for statement in SQLITE if _is_sqlite(connection) else POSTGRESQL:
        connection.execute(sa.text(statement))


def rebuild(connection: sa.Connection) -> None:
    """Make the index anew from the articles, whatever became of it."""
    if _is_sqlite(connection):
        for statement in EMPTY:
            connection.execute(sa.text(statement))
    connection.execute(sa.text(f"DROP TABLE IF EXISTS {NAME}"))
    _make(connection)
    _fill(connection, texts.stream(connection, article, _WHOLE, dict))


_WHOLE = sa.select(article.c.title, *texts.TEXT_COLUMNS).order_by(article.c.number)


def _fill(connection: sa.Connection, found: Iterable[AnyRow]) -> None:
    rows = iter(found)
    while batch := list(islice(rows, BATCH)):
        _write(connection, [(row["number"], list_words(row["title"], row["text"])) for row in batch])


def add_articles(connection: sa.Connection, new: Iterable[tuple[int, Article]]) -> None:
    """Write the words of new articles, each with its number."""
    _write(connection, [(number, list_words(record.title, record.text)) for number, record in new])


def list_words(title: str, text: str) -> list[str]:
    """Give the folded words of an article in order: of its text, and of a title that does not stand in the text."""
    words = read_forms(text)
    return words if title in text else [*words, BREAK, *read_forms(title)]


def _write(connection: sa.Connection, new: list[tuple[int, list[str]]]) -> None:
    if not new:
        return
    if _is_sqlite(connection):
        insert = sa.text(f"INSERT INTO {NAME} (rowid, words) VALUES (:number, :words)")
        connection.execute(insert, [{"number": number, "words": " ".join(words)} for number, words in new])
        return
    insert = sa.text(f"INSERT INTO {NAME} (number, words, form) VALUES (:number, CAST(:words AS tsvector), :form)")
    rows = []
    for number, words in new:
        literal, form = write_vector(words)
        rows.append({"number": number, "words": literal, "form": form})
    connection.execute(insert, rows)


def write_vector(words: list[str]) -> tuple[str, int]:
    """Give the words of an article as PostgreSQL reads a `tsvector`, and whether all their places are in it."""
    places, form = _clip(words)
    parts = (f"'{word}'" + (f":{','.join(map(str, at))}" if at else "") for word, at in places.items())
    return " ".join(parts), form


def _clip(words: list[str]) -> tuple[dict[str, list[int]], int]:
    """Give the places of each word that fit in a `tsvector`."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words, start=1):
        places[word].append(place)
    if sum(len(word.encode()) + 8 + 2 * min(len(at), MOST_PLACES) for word, at in places.items()) > MOST_BYTES:
        return {}, TOO_MANY
    kept = {word: [place for place in at if place <= LAST_PLACE][:MOST_PLACES] for word, at in places.items()}
    return kept, EXACT if kept == places else MANY


# ---------------------------------------------------------------- is it whole?


def find_faults(connection: sa.Connection) -> Iterator[str]:
    """Yield one line per article whose words are not in the index as they stand in the article; only reads."""
    try:
        held = _held(connection)
        forms = {} if _is_sqlite(connection) else _forms(connection)
    except (sa.exc.DatabaseError, sqlite3.DatabaseError) as error:
        reason = str(getattr(error, "orig", error)).partition("\n")[0]
        yield f"the word index cannot be read ({reason}); {REBUILD}"
        return
    wrong = []
    for row in texts.stream(connection, article, _WHOLE, dict):
        words = list_words(row["title"], row["text"])
        if _is_sqlite(connection):
            expected = sum(hash((word, place)) for place, word in enumerate(words))
            form = None
        else:
            clipped, form = _clip(words)
            expected = sum(hash((word, place)) for word, at in clipped.items() for place in at or (0,))
        there = held.pop(row["number"], 0), forms.get(row["number"])
        if there != (expected, form):
            wrong.append(f"{row['id']}: the word index does not hold its words; {REBUILD}")
    wrong += [f"the word index holds words of R{number}, which is not in the ledger; {REBUILD}" for number in held]
    yield from wrong[:FAULTS]
    if len(wrong) > FAULTS:
        yield f"the word index has {len(wrong) - FAULTS} faults more"


def _held(connection: sa.Connection) -> dict[int, int]:
    """Give a sum over the words and places that the index holds, by number of article."""
    held: defaultdict[int, int] = defaultdict(int)
    if _is_sqlite(connection):
        connection.execute(sa.text(f"CREATE VIRTUAL TABLE temp.held_words USING fts5vocab(main, {NAME}, instance)"))
        try:
            driver: Any = (
                connection.connection.dbapi_connection
            )  # some 600 rows an article: SQLAlchemy triples the time
            for term, number, place in driver.execute('SELECT term, doc, "offset" FROM temp.held_words'):
                held[number] += hash((term, place))
        finally:
            connection.execute(sa.text("DROP TABLE IF EXISTS temp.held_words"))
        return held
    query = f"SELECT w.number, t.lexeme, t.positions FROM {NAME} w, unnest(w.words) AS t"
    with connection.execute(sa.text(query), execution_options={"yield_per": BATCH}) as result:
        for number, word, at in result:
            held[number] += sum(hash((word, place)) for place in at or (0,))
    return held


def _forms(connection: sa.Connection) -> dict[int, int]:
    """Give what PostgreSQL is told of each article: whether its words are all there, or its text is looked into."""
    return {row.number: row.form for row in connection.execute(sa.text(f"SELECT number, form FROM {NAME}"))}


def _is_sqlite(connection: sa.Connection) -> bool:
    return connection.dialect.name == "sqlite"
