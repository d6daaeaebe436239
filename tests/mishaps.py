"""Ways in which a run goes wrong: functions for its processes, and the command line at a set time and slow.

As a program (`python tests/mishaps.py run FOLDER -o FILE`) it is the command line whose reader takes its time, so that
a test can stop it half-way.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from variorum.gather.piece import Outcome, Piece
from variorum.gather.taking import read_pieces
from variorum.model import Article, Extraction, Problem
from variorum.pipeline import BuiltIn, engine, reading

NOW = "2031-05-03T10:00:00+00:00"
DEADLY = "This sentence ends the process that reads it."
TOWNS = ("Homs", "Mosul", "Aden", "Goma", "Herat", "Tripoli", "Kharkiv", "Maiduguri")


def die_of_town_7(pieces: Sequence[object]) -> list[Outcome]:
    if any(isinstance(piece, Piece) and "town7." in piece.asked for piece in pieces):
        os._exit(6)
    return read_pieces(pieces)


_read = BuiltIn.__call__


class Mortal(BuiltIn):
    """A reader whose process dies of one article."""

    def __call__(self, article: Article) -> Extraction | Problem:
        if DEADLY in article.text:
            os._exit(5)
        return _read(self, article)


def read_slowly(self: BuiltIn, article: Article) -> Extraction | Problem:
    time.sleep(0.1)
    return _read(self, article)


def reports(count: int) -> list[dict[str, str]]:
    """Invented reports of shellings, one a line of a .jsonl; enough of them are read by several processes."""
    rows = []
    for number in range(count):
        town, dead, day = TOWNS[number % len(TOWNS)], number % 9 + 2, number % 27 + 1
        text = (
            f"Shelling kills {dead} in {town}\n\n"
            f"At least {dead} people were killed on Thursday when shells hit market {number} in {town}, a clinic said. "
            f"{dead + 3} others were wounded.\n"
        )
        rows.append({"url": f"https://tarn.invalid/{number}", "text": text, "published": f"2031-04-{day:02d}"})
    return rows


def write_reports(path: Path, count: int) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in reports(count)), encoding="utf-8")


class SetClock(datetime):
    """A clock that stands still: the names of events hold the time of naming."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> SetClock:
        return cls.fromisoformat(NOW)


if __name__ == "__main__":
    import variorum.cli.run

    variorum.cli.run.datetime = SetClock  # type: ignore[misc]
    BuiltIn.__call__ = read_slowly  # type: ignore[method-assign]
    reading.BATCH_S = 0.1
    engine.FEW = 2
    variorum.cli.main(sys.argv[1:])
