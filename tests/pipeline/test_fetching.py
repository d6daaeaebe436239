"""Fetching from sites on this machine: bad ones each become one row, and the others are fetched."""

from __future__ import annotations

import gzip
import ssl
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bench.badsites import PEM, TEXT, Layout, lay_out
from bench.sites import Asked, Site, Sites, answer, feed, page, redirect, sitemap, sites
from warcio.archiveiterator import ArchiveIterator

from variorum.errors import UsageError
from variorum.gather.fetching.archive import ITEM
from variorum.gather.fetching.exchange import Limits, Network
from variorum.gather.fetching.manners import Clock
from variorum.gather.fetching.sources import Source
from variorum.gather.fetching.tally import Tally
from variorum.model import Problem
from variorum.pipeline.fetching import Ways, fetch, named_sources

LIMITS = Limits(
    connect_s=1.0,
    silent_s=1.0,
    request_s=2.0,
    head_bytes=16_384,
    wire_bytes=1_500_000,
    body_bytes=12_000_000,
    feed_bytes=12_000_000,
    links=20,
    delay_s=0.0,
    most_wait_s=1.0,
    backoff_s=0.01,
    tries=1,
    hosts=64,
)
OWN = "http://own.test"


async def at_home(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def ways(limits: Limits = LIMITS, resolve: Any = at_home, tls: ssl.SSLContext | None = None) -> Ways:
    return Ways(limits, "desk@own.test", Network(resolve, tls or ssl.create_default_context()))


def pages_in(folder: Path) -> dict[str, int]:
    """Give the items whose pages lie in the files of a folder, each with how often."""
    found: dict[str, int] = defaultdict(int)
    for path in folder.glob("*.warc.gz"):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                item = record.rec_headers.get_header(ITEM)
                if item:
                    found[item] += 1
    return found


@dataclass
class Bench:
    """A folder, and one site of its own."""

    folder: Path
    site: Site
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"{OWN}:{self.site.port}{path}"

    def put(self, path: str, reply: Any) -> str:
        self.site.replies[path] = reply
        return self.at(path)

    def fetch(self, *paths: str, limits: Limits = LIMITS, **of_source: Any) -> Tally:
        given = {"allow_private": True, "may_be_page": True, **of_source}
        sources = [Source(self.at(path), **given) for path in paths]
        return fetch(self.folder, sources, ways(limits), tell=lambda kind, said: self.told.append((kind, said)))

    def asked(self, path: str) -> list[Asked]:
        return [one for one in self.site.asked if one.path == path]


@pytest.fixture(scope="module")
def servers() -> Iterator[Sites]:
    with sites() as made:
        yield made


@pytest.fixture
def bench(servers: Sites, tmp_path: Path) -> Bench:
    site = Site()
    servers.open(site)
    return Bench(tmp_path / "spool", site)


# ------------------------------------------------------------ sites that harm
@dataclass
class Trial:
    layout: Layout
    rows: dict[str, list[Problem]]
    pages: dict[str, int]
    polls: list[Path]


@pytest.fixture(scope="module")
def trial(servers: Sites, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    folder = tmp_path_factory.mktemp("spool")
    layout = lay_out(servers, LIMITS)
    sources = [Source(one.address, allow_private=one.private, may_be_page=True) for one in layout.bad]
    sources += [Source(one, allow_private=True, may_be_page=True) for one in (*layout.good[:3], *layout.feeds)]
    tally = fetch(folder, sources, ways(resolve=layout.resolve), tell=lambda kind, said: None)
    rows: dict[str, list[Problem]] = defaultdict(list)
    for row in tally.problems:
        rows[row.where].append(row)
    return Trial(layout, rows, pages_in(folder), [*(folder / ".feeds").glob("*.warc.gz")])


def test_every_bad_site_is_one_row_with_its_cause(trial: Trial) -> None:
    said = {one.name: [(row.code, row.cause) for row in trial.rows[one.address]] for one in trial.layout.bad}
    for one in trial.layout.bad:
        rows = said[one.name]
        assert len(rows) == 1, (one.name, rows)
        assert rows[0][0] == one.code, (one.name, rows)
        assert one.words in rows[0][1], (one.name, rows)
    assert len(said) > 50


def test_the_others_are_fetched_once_each(trial: Trial) -> None:
    assert {address: trial.pages[address] for address in trial.layout.good} == dict.fromkeys(trial.layout.good, 1)


def test_no_page_of_a_bad_site_is_kept(trial: Trial) -> None:
    assert not {one.address for one in trial.layout.bad} & {*trial.pages}


def test_a_service_that_nobody_named_is_never_asked(trial: Trial) -> None:
    assert trial.layout.secret.asked == []


def test_an_item_on_a_private_network_is_refused_and_what_is_no_page_of_the_web_not_listed(trial: Trial) -> None:
    assert {address: trial.rows[address][0].code for address in trial.layout.refused} == dict.fromkeys(
        trial.layout.refused, "fetch-refused"
    )
    assert not [where for where in trial.rows if not where.startswith("http")]


def test_what_a_feed_said_is_kept_where_a_run_passes_it_by(trial: Trial) -> None:
    assert len(trial.polls) == 1


def test_a_certificate_that_a_root_vouches_for_is_taken_and_another_name_is_not(servers: Sites, tmp_path: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(PEM)
    port = servers.open(Site(otherwise=lambda asked: answer(page("Shelled", TEXT))), tls)
    trusting = ssl.create_default_context(cafile=str(PEM))
    named = [f"https://good.test:{port}/x", f"https://other.test:{port}/x"]
    sources = [Source(one, allow_private=True, may_be_page=True) for one in named]
    tally = fetch(tmp_path, sources, ways(tls=trusting), tell=lambda kind, said: None)
    assert [row.where for row in tally.problems] == named[1:]
    assert "not valid" in tally.problems[0].cause
    assert tally.problems[0].remedy.endswith("it is tried again later")
    assert [*pages_in(tmp_path)] == named[:1]


def test_a_certificate_that_is_not_valid_is_looked_at_again_later(servers: Sites, tmp_path: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(PEM)
    port = servers.open(Site(), tls)
    told: list[dict[str, Any]] = []
    source = Source(f"https://good.test:{port}/x", allow_private=True)
    fetch(tmp_path, [source], ways(replace(LIMITS, tries=3)), tell=lambda kind, said: told.append(said))
    assert [(said["code"], said["again"]) for said in told] == [("fetch-tls", True)]


def test_the_number_that_was_judged_is_the_one_that_is_asked(servers: Sites, tmp_path: Path) -> None:
    secret = Site(otherwise=lambda asked: answer(page("Keys", TEXT)))
    port = servers.open(secret)
    turns = iter(["8.8.8.8"] + ["127.0.0.1"] * 20)
    resolved: list[str] = []

    async def turncoat(host: str, _: int) -> Sequence[str]:
        resolved.append(next(turns))
        return resolved[-1:]

    source = Source(f"http://rebound.test:{port}/x", may_be_page=True)
    limits = replace(LIMITS, connect_s=0.2)
    tally = fetch(tmp_path, [source], ways(limits, turncoat), tell=lambda kind, said: None)
    assert resolved == ["8.8.8.8"]  # once, and it is what was connected to
    assert tally.problems[0].code in {"fetch-unreachable", "fetch-timeout"}
    assert secret.asked == []


# ------------------------------------------------------------ feeds, sitemaps, pages
def put_items(bench: Bench, count: int, **texts: str) -> list[str]:
    return [bench.put(f"/item/{number}", answer(page(f"Item {number}", TEXT))) for number in range(count)]


def test_what_was_fetched_is_not_fetched_again(bench: Bench) -> None:
    items = put_items(bench, 3)
    bench.put("/feed", answer(feed("A", [(one, "x") for one in items[:2]]), kind="text/xml", ETag='"1"'))
    assert bench.fetch("/feed").fetched == 2
    bench.put("/feed", answer(feed("A", [(one, "x") for one in items]), kind="text/xml", ETag='"2"'))
    second = bench.fetch("/feed")
    assert (second.listed, second.fetched) == (1, 1)
    assert pages_in(bench.folder) == dict.fromkeys(items, 1)


def test_a_feed_that_did_not_change_costs_nothing(bench: Bench) -> None:
    items = put_items(bench, 1)
    body = answer(
        feed("A", [(items[0], "x")]), kind="text/xml", ETag='"1"', Last_Modified="Sat, 03 May 2031 12:00:00 GMT"
    )

    async def conditional(asked: Asked, writer: Any) -> None:
        same = asked.headers.get("if-none-match") == '"1"' and "if-modified-since" in asked.headers
        writer.write(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n" if same else body)

    bench.put("/feed", conditional)
    bench.fetch("/feed")
    second = bench.fetch("/feed")
    assert (second.unchanged, second.listed, second.failed) == (1, 0, 0)
    assert len([*(bench.folder / ".feeds").glob("*.gz")]) == 1


def test_what_a_feed_says_again_is_kept_once_and_what_it_said_weeks_ago_no_more(bench: Bench) -> None:
    polls, at = bench.folder / ".feeds", datetime(2031, 5, 3, tzinfo=UTC)
    source, kept = Source(bench.at("/feed"), allow_private=True), []
    for days, title in ((0, "A"), (1, "A"), (2, "B"), (15, "C")):
        bench.put("/feed", answer(feed(title, []), kind="text/xml"))
        clock = Clock(now=lambda days=days: at + timedelta(days=days))  # type: ignore[misc]
        fetch(bench.folder, [source], replace(ways(), clock=clock), tell=lambda kind, said: None)
        kept.append(sorted(path.name[6:8] for path in polls.glob("*.gz")))
    assert kept == [["03"], ["03"], ["03", "05"], ["05", "18"]]


def test_a_server_is_told_who_asks_and_robots_txt_is_read_once(bench: Bench) -> None:
    bench.put("/feed", answer(feed("A", [(one, "x") for one in put_items(bench, 3)]), kind="text/xml"))
    bench.fetch("/feed")
    assert len(bench.asked("/robots.txt")) == 1
    for one in bench.site.asked:
        assert one.headers["user-agent"].startswith("variorum/")
        assert one.headers["user-agent"].endswith("(+desk@own.test)")
        assert one.headers["host"] == f"own.test:{bench.site.port}"
        assert not {"cookie", "authorization", "referer"} & {*one.headers}


def test_a_pause_that_robots_txt_asks_for_is_kept(bench: Bench) -> None:
    bench.put("/robots.txt", answer(b"User-agent: variorum\nCrawl-delay: 0.2\nDisallow: /item/1", kind="text/plain"))
    bench.put("/feed", answer(feed("A", [(one, "x") for one in put_items(bench, 3)]), kind="text/xml"))
    tally = bench.fetch("/feed")
    assert (tally.fetched, [row.code for row in tally.problems]) == (2, ["fetch-robots"])
    assert bench.asked("/item/1") == []


def test_a_server_that_is_busy_is_asked_again_when_it_said(bench: Bench) -> None:
    replies = iter([answer(b"", 429, Retry_After="1"), answer(b"", 500), answer(page("Item", TEXT))])

    async def recovering(_: Asked, writer: Any) -> None:
        writer.write(next(replies))

    bench.put("/page", recovering)
    assert bench.fetch("/page", limits=replace(LIMITS, tries=3, most_wait_s=2)).fetched == 1
    assert len(bench.asked("/page")) == 3


def test_an_item_that_fails_for_now_waits_and_is_fetched_when_it_works(bench: Bench) -> None:
    items = put_items(bench, 2)
    bench.put("/item/1", answer(b"", 500))
    bench.put("/feed", answer(feed("A", [(one, "x") for one in items]), kind="text/xml"))
    first = bench.fetch("/feed")
    assert (first.fetched, first.waiting, [row.code for row in first.problems]) == (1, 1, ["fetch-failed"])
    assert bench.fetch("/feed").waiting == 1  # it is not due yet


def test_an_entry_with_its_whole_text_stands_for_a_page_that_is_gone(bench: Bench) -> None:
    gone, teaser = bench.at("/gone"), bench.at("/gone2")
    texts = {gone: f"<p>{TEXT} {TEXT}</p>", teaser: "<p>Shells hit a market …</p>"}
    bench.put("/feed", answer(feed("A", [(gone, "Whole"), (teaser, "Short")], texts), kind="text/xml"))
    tally = bench.fetch("/feed")
    assert (tally.entries, tally.fetched) == (1, 0)
    assert {row.where: row.code for row in tally.problems} == {gone: "fetch-entry", teaser: "fetch-status"}
    assert pages_in(bench.folder) == {gone: 1}


def test_an_entry_with_its_whole_text_stands_for_a_page_without_an_article(bench: Bench) -> None:
    wall = page("Subscribe", "Subscribe to continue reading this article.")
    walled = [bench.put("/wall/1", answer(wall)), bench.put("/wall/2", answer(wall))]
    (whole,) = put_items(bench, 1)
    texts = dict.fromkeys([walled[0], whole], f"<p>{TEXT} {TEXT}</p>")
    bench.put("/feed", answer(feed("A", [(one, "x") for one in (*walled, whole)], texts), kind="text/xml"))
    tally = bench.fetch("/feed")
    assert (tally.entries, tally.fetched) == (1, 2)  # the wall without a text beside it is for `run` to refuse
    assert [(row.where, row.code) for row in tally.problems] == [(walled[0], "fetch-entry")]
    assert pages_in(bench.folder) == dict.fromkeys([*walled, whole], 1)


def put_words_of_another(bench: Bench) -> str:
    """Put a feed that says what a page of another site says; gives the address of that page, which is closed."""
    closed = f"http://closed.test:{bench.site.port}/world/1"
    bench.put("/feed", answer(feed("A", [(closed, "Shelled")], {closed: f"<p>{TEXT} {TEXT}</p>"}), kind="text/xml"))
    return closed


def test_the_words_of_a_feed_stand_under_no_address_of_another_site(bench: Bench) -> None:
    closed = put_words_of_another(bench)
    assert bench.fetch("/feed", follow=False).entries == 1
    (path,) = bench.folder.glob("*.warc.gz")
    with path.open("rb") as stream:
        heads = [one.rec_headers for one in ArchiveIterator(stream) if one.rec_type == "resource"]
    assert [(one.get_header("WARC-Target-URI"), one.get_header("Variorum-Outlet")) for one in heads] == [
        (f"{bench.at('/feed')}#{closed}", "own.test")
    ]


def test_a_feed_has_no_words_for_an_address_that_must_not_be_asked(bench: Bench) -> None:
    closed = put_words_of_another(bench)
    tally = bench.fetch("/feed")
    assert (tally.entries, tally.waiting) == (0, 0)
    assert [(row.where, row.code) for row in tally.problems] == [(closed, "fetch-refused")]


def test_entries_are_taken_as_they_are_where_their_pages_are_not_wanted(bench: Bench) -> None:
    items = put_items(bench, 2)
    bench.put("/feed", answer(feed("A", [(one, "x") for one in items], dict.fromkeys(items, TEXT)), kind="text/xml"))
    assert bench.fetch("/feed", follow=False).entries == 2
    assert bench.asked("/item/0") == []


def test_an_index_leads_to_packed_sitemaps_and_those_to_pages(bench: Bench) -> None:
    items = put_items(bench, 3)
    packed = gzip.compress(sitemap([(items[0], "2031-05-01"), (items[1], "2031-05-02")]))
    one = bench.put("/1.xml.gz", answer(packed, kind="application/gzip"))
    two = bench.put("/2.xml", answer(sitemap([(items[2], "2031-05-03")]), kind="text/xml"))
    bench.put(
        "/sitemap.xml", answer(sitemap([(one, ""), (two, ""), (bench.at("/none"), "")], index=True), kind="text/xml")
    )
    tally = bench.fetch("/sitemap.xml")
    assert tally.fetched == 3
    assert [(row.where, row.code) for row in tally.problems] == [(bench.at("/none"), "fetch-status")]


def test_indexes_of_indexes_come_to_an_end(bench: Bench) -> None:
    for level in range(20):
        maps = [(bench.at(f"/map/{level + 1}/{number}"), "") for number in range(30)]
        for number in range(30):
            bench.put(f"/map/{level}/{number}", answer(sitemap(maps, index=True), kind="text/xml"))
    tally = bench.fetch("/map/0/0")
    assert {row.code for row in tally.problems} == {"fetch-feed"}
    assert len(bench.site.asked) <= 52  # robots.txt, the index, and fifty of what it leads to


def test_what_a_sitemap_lists_beyond_the_newest_is_left_out_and_no_problem(bench: Bench) -> None:
    items = [(one, "2031-05-01") for one in put_items(bench, 30)]
    bench.put("/sitemap.xml", answer(sitemap(items), kind="text/xml"))
    tally = bench.fetch("/sitemap.xml")
    assert (tally.fetched, tally.problems) == (20, [])
    assert bench.told[-21] == (
        "poll",
        {"address": bench.at("/sitemap.xml"), "status": "read", "new": 20, "left out": 10},
    )


def test_a_site_that_asks_for_long_pauses_gets_them_and_is_no_problem(bench: Bench) -> None:
    bench.put("/robots.txt", answer(b"User-agent: *\nCrawl-delay: 300", kind="text/plain"))
    bench.put("/page", answer(page("Item", TEXT)))
    bench.put("/feed", answer(feed("A", [(one, "x") for one in put_items(bench, 3)]), kind="text/xml"))
    tally = bench.fetch("/feed")
    assert (tally.fetched, tally.waiting, tally.problems) == (0, 3, [])
    assert [one.path for one in bench.site.asked] == ["/robots.txt", "/feed"]


def test_a_redirect_is_kept_with_where_it_led(bench: Bench) -> None:
    bench.put("/new", answer(page("Item", TEXT)))
    bench.put("/old", redirect("/new", 301))
    assert bench.fetch("/old").fetched == 1
    (path,) = bench.folder.glob("*.warc.gz")
    with path.open("rb") as stream:
        rows = [
            (one.rec_headers.get_header("WARC-Target-URI"), one.http_headers.get_statuscode())
            for one in ArchiveIterator(stream)
            if one.rec_type == "response"
        ]
    assert rows == [(bench.at("/old"), "301"), (bench.at("/new"), "200")]


def test_a_list_of_feeds_does_not_take_a_page_for_a_feed(bench: Bench) -> None:
    bench.put("/login", answer(page("Log in", TEXT)))
    tally = bench.fetch("/login", may_be_page=False)
    assert [(row.code, row.cause) for row in tally.problems] == [("fetch-feed", "it is no feed")]
    assert tally.fetched == 0


def test_what_a_kill_left_is_taken_up(bench: Bench) -> None:
    items = put_items(bench, 6)
    bench.put("/feed", answer(feed("A", [(one, "x") for one in items]), kind="text/xml", ETag='"1"'))
    count = 0

    async def killing(_: Asked, writer: Any) -> None:
        nonlocal count
        count += 1
        writer.write(answer(page("Item", TEXT)))

    bench.put("/item/3", killing)

    def die(kind: str, said: dict[str, Any]) -> None:
        if kind == "item" and said["address"] == items[3]:
            raise RuntimeError("killed")

    source = Source(bench.at("/feed"), allow_private=True)
    with pytest.raises(RuntimeError, match="killed"):
        fetch(bench.folder, [source], ways(), tell=die)
    bench.put("/feed", b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
    tally = fetch(bench.folder, [source], ways(), tell=lambda kind, said: None)
    assert tally.unchanged == 1
    assert pages_in(bench.folder) == dict.fromkeys(items, 1)
    assert count == 1


def test_a_folder_that_is_full_is_one_cause(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    bench.put("/page", answer(page("Item", TEXT)))
    monkeypatch.setattr("variorum.gather.fetching.archive.Archive.write", full)
    with pytest.raises(UsageError, match="cannot be written: No space left on device"):
        bench.fetch("/page")


def test_a_folder_that_is_a_file_is_one_cause(bench: Bench) -> None:
    bench.folder.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        bench.fetch("/page")
    assert bench.folder.read_text(encoding="utf-8") == "mine"


def test_bytes_of_what_was_not_kept_are_counted_too(bench: Bench) -> None:
    bench.put("/page", answer(b"x" * 50_000, Content_Length="90000"))
    assert bench.fetch("/page").received["own.test"] > 50_000


def test_two_programs_do_not_fetch_into_one_folder(bench: Bench) -> None:
    bench.put("/page", answer(page("Item", TEXT)))

    def meanwhile(kind: str, said: dict[str, Any]) -> None:
        with pytest.raises(UsageError, match="another program"):
            bench.fetch("/page")

    fetch(bench.folder, [Source(bench.at("/page"), allow_private=True, may_be_page=True)], ways(), tell=meanwhile)


def test_a_list_and_addresses_are_not_named_together() -> None:
    with pytest.raises(UsageError, match="together"):
        named_sources(["feeds.toml", "https://a.example/"])
