"""Rows in the columns of UCDP GED, ACLED and Airwars: what their codebooks ask, held against every kind of event."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import article
from publish.codebook import check_acled, check_airwars, check_ucdp
from publish.rules.told_account import account, says
from variorum.config import Config
from variorum.ledger import Ledger
from variorum.model import Event
from variorum.pipeline import Requested, make_export
from variorum.publish.cite import Cited
from variorum.publish.coded import write_acled, write_airwars, write_ucdp
from variorum.publish.coded.ucdp import priogrid_gid
from variorum.publish.issue import Issue
from variorum.publish.jsonl import Edition
from variorum.publish.profile import Redacted
from variorum.publish.rules import Account, Statement
from variorum.schema import load_schema
from variorum.values import interval
from variorum.values.gazetteer import open_gazetteer

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"
OUTLETS = ("Tarn Post", "Hill Wire", "Lake Daily")
WRITE = {"ucdp": write_ucdp, "acled": write_acled, "airwars": write_airwars}
CHECK = {"ucdp": check_ucdp, "acled": check_acled, "airwars": check_airwars}


def issue_of_accounts(*accounts: Account, redacted: Redacted | None = None, heard: list[str] | None = None) -> Issue:
    """An issue of invented events, in parts of one event each."""
    events = [Event(f"evt_{n}", one.event["kind"], "It happened", (), (), ()) for n, one in enumerate(accounts)]
    by_id = {event.id: one for event, one in zip(events, accounts)}
    articles = {name: article(name, outlet=name) for name in OUTLETS}

    def parts() -> Iterator[Edition]:
        for event in events:
            yield Edition([event], {}, {}, articles, (), open_gazetteer(), {})

    def cited(part: Edition) -> dict[str, Cited]:
        return {
            event.id: Cited("EV-1", "", "", 1, "2031-05-02", "ab" * 32, "2031-05-03", "https://a.example/EV-1")
            for event in part.events
        }

    return Issue(
        *(parts, parts, lambda _, event: by_id[event.id], cited, "ab" * 32, "2031-05-03"),
        credible=("clinic", "monitor"),
        redacted=redacted,
        leave_out=lambda _, words: (heard if heard is not None else []).append(words),
    )


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row_of(format: str, *statements: Statement, **told: object) -> dict[str, str]:
    """The one row of an event."""
    (row,) = rows("".join(WRITE[format](issue_of_accounts(account(*statements, **told)))))  # type: ignore[arg-type]
    return row


@pytest.fixture(scope="module")
def sample(examples: Path) -> Iterator[Issue]:
    """The events of the sample reports."""
    with Ledger.open(examples, readonly=True) as ledger:
        yield make_export(ledger, Requested(), config=Config(), today="2031-05-03").issue


# ---------------------------------------------------------------- what the codebooks ask
@pytest.mark.parametrize("format", WRITE)
def test_the_rows_of_the_sample_reports_pass_the_codebook(format: str, sample: Issue) -> None:
    text = "".join(WRITE[format](sample, ""))
    assert CHECK[format](text) == []
    assert len(rows(text)) >= 5


KINDS = sorted(kind for kind in load_schema().kinds if not kind.startswith("background."))
TOLLS = ("0", "1", "4", "12", "12..", "..200", "30..40", "~400", "24..")
SCOPES = ("all", "all", "civilians", "combatants", "children", "men", "police", "attackers", "civilians+combatants")
NAMES = ("Syrian army", "Islamic State", "Turkey", "Jazira Army", "soldiers", "gunmen", "Hill Force")
TARGETS = ("market", "Syrian army", "Islamic State", "Tihama Brigades", "Hill Force", "convoy")
DAYS = (
    *("2031-05-14", "2031-05-14/2031-05-15", "2031-05-12/2031-05-18", "2031-02", "2031-05", "2031", "rel:thu"),
    *("2030-12-30/2031-01-02", "2029/2031", "XXXX-05-03"),
)
PLACES = ("gn:170063", "gn:170063;near", "ne:SY", "ne:SY.idlib", "va:sea.black-sea", "name:Tell;in=gn:170063")
WEAPONS = ("shell.mortar", "missile", "bomb.car", "bomb.suicide", "drone", "rifle")


def some(values: Sequence[str], most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


STATEMENTS = st.lists(
    st.builds(
        says,
        st.sampled_from(TOLLS),
        st.sampled_from(("clinic", "monitor", "Syrian army", "mayor", "")),
        scope=st.sampled_from(SCOPES),
        prop=st.sampled_from(("killed", "killed", "injured")),
        outlet=st.sampled_from(OUTLETS),
        stance=st.sampled_from(("asserts", "asserts", "hedges", "denies")),
        when=st.sampled_from(("2031-05-15", "2031-05-16", None)),
    ),
    max_size=6,
)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """Any event: of any kind, date and place, with any figures and sides."""
    day = draw(st.sampled_from((*DAYS, None)))
    low, high = (interval("date", day) or (None, None)) if day else (None, None)
    names = draw(some(NAMES))
    told = [says(name, "monitor", prop=draw(st.sampled_from(("actor", "responsibility")))) for name in names]
    found = account(
        *draw(STATEMENTS),
        *told,
        says("Tell", "", prop="place"),  # no event without a report
        kind=draw(st.sampled_from(KINDS)),
        date=day,
        place=draw(st.sampled_from((*PLACES, None))),
        actor=names,
        target=draw(some(TARGETS)),
        weapon=draw(some(WEAPONS, 2)),
        party=draw(some(NAMES)),
    )
    if day:
        found.event["date"].update(low=low, high=high)
    return found


@given(st.lists(accounts(), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
@pytest.mark.parametrize("format", WRITE)
def test_whatever_is_told_the_row_passes_the_codebook_or_is_counted_as_left_out(
    format: str, told: list[Account]
) -> None:
    heard: list[str] = []
    text = "".join(WRITE[format](issue_of_accounts(*told, heard=heard)))
    assert CHECK[format](text) == []
    left = len(told) - len(rows(text))
    assert [words.split(" which")[0] for words in heard] == (
        [f"{left} of {len(told)} events {'is' if left == 1 else 'are'} left out,"] if left else []
    )


# ---------------------------------------------------------------- the checker refuses what is broken
GOOD = {
    "ucdp": row_of(
        "ucdp",
        *(says("12"), says("4", scope="civilians"), says("9", "mayor", when="2031-05-01")),
        kind="strike",
        actor=["Syrian army"],
        target=["Islamic State"],
        date="2031-05-14",
    ),
    "acled": row_of(
        "acled", says("4", scope="civilians"), kind="bombing", actor=["Islamic State"], weapon=["bomb.car"]
    ),
    "airwars": row_of("airwars", says("4..9", scope="civilians"), says("Turkey", prop="actor"), kind="strike"),
}
BROKEN = [
    ("ucdp", {"best": "13"}, "deaths by side"),
    ("ucdp", {"deaths_a": "1"}, "deaths by side"),
    ("ucdp", {"low": "13"}, "low 13"),
    ("ucdp", {"high": "3"}, "high 3"),
    ("ucdp", {"best": "12.0"}, "best is 12.0"),
    ("ucdp", {"best": ""}, "best is empty"),
    ("ucdp", {"id": "evt_1"}, "id is evt_1"),
    ("ucdp", {"type_of_violence": "4"}, "type_of_violence"),
    ("ucdp", {"side_b": "Hill Force"}, "one-sided"),
    ("ucdp", {"side_b": ""}, "both sides"),
    ("ucdp", {"side_b": "Syrian army"}, "against itself"),
    ("ucdp", {"where_prec": "8"}, "where_prec"),
    ("ucdp", {"event_clarity": "3"}, "event_clarity"),
    ("ucdp", {"date_prec": "2"}, "date_prec 2 of 1"),
    ("ucdp", {"date_end": "2031-05-13"}, "2031-05-14 to"),
    ("ucdp", {"date_start": "14/5/2031"}, "14/5/2031"),
    ("ucdp", {"year": "2030"}, "year 2030"),
    ("ucdp", {"geom_wkt": "POINT (36.2 37.16)"}, "geom_wkt"),
    ("ucdp", {"source_article": "Tarn Post"}, "lists of"),
    ("ucdp", {"latitude": "97.2"}, "latitude"),
    ("ucdp", {"priogrid_gid": "181874"}, "priogrid_gid"),
    ("ucdp", {"source_date": "2031-05-02;2031-05-03"}, "lists of"),
    ("acled", {"event_type": "Battles"}, "of Battles"),
    ("acled", {"sub_event_type": "Attack"}, "Attack of"),
    ("acled", {"disorder_type": "Demonstrations"}, "Demonstrations of"),
    ("acled", {"inter1": "9"}, "inter1"),
    ("acled", {"inter2": "1"}, "inter2 1 of Civilians"),
    ("acled", {"interaction": "72"}, "interaction 72"),
    ("acled", {"actor1": ""}, "actor1 without it"),
    ("acled", {"actor2": "Islamic State"}, "against itself"),
    ("acled", {"assoc_actor_1": "Islamic State"}, "beside itself"),
    ("acled", {"civilian_targeting": ""}, "civilian_targeting"),
    ("acled", {"fatalities": "-1"}, "fatalities"),
    ("acled", {"iso": "SYR"}, "iso is SYR"),
    ("acled", {"time_precision": "0"}, "time_precision"),
    ("acled", {"geo_precision": "4"}, "geo_precision"),
    ("acled", {"event_date": "01 May 2031"}, "01 May 2031"),
    ("acled", {"year": "2030"}, "year 2030"),
    ("acled", {"notes": ""}, "notes is empty"),
    ("airwars", {"grading": "Weak"}, "by Airwars alone"),
    ("airwars", {"variorum_proposed_grading": "Certain"}, "of Certain"),
    ("airwars", {"variorum_proposed_strike_status": "Likely strike"}, "of Weak"),
    ("airwars", {"civilians_killed_min": "10"}, "at most 9"),
    ("airwars", {"belligerent_types": "Guilty"}, "belligerents"),
    ("airwars", {"date": "2031-04-30"}, "date 2031-04-30"),
    ("airwars", {"longitude": ""}, "longitude is empty"),
]


def lines(*told: dict[str, str]) -> str:
    out = io.StringIO()
    table = csv.DictWriter(out, list(told[0]))
    table.writeheader()
    table.writerows(told)
    return out.getvalue()


@pytest.mark.parametrize(("format", "change", "words"), BROKEN)
def test_a_broken_row_is_refused(format: str, change: dict[str, str], words: str) -> None:
    assert CHECK[format](lines(GOOD[format])) == []
    assert any(words in problem for problem in CHECK[format](lines({**GOOD[format], **change})))


@pytest.mark.parametrize("format", WRITE)
def test_a_column_out_of_order_and_an_id_twice_are_refused(format: str) -> None:
    first, second, *rest = GOOD[format].items()
    assert CHECK[format](lines(dict([second, first, *rest])))[0].startswith("columns")
    assert any("twice" in problem for problem in CHECK[format](lines(GOOD[format], GOOD[format])))


# ---------------------------------------------------------------- what stands in the rows
CELLS = [(10.51, 2.29, 145085), (-89.9, -179.9, 1), (90, 180, 259200), (-90, -180, 1)]


@pytest.mark.parametrize(("lat", "lon", "cell"), CELLS)
def test_the_cell_of_prio_grid_is_counted_from_the_south_west(lat: float, lon: float, cell: int) -> None:
    assert priogrid_gid(lat, lon) == cell


def test_a_row_leads_back_to_its_event_and_the_claims_behind_its_figures() -> None:
    said = replace(says("12"), claims=("clm_1", "clm_2"))
    row = row_of("ucdp", said, replace(says("3", prop="injured"), claims=("clm_3",)))
    assert (row["variorum_event"], row["variorum_claims"]) == ("evt_0", "clm_1; clm_2")


def test_what_no_report_gives_is_named_for_a_coder() -> None:
    assert row_of("ucdp", says("12"))["variorum_remarks"] == "left for a coder: type_of_violence, side_a, side_b"


LEFT: list[tuple[str, Account, str]] = [
    ("ucdp", account(says("12"), kind="talks"), "without a use of armed force"),
    ("ucdp", account(says("3", prop="injured")), "without a death"),
    ("ucdp", account(says("12"), date=None), "without a day or year"),
    ("ucdp", account(says("12"), place=None), "without a place on the map"),
    ("acled", account(says("12"), date="2031", low="2031-01-01", high="2031-12-31"), "without a day, week or month"),
    ("acled", account(says("12"), place=None), "without a place on the map"),
    ("airwars", account(says("12"), kind="execution"), "of a kind that is no strike"),
    ("airwars", account(says("12", scope="combatants"), kind="strike"), "without a word on harm to civilians"),
]


@pytest.mark.parametrize(("format", "told", "why"), LEFT)
def test_what_a_codebook_does_not_hold_is_left_out_and_told_with_its_reason(
    format: str, told: Account, why: str
) -> None:
    heard: list[str] = []
    whole = account(says("4", scope="civilians"))
    found = rows("".join(WRITE[format](issue_of_accounts(told, whole, heard=heard))))
    assert [row["variorum_event"] for row in found] == ["evt_1"]
    assert len(heard) == 1
    assert heard[0].startswith("1 of 2 events is left out")
    assert heard[0].endswith(f": 1 {why}.")


def test_a_siege_in_which_fighters_died_is_a_use_of_armed_force() -> None:
    row = row_of("ucdp", says("22", scope="combatants"), kind="siege.broken")
    assert (row["best"], "GED codes no event" in row["variorum_remarks"]) == ("22", False)


@pytest.mark.parametrize("format", WRITE)
def test_a_redacted_file_says_so_in_its_last_column(format: str) -> None:
    text = "".join(WRITE[format](issue_of_accounts(account(says("4", scope="civilians")), redacted=Redacted())))
    assert list(rows(text)[0])[-1] == "redacted"
    assert rows(text)[0]["redacted"] == Redacted().profile
    assert CHECK[format](text) == []


@pytest.mark.parametrize(
    ("format", "column"), [("ucdp", "side_a"), ("acled", "actor1"), ("airwars", "belligerent_list")]
)
def test_no_cell_is_run_by_a_spreadsheet(format: str, column: str) -> None:
    name = '=HYPERLINK("https://evil.example")'
    row = row_of(format, says("4", scope="civilians"), says(name, prop="responsibility"), actor=["=1+1"])
    assert all(not cell.startswith(("=", "@", "\t")) for cell in row.values())


def test_a_belligerent_stands_once_however_it_is_called() -> None:
    named = [says(name, "clinic", prop="actor") for name in ("soldiers", "Syria", "Russia")]
    owned = says("Syrian army", "Syrian army", prop="responsibility")
    row = row_of("airwars", says("4", scope="civilians"), *named, owned)
    assert (row["belligerent_list"], row["belligerent_types"]) == ("Syria; Russia", "Known; Suspected")


def test_a_proposed_grading_stands_beside_an_empty_one() -> None:
    row = row_of("airwars", says("4", scope="civilians"))
    assert (row["grading"], row["strike_status"], row["variorum_proposed_grading"]) == ("", "", "Weak")


def test_a_semicolon_in_a_title_makes_no_second_source() -> None:
    told = account(says("12"))
    told = replace(told, reports=tuple(replace(one, title="Blast; many dead") for one in told.reports))
    assert rows("".join(write_ucdp(issue_of_accounts(told))))[0]["source_headline"] == "Blast, many dead"


def test_the_day_of_the_version_is_acleds_timestamp() -> None:
    assert row_of("acled", says("12"))["timestamp"] == "1935446400"  # 2 May 2031, 0:00 UTC


def test_no_more_than_one_part_is_asked_for_before_its_lines_are_given() -> None:
    asked: list[str] = []
    issue = issue_of_accounts(*(account(says("12")) for _ in range(3)))

    def parts() -> Iterator[Edition]:
        for part in issue.parts():
            asked.append(part.events[0].id)
            yield part

    written: Callable[[Issue], Iterator[str]] = write_ucdp
    lines_given = written(replace(issue, parts=parts))
    assert [(next(lines_given), len(asked))[1] for _ in range(4)] == [0, 1, 2, 3]
