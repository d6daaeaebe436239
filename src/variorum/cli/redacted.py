"""What a redaction took out, said in words. Nothing is taken out here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from variorum.cli.options import note
from variorum.show.words import plural

if TYPE_CHECKING:
    from variorum.pipeline.exporting import Redacted

BY_RULES = (
    "note: names are found by rules and a small tagger, and some are missed: read what you share before you share it"
)


class Published(Protocol):
    """What goes out: an edition, an issue of one, the pages of a site."""

    @property
    def redacted(self) -> Redacted | None:
        """What was left out of it."""


def say_redacted(published: Published) -> None:
    """Say on stderr what was left out of what goes out, and what nobody may take on trust."""
    told = published.redacted
    if told is None:
        return
    persons = "the names of 1 person" if told.persons == 1 else f"the names of {told.persons} persons"
    cut, kept = plural(told.quotes, "long quote"), plural(len(told.withheld), "report")
    note(f"Redacted: {persons}, {cut} cut, {kept} withheld.")
    if told.addresses:
        note(f"{plural(told.addresses, 'address', 'addresses')} withheld, which spelled a name.")
    if told.copies:
        note(
            f"note: {plural(told.copies, 'report')} of the same wording as a withheld one "
            f"{'goes' if told.copies == 1 else 'go'} out: name them in `withheld` too, if their words are to stay in"
        )
    note(BY_RULES)
