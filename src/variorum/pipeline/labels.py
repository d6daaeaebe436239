"""Short names for people: EV-7K3Q for an event, R7 for a report; and back from what a person typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from variorum.config import said
from variorum.errors import UnknownIdError, UsageError
from variorum.ledger import Ledger
from variorum.ledger.entries import read_neighbours
from variorum.ledger.picked import names_beside, names_from, pick_numbers, pick_stories
from variorum.model import Article, Claim, Event, Story, story_id

SHORTEST = 4  # characters after EV-: a million names before four are mostly taken
MANY = 300  # labels asked for one by one, 0.1 ms each, before all names are read: 0.3 s for 30,000 events
EVENT = re.compile(r"(?:EV-|evt_)([0-9A-Z]+)(?:@(\d{1,9}))?", re.I)
STORY = re.compile(r"(?:ST-|sto_)([0-9A-Z]+)", re.I)
REPORT = re.compile(r"R\d{1,12}", re.I)
CROCKFORD = str.maketrans("ILO", "110")  # what the alphabet leaves out is read as the digit it looks like
LIKELY = 60  # of 100, rapidfuzz: one wrong letter of four in EV-7K3Q gives 86


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one ledger as it stands; each is looked up when it is asked for."""

    events: Mapping[str, str]  # event id -> EV-7K3Q
    articles: Mapping[str, str]  # article id -> R7


class _LookedUp(Mapping[str, str]):
    """Labels by id, looked up one at a time; after MANY, all at once."""

    def __init__(self, one: Callable[[str], str | None], every: Callable[[], Mapping[str, str]]) -> None:
        self._one, self._every = one, every
        self._known: dict[str, str | None] = {}
        self._whole = False

    def __getitem__(self, id: str) -> str:
        if id not in self._known and len(self._known) >= MANY:
            self._read_all()
        if id not in self._known and not self._whole:
            self._known[id] = self._one(id)
        label = self._known.get(id)
        if label is None:
            raise KeyError(id)
        return label

    def _read_all(self) -> Mapping[str, str | None]:
        if not self._whole:
            self._known, self._whole = dict(self._every()), True
        return self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._read_all())

    def __len__(self) -> int:
        return len(self._read_all())


def make_labels(ledger: Ledger) -> Labels:
    """Give the shortest label of every event that no other event's name begins with, and every report's number."""

    def event(id: str) -> str | None:
        return shorten(names_beside(ledger, id)).get(id)

    def article(id: str) -> str | None:
        number = pick_numbers(ledger, [id]).get(id)
        return None if number is None else f"R{number}"

    return Labels(
        _LookedUp(event, lambda: shorten(named.event_id for named in ledger.register())),
        _LookedUp(article, lambda: {id: f"R{number}" for id, number in ledger.article_numbers().items()}),
    )


def label_events(ledger: Ledger, ids: Collection[str]) -> dict[str, str]:
    """Give the labels of many events, as `make_labels` does, with one question to the ledger."""
    return {id: shorten(names)[id] for id, names in read_neighbours(ledger, ids).items()}


def with_new_events(labels: Labels, ids: Iterable[str]) -> Labels:
    """Give labels that name events too which are only foreseen."""
    return replace(labels, events=shorten({*labels.events, *ids}))


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


def version_of(given: str) -> int | None:
    """Give the version that EV-7K3Q@2 names; None where none is named."""
    match = EVENT.fullmatch(given)
    return int(match[2]) if match is not None and match[2] else None


def story_label(id: str) -> str:
    """Give the label of a story: eight characters of its id, a billion stories before two are alike by chance."""
    return f"ST-{id.removeprefix('sto_')[:8]}"


