"""What waits for a person: which questions, in which order, and when they are asked no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import factories as make
from variorum.errors import UsageError
from variorum.ledger import Ledger, Waiting
from variorum.model import Event, Judgement, Named, Relation, Ruling
from variorum.pipeline import Answer, Item, Report, Says, find_queue, follow, make_card, make_rows, pair_item, run
from variorum.pipeline.placedoubt import at_entry, judge_place

NOW = make.NOW
REPORTS = [
    # Two reports that may be of one event: same town and day, another toll, told by another source.
    ("Tarn Post", "2031-04-04", "Four people were killed on 3 April when shells hit a market in Homs, a clinic said."),
    ("Dove Daily", "2031-04-04", "Nine people were killed on 3 April when shells hit a market in Homs, the army said."),
    ("Wadi Herald", "2031-04-12", "Six people were killed on 11 April in an air strike on Mosul, the council said."),
    # A name with several bearers.
    (
        "Hill Echo",
        "2031-04-20",
        "Gunmen killed three people in the hamlet of San Teodoro on 19 April, a mayor said.",
    ),
]


def write(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    lines = [
        {"url": f"https://x.invalid/{number}", "outlet": outlet, "published": day, "text": f"Report {number}\n\n{text}"}
        for number, (outlet, day, text) in enumerate(rows)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in lines), encoding="utf-8")
    return path


@pytest.fixture
def ledger(tmp_path: Path, sqlite_file: Path) -> Iterator[Ledger]:
    with Ledger.open(sqlite_file) as opened:
        run([write(tmp_path / "reports.jsonl", REPORTS)], opened, now=NOW, workers=1)
        yield opened


def of_kind(items: list[Item], kind: str) -> Item:
    return next(item for item in items if item.kind == kind)


def decide(ledger: Ledger, item: Item, says: Says, by: str, *, blind: bool = False, value: str = "") -> int:
    rows = make_rows(ledger, item, Answer(says, by, NOW, f"{by} read them", value, blind))
    return ledger.decide(rows)[0].act


def wait_for(ledger: Ledger, *pairs: tuple[int, int, float]) -> None:
    """Let pairs of reports wait, by number."""
    mentions = [next(iter(ledger.mentions(article.id))).id for article in ledger.articles()]
    rows = []
    for one, other, score in pairs:
        left, right = sorted((mentions[one - 1], mentions[other - 1]))
        rows.append(Waiting(left, right, score, "unsure"))
    ledger.replace_derived(
        events=list(ledger.events()),
        redirects=list(ledger.redirects()),
        register=list(ledger.register()),
        waiting=rows,
        now=NOW,
    )


def test_a_contradiction_and_a_place_with_several_bearers_wait(ledger: Ledger) -> None:
    items = find_queue(ledger)
    assert {"contradiction", "place"} <= {item.kind for item in items}
    place = of_kind(items, "place")
    assert place.why.startswith("“San Teodoro” is taken for San Teodoro, ")
    assert of_kind(items, "contradiction").why.startswith("killed: 4 ")


def test_most_useful_first_is_lineages_times_doubt(ledger: Ledger) -> None:
    wait_for(ledger, (1, 3, 0.5), (3, 4, 0.5), (2, 4, 0.7))
    pairs = find_queue(ledger, kinds=["same"])
    # The event of reports 1 and 2 has two lineages, the others one each.
    assert [(item.score, round(item.usefulness, 2)) for item in pairs] == [(0.5, 3.0), (0.5, 2.0), (0.7, 1.8)]


def test_the_queue_is_the_same_each_time(ledger: Ledger) -> None:
    wait_for(ledger, (1, 3, 0.5), (2, 4, 0.5), (3, 4, 0.5))
    assert find_queue(ledger) == find_queue(ledger)


def test_what_waits_is_written_with_the_events_and_only_then(ledger: Ledger) -> None:
    before = ledger.dump()
    follow(ledger, Report(), command="run", now=NOW)
    assert ledger.dump() == before


@pytest.mark.parametrize("says", ["yes", "no"])
def test_what_was_decided_comes_back_to_nobody(ledger: Ledger, says: Says) -> None:
    for kind in ("contradiction", "place"):
        item = of_kind(find_queue(ledger, by="ada"), kind)
        decide(ledger, item, says, "ada")
        for by in ("ada", "bo", ""):
            assert item.subjects not in {one.subjects for one in find_queue(ledger, by=by)}


def test_a_decision_that_is_taken_back_waits_again(ledger: Ledger) -> None:
    before = find_queue(ledger)
    number = decide(ledger, of_kind(before, "place"), "no", "ada")
    assert len(find_queue(ledger)) == len(before) - 1
    ledger.retract(number, by="ada", at=NOW)
    assert find_queue(ledger) == before


def test_of_what_one_is_unsure_another_is_asked(ledger: Ledger) -> None:
    wait_for(ledger, (1, 3, 0.5))
    item = of_kind(find_queue(ledger, by="ada"), "same")
    decide(ledger, item, "unsure", "ada")
    assert find_queue(ledger, kinds=["same"], by="ada") == []
    assert find_queue(ledger, kinds=["same"], by="bo") == [item]


def test_two_events_that_a_person_told_apart_wait_no_more_after_the_next_run(ledger: Ledger) -> None:
    wait_for(ledger, (1, 3, 0.5), (2, 3, 0.5))
    first, second = find_queue(ledger, kinds=["same"])
    decide(ledger, first, "no", "ada")
    follow(ledger, Report(), command="review", now=NOW)
    assert find_queue(ledger, kinds=["same"], by="bo") == []
    assert second.subjects != first.subjects


def test_a_second_reviewer_is_asked_what_others_decided_and_nothing_else(ledger: Ledger) -> None:
    assert find_queue(ledger, by="bo", second=True) == []
    item = of_kind(find_queue(ledger, by="ada"), "place")
    decide(ledger, item, "no", "ada")
    asked = find_queue(ledger, by="bo", second=True)
    assert [(one.kind, one.subjects) for one in asked] == [("place", item.subjects)]
    assert find_queue(ledger, by="ada", second=True) == []
    decide(ledger, asked[0], "yes", "bo", blind=True)
    assert find_queue(ledger, by="bo", second=True) == []


def test_who_decided_openly_is_not_asked_blind(ledger: Ledger) -> None:
    item = of_kind(find_queue(ledger), "contradiction")
    for by in ("ada", "bo"):
        decide(ledger, item, "yes", by)
    assert find_queue(ledger, by="bo", second=True) == []


@pytest.mark.parametrize("kind", ["same", "contradiction", "place"])
def test_the_second_queue_and_its_cards_are_the_same_whatever_was_decided(ledger: Ledger, kind: str) -> None:
    wait_for(ledger, (1, 3, 0.5), (3, 4, 0.6))
    chosen = [item for item in find_queue(ledger, by="ada") if item.kind == kind]
    assert chosen != []
    seen = []
    for says in ("yes", "no"):
        numbers = [decide(ledger, item, says, "ada") for item in chosen]
        follow(ledger, Report(), command="review", now=NOW)
        items = find_queue(ledger, by="bo", second=True)
        assert len(items) == len(chosen)
        seen.append((items, [make_card(ledger, item, blind=True) for item in items]))
        for number in numbers:
            ledger.retract(number, by="ada", at=NOW)
    assert seen[0] == seen[1]


def test_a_blind_word_changes_no_event(ledger: Ledger) -> None:
    wait_for(ledger, (1, 3, 0.5))
    for item in find_queue(ledger, by="ada"):
        decide(ledger, item, "unsure" if item.kind == "same" else "yes", "ada")
    follow(ledger, Report(), command="review", now=NOW)
    before = list(ledger.events())
    for item in find_queue(ledger, by="bo", second=True):
        decide(ledger, item, "yes" if item.kind == "same" else "no", "bo", blind=True)
    follow(ledger, Report(), command="review", now=NOW)
    assert list(ledger.events()) == before


def test_words_that_differ_come_first_with_both_reasons(ledger: Ledger) -> None:
    item = of_kind(find_queue(ledger, by="ada"), "place")
    decide(ledger, item, "yes", "ada")
    decide(ledger, item, "no", "bo", blind=True)
    first = find_queue(ledger, by="cy")[0]
    assert (first.kind, first.asks, first.subjects) == ("disagreement", "place", item.subjects)
    assert [(word.by, word.says, word.reason, word.blind) for word in first.words] == [
        ("ada", "accept", "ada read them", False),
        ("bo", "reject", "bo read them", True),
    ]


def test_words_that_differ_wait_until_somebody_spoke_who_could_see_both(ledger: Ledger) -> None:
    item = of_kind(find_queue(ledger, by="ada"), "contradiction")
    decide(ledger, item, "yes", "ada")
    decide(ledger, item, "no", "bo", blind=True)
    for by in ("ada", "bo", "cy"):
        assert len(find_queue(ledger, kinds=["disagreement"], by=by)) == 1
    decide(ledger, find_queue(ledger, kinds=["disagreement"], by="cy")[0], "yes", "cy")
    for by in ("ada", "bo", "cy"):
        assert find_queue(ledger, kinds=["disagreement"], by=by) == []


def test_who_is_unsure_differs_with_nobody(ledger: Ledger) -> None:
    wait_for(ledger, (1, 3, 0.5))
    item = of_kind(find_queue(ledger, by="ada"), "same")
    decide(ledger, item, "unsure", "ada")
    decide(ledger, item, "yes", "bo")
    assert find_queue(ledger, kinds=["disagreement"], by="cy") == []


def test_one_answer_holds_for_all_claims_of_a_place_in_an_event(ledger: Ledger, tmp_path: Path) -> None:
    again = (
        "Post Two",
        "2031-04-21",
        "Two men shot three people dead in the hamlet of San Teodoro on 19 April.",
    )
    run([write(tmp_path / "more.jsonl", [*REPORTS, again])], ledger, now=NOW, workers=1)
    item = of_kind(find_queue(ledger, kinds=["place"]), "place")
    assert len(item.subjects) == 2
    number = decide(ledger, item, "instead", "ada", value="gn:79415")
    assert [row.what.value for row in ledger.decision(number)] == ["gn:79415"] * 2  # type: ignore[union-attr]
    follow(ledger, Report(), command="review", now=NOW)
    assert any(value.value == "gn:79415" for event in ledger.events() for value in event.values)


def test_parts_of_one_sum_that_cannot_be_are_one_question(ledger: Ledger) -> None:
    event = next(event for event in ledger.events() if len(event.mentions) > 1)
    claims = sorted(claim.id for claim in ledger.claims(event_id=event.id))
    sums = tuple(Relation("impossible", "killed", id, claims[0], "5 + 9 exceed 12") for id in claims[1:3])
    others = [one for one in ledger.events() if one.id != event.id]
    ledger.replace_derived(
        events=[*others, Event(event.id, event.kind, event.title, event.mentions, event.values, sums)],
        redirects=[],
        register=[Named(row.event_id, row.founder, row.named_at) for row in ledger.register()],
        now=NOW,
    )
    items = find_queue(ledger, kinds=["contradiction"])
    assert [item.why for item in items] == ["killed: 5 + 9 exceed 12"]
    rows = make_rows(ledger, items[0], Answer("no", "ada", NOW))
    assert [(row.subject, row.other) for row in rows if isinstance(row, Ruling)] == [
        (id, claims[0]) for id in claims[1:3]
    ]
    ledger.decide(rows)
    assert find_queue(ledger, kinds=["contradiction"]) == []


def mentions_of(ledger: Ledger) -> list[str]:
    return [next(iter(ledger.mentions(article.id))).id for article in ledger.articles()]


def join(ledger: Ledger, by: str, *, blind: bool = False) -> tuple[str, list[str]]:
    """Say in one decision that the first mention is one event with the two after it."""
    first, *others = sorted(mentions_of(ledger)[:3])
    ledger.decide([Judgement(first, other, "same", by, None, "", NOW, blind=blind) for other in others])
    return first, others


def test_a_second_reviewer_is_asked_each_pair_of_one_decision(ledger: Ledger) -> None:
    first, others = join(ledger, "ada")
    items = find_queue(ledger, by="bo", second=True)
    assert sorted(item.subjects for item in items) == [(first, other) for other in others]
    assert all(make_card(ledger, item, blind=True) is not None for item in items)
    decide(ledger, items[0], "yes", "bo", blind=True)
    assert find_queue(ledger, by="bo", second=True) == items[1:]


def test_a_disagreement_on_one_pair_of_a_decision_is_about_that_pair(ledger: Ledger) -> None:
    first, others = join(ledger, "ada")
    ledger.decide([Judgement(first, others[1], "different", "bo", None, "", NOW, blind=True)])
    (item,) = find_queue(ledger, kinds=["disagreement"], by="cy")
    assert item.subjects == (first, others[1])
    rows = make_rows(ledger, item, Answer("no", "cy", NOW))
    assert [(row.left, row.right) for row in rows if isinstance(row, Judgement)] == [item.subjects]


def rulings_on(ledger: Ledger, by: str, *, accept: bool) -> list[Ruling]:
    """One word each on the source, value and mention of the first report's toll, and on the report."""
    claim = next(claim for claim in ledger.claims() if claim.prop == "killed")
    article_id = ledger.mention(claim.mention_id).article_id
    verdict = "accept" if accept else "reject"
    return [
        Ruling(claim.id, verdict, None, by, "", NOW),  # type: ignore[arg-type]
        Ruling(claim.id, "correct", "clinic" if accept else "", by, "", NOW, field="source"),
        Ruling(claim.mention_id, verdict, None, by, "", NOW, field="kind"),  # type: ignore[arg-type]
        Ruling(article_id, verdict, None, by, "", NOW, field="report"),  # type: ignore[arg-type]
    ]


