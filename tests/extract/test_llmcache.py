"""Replies kept by content: whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.errors import ConfigError
from variorum.extract.llmcache import cache_key, find_reply, keep_reply

KEY = cache_key("small", "Read.", "Shells hit.")


def test_a_reply_is_given_back_as_it_was_kept(tmp_path: Path) -> None:
    keep_reply(tmp_path / "new" / "folder", KEY, "small", "“twelve” \ud83d")
    assert find_reply(tmp_path / "new" / "folder", KEY) == "“twelve” \ud83d"


@pytest.mark.parametrize(
    "other", [("large", "Read.", "Shells hit."), ("small", "Read!", "Shells hit."), ("small", "Read.", "")]
)
def test_another_model_prompt_or_text_is_another_reply(other: tuple[str, str, str]) -> None:
    assert cache_key(*other) != KEY


@pytest.mark.parametrize("kept", [b"", b"{", b"[]", b"\xff", b'{"content": "twelve"}', b"null", b"[" * 50_000])
def test_a_damaged_file_counts_as_none(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / f"{KEY}.json").write_bytes(kept)
    assert find_reply(tmp_path, KEY) is None


def test_a_changed_reply_counts_as_none(tmp_path: Path) -> None:
    keep_reply(tmp_path, KEY, "small", "twelve people")
    path = tmp_path / f"{KEY}.json"
    path.write_text(path.read_text().replace("twelve", "eleven"))
    assert find_reply(tmp_path, KEY) is None


def test_nothing_but_the_reply_is_left_in_the_folder(tmp_path: Path) -> None:
    keep_reply(tmp_path, KEY, "small", "one")
    keep_reply(tmp_path, KEY, "small", "two")
    assert [path.name for path in tmp_path.iterdir()] == [f"{KEY}.json"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"file"):
        keep_reply(tmp_path / "file", KEY, "small", "twelve")
