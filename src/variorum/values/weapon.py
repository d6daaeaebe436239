"""Weapons as paths of a taxonomy: `missile.cruise.kalibr` is a cruise missile. The words are in weapons.toml.

Invariant: a found value is a path of the table, and `raw` is the longest wording of it at that place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from variorum.model import Found
from variorum.values.order import Order
from variorum.values.pattern import Pattern, find_threes, fold_text

Table = Literal["weapon", "platform"]


@cache
def load_weapons() -> Mapping[str, Any]:
    """Give weapons.toml as read."""
    data: Mapping[str, Any] = tomllib.loads(
        files("variorum.values").joinpath("weapons.toml").read_text(encoding="utf-8")
    )
    return data


def wording_key(words: str) -> str:
    """Give the form that spellings share: case, hyphens and a plural ending aside."""
    return re.sub(r"[\s\-‑–]+", " ", words).casefold().removesuffix("s")


@cache
def paths(table: Table) -> Mapping[str, str]:
    """Give the path of each wording by its key."""
    found: dict[str, str] = {}
    for path, wordings in load_weapons()[table].items():
        for words in wordings:
            found.setdefault(wording_key(words), path)
    return found


@cache
def pattern(table: Table) -> Pattern:
    """Give the pattern that finds every wording of a table, the longest first."""
    return Pattern(r"(?<![\w-])(?:" + "|".join(map(_regex, _wordings(table))) + r")(?!\w)")


@cache
def _wordings(table: Table) -> tuple[str, ...]:
    rows = [words for wordings in load_weapons()[table].values() for words in wordings]
    return tuple(sorted(rows, key=len, reverse=True))


@cache
def _regex_of(table: Table, row: int) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_regex(_wordings(table)[row])})(?!\w)")


@cache
def _rows_by_letters(table: Table) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Give by the first three letters of its longest word each wording's row, "" where that is shorter."""
    found: dict[str, list[tuple[str, int]]] = {}
    for row, words in enumerate(_wordings(table)):
        stem = max(re.split(r"[ -]", words), key=len).lower()
        found.setdefault(stem[:3] if len(stem) >= 3 else "", []).append((stem, row))
    return {letters: tuple(rows) for letters, rows in found.items()}


def _find_wordings(text: str, table: Table) -> Iterator[re.Match[str]]:
    """Yield what `pattern(table).finditer` yields, trying the few wordings alone whose longest word a text holds.

    The whole pattern takes 50 µs for a sentence, this 20.
    """
    rows, folded = _rows_by_letters(table), fold_text(text)
    tried = [
        row
        for letters in ("", *find_threes(folded))
        if letters in rows
        for stem, row in rows[letters]
        if stem in folded
    ]
    found = {row: match for row in tried if (match := _regex_of(table, row).search(text)) is not None}
    while found:
        best = min(found, key=lambda row: (found[row].start(), row))
        match = found[best]
        yield match
        for row in [row for row, other in found.items() if other.start() < match.end()]:
            later = _regex_of(table, row).search(text, match.end())
            if later is None:
                del found[row]
            else:
                found[row] = later


def _regex(words: str) -> str:
    exact = any(letter.isdigit() or (letter.isupper() and place) for place, letter in enumerate(words.split(" ")[0]))
    parts = [re.escape(part) for part in re.split(r"[ -]", words)]
    joint = r"[\s\-‑–]"
    text = joint.join(parts)
    plural = "" if words.endswith("s") else "s?"
    if exact:
        # "S-300", "TOW": the case is the name; a digit may stand without its hyphen ("MiG29")
        return joint.join(parts).replace(joint, joint + "?") + plural
    first = words[0]
    if first.isupper():
        return f"{first}(?i:{text[1:]}{plural})"
    return f"(?i:{text}{plural})"


def find_spans(text: str, table: Table) -> list[tuple[int, int, str]]:
    """Give (start, end, path) of every wording of a table in a text."""
    found: list[tuple[int, int, str]] = []
    # The table of platforms is so short that its whole pattern is no dearer.
    for match in _find_wordings(text, table) if table == "weapon" else pattern(table).finditer(text):
        key = wording_key(match.group())
        path = paths(table).get(key) or paths(table).get(wording_key(match.group() + "s"))
        if path is not None and not _otherwise(text, match, key):
            found.append((match.start(), match.end(), path))
    return found


def _otherwise(text: str, match: re.Match[str], key: str) -> bool:
    """Tell whether the word means something else here ("think tank", "gun control")."""
    row = load_weapons()["not"].get(key)
    if row is None:
        return False
    after, before = row["after"], row["before"]
    if after and re.match(rf"(?:[ -]?)(?:{after.strip()})", text[match.end() :]):
        return True
    return (
        bool(before)
        and re.search(rf"(?:{before})$", text[max(0, match.start() - 24) : match.start()], re.I) is not None
    )


def find_weapons(text: str) -> list[Found]:
    """Give the weapons named in a text; extra: precision, the depth of the path."""
    return [
        Found(start, end, text[start:end], path, {"precision": str(path.count(".") + 1)})
        for start, end, path in find_spans(text, "weapon")
    ]


def find_platforms(text: str) -> list[Found]:
    """Give the platforms named in a text, with their number where stated: "two submarines" is `2 vessel.submarine`."""
    from variorum.values.platform import find_platforms as find

    return find(text)


def parse_weapon(raw: str) -> str | None:
    """Give the path of a wording or of a canonical path, or None."""
    bare = raw.strip()
    if bare in load_weapons()["weapon"]:
        return bare
    return paths("weapon").get(wording_key(re.sub(r"^(?:an?|the|its|their)\s+", "", bare, flags=re.I)))


def compare_path(left: str, right: str) -> Order:
    """Say how two paths stand: a longer one is inside its prefix, others are disjoint."""
    if left == right:
        return "equal"
    if left.startswith(right + "."):
        return "inside"
    if right.startswith(left + "."):
        return "contains"
    return "disjoint"


def compare_weapon(left: str, right: str) -> Order:
    """Say how two weapons stand; a value that is not a path is "unknown"."""
    table = load_weapons()["weapon"]
    if left not in table or right not in table:
        return "equal" if left == right else "unknown"
    return compare_path(left, right)


def show_weapon(value: str) -> str:
    """Write a weapon for people: its first wording."""
    return show_path(value, "weapon")


def show_path(path: str, table: Table) -> str:
    """Give the first wording of a path, or the path where the table lacks it."""
    wordings = load_weapons()[table].get(path)
    return wordings[0] if wordings else path
