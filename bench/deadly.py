"""A reader that kills the process that works on a report with certain words in it, as a fault of a library does."""

from __future__ import annotations

import os
import signal

from variorum.model import Article, Extraction, Problem
from variorum.pipeline import BuiltIn

DEADLY = "Whoever reads this sentence ends at once."


class Deadly(BuiltIn):
    """The built-in reader, but for that."""

    def __call__(self, article: Article) -> Extraction | Problem:
        """Read one article, or end."""
        if DEADLY in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return BuiltIn.__call__(self, article)
