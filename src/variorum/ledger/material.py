"""What was read, going into a ledger and coming out: articles, captures, readings, mentions and claims. No SQL in here.

Invariant: what a method reported as written survives the death of the program (`transactions.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from variorum.ledger import bulk, readings
from variorum.ledger import unread as left
from variorum.ledger.records import InputSeen
from variorum.ledger.transactions import Transactions
from variorum.model import Article, Capture, Claim, Extraction, HeldBack, Mention, Reading


class Material(Transactions):
    """The part of a ledger that holds what was read."""

    @property
    def texts_at(self) -> str:
        """The folder or address where texts and raw bytes lie; "" where they are in the ledger itself."""
        store = self._held.store
        return "" if store is None else store.address

    def add_article(self, article: Article) -> bool:
        """Write an article and number it; gives False when it is there already."""
        return self.add_articles([article]) == 1

    def add_articles(self, articles: Iterable[Article]) -> int:
        """Write articles, numbered in the order given; gives how many are new."""
        with self._writer() as connection:
            return readings.add_articles(connection, articles)

    def add_extraction(self, extraction: Extraction) -> bool:
        """Write one reading and what it found; gives False when the ledger has it already.

        Raises QuoteMismatchError when a quote is not at its span.
        """
        with self._writer() as connection:
            return readings.add_extraction(connection, extraction)

    def add_extractions(self, extractions: Iterable[Extraction]) -> int:
        """Write readings and what they found, several times as fast as one by one; gives how many are new.

        Raises what `add_extraction` raises, and then writes none of them.
        """
        with self._writer() as connection:
            return bulk.add_extractions(connection, extractions)

    def add_past(self, extraction: Extraction) -> int:
        """Write a reading of another ledger as superseded, or what one that is here found there; gives new rows."""
        with self._writer() as connection:
            return readings.add_past(connection, extraction)

    def extractions(self, article_id: str) -> Iterator[Extraction]:
        """Yield every reading of an article with what it found, superseded ones too, in the order written."""
        with self._reading() as connection:
            yield from readings.read_extractions(connection, article_id)

    def supersede(self, reading_id: str) -> bool:
        """Mark a reading as superseded: what only it found is no longer live."""
        with self._writer() as connection:
            return readings.supersede(connection, reading_id)

    def add_captures(self, captures: Iterable[tuple[Capture, bytes | None]]) -> int:
        """Write how articles came here, with their raw bytes where those are kept; gives how many are new."""
        with self._writer() as connection:
            return readings.add_captures(connection, captures)

    def captures(self, article_id: str | None = None) -> Iterator[Capture]:
        """Yield how articles came here, by article, time and place."""
        with self._reading() as connection:
            yield from readings.read_captures(connection, article_id)

    def raw(self, sha256: str) -> bytes | None:
        """Give raw bytes by their hash; None where they were not kept."""
        with self._reading() as connection:
            return readings.read_raw(connection, sha256)

    def has_raw(self, sha256: str) -> bool:
        """Tell whether raw bytes were kept, without reading them."""
        with self._reading() as connection:
            return readings.has_raw(connection, sha256)

    def add_seen(self, seen: Iterable[InputSeen]) -> None:
        """Remember inputs that were read."""
        with self._writer() as connection:
            readings.add_seen(connection, seen)

    def seen(self) -> dict[str, InputSeen]:
        """Give the inputs that were read before, by path."""
        with self._reading() as connection:
            return {record.path: record for record in readings.read_seen(connection)}

    def find_seen(self, paths: Iterable[str]) -> dict[str, InputSeen]:
        """Give those of some inputs that were read before, by path."""
        with self._reading() as connection:
            return {record.path: record for record in readings.find_seen(connection, paths)}

    def articles(self) -> Iterator[Article]:
        """Yield articles by number."""
        with self._reading() as connection:
            yield from readings.read_articles(connection)

    def heads(self) -> Iterator[Article]:
        """Yield articles by number without their texts."""
        with self._reading() as connection:
            yield from readings.read_heads(connection)

    def unread_after(
        self, number: int, extractor: str, version: str, limit: int, langs: Collection[str] | None = None
    ) -> list[tuple[int, Article]]:
        """Give the next articles without such a reading after a number, each with its own; at most `limit`.

        A reader that does not read some languages gives `langs`; "" stands for those whose language is not known.
        """
        with self._reading() as connection:
            return left.read_after(connection, number, left.reader_of(extractor, version, langs), limit)

    def count_unread(self, extractor: str, version: str, langs: Collection[str] | None = None) -> int:
        """Give how many articles have no such reading."""
        with self._reading() as connection:
            return left.count_unread(connection, left.reader_of(extractor, version, langs))

    def readings(self, article_id: str | None = None, *, live: bool = True) -> Iterator[Reading]:
        """Yield readings, by default those not superseded."""
        with self._reading() as connection:
            yield from readings.read_readings(connection, article_id, live)

    def mentions(
        self, article_id: str | None = None, *, event_id: str | None = None, live: bool = True
    ) -> Iterator[Mention]:
        """Yield mentions of all, one article or one event by article number and span, by default those found live."""
        with self._reading() as connection:
            yield from readings.read_mentions(connection, article_id, event_id, live)

    def claims(
        self, article_id: str | None = None, *, event_id: str | None = None, live: bool = True
    ) -> Iterator[Claim]:
        """Yield claims of all, one article or one event by article number and span, by default those found live."""
        with self._reading() as connection:
            yield from readings.read_claims(connection, article_id, event_id, live)

    def held_back(self, article_id: str | None = None, *, live: bool = True) -> Iterator[HeldBack]:
        """Yield what readings held back, by default those not superseded."""
        with self._reading() as connection:
            yield from readings.read_held_back(connection, article_id, live)
