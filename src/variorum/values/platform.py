"""Platforms (aircraft, vessels, vehicles, launchers) as paths of a taxonomy, with a number where one is stated.

Invariant: a value is `PATH` or `COUNT PATH`, COUNT in the canonical form of values.count.
"""

from __future__ import annotations

import re

from variorum.model import Found
from variorum.values.caseless import make_regex
from variorum.values.count import compare_count, parse_count
from variorum.values.order import Order
from variorum.values.weapon import compare_path, find_spans, load_weapons, paths, show_path, wording_key

_ADJECTIVES = (
    r"(?:(?:[A-Z][\w-]*|[a-z]+-(?:led|backed|made|launched)|military|navy|naval|army|government|regime|enemy|rebel"
    r"|strategic|[a-z]+ed) ){0,2}"
)
_NUMBER = (
    r"(?:at least|more than|over|up to|as many as|about|around|some|nearly|almost|fewer than|less than)? ?"
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|dozens of|scores of"
    r"|several|a few|a couple of|a pair of|half a dozen|a dozen|two dozen|dozen)"
)
BEFORE = make_regex(rf"(?P<number>\b{_NUMBER}) (?P<adjectives>{_ADJECTIVES})$", re.I)
ONE = re.compile(rf"\b(?P<number>an?|one|its|his|another|the same) (?P<adjectives>{_ADJECTIVES})$", re.I)
PLURAL = re.compile(r"(?:s|craft|knives)$", re.I)


def find_platforms(text: str) -> list[Found]:
    """Give the platforms named in a text, with their number where stated: "two submarines" is `2 vessel.submarine`."""
    found: list[Found] = []
    reached = 0
    for start, end, path in find_spans(text, "platform"):
        before = text[reached:start]
        number: str | None = None
        counted = BEFORE.search(before)
        single = ONE.search(before)
        if counted is not None and counted["number"].strip():
            number = parse_count(re.sub(r"\s+(?:of)$", "", counted["number"].strip()))
            if number is not None:
                start = reached + counted.start("number")
        elif single is not None and not (PLURAL.search(text[start:end]) and path not in {"aircraft"}):
            number, start = "1", reached + single.start("number")
        while text[start : start + 1].isspace():
            start += 1
        value = path if number is None else f"{number} {path}"
        found.append(Found(start, end, text[start:end], value, {"path": path, "number": number or ""}))
        reached = end
    return found


def _split(value: str) -> tuple[str, str]:
    number, space, path = value.rpartition(" ")
    return (number, path) if space else ("", value)


def parse_platform(raw: str) -> str | None:
    """Give the canonical form of a wording ("two submarines") or of a canonical value, or None."""
    bare = raw.strip()
    if _split(bare)[1] in load_weapons()["platform"]:
        return bare
    found = find_platforms(bare)
    if len(found) == 1 and found[0].end == len(bare):
        return found[0].value
    return paths("platform").get(wording_key(bare))


def compare_platform(left: str, right: str) -> Order:
    """Say how two platforms stand: the paths decide, and two numbers that exclude each other make them disjoint."""
    left_number, left_path = _split(left)
    right_number, right_path = _split(right)
    table = load_weapons()["platform"]
    if left_path not in table or right_path not in table:
        return "equal" if left == right else "unknown"
    path = compare_path(left_path, right_path)
    if path == "disjoint":
        return path
    if not left_number or not right_number:
        if left_number == right_number:
            return path
        # A stated number is the more precise of the two.
        precise: Order = "inside" if left_number else "contains"
        return precise if path in {"equal", precise} else "overlaps"
    number = compare_count(left_number, right_number)
    if number == "disjoint" or path == "equal":
        return number
    if number in {"equal", path}:
        return path
    return "overlaps"


def show_platform(value: str) -> str:
    """Write a platform for people: "2 × submarine"."""
    number, path = _split(value)
    words = show_path(path, "platform")
    return f"{number} × {words}" if number else words
