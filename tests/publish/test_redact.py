"""What is shared with --redact holds no private name, long quote or word of a withheld article, in any format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from variorum.config import Config
from variorum.ledger import Ledger
from variorum.model import Claim, Counted, Related, Ruling
from variorum.pipeline import Edition, edition, run, share
from variorum.publish import issue_of, write
from variorum.publish.columns import REDACTED
from variorum.publish.profile import NamedPerson, Redaction, ReportNames
from variorum.publish.redact import cut_quote, redact

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"
TABLES = ("events", "claims", "values", "reports")
# Every person and body here is invented. Karim Homs bears the name of the town in which he was killed.
REPORTS = [
    {
        "url": "https://tarnpost.example/2021/05/jon-testley-killed-in-homs",
        "outlet": "Tarn Post",
        "published": "2021-05-04",
        "title": "Jon Testley and four others killed in Homs market bombing",
        "text": (
            "A car bomb killed five people at a market in Homs on Monday, the health minister, Salim Karro, said.\n\n"
            "Jon Testley, 34, a baker, and his daughter Ana Testley, 9, were killed. Karim Homs, a teacher, was killed "
            "in the blast. Layla al-Masri was killed with her brother, Jean-Pierre Duval-Orr.\n\n"
            '"I saw nine bodies," said Farhana Mir, a resident. Mir said that 12 people were wounded in the bombing. '
            "Testley's bakery was destroyed.\n\n"
            "General Omar Halabi said the Khabur Front had carried out the bombing. Petra Lind, a spokeswoman for the "
            "Tihama Observatory, said seven people were killed."
        ),
    },
    {
        "url": "https://harbour.example/homs-market",
        "outlet": "Harbour Times",
        "published": "2021-05-05",
        "title": "Homs bombing: Mir counts nine dead",
        "text": (
            "At least nine people were killed in the car bombing of a market in Homs on Monday, Farhana Mir said. "
            "MIR said 14 people were wounded.\n\n"
            "Health minister Salim Karro said on Tuesday that six people were killed in the bombing. Karro said "
            "13 people were wounded. Police arrested Viktor Hale over the bombing in Homs on Tuesday."
        ),
    },
    {
        "url": "https://quiet.example/a",
        "outlet": "Quiet Herald",
        "published": "2021-05-05",
        "title": "Orchard keepers mourn the market dead",
        "text": (
            "Eleven orchard keepers were killed in the car bombing of the market in Homs on Monday, the orchard guild "
            "said. A green lorry packed with ammonium nitrate caused the blast, the orchard guild said."
        ),
    },
]
PRIVATE = [
    "Testley",
    "Layla",
    "Masri",
    "Duval",
    "Orr",
    "Jean-Pierre",
    "Farhana",
    "Mir",
    "MIR",
    "Viktor",
    "Hale",
    "Karim",
]
PUBLIC = ["Salim Karro", "Tihama Observatory", "Homs"]
WITHHELD_WORDS = ["Quiet Herald", "Orchard", "orchard keepers", "green lorry", "quiet.example"]


def outputs(published: Edition) -> dict[str, str]:
    found = {format: "".join(write(issue_of(published), format)) for format in ("jsonl", "geojson")}
    return found | {f"csv {table}": "".join(write(issue_of(published), "csv", table=table)) for table in TABLES}


def holds(word: str, text: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text) is not None


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("redact")
    (folder / "reports.jsonl").write_text(
        "\n".join(json.dumps({"lang": "en", **row}) for row in REPORTS), encoding="utf-8"
    )
    with Ledger.open(folder / "x.db", create=True) as made:
        run([folder / "reports.jsonl"], made, now=NOW, workers=1)
        yield made


@pytest.fixture(scope="module")
def plain(ledger: Ledger) -> Edition:
    return edition(ledger)


@pytest.fixture(scope="module")
def shared(ledger: Ledger, plain: Edition) -> Edition:
    return share(ledger, plain, Config())


@pytest.fixture(scope="module")
def kept_back(ledger: Ledger, plain: Edition) -> Edition:
    return share(ledger, plain, Config(withheld=("R3",)))


# ---------------------------------------------------------------- names
def test_the_reports_hold_the_names_that_are_to_be_taken_out(plain: Edition) -> None:
    text = "".join(outputs(plain).values())
    assert [name for name in ("Testley", "Mir", "Farhana Mir") if not holds(name, text)] == []


def test_no_private_name_is_in_any_byte_of_any_format(shared: Edition) -> None:
    for name, text in outputs(shared).items():
        assert [word for word in PRIVATE if holds(word, text)] == [], name
        assert "testley" not in text.lower(), name


def test_public_persons_bodies_and_places_stay(shared: Edition) -> None:
    text = outputs(shared)["jsonl"]
    assert [name for name in PUBLIC if name not in text] == []


def test_a_person_has_one_label_in_all_formats_however_the_name_is_written(plain: Edition, shared: Edition) -> None:
    mir = {id for id, claim in plain.claims.items() if claim.source.endswith(("Mir", "MIR"))}
    assert len(mir) > 1
    assert len({shared.claims[id].source for id in mir}) == 1
    assert re.fullmatch(r"\[person \d+\]", shared.claims[min(mir)].source)


def test_an_address_that_spells_a_name_is_withheld(shared: Edition) -> None:
    assert sorted(article.url for article in shared.articles.values()) == [
        "[withheld]",
        "https://harbour.example/homs-market",
        "https://quiet.example/a",
    ]
    assert shared.redacted is not None
    assert shared.redacted.addresses == 1


def test_titles_are_redacted_and_texts_left_out(shared: Edition) -> None:
    titles = {article.title for article in shared.articles.values()}
    assert "Homs bombing: [person" in " ".join(titles)
    assert {article.text for article in shared.articles.values()} == {""}


def test_a_name_that_is_never_private_stays(ledger: Ledger, plain: Edition) -> None:
    shared = share(ledger, plain, Config(public_people=("Farhana Mir",)))
    assert "Farhana Mir" in outputs(shared)["jsonl"]


def test_a_name_that_is_always_private_goes_though_an_office_is_given(ledger: Ledger, plain: Edition) -> None:
    shared = share(ledger, plain, Config(private_names=("Salim Karro",)))
    assert "Karro" not in "".join(outputs(shared).values())


def test_counts_and_ids_stay(plain: Edition, shared: Edition) -> None:
    before, after = (
        [
            (row["id"], row["lineages"], [(v["prop"], v["low"], v["support"], v["lineages"]) for v in row["values"]])
            for row in map(json.loads, write(issue_of(one), "jsonl"))
        ]
        for one in (plain, shared)
    )
    assert before == after


def test_the_same_edition_is_redacted_to_the_same_bytes(ledger: Ledger, plain: Edition, shared: Edition) -> None:
    assert outputs(share(ledger, plain, Config())) == outputs(shared)


def test_redacting_changes_nothing_in_the_edition_given(ledger: Ledger, plain: Edition) -> None:
    before = outputs(plain)
    share(ledger, plain, Config(withheld=("Quiet Herald",)))
    assert outputs(plain) == before == outputs(edition(ledger))


NAMES = [
    # a name, what stands in the report, what is printed
    ("Jon Testley", "Jon Testley was shot", "[person 1] was shot"),
    ("Jon Testley", "TESTLEY, Jon", "[person 1]"),
    ("Jon Testley", "jon testley", "[person 1]"),
    ("Jon Testley", "J. Testley's shop", "[person 1]'s shop"),
    ("Jon Testley", "the Testleys", "the [person 1]"),
    ("Jon Testley", "Jon A. Testley", "[person 1]"),
    ("Samir al-Masri", "Al-Masri said", "[person 1] said"),
    ("Samir al-Masri", "SAMIR AL MASRI", "[person 1]"),
    ("Jean-Pierre Duval-Orr", "Mr Duval-Orr, Jean Pierre", "Mr [person 1]"),
    ("Layla Abdul-Rahman", "Layla Abd al-Rahman", "[person 1]"),
    ("Aliou Keïssa", "Keissa", "[person 1]"),
    ("Sa'ad O’Neil", "Saad ONeil", "[person 1]"),
    ("Jon Testley", "with Ann Testley", "with [person]"),
    ("Rose Hill", "rose to nine", "rose to nine"),
]


@pytest.mark.parametrize(("name", "words", "expected"), NAMES)
def test_every_way_to_write_a_name_is_its_label(plain: Edition, name: str, words: str, expected: str) -> None:
    assert redacted_source(plain, [NamedPerson(-1, -1, name)], words) == expected


def redacted_source(plain: Edition, persons: list[NamedPerson], words: str) -> str:
    """Give what becomes of words that stand as the source of a claim, in a report that names these persons."""
    claim = next(iter(plain.claims.values()))
    id = plain.mentions[claim.mention_id].article_id
    changed = replace(claim, source=words)
    small = replace(
        plain,
        events=[],
        claims={claim.id: changed},
        by_mention={claim.mention_id: [changed]},
        voices={},
        articles={id: replace(plain.articles[id], text="prices rose")},
    )
    return redact(small, Redaction({id: ReportNames(tuple(persons))})).claims[claim.id].source


def test_a_family_name_that_two_persons_bear_names_both(plain: Edition) -> None:
    persons = [NamedPerson(-1, -1, "Jon Testley"), NamedPerson(-1, -1, "Ana Testley")]
    assert redacted_source(plain, persons, "the family Testley") == "the family [person 1 or 2]"


def test_a_family_name_that_a_public_person_bears_too_is_nobodys(plain: Edition) -> None:
    persons = [NamedPerson(-1, -1, "Jon Tell"), NamedPerson(-1, -1, "Omar Tell", public=True)]
    assert redacted_source(plain, persons, "what Tell said of Omar Tell") == "what [person] said of Omar Tell"


def test_an_office_in_one_report_makes_the_name_public_where_nothing_speaks_against_it(plain: Edition) -> None:
    persons = [NamedPerson(-1, -1, "Omar Tell"), NamedPerson(-1, -1, "Omar Tell", public=True)]
    assert redacted_source(plain, persons, "Omar Tell") == "Omar Tell"


def test_a_word_that_is_also_a_place_is_replaced_only_where_it_was_read_as_the_person(plain: Edition) -> None:
    claim = next(iter(plain.claims.values()))
    id = plain.mentions[claim.mention_id].article_id
    text = "Karim Homs was buried in Homs. Homs was 40."
    first, last = replace(claim, start=0, end=29, quote=text[:29]), replace(claim, start=31, end=35, quote="Homs")
    names = ReportNames((NamedPerson(0, 10, "Karim Homs"), NamedPerson(31, 35, "Homs")), ("Homs", "Homs"))

    def quote(one: Claim) -> str:
        small = replace(plain, events=[], claims={one.id: one}, by_mention={}, voices={})
        small = replace(small, articles={id: replace(plain.articles[id], text=text)})
        return redact(small, Redaction({id: names})).claims[one.id].quote

    assert quote(first) == "[person 1] was buried in Homs"
    assert quote(last) == "[person 1]"


def test_a_decision_keeps_neither_its_words_nor_who_took_it(plain: Edition) -> None:
    claim = next(iter(plain.claims.values()))
    row = Ruling(claim.id, "correct", "Jon Testley", "Ilse Desk", "Testley's cousin rang", NOW)
    names = ReportNames((NamedPerson(-1, -1, "Jon Testley"),))
    id = plain.mentions[claim.mention_id].article_id
    (found,) = redact(replace(plain, rulings=[row]), Redaction({id: names})).rulings
    assert (found.value, found.by, found.note) == ("[person 1]", "", "")


# ---------------------------------------------------------------- quotes
LONG = "word " * 50 + "twelve people were killed " + "again " * 60


def test_a_quote_is_cut_between_words_around_what_it_is_about() -> None:
    at = LONG.index("twelve")
    cut = cut_quote(LONG, 300, at, at + 6)
    assert len(cut) <= 300
    assert cut.startswith("…word")
    assert cut.endswith("again…")
    assert "twelve people were killed" in cut


@pytest.mark.parametrize("words", ["x" * 400, "x" * 301, "[person 1] " * 40, LONG])
@pytest.mark.parametrize("start", [0, 150, 290])
def test_no_quote_is_longer_than_the_limit_and_no_label_is_cut_in_two(words: str, start: int) -> None:
    cut = cut_quote(words, 300, start, start + 5)
    assert 0 < len(cut) <= 300
    assert cut.count("[") == cut.count("]")


def test_a_short_quote_stays() -> None:
    assert cut_quote("x" * 300, 300) == "x" * 300


def test_long_quotes_of_every_kind_of_row_are_cut_and_offsets_stay(plain: Edition) -> None:
    claim = next(iter(plain.claims.values()))
    mention = plain.mentions[claim.mention_id]
    long = replace(claim, quote=LONG)
    event = next(one for one in plain.events if mention.id in one.mentions)
    given = replace(
        plain,
        events=[event],
        claims={**plain.claims, long.id: long},
        by_mention={**plain.by_mention, mention.id: [long]},
        mentions={**plain.mentions, mention.id: replace(mention, quote=LONG)},
        related={event.id: [Related(event.id, event.id, "part of", "", mention.article_id, 0, 9, LONG)]},
        counted={event.id: [Counted("cnt_1", mention.id, "2", "strikes", "", "", (), 0, 9, LONG, (event.id,))]},
    )
    (line,) = write(issue_of(redact(given, Redaction())), "jsonl")
    row = json.loads(line)
    quotes = [one["quote"] for name in ("claims", "related", "counted") for one in row[name]]
    assert max(map(len, quotes)) <= 300
    shown = next(one for one in row["claims"] if one["id"] == long.id)
    assert (shown["start"], shown["end"]) == (claim.start, claim.end)
    assert row["redaction"]["offsets"] == "of the words before redaction"


# ---------------------------------------------------------------- withheld articles
def test_no_word_of_a_withheld_article_goes_out(plain: Edition, kept_back: Edition) -> None:
    assert any(word in "".join(outputs(plain).values()) for word in WITHHELD_WORDS)
    for name, text in outputs(kept_back).items():
        assert [word for word in WITHHELD_WORDS if word in text] == [], name


def test_its_claims_count_and_it_stands_as_an_id(plain: Edition, kept_back: Edition) -> None:
    (id,) = (id for id, article in plain.articles.items() if article.outlet == "Quiet Herald")
    before, after = ([json.loads(line) for line in write(issue_of(one), "jsonl")] for one in (plain, kept_back))
    assert [row["lineages"] for row in before] == [row["lineages"] for row in after]
    assert [[claim["id"] for claim in row["claims"]] for row in before] == [
        [claim["id"] for claim in row["claims"]] for row in after
    ]
    marked = [row for row in after if id in row["articles"]]
    assert marked
    assert all(row["redaction"]["withheld"] == [id] for row in marked)
    assert {claim["quote"] for row in after for claim in row["claims"] if claim["article"] == id} == {"[withheld]"}


@pytest.mark.parametrize("named", ["r3", "Quiet Herald", "quiet herald", "https://quiet.example/a"])
def test_an_article_is_withheld_by_number_outlet_or_address(ledger: Ledger, plain: Edition, named: str) -> None:
    told = share(ledger, plain, Config(withheld=(named,))).redacted
    assert told is not None
    assert len(told.withheld) == 1


# ---------------------------------------------------------------- marks
def test_a_redacted_export_says_so_in_every_format(shared: Edition) -> None:
    found = outputs(shared)
    assert all(json.loads(line)["redacted"] is True for line in found["jsonl"].splitlines())
    assert all(row["properties"]["redacted"] is True for row in json.loads(found["geojson"])["features"])
    for table in TABLES:
        rows = found[f"csv {table}"].splitlines()
        assert rows[0].split(",")[-1] == REDACTED.name
        assert {row.rpartition(",")[2] for row in rows[1:]} == {"care/1"}


def test_without_redaction_nothing_is_marked(plain: Edition) -> None:
    found = outputs(plain)
    assert "redact" not in "".join(found.values())


# ---------------------------------------------------------------- the sample reports
def test_no_private_person_of_the_sample_reports_is_in_any_format(examples: Path) -> None:
    from variorum.extract.individuals import find_individuals

    with Ledger.open(examples, readonly=True) as made:
        published = edition(made)
        found = outputs(share(made, published, Config()))
    people = [
        one
        for article in published.articles.values()
        for one in find_individuals(article.text, article.title, outlet=article.outlet).persons
        if one.sure
    ]
    public = {one.words for one in people if one.office}
    private = {one.words for one in people} - public
    assert len(private) > 5
    assert len(public) > 10
    families = {name.split(" ")[-1] for name in private} - {name.split(" ")[-1] for name in public}
    for name, text in found.items():
        assert [word for word in sorted(private | families) if holds(word, text)] == [], name
    for body in (
        "Tihama Observatory",
        "Katiba al-Rimal",
        "Wadai Front",
        "Ménaka",
        "Tumaco",
        "Marenia",
        "Gao",
        "Sahel Wire",
    ):
        assert body in "".join(found.values()), body


# ---------------------------------------------------------------- names in odd places and forms
BOMB = "On Monday a car bomb killed five people at a market in Homs, police said. "
COUNTS = " said 15 people were wounded in the bombing."
BLOG = "Moussa Ag Attaher's blog"
ODD: list[tuple[dict[str, str], list[str]]] = [
    # of a report what is not as in every other, what may not go out
    ({"text": BOMB + "His cousin Ibrahim ag-Youssouf" + COUNTS}, ["Ibrahim", "Youssouf"]),
    ({"text": BOMB + "His cousin Sidi ould-Mokhtar" + COUNTS}, ["Sidi", "Mokhtar"]),
    ({"text": BOMB + "Her neighbour Joris van-Hoek" + COUNTS}, ["Joris", "Hoek"]),
    ({"text": BOMB + "Her cousin Maria d'Orsay" + COUNTS}, ["Maria", "Orsay"]),
    ({"text": BOMB + "Talfah, a baker," + COUNTS}, ["Talfah"]),
    ({"text": BOMB + "Witness Moussa Ag Attaher" + COUNTS, "outlet": BLOG}, ["Moussa", "Attaher"]),
    ({"text": BOMB + "Witness Moussa Ag Attaher" + COUNTS, "outlet": "Moussa Ag Attaher"}, ["Moussa", "Attaher"]),
    ({"text": BOMB, "outlet": "Moussa Ag Attaher on Telegram"}, ["Moussa", "Attaher"]),
    ({"text": BOMB, "outlet": "The Ana Orlic Channel"}, ["Orlic"]),
    ({"text": BOMB + 'Witness Jon "Sparky" Testley' + COUNTS}, ["Jon", "Sparky", "Testley"]),
    ({"text": BOMB + "A. B., a resident," + COUNTS}, ["A. B."]),
    ({"text": BOMB + "Abu Khalid, a shopkeeper," + COUNTS}, ["Khalid"]),
    ({"text": BOMB + "The bomber was identified as Tahir Belkassem."}, ["Tahir", "Belkassem"]),
    ({"text": BOMB, "title": "BAKER VIKTOR HALVORSEN KILLED IN HOMS BOMBING"}, ["VIKTOR", "HALVORSEN"]),
    ({"text": BOMB, "title": "Baker Viktor Halvorsen killed in Homs bombing"}, ["Viktor", "Halvorsen"]),
    ({"text": BOMB, "url": "https://a.example/baker-viktor-halvorsen-killed-in-homs"}, ["viktor", "halvorsen"]),
    ({"text": BOMB + "Viktor Halvorsen was killed.", "url": "https://viktorhalvorsen.example/1"}, ["viktorhalvorsen"]),
    ({"text": BOMB, "url": "https://a.example/%D9%85%D9%82%D8%AA%D9%84"}, ["%D9"]),
    ({"text": BOMB + "@homs_eye" + COUNTS}, ["homs_eye"]),
    ({"text": BOMB + "t.me/ana_orlic" + COUNTS}, ["ana_orlic"]),
]


def share_whole(folder: Path, changed: dict[str, str]) -> str:
    """Give every byte that is shared of one report, with its whole text as a quote."""
    row = {"url": "https://a.example/1", "outlet": "Tarn Post", "published": "2021-05-04", "lang": "en"}
    row |= {"title": "Five killed in Homs market bombing", **changed}
    (folder / "reports.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with Ledger.open(folder / "x.db", create=True) as made:
        run([folder / "reports.jsonl"], made, now=NOW, workers=1)
        given = edition(made)
        mentions = {
            id: replace(mention, start=0, quote=given.articles[mention.article_id].text)
            for id, mention in given.mentions.items()
        }
        found = share(made, replace(given, mentions=mentions), Config())
    return "".join([*outputs(found).values(), *(mention.quote for mention in found.mentions.values())])


@pytest.mark.parametrize(("changed", "names"), ODD, ids=[" ".join(names) for _, names in ODD])
def test_a_name_in_an_odd_form_or_place_goes(tmp_path: Path, changed: dict[str, str], names: list[str]) -> None:
    text = share_whole(tmp_path, changed)
    assert [name for name in names if re.search(rf"(?<![^\W_]){re.escape(name)}", text)] == []
    assert "Homs" in text


@pytest.mark.parametrize("outlet", ["Sahel Wire", "Tarn Post on X", "Khabur Front Telegram channel", "People's Daily"])
def test_an_outlet_that_is_nobodys_own_stays(tmp_path: Path, outlet: str) -> None:
    assert outlet in share_whole(tmp_path, {"text": f"{BOMB}{outlet}{COUNTS}", "outlet": outlet})


def test_addresses_numbers_and_handles_in_quotes_go(tmp_path: Path) -> None:
    words = "Residents said 15 people were wounded: +963 11 555 0199, jon@mail.example or @jt_77, they said."
    text = share_whole(tmp_path, {"text": BOMB + words})
    assert "wounded: [contact], [contact] or [contact], they said" in text
