"""Rows kept in a file until the page that needs them is drawn: what all parts of a ledger say of one report.

Invariant: what is in memory is where a row lies, not the row.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from types import TracebackType
from typing import Any

from variorum.errors import UsageError


class Spool:
    """Rows by key, in the order in which they came; a file that is gone when it is closed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by close)
        self._end = 0
        self._at: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def add(self, key: str, row: object) -> None:
        """Keep a row. Raises UsageError where there is no room for it."""
        body = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            self._file.seek(self._end)
            self._file.write(body)
        except OSError as error:
            where = tempfile.gettempdir()
            raise UsageError(f"cannot write to {where}: {error.strerror}", "make room there, or set TMPDIR") from None
        self._at[key].append((self._end, len(body)))
        self._end += len(body)

    def read(self, key: str) -> list[Any]:
        """Give the rows of a key."""
        found = []
        for start, size in self._at.get(key, ()):
            self._file.seek(start)
            found.append(json.loads(self._file.read(size).decode("utf-8", "surrogatepass")))
        return found

    @property
    def keys(self) -> list[str]:
        """Every key, sorted."""
        return sorted(self._at)
