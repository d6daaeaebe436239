"""Copies: reprints, abridgements, rewrites and updates found; independent reports of one statement left alone."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.gather import alike, copies
from variorum.gather.copies import find_copies, find_copies_by_imprint
from variorum.gather.credits import find_credits
from variorum.gather.imprints import make_imprints, read_wording
from variorum.gather.shingles import make_wording, sketch
from variorum.model import Article, Copy, make_article

WIRE = (
    "PORT ARDAN (Reuters) - A missile struck a grain warehouse in the harbour of Port Ardan before dawn on Tuesday, "
    "killing nine workers and setting two barges on fire, residents and a local official said.\n"
    "The blast was heard fifteen kilometres away and shattered windows along the quay, where fishermen had been "
    "preparing to put to sea. Rescue crews pulled four people from the ruins in the first hour.\n"
    "Mayor Lio Tarran said the warehouse had held wheat for the winter and that nobody in the town could explain why "
    "it was hit. “We stored bread here, nothing else,” he told reporters beside the burning building.\n"
    "The army, which has fought the Northern Front for three years along the river, did not answer questions about "
    "the strike. Both sides have shelled the harbour before, most recently in the spring.\n"
    "Smoke hung over the old town until noon, and the ferry to the islands stayed in port."
)
REWRITE = (
    "Nine workers died when a missile struck a grain warehouse in the harbour of Port Ardan early on Tuesday, and two "
    "barges were set alight, according to people living nearby and an official.\n"
    "Windows shattered along the quay, where fishermen had been preparing to put to sea, and the blast could be heard "
    "fifteen kilometres away. In the first hour rescue crews pulled four people from the ruins.\n"
    "The warehouse had held wheat for the winter, Lio Tarran, the mayor, said, adding that nobody in the town could "
    "explain the attack. “We stored bread here, nothing else,” he said.\n"
    "There was no answer from the army, which has fought the Northern Front for three years along the river. The "
    "harbour has been shelled before by both sides.\n"
    "Until noon smoke hung over the old town. The ferry to the islands stayed in port all day."
)
STATEMENT = (
    "“Our aircraft destroyed a command post of the Northern Front and two depots of ammunition near the village of "
    "Osk, and thirty fighters were eliminated. All crews returned to base, and no civilians were in the area at the "
    "time of the strike, which was carried out with guided weapons only.”"
)
FIRST_WITNESS = (
    "Jets bombed the hills around Osk on Wednesday night, and by morning columns of black smoke stood over the road "
    "to the pass.\nThe Defence Ministry of Varda put out a few lines on the raid. " + STATEMENT + "\n"
    "Our correspondent reached the first houses shortly after nine. A shepherd had lost his flock; a teacher showed "
    "the crater behind her school. Nobody there had seen fighters for weeks."
)
SECOND_WITNESS = (
    "Varda's government claims another success in its mountain campaign. In a note sent to newspapers it wrote: "
    + STATEMENT
    + "\nOpposition figures doubt it. Elen Marsh, who counts casualties from abroad, knows of eleven dead so far, "
    "most of them farmers.\nIt would be the fourth bombing of that valley since August, and diplomats in the capital "
    "fear that the truce signed in June is over for good."
)


def article(text: str, name: str, outlet: str = "", published: str | None = "2031-03-04") -> Article:
    return make_article(
        url=f"file:{name}", text=text, sha256="", fetched_at="2031-04-01T00:00:00Z", outlet=outlet, published=published
    )


def lineage(*articles: Article) -> dict[str, tuple[str, str]]:
    names = {one.id: one.url.removeprefix("file:") for one in articles}
    return {names[copy.article_id]: (names[copy.original_id], copy.how) for copy in find_copies(articles)}


INVENTED = [
    "bridge", "valley", "council", "harvest", "engine", "border", "market", "winter", "signal", "tower", "ferry",
    "baker", "column", "garden", "officer", "river", "school", "station", "window", "captain", "meadow", "letter",
    "copper", "island", "lantern", "mirror", "needle", "orchard", "pepper", "quarry", "ribbon", "saddle", "timber",
]  # fmt: skip


def noise(seed: int, words: int = 300) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(INVENTED) + ("." if place % 14 == 13 else "") for place in range(words))


COPIES = [
    ("word for word", WIRE),
    ("with another head", "Harbour burns after dawn strike\nBy our staff\n\n" + WIRE),
    ("cut after the third paragraph", "\n".join(WIRE.split("\n")[:3])),
    ("as part of a longer report", WIRE + "\n" + noise(1, 150)),
    ("in capitals and other quotation marks", WIRE.replace("“", '"').replace("”", '"').upper()),
    ("rewritten, a third of its triples kept", REWRITE),
    ("with one word drifted", WIRE.replace("A missile", "A ballistic missile")),
]


@pytest.mark.parametrize("text", [text for _, text in COPIES], ids=[name for name, _ in COPIES])
def test_a_reprint_is_a_copy_of_what_came_before(text: str) -> None:
    found = lineage(article(WIRE, "wire", published="2031-03-04"), article(text, "later", published="2031-03-05"))
    assert set(found) == {"later"}
    assert found["later"][0] == "wire"


def test_the_rewrite_used_here_keeps_about_a_third_of_the_triples() -> None:
    def triples(text: str) -> set[tuple[str, ...]]:
        words = "".join(char if char.isalnum() else " " for char in text.lower()).split()
        return {tuple(words[place : place + 3]) for place in range(len(words) - 2)}

    kept = len(triples(WIRE) & triples(REWRITE)) / len(triples(REWRITE))
    assert 0.30 < kept < 0.55


def test_two_reports_that_quote_one_statement_are_independent() -> None:
    assert lineage(article(FIRST_WITNESS, "first"), article(SECOND_WITNESS, "second")) == {}


def test_two_reports_that_print_one_statement_without_quotation_marks_are_independent() -> None:
    bare = str.maketrans("", "", "“”")
    assert lineage(article(FIRST_WITNESS.translate(bare), "a"), article(SECOND_WITNESS.translate(bare), "b")) == {}


def test_two_reports_whose_attributed_sentences_are_the_same_are_independent() -> None:
    said = (
        "The Defence Ministry of Varda said its aircraft destroyed a command post and two depots near Osk. "
        "It added that thirty fighters were killed and that all crews returned to base. "
    )
    first = FIRST_WITNESS.replace(STATEMENT, said)
    second = SECOND_WITNESS.replace(STATEMENT, said)
    assert lineage(article(first, "a"), article(second, "b")) == {}


def test_texts_without_common_wording_are_no_copies() -> None:
    assert lineage(article(WIRE, "wire"), article(noise(2), "noise")) == {}


def test_the_closing_paragraph_of_a_house_makes_no_copies() -> None:
    closing = (
        " The conflict in Varda began three years ago when garrisons along the river mutinied over unpaid wages, and "
        "it has since drawn in volunteers from both neighbours, emptied a third of the country's villages, closed the "
        "two largest ports for months at a time and cost more lives than anybody has been able to count with certainty."
    )
    parts = [article(noise(seed, 90) + closing, f"n{seed}", "The Ardan Post", f"2031-0{seed}-11") for seed in (3, 4, 5)]
    assert lineage(*parts) == {}


def test_a_later_round_up_that_prints_a_story_whole_is_in_its_lineage() -> None:
    short = "\n".join(WIRE.split("\n")[:2])
    round_up = noise(6, 700) + "\n" + short
    found = lineage(article(short, "story"), article(round_up, "round-up", published="2031-03-05"))
    assert found == {"round-up": ("story", "shingles")}


@pytest.mark.parametrize(("words", "expected"), [(60, {"later"}), (900, set())])
def test_a_much_longer_later_report_with_a_story_as_background_is_no_copy(words: int, expected: set[str]) -> None:
    found = lineage(article(WIRE, "story"), article(REWRITE + "\n" + noise(6, words), "later", published="2031-03-06"))
    assert set(found) == expected


def test_a_round_up_of_two_stories_does_not_make_them_one_lineage() -> None:
    other = FIRST_WITNESS
    found = lineage(
        article(WIRE, "harbour", published="2031-03-04"),
        article(other, "hills", published="2031-03-04"),
        article(WIRE + "\n" + other, "round-up", published="2031-03-05"),
    )
    assert set(found) == {"round-up"}


def test_a_common_agency_credit_on_one_day_makes_a_lower_overlap_enough() -> None:
    lines = WIRE.split("\n")
    own = noise(7, 80).split(". ")
    parts = [lines[0][:100], *own[:3], lines[1][:60], *own[3:6], lines[3][:55], *own[6:9], lines[4][:30], *own[9:]]
    mixed = ". ".join(parts)
    bare = mixed.replace(" (Reuters)", "")
    assert lineage(article(WIRE, "wire"), article(bare, "no credit", published="2031-03-05")) == {}
    assert lineage(article(WIRE, "wire"), article(mixed, "credit", published="2031-03-05")) == {
        "credit": ("wire", "wire credit")
    }


def test_the_same_outlet_with_a_new_toll_is_an_update() -> None:
    later = WIRE.replace("killing nine workers", "killing fourteen workers")
    found = lineage(
        article(WIRE, "first", "The Ardan Post", "2031-03-04T06:00:00"),
        article(later, "second", "The Ardan Post", "2031-03-04T11:00:00"),
    )
    assert found == {"second": ("first", "update")}


def test_the_same_outlet_with_the_same_figures_is_a_plain_copy() -> None:
    found = lineage(
        article(WIRE, "first", "The Ardan Post", "2031-03-04"),
        article("Harbour burns\n" + WIRE, "second", "The Ardan Post", "2031-03-05"),
    )
    assert found == {"second": ("first", "shingles")}


def test_another_outlet_with_another_toll_is_a_copy_that_drifted() -> None:
    later = WIRE.replace("killing nine workers", "killing fourteen workers")
    found = lineage(article(WIRE, "a", "The Ardan Post"), article(later, "b", "Osk Herald", "2031-03-05"))
    assert found == {"b": ("a", "shingles")}


def test_a_chain_of_copies_collapses_to_the_earliest() -> None:
    texts = [WIRE, "One head\n" + WIRE, "Another head\n" + WIRE + " More follows.", WIRE + "\n" + noise(8, 40)]
    found = lineage(*(article(text, str(day), published=f"2031-03-0{day}") for day, text in enumerate(texts, 1)))
    assert {root for root, _ in found.values()} == {"1"}
    assert set(found) == {"2", "3", "4"}


def test_undated_copies_collapse_to_the_smallest_id() -> None:
    articles = [article(WIRE, name, published=None) for name in "abcd"]
    root = min(one.id for one in articles)
    assert {copy.original_id for copy in find_copies(articles)} == {root}


def test_an_undated_article_never_precedes_a_dated_one() -> None:
    articles = [article(WIRE, "dated"), *(article(WIRE, name, published=None) for name in "abcdef")]
    assert {copy.original_id for copy in find_copies(articles)} == {articles[0].id}


def test_a_house_that_fills_the_same_form_every_day_makes_no_copies() -> None:
    form = (
        "{} people were killed and {} others were injured on {} when shells hit the {} district of Osk. "
        "A source at the police command told our reporter that the shells fell on {}, damaging shops and cars. "
        "{} Crews of the civil guard worked until {} to put the fires out."
    )
    fillings = [
        ("Three", "nine", "Friday", "river", "a bakery and a row of houses", noise(11, 40), "midnight"),
        ("Seven", "two", "Sunday", "station", "the yard of a school that had closed early", noise(12, 40), "dawn"),
        (
            "Four",
            "a dozen",
            "Monday",
            "market",
            "two buses and a pharmacy near the bridge",
            noise(13, 40),
            "the evening",
        ),
    ]
    articles = [article(form.format(*one), one[3], "Osk Herald", None) for one in fillings]
    assert lineage(*articles) == {}


def test_times_with_zones_are_compared_as_moments() -> None:
    early = article(WIRE, "early", published="2031-03-04T09:00:00+05:00")  # 04:00 UTC
    late = article(WIRE, "late", published="2031-03-04T05:00:00+00:00")
    assert lineage(early, late) == {"late": ("early", "shingles")}


def test_no_articles_and_wordless_articles_give_no_copies() -> None:
    assert find_copies([]) == []
    assert lineage(article("…", "dots"), article("!!!", "marks")) == {}


def test_short_texts_are_copies_only_when_they_are_the_same() -> None:
    short = "Three die in Osk blast, officials say"
    assert set(lineage(article(short, "a"), article(short, "b"), article(short + " today", "c"))) <= {"a", "b"}


POOL = [
    article(text, f"{name}-{number}", outlet, published)
    for number, (name, text, outlet, published) in enumerate(
        [
            ("wire", WIRE, "Reuters", "2031-03-04"),
            ("reprint", "Head\n" + WIRE, "Osk Herald", "2031-03-04"),
            ("rewrite", REWRITE, "Varda Today", "2031-03-05"),
            ("update", WIRE.replace("nine", "fourteen"), "Reuters", "2031-03-05"),
            ("first", FIRST_WITNESS, "The Ardan Post", "2031-03-05"),
            ("second", SECOND_WITNESS, "Osk Herald", None),
            ("both", WIRE + "\n" + FIRST_WITNESS, "Varda Today", "2031-03-06"),
            ("noise", noise(9), "", None),
        ]
    )
]


@settings(max_examples=25, deadline=None)
@given(st.permutations(POOL))
def test_the_result_does_not_depend_on_the_order_of_articles(order: list[Article]) -> None:
    assert find_copies(order) == find_copies(POOL)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(POOL), max_size=10))
def test_a_root_is_never_a_copy_and_is_the_first_of_its_lineage(articles: list[Article]) -> None:
    found: list[Copy] = find_copies(articles)
    dates = {one.id: (one.published or "9", one.id) for one in articles}
    assert all(left.article_id < right.article_id for left, right in pairwise(found))
    assert not {copy.original_id for copy in found} & {copy.article_id for copy in found}
    assert all(dates[copy.original_id] < dates[copy.article_id] and 0 <= copy.share <= 1 for copy in found)


def test_a_sketch_depends_on_the_words_alone() -> None:
    assert sketch(article(WIRE, "a")) == sketch(article(WIRE.upper(), "b", published=None))
    assert len(sketch(article(WIRE, "a"))) == 512
    assert sketch(article(WIRE, "a")) != sketch(article(REWRITE, "a"))


CREDITS = [
    ("PORT ARDAN (Reuters) - A bridge fell.", {"reuters"}),
    ("A bridge fell on Monday.\n- AFP", {"afp"}),
    ("A bridge fell on Monday. Source: Agencies", {"agencies"}),
    ("A bridge fell on Monday.\nWith additional reporting by AFP", {"afp"}),
    ("Bridge falls\nBy Associated Press\nA bridge fell.", {"ap"}),
    ("Bridge falls AFP, Monday 3 Mar 2031 A bridge fell.", {"afp"}),
    ("A bridge fell, the mayor told AFP. It was old.", set()),
    ("The bridge (Reuters Photo) fell.", set()),
    ("Perhaps a map helps. The ap is a word part.", set()),
]


@pytest.mark.parametrize(("text", "expected"), CREDITS)
def test_a_credit_is_read_from_bylines_and_datelines_only(text: str, expected: set[str]) -> None:
    assert find_credits(text) == expected


def test_an_agency_credits_itself() -> None:
    assert find_credits("A bridge fell.", "Reuters") == {"reuters"}


def test_twenty_copies_among_many_articles_cost_no_comparison_of_all_pairs() -> None:
    crowd = [article(noise(seed), f"n{seed}") for seed in range(100, 400)]
    reprints = [article(f"Head {number}\n" + WIRE, f"r{number}", published="2031-03-05") for number in range(20)]
    found = lineage(article(WIRE, "wire"), *crowd, *reprints)
    assert set(found) == {f"r{number}" for number in range(20)}
    assert {root for root, _ in found.values()} == {"wire"}


WALL = (
    "\n\nSign in with your reader profile\nBy submitting the form, you agree to our Terms of Service and Privacy "
    "Policy.\nAlready have an account?\nWe have sent a confirmation email to the address you gave.\nPlease enter your "
    "password and welcome back. You can unsubscribe from our newsletter at any time in the settings of your account."
)
GALLERY = (
    "\n\nFive harbours to see this spring\nThe coast of Varda has more islands than days in the year, and a ferry "
    "to most of them. Begin in the old fish hall, where the first boat leaves before sunrise with bread and papers. "
    "Walk the mole at low tide and look out for herons and for the wreck of a collier that ran aground in a fog."
)


def titled(title: str, rest: str, name: str, published: str) -> Article:
    return make_article(
        url=f"file:{name}", text=title + rest, title=title, sha256="", fetched_at=published, published=published
    )


@pytest.mark.parametrize("rest", [WALL, GALLERY], ids=["a form to sign in", "a gallery in place of the report"])
def test_two_pages_without_their_reports_are_no_copies(rest: str) -> None:
    one = titled("Two shot at garage in Osk, police say", rest, "one", "2031-03-04")
    other = titled("Bus driver wounded on mountain road near Harl", rest, "other", "2031-03-05")
    assert lineage(one, other) == {}


def test_a_report_printed_again_by_its_outlet_a_week_later_stays_in_the_lineage() -> None:
    later = "\n".join([*WIRE.split("\n")[:3], noise(8, 40)])
    found = lineage(
        article(WIRE, "first", "The Ardan Post", "2031-03-04"), article(later, "again", "The Ardan Post", "2031-03-10")
    )
    assert set(found) == {"again"}


def test_a_wording_comes_out_of_an_imprint_as_it_went_in() -> None:
    for text in (WIRE, REWRITE, STATEMENT, "Nine died.", ""):
        article = make_article(url="file:a", text=text, sha256="", fetched_at="", outlet="The Post", title="At Ardan")
        (imprint,) = make_imprints([article])
        assert read_wording(imprint) == make_wording(article)


@pytest.mark.parametrize("size", [1, 3, 100])
def test_pieces_of_any_size_give_the_same_copies(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(7)
    articles = [
        make_article(
            url=f"file:{number}",
            text="\n".join(draw.sample((WIRE, REWRITE)[number % 2].split("\n"), 4)),
            sha256="",
            fetched_at="",
            outlet=f"Outlet {number % 3}",
            published=f"2031-05-{1 + number % 3:02d}",
        )
        for number in range(40)
    ]
    whole = find_copies(articles)
    assert whole
    asked: list[int] = []

    def share(work: Callable[[Any], Any], pieces: Iterable[Any]) -> Iterator[Any]:
        for piece in pieces:
            asked.append(len(piece[0]))
            yield pickle.loads(pickle.dumps(work(pickle.loads(pickle.dumps(piece)))))

    monkeypatch.setattr(copies, "PIECE", size)
    monkeypatch.setattr(alike, "AT_ONCE", 50 * size)
    assert find_copies_by_imprint(make_imprints(articles), share) == whole
    assert max(asked) <= size
