"""The pieces that inputs are cut into: bytes that become articles on their own, in any process. Nouns only.

Invariant: what is read of a piece depends on the piece alone, so it can be read anywhere and comes out the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.model import Article, Capture, Problem

Kind = Literal["text", "page", "line", "feed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one text, page or line, or of one file of entries."""

    kind: Kind
    name: str  # of the file: what urls are made of
    where: str  # its place in the problem list
    data: bytes
    at: str  # ISO 8601 date-time at which the bytes were taken
    asked: str = ""  # the address that was asked for; "" for a file
    origin: str = ""  # the archive that it comes out of and its place there; "" for a file
    end: int = 0  # byte of the input behind it: from there a stopped run goes on
    outlet: str = ""  # as whoever fetched the page was told; it goes before what the page says
    published: str = ""  # as the feed says that listed the page; it goes behind what the page says
    charset: str = ""  # the encoding that its server named


@dataclass(frozen=True, slots=True)
class Passed:
    """A stretch of an input with no article in it, and what there is to say of it."""

    end: int  # byte of the input behind it
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that was read, and how it came here."""

    article: Article
    capture: Capture


Cut = Piece | Passed
Outcome = tuple[Taken | Problem, ...]
