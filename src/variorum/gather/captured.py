"""How an article came here, told to whoever keeps the trace. No I/O.

Invariant: what is told holds for the very bytes that the article was made of.
"""

from __future__ import annotations

from collections.abc import Callable

from variorum import __version__
from variorum.model import Article, Capture

TOOL = f"variorum {__version__}"
Keep = Callable[[Capture, bytes], None]


def kept(article: Article, asked: str, final: str, data: bytes, keep: Keep | None) -> Article:
    """Tell `keep` how an article came here, and give the article.

    In: the address or file asked for, the address that the page gives as its own ("" for none), the raw bytes.
    """
    if keep is not None:
        keep(Capture(article.id, asked, final, article.fetched_at, TOOL, article.sha256, len(data)), data)
    return article