def find_record(ledger: Ledger, given: str) -> Event | Article | Claim | Story:
    """Give what a person named: EV-7K3Q, EV-7K3Q@2 (a frozen version), R7, ST-…, or a full or shortened id.

    Raises UnknownIdError with near ids when there is no such record.
    """
    match = EVENT.fullmatch(given)
    if match is not None:
        return _find_event(ledger, match[1].upper().translate(CROCKFORD), version_of(given), given)
    told = STORY.fullmatch(given)
    if told is not None:
        return _find_story(ledger, "sto_" + told[1].upper().translate(CROCKFORD), given)
    if given.startswith("clm_"):
        return ledger.claim(given)
    if given.startswith("art_") or REPORT.fullmatch(given):
        return ledger.article(given)
    near = _near_labels(ledger, given)
    raise UnknownIdError(
        f"no record {given} in {ledger.name}",
        "ids look like EV-7K3Q (event), R7 (report), clm_… (claim) or ST-7K3Q2M9X (story)\n" + _list_remedy(ledger),
        near,
    )


def find_one_event(ledger: Ledger, given: str) -> Event:
    """Give the event that a person named. Raises UsageError for the id of something else."""
    record = find_record(ledger, given)
    if not isinstance(record, Event):
        raise UsageError(f"{given} is not an event", _list_remedy(ledger))
    return record


def find_event_id(ledger: Ledger, given: str) -> str:
    """Give the full id of the event that a person named, whatever became of it.

    Raises UsageError for the id of something else and for one that several events begin with, UnknownIdError for none.
    """
    match = EVENT.fullmatch(given)
    if match is None:
        raise UsageError(f"{given} is not an event", _list_remedy(ledger))
    return _named(ledger, match[1].upper().translate(CROCKFORD), given)


def _named(ledger: Ledger, body: str, given: str) -> str:
    known = names_from(ledger, "evt_" + body)
    if len(known) > 1 and "evt_" + body not in known:
        labels = make_labels(ledger).events
        raise UsageError(
            f"{len(known)} events begin with {given.partition('@')[0]}",
            f"give more of the id: {', '.join(sorted(labels[id] for id in known)[:3])} …",
        )
    if not known:
        raise UnknownIdError(f"no event {given} in {ledger.name}", _list_remedy(ledger), _near_labels(ledger, given))
    return known[0] if len(known) == 1 else "evt_" + body


def _find_event(ledger: Ledger, body: str, version: int | None, given: str) -> Event:
    id = _named(ledger, body, given)
    try:
        return ledger.event(id, version)
    except UnknownIdError as error:  # no such version, or withdrawn: said in the words that the person used
        short = given.partition("@")[0]
        raise UnknownIdError(error.cause.replace(id, short), error.remedy.replace(id, short)) from None


def find_one_story(ledger: Ledger, given: str) -> Story:
    """Give the story that a person named. Raises UsageError for the id of something else."""
    record = find_record(ledger, given)
    if not isinstance(record, Story):
        raise UsageError(f"{given} is not a story", f"list: variorum stories{said(ledger.name)}")
    return record


def _find_story(ledger: Ledger, start: str, given: str) -> Story:
    found = pick_stories(ledger, start)
    if not found:  # a name that was given once: of the article that came first, before another story took it in
        led = {id for id in ledger.article_numbers() if story_id(id).startswith(start)}
        found = [story for story in ledger.structure().stories if led.intersection(story.articles)]
    if len(found) == 1:
        return found[0]
    many = f"{len(found)} stories begin with {given}" if found else f"no story {given} in {ledger.name}"
    raise UnknownIdError(many, f"list: variorum stories{said(ledger.name)} --min-reports 1")


def _near_labels(ledger: Ledger, given: str) -> tuple[str, ...]:
    from rapidfuzz import process

    # Two ids of one ledger can share their first letters; a longer beginning is what a person may have copied.
    labels = sorted(shorten(row.event_id for row in ledger.register()).values())
    labels += sorted(f"R{number}" for number in ledger.article_numbers().values())
    typed = given.upper().partition("@")[0].replace("EVT_", "EV-")
    return tuple(row[0] for row in process.extract(typed, labels, limit=2, score_cutoff=LIKELY))


def _list_remedy(ledger: Ledger) -> str:
    return f"list: variorum list{said(ledger.name)}"
