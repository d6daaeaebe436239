"""Articles from a feed, `NAME:PLACE`: a plugin yields them, and here each is looked at before the ledger takes it.

Invariant: whatever a feed does, what it yielded before is kept, and its fault is a row of the problem list under
`NAME:PLACE`; a feed that yields the same again writes nothing.

Problem codes: feed-failed · feed-article · and those of the feed itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path

from variorum.errors import UsageError, VariorumError
from variorum.gather.files import is_address
from variorum.gather.language import guess_language
from variorum.ledger import Ledger
from variorum.ledger.rows import can_be_stored
from variorum.model import Article, Capture, Problem, make_id
from variorum.pipeline.gathering import UNKNOWN, Batch, Progress
from variorum.pipeline.report import Report
from variorum.plugins import find_plugin, find_plugins, load_plugin, package_of

# A name of one letter would be the drive of C:\reports.
WORD = re.compile(r"(?P<name>[A-Za-z][\w.-]+):(?P<place>.*)", re.S)
MAX_TEXT = 20_000_000  # characters: as of a file, a dump and no report
FAILED_REMEDY = "what it gave before is kept; run it again, or tell who makes it"


@dataclass(frozen=True, slots=True)
class Place:
    """A feed and where it is to look."""

    feed: str  # name of the plugin
    place: str  # what it is given

    @property
    def where(self) -> str:
        """The words by which people call it."""
        return f"{self.feed}:{self.place}"


def find_feed(word: Path | str) -> Place | None:
    """Give the feed that a word of the command line names; None for a path, which goes before a feed where it exists.

    The address of an archive or of JSON Lines is a path too. Raises UsageError for what is neither.
    """
    if isinstance(word, Path) or word == "-" or os.path.lexists(word) or is_address(word):
        return None
    said = WORD.fullmatch(word)
    known = find_plugins("feeds") if said else {}
    if said and said["name"] in known:
        return Place(said["name"], said["place"])
    cause = f"no such file or folder: {word}"
    if said and re.fullmatch("https?|ftp", said["name"]):
        remedy = "variorum fetch brings pages and feeds; run reads addresses that end in .warc or .jsonl, also with .gz"
        raise UsageError(cause, remedy)
    if said:
        names = ", ".join(known) if known else "none is installed"
        raise UsageError(f"{cause}, and no feed is called {said['name']}", f"check the spelling; feeds: {names}")
    raise UsageError(cause, "check the spelling, or the folder you are in")


def gather_feed(place: Place, ledger: Ledger, report: Report, *, now: str, tell: Progress) -> None:
    """Write the articles of a feed that are new, how they came here, and its problems. Each run asks the feed anew."""
    tool = package_of(find_plugin("feeds", place.feed))
    before = [row for row in ledger.problems() if _is_of(row, place)]
    batch = Batch(ledger, report, keep_raw=False)
    met: list[Problem] = []
    count = 0
    for found in read_feed(place, now=now):
        if isinstance(found, Problem):
            met.append(found)
            continue
        count += 1
        tell("Feed", count, UNKNOWN)
        batch.keep(Capture(found.id, place.where, found.url, now, tool, found.sha256, 0), b"")
        batch.articles.append(found)
        batch.write_when_full()
    tell("Feed", count, count)
    batch.write()
    report.files += 1
    report.plugins.append(place.feed)
    report.problems += met
    if {_key(row) for row in before} != {_key(row) for row in met}:
        batch.cleared = sorted({row.where for row in before})
        batch.problems = met
        batch.write()


def read_feed(place: Place, *, now: str) -> Iterator[Article | Problem]:
    """Yield the articles of a feed that can be kept, and a problem for each that cannot or when the feed fails."""
    feed = load_plugin("feeds", place.feed)
    try:
        for found in feed(place.place, now=now):
            yield _look_at(found, place, now)
    except VariorumError as error:
        remedy = error.remedy or FAILED_REMEDY
        yield Problem(place.where, "feed-failed", f"the feed {place.feed} failed: {error.cause}", remedy, now)
    except Exception as error:  # the plugin's code is another's: whatever it raises, the articles before it count
        cause = f"the feed {place.feed} failed: {type(error).__name__}: {error}"
        yield Problem(place.where, "feed-failed", cause, FAILED_REMEDY, now)


def _look_at(found: object, place: Place, now: str) -> Article | Problem:
    """Give an article as it can be kept, with its language where the feed names none; a problem under its feed."""
    if isinstance(found, Problem):
        inside = found.where.removeprefix(place.where).lstrip(", ")
        where = f"{place.where}, {inside}" if inside else place.where
        return replace(found, where=where, at=now)
    fault = _fault_of(found)
    if fault:
        where = f"{place.where}, {found.url}" if isinstance(found, Article) and found.url else place.where
        return Problem(where, "feed-article", f"the feed {place.feed} gave {fault}", FAILED_REMEDY, now)
    assert isinstance(found, Article)
    return found if found.lang else replace(found, lang=guess_language(found.text))


def _fault_of(found: object) -> str:
    """Say what keeps an article out of the ledger, "" for nothing."""
    if not isinstance(found, Article):
        return f"a {type(found).__name__} and no article"
    texts = [getattr(found, one.name) for one in fields(found) if one.name != "published"]
    if not all(isinstance(text, str) for text in texts):
        return "an article with a field that is no text"
    if not all(can_be_stored(text) for text in texts):
        return "a text with a NUL or half a character in it"
    if not found.text.strip() or not found.url:
        return "an article without text" if found.url else "an article without url"
    if len(found.text) > MAX_TEXT:
        return f"a text of {len(found.text):,} characters, which no article has"
    if found.id != make_id("art", found.url, found.text):
        return "an article whose id is not that of its text: make_article gives it"
    if found.published is not None and not _is_time(found.published):
        return f"an article published {found.published!r:.40}, which is no ISO 8601 day or time"
    return ""


def _is_time(text: object) -> bool:
    try:
        datetime.fromisoformat(text)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return True


def _is_of(row: Problem, place: Place) -> bool:
    return row.where == place.where or row.where.startswith(place.where + ", ")


def _key(row: Problem) -> tuple[str, str, str, str]:
    return row.where, row.code, row.cause, row.remedy
