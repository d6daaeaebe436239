"""Dates in articles."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.values.calendar import date_precision, show_date
from variorum.values.date import anchor_to_story, find_dates, find_published, parse_date

THURSDAY = "2017-09-14"


@pytest.mark.parametrize(
    ("text", "relative", "resolved"),
    [
        ("fired on Thursday, it said", ["rel:thu"], ["2017-09-14"]),
        ("late on Monday night", ["rel:mon"], ["2017-09-11"]),
        ("early on Tuesday", ["rel:tue"], ["2017-09-12"]),
        ("overnight on Tuesday", ["rel:tue"], ["2017-09-12"]),
        ("on Monday and Tuesday", ["rel:mon", "rel:tue"], ["2017-09-11", "2017-09-12"]),
        ("from Monday to Wednesday", ["rel:mon/rel:wed"], ["2017-09-11/2017-09-13"]),
        ("on Thursday last week", ["rel:thu-1w"], ["2017-09-07"]),
        ("at the weekend", ["rel:sat/rel:sun"], ["2017-09-09/2017-09-10"]),
        ("overnight", ["rel:-1d/rel:0d"], ["2017-09-13/2017-09-14"]),
        ("yesterday evening", ["rel:-1d"], ["2017-09-13"]),
        ("this morning", ["rel:0d"], ["2017-09-14"]),
        ("the day before yesterday", ["rel:-2d"], ["2017-09-12"]),
        ("last week", ["rel:-1w"], ["2017-09-04/2017-09-10"]),
        ("last month", ["rel:-1m"], ["2017-08"]),
        ("last year", ["rel:-1y"], ["2016"]),
        ("July last year", ["rel:-1y-07"], ["2016-07"]),
        ("three days ago", ["rel:-3d"], ["2017-09-11"]),
        ("a week ago", ["rel:-1w"], ["2017-09-04/2017-09-10"]),
        ("fled two years ago", ["rel:-2y"], ["2015"]),
        ("in the past 24 hours", ["rel:-1d/rel:0d"], ["2017-09-13/2017-09-14"]),
        ("over the last three weeks", ["rel:-3w/rel:0d"], ["2017-08-21/2017-09-14"]),
        ("on August 28 under a deal", ["XXXX-08-28"], ["2017-08-28"]),
        ("Sept. 14", ["XXXX-09-14"], ["2017-09-14"]),
        ("the 14th of September", ["XXXX-09-14"], ["2017-09-14"]),
        ("between 3 and 5 March", ["XXXX-03-03/XXXX-03-05"], ["2017-03-03/2017-03-05"]),
        ("3 and 5 March", ["XXXX-03-03", "XXXX-03-05"], ["2017-03-03", "2017-03-05"]),
        ("in late August", ["XXXX-08-21/XXXX-08-31"], ["2017-08-21/2017-08-31"]),
        ("early September", ["XXXX-09-01/XXXX-09-10"], ["2017-09-01/2017-09-10"]),
        ("In May the army came", ["XXXX-05"], ["2017-05"]),
        ("in July", ["XXXX-07"], ["2017-07"]),
    ],
)
def test_a_relative_date_stays_relative_until_the_publication_is_known(
    text: str, relative: list[str], resolved: list[str]
) -> None:
    assert [one.value for one in find_dates(text, None)] == relative
    assert [one.value for one in find_dates(text, THURSDAY)] == resolved


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2017-09-14", ["2017-09-14"]),
        ("Thursday 14 September 2017", ["2017-09-14"]),
        ("31 October, 2017", ["2017-10-31"]),
        ("March 3, 2019", ["2019-03-03"]),
        ("14/09/2017", ["2017-09-14"]),
        ("24-02-2015", ["2015-02-24"]),
        ("09/14/2017", ["2017-09-14"]),
        ("3-5 March 2018", ["2018-03-03/2018-03-05"]),
        ("from 28 August to 3 September 2017", ["2017-08-28/2017-09-03"]),
        ("September 14-15, 2017", ["2017-09-14/2017-09-15"]),
        ("March 2011", ["2011-03"]),
        ("between March and June 2017", ["2017-03/2017-06"]),
        ("mid-2016", ["2016-05/2016-08"]),
        ("the first half of 2016", ["2016-01/2016-06"]),
        ("the summer of 2016", ["2016-06/2016-08"]),
        ("the 1990s", ["1990/1999"]),
        ("in 2015", ["2015"]),
        ("between 2011 and 2015", ["2011/2015"]),
    ],
)
def test_a_written_date_needs_no_publication(text: str, values: list[str]) -> None:
    assert [one.value for one in find_dates(text, None)] == values


@pytest.mark.parametrize(
    "text",
    [
        "He may go; the march went on",
        "2015 people fled",
        "at 2015 metres",
        "03/04/2017",
        "12 hours earlier",
        "two days later",
        "on the eve of the talks",
        "the Sunday Times",
        "every Friday",
        "the 9/11 attacks",
        "May Karrun said",
        "18 torpedoes and eight missiles",
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text: str) -> None:
    assert find_dates(text, THURSDAY) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The talks will resume on Monday.", "2017-09-18"),
        ("They are due to meet on 3 October.", "2017-10-03"),
        ("He will be heard on Thursday.", "2017-09-14"),
        ("They plan to return on Wednesday.", "2017-09-20"),
        ("It could not look into Tuesday's raid.", "2017-09-12"),
        ("It will say what happened, a man said on Monday.", "2017-09-11"),
        ("They met on Monday.", "2017-09-11"),
        ("It fell due to shelling on Monday.", "2017-09-11"),
        ("The visit scheduled for April 10 was called off.", "2017-04-10"),
    ],
)
def test_a_day_to_come_lies_after_publication(text: str, value: str) -> None:
    assert [one.value for one in find_dates(text, THURSDAY)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The poll of 3 October is in doubt.", "2017-10-03"),
        ("It is in doubt until 1 January.", "2018-01-01"),
        ("The talks of May 3 were called off.", "2017-05-03"),
        ("They killed nine on 3 October.", "2016-10-03"),
        ("On 3 October they killed nine.", "2016-10-03"),
        ("By December it had taken the town.", "2016-12"),
        ("They killed nine on 15 September.", "2017-09-15"),  # a day on, of another time zone
        ("They met last December.", "2016-12"),
    ],
)
def test_a_day_without_a_year_that_comes_soon_and_is_not_past_is_to_come(text: str, value: str) -> None:
    assert [one.value for one in find_dates(text, THURSDAY)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Thursday", "2017-09-14"),
        ("last Thursday", "2017-09-07"),
        ("last Wednesday", "2017-09-13"),
        ("last weekend", "2017-09-09/2017-09-10"),
    ],
)
def test_the_last_such_day_is_never_that_of_publication(text: str, value: str) -> None:
    assert [one.value for one in find_dates(text, THURSDAY)] == [value]


def test_the_last_weekend_ends_before_a_report_of_a_sunday() -> None:
    assert [one.value for one in find_dates("last weekend", "2017-09-17")] == ["2017-09-09/2017-09-10"]


def test_a_moment_told_again_in_another_zone_is_no_second_date() -> None:
    text = "It struck at 1 a.m. on Tuesday (2200 GMT Monday)."
    assert [one.value for one in find_dates(text, THURSDAY)] == ["2017-09-12"]


@pytest.mark.parametrize(
    "text", ["He fled in the war.", "It is quiet now.", "At 3 a.m. a shell fell.", "two days later"]
)
def test_a_text_that_states_no_day_is_not_given_that_of_publication(text: str) -> None:
    assert find_dates(text, THURSDAY) == []


@pytest.mark.parametrize(
    ("text", "ucdp", "acled"),
    [
        ("early on Tuesday", 1, 1),
        ("overnight", 2, 2),
        ("in the past 24 hours", 2, 2),
        ("at the weekend", 2, 2),
        ("last week", 3, 2),
        ("in the first week of May", 3, 2),
        ("in late August", 4, 3),
        ("over the past three weeks", 4, 3),
        ("last month", 4, 3),
        ("last summer", 5, 3),
        ("last year", 5, 3),
    ],
)
def test_how_closely_words_date_has_its_codes(text: str, ucdp: int, acled: int) -> None:
    (one,) = find_dates(text, THURSDAY)
    precision = date_precision(one.value)
    assert (precision.ucdp, precision.acled) == (ucdp, acled)


def test_the_start_of_a_period_is_marked() -> None:
    marks = {one.raw: one.extra.get("since") for one in find_dates("since March 2011, and in 2015", THURSDAY)}
    assert marks == {"March 2011": "1", "2015": None}


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("a thousand have died since the assault was launched on November 15", "1"),
        ("112 people have been killed since the attack began on Sunday", "1"),
        ("since May they have said that it began. On Sunday two people died", None),
    ],
)
def test_what_began_on_a_day_goes_on_since_it(text: str, since: str | None) -> None:
    assert find_dates(text, THURSDAY)[-1].extra.get("since") == since


def test_the_words_used_are_kept() -> None:
    (one,) = find_dates("fired on Thursday", THURSDAY)
    assert (one.raw, one.extra["basis"], one.extra["relative"]) == ("Thursday", "Thursday", "rel:thu")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Missiles fired\n2 min read\n31 October, 2017\nA vessel fired three missiles.", "2017-10-31"),
        ("Wed 05 Apr 2017 10.00 BST\nThe town fell.", "2017-04-05"),
        ("Title\nPublished: 3 March 2019\nUpdated: 4 March 2019\n", "2019-03-03"),
        ("Title\nLast updated: 4 March 2019\nPublished: 3 March 2019\n", "2019-03-03"),
        ("DORRIN, March 3, 2017 (Nordwire) - The army took the town.", "2017-03-03"),
        ("Wed 05 Apr 2017 Town falls after a siege of two years, a monitor says. The army", "2017-04-05"),
        ("Raids kill five near Dorrin Monitor Nordwire Saturday 16 Jul 2016 Air raids", "2016-07-16"),
        ("Raids killed five near Dorrin on Saturday 16 July 2016 and five more the day after that, it said", None),
        ("DORRIN, March 3 (Nordwire) - The army took the town.", None),
        ("The army took the town on 3 March 2017 after a siege of two years, a monitor said.", None),
        ("Title\n\nMarch 2017\n", None),
        ("", None),
    ],
)
def test_the_publication_date_is_read_in_the_head(text: str, value: str | None) -> None:
    found = find_published(text)
    assert (found.value if found else None) == value
    assert found is None or text[found.start : found.end] == found.raw


def test_a_date_far_down_is_not_the_publication_date() -> None:
    assert find_published("A line of the story.\n" * 20 + "3 March 2019\n") is None


def test_a_history_gives_the_year_to_the_dates_after_it() -> None:
    text = "It began in December 1941. In January the port fell, and on 3 May the fort."
    told = anchor_to_story(find_dates(text, None), "2009-12-19")
    assert [one.value for one in told] == ["1941-12", "1942-01", "1942-05-03"]


def test_a_far_year_in_a_history_is_an_aside() -> None:
    text = "In June 1941 it began. A book of May 2004 tells more. On 3 July the port fell."
    told = anchor_to_story(find_dates(text, None), "2009-12-19")
    assert [one.value for one in told] == ["1941-06", "2004-05", "1941-07-03"]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("rel:thu", "rel:thu"),
        ("14 September 2017", "2017-09-14"),
        ("2017", "2017"),
        ("Thursday", "rel:thu"),
        ("soon", None),
    ],
)
def test_a_phrase_is_read_as_one_date(raw: str, value: str | None) -> None:
    assert parse_date(raw) == value


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_date_shown_is_read_back_the_same(day: date, length: int) -> None:
    value = day.isoformat()[:length]
    assert parse_date(show_date(value)) == value


PIECES = [
    "3",
    "5",
    "March",
    "May",
    "2017",
    "Thursday",
    "to",
    "and",
    "-",
    ",",
    "last",
    "week",
    "in",
    "late",
    "a",
    "ago",
    "two",
]


@given(st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join))
def test_dates_lie_where_they_say_and_do_not_overlap(text: str) -> None:
    position = 0
    for one in find_dates(text, THURSDAY):
        assert position <= one.start < one.end
        assert one.raw == text[one.start : one.end]
        position = one.end


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Gunmen strike\nSella, Westland - March 6, 2025 - Gunmen killed four people in the hills.", "2025-03-06"),
        ("Gunmen strike\nSELLA, 6 March 2025: Gunmen killed four people in the hills near the dam.", "2025-03-06"),
        (
            "Gunmen strike\nPort Sella, 6 March 2025 (Osk Agency) - Gunmen killed four at the dam.",
            "2025-03-06",
        ),
        ("Gunmen strike\nSELLA, March 6: Gunmen killed four people in the hills near the old dam.", None),
        ("Gunmen strike\nThe Sella raid of March 6, 2025 was the first of nine in the hills near the dam.", None),
    ],
)
def test_a_dateline_with_its_year_dates_the_report(text: str, value: str | None) -> None:
    found = find_published(text)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "raw", "value"),
    [
        ("A bomb went off shortly after midnight on Thursday.", "Thursday", "2023-11-16"),
        ("Shells fell just before dawn on Monday.", "Monday", "2023-11-13"),
        ("They struck around noon Friday.", "Friday", "2023-11-17"),
        ("Nine died in last Sunday's raid.", "last Sunday", "2023-11-12"),
        ("They claimed Wednesday's ambush.", "Wednesday", "2023-11-15"),
    ],
)
def test_a_day_beside_a_time_or_with_a_possessive_is_a_date(text: str, raw: str, value: str) -> None:
    assert [(found.raw, found.value) for found in find_dates(text, "2023-11-17")] == [(raw, value)]
