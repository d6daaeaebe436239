"""A digest: a heading a day, a line an event, and nothing a report wrote is read as Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from issues import ask, whole
from variorum.model import Event, Settled
from variorum.publish.digest import HELD, escape, write_digest
from variorum.publish.issue import issue_of


def text(**given: bool) -> str:
    return "".join(write_digest(ask(**given).issue, ""))


def lines(**given: bool) -> list[str]:
    return [line for line in text(**given).splitlines() if line.startswith(("## ", "- "))]


def test_days_months_and_what_is_not_dated_have_headings_in_order() -> None:
    assert [line for line in lines() if line.startswith("## ")] == [
        "## 2 May 2031",
        "## In June 2031",
        "## 3 to 5 June 2031",
        "## Undated",
    ]


def test_a_line_says_what_how_many_on_how_many_texts_on_whose_word_and_what_is_disputed() -> None:
    line = lines()[1]
    assert line.startswith("- **EV-1STR** Strike ")
    assert line.endswith(
        ", Ansongo: at least 39 civilians killed (contested). 2 independent texts in 3 reports; health ministry, "
        'the "ministry", outlets in their own words. Impossible in itself: distance. Contradicted: distance. '
        "Revised: killed. Changed in copies: killed."
    )


def test_nobody_killed_is_said_in_words() -> None:
    assert (
        lines()[3]
        == "- **EV-2MON** Attack: nobody killed. One independent text; health ministry, the outlet in its own words."
    )


def test_a_day_stands_in_the_heading_and_not_again_in_the_line() -> None:
    assert "June 2031" not in lines()[5]
    assert text().endswith("\n4 events.\n")


@pytest.mark.parametrize("sign", list("\\`*_[]<>#|~&!{}@$"))
def test_a_sign_that_markdown_reads_as_an_order_is_none(sign: str) -> None:
    assert escape(f"a {sign}b") == f"a \\{sign}b"


@pytest.mark.parametrize("plain", ["at least 3,500 killed (contested)", "Deir ez-Zor: 2.5 km", "The clinic said."])
def test_plain_words_stay_as_they_are(plain: str) -> None:
    assert escape(plain) == plain


def test_a_markdown_parser_reads_a_hostile_title_as_words() -> None:
    (inline,) = [token for token in MarkdownIt("commonmark").parse(text()) if "EV-1STR" in token.content]
    assert [token.type for token in inline.children or () if token.type != "text"] == ["strong_open", "strong_close"]
    words = "".join(token.content for token in inline.children or ())
    assert words.startswith(
        'EV-1STR Strike </script><img src=x onerror=alert(1)> "near" *Tarn* [x](javascript:y) & # @ {'
    )
    assert "\u202e" not in words


def test_an_address_in_a_title_is_no_link() -> None:
    assert "https://" not in escape("https://a.example/x www.b.example")
    assert "www.b" not in escape("www.b.example")


def test_events_of_one_first_day_stand_under_their_own_headings_however_they_are_mixed() -> None:
    _, month, days, _ = whole().events
    mixed = [replace(month, id="evt_A"), replace(days, id="evt_B"), replace(month, id="evt_C")]
    one_day = [replace(event, values=(_first_of_june(event, number),)) for number, event in enumerate(mixed)]
    told = "".join(write_digest(issue_of(replace(whole(), events=one_day)), ""))
    assert [line.split(" Attack")[0] for line in told.splitlines() if line.startswith(("##", "-"))] == [
        "## In June 2031",
        "- **evt_A**",
        "- **evt_C**",
        "## 1 June 2031",
        "- **evt_B**",
    ]


def _first_of_june(event: Event, number: int) -> Settled:
    return replace(event.values[0], value="2031-06-01" if number == 1 else "2031-06")


def test_a_digest_holds_so_many_lines_and_no_more() -> None:
    strike = whole().events[0]
    many = replace(whole(), events=[replace(strike, id=f"evt_{number}") for number in range(HELD + 2)])
    pieces = list(write_digest(issue_of(many), ""))
    assert sum("- **" in piece for piece in pieces) == HELD + 2
    assert [piece for piece in pieces if "##" in piece] == ["\n## 2 May 2031\n\n"]


@pytest.mark.parametrize("redacted", [False, True])
def test_a_redacted_digest_says_so(redacted: bool) -> None:
    assert ("Redacted by the profile care/1." in text(redacted=redacted)) is redacted


def test_a_part_is_asked_for_when_the_one_before_is_written() -> None:
    asked = ask()
    seen = [asked.parts for _ in write_digest(asked.issue, "")]
    assert set(seen) == {0, 2, 3, 4}  # a day is written when the next one begins
