"""The search inside a site in a folder: which words stand in which event, quote or report, in small scripts.

Invariant: a page loads the words of one letter and the rows that it shows, never the whole; a word is the same however
it is written, as in the search of the ledger (ledger/words.py), and static/inside.js folds what is typed the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from variorum.ledger.words import read_words
from variorum.web.folder.scripts import to_script
from variorum.web.folder.spool import Spool

ROWS = 400  # of one script: 100 KB
HELD = 200_000  # places of words in memory before they go to the file: 20 MB
SMALL_SCRIPTS = 0x0800  # letters below it (Latin, Greek, Cyrillic, Hebrew, Arabic …) have a script of words each


class Inside:
    """What is found in a site: rows in order, and the words of each."""

    def __init__(self, rows: Spool, words: Spool) -> None:
        self._rows, self._words = rows, words
        self._held: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._places = 0
        self.total = 0

    def add(self, row: Sequence[str], words: Sequence[str]) -> None:
        """Add a row with the texts by whose words it is found."""
        number = self.total
        self.total += 1
        self._rows.add(str(number // ROWS), list(row))
        for form in sorted({word.form for text in words for word in read_words(text)}):
            self._held[shard_of(form)][form].append(number)
            self._places += 1
        if self._places >= HELD:
            self._put_away()

    def _put_away(self) -> None:
        for shard, forms in self._held.items():
            self._words.add(shard, forms)
        self._held.clear()
        self._places = 0

    def scripts(self) -> Iterator[tuple[str, str]]:
        """Give the scripts, each by the name of its file."""
        self._put_away()
        for shard in self._words.keys:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for forms in self._words.read(shard):
                for form, numbers in forms.items():
                    found[form] += numbers
            lines = [[form, *_steps(found[form])] for form in sorted(found)]
            yield f"words-{shard}.js", to_script(lines, f'variorumInside.words("{shard}",', ");")
        for number in range(-(-self.total // ROWS)):
            yield f"rows-{number}.js", to_script(self._rows.read(str(number)), f"variorumInside.rows({number},", ");")
        about = {"rows": self.total, "each": ROWS, "shards": self._words.keys}
        yield "inside.js", to_script(about, "window.variorumInsideAbout=")


def shard_of(form: str) -> str:
    """Give the name of the script that a folded word stands in: its first letter, or of large scripts their block."""
    code = ord(form[0])
    return f"{code:04x}" if code < SMALL_SCRIPTS else f"x{code >> 8:x}"


def _steps(numbers: Sequence[int]) -> list[int]:
    """Give numbers that rise as the first and the steps to each next: shorter to write."""
    return [number - before for number, before in zip(numbers, (0, *numbers))]
