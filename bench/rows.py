"""Measures a ledger as it grows to a million articles: rows a second, size, and how long looking takes. No events.

`VARIORUM_ROWS=1000000` sets another number of articles, `VARIORUM_ROWS_TEXTS=beside` another place for their texts,
`VARIORUM_ROWS_POSTGRES=100000` measures a server of PostgreSQL too. The articles are those of `bench.varied`, each many
times under other addresses and with other words around them, so that they are as long as reports are. The server and
the disk are as people run them; nothing is kept.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from itertools import count, islice
from math import log
from pathlib import Path
from typing import Any

from bench.databases import server
from bench.ledger import extractions_of
from bench.moulds import load_words
from bench.varied import make_world
from variorum.ledger import Ledger
from variorum.ledger.reportlist import Sought, list_reports
from variorum.ledger.search import Wanted, search
from variorum.ledger.stores import BESIDE, INSIDE
from variorum.model import Article, Capture, Extraction, make_article, make_claim, make_mention, make_reading

ARTICLES = 10_000
SIZED = 1_000  # articles with and without a page, from which bytes an article are worked out
BASE = 3_000  # mentions of the made world that articles are varied from
BATCH = 64  # articles of a transaction, as a run writes them
WINDOWS = 5
LENGTH, SPREAD = 2_800, 0.75  # characters, median; of the logarithm: measured on 240 news articles
PAGE = 60_000  # bytes of a saved page
TIMES = 5
NOW = "2031-05-03T10:00:00Z"
Row = tuple[Article, Extraction]


def run(_: Path) -> dict[str, Any]:
    """Measure on ledgers made here; no data is read."""
    articles = int(os.environ.get("VARIORUM_ROWS", ARTICLES))
    choice = os.environ.get("VARIORUM_ROWS_TEXTS", INSIDE)
    metrics: dict[str, float] = {}
    lines = _measure_sizes(metrics)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="variorum-rows-", dir="/tmp")))
        lines += measure(str(folder / "ledger.db"), articles, choice, metrics)
        on_server = int(os.environ.get("VARIORUM_ROWS_POSTGRES", 0))
        if on_server:
            shutil.rmtree(folder)
            place = stack.enter_context(server()).new_place("rows")
            texts = INSIDE if choice == BESIDE else choice
            lines += measure(place, on_server, texts, metrics, prefix="postgresql_")
    return {"n": articles, "metrics": metrics, "report": lines}


# ---------------------------------------------------------------- articles without end


def make_rows() -> Iterator[Row]:
    """Yield articles with what was found in them, as many as are asked for, each different."""
    world = make_world(BASE)
    found = extractions_of(world)
    base = [article for article in world.articles if article.id in found]
    for round_ in count():
        draw = random.Random(round_)
        for article in base:
            yield _vary(article, found[article.id], round_, draw)


def _vary(article: Article, found: Extraction, round_: int, draw: random.Random) -> Row:
    """Give an article under another address, with more words behind its own: spans stay where they are."""
    length = int(draw.lognormvariate(log(LENGTH), SPREAD))
    parts = [article.text, f"\nReport {round_} of {article.url}: {draw.getrandbits(40):x}.\n"]
    size = sum(map(len, parts))
    while size < length:
        parts.append(draw.choice(_sentences()))
        size += len(parts[-1])
    new = make_article(
        url=f"https://outlet.example/{round_}/{article.url[5:]}",
        text="".join(parts),
        sha256="",
        fetched_at=NOW,
        outlet=article.outlet,
        title=parts[-1].strip()[:60],
        published=article.published,
        lang="en",
    )
    reading = make_reading(new.id, "made", "1")
    said = {
        mention.id: make_mention(new, reading.id, mention.kind, mention.start, mention.end)
        for mention in found.mentions
    }
    claims = tuple(
        make_claim(
            said[claim.mention_id],
            new,
            prop=claim.prop,
            value=claim.value,
            start=claim.start,
            end=claim.end,
            scope=claim.scope,
            source=claim.source,
        )
        for claim in found.claims
    )
    return new, Extraction(reading, tuple(said.values()), claims)


@cache
def _sentences() -> tuple[str, ...]:
    """Give sentences of words as common as words are: the second half as often as the first, and so on."""
    draw, words = random.Random(7), load_words()
    small = ("the", "of", "and", "a", "to", "in", "was", "on", "said", "that", "for", "by", "were", "with", "from")

    def word() -> str:
        if draw.random() < 0.45:
            return draw.choice(small)
        return words[min(int(draw.paretovariate(0.6)) - 1, len(words) - 1)]

    lines = (" ".join(word() for _ in range(draw.randint(8, 28))) for _ in range(20_000))
    return tuple(f"{line.capitalize()}. " for line in lines)


def make_page(article: Article) -> bytes:
    """Give a page as sites serve it: the text, and around it much that is the same and some that is not."""
    draw = random.Random(article.id)
    menu = "".join(f'<li class="nav-item nav-{n}"><a href="/section/{n}/">Section {n}</a></li>\n' for n in range(120))
    body = "".join(f"<p>{line}</p>\n" for line in article.text.split(". "))
    rest = []
    size = len(menu) + len(body)
    while size < PAGE:
        told = draw.choice(_sentences()).strip()
        picture = f'<img src="/i/{draw.getrandbits(64):x}.jpg">'
        card = f'<div class="card teaser"><a href="/{draw.getrandbits(48):x}">{picture}{told}</a></div>\n'
        rest.append(card)
        size += len(card)
    return f"<html><head><title>{article.title}</title></head><body>{menu}{body}{''.join(rest)}</body></html>".encode()


# ---------------------------------------------------------------- bytes an article


def _measure_sizes(metrics: dict[str, float]) -> list[str]:
    lines = [f"{'bytes an article, SQLite':<44} {'ledger':>10} {'packs':>10}"]
    made = list(islice(make_rows(), SIZED))
    for paged in (False, True):
        for choice in (INSIDE, BESIDE):
            with tempfile.TemporaryDirectory(prefix="variorum-rows-", dir="/tmp") as folder:
                place = Path(folder) / "ledger.db"
                with Ledger.open(place, create=True, keep_texts=choice) as ledger:
                    for start in range(0, SIZED, BATCH):
                        _write(ledger, made[start : start + BATCH], paged=paged)
                    outside = ledger.kept().size
                size = place.stat().st_size
            name = f"{choice}{'_with_page' if paged else ''}"
            metrics[f"bytes_{name}"], metrics[f"pack_bytes_{name}"] = round(size / SIZED), round(outside / SIZED)
            words = f"texts {choice}, {'with a page of 60 KB' if paged else 'without raw bytes'}"
            lines.append(f"{words:<44} {size / SIZED:>10,.0f} {outside / SIZED:>10,.0f}")
    return lines


def _write(ledger: Ledger, batch: list[Row], *, paged: bool = False) -> None:
    pages = []
    for article, _ in batch if paged else ():
        page = make_page(article)
        sha256 = hashlib.sha256(page).hexdigest()
        pages.append((Capture(article.id, article.url, article.url, NOW, "bench 1", sha256, len(page)), page))
    with ledger.writing():
        ledger.add_articles(article for article, _ in batch)
        ledger.add_captures(pages)
        ledger.add_extractions(found for _, found in batch)


# ---------------------------------------------------------------- a ledger that grows


def measure(place: str, articles: int, choice: str, metrics: dict[str, float], *, prefix: str = "") -> list[str]:
    """Write so many articles into a new ledger, and look into it; gives lines for people."""
    database = "PostgreSQL" if prefix else "SQLite"
    lines = [f"{database}, {articles:,} articles with texts {choice}"]
    rates = []
    made = make_rows()
    with Ledger.open(place, create=True, keep_texts=choice) as ledger:
        for window in range(WINDOWS):
            spent, before = 0.0, sum(_count(ledger).values())
            left = articles * (window + 1) // WINDOWS - articles * window // WINDOWS
            while left > 0:
                batch = list(islice(made, min(BATCH, left)))  # making them is not measured
                left -= len(batch)
                began = time.perf_counter()
                _write(ledger, batch)
                spent += time.perf_counter() - began
            rows = sum(_count(ledger).values()) - before
            rates.append(rows / spent)
            print(f"  {database}: {articles * (window + 1) // WINDOWS:,} articles, {rates[-1]:,.0f} rows/s", flush=True)
        counts = _count(ledger)
        size, outside = _size(ledger, place), ledger.kept().size
    metrics[f"{prefix}rows_per_s"], metrics[f"{prefix}last_to_first_rate"] = round(rates[-1]), rates[-1] / rates[0]
    metrics[f"{prefix}gigabytes"] = size / 1e9
    told = ", ".join(f"{rate:,.0f}" for rate in rates)
    lines.append(f"rows/s as it grows: {told}; memory {_memory_mb():,.0f} MB")
    figures = ", ".join(f"{number:,} {name}s" for name, number in counts.items())
    lines.append(f"{figures}; {size / 1e9:.2f} GB in the ledger, {outside / 1e9:.2f} GB beside")
    for name, what in LOOKS.items():
        spent, memory = _outside(what, place)
        metrics[f"{prefix}{name}"] = spent
        unit = f"{spent * 1000:>10,.1f} ms" if spent < 2 else f"{spent:>10,.1f} s "
        lines.append(f"  {name:<20} {unit} {memory:>8,.0f} MB")
    return lines


def _count(ledger: Ledger) -> dict[str, int]:
    tables = ("article", "reading", "mention", "claim")
    asked = ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in tables)
    return dict(zip(tables, ledger.sql(f"SELECT {asked}").rows[0]))


def _size(ledger: Ledger, place: str) -> int:
    if "://" in place:
        tables = "SELECT CAST(SUM(pg_total_relation_size(oid)) AS BIGINT) FROM pg_class"
        asked = f"{tables} WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        return int(ledger.sql(asked).rows[0][0])
    return sum(path.stat().st_size for path in Path(place).parent.glob("ledger.db*") if path.is_file())


def _open(place: str) -> None:
    Ledger.open(place, readonly=True).close()


def _show(place: str) -> None:
    with Ledger.open(place, readonly=True) as ledger:
        number = ledger.sql("SELECT MAX(number) * 2 / 3 FROM article").rows[0][0]
        article = ledger.article(f"R{int(number)}")
        list(ledger.claims(article.id))


def _list(place: str) -> None:
    with Ledger.open(place, readonly=True) as ledger:
        list_reports(ledger, Sought(outlet="Outlet 7"), limit=20)


def _search_rare(place: str) -> None:
    with Ledger.open(place, readonly=True) as ledger:
        number = ledger.sql("SELECT MAX(number) / 2 FROM article").rows[0][0]
        words = ledger.article(f"R{int(number)}").text.partition(": ")[2].split(".")[0]
        search(ledger, Wanted(words))


def _search_common(place: str) -> None:
    with Ledger.open(place, readonly=True) as ledger:
        search(ledger, Wanted("people"))


def _unread_page(place: str) -> None:
    with Ledger.open(place, readonly=True) as ledger:
        ledger.unread_after(0, "other", "1", 500)
        ledger.count_unread("made", "1")


def _check(place: str) -> None:
    with Ledger.open(place, readonly=True) as ledger:
        faults = ledger.check()
        assert faults == [], faults[:3]


LOOKS: dict[str, Callable[[str], None]] = {
    "open_s": _open,
    "show_s": _show,
    "list_s": _list,
    "search_rare_s": _search_rare,
    "search_common_s": _search_common,
    "unread_page_s": _unread_page,
    "check_s": _check,
}


def _outside(what: Callable[[str], None], place: str) -> tuple[float, float]:
    """Give the seconds that something takes in a process of its own, and its memory in MB; the median of a few."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_timed, args=(what, place, theirs))
    process.start()
    spent, memory = ours.recv()
    process.join()
    return float(spent), float(memory)


def _timed(what: Callable[[str], None], place: str, answer: Any) -> None:
    spent = []
    for _ in range(TIMES):
        began = time.perf_counter()
        what(place)
        spent.append(time.perf_counter() - began)
        if spent[-1] > 1:
            break
    answer.send((sorted(spent)[len(spent) // 2], _memory_mb()))


def _memory_mb() -> float:
    """Give the most memory that this process has held; ru_maxrss would count that of the one that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
