"""Citations of one version of an event."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from jsonschema import Draft202012Validator
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from told import Happening, tell
from variorum.errors import UsageError
from variorum.model import Event
from variorum.pipeline.places import gazetteer
from variorum.publish.cite import (
    CITATIONS,
    Cited,
    CitedClaim,
    bibtex_escape,
    cite_bibtex,
    cite_csl,
    cite_ris,
    cite_text,
    csl_object,
    make_cited,
    make_cited_claim,
    write_bibtex,
    write_csl,
    write_ris,
)
from variorum.publish.issue import Issue, issue_of
from variorum.publish.jsonl import make_edition
from variorum.publish.profile import Redacted

HASH = "9c1e" * 16
CITED = Cited(
    "EV-7K3Q",
    "Missiles fired from the sea hit targets near Deir ez-Zor",
    "14 September 2017",
    4,
    "2017-09-18",
    HASH,
    "2026-11-21",
    "",
)
CLAIM = CitedClaim(
    claim="clm_7K3QM2ZV9D0XW5TA",
    quote="At least 39 people were killed",
    states="killed = at least 39",
    source="Marenian health ministry",
    outlet="Tarn Post",
    report="R7",
    headline="Shelling hits a market",
    published="2031-05-02",
    start=40,
    end=70,
    event="EV-7K3Q@4",
    ledger=HASH,
    accessed="2031-05-09",
    link="",
)
NASTY = r"50% of {a} \input{x} & $y$ #1 _z_ ^w~ <b> \" ‮ turned" + "\r\nER  - \n@misc{x,"


def test_the_text_names_event_day_version_ledger_and_access() -> None:
    assert cite_text(CITED) == (
        "“EV-7K3Q: Missiles fired from the sea hit targets near Deir ez-Zor, 14 September 2017.” "
        "Version 4, 2017-09-18, ledger 9c1e9c1e9c1e…, accessed 2026-11-21."
    )


def test_a_day_that_the_title_names_is_not_named_twice() -> None:
    titled = replace(CITED, title="Strike in Raqqa, 14 September 2017")
    assert cite_text(titled).count("14 September 2017") == 1


def test_bibtex_has_one_entry_whose_braces_are_even() -> None:
    entry = cite_bibtex(CITED)
    assert entry.startswith("@misc{EV-7K3Q-v4,\n")
    assert HASH in entry
    assert entry.count("{") == entry.count("}")
    assert re.findall(r"^  (\w+) = ", entry, re.M)[:3] == ["title", "year", "month"]


def test_no_sign_of_a_title_is_an_order_to_tex() -> None:
    entry = cite_bibtex(replace(CITED, title=NASTY))
    orders = "textbackslash|textasciitilde|textasciicircum|textless|textgreater|textbar|textbraceleft|textbraceright"
    bare = re.sub(rf"\\({orders})\{{\}}", "", entry)
    title = re.search(r"title = \{\{(.*)\}\},\n", bare)
    assert title is not None
    assert re.search(r"(?<!\\)[{}$&#^_%~\\]", re.sub(r"\\[{}$&#_%]", "", title[1])) is None
    assert entry.count("\n@") == 0
    assert "‮" not in entry


def test_what_is_escaped_once_is_not_escaped_again() -> None:
    assert bibtex_escape(r"\&") == r"\textbackslash{}\&"


def test_ris_is_a_tag_a_line_and_ends_once() -> None:
    record = cite_ris(replace(CITED, title=NASTY, link="https://v.example/events/EV-7K3Q@4"))
    lines = record.split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert sum(line.startswith("ER  - ") for line in lines) == 1


def test_csl_json_is_an_item_with_its_days_in_parts() -> None:
    (item,) = json.loads(cite_csl(CITED))
    assert item == csl_object(CITED)
    assert item["issued"] == {"date-parts": [[2017, 9, 18]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 21]]}
    assert (item["type"], item["version"], item["archive_location"]) == ("dataset", "4", HASH)
    assert "URL" not in item


@pytest.mark.parametrize(
    "wrong",
    [{"version_day": "yesterday"}, {"accessed": ""}, {"version": 0}, {"label": "EV-7K3Q}"}, {"ledger": "no hash"}],
)
def test_what_is_no_version_day_or_hash_is_not_cited(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        make_cited(replace(CITED, **wrong))  # type: ignore[arg-type]
    assert make_cited(CITED) == CITED


# ---------------------------------------------------------------- a claim
def test_the_text_of_a_claim_names_words_speaker_report_place_and_ledger() -> None:
    assert cite_text(CLAIM) == (
        "“At least 39 people were killed” (killed = at least 39), "
        "Marenian health ministry. In: Tarn Post, R7 (Shelling hits a market), "
        "2 May 2031, characters 40–70. Claim clm_7K3QM2ZV9D0XW5TA of EV-7K3Q@4, ledger 9c1e9c1e9c1e…, "
        "accessed 2031-05-09."
    )


def test_an_outlet_that_speaks_itself_is_named_as_the_one_who_said_it() -> None:
    own = replace(CLAIM, source="", event="", headline="", published="")
    assert cite_text(own).startswith(
        "“At least 39 people were killed” (killed = at least 39), "
        "Tarn Post, in its own voice. In: Tarn Post, R7, undated, characters 40–70. "
        "Claim clm_7K3QM2ZV9D0XW5TA, ledger"
    )
    assert csl_object(own)["author"] == [{"literal": "Tarn Post"}]
    assert "issued" not in csl_object(own)
    assert "PY  - " not in cite_ris(own)


@pytest.mark.parametrize("wrong", [{"claim": "EV-7K3Q"}, {"accessed": "now"}, {"published": "May"}, {"start": 71}])
def test_what_is_no_claim_day_or_span_is_not_cited(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        make_cited_claim(replace(CLAIM, **wrong))  # type: ignore[arg-type]
    assert make_cited_claim(CLAIM) == CLAIM


def test_a_redacted_citation_says_so_in_every_form() -> None:
    for one, (name, write) in product((CITED, CLAIM), CITATIONS.items()):
        assert "Redacted by the profile care/1" in write(replace(one, redacted="care/1")), name
        assert "Redacted" not in write(one), name


# ---------------------------------------------------------------- independent readers
# What TeX, RIS or JSON could trip over; a straight quotation mark is set as a closing one.
TITLES = ["50% & $y$ #1 _z_ ^w~ <b> | \\input{x}", "{", "}}", "{{a}", "\\", "a\\", "%", "@misc{x,", "TY - X", "ق 😀"]


# Text commands of LaTeX (LaTeX2e unofficial reference manual, "Text symbols") that the reader's table lacks.
SYMBOLS = {"textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">", "textbar": "|"}
SYMBOLS |= {"textasciicircum": "^"}


def decoder() -> LatexNodes2Text:
    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=sign) for name, sign in SYMBOLS.items()]
    known.add_context_category("text symbols", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=known, keep_braced_groups=False)


@pytest.mark.parametrize("title", TITLES)
def test_bibtexparser_reads_the_title_of_an_event_and_the_words_of_a_claim_back(title: str) -> None:
    event, claim = replace(CITED, title=title), replace(CLAIM, quote=title, source=title, outlet=title, headline=title)
    library = bibtexparser.parse_string(
        cite_bibtex(event) + cite_bibtex(claim), append_middleware=[LatexDecodingMiddleware(decoder=decoder())]
    )
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == ["EV-7K3Q-v4", CLAIM.claim]
    assert library.entries[0]["title"] == event.heading
    assert library.entries[1]["title"] == claim.heading
    assert library.entries[1]["author"] == title
    assert library.entries[1]["number"] == CLAIM.claim


@pytest.mark.parametrize("title", TITLES)
def test_rispy_reads_the_title_of_an_event_and_the_words_of_a_claim_back(title: str) -> None:
    event, claim = replace(CITED, title=title), replace(CLAIM, quote=title, source=title, headline=title)
    first, second = rispy.loads(cite_ris(event) + "\r\n" + cite_ris(claim))
    assert (first["title"], first["type_of_reference"], first["year"]) == (event.heading, "DATA", "2017")
    assert (second["title"], second["authors"], second["publisher"]) == (claim.heading, [title], "Tarn Post")
    assert f"Ledger {HASH}" in first["notes"]


# From the specification of CSL-JSON (citation-style-language/schema, csl-data): the properties that are written here.
DAY = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": ["integer", "string"]}},
        }
    },
    "required": ["date-parts"],
    "additionalProperties": False,
}
NAME = {"type": "object", "properties": {"literal": {"type": "string", "minLength": 1}}, "additionalProperties": False}
STRINGS = ("title", "publisher", "section", "note", "archive", "archive_location", "URL", "container-title", "version")
STRINGS += ("number",)
CSL = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["id", "type"],
            "properties": {
                "id": {"type": ["string", "number"]},
                "type": {"enum": ["dataset"]},
                "author": {"type": "array", "items": NAME},
                "issued": DAY,
                "accessed": DAY,
                **{name: {"type": "string"} for name in STRINGS},
            },
            "additionalProperties": False,
        },
    }
)


@pytest.mark.parametrize("cited", [CITED, CLAIM, replace(CLAIM, source="", published="", event="", redacted="care/1")])
def test_csl_json_is_as_its_schema_asks(cited: Cited | CitedClaim) -> None:
    CSL.validate(json.loads(cite_csl(cited)))
    assert not CSL.is_valid([csl_object(cited) | {"issued": "2017"}])


# ---------------------------------------------------------------- an export
def issue(count: int, *, redacted: Redacted | None = None) -> tuple[Issue, list[int]]:
    """Events in parts of one, and how many parts were asked for so far."""
    told = tell("one", Happening("strike"))
    asked = [0]

    def parts() -> Iterator[object]:
        for number in range(count):
            asked[0] += 1
            event = Event(f"evt_{number}", "strike", f"Strike {number} {{", (), (), ())
            yield make_edition(
                [event], mentions=(), claims=(), articles=[told.article], copies=(), gazetteer=gazetteer()
            )

    def cited(part: object) -> dict[str, Cited]:
        rows = part.events  # type: ignore[attr-defined]
        return {event.id: replace(CITED, label=f"EV-{event.id[4:]}", title=event.title) for event in rows}

    empty = make_edition((), mentions=(), claims=(), articles=(), copies=(), gazetteer=gazetteer())
    return replace(issue_of(empty), parts=parts, cited=cited, redacted=redacted), asked  # type: ignore[arg-type]


def test_an_export_has_an_entry_an_event_under_keys_of_their_own() -> None:
    library = bibtexparser.parse_string("".join(write_bibtex(issue(12)[0], "")))
    assert library.failed_blocks == []
    assert len({entry.key for entry in library.entries}) == 12
    assert len(rispy.loads("".join(write_ris(issue(12)[0], "")))) == 12
    items = json.loads("".join(write_csl(issue(12)[0], "")))
    CSL.validate(items)
    assert len({item["id"] for item in items}) == 12


@pytest.mark.parametrize("write", [write_bibtex, write_ris, write_csl])
def test_an_export_of_citations_asks_for_a_part_when_it_has_written_the_one_before(write: object) -> None:
    given, asked = issue(3)
    pieces = write(given, "")  # type: ignore[operator]
    next(pieces)
    assert asked == [1]


def test_an_export_of_no_events_is_well_formed() -> None:
    assert json.loads("".join(write_csl(issue(0)[0], ""))) == []
    assert "".join(write_bibtex(issue(0)[0], "")) == ""


@pytest.mark.parametrize("write", [write_bibtex, write_ris, write_csl])
def test_a_redacted_export_of_citations_says_so(write: object) -> None:
    assert "Redacted by the profile care/1" in "".join(write(issue(1, redacted=Redacted())[0], ""))  # type: ignore[operator]
