"""How a program comes to a ledger: it opens one, or has articles read into one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime

from variorum.api.ledger import Ledger
from variorum.api.ledgerview import LedgerView
from variorum.config import settings

Place = str | os.PathLike[str]


def open(place: Place | None = None) -> Ledger:
    """Open a ledger for reading: a file, or a `postgresql://` address.

    Without a place it is the one of the settings (`VARIORUM_LEDGER`, `variorum.toml`, else `ledger.db`). Raises
    UsageError where there is none, LedgerError for one that cannot be read.
    """
    from variorum.ledger import Ledger as Store

    return Ledger(LedgerView(Store.open(_place(place), readonly=True)))


def run(folder: Place | Sequence[Place], *, out: Place | None = None, workers: int = 1) -> Ledger:
    """Read a file, a folder or several of them into a ledger, work out the events, and open it for reading.

    What was read before is passed by. More than one of `workers` needs, in a script, `if __name__ == "__main__":`.
    What could not be read is in `problems()`. Raises UsageError for a path that is not there.
    """
    from variorum.ledger import Ledger as Store
    from variorum.pipeline import choose_reader
    from variorum.pipeline import run as read_all
    from variorum.pipeline.paths import check_paths

    given = [folder] if isinstance(folder, str | os.PathLike) else list(folder)
    check_paths(os.fspath(path) for path in given)
    place, config = _place(out), settings()
    reader = choose_reader(config, place)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with Store.open(place, create=True, keep_texts=config.texts) as store:
        paths = [os.fspath(path) for path in given]  # as text: it can name a feed
        read_all(paths, store, now=now, reader=reader, workers=workers, keep_raw=config.keep_raw)
    return open(place)


def _place(given: Place | None) -> str:
    return settings().ledger if given is None else os.fspath(given)
