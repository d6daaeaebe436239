"""Which feeds, sitemaps and pages are asked, and how often: `feeds.toml`, or addresses one by one. No network here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.errors import ConfigError
from variorum.gather.fetching.addresses import Permission, parse_address, permit
from variorum.gather.fetching.outcome import Unfetched

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
TIME = re.compile(r"(\d{1,6}(?:\.\d+)?)\s*([smhd])")
LONGEST_S = 31 * 86400.0
LIKELY = 70  # 0..100, rapidfuzz: "adress" and "address" have 92, "every" and "very" 89


@dataclass(frozen=True, slots=True)
class Source:
    """One feed, sitemap or page."""

    address: str
    outlet: str = ""  # that its articles are of, where their pages name none
    every_s: float = 900.0
    allow_private: bool = False  # its host may be on a private network; no other may
    follow: bool = True  # fetch the page of each entry; else the entry's own text is the article
    may_be_page: bool = False  # named by hand: a page is kept as one

    @property
    def permission(self) -> Permission:
        """Give what naming it allows."""
        return permit([(self.address, self.allow_private)])


@dataclass(frozen=True, slots=True)
class FeedList:
    """What a `feeds.toml` says."""

    sources: Sequence[Source]
    contact: str = ""  # how the people behind this program are reached, told to every server
    delay_s: float = 1.0  # between two requests to one host


FEED_KEYS = ("address", "outlet", "every", "allow_private", "follow")
TOP_KEYS = ("contact", "delay", "feed")


def make_sources(addresses: Iterable[str], *, allow_private: bool = False) -> list[Source]:
    """Give sources for addresses named one by one; raises ConfigError for what is no address."""
    found = [Source(_address(text, "the command"), allow_private=allow_private, may_be_page=True) for text in addresses]
    return list({source.address: source for source in found}.values())


def read_feed_list(path: Path) -> FeedList:
    """Read a `feeds.toml`. Raises ConfigError for no TOML, an unknown key (naming near ones) or a wrong value."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}", "correct the line") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}", "check its name and permissions") from error
    _check_keys(data, TOP_KEYS, str(path))
    rows = data.get("feed", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(f"{path} names no feed", 'write each under a line [[feed]], with address = "https://…"')
    sources = [_source(row, f"{path}, feed {number}") for number, row in enumerate(rows, 1)]
    twice = [one.address for one in sources if sum(other.address == one.address for other in sources) > 1]
    if twice:
        raise ConfigError(f"{path} names {twice[0]} twice", "remove one of them")
    delay = _time(data["delay"], f"{path}: delay") if "delay" in data else 1.0
    return FeedList(sources, check_contact(data.get("contact", ""), str(path)), delay)


def check_contact(value: object, where: str) -> str:
    """Give a contact as it can stand in a header; raises ConfigError for what cannot."""
    if not isinstance(value, str) or not value.isascii() or not (value.isprintable() or not value) or "(" in value:
        raise ConfigError(f"{where}: contact is {value!r}", "give an address of mail or of a page, in ASCII")
    return value.strip().replace(")", "")


def _source(row: Mapping[str, Any], where: str) -> Source:
    _check_keys(row, FEED_KEYS, where)
    if not isinstance(row.get("address"), str):
        raise ConfigError(f"{where} has no address", 'give address = "https://…"')
    for key in ("allow_private", "follow"):
        if not isinstance(row.get(key, True), bool):
            raise ConfigError(f"{where}: {key} is {row[key]!r}", "give true or false")
    if not isinstance(row.get("outlet", ""), str):
        raise ConfigError(f"{where}: outlet is {row['outlet']!r}", 'give a text in quotation marks: "…"')
    every = _time(row["every"], f"{where}: every") if "every" in row else 900.0
    if every < 1:
        raise ConfigError(f"{where}: every is {row['every']!r}", 'give at least "1s"')
    return Source(
        _address(row["address"], where),
        " ".join(row.get("outlet", "").split()),
        every,
        row.get("allow_private", False),
        row.get("follow", True),
    )


def _address(text: str, where: str) -> str:
    try:
        return str(parse_address(text))
    except Unfetched as fault:
        said = "an address" if "name or password" in fault.cause else repr(text)[:120]
        raise ConfigError(f"{where}: {said}: {fault.cause}", fault.remedy) from None


def _time(value: object, where: str) -> float:
    found = TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    seconds = float(found[1]) * UNITS[found[2]] if found else -1.0
    if not 0 <= seconds <= LONGEST_S:
        raise ConfigError(f"{where} is {value!r}", 'give a time as "90s", "15m", "2h" or "1d"')
    return seconds


def _check_keys(row: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in row:
        if key not in known:
            from rapidfuzz import fuzz, process

            near = process.extractOne(key.lower(), known, scorer=fuzz.ratio, score_cutoff=LIKELY)
            hint = f"did you mean {near[0]}?" if near else f"keys: {', '.join(known)}"
            raise ConfigError(f"{where} has a key {key}, which is unknown", hint)
