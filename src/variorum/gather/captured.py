"""How an article came here. No I/O.

Invariant: what is told holds for the very bytes that the article was made of.
"""

from __future__ import annotations

from collections.abc import Callable

from variorum import __version__
from variorum.gather.piece import Piece, Taken
from variorum.model import Article, Capture

TOOL = f"variorum {__version__}"
Keep = Callable[[Capture, bytes], None]


def taken(article: Article, piece: Piece, *, asked: str, final: str) -> Taken:
    """Give an article of a piece with how it came here.

    In: the address or file asked for, the address that the page gives as its own ("" for none).
    """
    tool = f"{TOOL}, out of {piece.origin}" if piece.origin else TOOL
    return Taken(article, Capture(article.id, asked, final, piece.at, tool, article.sha256, len(piece.data)))
