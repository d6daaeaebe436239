"""Short names for people: EV-7K3Q for an event, R7 for a report; and back from what a person typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from variorum.errors import UnknownIdError
from variorum.ledger import Ledger
from variorum.model import Article, Claim, Event

SHORTEST = 4  # characters after EV-: a million names before four are mostly taken
EVENT = re.compile(r"(?:EV-|evt_)([0-9A-HJKMNP-TV-Z]+)(?:@(\d+))?$", re.I)


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one ledger as it stands."""

    events: dict[str, str]  # event id -> EV-7K3Q
    articles: dict[str, str]  # article id -> R7


def make_labels(ledger: Ledger) -> Labels:
    """Give the shortest label of every event that no other event's name begins with, and every report's number."""
    return Labels(
        shorten([named.event_id for named in ledger.register()]),
        {id: f"R{number}" for id, number in ledger.article_numbers().items()},
    )


def shorten(ids: Iterable[str]) -> dict[str, str]:
    """Give each event id its shortest label of at least four characters that is no other's beginning."""
    bodies = sorted(id.removeprefix("evt_") for id in ids)
    labels: dict[str, str] = {}
    for place, body in enumerate(bodies):
        shared = max(
            (_common(body, bodies[other]) for other in (place - 1, place + 1) if 0 <= other < len(bodies)), default=0
        )
        labels["evt_" + body] = "EV-" + body[: max(SHORTEST, shared + 1)]
    return labels


def _common(left: str, right: str) -> int:
    length = 0
    for one, other in zip(left, right):
        if one != other:
            break
        length += 1
    return length


def find_record(ledger: Ledger, given: str) -> Event | Article | Claim:
    """Give what a person named: EV-7K3Q, EV-7K3Q@2 (a frozen version), R7, or a full or shortened id.

    Raises UnknownIdError with near ids when there is no such record.
    """
    match = EVENT.match(given)
    if match:
        version = int(match[2]) if match[2] else None
        try:
            return ledger.event("evt_" + match[1].upper(), version)
        except UnknownIdError as error:
            near = tuple(id.replace("evt_", "EV-")[: len(given) + 1] for id in error.near)
            remedy = "list: variorum list" if not near else "list: variorum list"
            raise UnknownIdError(f"no event {given} in {ledger.name}", remedy, near) from None
    if given.startswith("clm_"):
        return ledger.claim(given)
    if given.startswith("art_") or re.fullmatch(r"[Rr]\d+", given):
        return ledger.article(given)
    raise UnknownIdError(
        f"no record {given} in {ledger.name}",
        "ids look like EV-7K3Q (event), R7 (report) or clm_… (claim); list: variorum list",
    )
