"""Tiny factories for records, and random histories of what is done to a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from variorum.ledger import InputSeen, Ledger
from variorum.model import (
    Article,
    Claim,
    Copy,
    Event,
    Extraction,
    HeldBack,
    Judgement,
    Mention,
    Named,
    Problem,
    Redirect,
    Relation,
    Ruling,
    Settled,
    make_article,
    make_claim,
    make_id,
    make_mention,
    make_reading,
)

NOW = "2031-05-03T10:00:00Z"
LATER = "2031-05-04T10:00:00Z"
TEXT = (
    "Shelling hits a market in Qasr al-Wadi\n\n"
    "At least 12 people were killed 😀 on Thursday, the clinic said. Seven children were among them.\n"
    "قُتل سبعة. The Tarn Post could not confirm the toll."
)


def article(name: str = "one", text: str = TEXT, **fields: str | None) -> Article:
    """An article of an invented outlet; another name makes another article."""
    given: dict[str, object] = {
        "url": f"file:{name}.txt",
        "text": text,
        "sha256": "ab" * 32,
        "fetched_at": NOW,
        "outlet": "Tarn Post",
        "title": text.split("\n")[0],
        "published": "2031-05-02",
        "lang": "en",
    }
    return make_article(**(given | fields))  # type: ignore[arg-type]


def extraction(
    of: Article,
    quotes: Sequence[tuple[str, str]] = (("killed", "12"), ("killed", "Seven")),
    *,
    version: str = "1",
    extractor: str = "rules",
    held: int = 0,
) -> Extraction:
    """A reading with one mention over the whole text and a claim at the first place of each quote."""
    reading = make_reading(of.id, extractor, version)
    mention = make_mention(of, reading.id, "strike", 0, len(of.text))
    claims = tuple(claim(of, mention, prop, quote) for prop, quote in quotes)
    back = tuple(HeldBack(of.id, "killed", "3", "three", f"no such words, {place}") for place in range(held))
    return Extraction(reading, (mention,), claims, back)


def claim(of: Article, mention: Mention, prop: str, quote: str, value: str | None = None) -> Claim:
    """A claim of the clinic at the first place of a quote."""
    start = of.text.index(quote)
    scope = "all" if prop == "killed" else None
    said = quote if value is None else value
    return make_claim(
        mention, of, prop=prop, value=said, scope=scope, source="clinic", start=start, end=start + len(quote)
    )


def judgement(left: Mention, right: Mention, verdict: str = "same", by: str = "mk", **fields: object) -> Judgement:
    """A judgement on two mentions, in order."""
    first, second = sorted((left.id, right.id))
    row = Judgement(first, second, verdict, by, None, "same toll", NOW)  # type: ignore[arg-type]
    return replace(row, **fields)  # type: ignore[arg-type]


def ruling(of: Claim, verdict: str = "accept", by: str = "mk", value: str | None = None, at: str = NOW) -> Ruling:
    """A person's word on a claim."""
    return Ruling(of.id, verdict, value, by, "read it twice", at)  # type: ignore[arg-type]


def event(found: Extraction, *more: Extraction, named: str = NOW, title: str = "Shelling in Qasr al-Wadi") -> Event:
    """An event over the mentions of readings, settled on the first claim."""
    readings = (found, *more)
    mentions = tuple(sorted(mention.id for reading in readings for mention in reading.mentions))
    claims = [claim for reading in readings for claim in reading.claims]
    values = tuple(
        Settled("killed", "all", row.value, "single", (row.id,), (), 1, (row.source,), 0, "only one")
        for row in claims[:1]
    )
    relations = tuple(
        Relation("contradicts", row.prop, claims[0].id, row.id, f"{claims[0].value} and {row.value}")
        for row in claims[1:]
    )
    return Event(make_id("evt", found.mentions[0].id, named), "strike", title, mentions, values, relations)


def named(of: Event, found: Extraction, at: str = NOW) -> Named:
    """The row of the register for an event founded by the first mention of a reading."""
    return Named(of.id, found.mentions[0].id, at)


# ---------------------------------------------------------------- random histories

LETTERS = "abc 12 Wadi é 😀 قتل \n"


@dataclass(frozen=True)
class Step:
    """One thing done to a ledger: which, to which articles, and how."""

    name: str
    first: int
    second: int
    choice: int


STEPS = ("article", "read", "reread", "supersede", "judge", "rule", "retract", "resolve", "problem", "seen", "copies")


