"""The folder of a site: it is replaced whole, what is not a site is left alone, and no earlier site is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from variorum.errors import UsageError
from variorum.web.folder.places import NAMES
from variorum.web.folder.target import MARK, replacing

ABOUT = "about.html"


def write(out: Path, words: str) -> None:
    """Write a site of one page."""
    with replacing(str(out)) as target:
        target.write(MARK, json.dumps({"made_by": "variorum site"}))
        target.write(ABOUT, words)


def read(out: Path) -> dict[str, str]:
    """Give the files of a folder."""
    return {path.name: path.read_text() for path in out.iterdir() if path.name != MARK}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_of_two_runs_at_once_the_later_stands_there_whole(tmp_path: Path) -> None:
    out = tmp_path / "site"
    with replacing(str(out)) as slow:
        slow.write(MARK, json.dumps({"made_by": "variorum site"}))
        slow.write(ABOUT, "slow")
        write(out, "quick")
        assert read(out) == {ABOUT: "quick"}
        slow.write("index.html", "slow")
    assert read(out) == {ABOUT: "slow", "index.html": "slow"}
    assert names(tmp_path) == {"site"}


def test_folders_beside_it_that_somebody_else_made_stay(tmp_path: Path) -> None:
    mine = [".site.part", ".site.old", ".variorum-site-mine.old"]
    for name in mine:
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine").touch()
    write(tmp_path / "site", "one")
    write(tmp_path / "site", "two")
    assert names(tmp_path) == {"site", *mine}


class Killed(BaseException):
    """The end of a run in the middle."""


def end_between(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let a run end when the earlier site is moved away and its own is not there yet."""
    rename = Path.rename

    def end(path: Path, to: Path) -> Path:
        if path.suffix == ".part":
            raise error
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", end)


def test_an_interrupt_between_the_two_leaves_the_site_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "site", "before")
    end_between(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "site", "after")
    assert read(tmp_path / "site") == {ABOUT: "before"}
    assert names(tmp_path) == {"site"}


def test_a_site_that_a_killed_run_had_moved_away_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "site", "before")
    moved: list[Path] = []
    with monkeypatch.context() as patched:
        rename = Path.rename
        patched.setattr(Path, "rename", lambda path, to: moved.append(to) or rename(path, to))
        write(tmp_path / "site", "before")
    (tmp_path / "site").rename(moved[0])  # as a run leaves it that is killed between the two
    with pytest.raises(Killed), replacing(str(tmp_path / "site")):
        raise Killed
    assert read(tmp_path / "site") == {ABOUT: "before"}
    assert names(tmp_path) == {"site"}


def test_what_a_killed_run_had_written_goes_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("variorum.web.folder.target._remove", lambda folder: None)  # killed: nothing is put in order
        with pytest.raises(Killed), replacing(str(tmp_path / "site")):
            raise Killed
    assert len(names(tmp_path)) == 1
    write(tmp_path / "site", "whole")
    assert names(tmp_path) == {"site"}


def test_a_private_folder_stays_private(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir(mode=0o700)
    with replacing(str(out)) as target:
        assert target.folder.stat().st_mode & 0o777 == 0o700
        target.write(MARK, json.dumps({"made_by": "variorum site"}))
    assert out.stat().st_mode & 0o777 == 0o700
    out.chmod(0o750)
    write(out, "again")
    assert out.stat().st_mode & 0o777 == 0o750


def test_an_empty_folder_of_ones_own_in_a_site_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "site", "one")
    (tmp_path / "site" / "drafts").mkdir()
    with pytest.raises(UsageError, match="holds drafts beside it"):
        write(tmp_path / "site", "two")
    (tmp_path / "empty" / "events").mkdir(parents=True)
    with pytest.raises(UsageError, match="holds events, and no site"):
        write(tmp_path / "empty", "two")
    assert names(tmp_path / "site") == {ABOUT, MARK, "drafts"}


def test_a_name_that_no_folder_can_have_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="File name too long"):
        write(tmp_path / ("a" * 300), "one")
    write(tmp_path / ("a" * 250), "one")
    assert names(tmp_path) == {"a" * 250}


def test_every_page_that_a_site_has_may_be_replaced(tmp_path: Path) -> None:
    for _ in range(2):
        with replacing(str(tmp_path / "site")) as target:
            target.write(MARK, json.dumps({"made_by": "variorum site"}))
            for name in [*NAMES.values(), "events-2", "voices-3", "events/EV-7K3Q", "reports/R12"]:
                target.write(f"{name}.html", "")
            target.write("static/vendor/leaflet.js", "")
            target.write("data/words-0061.js", "")