def test_claims_kinds_and_reports_are_asked_of_a_second_reviewer(ledger: Ledger) -> None:
    for row in rulings_on(ledger, "ada", accept=False):
        ledger.decide([row])
    items = find_queue(ledger, by="bo", second=True)
    assert sorted((item.kind, item.name) for item in items) == [
        ("kind", ""),
        ("report", ""),
        ("value", ""),
        ("value", "source"),
    ]
    cards = {item.kind + item.name: make_card(ledger, item, blind=True) for item in items}
    assert [card and card.question for _, card in sorted(cards.items())] == [
        "Does this tell of an event of this kind?",
        "Does this report count?",
        "Is this what the report says?",
        "Is this who says it?",
    ]
    for item in items:
        decide(ledger, item, "yes", "bo", blind=True)
    assert find_queue(ledger, by="bo", second=True) == []


def test_what_people_differ_on_about_claims_kinds_and_reports_is_shown(ledger: Ledger) -> None:
    for by in ("ada", "bo"):
        for row in rulings_on(ledger, by, accept=by == "ada"):
            ledger.decide([row])
    asked = find_queue(ledger, kinds=["disagreement"], by="cy")
    assert sorted((item.asks, item.name) for item in asked) == [
        ("kind", ""),
        ("report", ""),
        ("value", ""),
        ("value", "source"),
    ]


