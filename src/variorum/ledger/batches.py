"""The rows of each batch, counted, and the hash of their seals, while a table is walked through. No SQL in here.

Invariant: the hash is of the seals in the order of their keys, in whatever order the rows of a batch come.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

Key = tuple[Any, ...]


class Batches:
    """What was counted so far. One batch is in memory where rows come batch by batch, none where they come by key."""

    def __init__(self, *, by_key: bool) -> None:
        self._by_key = by_key
        self._hashes: dict[int, list[Any]] = {}  # number of rows, and the hash of their seals
        self._batch = 0
        self._rows: list[tuple[Key, bytes]] = []

    def add(self, batch: int, key: Key, seal: object) -> None:
        """Count a row."""
        data = seal if isinstance(seal, bytes) else b""
        if self._by_key:
            self._count(batch, data)
            return
        if batch != self._batch:
            self._close()
            self._batch = batch
        self._rows.append((key, data))

    def _count(self, batch: int, seal: bytes) -> None:
        counted = self._hashes.setdefault(batch, [0, hashlib.sha256()])
        counted[0] += 1
        counted[1].update(seal)

    def _close(self) -> None:
        # A row whose key is of another type now cannot be ordered among the rest; it was altered, and is named.
        for _, seal in sorted(self._rows, key=lambda row: tuple(map(str, row[0]))):
            self._count(self._batch, seal)
        self._rows = []

    def found(self) -> Mapping[int, tuple[int, str]]:
        """Give the number of rows of each batch, and the hash of their seals."""
        self._close()
        return {batch: (count, hashed.hexdigest()) for batch, (count, hashed) in self._hashes.items()}
