"""Chooses the towns that maps may name, and their names in Arabic script where the country writes so.

GeoNames' alternate names carry no language here, so an Arabic name is one written with the letters of the Arabic
language alone (no Persian, Urdu or Kurdish ones) whose consonants are those of the Latin name; a doubtful one is
left out.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

ARABIC_COUNTRIES = frozenset(re.findall(r"\w+", "DZ BH EG IQ JO KW LB LY MR MA OM PS QA SA SD SY TN AE YE EH"))
LETTERS = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ")
# One sign for the consonants that romanisations mix up.
SOUNDS = {
    **dict.fromkeys("تطةث", "t"), **dict.fromkeys("دضذ", "d"), **dict.fromkeys("سصش", "s"), **dict.fromkeys("زظ", "z"),
    **dict.fromkeys("كقغ", "k"), **dict.fromkeys("حهخ", "h"), "ب": "b", "ج": "g", "ر": "r", "ف": "f", "ل": "l",
    "م": "m", "ن": "n", "و": "w", "ي": "y",
}  # fmt: skip
ROMAN = (
    ("kh", "h"), ("gh", "k"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("dh", "d"), ("ou", "w"), ("oo", "w"), ("ee", "y"),
    ("ḩ", "h"), ("ī", "y"), ("ū", "w"), ("q", "k"), ("c", "k"), ("j", "g"), ("v", "f"), ("p", "b"),
)  # fmt: skip
ARTICLES = (
    "al",
    "el",
    "ad",
    "ar",
    "as",
    "at",
    "az",
    "an",
    "ash",
    "ath",
    "adh",
    "ed",
    "er",
    "es",
    "et",
    "ez",
    "en",
    "esh",
    "ech",
)
# Cities whose Arabic name is another word than the Latin one.
OWN_NAMES = {"Casablanca": "الدار البيضاء", "Algiers": "الجزائر", "Amman": "عمان", "Aleppo": "حلب", "Damascus": "دمشق"}
GENERIC = ("مدينة ", "محافظة ", "منطقة ", "ولاية ", "بلدية ")
ALIKE = 80  # per cent of the consonants that must agree
CELL = 2  # cells to a degree
IN_CELL, THIRD_PEOPLE = 3, 5_000  # of a cell, and what the third must have
CROWD_KM, CROWD = 5.0, 3  # a place this close to one that is so many times larger is taken for a quarter of it


@dataclass(frozen=True)
class Town:
    """One town that a map may name."""

    name: str
    arabic: str  # "" when none is sure
    lat: float
    lon: float
    people: int


def _latin_sound(name: str) -> tuple[str, bool]:
    words = name.lower().replace("-", " ").replace("’", "").replace("‘", "").replace("'", "").split()
    article = bool(words) and words[0] in ARTICLES
    # The h of a final -ah is the ta marbuta, which has no sound of its own.
    text = "".join(word[:-1] if word.endswith(("ah", "āh")) else word for word in words if word not in ARTICLES)
    for old, new in ROMAN:
        text = text.replace(old, new)
    plain = unicodedata.normalize("NFKD", text)
    sound = "".join(c for c in plain if c in "bdfghklmnrstwyz")
    return _single(sound), article


def _single(sound: str) -> str:
    return "".join(c for i, c in enumerate(sound) if i == 0 or sound[i - 1] != c)


def _arabic_sound(name: str) -> str:
    words = [w.removeprefix("ال") if len(w) > 4 else w for w in name.split()]
    return _single("".join(SOUNDS.get(c, "") for word in words for c in word.removesuffix("ة").removesuffix("ه")))


def arabic_name(latin: str, others: Iterable[str]) -> str:
    """Give the name in Arabic script whose consonants fit the Latin name best, "" when none does."""
    sound, article = _latin_sound(latin)
    best: tuple[float, int, str] | None = None
    for other in others:
        if len(other) < 2 or not set(other) <= LETTERS or other.startswith(GENERIC):
            continue
        score = max(
            fuzz.ratio(sound, _arabic_sound(other)), fuzz.ratio(_no_glides(sound), _no_glides(_arabic_sound(other))) - 4
        )
        score += 3 * other.startswith("ال") + 2 * (other.startswith("ال") == article)
        # Spellings of other languages and of haste: a hamza on a tooth first, ha or alif last for ta marbuta or ya.
        score -= 6 * any(word.startswith("ئ") for word in other.split()) + 5 * other.endswith(("ه", "ى"))
        score += 2 * (" " in other) * (" " in latin or "-" in latin)
        score += sum(c in "أإآئؤ" for c in other)  # the written hamza is the careful spelling
        choice = (score, -len(other), other)
        if score >= ALIKE and (best is None or choice > best):
            best = choice
    return best[2] if best else ""


def _no_glides(sound: str) -> str:
    return sound.replace("w", "").replace("y", "")


def choose_towns(path: Path) -> list[Town]:
    """Read GeoNames' places and keep the largest of every half degree; a quarter of a town is left out."""
    cells: dict[tuple[int, int], list[dict]] = defaultdict(list)
    for record in json.loads(path.read_text(encoding="utf-8")).values():
        if record["population"] > 0:
            cells[_cell(record)].append(record)
    kept: dict[tuple[int, int], list[dict]] = defaultdict(list)
    ordered = sorted((r for rs in cells.values() for r in rs), key=lambda r: (-r["population"], int(r["geonameid"])))
    for record in ordered:
        cell = _cell(record)
        room = IN_CELL if record["population"] >= THIRD_PEOPLE else IN_CELL - 1
        if len(kept[cell]) < room and not _crowded(record, kept, cell):
            kept[cell].append(record)
    chosen = sorted((r for rs in kept.values() for r in rs), key=lambda r: (-r["population"], int(r["geonameid"])))
    return [_town(record) for record in chosen]


def _cell(record: dict) -> tuple[int, int]:
    return math.floor(record["latitude"] * CELL), math.floor(record["longitude"] * CELL)


def _crowded(record: dict, kept: dict[tuple[int, int], list[dict]], cell: tuple[int, int]) -> bool:
    shrink = math.cos(math.radians(record["latitude"]))
    for row in (-1, 0, 1):
        for column in (-1, 0, 1):
            for other in kept.get((cell[0] + row, cell[1] + column), ()):
                north = (record["latitude"] - other["latitude"]) * 111.2
                east = (record["longitude"] - other["longitude"]) * 111.2 * shrink
                near = CROWD_KM + 0.004 * math.sqrt(other["population"])
                if math.hypot(north, east) < near and other["population"] > CROWD * record["population"]:
                    return True
    return False


def _town(record: dict) -> Town:
    arabic = ""
    if record["countrycode"] in ARABIC_COUNTRIES:
        arabic = OWN_NAMES.get(record["name"]) or arabic_name(record["name"], record["alternatenames"])
    return Town(record["name"], arabic, record["latitude"], record["longitude"], record["population"])
