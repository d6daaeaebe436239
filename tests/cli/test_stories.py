"""`variorum stories`, `list --story`, and what `show` says of an event's ties and counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from cli.conftest import Cli
from variorum.ledger import Ledger
from variorum.pipeline import run

NOW = "2031-05-30T10:00:00+00:00"
IDLIB = "Nine people were killed on Sunday when an air strike hit a market in Idlib, the civil defence said."
REPORTS = (
    ("Tarn Post", "2031-05-05", f"Air strike on Idlib market kills nine\n\n{IDLIB}\n"),
    (
        "Dove Daily",
        "2031-05-05",
        f"Idlib market hit from the air\n\n{IDLIB} Traders carried the dead from the market of Idlib.\n",
    ),
    (
        "Wadi Herald",
        "2031-05-06",
        "Rockets hit army base near Homs\n\nRebels fired eleven rockets at an army base near Homs on Tuesday, killing "
        "four soldiers, the army said.\n\nThe rebels said the attack was in retaliation for an air strike on a market "
        "in Idlib that killed nine people on Sunday.\n",
    ),
    (
        "Wadi Herald",
        "2031-05-09",
        "Idlib counts its strikes\n\nThere have been four air strikes on Idlib since the middle of April, a monitoring "
        "group said on Friday.\n",
    ),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("between")
    rows = [
        {"outlet": outlet, "published": published, "text": text, "url": f"https://tarn.invalid/{number}"}
        for number, (outlet, published, text) in enumerate(REPORTS)
    ]
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    place = folder / "told.db"
    with Ledger.open(place, create=True) as ledger:
        run([folder / "in.jsonl"], ledger, now=NOW, workers=1)
    return place


def event_ids(cli: Cli, told: Path) -> dict[str, str]:
    """Give the label of the event of each place."""
    return {row["place"].split()[-1]: row["event"] for row in json.loads(cli("list", told, "--json").out)}


def block(lines: Sequence[str], heading: str) -> list[str]:
    """Give the lines under a heading."""
    start = lines.index(heading) + 1
    return [line.strip() for line in lines[start : lines.index("", start)]]


def test_show_says_what_an_event_answers_and_by_what_it_is_answered(cli: Cli, told: Path) -> None:
    ids = event_ids(cli, told)
    homs = block(cli("show", ids["Homs"], told).out.splitlines(), "RELATED")
    assert homs == [
        f"response to    {ids['Idlib']}  Strike in Idlib, 4 May 2031",
        "“in retaliation for”, R3; 2 days later",
    ]
    idlib = block(cli("show", ids["Idlib"], told).out.splitlines(), "RELATED")
    assert idlib[0].startswith(f"answered by    {ids['Homs']}  Strike with rockets")


def test_show_says_which_report_counts_an_event(cli: Cli, told: Path) -> None:
    ids = event_ids(cli, told)
    lines = cli("show", ids["Idlib"], told).out.splitlines()
    assert block(lines, "COUNTED IN") == [
        "R4    “four air strikes on Idlib since the middle of April”: 4 stated, 1 found"
    ]
    assert "COUNTED IN" not in cli("show", ids["Homs"], told).out


def test_as_known_on_a_day_nothing_later_is_said(cli: Cli, told: Path) -> None:
    ids = event_ids(cli, told)
    then = cli("show", ids["Idlib"], told, "--as-of", "2031-05-05").out
    assert "RELATED" not in then
    assert "COUNTED IN" not in then
    assert "COUNTED IN" not in cli("show", ids["Idlib"], told, "--as-of", "2031-05-06").out
    assert "answered by" in cli("show", ids["Idlib"], told, "--as-of", "2031-05-06").out
    assert "RELATED" not in cli("show", ids["Idlib"] + "@1", told).out


def test_export_has_ties_and_counts_with_the_words(cli: Cli, told: Path) -> None:
    rows = [json.loads(line) for line in cli("export", "jsonl", told).out.splitlines()]
    homs, idlib = sorted(rows, key=lambda row: row["date"]["value"], reverse=True)
    (tie,) = homs["related"]
    assert idlib["related"] == [tie]
    assert (tie["left"], tie["name"], tie["right"]) == (homs["id"], "response to", idlib["id"])
    assert (tie["quote"], tie["articles"]) == ("in retaliation for", [tie["article"]])
    (count,) = idlib["counted"]
    assert (count["stated"], count["found"], count["what"]) == ("4", 1, "air strikes")
    assert homs["counted"] == []


def test_stories_are_listed_with_their_figures(cli: Cli, told: Path) -> None:
    rows = json.loads(cli("stories", told, "--json", "--min-reports", "1").out)
    assert sum(row["reports"] for row in rows) == len(REPORTS)
    assert set(rows[0]) == {"story", "id", "day", "reports", "lineages", "events", "what"}
    shown = cli("stories", told, "--min-reports", "1")
    assert shown.out.splitlines()[0].split() == ["STORY", "DATE", "REPORTS", "LINEAGES", "EVENTS", "WHAT"]
    assert len(shown.out.splitlines()) == 1 + len(rows)
    assert cli("stories", told, "--csv").out.startswith("story,id,day,reports")


def test_a_story_shows_its_reports_and_its_events_can_be_listed(cli: Cli, told: Path) -> None:
    ids = event_ids(cli, told)
    for row in json.loads(cli("stories", told, "--json", "--min-reports", "1").out):
        shown = cli("show", row["story"], told)
        assert shown.code == 0
        assert row["what"] in shown.out.splitlines()[0]
        listed = {found["event"] for found in json.loads(cli("list", told, "--json", "--story", row["story"]).out)}
        assert len(listed) == row["events"]
        assert listed <= set(ids.values())
        assert all(label in shown.out for label in listed)
        assert json.loads(cli("show", row["id"], told, "--json").out)["id"] == row["id"]


def test_the_name_of_a_story_that_another_took_in_leads_to_it(cli: Cli, told: Path) -> None:
    from variorum.model import story_id

    with Ledger.open(told, readonly=True) as ledger:
        joined = next(story for story in ledger.structure().stories if len(story.articles) > 1)
        other = next(id for id in joined.articles if story_id(id) != joined.id)
    found = json.loads(cli("show", story_id(other), told, "--json").out)
    assert found["id"] == joined.id


@pytest.mark.parametrize("id", ["ST-00000000", "EV-0000"])
def test_an_unknown_story_says_how_to_list_them(cli: Cli, told: Path, id: str) -> None:
    answer = cli("list", told, "--story", id)
    assert answer.code == 2
    assert "variorum" in answer.err
