"""What a reviewer does with a card: answers it, skips it, takes an answer back, splits, merges, corrects, flags.

Invariant: an answer is stored before the next card is shown, under the question that the form names, and not at all
where somebody decided the same since that card was made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.errors import DecidedMeanwhileError, LedgerBusyError, LedgerError, UsageError
from variorum.ledger import Decision, Ledger
from variorum.pipeline import Answer, Card, Item, make_card
from variorum.pipeline.answers import Says, is_possible, make_rows
from variorum.pipeline.cardwords import said_words
from variorum.pipeline.deciding import Who, Word, decide, undo
from variorum.pipeline.labels import make_labels
from variorum.pipeline.named import join_named, set_named, split_named
from variorum.pipeline.standingwords import TIES, flag, related_reason
from variorum.web.acting import Posted
from variorum.web.asking import Asked, Moved, Page, parse_number
from variorum.web.desk import Desks, Made
from variorum.web.pages.review import Wanted, card_page, find_item, gone_page, next_page, read_wanted

SAYS: dict[str, Says] = {"yes": "yes", "no": "no", "unsure": "unsure", "instead": "instead", "related": "no"}
NAMED = 4  # reports in the line that says what was stored
DECISION = re.compile(r"\(D(\d+)\b")


@dataclass(frozen=True, slots=True)
class At:
    """A form of the desk: who sent it, about which question."""

    posted: Posted
    asked: Asked
    wanted: Wanted
    desks: Desks
    key: str

    @property
    def part(self) -> bool:
        """Whether only the desk is wanted, to be put into the page that is open."""
        return self.posted.one("part") == "1"

    def who(self, because: str | None = None) -> Who:
        """Give who decides, and why."""
        found = self.posted.who(blind=self.wanted.second)
        return found if because is None else replace(found, because=because)


def answer_card(posted: Posted) -> Page | Moved:
    """Do what a form of the desk asks for."""
    wanted = read_wanted(
        posted.viewer.name or "", posted.one("kind") or None, posted.one("second") == "1", posted.one("pair") or None
    )
    asked = Asked(
        ledger=posted.state.ledger,
        config=posted.config,
        labels=make_labels(posted.state.ledger),
        viewer=posted.viewer,
        path=wanted.path,
        names={},
        query={"part": ("1",)} if posted.one("part") == "1" else {},
        now=posted.now,
        state=posted.state,
    )
    at = At(posted, asked, wanted, posted.state.desks, posted.one("item"))
    says = "related" if posted.one("related") else posted.one("says")
    if says == "undo":
        return _take_back(at)
    if says == "settle":
        at.desks.followup.ask()
        return _shown(at, at.key or None, "The events are being worked out.", done={})
    item = find_item(asked, wanted, at.key)
    if item is None:
        return gone_page(asked, wanted)
    if says == "skip":
        after = at.desks.before(wanted.by, wanted.kind, wanted.second).next(at.key)
        at.desks.skip(wanted.by, wanted.second, at.key)
        return _shown(at, after, "skipped: it comes back last", done={})
    try:
        return _decide(at, item, says)
    except DecidedMeanwhileError as error:
        return _refused(at, item, error.cause, 409)
    except UsageError as error:
        return _refused(at, item, f"{error.cause}: {error.remedy}" if error.remedy else error.cause, 400)


def _decide(at: At, item: Item, says: str) -> Page | Moved:
    card = make_card(at.asked.ledger, item, blind=at.wanted.second)
    if card is None:
        raise DecidedMeanwhileError("the report was read anew, and this is not found any more", "go on with the next")
    with at.posted.open() as ledger:
        if says == "flag":
            found, words = flag(ledger, item, at.who()), "flagged for a second reviewer:"
            if not found:
                return _skipped(at, "flagged for a second reviewer, and skipped")
        elif says in ("split", "merge", "correct"):
            rows = _other_rows(ledger, at, item, says)
            found, words = decide(ledger, rows, seen=_seen(at)), {"correct": "corrected"}.get(says, says)
        else:
            rows = _rows(ledger, at, card, says)
            found, words = decide(ledger, rows, seen=_seen(at)), said_words(item, rows[0])
        last = ledger.last_decision()
    if says == "related":
        words = f"{words}, related: {at.posted.one('tie')}"
    made = None if not found else Made(found[0].act, at.key, _made_words(at, card, found, words), at.wanted.path)
    stays = says == "correct"
    if made is not None:
        at.desks.followup.stored()
    if stays and made is not None:
        at.desks.note(at.wanted.by, at.wanted.second, made)
        return _shown(at, at.key, f"{made.words}; U takes it back", done={"done": made.act})
    at.desks.answer(at.wanted.by, at.wanted.second, at.key, last, made)
    if made is None:
        return _shown(at, _after(at), "you said that before; nothing new was stored", done={})
    return _shown(at, _after(at), f"{made.words}; U takes it back", done={"done": made.act})


def _skipped(at: At, words: str) -> Page | Moved:
    after = at.desks.before(at.wanted.by, at.wanted.kind, at.wanted.second).next(at.key)
    at.desks.skip(at.wanted.by, at.wanted.second, at.key)
    return _shown(at, after, words, done={})


def _seen(at: At) -> int | None:
    # A second reviewer's word stands beside any other, and is not to be told of one.
    if at.wanted.second:
        return None
    seen = parse_number(at.posted.one("seen"))
    if seen is None:
        raise UsageError("the form does not say what was known when it was made", "open the card again")
    return seen


def _rows(ledger: Ledger, at: At, card: Card, says: str) -> Sequence[Word]:
    item = card.item
    if says not in SAYS or not is_possible(item, SAYS[says]) or (says == "related" and item.asks != "same"):
        raise UsageError(f"{says[:40] or 'nothing'} is no answer to this question", "press one of its buttons")
    score = None if card.evidence is None else card.evidence.score
    value, meant = at.posted.one("value"), SAYS[says]
    if item.asks == "place" and meant == "instead":
        meant = "yes" if value == card.taken else "instead"
        value = "" if meant == "yes" else value
    if meant == "instead" and not value:
        raise UsageError("nothing was typed or chosen", "type it, or choose one that is offered")
    because = at.posted.one("because")
    if says == "related":
        tie = at.posted.one("related")
        if tie not in TIES:
            raise UsageError("how the two are related is not said", f"one of: {', '.join(TIES)}")
        because = related_reason(tie, because)
    who = at.who()
    return make_rows(ledger, replace(item, score=score), Answer(meant, who.by, who.now, because, value, who.blind))


def _other_rows(ledger: Ledger, at: At, item: Item, says: str) -> Sequence[Word]:
    if at.wanted.second:
        raise UsageError("a second word is said to the question alone", "split, merge and correct at the open desk")
    if says == "correct":
        field, value = at.posted.one("field", "value"), at.posted.one("value")
        return set_named(ledger, at.posted.one("claim"), field, value, at.who())
    if says == "merge":
        return join_named(ledger, at.posted.one("event"), at.posted.one("into"), at.who())
    out = [name for name in at.posted.fields.get("out", ()) if name]
    if not out:
        raise UsageError("no report is ticked", "tick those that leave the event")
    return split_named(ledger, out, at.who(), event=at.posted.one("event"))


def _made_words(at: At, card: Card, found: Sequence[Decision], words: str) -> str:
    names = list(dict.fromkeys(at.asked.labels.articles[one.article.id] for one in card.passages))
    more = ["…"] if len(names) > NAMED else []
    return " ".join([found[0].name, words, *names[:NAMED], *more])


def _after(at: At) -> str | None:
    return at.desks.before(at.wanted.by, at.wanted.kind, at.wanted.second).next(at.key)


def _shown(at: At, key: str | None, status: str, done: dict[str, int]) -> Page | Moved:
    """Show a card: as a part of the open page, or at its address."""
    if at.wanted.pair is not None:
        key = at.key
    if not at.part:
        return Moved(at.asked.link(at.wanted.path, **at.wanted.query(key), **done))
    if at.wanted.pair is not None:
        return card_page(at.asked, at.wanted, find_item(at.asked, at.wanted, key), status)
    return next_page(at.asked, at.wanted, key, status)


def _refused(at: At, item: Item, words: str, status: int) -> Page:
    """Show the card again with why nothing was stored, and with what was entered."""
    page = card_page(at.asked, at.wanted, item)
    match = DECISION.search(words)
    data = dict(page.data)
    data["refused"] = {"words": words, "decision": None if match is None else f"D{match[1]}"}
    data["entered"] = {name: values[0] for name, values in at.posted.fields.items() if name in ("because", "value")}
    return replace(page, data=data, status=status)


def _take_back(at: At) -> Page | Moved:
    by, second = at.wanted.by, at.wanted.second
    made = at.desks.last_made(by, second)
    if made is None:
        return _shown(at, at.key or None, "nothing of this session is left to take back", done={})
    who = replace(at.who(), because="taken back while reviewing")
    try:
        with at.posted.open() as ledger:
            undo(ledger, made.act, who)
    except LedgerBusyError:
        raise
    except LedgerError as error:  # somebody else was first
        at.desks.forget(by, second, made)
        return _shown(at, at.key or None, error.cause, done={})
    at.desks.take_back(by, second, made)
    at.desks.followup.stored()
    return _shown(at, made.key, f"D{made.act} taken back", done={"back": made.act})
