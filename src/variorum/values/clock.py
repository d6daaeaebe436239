"""Times of day in text: "at dawn", "at 3:40 a.m.", "overnight". Not dates.

Canonical: `03:40` · `~03:00` · `02:00..04:00` · a part of the day (`dawn`, `early hours`, `morning`, `noon`,
`afternoon`, `dusk`, `evening`, `night`, `midnight`, `overnight`). Invariant: the clock is the one of the text; no zone
is added.
"""

from __future__ import annotations

import re

from variorum.model import Found
from variorum.values.pattern import Pattern

_H = r"(?P<{0}h>[01]?\d|2[0-3])"
_MIN = r"[:.](?P<{0}m>[0-5]\d)"
_HALF = r"(?P<{0}p>[ap]\.?\s?m\.?(?![a-z]))"
_ZONE = (
    r"(?:\s*\(?(?P<zone>GMT|UTC|local\s+time|ET|EST|EDT|PST|PDT|EET|EEST|BST|CET|CEST|MSK|EAT|WAT|CAT|PKT|IST|AFT|"
    r"[A-Z][a-z]+\s+time)\b)?"
)
_ABOUT = r"(?P<about>(?i:about|around|approximately|roughly|(?:shortly|just)\s+(?:before|after)|nearly|~)\s+)?"
_CLOCK = Pattern(
    rf"(?<![\d:.,$€£/-]){_ABOUT}(?i:(?P<named>noon|midday|midnight)\b|"
    rf"{_H.format('a')}(?:{_MIN.format('a')})?\s?{_HALF.format('a')}|"
    rf"{_H.format('b')}:(?P<bm>[0-5]\d)(?!\d|:\d|\.\d)|"
    r"(?P<mil>(?:[01]\d|2[0-3])[0-5]\d)(?=\s*(?:hours|hrs|GMT|UTC|local)\b)(?:\s*(?:hours|hrs))?)"
    rf"(?:(?i:\s*o['’]clock))?{_ZONE}"
)
_RANGE = Pattern(
    rf"(?i:\b(?:between|from)\s+){_H.format('a')}(?:{_MIN.format('a')})?\s?(?:{_HALF.format('a')})?\s+(?i:and|to)\s+"
    rf"{_H.format('b')}(?:{_MIN.format('b')})?\s?{_HALF.format('b')}{_ZONE}"
)
_NAMED = Pattern(
    r"\b(?:(?:in\s+)?the\s+(?P<early>(?:early|small)\s+hours)(?:\s+of\s+(?:the\s+)?morning)?|"
    r"(?:at|around|before|after|since|by|about)\s+(?P<point>dawn|daybreak|sunrise|dusk|sunset|nightfall|night|noon|midday|midnight)|"
    r"(?P<over>overnight)|"
    r"(?:in|during|on|this|that|the|early|late|yesterday|tomorrow|\w+day)\s+(?:the\s+)?(?:early\s+|late\s+|mid-?)?"
    r"(?P<part>morning|afternoon|evening|night)|(?P<tonight>tonight|last\s+night)|(?P<pre>pre-?dawn|dawn\s+(?:raid|attack|strike)s?))\b",
    re.IGNORECASE,
)
_MEANS = {"daybreak": "dawn", "sunrise": "dawn", "sunset": "dusk", "nightfall": "dusk", "midday": "noon"}


def find_times(text: str) -> list[Found]:
    """Find every time of day; `extra["zone"]` holds a zone that the text names."""
    found: list[Found] = []
    for pattern, read in ((_RANGE, _read_range), (_CLOCK, _read_clock), (_NAMED, _read_named)):
        for match in pattern.finditer(text):
            value = read(match)
            if value is None or any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            zone = match.groupdict().get("zone")
            extra = {"zone": " ".join(zone.split())} if zone else {}
            found.append(Found(match.start(), match.end(), match.group(), value, extra))
    return sorted(found, key=lambda one: one.start)


def _write(hour: str, minute: str | None, half: str | None) -> str | None:
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half.lower().startswith("p") else 0)
    return f"{number:02d}:{int(minute or 0):02d}"


def _read_range(match: re.Match[str]) -> str | None:
    last = _write(match["bh"], match["bm"], match["bp"])
    first = _write(match["ah"], match["am"], match["ap"] or match["bp"])
    return f"{first}..{last}" if first and last else None


def _read_clock(match: re.Match[str]) -> str | None:
    about = "~" if match["about"] else ""
    if match["named"]:
        return about + _MEANS.get(match["named"].lower(), match["named"].lower())
    if match["mil"]:
        return f"{about}{match['mil'][:2]}:{match['mil'][2:]}"
    if match["ah"]:
        value = _write(match["ah"], match["am"], match["ap"])
    else:
        value = _write(match["bh"], match["bm"], None)
    return None if value is None else about + value


def _read_named(match: re.Match[str]) -> str | None:
    if match["early"]:
        return "early hours"
    if match["over"]:
        return "overnight"
    if match["pre"]:
        return "dawn"
    if match["tonight"]:
        return "night"
    word = (match["point"] or match["part"]).lower()
    return _MEANS.get(word, word)
