"""Quantities in news sentences: value and unit of every count and measured quantity, against sentences people coded.

A figure found is right when its value equals the coded one and its unit does. The unit of a count is the first word of
what is counted, for `values.count` says where that begins, not how far it goes. Beside it stand a plain method, every
run of digits with the word after it, and quantulum3 where it is installed (`pip install variorum[bench]`).
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.values.count import find_counts
from variorum.values.quantity import find_quantities

# The set codes "thousands" as 1,000 to 10,000; this project as at least two thousand.
PLURALS = {"dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9}
TENS = {"tens of thousands": 10**4, "hundreds of thousands": 10**5, "tens of millions": 10**7}
UNIT_WORDS = {
    "USD": ("dollar", "$", "cent", "us"),
    "EUR": ("euro",),
    "GBP": ("pound", "ps", "penny"),
    "percent": ("percent", "%"),
    "mi": ("mile",),
    "km": ("kilomet",),
    "m": ("met",),
    "km/hour": ("kilomet", "km/h"),
    "mi/hour": ("mile per hour", "mph"),
    "degC": ("celsius", "degree"),
    "degF": ("fahrenheit", "degree"),
    "kg": ("kilogram", "kg"),
    "liter": ("lit",),
    "JPY": ("yen", "japanese yen"),
    "CAD": ("canadian dollar",),
    "AUD": ("australian dollar",),
    "foot": ("foot", "feet"),
    "oil_barrel": ("barrel",),
    "mm": ("millimet",),
    "cm": ("centimet",),
    "m**2": ("sq", "m2"),
    "km**2": ("sq", "km2"),
    "foot**2": ("sq",),
    "ILS": ("shekel",),
    "INR": ("rupee", "indian rupee"),
    "CNY": ("yuan", "chinese yuan"),
    "MW": ("megawatt",),
    "GW": ("gigawatt",),
    "kW": ("kilowatt",),
    "horsepower": ("horsepower", "hp", "brake horsepower"),
    "century": ("century",),
    "m/second": ("metre per second",),
    "mi/gallon": ("mile per gallon", "mpg"),
    "milliliter": ("millilit", "ml"),
    "HKD": ("hong kong dollar", "hk"),
    "SGD": ("singapore dollar", "s$"),
    "NZD": ("new zealand dollar", "nz"),
    "RUB": ("ruble", "rouble"),
    "nanometer": ("nanomet",),
    "micrometer": ("micromet",),
    "kilowatt_hour": ("kilowatt hour", "kilowatt-hour", "kwh"),
    "watt": ("watt",),
    # as quantulum3 names them
    "per cent": ("percent", "%"),
    "degree angle": ("degree",),
    "pound sterling": ("pound", "ps", "penny"),
    "degree fahrenheit": ("fahrenheit", "degree"),
    "degree celsius": ("celsius", "degree"),
}

# No unit: the words after a figure that counts what stands elsewhere or is not said.
CLOSED = re.compile(
    r"(?:a|an|and|are|as|at|be|but|by|did|do|for|from|had|has|have|he|in|into|is|it|no|of|off|on|or|out|over|she|so|"
    r"that|the|then|they|this|to|up|was|were|when|where|which|while|who|will|with|would)?"
)

Row = tuple[str, str]  # value, unit


@dataclass
class Tally:
    """True finds, finds and coded quantities, for one way of judging."""

    right: int = 0
    found: int = 0
    coded: int = 0

    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.coded) if self.found + self.coded else 0.0


def _number(text: str) -> str:
    return f"{float(text):g}" if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else text


def coded_value(text: str) -> str:
    """Write a coded value as a number or `low-high`."""
    ends = re.fullmatch(r"(-?\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)", text)
    return f"{_number(ends[1])}-{_number(ends[2])}" if ends else _number(text)


def own_value(value: str, raw: str) -> str:
    """Write a canonical count as the set does: bounds are coded apart from the figure."""
    words = re.sub(r"\s+", " ", raw.lower())
    for table in (TENS, PLURALS):
        for word, low in table.items():
            if re.search(rf"\b{word}\b", words):
                return f"{_number(str(low))}-{_number(str(low * 10))}"
    both = re.fullmatch(r"(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)", value)
    return f"{_number(both[1])}-{_number(both[2])}" if both else _number(value.strip("~."))


def read_own(text: str) -> list[Row]:
    """Read a sentence with the project's own readers."""
    rows: list[Row] = []
    for one in find_quantities(text):
        number, _, unit = one.value.rpartition(" ")
        rows.append((own_value(number, one.raw), f"={unit}"))
        if "converted" in one.extra:
            number, _, unit = one.extra["converted"].rpartition(" ")
            rows.append((own_value(number, ""), f"={unit}"))
    for one in find_counts(text):
        if "article" in one.extra:
            continue
        rows.append((own_value(one.value, one.raw), _word_at(text, int(one.extra.get("noun_start", one.end)))))
    return rows


