"""The file that is served is the one that was opened: a backup put in its place meanwhile is another ledger.

Invariant: pages read the file that was opened at the start, so nothing is decided in another one of the same name.
"""

from __future__ import annotations

from pathlib import Path

from variorum.errors import LedgerReplacedError


class Served:
    """The file of a ledger as it was at the start; a database server's ledger is none."""

    def __init__(self, place: str, *, is_file: bool = True) -> None:
        self._path = Path(place) if is_file else None
        self._was = self._now()

    def check(self) -> None:
        """Raise LedgerReplacedError where the file is another one now."""
        if self._path is not None and (self._was is None or self._now() != self._was):
            raise LedgerReplacedError("the ledger was replaced while it was shown", "start the server again")

    def _now(self) -> tuple[int, int] | None:
        try:
            found = None if self._path is None else self._path.stat()
        except OSError:
            return None
        return None if found is None else (found.st_dev, found.st_ino)