def histories(max_size: int = 14) -> st.SearchStrategy[list[Step]]:
    """Random histories over up to four articles; steps that make no sense at their time do nothing."""
    small = st.integers(0, 3)
    return st.lists(st.builds(Step, st.sampled_from(STEPS), small, small, small), max_size=max_size)


def articles_of_history() -> list[Article]:
    """The four articles that histories are about."""
    return [article(f"r{place}", f"{LETTERS}{TEXT} {place}") for place in range(4)]


def play(ledger: Ledger, history: Sequence[Step]) -> None:
    """Do to a ledger what a history says."""
    known = articles_of_history()
    for time, step in enumerate(history):
        do_step(ledger, step, known, f"2031-05-03T10:{time:02d}:00Z")


def do_step(ledger: Ledger, step: Step, known: Sequence[Article], now: str) -> None:
    """Do one step, at a time."""
    about, other = known[step.first], known[step.second]
    written = {row.id for row in ledger.articles()}
    if step.name == "article":
        ledger.add_article(about)
    elif step.name in ("read", "reread"):
        ledger.add_article(about)
        quotes = (("killed", "12"), ("killed", "Seven"), ("place", "Qasr al-Wadi"), ("date", "Thursday"))
        version = "1" if step.name == "read" else "2"
        chosen = quotes[:2] if version == "1" else quotes[step.choice :]
        ledger.add_extraction(extraction(about, chosen, version=version, held=step.choice % 2))
    elif step.name == "supersede":
        for reading in ledger.readings(about.id):
            ledger.supersede(reading.id)
    elif step.name == "judge":
        pair = [*ledger.mentions(about.id, live=False)][:1] + [*ledger.mentions(other.id, live=False)][:1]
        if len({mention.id for mention in pair}) == 2:
            verdict, by = ("same", "different", "unsure", "same")[step.choice], ("mk", "matcher")[step.choice % 2]
            score = step.choice / 3 if by == "matcher" else None
            ledger.add_judgement(judgement(pair[0], pair[1], verdict, by, at=now, score=score))
    elif step.name == "rule":
        for row in [*ledger.claims(about.id)][step.choice : step.choice + 1]:
            ledger.add_ruling(ruling(row, "reject", at=now))
    elif step.name == "retract":
        live = [row for row in ledger.decisions(matcher=True) if row.what.retracted is None]
        for row in live[step.choice : step.choice + 1]:
            ledger.retract(row.act, by="mk", at=now)
    elif step.name == "resolve":
        resolve(ledger, step.choice, now)
    elif step.name == "problem":
        ledger.add_problems([Problem(f"bad{step.first}\udce9.txt", "empty", "it is \0 empty", "look at it", now)])
        if step.choice == 0:
            ledger.clear_problems(f"bad{step.second}\udce9.txt")
    elif step.name == "seen":
        ledger.add_seen([InputSeen(f"in/r{step.first}.txt", 10 + step.choice, 5, "cd" * 32, (about.id,))])
    elif step.name == "copies" and {about.id, other.id} <= written and about.id != other.id:
        ledger.replace_derived(
            copies=[Copy(about.id, other.id, step.choice / 3)],
            events=[*ledger.events()],
            redirects=(),
            register=(),
            now=now,
        )


def resolve(ledger: Ledger, groups: int, now: str) -> None:
    """Group live mentions in a simple way, name the groups, and send retired names on."""
    claims = [*ledger.claims()]
    clusters: dict[int, list[Mention]] = {}
    for place, mention in enumerate(sorted(ledger.mentions(), key=lambda row: row.id)):
        clusters.setdefault(place % (groups + 1), []).append(mention)
    events = []
    register = []
    for members in clusters.values():
        event_id = make_id("evt", members[0].id)
        inside = [row for row in claims if row.mention_id in {mention.id for mention in members}]
        values = tuple(
            Settled(row.prop, row.scope, row.value, "single", (row.id,), (), 1, ("clinic",), 0) for row in inside[:2]
        )
        relations = tuple(Relation("agrees", row.prop, row.id, None, "") for row in inside[:1])
        mentions = tuple(sorted(mention.id for mention in members))
        events.append(Event(event_id, "strike", f"{len(members)} reports", mentions, values, relations))
        register.append(Named(event_id, members[0].id, now))
    live = {row.id for row in events}
    names = {row.event_id for row in ledger.register()} | live
    target = min(live, default="")
    redirects = [Redirect(name, target, now, "merged") for name in sorted(names - live)]
    ledger.replace_derived(events=events, redirects=redirects, register=register, now=now)
