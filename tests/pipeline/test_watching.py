"""Watching feeds on this machine: every item ends in the ledger once, whatever fails or stops in between."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from bench.badsites import TEXT
from bench.sites import Site, Sites, answer, feed, page, sites

from invented import read_once
from pipeline.test_fetching import LIMITS, ways
from variorum.gather.fetching.sources import Source
from variorum.gather.fetching.tally import Tell
from variorum.ledger import Ledger
from variorum.pipeline import BuiltIn, watching
from variorum.pipeline.watching import Watch, spool_of, watch

pytestmark = pytest.mark.file


@dataclass
class Bench:
    """A ledger, and two sites with a feed each."""

    place: Path
    sites: list[Site]
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def publish(self, site: int, *numbers: int) -> None:
        one = self.sites[site]
        items = [(f"http://own.test:{one.port}/item/{number}", f"Item {number}") for number in numbers]
        for number in numbers:
            text = TEXT.replace("Four", str(number + 4)).replace("Al Mayadin", f"Al Mayadin {site}")
            one.replies[f"/item/{number}"] = answer(page(f"Market shelled {site}.{number}", text))
        one.replies["/feed"] = answer(feed(f"Feed {site}", items), kind="text/xml")

    def watch(self, rounds: int = 1, sources: list[Source] | None = None, tell: Tell | None = None) -> int:
        own = [Source(f"http://own.test:{one.port}/feed", every_s=1.0, allow_private=True) for one in self.sites]
        task = Watch(sources or own, str(self.place), spool_of(str(self.place), None), self.ways(), {"workers": 1})
        return watch(task, rounds=rounds, tell=tell or self.note)

    def note(self, kind: str, said: dict[str, Any]) -> None:
        self.told.append((kind, said))

    def ways(self) -> Any:
        own = ways(LIMITS)

        async def skip(seconds: float) -> None:
            """Go on at once: what is due is so by the clock, which goes on by itself a second at least."""

        return replace(own, clock=replace(own.clock, wait=skip, now=self.now))

    def __post_init__(self) -> None:
        from datetime import UTC, datetime, timedelta

        self._at = datetime(2031, 5, 3, 12, tzinfo=UTC)
        self._step = timedelta(seconds=40)

    def now(self) -> Any:
        self._at += self._step
        return self._at

    def urls(self) -> Counter[str]:
        with Ledger.open(self.place, readonly=True) as ledger:
            return Counter(article.url for article in ledger.articles())

    def problems(self) -> dict[str, str]:
        with Ledger.open(self.place, readonly=True) as ledger:
            return {row.where: row.code for row in ledger.problems()}

    def rounds(self) -> list[dict[str, Any]]:
        return [said for kind, said in self.told if kind == "round"]

    def address(self, site: int, path: str) -> str:
        return f"http://own.test:{self.sites[site].port}{path}"


@pytest.fixture(scope="module")
def servers() -> Iterator[Sites]:
    with sites() as made:
        yield made


@pytest.fixture
def bench(servers: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr(BuiltIn, "__call__", lambda self, article: read_once(article))
    found = [Site(), Site()]
    for one in found:
        servers.open(one)
    made = Bench(tmp_path / "ledger.db", found)
    made.publish(0, 1, 2)
    made.publish(1, 1)
    return made


def test_what_feeds_list_is_in_the_ledger_after_a_round(bench: Bench) -> None:
    assert bench.watch() == 0
    assert bench.urls() == {
        bench.address(0, "/item/1"): 1,
        bench.address(0, "/item/2"): 1,
        bench.address(1, "/item/1"): 1,
    }
    (said,) = bench.rounds()
    assert (said["round"], said["polled"], said["new"], said["fetched"], said["new reports"]) == (1, 2, 3, 3, 3)


def test_an_article_has_the_outlet_that_is_named_and_the_date_that_its_feed_gives(bench: Bench) -> None:
    one = bench.sites[0]
    entry = f"<link>{bench.address(0, '/item/1')}</link><pubDate>Thu, 01 May 2031 08:00:00 GMT</pubDate>"
    body = f"<rss version='2.0'><channel><item>{entry}</item></channel></rss>".encode()
    one.replies["/feed"] = answer(body, kind="text/xml")
    source = Source(bench.address(0, "/feed"), outlet="Harbour Post", allow_private=True)
    bench.watch(sources=[source])
    with Ledger.open(bench.place, readonly=True) as ledger:
        (article,) = ledger.articles()
    assert (article.outlet, article.published, article.published_basis) == (
        "Harbour Post",
        "2031-05-01T08:00:00+00:00",
        "feed",
    )


def test_an_entry_that_stands_for_its_page_is_an_article(bench: Bench) -> None:
    address = bench.address(0, "/gone")
    body = feed("Feed", [(address, "Market shelled")], {address: f"<p>{TEXT}</p><p>{TEXT}</p>"})
    bench.sites[0].replies["/feed"] = answer(body, kind="text/xml")
    bench.watch()
    with Ledger.open(bench.place, readonly=True) as ledger:
        (article,) = (one for one in ledger.articles() if one.url == address)
    assert article.title == "Market shelled"
    assert "Four people were killed" in article.text
    assert bench.problems() == {address: "fetch-entry"}


def test_a_round_reads_only_what_it_fetched(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    run = watching.run
    monkeypatch.setattr(
        watching, "run", lambda paths, *rest, **more: (read.append(len(paths)), run(paths, *rest, **more))[1]
    )
    bench.watch()
    bench.publish(0, 1, 2, 3)
    bench.watch()
    bench.watch()
    assert read == [1, 1, 0]
    assert max(bench.urls().values()) == 1
    assert len(bench.urls()) == 4


def test_a_feed_that_fails_is_a_row_until_it_works_again(bench: Bench) -> None:
    well = bench.sites[1].replies["/feed"]
    bench.sites[1].replies["/feed"] = answer(b"", 500)
    assert bench.watch() == 1
    assert bench.problems() == {bench.address(1, "/feed"): "fetch-failed"}
    assert len(bench.urls()) == 2
    bench.sites[1].replies["/feed"] = well
    assert bench.watch(rounds=2) == 0
    assert bench.problems() == {}
    assert len(bench.urls()) == 3


def test_a_feed_that_goes_on_failing_is_asked_less_and_less(bench: Bench) -> None:
    bench.sites[1].replies["/feed"] = answer(b"", 500)
    bench.watch(rounds=20)
    polls = Counter(one.path for site in bench.sites for one in site.asked if one.path == "/feed")
    well, ill = (sum(one.path == "/feed" for one in site.asked) for site in bench.sites)
    assert polls["/feed"] == well + ill
    assert ill < well


def test_an_item_that_fails_is_a_row_until_it_is_fetched(bench: Bench) -> None:
    well = bench.sites[0].replies["/item/1"]
    bench.sites[0].replies["/item/1"] = answer(b"", 503)
    bench.watch()
    assert bench.problems() == {bench.address(0, "/item/1"): "fetch-busy"}
    bench.sites[0].replies["/item/1"] = well
    bench.watch(rounds=4)
    assert bench.problems() == {}
    assert bench.urls()[bench.address(0, "/item/1")] == 1


def test_what_was_fetched_before_a_stop_is_read_after_it(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(watching, "run", stop)
        with pytest.raises(KeyboardInterrupt):
            bench.watch()
    asked = [len(site.asked) for site in bench.sites]
    for site in bench.sites:
        site.replies["/feed"] = answer(b"", 404)
    bench.watch()
    assert len(bench.urls()) == 3
    assert max(bench.urls().values()) == 1
    assert [len(site.asked) for site in bench.sites] == [count + 2 for count in asked]  # robots.txt and the feed


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("moment", ["item", "round"])
def test_sigterm_ends_it_after_keeping_what_is_done(bench: Bench, moment: str) -> None:
    kept = []

    def stop(kind: str, said: dict[str, Any]) -> None:
        if kind == "item":
            kept.append(said["address"])
        if kind == moment:
            signal.raise_signal(signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as met:
        bench.watch(rounds=2, tell=stop)
    assert met.value.code == 143
    assert signal.getsignal(signal.SIGTERM) is before
    bench.watch()
    assert [*bench.urls().values()] == [1, 1, 1]
    asked = Counter(f"http://own.test:{site.port}{one.path}" for site in bench.sites for one in site.asked)
    assert {asked[address] for address in kept} == {1}


def test_a_ledger_that_is_new_gets_all_that_was_fetched_before(bench: Bench) -> None:
    bench.watch()
    bench.place.rename(bench.place.with_name("old.db"))
    for ending in ("-wal", "-shm"):
        Path(f"{bench.place}{ending}").unlink(missing_ok=True)
    asked = [len(site.asked) for site in bench.sites]
    for site in bench.sites:
        site.replies["/feed"] = answer(b"", 404)
    bench.watch()
    assert len(bench.urls()) == 3
    assert [len(site.asked) for site in bench.sites] == [count + 2 for count in asked]


def test_a_ledger_that_others_write_to_is_tried_again_in_the_next_round(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from variorum.errors import LedgerBusyError

    def busy(*_: Any, **__: Any) -> None:
        raise LedgerBusyError("another program is writing")

    with monkeypatch.context() as during:
        during.setattr(watching, "run", busy)
        bench.watch()
    assert bench.rounds()[0]["busy"] == "another program is writing"
    bench.watch()
    assert len(bench.urls()) == 3


def test_a_ledger_in_a_database_needs_a_folder_by_name() -> None:
    from variorum.errors import UsageError

    assert spool_of("a/b.db", None) == Path("a/b.db.fetched")
    assert spool_of("postgresql://x/y", "spool") == Path("spool")
    with pytest.raises(UsageError, match="no folder"):
        spool_of("postgresql://x/y", None)
