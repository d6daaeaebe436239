"""The bytes of a page over which a process died: kept in a file beside the ledger, for who mends the program."""

from __future__ import annotations

import hashlib
from pathlib import Path

from variorum.gather.piece import Piece
from variorum.ledger.stores import name_beside
from variorum.model import Problem

SHORT = 16  # characters of the digest, for a file name that can be read out


def keep_lost(ledger: str, piece: Piece, cause: str) -> Problem:
    """Keep the bytes of a piece in `LEDGER.lost`, and give the row that says so.

    Of a ledger that is no file, the folder is `variorum.lost` where the program runs.
    """
    folder = Path("variorum.lost") if "://" in ledger else name_beside(ledger, ".lost")
    path = folder / f"{hashlib.sha256(piece.data).hexdigest()[:SHORT]}.bin"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(piece.data)
        remedy = f"its bytes are in {path}: send them to who makes this program, or give its text as .txt"
    except OSError as error:
        remedy = f"its bytes could not be kept ({error.strerror}): give its text as .txt"
    return Problem(piece.where, "page-failed", f"the process that read it ended: {cause}", remedy, piece.at)
