"""Setting a name right in all claims that have it, in one decision: what would follow first, then the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from variorum.errors import DecidedMeanwhileError, UsageError
from variorum.ledger import Ledger
from variorum.pipeline import describe, gazetteer
from variorum.pipeline.deciding import Who, Word, decide
from variorum.pipeline.everywhere import rename, rename_source, take_place_for
from variorum.pipeline.names import claims_named, claims_placed
from variorum.pipeline.spokespeople import claims_by
from variorum.web.acting import Posted
from variorum.web.asking import Asked, Moved, Page, Parameter, parse_number
from variorum.web.foreseen import FORESEE, check_may_decide, foresee_words, foreseen_data, work_out
from variorum.web.pages.places import find_rivals

TO = Parameter("to", "text", "What it should be.")
RENAME = (
    Parameter("name", "text", "The name as it stands."),
    Parameter("of", "choice", "Of an actor, or of the source of claims.", choices=("actor", "source")),
    TO,
    FORESEE,
)
REPLACE = (
    Parameter("wording", "text", "The words of the reports."),
    Parameter("base", "text", "What they are taken for: gn:173480, ne:SY, name:Tell Hamra."),
    TO,
    FORESEE,
)


def read_rename(asked: Asked) -> Page:
    """Read what correcting a name everywhere would do. Raises UsageError without a name."""
    name, to = _given(asked, "name"), asked.one("to")
    of = asked.one("of") or "actor"
    if of == "source":
        claims: Sequence[Any] = claims_by(asked.ledger, name)
    else:
        claims = list(claims_named(asked.ledger, name))
    data: dict[str, Any] = {"name": name, "of": of, "to": to, "claims": len(claims)}
    shown: dict[str, Any] = {
        "foreseen": None,
        "action": "/actors/correct",
        "back": "/actors" if of == "actor" else "/sources",
    }
    if to is not None:
        check_may_decide(asked)
        words = (rename_source if of == "source" else rename)(asked.ledger, name, to, _viewer(asked))
        foreseen = foresee_words(asked, words)
        data |= foreseen_data(foreseen)
        shown["foreseen"] = foreseen
    return Page("correct-name.html", f"Correct {name} everywhere", data, shown, secret=asked.viewer.may_decide)


def read_replace(asked: Asked) -> Page:
    """Read what taking a wording for another place would do. Raises UsageError without wording and place."""
    wording, base, to = _given(asked, "wording"), _given(asked, "base"), asked.one("to")
    rows = list(claims_placed(asked.ledger, base, wording))
    entry = gazetteer().entry(base)
    data: dict[str, Any] = {
        "wording": wording,
        "base": base,
        "taken_for": base.removeprefix("name:") if entry is None else describe(entry),
        "known": entry is not None,
        "to": to,
        "claims": len(rows),
        "candidates": find_rivals(base, wording),
    }
    shown: dict[str, Any] = {"foreseen": None, "action": "/places/correct", "back": "/places"}
    if to is not None:
        check_may_decide(asked)
        foreseen = foresee_words(asked, take_place_for(asked.ledger, base, wording, to, _viewer(asked)))
        chosen = gazetteer().entry(to)
        data |= foreseen_data(foreseen) | {"chosen": to if chosen is None else describe(chosen)}
        shown["foreseen"] = foreseen
    title = f"Which place is {wording}?"
    return Page("correct-place.html", title, data, shown, secret=asked.viewer.may_decide)


def _given(asked: Asked, name: str) -> str:
    found = asked.one(name)
    if found is None:
        raise UsageError(f"no {name} is given", "come here from the list")
    return found


def _viewer(asked: Asked) -> Who:
    return Who(asked.viewer.name or "", asked.now)


def do_rename(posted: Posted) -> Moved:
    """Correct a name in all claims that have it."""
    make = rename_source if posted.one("of") == "source" else rename
    return _carry_out(
        posted, lambda ledger: make(ledger, posted.one("name"), posted.one("to"), posted.who()), "/actors"
    )


def do_replace(posted: Posted) -> Moved:
    """Take a wording for another place in all claims that have it."""
    base, wording, to = posted.one("base"), posted.one("wording"), posted.one("to")
    return _carry_out(posted, lambda ledger: take_place_for(ledger, base, wording, to, posted.who()), "/places")


def _carry_out(posted: Posted, make: Callable[[Ledger], list[Word]], back: str) -> Moved:
    seen, count = parse_number(posted.one("seen")), parse_number(posted.one("rows"))
    if seen is None or count is None:
        raise UsageError("the form does not say what was seen", "look at what would follow first")
    with posted.open() as ledger:
        words = make(ledger)
        if len(words) != count:
            raise DecidedMeanwhileError(
                f"there are {len(words):,} such claims now, and you saw {count:,}; nothing was stored",
                "look once more at what would follow",
            )
        done = decide(ledger, words, seen=seen)
    if not done:
        return Moved(back)
    work_out(posted)
    return Moved(f"/history/{done[0].name}")
