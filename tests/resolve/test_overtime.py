"""Tolls over time: texts in, the figures of each source out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from variorum.model import Article, Claim, make_article, make_claim, make_mention
from variorum.resolve.overtime import Figure, tolls_over_time
from variorum.resolve.voices import make_said


@dataclass(frozen=True)
class Told:
    """One report: its day, its words, and the claims at their places."""

    name: str
    day: str | None
    text: str
    claims: Sequence[tuple[str, ...]]  # property, quote, value, source, and scope where not all
    copy_of: str | None = None
    stance: str = "asserts"


def figures(*reports: Told) -> list[Figure]:
    """Give the figures of these reports of one event."""
    articles: dict[str, Article] = {
        row.name: make_article(
            url=f"file:{row.name}", text=row.text, sha256="ab" * 32, fetched_at="", outlet=row.name, published=row.day
        )
        for row in reports
    }
    claims: list[Claim] = []
    article_of: dict[str, str] = {}
    for row in reports:
        article = articles[row.name]
        mention = make_mention(article, "rdg_1", "strike", 0, len(article.text))
        article_of[mention.id] = article.id
        for prop, quote, value, source, *scope in row.claims:
            start = article.text.index(quote)
            claims.append(
                make_claim(
                    mention,
                    article,
                    prop=prop,
                    value=value,
                    scope=scope[0] if scope else "all",
                    source=source,
                    stance=row.stance,  # type: ignore[arg-type]
                    start=start,
                    end=start + len(quote),
                )
            )
    roots = {articles[row.name].id: articles[row.copy_of or row.name].id for row in reports}
    by_id = {article.id: article for article in articles.values()}
    said = make_said(claims, article_of, by_id, roots)
    texts = {id: article.text for id, article in by_id.items()}
    return tolls_over_time(said, texts, {id: article.published for id, article in by_id.items()})


def rows(*reports: Told) -> list[tuple[str, str, str, str]]:
    return [(row.prop, row.source, row.value, row.direction) for row in figures(*reports)]


CLINIC = "Orontes clinic"


def test_a_source_is_followed_from_figure_to_figure_in_order_of_publication() -> None:
    third = Told("Tarn", "2031-04-18", "Eleven died, the clinic said.", [("killed", "Eleven", "11", CLINIC)])
    first = Told("Dove", "2031-04-14", "Seven died, the clinic said.", [("killed", "Seven", "7", CLINIC)])
    second = Told("Reed", "2031-04-15", "Twelve died, the clinic said.", [("killed", "Twelve", "12", CLINIC)])
    assert rows(third, first, second) == [
        ("killed", CLINIC, "7", "first"),
        ("killed", CLINIC, "12", "up"),
        ("killed", CLINIC, "11", "down"),
    ]


def test_each_source_has_its_own_course() -> None:
    one = Told("Tarn", "2031-04-14", "Seven died, the clinic said.", [("killed", "Seven", "7", CLINIC)])
    other = Told("Dove", "2031-04-15", "Nine died, police said.", [("killed", "Nine", "9", "Homs police")])
    again = Told("Reed", "2031-04-16", "Eight died, the clinic said.", [("killed", "Eight", "8", CLINIC)])
    assert rows(one, other, again) == [
        ("killed", CLINIC, "7", "first"),
        ("killed", CLINIC, "8", "up"),
        ("killed", "Homs police", "9", "first"),
    ]


def test_a_source_named_in_two_ways_is_one() -> None:
    full = Told(
        "Tarn", "2031-04-14", "Seven died, the Marenian health ministry said.",
        [("killed", "Seven", "7", "Marenian health ministry")],
    )  # fmt: skip
    short = Told(
        "Dove", "2031-04-15", "Nine died, the health ministry said.", [("killed", "Nine", "9", "health ministry")]
    )
    assert rows(full, short) == [
        ("killed", "Marenian health ministry", "7", "first"),
        ("killed", "Marenian health ministry", "9", "up"),
    ]


def test_undated_figures_come_last() -> None:
    undated = Told("Tarn", None, "Seven died, the clinic said.", [("killed", "Seven", "7", CLINIC)])
    dated = Told("Dove", "2031-04-15", "Nine died, the clinic said.", [("killed", "Nine", "9", CLINIC)])
    assert [(row.value, row.date) for row in figures(undated, dated)] == [("9", "2031-04-15"), ("7", None)]


def test_a_copy_adds_no_figure_and_one_that_changes_it_stands_last_as_drift() -> None:
    origin = Told("Tarn", "2031-04-14", "Seven died, the clinic said.", [("killed", "Seven", "7", CLINIC)])
    same = Told("Dove", "2031-04-15", "Seven people died, the clinic said.", [("killed", "Seven", "7", CLINIC)], "Tarn")
    wrong = Told("Reed", "2031-04-15", "Seventeen died, it said.", [("killed", "Seventeen", "17", CLINIC)], "Tarn")
    after = Told("Marl", "2031-04-16", "Nine died, the clinic said.", [("killed", "Nine", "9", CLINIC)])
    found = figures(origin, same, wrong, after)
    assert [(row.value, row.direction) for row in found] == [("7", "first"), ("9", "up"), ("17", "drift")]
    assert (found[2].date, found[2].article != found[2].lineage) == ("2031-04-15", True)


def test_a_copy_counts_where_its_original_is_silent() -> None:
    origin = Told("Tarn", "2031-04-14", "Seven died, the clinic said.", [("killed", "Seven", "7", CLINIC)])
    more = Told("Dove", "2031-04-15", "Nine were hurt, it said.", [("injured", "Nine", "9", CLINIC)], "Tarn")
    assert rows(origin, more) == [("killed", CLINIC, "7", "first"), ("injured", CLINIC, "9", "first")]


def test_what_a_report_says_twice_is_one_figure() -> None:
    text = "Seven dead\n\nAt least 7 were killed, the clinic said."
    report = Told("Tarn", "2031-04-14", text, [("killed", "Seven", "7", CLINIC), ("killed", "7", "7", CLINIC)])
    assert rows(report) == [("killed", CLINIC, "7", "first")]


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        ("7", "7", "same"),
        ("12..", "15", "up"),
        ("12..", "12", "same"),
        ("..200", "150", "down"),
        ("~400", "400", "same"),
        ("9..11", "12", "up"),
        ("12..", "9..11", "down"),
        ("20..30", "22", "down"),
    ],
)
def test_up_and_down_go_by_the_number_that_a_figure_states(before: str, after: str, direction: str) -> None:
    one = Told("Tarn", "2031-04-14", "Many were missing.", [("missing", "Many", before, CLINIC)])
    other = Told("Dove", "2031-04-15", "Many are missing.", [("missing", "Many", after, CLINIC)])
    assert [row[3] for row in rows(one, other)] == ["first", direction]


def test_a_denial_is_told_and_no_revision() -> None:
    one = Told("Tarn", "2031-04-14", "Seven died, the clinic said.", [("killed", "Seven", "7", CLINIC)])
    no = Told("Dove", "2031-04-15", "No: 9 died, no.", [("killed", "9", "9", CLINIC)], stance="denies")
    then = Told("Reed", "2031-04-16", "Six died, the clinic said.", [("killed", "Six", "6", CLINIC)])
    assert [row[2:] for row in rows(one, no, then)] == [("7", "first"), ("9", "denied"), ("6", "down")]


def test_scopes_and_properties_stand_apart_widest_first() -> None:
    report = Told(
        "Tarn", "2031-04-14", "Nine were held. Seven died, two of them children.",
        [
            ("detained", "Nine", "9", CLINIC),
            ("killed", "two", "2", CLINIC, "children"),
            ("killed", "Seven", "7", CLINIC),
        ],
    )  # fmt: skip
    assert [(row.prop, row.scope, row.value) for row in figures(report)] == [
        ("killed", "all", "7"),
        ("killed", "children", "2"),
        ("detained", "all", "9"),
    ]


def test_an_open_bound_is_none_and_each_figure_names_its_claim() -> None:
    report = Told("Tarn", "2031-04-14", "At least 12 are missing.", [("missing", "12", "12..", CLINIC)])
    (figure,) = figures(report)
    assert (figure.low, figure.high) == (12, None)
    assert figure.claim.startswith("clm_")


def test_what_is_no_toll_is_left_out() -> None:
    report = Told("Tarn", "2031-04-14", "Twelve vehicles burned.", [("vehicles", "Twelve", "12", CLINIC)])
    assert rows(report) == []