def test_what_a_report_says_is_typed_and_parsed(ledger: Ledger) -> None:
    for row in rulings_on(ledger, "ada", accept=False):
        ledger.decide([row])
    items = {item.kind + item.name: item for item in find_queue(ledger, by="bo", second=True)}
    typed = {"value": "at least 12", "valuesource": "own voice", "kind": "bombing"}
    rows = [make_rows(ledger, items[key], Answer("instead", "bo", NOW, "", words)) for key, words in typed.items()]
    assert [(row.field, row.verdict, row.value) for (row,) in rows if isinstance(row, Ruling)] == [
        ("value", "correct", "12.."),
        ("source", "correct", ""),
        ("kind", "correct", "bombing"),
    ]
    with pytest.raises(UsageError, match="is no count"):
        make_rows(ledger, items["value"], Answer("instead", "bo", NOW, "", "many"))


def test_that_one_field_is_as_it_was_read_leaves_what_was_said_of_the_others(ledger: Ledger) -> None:
    for row in rulings_on(ledger, "ada", accept=False):
        ledger.decide([row])
    item = next(item for item in find_queue(ledger, by="bo", second=True) if item.name == "source")
    (row,) = make_rows(ledger, item, Answer("yes", "bo", NOW))
    assert isinstance(row, Ruling)
    assert (row.field, row.verdict, row.value) == ("source", "correct", ledger.claim(item.subjects[0]).source)


