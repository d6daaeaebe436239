"""What stands between events, from invented reports read by the real reader."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache

import pytest

from told import Fact, Happening, Told, tell
from variorum.model import Article, Copy, Event, Extraction, Ruling, Structure, make_article
from variorum.pipeline import BuiltIn, gazetteer
from variorum.resolve import resolve
from variorum.resolve.resolution import Resolution
from variorum.resolve.structure import find_structure

NOW = "2031-05-30T10:00:00Z"

Report = tuple[str, str]


def told(published: str, title: str, *paragraphs: str) -> Report:
    """Write a report: the day of printing, and its text."""
    return published, "\n\n".join((title, *paragraphs)) + "\n"


IDLIB = told(
    "2031-05-05",
    "Air strike on Idlib market kills nine",
    "Nine people were killed on Sunday when an air strike hit a market in Idlib, the civil defence said.",
)
HOMS = told(
    "2031-05-06",
    "Rockets hit army base near Homs",
    "Rebels fired eleven rockets at an army base near Homs on Tuesday, killing four soldiers, the army said.",
    "The rebels said the attack was in retaliation for an air strike on a market in Idlib that killed "
    "nine people on Sunday.",
)
VOW = told(
    "2031-05-06",
    "Rockets hit Hama",
    "Three soldiers were killed on Monday when rockets hit Hama, state media said. The army vowed to "
    "shell Idlib in retaliation for the attack.",
)
IDLIB_SHELLED = told(
    "2031-05-07",
    "Shells on Idlib",
    "Shells killed two people in Idlib on Tuesday.",
)
REPLY = told(
    "2031-05-06",
    "Rockets from Idlib",
    "Rebels in Idlib fired rockets at Hama on Monday, killing three soldiers. The army responded with "
    "artillery fire on Saraqib that killed five people.",
)
HAMA = told(
    "2031-05-06",
    "Rockets hit Hama",
    "Three soldiers were killed on Monday when rockets hit Hama, state media said.",
)
SARAQIB = told(
    "2031-05-06",
    "Artillery kills five in Saraqib",
    "Artillery fire killed five people in Saraqib on Monday, doctors said.",
)
KANO = told(
    "2031-05-03",
    "Bomb kills 14 at Kano mosque",
    "A bomb killed 14 people at a mosque in Kano on Friday, police said.",
)
HELD = told(
    "2031-05-08",
    "Two held in Kano",
    "Police arrested two men in Kano on Wednesday. They are suspected of planting the bomb that "
    "killed 14 people at a mosque in the city on Friday.",
)
RAQQA = (
    told(
        "2031-04-15",
        "Air strike kills six in Raqqa",
        "An air strike killed six people in Raqqa on 14 April, the civil defence said.",
    ),
    told(
        "2031-04-23",
        "Warplanes hit Raqqa bakery",
        "Warplanes struck a bakery in Raqqa on Tuesday, killing nine people, a clinic in the city said.",
    ),
    told(
        "2031-05-03",
        "Raqqa hospital hit from the air",
        "Two nurses died when an air strike hit the hospital of Raqqa on 2 May, the health ministry said.",
    ),
)
PALMYRA = told(
    "2031-05-04",
    "Strike on Palmyra",
    "An air strike killed four people in Palmyra on 3 May, the civil defence said.",
)
EARLIER = told(
    "2031-02-03",
    "Raid on Raqqa",
    "An air strike killed five people in Raqqa on 2 February, the civil defence said.",
)
COUNT = told(
    "2031-05-09",
    "Raqqa counts its strikes",
    "There have been four air strikes on Raqqa since the middle of April, a monitoring group said on "
    "Friday. Food is short and the bridges are down.",
)
FOURTH = told(
    "2031-05-09",
    "Drone hits depot in Raqqa",
    "A drone hit a fuel depot in Raqqa on Thursday, killing three people, the civil defence said. It "
    "was the third such attack on the city this month.",
)
QUSAYR = told(
    "2030-05-10",
    "Shells fall on Qusayr market",
    "Shells hit a market in Qusayr on Thursday, killing 31 people, doctors said.",
)
YEAR = told(
    "2031-05-10",
    "Bombing kills four in Qusayr",
    "A bomb killed four people in Qusayr on Friday, doctors said. The bombing came on the first "
    "anniversary of the shelling of the town's market on 9 May 2030 in which 31 people died.",
)
CANDLES = told(
    "2031-05-10",
    "Qusayr lights candles",
    "Relatives lit candles in Qusayr on Friday on the first anniversary of the shelling of the town "
    "that killed 31 people on 9 May 2030.",
)
LEFT = told(
    "2031-05-06",
    "Buses leave Zabadani",
    "A convoy of 17 buses carrying 300 fighters departed from Zabadani on Monday under a deal "
    "brokered by Qatar, state media said.",
)
CAME = told(
    "2031-05-07",
    "Fighters from Zabadani reach Idlib",
    "Buses carrying 300 fighters from Zabadani arrived in Idlib on Tuesday, activists said.",
)
LAID = told(
    "2031-05-04",
    "Army encircles Madaya",
    "Government troops laid siege to Madaya on 3 May, cutting the only road to the town, activists said.",
)
LIFTED = told(
    "2031-05-21",
    "Siege of Madaya lifted",
    "The siege of Madaya was lifted on 20 May, the United Nations said.",
)
TALKS = (
    told(
        "2031-05-06",
        "Sudan and Chad hold talks",
        "Delegations of Sudan and Chad held talks in Geneva on Monday.",
    ),
    told(
        "2031-05-16",
        "Second round of Sudan and Chad talks",
        "Sudan and Chad held a second round of talks in Geneva on Thursday, diplomats said.",
    ),
    told(
        "2031-05-19",
        "Sudan and Chad sign truce",
        "Sudan and Chad signed a ceasefire in Geneva on Sunday after two weeks of talks.",
    ),
    told(
        "2031-05-23",
        "Sudan and Chad trade blame",
        "Sudan accused Chad of violating the ceasefire on Wednesday, when shells fell on the border town of Adre.",
    ),
)


@cache
def read(report: Report) -> tuple[Article, Extraction]:
    """Read one report as the pipeline does."""
    published, text = report
    title = text.partition("\n")[0]
    article = make_article(
        url=f"file:{title}.txt",
        text=text,
        sha256="ab" * 32,
        fetched_at=NOW,
        title=title,
        published=published,
        lang="en",
    )
    found = BuiltIn()(article)
    assert isinstance(found, Extraction)
    return article, found


def follow(*reports: Report, rulings: list[Ruling] | None = None) -> Resolution:
    material = [read(report) for report in reports]
    return resolve(
        [article for article, _ in material],
        [mention for _, found in material for mention in found.mentions],
        [claim for _, found in material for claim in found.claims],
        rulings=rulings or [],
        gazetteer=gazetteer(),
        now=NOW,
    )


def ties(resolution: Resolution) -> list[tuple[str, str, str, str]]:
    """Give each tie as (kind and day of the later event, name, kind and day of the earlier, words)."""
    names = {event.id: f"{event.kind} {day(event)}" for event in resolution.events}
    return sorted((names[tie.left], tie.name, names[tie.right], tie.quote) for tie in resolution.related)


def day(event: Event) -> str:
    return next((row.value for row in event.values if row.prop == "date"), "")


def counts(resolution: Resolution) -> list[tuple[str, str, list[str]]]:
    days = {event.id: day(event) for event in resolution.events}
    return sorted((row.stated, row.quote, sorted(days[id] for id in row.events)) for row in resolution.counted)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ((IDLIB, HOMS), [("strike 2031-05-06", "response to", "strike 2031-05-04", "in retaliation for")]),
        ((REPLY, HAMA, SARAQIB), [("strike 2031-05-05", "response to", "strike 2031-05-05", "responded with")]),
        ((KANO, HELD), [("arrest 2031-05-07", "response to", "bombing 2031-05-02", "suspected of planting")]),
        ((QUSAYR, YEAR), [("bombing 2031-05-09", "anniversary of", "strike 2030-05-09", "first anniversary of")]),
        ((LEFT, CAME), [("transfer.arrived 2031-05-06", "later in", "deployment.withdrawn 2031-05-05", "Zabadani")]),
        ((LAID, LIFTED), [("siege.broken 2031-05-20", "later in", "siege.laid 2031-05-03", "siege")]),
        (
            TALKS,
            [
                ("ceasefire 2031-05-18", "later in", "talks 2031-05-15", "after two weeks of talks"),
                ("ceasefire.broken 2031-05-21", "later in", "ceasefire 2031-05-18", "ceasefire"),
                ("talks 2031-05-15", "later in", "talks 2031-05-05", "second round"),
            ],
        ),
    ],
)
def test_what_reports_say_of_two_events_ties_them(
    reports: tuple[Report, ...], expected: list[tuple[str, str, str, str]]
) -> None:
    assert ties(follow(*reports)) == expected


@pytest.mark.parametrize(
    "reports",
    [
        (VOW, IDLIB_SHELLED),
        (QUSAYR, CANDLES),
        (LIFTED,),
        (CAME,),
        (TALKS[1], TALKS[3]),
        (IDLIB, KANO),
        (LAID, *TALKS[:1]),
    ],
)
def test_without_the_words_or_the_other_event_there_is_no_tie(reports: tuple[Report, ...]) -> None:
    assert ties(follow(*reports)) == []


def test_a_count_is_linked_to_the_events_of_its_time_and_place() -> None:
    resolution = follow(*RAQQA, PALMYRA, EARLIER, COUNT)
    assert counts(resolution) == [
        ("4", "four air strikes on Raqqa since the middle of April", ["2031-04-14", "2031-04-22", "2031-05-02"])
    ]


def test_an_event_that_is_the_third_of_its_month_is_one_of_those_counted() -> None:
    assert counts(follow(*RAQQA, FOURTH)) == [
        ("3", "third such attack on the city this month", ["2031-05-02", "2031-05-08"])
    ]


def test_what_was_counted_says_where_it_stands_and_is_not_merged() -> None:
    resolution = follow(*RAQQA, COUNT)
    (row,) = resolution.counted
    article, found = read(COUNT)
    assert article.text[row.start : row.end] == row.quote
    assert row.mention_id in {mention.id for mention in found.mentions}
    assert (row.what, row.since, row.until, row.places) == (
        "air strikes", "2031-04-11", "2031-05-09", ("gn:172955",)
    )  # fmt: skip
    assert len(resolution.events) == 3


def test_tied_events_stay_two() -> None:
    for reports in ((IDLIB, HOMS), (QUSAYR, YEAR), (LEFT, CAME), (LAID, LIFTED)):
        resolution = follow(*reports)
        assert all(tie.left != tie.right for tie in resolution.related)
        assert len(resolution.events) == 2


def test_the_order_of_reports_does_not_matter() -> None:
    material = (IDLIB, HOMS, *RAQQA, COUNT, LEFT, CAME)
    first = follow(*material)
    for order in itertools.islice(itertools.permutations(material), 0, 40000, 9973):
        again = follow(*order)
        assert (again.related, again.counted) == (first.related, first.counted)


def test_a_withdrawn_report_takes_its_ties_and_counts_along() -> None:
    assert ties(follow(IDLIB, HOMS))
    assert ties(follow(IDLIB)) == []
    assert counts(follow(*RAQQA[1:], COUNT)) == [
        ("4", "four air strikes on Raqqa since the middle of April", ["2031-04-22", "2031-05-02"])
    ]


def test_a_corrected_day_moves_an_event_out_of_a_count() -> None:
    _, found = read(RAQQA[2])
    wrong = [Ruling(row.id, "correct", "2031-02-02", "mk", "", NOW) for row in found.claims if row.prop == "date"]
    (count,) = counts(follow(*RAQQA, COUNT, rulings=wrong))
    assert count[2] == ["2031-04-14", "2031-04-22"]


def test_what_a_copy_says_again_is_counted_once() -> None:
    copied = (COUNT[0], COUNT[1].replace("Raqqa counts its strikes", "Strikes on Raqqa counted"))
    material = [read(report) for report in (*RAQQA, COUNT, copied)]
    articles = {article.id: article for article, _ in material}
    mentions = [mention for _, found in material for mention in found.mentions]
    claims = [claim for _, found in material for claim in found.claims]
    copies = [Copy(read(copied)[0].id, read(COUNT)[0].id, 0.9)]
    events = follow(*RAQQA, COUNT, copied).events
    both = find_structure(events, articles, mentions, claims, gazetteer=gazetteer())
    once = find_structure(events, articles, mentions, claims, copies, gazetteer=gazetteer())
    assert (len(both.counted), len(once.counted)) == (2, 1)
    assert once.counted[0].mention_id in {mention.id for mention in read(COUNT)[1].mentions}


# ---------------------------------------------------------------- records made by hand


def by_hand(*reports: Told, groups: list[Event]) -> Structure:
    return find_structure(
        groups,
        {report.article.id: report.article for report in reports},
        [mention for report in reports for mention in report.mentions],
        [claim for report in reports for claim in report.claims],
        gazetteer=gazetteer(),
    )


def event_of(id: str, report: Told, number: int = 0) -> Event:
    """An event of one mention, settled as resolve would."""
    mention = report.mentions[number]
    alone = resolve(
        [report.article],
        [mention],
        [claim for claim in report.claims if claim.mention_id == mention.id],
        gazetteer=gazetteer(),
        now=NOW,
    )
    return replace(alone.events[0], id=id)


RAQQA_TOWN = Fact("place", "gn:172955", quote="in Raqqa")


def strike(name: str, on: str) -> Told:
    return tell(name, Happening("strike", [Fact("date", on), RAQQA_TOWN]), published="2031-05-04")


def test_events_that_a_round_up_counts_are_part_of_it() -> None:
    span = Fact("date", "2031-04-14/2031-05-02", quote="between 14 April and 2 May", joint=" ")
    whole = tell("Sum", Happening("strike", [span, RAQQA_TOWN], words="Four air strikes"), published="2031-05-03")
    one, two, later = strike("One", "2031-04-14"), strike("Two", "2031-04-22"), strike("Late", "2031-05-03")
    events = [event_of(id, report) for id, report in zip(("evt_1", "evt_2", "evt_3"), (one, two, later))]
    structure = by_hand(whole, one, two, later, groups=[*events, event_of("evt_9", whole)])
    assert [(tie.left, tie.name, tie.right) for tie in structure.related] == [
        ("evt_1", "part of", "evt_9"),
        ("evt_2", "part of", "evt_9"),
    ]
    assert [row.events for row in structure.counted] == [("evt_1", "evt_2")]


def test_far_more_events_than_are_counted_leave_the_count_open() -> None:
    reports = [strike(f"S{number}", f"2031-04-{number + 12:02d}") for number in range(12)]
    words = "There were two air strikes in the past month"
    count = tell("Sum", Happening("background.total", [RAQQA_TOWN], words=words), published="2031-05-04")
    events = [event_of(f"evt_{number:02d}", report) for number, report in enumerate(reports)]
    assert by_hand(*reports, count, groups=events).counted == ()
    (row,) = by_hand(*reports[:3], count, groups=events[:3]).counted
    assert (row.stated, len(row.events)) == ("2", 3)


def answered(name: str, first: Fact, second: Fact) -> Told:
    """A report of a strike on one town that answers one on another, both on one day."""
    on = Fact("date", "2031-05-01", quote="on Thursday")
    return tell(
        name,
        Happening("strike", [on, first], words="A strike"),
        Happening("strike", [on, second], words="The strike was in retaliation for a raid", ),
    )  # fmt: skip


def test_what_goes_both_ways_is_no_tie() -> None:
    here, there = RAQQA_TOWN, Fact("place", "gn:169577", quote="in Homs")
    one, other = answered("One", here, there), answered("Two", there, here)
    events = [
        replace(event_of("evt_1", one), mentions=tuple(sorted((one.mentions[0].id, other.mentions[1].id)))),
        replace(event_of("evt_2", one, 1), mentions=tuple(sorted((one.mentions[1].id, other.mentions[0].id)))),
    ]
    assert [tie.name for tie in by_hand(one, groups=events).related] == ["response to"]
    assert by_hand(one, other, groups=events).related == ()
