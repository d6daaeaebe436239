"""Articles of the ledger that are not read yet: read in several processes, written in batches, decisions carried over.

Invariant: an article's reading is written whole; one that the reader fails on, or dies on, takes no other with it.
"""

from __future__ import annotations

import gc
import platform
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from multiprocessing import parent_process

from variorum.errors import VariorumError
from variorum.extract.llmserver import is_exposed
from variorum.extract.rules import READ_LIMIT
from variorum.ledger import Ledger
from variorum.model import Article, Extraction, Problem, make_reading
from variorum.pipeline.byhand import is_by_hand, place_by_hand
from variorum.pipeline.carrying import Carrier
from variorum.pipeline.engine import Engine
from variorum.pipeline.gathering import BATCH, OF_A_READING, Progress
from variorum.pipeline.pluginreader import Plugin
from variorum.pipeline.readers import Reader, failed
from variorum.pipeline.report import Report
from variorum.pipeline.streaming import Lost, work_through

BATCH_S = 1.0  # a batch is written after this time too: what a kill loses is about a second of work
LET_OTHERS_S = 0.12  # SQLite's waiting writers look again every 0.1 s, and would find the next batch at work each time
READ_AT_ONCE = 8  # articles that a process is given at once, about 0.3 s of work: what its death costs to do again
PAGE = 256  # articles fetched from the ledger at once
EXPOSED = "the texts leave this machine without encryption: whoever carries them can read them"
EXPOSED_REMEDY = "set llm_url to an https:// address, or to a server on this machine"

Read = tuple[Article, Extraction | Problem]


def extract(
    ledger: Ledger,
    report: Report,
    reader: Reader,
    engine: Engine,
    *,
    now: str,
    tell: Progress,
    few: int | None = None,
) -> None:
    """Read every article that this version of the reader has not read, in the order in which they came.

    Less than `few` are read in this process; as many as the engine says where None.
    """
    total = ledger.count_unread(reader.extractor, reader.version, reader.langs)
    if not total:
        return
    report.changed = True
    if isinstance(reader, Plugin):
        report.plugins.append(reader.name)
    if reader.server:
        report.server = reader.server
        if is_exposed(reader.server):
            _note(ledger, report, [Problem(reader.server, "llm-unencrypted", EXPOSED, EXPOSED_REMEDY, now)])
    done = 0
    with closing(_read_all(ledger, reader, engine, few)) as results:
        for batch in _batches(results):
            rest = batch
            while rest:
                rest = rest[_write_some(ledger, report, reader, rest, now=now) :]
            done += len(batch)
            tell("Claims", done, total)


def _write_some(ledger: Ledger, report: Report, reader: Reader, batch: Sequence[Read], *, now: str) -> int:
    """Write the first readings of a batch in one transaction, all where that is quick; gives how many.

    Where many decisions are carried each reading takes long, and people wait to write theirs.
    """
    began, written = time.perf_counter(), 0
    with ledger.writing():
        # Anew for each transaction: somebody may decide something between two.
        carrier = Carrier(ledger, by=f"{reader.extractor} {reader.version}", now=now)
        for article, result in batch:
            _write(ledger, report, reader, article, result, carrier)
            written += 1
            if time.perf_counter() - began >= BATCH_S:
                break
    if time.perf_counter() - began >= BATCH_S:
        time.sleep(LET_OTHERS_S)
    return written


def _read_all(ledger: Ledger, reader: Reader, engine: Engine, few: int | None) -> Generator[Read, None, None]:
    work = ReadBatch(reader, reader.version)
    with closing(work_through(engine, work, _unread(ledger, reader), batch=READ_AT_ONCE, few=few)) as results:
        for article, result in results:
            if isinstance(result, Lost):
                yield article, failed(article, f"the process that read it ended: {result.cause}")
            else:
                yield article, result


