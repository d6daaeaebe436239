"""What was found for the last few sets of filters, kept for one state of the ledger: a list is leafed through.

Invariant: what is kept goes by the head of the log; after anything was read or decided all of it is found anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from variorum.errors import UnknownIdError, UsageError, VariorumError
from variorum.pipeline.exploring import Explored, explore
from variorum.web.asking import Asked
from variorum.web.pages.looking import FILTERS, read_wanted
from variorum.web.pages.mapped import Beside, find_beside

KEPT = 6  # sets of filters; of 35,000 events one takes 8 MB


@dataclass(frozen=True)
class Looked:
    """The events of one set of filters, with what is said of all of them."""

    found: Explored
    refused: VariorumError | None = None  # why nothing was looked for

    @cached_property
    def counts(self) -> tuple[int, int]:
        """Reports and independent texts, each once."""
        return self.found.counts()

    @cached_property
    def beside(self) -> list[Beside]:
        """The events that no map can show."""
        return find_beside(self.found)


def look(asked: Asked) -> Looked:
    """Give the events that are asked for.

    A person who asks for what cannot be used is told beside the form, and has it to mend; for a program UsageError, or
    UnknownIdError, is raised.
    """
    try:
        return _look(asked)
    except (UsageError, UnknownIdError) as error:
        if asked.form != "html":
            raise
        return Looked(Explored(asked.ledger, (), True, {}, False, {}), error)


def _look(asked: Asked) -> Looked:
    wanted = read_wanted(asked)
    query = tuple((name, asked.query[name]) for name in (*FILTERS, "sort", "as_of") if name in asked.query)
    key = (asked.ledger.head(), query)
    found: Looked = asked.standing.keep_lately(key, lambda: Looked(explore(asked.ledger, wanted)), KEPT)
    return found
