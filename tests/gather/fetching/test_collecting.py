"""Rounds of fetching by a clock that goes on when everybody waits: who is asked, and who comes to an end."""

from __future__ import annotations

import asyncio
import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from variorum.gather.fetching import fetcher as fetching
from variorum.gather.fetching.addresses import Address
from variorum.gather.fetching.collecting import Collector
from variorum.gather.fetching.exchange import Limits, Network
from variorum.gather.fetching.fetcher import Fetcher
from variorum.gather.fetching.links import Link
from variorum.gather.fetching.manners import Clock
from variorum.gather.fetching.outcome import Exchange, Unfetched
from variorum.gather.fetching.sources import Source
from variorum.gather.fetching.state import State, open_state
from variorum.gather.fetching.tally import Tally

BEGAN = datetime(2031, 5, 3, tzinfo=UTC)
ASKED_S = 60.0  # that a host which sends drop by drop keeps its place
LIMITS = Limits(delay_s=1.0, tries=1, most_wait_s=30.0, round_s=60.0, source_hosts=16)
GOOD, ILL = Source("http://good.test/feed"), Source("http://ill.test/feed")


@dataclass
class Bench:
    """A folder, and a network on which hosts that begin with `slow` never answer."""

    state: State
    folder: Path
    robots: str = ""
    at: float = 0.0
    waiting: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)  # by host, robots.txt as well
    told: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        clock = Clock(
            now=lambda: BEGAN + timedelta(seconds=self.at), elapsed=lambda: self.at, wait=self.wait, draw=lambda: 0.5
        )
        self.fetcher = Fetcher(cast("Network", None), limits=LIMITS, clock=clock)

    async def wait(self, seconds: float) -> None:
        made: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self.waiting, (self.at + seconds, self.asked.total() + len(self.waiting) * 100_000, made))
        await made

    async def answer(self, address: Address, *_: Any, **__: Any) -> Exchange:
        self.asked[address.host] += 1
        if address.host.startswith("slow"):
            await self.wait(ASKED_S)
            raise Unfetched("fetch-timeout", "no whole answer", again=True)
        at = BEGAN + timedelta(seconds=self.at)
        if address.host.startswith("chain"):
            await self.wait(ASKED_S - 1)
            number = self.asked.total()
            headers = (("Location", f"http://chain{number}.test/{number}"),)
            return Exchange(str(address), "192.0.2.1", at, (address.target, ()), 302, "Found", headers, b"", 9)
        robots = address.target == "/robots.txt"
        if address.target.startswith("/late"):
            await self.wait(ASKED_S - 1)
            return self.made(address, "<urlset></urlset>", "text/xml")
        if address.target == "/index":
            maps = "".join(f"<sitemap><loc>http://good.test/late/{number}</loc></sitemap>" for number in range(40))
            return self.made(address, f"<sitemapindex>{maps}</sitemapindex>", "text/xml")
        body = self.robots if robots else "<html><p>Shells hit a market.</p></html>"
        return self.made(address, body, "text/plain" if robots else "text/html")

    def made(self, address: Address, body: str, kind: str) -> Exchange:
        at, data = BEGAN + timedelta(seconds=self.at), body.encode()
        headers = (("Content-Type", kind),)
        return Exchange(str(address), "192.0.2.1", at, (address.target, ()), 200, "OK", headers, data, len(data))

    def list(self, source: Source, *links: Link) -> None:
        self.state.add_items(source.address, [(link.address.split("/")[2], link) for link in links])

    def round(self, *sources: Source, due: Sequence[Source] = ()) -> Tally:
        tally = Tally()
        asyncio.run(self._round(sources, due, tally))
        return tally

    async def _round(self, sources: Sequence[Source], due: Sequence[Source], tally: Tally) -> None:
        self.fetcher.begin_round()
        collector = Collector(self.folder, self.state, self.fetcher, lambda _, said: self.told.append(said), tally)
        work = asyncio.create_task(collector.collect(sources, due))
        while not work.done():
            for _ in range(60):
                await asyncio.sleep(0)
            if self.waiting:
                self.at, _, made = heapq.heappop(self.waiting)
                made.set_result(None)
        await work


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with open_state(tmp_path) as state:
        made = Bench(state, tmp_path)
        monkeypatch.setattr(fetching, "exchange", made.answer)
        yield made


def test_a_feed_of_slow_hosts_keeps_no_other_feed_waiting(bench: Bench) -> None:
    bench.list(ILL, *(Link(f"http://slow{number}.test/x") for number in range(300)))
    bench.list(GOOD, *(Link(f"http://good.test/{number}") for number in range(80)))
    assert [bench.round(ILL, GOOD).fetched for _ in range(2)] == [60, 20]


def test_a_feed_that_lists_the_host_of_another_has_half_of_it(bench: Bench) -> None:
    bench.list(ILL, *(Link(f"http://good.test/ill/{number}") for number in range(300)))
    bench.list(GOOD, *(Link(f"http://good.test/{number}") for number in range(20)))
    bench.round(ILL, GOOD)
    assert bench.state.count_waiting([GOOD.address]) == 0


def test_a_host_that_never_answers_is_given_up_after_five_rounds(bench: Bench) -> None:
    bench.list(ILL, Link("http://slow.test/1"), Link("http://slow.test/2"))
    for _ in range(5):
        assert bench.state.count_waiting([ILL.address]) == 2
        bench.at += 6 * 3600
        bench.round(ILL)
    assert bench.state.count_waiting([ILL.address]) == 0
    assert bench.asked["slow.test"] == 5


def test_the_text_of_an_entry_is_kept_when_its_host_is_given_up(bench: Bench) -> None:
    bench.list(ILL, Link("http://slow.test/1", html="Four people were killed when shells hit a market. " * 10))
    entries = []
    for _ in range(5):
        bench.at += 6 * 3600
        entries.append(bench.round(ILL).entries)
    assert entries == [0, 0, 0, 0, 1]


def test_no_item_is_given_up_for_the_pauses_that_its_host_asks_for(bench: Bench) -> None:
    bench.robots = "User-agent: *\nCrawl-delay: 70"
    bench.list(GOOD, *(Link(f"http://good.test/{number}") for number in range(12)))
    done = []
    for _ in range(12):
        done.append(bench.round(GOOD).fetched)
        bench.at += 80
    assert done == [1] * 12
    assert [said for said in bench.told if "code" in said] == []


def test_a_feed_whose_turn_does_not_come_is_no_problem_and_is_asked_when_it_comes(bench: Bench) -> None:
    bench.robots = "User-agent: *\nCrawl-delay: 70"
    bench.list(GOOD, Link("http://good.test/1"))
    bench.round(GOOD)
    tally = bench.round(GOOD, due=[GOOD])
    assert (tally.failed, tally.waiting, bench.told[1:]) == (0, 1, [])
    polled = bench.state.polled(GOOD.address)
    assert (polled.failures, polled.next_at) == (0, (BEGAN + timedelta(seconds=bench.at + 70)).timestamp())


def test_redirects_that_take_their_time_come_to_an_end(bench: Bench) -> None:
    bench.list(ILL, Link("http://chain.test/1"))
    bench.round(ILL)
    assert bench.at < 900
    assert [said["code"] for said in bench.told] in (["fetch-timeout"], ["fetch-robots"])


def test_an_index_of_slow_sitemaps_does_not_hold_up_a_round(bench: Bench) -> None:
    index = Source("http://good.test/index")
    bench.round(index, due=[index])
    assert bench.at < 300
