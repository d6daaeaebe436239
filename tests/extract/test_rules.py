"""The rule reader from end to end: invented reports in, mentions and claims out."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import factories as make
from variorum.extract.rules import READ_LIMIT, read_article
from variorum.model import Claim, Extraction, make_article
from variorum.values.gazetteer import open_gazetteer

FRIDAY = "2023-06-16"
Row = tuple[str, str, str, str, str]  # property, scope, value, source, stance


def read(text: str, published: str | None = FRIDAY, **fields: str | None) -> Extraction:
    """The reading of one report."""
    return read_article(make.article(text=text, title="", published=published, **fields), open_gazetteer())


def row(claim: Claim) -> Row:
    return (claim.prop, claim.scope or "", claim.value, claim.source, claim.stance)


def told(found: Extraction, kind: str) -> list[set[Row]]:
    """The claims of each mention of a kind."""
    return [
        {row(claim) for claim in found.claims if claim.mention_id == mention.id}
        for mention in found.mentions
        if mention.kind == kind
    ]


def values(found: Extraction, prop: str) -> set[str]:
    return {claim.value for claim in found.claims if claim.prop == prop}


def plain(prop: str, value: str, scope: str = "", source: str = "") -> Row:
    return (prop, scope, value, source, "asserts")


@dataclass(frozen=True)
class Case:
    """A report with the claims that one mention of a kind must hold, and the values it must not."""

    name: str
    text: str
    kind: str
    claims: tuple[Row, ...]
    never: tuple[tuple[str, str], ...] = ()


CASES = (
    Case(
        "air raid with a source",
        "Warplanes bombed a market in Homs on Tuesday, killing at least 12 civilians and wounding 30 others,"
        " the Qusayr Monitor said.",
        "strike",
        (
            plain("platform", "aircraft", source="Qusayr Monitor"),
            plain("target", "market", source="Qusayr Monitor"),
            plain("place", "gn:169577", source="Qusayr Monitor"),
            plain("date", "2023-06-13", source="Qusayr Monitor"),
            plain("killed", "12..", "civilians", "Qusayr Monitor"),
            plain("injured", "30", "all", "Qusayr Monitor"),
        ),
    ),
    Case(
        "missiles from a navy",
        "The navy fired six cruise missiles at the Khabur Front near Homs on Monday. Nine fighters were killed.",
        "strike",
        (
            plain("actor", "navy"),
            plain("munitions", "6"),
            plain("weapon", "missile.cruise"),
            plain("target", "Khabur Front"),
            plain("place", "gn:169577;near"),
            plain("killed", "9", "combatants"),
        ),
        (("actor", "Khabur Front"),),
    ),
    Case(
        "a part beside the whole",
        "Ten people, including three children, were killed in an air raid on Homs on Monday.",
        "strike",
        (plain("killed", "10", "all"), plain("killed", "3", "children"), plain("date", "2023-06-12")),
    ),
    Case(
        "car bomb",
        "A car bomb exploded outside a police station in Mosul on Monday, killing four officers.",
        "bombing",
        (plain("weapon", "bomb.car"), plain("place", "gn:99072"), plain("killed", "4", "police")),
    ),
    Case(
        "clash",
        "Two soldiers were killed in clashes in Homs on Monday.",
        "clash",
        (plain("killed", "2", "combatants"), plain("place", "gn:169577"), plain("date", "2023-06-12")),
    ),
    Case(
        "gas",
        "Helicopters dropped barrels of chlorine on Idlib on Monday, killing six people.",
        "chemical_attack",
        (
            plain("platform", "aircraft.helicopter"),
            plain("weapon", "chemical.chlorine"),
            plain("place", "gn:169389"),
            plain("killed", "6", "all"),
        ),
    ),
    Case(
        "abduction",
        "On Tuesday gunmen abducted three nurses in Kirkuk, police said.",
        "abduction",
        (
            plain("actor", "gunmen", source="police"),
            plain("detained", "3", "medics", "police"),
            plain("place", "gn:94787", source="police"),
            plain("date", "2023-06-13", source="police"),
        ),
        (("actor", "police"), ("killed", "3")),
    ),
    Case(
        "arrest",
        "Police in Lima arrested 14 students on Tuesday.",
        "arrest",
        (plain("actor", "police"), plain("detained", "14", "civilians"), plain("place", "gn:3936456")),
        (("killed", "14"), ("injured", "14")),
    ),
    Case(
        "release",
        "Twelve hostages were freed in Gao on Friday, the army said.",
        "release",
        (plain("released", "12", "all", "army"), plain("place", "gn:2457163", source="army")),
        (("actor", "army"),),
    ),
    Case(
        "siege lifted",
        "The siege of Homs was lifted on Monday after nine weeks, the Jazira Army said.",
        "siege.broken",
        (plain("place", "gn:169577", source="Jazira Army"), plain("date", "2023-06-12", source="Jazira Army")),
        (("actor", "Jazira Army"),),
    ),
    Case(
        "town taken",
        "The Jazira Army captured the town of Idlib on Sunday, the Qusayr Monitor said.",
        "territory.taken",
        (
            plain("actor", "Jazira Army", source="Qusayr Monitor"),
            plain("place", "gn:169389", source="Qusayr Monitor"),
            plain("date", "2023-06-11", source="Qusayr Monitor"),
        ),
        (("actor", "Qusayr Monitor"),),
    ),
    Case(
        "truce",
        "A truce between the Tarn Guard and the Khabur Front took effect in Homs at dawn on Friday.",
        "ceasefire",
        (plain("party", "Tarn Guard"), plain("party", "Khabur Front"), plain("time", "dawn"), plain("date", FRIDAY)),
    ),
    Case(
        "flight",
        "Some 3,000 people have fled Homs since Tuesday.",
        "displacement",
        (plain("displaced", "~3000", "all"), plain("date", "2023-06-13/2023-06-16")),
        (("killed", "~3000"),),
    ),
    Case(
        "protest",
        "About 2,000 people marched through Cali on Thursday to protest against ticket prices.",
        "protest",
        (plain("people", "~2000", "all"), plain("place", "gn:3687925"), plain("date", "2023-06-15")),
    ),
    Case(
        "troops pulled out",
        "The army pulled its troops from the base in Gao on Saturday.",
        "deployment.withdrawn",
        (plain("actor", "army"), plain("place", "gn:2457163"), plain("date", "2023-06-10")),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_report_of_one_event_gives_one_mention_with_its_claims(case: Case) -> None:
    found = read(case.text)
    assert [mention.kind for mention in found.mentions] == [case.kind]
    assert set(case.claims) <= told(found, case.kind)[0]
    assert not set(case.never) & {(claim.prop, claim.value) for claim in found.claims}


def test_several_events_of_one_article_stay_apart() -> None:
    found = read(
        "A car bomb exploded in Mosul on Monday, killing four officers.\n\n"
        "On Tuesday gunmen abducted three nurses in Kirkuk.\n\n"
        "Meanwhile, police in Lima arrested 14 students on Wednesday."
    )
    assert [mention.kind for mention in found.mentions] == ["bombing", "abduction", "arrest"]
    assert {plain("date", "2023-06-12"), plain("killed", "4", "police")} <= told(found, "bombing")[0]
    assert plain("date", "2023-06-13") in told(found, "abduction")[0]
    assert plain("date", "2023-06-14") in told(found, "arrest")[0]


def test_two_strikes_on_towns_far_apart_are_two_events() -> None:
    found = read("Shelling of Homs killed two people on Monday.\n\nShelling of Idlib killed nine people on Tuesday.")
    assert [{row for row in rows if row[0] == "killed"} for rows in told(found, "strike")] == [
        {plain("killed", "2", "all")},
        {plain("killed", "9", "all")},
    ]


def test_a_second_sentence_about_the_same_event_joins_the_first() -> None:
    found = read("A car bomb exploded in Mosul on Tuesday.\n\nThe blast killed nine people, the health ministry said.")
    assert len(found.mentions) == 1
    assert plain("killed", "9", "all", "health ministry") in told(found, "bombing")[0]


def test_pasted_stories_do_not_share_values() -> None:
    found = read(
        "Market bomb in Mosul\n"
        "MOSUL - A car bomb exploded in Mosul on Monday, police said.\n"
        "The blast killed four officers.\n"
        "A baker said that he had heard it from afar.\n"
        "Station bomb in Lima\n"
        "LIMA - The blast killed nine people, the ministry said.\n",
        None,
    )
    tolls = [{row[2] for row in rows if row[0] == "killed"} for rows in told(found, "bombing")]
    assert {"4"} in tolls
    assert {"9"} in tolls


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("More than 9,000 people have been killed since the war began in May 2016.", "background.total", "9000.."),
        ("In 2009 a bomb killed 40 people in Homs.", "background.history", "40"),
    ],
)
def test_what_is_no_event_of_the_day_stays_background(text: str, kind: str, value: str) -> None:
    found = read("Shelling killed two people in Homs on Monday. " + text)
    assert {mention.kind for mention in found.mentions} == {"strike", kind}
    assert value not in {claim[2] for claim in told(found, "strike")[0]}
    assert value in {claim[2] for claim in told(found, kind)[0]}


@pytest.mark.parametrize(
    "text",
    [
        "The frigate carries eight cruise missiles and can hit targets 900 km away.",
        "The Tarn Guard plans to bomb the port of Odesa next week.",
        "The Tarn Guard will withdraw from the town of Homs next week.",
        "Rebels threatened to attack the airport in Homs.",
        "Troops are still fighting in the north of Homs.",
    ],
)
def test_a_capability_a_plan_or_a_state_of_things_is_no_event(text: str) -> None:
    found = read("A market opened in Homs. " + text)
    assert all(mention.kind.startswith("background.") for mention in found.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "The orchestra played in Homs on Monday. Nine hundred people heard it.",
        "Teachers went on strike in Lima on Tuesday over pay.",
        "The striker scored twice on Monday as Mosul beat Kirkuk.",
        "",
        "\n\n \n",
    ],
)
def test_a_text_without_an_event_gives_nothing(text: str) -> None:
    found = read(text)
    assert (found.mentions, found.claims) == ((), ())


def test_a_source_is_carried_over_to_what_it_adds() -> None:
    found = read(
        "The defence ministry said that warplanes had bombed Homs on Monday. It added that nine fighters were killed."
    )
    assert ("killed", "combatants", "9", "defence ministry", "asserts") in told(found, "strike")[0]


def test_two_figures_of_two_sources_stand_side_by_side() -> None:
    found = read(
        "Shelling hit Homs on Monday. The army said four people were killed."
        " The Qusayr Monitor said nine people were killed."
    )
    assert {
        ("killed", "all", "4", "army", "asserts"),
        ("killed", "all", "9", "Qusayr Monitor", "asserts"),
    } <= told(found, "strike")[0]


def test_suspected_hedges_the_actor_and_leaves_the_toll_alone() -> None:
    rows = told(read("Suspected Khabur Front fighters killed six people in Homs on Monday."), "attack")[0]
    assert ("actor", "", "Khabur Front", "", "hedges") in rows
    assert plain("killed", "6", "all") in rows


def test_reportedly_hedges_its_whole_clause() -> None:
    rows = told(read("The Khabur Front reportedly executed five men in Raqqa on Sunday."), "execution")[0]
    assert ("killed", "men", "5", "", "hedges") in rows
    assert all(row[4] == "hedges" for row in rows)


def test_who_denies_a_deed_is_no_asserted_actor() -> None:
    rows = told(read("The Khabur Front denied shelling the town of Idlib on Monday."), "strike")[0]
    assert ("actor", "", "Khabur Front", "Khabur Front", "denies") in rows
    assert ("responsibility", "", "Khabur Front", "Khabur Front", "denies") in rows
    assert not [row for row in rows if row[0] == "actor" and row[4] == "asserts"]


def test_a_claim_of_responsibility_is_the_claimants_own() -> None:
    found = read(
        "The Khabur Front claimed responsibility for the bombing of a market in Homs on Monday that killed nine people."
    )
    assert ("responsibility", "", "Khabur Front", "Khabur Front", "asserts") in told(found, "bombing")[0]


def test_the_date_of_a_statement_is_hedged() -> None:
    rows = told(read("The army said on Tuesday that it had shelled Homs."), "strike")[0]
    assert {row for row in rows if row[0] == "date"} == {("date", "", "2023-06-13", "", "hedges")}


def test_the_date_of_a_statement_yields_to_the_date_of_the_event() -> None:
    rows = told(read("A market in Homs was shelled on Sunday, the army said on Tuesday."), "strike")[0]
    assert {row[2] for row in rows if row[0] == "date"} == {"2023-06-11"}


def test_a_weekday_resolves_against_the_day_of_publication() -> None:
    text = "Shelling killed two people in Homs on Monday."
    assert values(read(text, "2023-06-16"), "date") == {"2023-06-12"}
    assert values(read(text, "2023-07-07"), "date") == {"2023-07-03"}


@pytest.mark.parametrize("words", ["on Monday", "yesterday", "overnight", "last week", "on 3 May"])
def test_an_undated_article_gets_no_absolute_date(words: str) -> None:
    found = read(f"Shelling killed two people in Homs {words}.", None)
    assert values(found, "date")
    assert all(value.startswith(("rel:", "XXXX-")) for value in values(found, "date"))
    assert all(claim.as_of is None for claim in found.claims)


def test_an_undated_article_was_written_after_the_past_day_it_names() -> None:
    found = read("Shelling killed two people in Homs on Monday.\n\nThe convoy left Gao on 4 August in ten buses.", None)
    assert "rel:mon;after=XXXX-08-04" in values(found, "date")


def test_words_before_a_quote_in_other_scripts_leave_offsets_exact() -> None:
    text = '🕯️ قُتل سبعة في حمص. "Shelling killed seven people in Homs on Monday," the Qusayr Monitor said.'
    found = read(text)
    toll = next(claim for claim in found.claims if claim.prop == "killed")
    assert (toll.quote, toll.start) == ("seven people", text.index("seven people"))
    assert text[toll.start : toll.end] == toll.quote


@pytest.mark.parametrize("lang", ["fr", "ar", "de"])
def test_an_article_in_another_language_yields_an_empty_reading(lang: str) -> None:
    found = read("Shelling killed two people in Homs on Monday.", lang=lang)
    assert (found.mentions, found.claims) == ((), ())
    assert found.reading.article_id


def test_an_article_of_unknown_language_is_read() -> None:
    assert read("Shelling killed two people in Homs on Monday.", lang="").mentions


def test_the_title_kept_beside_the_text_is_not_read() -> None:
    article = make.article(text="Nothing happened in Gao.", title="Bomb kills nine in Mosul", published=FRIDAY)
    assert read_article(article, open_gazetteer()).mentions == ()


def test_furniture_of_the_page_gives_no_event() -> None:
    found = read(
        "Shelling killed two people in Homs on Monday.\n\n"
        "Read also: Bomb kills forty in Mosul\n\nSign up for our newsletter"
    )
    assert values(found, "killed") == {"2"}


def test_reading_twice_gives_the_same_records() -> None:
    text = "\n\n".join(case.text for case in CASES)
    assert read(text) == read(text)


def test_every_claim_belongs_to_a_mention_of_its_own_reading() -> None:
    found = read("\n\n".join(case.text for case in CASES))
    assert {claim.mention_id for claim in found.claims} == {mention.id for mention in found.mentions}
    assert {claim.reading_id for claim in found.claims} == {found.reading.id}


def test_no_record_is_given_twice() -> None:
    found = read("\n\n".join(case.text for case in CASES + CASES))
    assert len({claim.id for claim in found.claims}) == len(found.claims)
    assert len({mention.id for mention in found.mentions}) == len(found.mentions)


PIECES = st.sampled_from(
    [
        *(case.text for case in CASES),
        "at least 12 civilians",
        " on Thursday",
        "denied that ",
        "“",
        "”",
        '"',
        "\n",
        "\n\n",
        " — ",
        "قُتل سبعة",
        "🕯️",
        "500 km (310 miles)",
        "suspected ",
        " killing ",
        "Homs",
        "\u200f",
        "\xa0",
        "1" * 40,
        "()",
        "S-300 ",
        "е\u0301",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map("".join))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(TEXTS, st.sampled_from([None, "2023-06-16", "2024-02-29T23:59:59+03:00"]))
@example("", None)
@example("\ud800 Shelling killed two people in Homs on Monday.", None)
def test_any_text_is_read_and_every_quote_is_the_text_at_its_place(text: str, published: str | None) -> None:
    article = make.article(text=text, title="", published=published)
    found = read_article(article, open_gazetteer())
    for record in (*found.mentions, *found.claims):
        assert 0 <= record.start < record.end <= len(text)
        assert record.quote == text[record.start : record.end]


def test_a_text_longer_than_any_report_is_read_up_to_the_limit() -> None:
    tail = "Gunmen killed four people in Kosti on Monday, the police said."
    text = "The harvest was good. " * (READ_LIMIT // 22 + 1) + tail
    article = make_article(url="file:long.txt", text=text, sha256="", fetched_at="", published="2025-03-05")
    assert read_article(article, open_gazetteer()).mentions == ()


@pytest.mark.parametrize(
    "text",
    [
        "The flu killed 12 people in Orun last week.",
        "An accident on the bridge near Orun killed two people on Monday.",
        "Two people were killed when a ferry capsized off Orun on Monday.",
    ],
)
def test_the_dead_of_an_accident_are_no_event(text: str) -> None:
    article = make_article(url="file:a.txt", text=text, sha256="", fetched_at="", published="2025-03-05")
    assert [one.kind for one in read_article(article, open_gazetteer()).mentions] == []


def test_who_speaks_is_no_perpetrator() -> None:
    text = "A man was shot dead in Hebron on Monday by Israeli soldiers, Palestinian health officials said."
    article = make_article(url="file:a.txt", text=text, sha256="", fetched_at="", published="2025-03-05")
    claims = read_article(article, open_gazetteer()).claims
    assert [one.value for one in claims if one.prop == "actor"] == ["Israeli forces"]
