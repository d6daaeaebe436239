"""Reading with a language model: it points at words; what is claimed is cut and parsed from the text, or held back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories
from model_server import EVENTS, TEXT, model_server, says
from variorum.errors import UnreadableError
from variorum.extract import llm
from variorum.extract.llm import prompt, read_with_model, version
from variorum.extract.llmcache import cache_key, keep_reply
from variorum.extract.llmserver import Server
from variorum.ledger.readings import check_extraction
from variorum.model import Article, Extraction
from variorum.schema import load_schema
from variorum.values.gazetteer import Gazetteer, open_gazetteer

LEAD = "At least 12 people, among them three children, were killed on Thursday when shells hit a market in Homs"


@pytest.fixture(scope="module")
def book() -> Gazetteer:
    return open_gazetteer()


def article(text: str = TEXT, **fields: str | None) -> Article:
    return factories.article("homs", text, **fields)


def read(content: str, book: Gazetteer, kept: Path, of: Article | None = None) -> Extraction:
    with model_server(says(content)) as asked:
        return read_with_model(of or article(), book, Server(asked.url, "small", 5.0), kept)


def told(claim: dict[str, Any] | None = None, **event: Any) -> str:
    """A reply with one event that has one claim."""
    claims = [{"prop": "killed", "quote": "12 people", **(claim or {})}]
    return json.dumps({"events": [{"kind": "strike", "quote": LEAD, "claims": claims, **event}]})


def test_a_good_reply_becomes_claims_with_values_from_the_text(book: Gazetteer, tmp_path: Path) -> None:
    found = read(EVENTS, book, tmp_path)
    assert [(row.prop, row.scope, row.value, row.quote, row.source, row.stance) for row in found.claims] == [
        ("date", None, "2031-05-01", "Thursday", "Tarn clinic", "asserts"),
        ("place", None, "gn:169577", "Homs", "Tarn clinic", "asserts"),
        ("killed", "all", "12..", "At least 12", "Tarn clinic", "asserts"),
        ("killed", "children", "3", "three", "Tarn clinic", "asserts"),
        ("weapon", None, "shell", "shells", "", "asserts"),
        ("time", None, "dawn", "at dawn", "baker", "asserts"),
        ("injured", "all", "30", "30", "Tarn clinic", "asserts"),
        ("responsibility", None, "Hill Brigade", "The Hill Brigade", "Hill Brigade", "denies"),
    ]


def test_every_quote_stands_where_it_says(book: Gazetteer, tmp_path: Path) -> None:
    found = read(EVENTS, book, tmp_path)
    rows = [*found.mentions, *found.claims]
    assert [TEXT[row.start : row.end] for row in rows] == [row.quote for row in rows]


def test_nothing_of_a_good_reply_is_held_back(book: Gazetteer, tmp_path: Path) -> None:
    assert read(EVENTS, book, tmp_path).held_back == ()


def test_a_value_that_the_model_gives_is_not_taken(book: Gazetteer, tmp_path: Path) -> None:
    found = read(told({"value": "999", "number": 999}), book, tmp_path)
    assert [row.value for row in found.claims] == ["12.."]


def test_a_date_is_told_from_the_day_of_publication(book: Gazetteer, tmp_path: Path) -> None:
    claim = {"prop": "date", "quote": "on Thursday"}
    found = read(told(claim), book, tmp_path, article(published=None))
    assert [row.value for row in found.claims] == ["rel:thu"]


def test_words_that_stand_twice_are_those_of_the_event(book: Gazetteer, tmp_path: Path) -> None:
    claim = read(told({"prop": "place", "quote": "Homs"}), book, tmp_path).claims[0]
    assert TEXT[claim.start - 12 : claim.end] == "a market in Homs"


def test_other_quotation_marks_and_spaces_are_the_same_words(book: Gazetteer, tmp_path: Path) -> None:
    claim = {"prop": "time", "quote": "at dawn"}
    content = told(claim, quote='"We heard two  blasts at dawn," a baker said - he lost his shop.')
    assert read(content, book, tmp_path).mentions[0].quote == (
        "“We heard two blasts at dawn,” a baker said – he lost his shop."
    )


def test_a_claim_without_a_stance_is_asserted(book: Gazetteer, tmp_path: Path) -> None:
    assert read(told({"stance": None}), book, tmp_path).claims[0].stance == "asserts"


def test_whoever_denies_a_deed_says_which_deed_is_meant(book: Gazetteer, tmp_path: Path) -> None:
    claim = {"prop": "place", "quote": "market in Homs", "stance": "denies"}
    assert read(told(claim), book, tmp_path).claims[0].stance == "hedges"


def test_two_events_at_the_same_words_are_one_mention(book: Gazetteer, tmp_path: Path) -> None:
    rows = [json.loads(told())["events"][0], json.loads(told({"quote": "three children"}))["events"][0]]
    found = read(json.dumps({"events": rows}), book, tmp_path)
    assert (len(found.mentions), len(found.claims)) == (1, 2)


HELD = {
    "invented words": ({"quote": "fourteen people"}, "not in the text"),
    "another figure": ({"quote": LEAD.replace("12", "13")}, "not in the text"),
    "words in two places": ({"prop": "actor", "quote": "Tarn"}, "several places"),
    "no value in the words": ({"quote": "were killed on Thursday"}, "no count can be read"),
    "a year is no count": ({"prop": "killed", "quote": "May 2"}, "no count can be read"),
    "two values in the words": (
        {"quote": "12 people, among them three children"},
        "several values stand in it: 12.., 3",
    ),
    "a measure of another kind": ({"prop": "distance", "quote": "12 people"}, "no distance can be read"),
    "no weapon": ({"prop": "weapon", "quote": "market"}, "no weapon can be read"),
    "no place": ({"prop": "place", "quote": "market"}, "no place can be read"),
    "a pronoun as a name": ({"prop": "actor", "quote": "he"}, "a pronoun names nobody"),
    "a clause as a name": ({"prop": "actor", "quote": LEAD}, "too long for a name"),
    "unknown property": ({"prop": "mood"}, "no such property"),
    "unknown scope": ({"scope": "goats"}, "no scope 'goats'"),
    "unknown stance": ({"stance": "believes"}, "no stance 'believes'"),
    "invented source": ({"source_quote": "the harbour master"}, "“the harbour master”, name nobody in the text"),
    "a pronoun as source": ({"source_quote": "he"}, "“he”, name nobody in the text"),
}


@pytest.mark.parametrize(("claim", "why"), HELD.values(), ids=HELD)
def test_a_claim_is_held_back_with_its_reason(claim: dict[str, Any], why: str, book: Gazetteer, tmp_path: Path) -> None:
    found = read(told(claim), book, tmp_path)
    assert found.claims == ()
    assert why in found.held_back[0].why


HELD_EVENTS = {
    "invented words": ({"quote": "Rebels stormed the harbour at night."}, "not in the text"),
    "unknown kind": ({"kind": "weather"}, "no kind of event 'weather'"),
    "words in two places": ({"quote": "Tarn"}, "several places"),
    "no claim": ({"claims": []}, "no claim of it"),
    "no quote": ({"quote": ""}, "not in the text"),
}


@pytest.mark.parametrize(("event", "why"), HELD_EVENTS.values(), ids=HELD_EVENTS)
def test_an_event_is_held_back_with_its_reason(
    event: dict[str, Any], why: str, book: Gazetteer, tmp_path: Path
) -> None:
    found = read(told(**event), book, tmp_path)
    assert found.mentions == ()
    assert (found.held_back[0].prop, why in found.held_back[0].why) == ("event", True)


def test_the_claims_of_an_event_that_is_held_back_are_listed_too(book: Gazetteer, tmp_path: Path) -> None:
    found = read(told(kind="weather"), book, tmp_path)
    assert [(row.prop, row.quote) for row in found.held_back] == [("event", LEAD), ("killed", "12 people")]


def test_words_held_back_can_be_stored_and_shown_on_a_line(book: Gazetteer, tmp_path: Path) -> None:
    row = read(told({"prop": "a\0b", "quote": "x\ud83d\n" * 500}), book, tmp_path).held_back[0]
    assert (row.prop, row.quote.isprintable(), len(row.quote)) == ("a b", True, 300)


def test_a_reply_is_asked_for_once(book: Gazetteer, tmp_path: Path) -> None:
    with model_server(says(EVENTS)) as asked:
        server = Server(asked.url, "small", 5.0)
        first = read_with_model(article(), book, server, tmp_path)
        second = read_with_model(article(), book, server, tmp_path)
    assert (second == first, len(asked.bodies)) == (True, 1)


def test_a_malformed_reply_is_not_kept(book: Gazetteer, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        read(EVENTS[:300], book, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_reply_is_asked_for_again(book: Gazetteer, tmp_path: Path) -> None:
    first = read(EVENTS, book, tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:100])
    assert read(EVENTS, book, tmp_path) == first


def test_the_text_is_sent_apart_from_what_is_to_be_done(book: Gazetteer, tmp_path: Path) -> None:
    with model_server(says(EVENTS)) as asked:
        read_with_model(article(), book, Server(asked.url, "small", 5.0), tmp_path)
    assert asked.bodies[0]["messages"] == [{"role": "system", "content": prompt()}, {"role": "user", "content": TEXT}]


def test_an_article_in_another_language_is_not_sent(book: Gazetteer, tmp_path: Path) -> None:
    with model_server(says(EVENTS)) as asked:
        found = read_with_model(article(lang="ar"), book, Server(asked.url, "small", 5.0), tmp_path)
    assert (found.mentions, asked.bodies) == ((), [])


def test_the_prompt_names_every_word_of_the_schema() -> None:
    schema = load_schema()
    words = [*schema.kinds, *schema.properties, *schema.scopes]
    assert [word for word in words if f"- {word}" not in prompt()] == []


def test_the_prompt_has_no_gap_left() -> None:
    assert "{{" not in prompt()


def test_readings_change_with_the_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    before = version()
    version.cache_clear()
    monkeypatch.setattr(llm, "prompt", lambda: "Read.")
    assert version() != before
    version.cache_clear()


PIECES = st.builds(lambda left, size: TEXT[left : left + size], st.integers(0, len(TEXT)), st.integers(0, 60))
WORDS = st.one_of(PIECES, st.sampled_from([*EVENTS.split('"')[3::2]]), st.text(max_size=20), st.none(), st.integers())
CLAIMS = st.fixed_dictionaries(
    {
        "prop": st.sampled_from([*load_schema().properties, "mood"]),
        "quote": WORDS,
        "scope": st.one_of(st.none(), st.sampled_from([*load_schema().scopes])),
        "source_quote": st.one_of(st.none(), WORDS),
        "stance": st.sampled_from(["asserts", "hedges", "denies", "sings", None]),
    }
)
SPOKEN = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([*load_schema().kinds, "weather"]),
        "quote": st.one_of(WORDS, st.sampled_from(TEXT.splitlines())),
        "claims": st.one_of(st.none(), st.lists(st.one_of(CLAIMS, WORDS), max_size=6)),
    }
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(SPOKEN, max_size=4))
def test_whatever_a_model_says_only_words_of_the_text_are_taken(
    rows: list[Any], book: Gazetteer, tmp_path: Path
) -> None:
    of = article()
    keep_reply(tmp_path, cache_key("small", prompt(), TEXT), "small", json.dumps({"events": rows}))
    found = read_with_model(of, book, Server("http://localhost:9/v1", "small", 1.0), tmp_path)
    check_extraction(found, of.text)
