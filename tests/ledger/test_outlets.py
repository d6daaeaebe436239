"""What outlets printed beside an event, and the languages of a ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from variorum.ledger import Ledger
from variorum.ledger.outlets import count_beside, count_languages
from variorum.pipeline import run

NOW = "2031-05-03T10:00:00+00:00"
TOLD = (
    ("Alpha Post", "Aleppo", "2030-05-03", 4),
    ("Alpha Post", "Deir ez-Zor", "2030-05-05", 2),
    ("Bravo Daily", "Homs", "2030-05-04", 7),
    ("Charlie Sun", "Mosul", "2030-05-04", 9),
    ("Delta Times", "Homs", "2030-07-04", 11),
)


@pytest.fixture
def told(tmp_path: Path) -> Path:
    lines = [
        {
            "outlet": outlet,
            "url": f"https://{number}.example/",
            "lang": "en",
            "title": f"Air strike hits {place}",
            "text": f"An air strike on {place} killed {killed} people on {day}, the health ministry said.",
            "published": day,
        }
        for number, (outlet, place, day, killed) in enumerate(TOLD)
    ]
    lines.append({"text": "Une frappe a tué des gens.", "lang": "fr", "url": "https://fr.example/"})
    (tmp_path / "reports.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        run([tmp_path / "reports.jsonl"], ledger, now=NOW, workers=1)
    return tmp_path / "l.db"


def test_outlets_are_counted_by_their_events_in_the_country_and_the_days(told: Path) -> None:
    with Ledger.open(told, readonly=True) as ledger:
        assert count_beside(ledger, "SY", "2030-05-01", "2030-05-31") == {"Alpha Post": 2, "Bravo Daily": 1}


def test_languages_are_counted_as_the_articles_name_them(told: Path) -> None:
    with Ledger.open(told, readonly=True) as ledger:
        assert count_languages(ledger) == {"en": 5, "fr": 1}
