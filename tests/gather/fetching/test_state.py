"""What a folder of fetched pages remembers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from variorum.errors import UsageError
from variorum.gather.fetching.links import Link
from variorum.gather.fetching.outcome import Known
from variorum.gather.fetching.state import Polled, State, one_cause, open_state
from variorum.model import Problem

FEED = "http://a.example/feed"


def links(*numbers: int, site: str = "a.example") -> list[tuple[str, Link]]:
    return [(site, Link(f"http://{site}/{number}", f"Title {number}", "2031-05-01", "<p>x</p>")) for number in numbers]


def waiting(state: State, now: float = 10.0, most: int = 100, hosts: int = 9) -> dict[str, list[str]]:
    due = state.due_items(now, [FEED], most, hosts)
    return {site: [item.link.address.rpartition("/")[2] for item in items] for site, items in due.items()}


def test_an_item_is_listed_once_whoever_lists_it(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        assert state.add_items(FEED, links(1, 2)) == 2
        assert state.add_items(FEED, links(2, 3)) == 1
        assert state.add_items("http://b.example/feed", links(3)) == 0
        assert waiting(state) == {"a.example": ["1", "2", "3"]}


def test_what_waits_goes_over_to_another_feed_when_its_own_is_named_no_more(tmp_path: Path) -> None:
    other = "http://b.example/feed"
    with open_state(tmp_path) as state:
        state.add_items(other, links(1, 2))
        state.add_items(FEED, [("a.example", Link("http://a.example/1", "Own"))], [FEED, other])
        assert waiting(state) == {}
        state.note_poll(FEED, Polled(Known('"v1"')))
        state.list_anew([FEED])
        assert state.polled(FEED).known == Known()
        assert state.add_items(FEED, [("a.example", Link("http://a.example/1", "Own"))], [FEED]) == 0
        ((item,),) = state.due_items(10.0, [FEED], 9, 9).values()
        assert item.link == Link("http://a.example/1", "Own")  # and none of the words of the other


def test_every_host_has_its_share_of_a_round(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        state.add_items(FEED, links(*range(50)))
        state.add_items(FEED, links(1, 2, site="b.example"))
        assert waiting(state, most=5) == {"a.example": ["0", "1", "2"], "b.example": ["1", "2"]}


def test_of_a_source_only_so_many_hosts_are_asked_in_a_round(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        for site in ("a.example", "b.example", "c.example"):
            state.add_items(FEED, links(1, site=site))
        state.put_off("http://a.example/1", 5.0)
        assert [*waiting(state, hosts=2)] == ["b.example", "c.example"]


def test_an_item_that_failed_waits_and_is_done_once(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        state.add_items(FEED, links(1, 2, 3))
        state.put_off("http://a.example/1", 100.0)
        state.note_item("http://a.example/2", "fetched", "f")
        assert waiting(state) == {"a.example": ["3"]}
        assert waiting(state, now=100.0) == {"a.example": ["3", "1"]}
        assert state.count_waiting([FEED]) == 2
        state.add_items(FEED, links(2))
        assert state.count_waiting([FEED]) == 2


def test_what_is_known_outlives_the_program(tmp_path: Path) -> None:
    polled = Polled(Known('"v1"', "Sat, 03 May 2031 12:01:30 GMT"), 99.5, 2, "A feed")
    with open_state(tmp_path) as state:
        state.note_poll(FEED, Polled())
        state.note_poll(FEED, polled)
    with open_state(tmp_path) as state:
        assert state.polled(FEED) == polled
        assert state.polled("http://b.example/") == Polled()


def test_what_is_written_together_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        with pytest.raises(TypeError), state.writing():
            state.add_items(FEED, [*links(1), None])  # type: ignore[list-item]
        assert waiting(state) == {}


def test_a_folder_is_held_by_one_program(tmp_path: Path) -> None:
    with open_state(tmp_path), pytest.raises(UsageError, match="another program"):
        State(tmp_path)
    with open_state(tmp_path):
        pass


def test_what_is_noted_follows_the_file_after_a_kill(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        state.add_items(FEED, links(1, 2, 3))
        state.note_item("http://a.example/1", "fetched", "f")
        state.note_item("http://a.example/2", "entry", "f")
        state.reconcile("f", {"http://a.example/2", "http://a.example/3"})
        assert waiting(state) == {"a.example": ["1"]}
        assert state.unread_files() == ["f"]
        state.note_read(["f"])
        state.add_file("f")
        assert state.unread_files() == []


def test_when_the_next_thing_is_due_is_known(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        assert state.next_due([FEED]) == 0.0
        state.note_poll(FEED, Polled(next_at=500.0))
        assert state.next_due([FEED]) == 500.0
        state.add_items(FEED, links(1))
        state.put_off("http://a.example/1", 300.0)
        assert state.next_due([FEED]) == 300.0
        assert state.next_due([FEED, "http://b.example/"]) == 0.0


def test_a_problem_is_told_once_and_taken_back_once(tmp_path: Path) -> None:
    row = Problem(FEED, "fetch-busy", "a.example is busy", "wait", "2031-05-03T12:00:00+00:00")
    with open_state(tmp_path) as state:
        assert state.note_problem(row)
        assert not state.note_problem(row)
        assert state.untold() == ([row], [])
        state.note_told([row], [])
        assert state.untold() == ([], [])
        state.tell_again({FEED})
        assert state.untold() == ([], [])
        state.tell_again({"http://a.example/other"})
        assert state.untold() == ([row], [])
        state.note_told([row], [])
        state.clear_problem(FEED)
        state.clear_problem("http://a.example/fine")
        assert state.untold() == ([], [FEED])
        state.note_told([], [FEED])
        assert state.untold() == ([], [])
        assert state.note_problem(row)


@pytest.mark.parametrize("name", [".fetch.sqlite", ".fetch.lock"])
def test_a_memory_that_is_damaged_is_one_cause_with_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no database" * 1_000)
    with pytest.raises(UsageError, match="is damaged") as met:
        State(tmp_path)
    assert ".fetch.lock" in met.value.remedy


def test_a_memory_without_its_tables_is_damaged(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / ".fetch.sqlite")) as data:
        data.execute("PRAGMA user_version = 1")
    with pytest.raises(UsageError, match="is damaged"), one_cause(tmp_path), open_state(tmp_path) as state:
        state.files()


def test_a_full_disk_is_one_cause(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        size = state._data.execute("PRAGMA page_count").fetchone()[0]
        state._data.execute(f"PRAGMA max_page_count = {size}")
        with pytest.raises(UsageError, match="cannot be written: database or disk is full"), one_cause(tmp_path):
            state.add_items(FEED, links(*range(2_000)))
