"""`variorum fetch` and `variorum watch`, against sites on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.badsites import TEXT
from bench.sites import Site, answer, feed, page, sites

from cli.conftest import Cli
from invented import read_once
from variorum.pipeline import BuiltIn


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with sites() as servers:
        made = Site()
        port = servers.open(made)
        items = [(f"http://127.0.0.1:{port}/item/{number}", f"Item {number}") for number in range(2)]
        made.replies = {
            f"/item/{number}": answer(page(f"Market shelled, {number}", TEXT.replace("Four", str(number + 4))))
            for number in range(2)
        }
        made.replies["/feed"] = answer(feed("A", items), kind="text/xml")
        yield made


@pytest.fixture(autouse=True)
def no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BuiltIn, "__call__", lambda self, article: read_once(article))


def at(site: Site, path: str) -> str:
    return f"http://127.0.0.1:{site.port}{path}"


def test_the_last_line_says_which_hosts_were_asked_and_how_much_came(cli: Cli, site: Site) -> None:
    told = cli("fetch", at(site, "/feed"), "--allow-private", "--delay", "0", "-o", "kept")
    assert (told.code, told.out) == (0, "")
    *_, kept, following, last = told.err.splitlines()
    assert kept.startswith("Fetched 2 pages in")
    assert following == "Next:  variorum run kept"
    assert last.startswith("The network was used: 1 host, ")
    assert "(127.0.0.1 " in last


def test_what_fails_is_a_line_and_the_exit_status_is_3(cli: Cli, site: Site) -> None:
    told = cli("fetch", at(site, "/none"), "--allow-private", "--delay", "0")
    assert told.code == 3
    assert told.err.startswith(f"{at(site, '/none')}: the page is not there (status 404)\n")
    assert "Traceback" not in told.err


def test_an_address_on_this_machine_is_not_asked_unless_it_is_allowed(cli: Cli, site: Site) -> None:
    before = len(site.asked)
    told = cli("fetch", at(site, "/feed"))
    assert told.code == 3
    assert "127.0.0.1, which is not on the public network" in told.err
    assert len(site.asked) == before


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://169.254.169.254/", "The network was not used: nothing was asked."),
        ("http://127.0.0.1:9/", "The network was used, and no host answered."),
        ("http://localhost/", "The network was used, and no host answered."),  # a name was looked up
    ],
)
def test_the_network_was_used_only_where_something_was_asked(cli: Cli, address: str, said: str) -> None:
    allowed = ["--allow-private"] if ":9" in address else []
    told = cli("fetch", address, "--delay", "0", *allowed)
    assert told.code == 3
    assert told.err.splitlines()[-1] == said


def test_a_program_is_told_each_event_as_an_object(cli: Cli, site: Site) -> None:
    told = cli("fetch", at(site, "/feed"), at(site, "/none"), "--allow-private", "--delay", "0", "--jsonl", "-q")
    rows = [json.loads(line) for line in told.out.splitlines()]
    assert sorted(row["event"] for row in rows) == ["failed", "item", "item", "poll"]
    assert told.err == ""


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("fetch", "file:///etc/passwd"), "file addresses are not followed"),
        (("fetch", "reports"), "no scheme"),
        (("fetch", "https://u:p@a.example/"), "holds a name or password"),
        (("fetch", "none.toml"), "cannot be read"),
        (("watch", "https://a.example/feed"), "no list of feeds"),
        (("watch", "none.toml"), "cannot be read"),
    ],
)
def test_what_cannot_be_asked_is_a_wrong_call(cli: Cli, words: tuple[str, ...], cause: str) -> None:
    told = cli(*words)
    assert told.code == 2
    assert cause in told.err
    assert not Path("ledger.db").exists()
    assert not Path("fetched").exists()


def test_a_contact_in_the_settings_that_no_header_can_hold_is_a_wrong_call(cli: Cli, site: Site) -> None:
    Path("variorum.toml").write_text('contact = "a\\r\\nHost: b"\n', encoding="utf-8")
    told = cli("fetch", at(site, "/feed"))
    assert told.code == 2
    assert "contact is" in told.err


def test_a_round_of_watch_fills_a_ledger_and_says_so_in_a_line(cli: Cli, site: Site) -> None:
    Path("feeds.toml").write_text(
        f'delay = "0s"\n[[feed]]\naddress = "{at(site, "/feed")}"\nallow_private = true\n', encoding="utf-8"
    )
    told = cli("watch", "feeds.toml", "-o", "own.db", "--once", "--workers", "1")
    assert told.code == 0
    (line,) = told.err.splitlines()
    assert line.startswith("Round 1: 1 source · 2 new · 2 fetched (")
    assert "2 new reports" in line
    assert "next in 15 m" in line
    assert Path("own.db.fetched").is_dir()
    told = cli("watch", "feeds.toml", "-o", "own.db", "--once", "--workers", "1", "--jsonl")
    (row,) = [json.loads(one) for one in told.out.splitlines() if json.loads(one)["event"] == "round"]
    assert (row["round"], row["polled"], row["new reports"]) == (1, 0, 0)  # it is not due


def test_a_round_without_news_is_a_line_too(cli: Cli, site: Site) -> None:
    Path("feeds.toml").write_text(
        f'delay = "0s"\n[[feed]]\naddress = "{at(site, "/feed")}"\nevery = "1s"\nallow_private = true\n',
        encoding="utf-8",
    )
    told = cli("watch", "feeds.toml", "-o", "own.db", "--rounds", "2", "--workers", "1")
    assert told.code == 0
    first, second = told.err.splitlines()
    assert first.startswith("Round 1: 1 source · 2 new")
    assert second == "Round 2: 1 source · 0 new · 0 fetched (0.4 kB) · 0 new reports · next in 1 s"


def test_what_fetch_kept_is_read_by_run(cli: Cli, site: Site) -> None:
    cli("fetch", at(site, "/feed"), "--allow-private", "--delay", "0")
    told = cli("run", "fetched", "--workers", "1")
    assert told.code == 0
    assert "2 new reports" in told.err
    assert "The network was not used." in told.err