def test_held_back_words_wait_and_are_struck_by_a_ruling(sqlite_file: Path) -> None:
    with Ledger.open(sqlite_file) as ledger:
        article = make.article()
        ledger.add_article(article)
        ledger.add_extraction(make.extraction(article, held=1))
        item = of_kind(find_queue(ledger, by="ada"), "held back")
        card = make_card(ledger, item)
        assert card is not None
        assert card.passages[0].said == ("killed = 3, from “three”: no such words, 0",)
        rows = make_rows(ledger, item, Answer("no", "ada", NOW))
        assert [(row.subject, row.field, row.verdict) for row in rows if isinstance(row, Ruling)] == [
            (item.subjects[0], "words", "reject")
        ]
        ledger.decide(rows)
        assert find_queue(ledger, by="bo") == []
        assert ledger.check() == []


def test_any_two_reports_can_be_asked_about(ledger: Ledger) -> None:
    mentions = [next(iter(ledger.mentions(article.id))).id for article in ledger.articles()]
    card = make_card(ledger, pair_item(ledger, mentions[3], mentions[0], None))
    assert card is not None
    assert card.evidence is not None
    assert [one.article.outlet for one in card.passages] == ["Tarn Post", "Hill Echo"]


def test_an_answer_that_a_question_does_not_have_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="unsure is no answer to place"):
        make_rows(ledger, of_kind(find_queue(ledger), "place"), Answer("unsure", "ada", NOW))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("gn:1", "gn:9"),
        ("gn:1;dir=S;d=25000;near", "gn:9;dir=S;d=25000;near"),
        ("name:Bala;in=gn:3;near", "gn:9;near"),
    ],
)
def test_another_entry_keeps_direction_and_distance(value: str, expected: str) -> None:
    assert at_entry(value, "gn:9") == expected


def test_a_place_without_a_rival_is_not_in_doubt() -> None:
    assert judge_place("gn:79415", "Hodeidah", {}) is None
    assert judge_place("name:Bala Wadi", "Bala Wadi", {}) == ("“Bala Wadi” is in no gazetteer", 0.6)