def _unread(ledger: Ledger, reader: Reader) -> Iterator[Article]:
    """Yield the articles to read, page by page: readings are written in between, and no ledger fits in memory."""
    after = 0
    while page := ledger.unread_after(after, reader.extractor, reader.version, PAGE, reader.langs):
        yield from (article for _, article in page)
        after = page[-1][0]


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """The reading of a batch of articles, as a process here or elsewhere does it: by the articles alone."""

    reader: Reader
    version: str  # of the reader, where the run was started

    def __call__(self, articles: Sequence[Article]) -> list[Extraction | Problem]:
        """Read articles, each by itself. Raises VariorumError where this process has another reader or lacks a part."""
        _prepare(self.reader, self.version)
        return [self._read(article) for article in articles]

    def _read(self, article: Article) -> Extraction | Problem:
        try:
            return self.reader(article)
        except SystemExit:  # a plugin that calls sys.exit ends no run
            return failed(article, "the reader asked to end the program")


_ready: set[tuple[str, str]] = set()  # extractor and version of the readers that this process has prepared


def _prepare(reader: Reader, version: str) -> None:
    """Load what reading needs, once a process, and see that it is what the run was started with."""
    if (reader.extractor, version) in _ready:
        return
    if reader.version != version:
        raise VariorumError(
            f"the reader on {platform.node()} has the version {reader.version}, and that of this run is {version}",
            "give every machine the same package and the same gazetteer of your own",
        )
    reader.prepare()
    if parent_process() is not None:
        gc.freeze()  # tables and weights stay for ever: a process that only reads need not go through them again
    _ready.add((reader.extractor, version))


def _batches(results: Iterator[Read]) -> Iterator[list[Read]]:
    batch: list[Read] = []
    began = time.perf_counter()
    for row in results:
        batch.append(row)
        if len(batch) >= BATCH or time.perf_counter() - began >= BATCH_S:
            yield batch
            batch = []
            began = time.perf_counter()
    if batch:
        yield batch


def _write(
    ledger: Ledger, report: Report, reader: Reader, article: Article, result: Extraction | Problem, carrier: Carrier
) -> None:
    now = carrier.now
    before = list(ledger.readings(article.id, live=False))
    place = article.url or article.id
    if (before or reader.server) and ledger.clear_problems(place):  # of the reader of then, or no answer had come
        report.problems = [row for row in report.problems if row.where != place or row.code not in OF_A_READING]
    if isinstance(result, Problem):
        _note(ledger, report, [replace(result, at=now)])
        if reader.server:
            return  # asked again in the next run
        # An empty reading: the article is not tried again until the reader changes.
        result = Extraction(make_reading(article.id, reader.extractor, reader.version), (), ())
    elif len(article.text) > READ_LIMIT:
        cause = f"the text has {len(article.text):,} characters; the first {READ_LIMIT:,} were read"
        _note(
            ledger,
            report,
            [Problem(article.url or article.id, "long-text", cause, "give it as articles of its own", now)],
        )
    _note(ledger, report, _held_back(article, result, code="llm-held-back" if reader.server else "held-back", now=now))
    if before:
        ledger.clear_problems(article.id)  # what an earlier reading lost can be found again
        carrier.carry(article.id, result)
    else:
        ledger.add_extraction(result)
    for reading in before:
        if reading.id != result.reading.id and not is_by_hand(reading.extractor):
            ledger.supersede(reading.id)
    if any(is_by_hand(reading.extractor) for reading in before):
        place_by_hand(ledger, article.id)
    report.readings_new += 1


def _note(ledger: Ledger, report: Report, problems: Sequence[Problem]) -> None:
    ledger.add_problems(problems)
    report.problems += problems


def _held_back(article: Article, result: Extraction, *, code: str, now: str) -> list[Problem]:
    remedy = f"look at the report: variorum show {article.id}"
    return [
        Problem(article.url or article.id, code, f"{row.prop} “{row.quote}”: {row.why}", remedy, now)
        for row in result.held_back
    ]
