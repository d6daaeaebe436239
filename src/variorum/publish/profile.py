"""What is to be left out of what is shared: the records that a redaction works from. Nothing is decided here.

Invariant: a span counts in the text of its article; an article that is withheld is known by its id alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

QUOTE_LIMIT = 300  # characters of a quote that go out, the ellipsis counted: what is commonly taken for fair quotation
PROFILE = "care/1"  # name and version of the profile, printed with what it was used on
WITHHELD = "[withheld]"


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """One personal name where it stands in an article."""

    start: int
    end: int
    words: str  # without title
    public: bool = False  # the words beside it give an office, or make the person speak for a body
    private: bool = False  # the words beside it tell of a private person
    sure: bool = True  # False: one word that may be the name of something else


@dataclass(frozen=True, slots=True)
class ReportNames:
    """The names of one article."""

    persons: tuple[NamedPerson, ...] = ()
    others: tuple[str, ...] = ()  # names of places, bodies and things: every sighting, as written


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is to be left out of an edition."""

    names: Mapping[str, ReportNames] = field(default_factory=dict)  # by article id
    withheld: frozenset[str] = frozenset()  # article ids
    public: tuple[str, ...] = ()  # names that are never redacted
    private: tuple[str, ...] = ()  # names that always are
    quote_limit: int = QUOTE_LIMIT


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was left out of an edition."""

    withheld: frozenset[str] = frozenset()  # article ids
    quote_limit: int = QUOTE_LIMIT
    persons: int = 0  # whose names were replaced
    quotes: int = 0  # cut
    addresses: int = 0  # urls that held a name
    copies: int = 0  # articles that go out though they are a copy, or the original, of one that is withheld

    @property
    def profile(self) -> str:
        """The name of the profile."""
        return PROFILE
