"""`feeds.toml`, and addresses one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.errors import ConfigError
from variorum.gather.fetching.sources import make_sources, read_feed_list

ONE = '[[feed]]\naddress = "https://a.example/feed"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_feed_has_what_is_said_of_it_and_defaults(tmp_path: Path) -> None:
    text = 'contact = "desk@a.example"\ndelay = "2s"\n' + ONE + 'outlet = "A  Post"\nevery = "2h"\nfollow = false\n'
    found = read_feed_list(write(tmp_path, text + '[[feed]]\naddress = "http://B.example"\n'))
    first, second = found.sources
    assert (found.contact, found.delay_s) == ("desk@a.example", 2.0)
    assert (first.outlet, first.every_s, first.follow, first.allow_private) == ("A Post", 7200.0, False, False)
    assert (second.address, second.every_s, second.follow) == ("http://b.example/", 900.0, True)


@pytest.mark.parametrize(
    ("text", "cause", "remedy"),
    [
        ("", "names no feed", "[[feed]]"),
        ("feed = 3", "names no feed", "[[feed]]"),
        ("[[feed]", "is not TOML", "correct"),
        ("[[feeds]]\n", "key feeds", "did you mean feed?"),
        (ONE + "evry = '5m'", "key evry", "did you mean every?"),
        (ONE + "colour = 'red'", "key colour", "keys: address"),
        (ONE + "every = 5", "every is 5", "15m"),
        (ONE + "every = '0s'", "every is", "1s"),
        (ONE + "every = '5 years'", "every is", "15m"),
        (ONE + "follow = 'no'", "follow is 'no'", "true or false"),
        (ONE + "outlet = 7", "outlet is 7", "quotation marks"),
        ("[[feed]]\noutlet = 'A'", "has no address", "https"),
        (ONE + ONE, "twice", "remove"),
        ("[[feed]]\naddress = 'file:///etc/passwd'", "file addresses", "http"),
        ("contact = 'Ü'\n" + ONE, "contact is", "ASCII"),
        ("delay = true\n" + ONE, "delay is", "15m"),
    ],
)
def test_what_cannot_be_used_is_one_cause_with_its_remedy(tmp_path: Path, text: str, cause: str, remedy: str) -> None:
    with pytest.raises(ConfigError) as met:
        read_feed_list(write(tmp_path, text))
    assert cause in met.value.cause
    assert remedy in met.value.remedy


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as met:
        read_feed_list(write(tmp_path, "[[feed]]\naddress = 'https://me:secret@a.example/'"))
    assert "secret" not in met.value.cause + met.value.remedy


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_feed_list(tmp_path / "none.toml")


def test_an_address_that_is_named_twice_is_one_source() -> None:
    found = make_sources(["http://a.example", "http://A.example/", "http://b.example/x"], allow_private=True)
    assert [(one.address, one.allow_private) for one in found] == [
        ("http://a.example/", True),
        ("http://b.example/x", True),
    ]
