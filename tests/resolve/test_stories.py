"""Articles grouped into stories. All reports are invented."""

from __future__ import annotations

import random

import pytest

from factories import article
from variorum.model import Article
from variorum.resolve.stories import explain_story, find_stories

MARKET = (
    "Air strike on market in Qasr al-Wadi kills nine\n"
    "An air strike hit the crowded vegetable market of Qasr al-Wadi on Thursday, killing nine traders. Warplanes "
    "dropped two bombs on the stalls, rescue workers said. The wounded were taken to the Karim clinic."
)
MARKET_TOO = (
    "Nine traders dead as warplanes bomb Qasr al-Wadi market\n"
    "Warplanes bombed a vegetable market in Qasr al-Wadi on Thursday. Nine traders were killed, rescue workers said, "
    "and dozens of wounded were carried to the Karim clinic. Stalls burned for hours."
)
FUNERALS = (
    "Qasr al-Wadi buries traders killed in market strike\n"
    "Hundreds walked behind the coffins of the traders killed when warplanes bombed the vegetable market of Qasr "
    "al-Wadi. A tenth trader died of wounds in the Karim clinic overnight, rescue workers said."
)
BRIDGE = (
    "Drone strike on bridge near Tel Orva kills three soldiers\n"
    "A drone fired a missile at an army checkpoint on the Orva river bridge on Monday. Three soldiers died and the "
    "road to Tel Orva was closed, the governor said. The army blamed the Eastern Front."
)
TALKS = (
    "Envoys meet in Lindhaven for second round of talks\n"
    "Delegations of both sides arrived in Lindhaven for negotiations about prisoners and a truce. The envoy of the "
    "United Nations called the mood sober."
)


def report(name: str, text: str, published: str | None = "2031-05-02") -> Article:
    return article(name, text, published=published)


def together(*reports: Article) -> bool:
    return len(find_stories(reports)) == 1


def test_two_reports_of_one_strike_are_one_story() -> None:
    assert together(report("one", MARKET), report("two", MARKET_TOO))


def test_a_follow_up_of_the_next_day_joins() -> None:
    assert together(report("one", MARKET), report("two", MARKET_TOO), report("three", FUNERALS, "2031-05-03"))


def test_strikes_of_other_days_and_towns_stay_apart() -> None:
    assert not together(report("one", MARKET), report("two", BRIDGE, "2031-05-06"))


def test_strikes_told_in_the_same_words_of_other_towns_and_months_stay_apart() -> None:
    first = "Shelling of {} kills two\nShells fell on {} at night. Two people died, the mayor of {} said."
    one = first.format(*["Orvale"] * 3) + " A school on Mill Road lost its roof and the baker his oven."
    two = first.format(*["Dersa"] * 3) + " Farms beside the canal burned until the fire brigade of Tarn came."
    assert not together(report("one", one), report("two", two, "2031-09-20"))


def test_undated_reports_are_grouped_by_what_they_say() -> None:
    stories = find_stories([report(str(n), text, None) for n, text in enumerate((MARKET, MARKET_TOO, BRIDGE, TALKS))])
    assert sorted(map(len, stories)) == [1, 1, 2]


def test_an_undated_report_joins_dated_ones() -> None:
    assert together(report("one", MARKET), report("two", MARKET_TOO, None))


@pytest.mark.parametrize("published", ["Thursday", "", "2031", "2031-13-40"])
def test_a_date_that_is_none_counts_as_undated(published: str) -> None:
    assert together(report("one", MARKET), report("two", MARKET_TOO, published))


def test_an_empty_text_stands_alone() -> None:
    stories = find_stories([report("one", ""), report("two", " \n"), report("three", MARKET)])
    assert [len(story) for story in stories] == [1, 1, 1]


def test_of_no_articles_there_are_no_stories() -> None:
    assert find_stories([]) == ()


def test_an_article_given_twice_is_in_one_story_once() -> None:
    one = report("one", MARKET)
    assert find_stories([one, one]) == ((one.id,),)


def test_the_order_of_articles_does_not_matter() -> None:
    texts = [MARKET, MARKET_TOO, FUNERALS, BRIDGE, TALKS]
    reports = [
        report(f"{n}.{day}", text.replace("nine", str(n + 3)), f"2031-05-{day:02}")
        for n, text in enumerate(texts)
        for day in range(1, 9)
    ]
    wanted = find_stories(reports)
    for seed in range(5):
        random.Random(seed).shuffle(reports)
        assert find_stories(iter(reports)) == wanted


def test_every_article_is_in_one_story_and_all_is_sorted() -> None:
    reports = [report(str(n), text) for n, text in enumerate((MARKET, MARKET_TOO, BRIDGE, TALKS))]
    stories = find_stories(reports)
    assert sorted(id for story in stories for id in story) == sorted(one.id for one in reports)
    assert list(stories) == sorted(tuple(sorted(story)) for story in stories)


def test_a_round_up_does_not_join_two_stories() -> None:
    market = [report("one", MARKET), report("two", MARKET_TOO), report("three", FUNERALS, "2031-05-03")]
    again = BRIDGE.replace("soldiers died", "soldiers were killed")
    bridge = [report("four", BRIDGE, "2031-04-29"), report("five", again, "2031-04-29")]
    round_up = report("round-up", f"The week in brief\n{MARKET}\n{BRIDGE}", "2031-05-03")
    story_of = {id: number for number, story in enumerate(find_stories([*market, *bridge, round_up])) for id in story}
    assert story_of[market[0].id] != story_of[bridge[0].id]


def test_the_reasons_of_two_reports_of_one_story_add_up_above_zero() -> None:
    reasons = explain_story(report("one", MARKET), report("two", MARKET_TOO))
    assert sum(reason.weight for reason in reasons) > 0
    assert "market" in next(reason.note for reason in reasons if reason.name == "words of the title")


def test_the_reasons_name_the_days_between() -> None:
    reasons = {one.name: one for one in explain_story(report("a", MARKET), report("b", BRIDGE, "2032-05-02"))}
    assert reasons["dates"].note == "366 days apart"
    assert reasons["dates"].weight < 0
    assert sum(one.weight for one in reasons.values()) < 0


def test_the_reasons_are_the_same_for_both_sides() -> None:
    one, two = report("one", MARKET), report("two", FUNERALS)
    assert explain_story(one, two) == explain_story(two, one)