def _word_at(text: str, position: int) -> str:
    """Give the word at a position, in lower case; none for one that names nothing counted."""
    word = re.compile(r"[\s-]*([\w'’-]*)").match(text, position)
    low = word[1].lower() if word else ""
    return "" if CLOSED.fullmatch(low) else low


def load_quantulum() -> Callable[[str], list[Row]] | None:
    """Give quantulum3 as a reader, without its optional classifier; None when it is not installed.

    What it finds no unit for gets the word that follows, as counts here do, so that it loses nothing by the measure.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for its classifier, which needs scikit-learn
            from quantulum3 import parser
    except ImportError:
        return None

    def read(text: str) -> list[Row]:
        rows: list[Row] = []
        for one in parser.parse(text):
            value = f"{one.value:g}"
            if one.uncertainty:  # a range is given as its middle and half its width
                value = f"{one.value - one.uncertainty:g}-{one.value + one.uncertainty:g}"
            named = one.unit.name
            rows.append((value, _word_at(text, one.span[1]) if named == "dimensionless" else f"={named}"))
        return rows

    return read


def read_baseline(text: str) -> list[Row]:
    """Read every run of digits with the word after it."""
    return [
        (_number(match[1].replace(",", "")), "" if CLOSED.fullmatch(match[2].lower()) else match[2].lower())
        for match in re.finditer(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*([A-Za-z%]*)", text)
    ]


def same_unit(unit: str, coded: dict[str, str]) -> bool:
    """Tell whether a unit found is the coded one."""
    words = f"{coded['unit']} {coded['normalized_unit']}".lower()
    if not unit.startswith("="):
        return coded["unit"] == "-" if not unit else words.startswith(unit) or f" {unit}" in words
    name = unit[1:] if unit[1:] in UNIT_WORDS else unit[1:].lower()
    return any(f" {stem}" in f" {words}" for stem in UNIT_WORDS.get(name, (name.replace("_", " "),)))


def _match(rows: list[Row], coded: list[dict[str, str]], judge: Callable[[Row, dict[str, str]], bool]) -> int:
    left = list(coded)
    right = 0
    for row in rows:
        hit = next((one for one in left if judge(row, one)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return right


def measure(lines: list[dict[str, Any]], reader: Callable[[str], list[Row]]) -> dict[str, float]:
    """Give value F1 and value-with-unit F1 of a reader."""
    value, unit = Tally(), Tally()
    for line in lines:
        rows, coded = reader(line["text"]), line["quantities"]
        for tally in (value, unit):
            tally.found += len(rows)
            tally.coded += len(coded)
        value.right += _match(rows, coded, lambda row, one: row[0] == coded_value(one["value"]))
        unit.right += _match(
            rows, coded, lambda row, one: row[0] == coded_value(one["value"]) and same_unit(row[1], one)
        )
    return {
        "value_f1": value.f1(),
        "value_unit_f1": unit.f1(),
        "precision": unit.right / unit.found if unit.found else 0.0,
        "recall": unit.right / unit.coded if unit.coded else 0.0,
    }


def run(data: Path, task: str = "quantity-newsquant") -> dict[str, Any]:
    """Measure value and unit on `dev.jsonl`, with the share by which quantulum3 is beaten where it is installed."""
    folder = data / "newsquant" if (data / "newsquant").is_dir() else data
    text = (folder / "dev.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    own, plain = measure(lines, read_own), measure(lines, read_baseline)
    quantulum = load_quantulum()
    if quantulum is None:
        baseline, report = (
            plain,
            ["quantulum3 is not installed (pip install 'variorum[bench]'): baseline is the plain method"],
        )
    else:
        baseline = measure(lines, quantulum)
        ahead = own["value_unit_f1"] - baseline["value_unit_f1"]
        report = [f"baseline is quantulum3: value and unit {ahead:+.4f} from it"]
    report.append("plain method: " + "  ".join(f"{name} {figure:.4f}" for name, figure in plain.items()))
    return {
        "task": task,
        "n": sum(len(line["quantities"]) for line in lines),
        "metrics": own,
        "baseline": baseline,
        "report": report,
    }
