"""When and where an event was, as settled, with how exact that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from variorum.values import show


@dataclass(frozen=True, slots=True)
class When:
    """A date with its bounds; `str()` gives it in words."""

    value: str  # canonical: 2021-11-08, 2022-05, 2022-05-17/2022-05-21
    low: date | None  # first day that it can be; None where no year is known
    high: date | None  # last day
    precision: str | None  # day, month, year …
    basis: str  # the words that it rests on

    def __str__(self) -> str:
        return show("date", self.value)


@dataclass(frozen=True, slots=True)
class Where:
    """A place with its circle; `str()` gives it in words."""

    value: str  # canonical: gn:173811, gn:173811;dir=S
    name: str
    lat: float | None  # degrees, WGS 84
    lon: float | None
    radius_km: float | None  # of the place, or of how far the words reach
    precision: str | None  # exact, near, direction, admin1, country …
    country: str | None  # ISO 3166-1 alpha-2
    words: str

    def __str__(self) -> str:
        return self.words


def make_when(found: Mapping[str, Any]) -> When | None:
    """Give the date of an exported event; None where no report states one."""
    row = found["date"]
    if row is None:
        return None
    return When(row["value"], read_day(row["low"]), read_day(row["high"]), row["precision"], row["basis"])


def make_where(found: Mapping[str, Any]) -> Where | None:
    """Give the place of an exported event; None where no report names one."""
    row = found["place"]
    if row is None:
        return None
    value = next(one["value"] for one in found["values"] if one["prop"] == "place")
    numbers = (row["lat"], row["lon"], row["radius_km"])
    return Where(value, row["name"], *numbers, row["precision"], row["country"], row["shown"])


def read_day(written: object) -> date | None:
    """Give an ISO day; None for anything else: a year alone, a day of no known year."""
    try:
        return date.fromisoformat(str(written)) if len(str(written)) == 10 else None
    except ValueError:
        return None
