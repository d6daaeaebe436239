"""What a person names, EV-7K3Q or R7 or clm_…, and the decisions on it, for every face that decides.

Invariant: the same names give the same rows whichever face they were given in. Nothing is stored here.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.config import said
from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.model import Article, Claim, Event, HeldBack, Mention, Story
from variorum.pipeline.byhand import find_held_back
from variorum.pipeline.deciding import Who, Word, join, reject, reject_pair, set_field, split, with_copies
from variorum.pipeline.labels import find_one_event, find_record, make_labels, version_of
from variorum.pipeline.queue import Item, pair_item
from variorum.pipeline.reasons import find_pairs

Record = Event | Article | Mention | Claim | HeldBack


def find_subject(ledger: Ledger, given: str) -> Record:
    """Give what a person named: an event, report, mention, claim or held-back claim.

    Raises UnknownIdError with near ids for what there is none of, UsageError for a frozen version or a story.
    """
    if given.startswith("hld_"):
        return find_held_back(ledger, given)
    if given.startswith("men_"):
        return ledger.mention(given)
    if version_of(given) is not None:
        raise UsageError(f"{given} is a frozen version, and stays as it was", "name the event without @")
    record = find_record(ledger, given)
    if isinstance(record, Story):
        raise UsageError(f"{given} is a story, which decides nothing", "name reports or events")
    return record


def mentions_of(ledger: Ledger, given: str) -> list[str]:
    """Give the mentions of what a person named: a report, an event, a story, a claim or a mention."""
    if given.startswith("men_"):
        return [ledger.mention(given).id]
    record = find_record(ledger, given)
    if isinstance(record, Article):
        return [mention.id for mention in ledger.mentions(record.id)]
    if isinstance(record, Story):
        return [mention.id for id in record.articles for mention in ledger.mentions(id)]
    return list(record.mentions) if isinstance(record, Event) else [record.mention_id]


def find_pair_item(ledger: Ledger, given: str) -> Item:
    """Give the question whether two are one event, of what was named as R1,R7; of two reports the closest mentions.

    Raises UsageError where not two are named, or they have no mentions to compare.
    """
    names = [part.strip() for part in given.split(",")]
    if len(names) != 2 or not all(names):
        raise UsageError(f"--pair {given} does not name two", "write it as R1,R7")
    left, right = (mentions_of(ledger, one) for one in names)
    pairs = find_pairs(ledger, left, right, every=False)
    if not pairs:
        raise UsageError(
            f"{names[0]} and {names[1]} have no two mentions of events to compare",
            f"see what each says: variorum show {names[0]}{said(ledger.name)}",
        )
    return pair_item(ledger, pairs[0].left, pairs[0].right, pairs[0].explanation.score)


# ---------------------------------------------------------------- decisions on what is named


def join_named(ledger: Ledger, left: str, right: str, who: Who) -> list[Word]:
    """Say that two reports, mentions or events are one event. Raises UsageError as `join` does, and for claims."""
    one, other = (find_subject(ledger, given) for given in (left, right))
    if not isinstance(one, Event | Article | Mention) or not isinstance(other, Event | Article | Mention):
        raise UsageError("claims are not joined", "name reports, mentions or events")
    return join(ledger, one, other, who)


def split_named(
    ledger: Ledger, out: Sequence[str], who: Who, *, event: str | None = None, alone: bool = False
) -> list[Word]:
    """Say that reports or mentions are of another event than the rest of theirs; with their copies unless `alone`.

    Raises UsageError for what is neither, for reports of another event, and where it is not clear which event is meant.
    """
    records = [find_subject(ledger, given) for given in out]
    articles = {record.id for record in records if isinstance(record, Article)}
    mentions = {record.id for record in records if isinstance(record, Mention)}
    if len(articles) + len(mentions) < len({record.id for record in records}):
        raise UsageError("only reports and mentions are taken out of an event", "name them as R7 or men_…")
    found = _event_of(ledger, event, articles, mentions)
    held = {mention.article_id for mention in ledger.mentions(event_id=found.id)} | {*found.mentions}
    for given, record in zip(out, records):
        if record.id not in held:
            raise UsageError(f"{given} does not report that event", "leave it out, or name its event with --from")
    article_of = {mention.id: mention.article_id for mention in ledger.mentions(event_id=found.id)}
    parts = [id for id in found.mentions if id in mentions or article_of.get(id) in articles]
    if articles and not alone:
        parts += with_copies(ledger, found, articles)
    return split(ledger, found, parts, who)


def _event_of(ledger: Ledger, named: str | None, articles: set[str], mentions: set[str]) -> Event:
    if named is not None:
        return find_one_event(ledger, named)
    held = mentions | {mention.id for id in articles for mention in ledger.mentions(id)}
    events = sorted({found for id in held if (found := ledger.event_of(id)) is not None})
    shared = [id for id in events if len(ledger.event(id).mentions) > 1]
    if len(shared) == 1:
        return ledger.event(shared[0])
    if not shared:
        raise UsageError("what they report is in an event of its own already", "see: variorum show REPORT")
    labels = make_labels(ledger).events
    names = ", ".join(labels[id] for id in shared)
    raise UsageError(f"they tell of several events: {names}", f"name one: --from {labels[shared[0]]}")


def set_named(ledger: Ledger, subject: str, field: str, value: str, who: Who) -> list[Word]:
    """Correct a field of what is named. Raises UsageError as `set_field` does."""
    return set_field(ledger, find_subject(ledger, subject), field.strip(), value, who)


def reject_named(ledger: Ledger, subject: str, other: str | None, who: Who) -> list[Word]:
    """Say that what is named is not so, or that two named ones do not stand so to each other."""
    record = find_subject(ledger, subject)
    if other is None:
        return reject(ledger, record, who)
    right = find_subject(ledger, other)
    if not isinstance(record, Article | Claim) or not isinstance(right, Article | Claim):
        raise UsageError("of a pair only reports and claims are rejected", "to keep events apart: variorum split")
    return reject_pair(ledger, record, right, who)
