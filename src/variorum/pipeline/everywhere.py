"""One correction for all claims that are alike: a name, or what a wording of a place is taken for. Nothing is stored.

Invariant: every row is one that correcting a single claim would make; they are stored as one decision, taken back as
one.
"""

from __future__ import annotations

from typing import TypeVar

from variorum.errors import UnknownIdError, UsageError
from variorum.ledger import Ledger
from variorum.pipeline.deciding import Who, Word, set_field
from variorum.pipeline.names import claims_named, claims_placed
from variorum.pipeline.parsing import parse_value
from variorum.pipeline.placedoubt import at_entry
from variorum.pipeline.places import gazetteer
from variorum.pipeline.spokespeople import claims_by
from variorum.schema import load_schema

Row = TypeVar("Row")
MOST = 5_000  # rows of one decision: more than one person can mean at once


def rename(ledger: Ledger, name: str, to: str, who: Who) -> list[Word]:
    """Say that every actor, target and party of a name has another one.

    Raises UnknownIdError where no claim has the name, UsageError for a name that is the same or empty.
    """
    words = _clean(to)
    if words == name:
        raise UsageError("the new name is the old one", "write the name as it should be")
    claims = _some([ledger.claim(row.id) for row in claims_named(ledger, name)], f"no claim has the name {name}")
    return [word for claim in claims for word in set_field(ledger, claim, "value", words, who)]


def rename_source(ledger: Ledger, source: str, to: str, who: Who) -> list[Word]:
    """Say that everything a source is given for is said by another name, or is the outlet's own voice.

    Raises as `rename` does.
    """
    words = _clean(to)
    if words == source:
        raise UsageError("the new name is the old one", "write the name as it should be")
    claims = _some([claim for claim, _ in claims_by(ledger, source)], f"no claim is said by {source}")
    return [word for claim in claims for word in set_field(ledger, claim, "source", words, who)]


def take_place_for(ledger: Ledger, base: str, wording: str, to: str, who: Who) -> list[Word]:
    """Say that a wording which is taken for one entry of the gazetteer means another, wherever it stands.

    In: `to` is an id of the gazetteer, or a name that one place alone bears. What a claim says of direction and
    distance stays. Raises UnknownIdError where no claim is so placed, UsageError for a place that is none or the same.
    """
    found = parse_value(load_schema().properties["place"], to)
    if found == base:
        raise UsageError("it is taken for that place already", "choose another")
    rows = list(claims_placed(ledger, base, wording))
    _some(rows, f"no claim has “{wording}” taken for {base}")
    is_entry = gazetteer().entry(found) is not None
    return [
        who.rule(row.id, "value", at_entry(row.value, found) if is_entry and ";" not in found else found)
        for row in rows
    ]


def _clean(to: str) -> str:
    words = " ".join(to.split())
    if not words:
        raise UsageError("no new name is given", "write the name as it should be")
    return words


def _some(rows: list[Row], otherwise: str) -> list[Row]:
    if not rows:
        raise UnknownIdError(otherwise, "see the list: it may have been corrected meanwhile")
    if len(rows) > MOST:
        raise UsageError(f"{len(rows):,} claims are more than one decision holds", f"at most {MOST:,}")
    return rows
