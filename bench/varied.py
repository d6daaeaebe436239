"""Makes a collection of any size by varying this project's own reports, with the truth known. No measuring here.

The moulds are what the reader finds in them (`moulds.py`). An event is a mould laid on a day, a real town, an actor and
tolls; each report of it says so in the words of a mould of the same kind, vaguer or later or wrong in part. The world
has a fixed number of events a day and province, so that a larger collection covers more time, as a longer watched
conflict does.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from bench.moulds import LONG, Mould, Slot, load_moulds, load_sentences, load_words
from variorum.model import (
    Article,
    Claim,
    Copy,
    Mention,
    make_article,
    make_claim,
    make_mention,
    make_reading,
)
from variorum.schema import load_schema
from variorum.values.gazetteer import Entry, open_gazetteer

COUNTRIES = ("SY", "IQ", "YE", "LY", "UA", "AF", "SD", "ML", "NG", "CD", "CO", "MM")
# An event every second day in each province, as in a year of hard fighting; Syria of 2017 had more, most wars less.
EVENTS_A_DAY_AND_PROVINCE = 0.5
TOWNS = 12  # of a province, the first of them named most often
FIRST_DAY = date(2011, 1, 3)
MOST_REPORTS = 12
ROUND_UPS = 0.1  # reports that tell of two or three events of their country and day
BACKGROUND_CHANGED = 0.9  # of the long words of a background
OF_EVENT = 0.5  # of the long words that are changed, those that are changed for a word of the event
EVENT_WORDS = 16
SINGLE = ("killed", "injured")
MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
DAYS = [date(2001, 1, day).strftime("%A") for day in range(1, 8)]
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Happened:
    """One event of the made world."""

    number: int
    kind: str
    day: date
    town: Entry
    killed: int
    injured: int
    actor: Slot | None
    words: tuple[str, ...] = ()  # that reports of it like to use
    changed: float = 0.0  # share of the other long words that they change


@dataclass(frozen=True)
class War:
    """How crowded a made world is."""

    events_a_day: float = EVENTS_A_DAY_AND_PROVINCE  # in each province
    provinces: int | None = None  # how many of them see events; all where None
    actors: int | None = None  # how many bodies fight; as many as the moulds name where None
    # Share of long words and names changed for others, some of them words of the event, and of sources left away: two
    # real reports that are no copies share no sentence, two passages of one mould do.
    changed: float = 0.0
    # Characters of background that follow what a report tells, so that it is as long as a real one: sentences of the
    # invented reports with most of their words changed. What happened and what is told of it stay the same.
    background: int = 0


@dataclass
class World:
    """A made collection: what a reader would have found in it, and which mention tells of which event."""

    articles: list[Article] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    event_of: dict[str, int] = field(default_factory=dict)  # mention id -> number of its event
    background: int = 0  # characters


@cache
def load_towns() -> tuple[tuple[Entry, ...], ...]:
    """Give the largest towns of each province of the countries of the made world."""
    gazetteer = open_gazetteer()
    marks = ",".join("?" * len(COUNTRIES))
    rows = gazetteer._database.execute(
        f"select number, admin1 from entry where feature = 0 and country in ({marks}) and admin1 is not null"
        " order by population desc, number",
        COUNTRIES,
    )
    provinces: dict[int, list[int]] = {}
    for number, admin1 in rows:
        towns = provinces.setdefault(admin1, [])
        if len(towns) < TOWNS:
            towns.append(number)
    return tuple(
        tuple(gazetteer.entry_by_number(number) for number in provinces[key])
        for key in sorted(provinces)
        if len(provinces[key]) == TOWNS
    )


def make_world(size: int, *, seed: int = 1, war: War = War()) -> World:
    """Make a collection of about `size` mentions; a larger one of the same seed begins with the smaller."""
    draw = random.Random(seed)
    world = World(background=war.background)
    moulds = load_moulds()
    kinds: dict[str, list[Mould]] = {}
    for mould in moulds:
        kinds.setdefault(mould.kind, []).append(mould)
    actors = [slot for mould in moulds for slot in mould.slots if slot.prop == "actor"]
    provinces = load_towns()
    if war.provinces is not None:
        provinces = tuple(draw.sample(provinces, war.provinces))
    if war.actors is not None:
        actors = draw.sample(actors, war.actors)
    day, number = FIRST_DAY, 0
    while len(world.mentions) < size:
        told: dict[str, list[tuple[Happened, date | None, str]]] = {}
        for _ in range(round(war.events_a_day * len(provinces))):
            event = _happen(number, day, moulds, (provinces, actors), draw)
            if war.changed:
                words = tuple(draw.choice(load_words()) for _ in range(EVENT_WORDS))
                event = replace(event, words=words, changed=war.changed)
            number += 1
            _report(event, kinds, told, world, draw, size)
        day += timedelta(days=1)
    return world


def _happen(
    number: int,
    day: date,
    moulds: Sequence[Mould],
    stage: tuple[Sequence[Sequence[Entry]], Sequence[Slot]],
    draw: random.Random,
) -> Happened:
    provinces, actors = stage
    towns = draw.choice(provinces)
    town = towns[min(int(draw.paretovariate(1.0)) - 1, len(towns) - 1)]
    dead = 0 if draw.random() < 0.25 else min(int(draw.lognormvariate(1.1, 1.0)) + 1, 300)
    hurt = 0 if draw.random() < 0.35 else min(int(draw.lognormvariate(1.5, 1.0)) + 1, 500)
    actor = draw.choice(actors) if draw.random() < 0.7 else None
    return Happened(number, draw.choice(moulds).kind, day, town, dead, hurt, actor)


def _report(
    event: Happened,
    kinds: dict[str, list[Mould]],
    told: dict[str, list[tuple[Happened, date | None, str]]],
    world: World,
    draw: random.Random,
    size: int,
) -> None:
    reports = min(1 + int(draw.expovariate(1 / 2.4)), MOST_REPORTS)
    for place in range(reports):
        if len(world.mentions) >= size:
            return
        published = _printed(event.day, draw)
        group = [event]
        before = told.setdefault(event.town.country, [])
        if before and draw.random() < ROUND_UPS:
            group += [row[0] for row in draw.sample(before, min(len(before), draw.choice((1, 1, 2))))]
            group = list({one.number: one for one in group}.values())
        name = f"{event.number}.{place}"
        if len(group) == 1 and place and draw.random() < 0.12:
            _reprint(world, name, published)
        else:
            passages = [_tell(one, kinds, published, draw) for one in group]
            _write(world, name, published, [one.number for one in group], passages)
        before.append((event, published, name))


def _printed(day: date, draw: random.Random) -> date | None:
    if draw.random() < 0.03:
        return None
    return day + timedelta(days=draw.choices((0, 1, 2, 3, 4, 6, 9), (35, 40, 14, 5, 3, 2, 1))[0])


Piece = tuple[str, str, str | None, str]  # prop, value, scope, source
Passage = tuple[str, str, list[tuple[int, int, Piece]]]  # kind, text, claims with their spans


def _tell(event: Happened, kinds: dict[str, list[Mould]], published: date | None, draw: random.Random) -> Passage:
    kind = event.kind
    also = [other for other in kinds if other != kind and load_schema().compatible(kind, other)]
    if also and draw.random() < 0.1:
        kind = draw.choice(also)
    mould = draw.choice(kinds[kind])
    facts = {
        "date": _say_date(event, published, draw),
        "place": _say_place(event, draw),
        "killed": _say_toll(event.killed, draw),
        "injured": _say_toll(event.injured, draw),
    }
    if event.actor is not None and draw.random() < 0.8:
        facts["actor"] = (event.actor.value, event.actor.value)
    words: list[str] = []
    claims: list[tuple[int, int, Piece]] = []
    size = last = 0

    def add(text: str, piece: Piece | None = None) -> None:
        nonlocal size
        if piece is not None and event.changed and draw.random() < event.changed:
            piece = (*piece[:3], "")
        if piece is not None and text:
            claims.append((size, size + len(text), piece))
        words.append(text)
        size += len(text)

    used: set[str] = set()
    for slot in mould.slots:
        add(_reworded(mould.text[last : slot.start], event, draw))
        last = slot.end
        if slot.prop in ("date", "place", *SINGLE, "actor"):
            said = None if slot.prop in used else facts.get(slot.prop)
            used.add(slot.prop)
            if said is not None:
                scope = "all" if slot.prop in SINGLE else None
                add(said[0], (slot.prop, said[1], scope, slot.source))
            else:
                add("some of them" if slot.prop in SINGLE else "there")
        else:
            add(mould.text[slot.start : slot.end], (slot.prop, slot.value, slot.scope, slot.source))
    add(_reworded(mould.text[last:], event, draw))
    for prop, joint in (
        ("place", " It was in "),
        ("date", " It was "),
        ("killed", " The dead: "),
        ("injured", " Hurt: "),
    ):
        said = facts.get(prop)
        if said is not None and prop not in used:
            add(joint)
            add(said[0], (prop, said[1], "all" if prop in SINGLE else None, ""))
    return kind, "".join(words), claims


def _reworded(text: str, event: Happened, draw: random.Random) -> str:
    def change(match: re.Match[str]) -> str:
        if draw.random() >= event.changed:
            return match.group()
        return draw.choice(event.words if draw.random() < OF_EVENT else load_words())

    return LONG.sub(change, text) if event.changed else text


def _say_date(event: Happened, published: date | None, draw: random.Random) -> tuple[str, str] | None:
    chance = draw.random()
    day = event.day + timedelta(days=draw.choice((-1, 1)) if chance < 0.03 else 0)
    if chance > 0.8:
        return None
    if chance > 0.77:
        return f"in {MONTHS[day.month - 1]}", f"{day:%Y-%m}"
    if published is None and chance < 0.4:
        return f"on {DAYS[day.weekday()]}", f"rel:{WEEK[day.weekday()]}"
    if chance < 0.5 and published is not None and (published - day).days < 7:
        return f"on {DAYS[day.weekday()]}", f"{day}"
    return f"on {day.day} {MONTHS[day.month - 1]}", f"{day}"


def _say_place(event: Happened, draw: random.Random) -> tuple[str, str] | None:
    town, chance = event.town, draw.random()
    if chance < 0.8:
        return town.name, town.id
    if chance < 0.85:
        return f"near {town.name}", f"{town.id};near"
    if chance < 0.93:
        entry = open_place(town.admin1)
        return entry.name, entry.id
    if chance < 0.97:
        return town.country, f"ne:{town.country}"
    return None


@cache
def open_place(id: str) -> Entry:
    """Give the entry of a province."""
    found = open_gazetteer().entry(id)
    if found is None:
        raise ValueError(f"the gazetteer has no {id}")
    return found


def _say_toll(number: int, draw: random.Random) -> tuple[str, str] | None:
    chance = draw.random()
    if number == 0 or chance < 0.15:
        return None
    if chance < 0.27:
        number += max(1, number // 5)  # counted later
    if chance > 0.9:
        return f"at least {number} people", f"{number}.."
    return f"{number} people", f"{number}"


def _write(
    world: World, name: str, published: date | None, numbers: Sequence[int], passages: Sequence[Passage]
) -> None:
    text = ""
    starts = []
    for _, words, _ in passages:
        starts.append(len(text))
        text += words + "\n"
    if world.background:
        text += _background(text, world.background)
    article = make_article(
        url=f"made:{name}",
        text=text,
        sha256="",
        fetched_at="",
        outlet=f"Outlet {len(world.articles) % 97}",
        published=None if published is None else str(published),
    )
    reading = make_reading(article.id, "made", "1")
    world.articles.append(article)
    for number, start, (kind, words, claims) in zip(numbers, starts, passages):
        mention = make_mention(article, reading.id, kind, start, start + len(words))
        world.mentions.append(mention)
        world.event_of[mention.id] = number
        for low, high, (prop, value, scope, source) in claims:
            world.claims.append(
                make_claim(
                    mention,
                    article,
                    prop=prop,
                    value=value,
                    start=start + low,
                    end=start + high,
                    scope=scope,
                    source=source,
                )
            )


def _background(text: str, size: int) -> str:
    """Give at least so many characters of background in paragraphs of three sentences; a reprint has the same."""
    draw = random.Random(text)

    def change(match: re.Match[str]) -> str:
        return draw.choice(load_words()) if draw.random() < BACKGROUND_CHANGED else match.group()

    found: list[str] = []
    length = 0
    while length < size:
        found.append(LONG.sub(change, draw.choice(load_sentences())) + (" " if len(found) % 3 else "\n"))
        length += len(found[-1])
    return "".join(found)


def _reprint(world: World, name: str, published: date | None) -> None:
    """Print the last report again under another name, and note the lineage."""
    original = world.articles[-1]
    mentions = [m for m in world.mentions[-3:] if m.article_id == original.id]
    of = {m.id for m in mentions}
    passages = []
    for mention in mentions:
        claims: list[tuple[int, int, Piece]] = [
            (c.start - mention.start, c.end - mention.start, (c.prop, c.value, c.scope, c.source))
            for c in world.claims[-60:]
            if c.mention_id == mention.id
        ]
        passages.append((mention.kind, mention.quote, claims))
    numbers = [world.event_of[id] for id in (m.id for m in mentions) if id in of]
    _write(world, name, published, numbers, passages)
    root = world.copies[-1].original_id if world.copies and world.copies[-1].article_id == original.id else original.id
    world.copies.append(Copy(world.articles[-1].id, root, 1.0))
