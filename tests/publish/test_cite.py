"""Citations of one version of an event."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from variorum.errors import UsageError
from variorum.publish.cite import (
    Cited,
    bibtex_escape,
    cite_bibtex,
    cite_csl,
    cite_ris,
    cite_text,
    csl_object,
    make_cited,
)

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
    bare = re.sub(r"\\(textbackslash|textasciitilde|textasciicircum|textless|textgreater|textbar)\{\}", "", entry)
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
