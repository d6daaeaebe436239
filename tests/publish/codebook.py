"""Checks of rows by the codebooks of UCDP GED, ACLED and Airwars. Knows their columns and codes, and no writer.

Sources: the header of a GED 23.1 release file and the GED codebook 24.1; ACLED's codebook and the columns of the
package acledR, commit 1e05ba9; the code of Airwars' site, airwars-archive-2025, commit e05a9df (docs/rules). A column
that a project fills from a register of its own, or that takes a coder's judgement, may be empty; all else may not.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

Row = Mapping[str, str]


def _words(text: str) -> list[str]:
    return text.split()


GED_COLUMNS = _words("""
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id
dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources
source_article source_office source_date source_headline source_original where_prec where_coordinates
where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity
date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob
""")
ACLED_COLUMNS = _words("""
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude
longitude geo_precision source source_scale notes fatalities tags timestamp
""")
AIRWARS_COLUMNS = _words("""
post_id permalink country date grading latitude longitude strike_status geolocation_accuracy unique_reference_code
civilians_killed_min civilians_killed_max civilians_injured_min civilians_injured_max militants_killed_min
militants_killed_max belligerent_list
""")

# What the codebook wants filled and this program may leave to a coder or to the project's own register.
GED_OPEN = set(
    _words("""
active_year code_status conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name
type_of_violence side_a_dset_id side_a_new_id side_b_dset_id side_b_new_id side_a side_b source_original adm_1 adm_2
country country_id region gwnoa gwnob
""")
)
ACLED_OPEN = set(
    _words("""
sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region
country admin1 admin2 admin3 source_scale fatalities tags timestamp
""")
)
AIRWARS_OPEN = {
    *("permalink", "country", "grading", "strike_status", "geolocation_accuracy", "belligerent_list"),
    *(name for name in AIRWARS_COLUMNS if name.endswith(("_min", "_max"))),
}

SUB_EVENTS = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        *("Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack"),
        *("Remote explosive/landmine/IED", "Grenade"),
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        *("Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use"),
        *("Headquarters or base established", "Looting/property destruction"),
        *("Non-violent transfer of territory", "Other"),
    },
}
DISORDER = {
    "Battles": "Political violence",
    "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence",
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}
STATUS_OF = {
    "Confirmed": {"Declared strike"},
    "Fair": {"Likely strike", "Declared strike"},
    "Weak": {"Single source claim", "Declared strike"},
    "Contested": {"Contested strike"},
    "Discounted": {"", "Declared strike", "Single source claim"},
    "": {"", "Declared strike", "Single source claim"},
}


def check_ucdp(text: str) -> list[str]:
    """Give what a file breaks of GED's codebook; nothing where a coder would take it."""
    return _check(text, GED_COLUMNS, GED_OPEN, _ged)


def check_acled(text: str) -> list[str]:
    """Give what a file breaks of ACLED's codebook."""
    return _check(text, ACLED_COLUMNS, ACLED_OPEN, _acled)


def check_airwars(text: str) -> list[str]:
    """Give what a file breaks of Airwars' export and of its wording."""
    return _check(text, AIRWARS_COLUMNS, AIRWARS_OPEN, _airwars)


def _check(text: str, columns: list[str], may_be_empty: set[str], rules: Callable[[Row], Iterator[str]]) -> list[str]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    names = list(reader.fieldnames or [])
    if names[: len(columns)] != columns:
        return [f"columns: {names[: len(columns)]}"]
    found, ids = [], set()
    for number, row in enumerate(reader, 1):
        if None in row or None in row.values():
            found.append(f"row {number}: as many cells as columns")
            continue
        empty = [name for name in columns if not row[name] and name not in may_be_empty]
        found += [f"row {number}: {name} is empty" for name in empty]
        if not empty:
            found += [f"row {number}: {words}" for words in rules(row)]
        if row[columns[0]] in ids:
            found.append(f"row {number}: {columns[0]} twice")
        ids.add(row[columns[0]])
    return found


# ---------------------------------------------------------------- UCDP GED
def _ged(row: Row) -> Iterator[str]:
    yield from _numbers(row, "id", "year", "number_of_sources", "best", "high", "low")
    yield from _numbers(row, "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    yield from _codes(row, type_of_violence=(1, 3), where_prec=(1, 7), date_prec=(1, 5), event_clarity=(1, 2))
    parts = sum(_int(row[name]) for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"))
    low, best, high = (_int(row[name]) for name in ("low", "best", "high"))
    if parts != best:
        yield f"best is {best}, the deaths by side are {parts}"
    if not low <= best <= high:
        yield f"low {low}, best {best}, high {high}"
    if high < 1:
        yield "no death"
    yield from _point(row)
    if row["geom_wkt"] != f"POINT ({row['longitude']} {row['latitude']})":
        yield f"geom_wkt is {row['geom_wkt']}"
    yield from _cell(row)
    start, end = _day(row["date_start"]), _day(row["date_end"])
    if start is None or end is None or start > end:
        yield f"{row['date_start']} to {row['date_end']}"
        return
    if start.year != _int(row["year"]):
        yield f"year {row['year']} of {row['date_start']}"
    days = (end - start).days + 1
    widest = {1: (1, 1), 2: (2, 6), 3: (7, 7), 4: (8, 31), 5: (32, 366)}.get(_int(row["date_prec"]), (0, 0))
    if not widest[0] <= days <= widest[1]:
        yield f"date_prec {row['date_prec']} of {days} days"
    if row["type_of_violence"] == "3" and (row["side_b"] != "Civilians" or row["deaths_b"] != "0"):
        yield "one-sided violence has civilians as side b, and no fighters dead on it"
    if row["side_a"] and row["side_a"] == row["side_b"]:
        yield f"{row['side_a']} against itself"
    if row["type_of_violence"] and not (row["side_a"] and row["side_b"]):
        yield "a type of violence without both sides"
    lists = [row[name].split(";") for name in ("source_office", "source_date", "source_headline")]
    lists.append(re.findall(r'"[^";]+,(?:undated|\d{4}-\d\d-\d\d),[^;]*"(?:;|$)', row["source_article"]))
    if {len(items) for items in lists} != {_int(row["number_of_sources"])}:
        yield f"{row['number_of_sources']} sources, and lists of {[len(items) for items in lists]}"


def _cell(row: Row) -> Iterator[str]:
    """Check the PRIO-GRID cell the other way round: from the number to the cell that must hold the point."""
    number = _int(row["priogrid_gid"]) - 1
    south, west = -90 + number // 720 / 2, -180 + number % 720 / 2
    lat, lon = float(row["latitude"]), float(row["longitude"])
    if not (0 <= number < 720 * 360 and south <= lat <= south + 0.5 and west <= lon <= west + 0.5):
        yield f"priogrid_gid {row['priogrid_gid']} of {lat}, {lon}"


# ---------------------------------------------------------------- ACLED
def _acled(row: Row) -> Iterator[str]:
    yield from _numbers(row, "year", "fatalities", "iso", "timestamp")
    yield from _codes(row, time_precision=(1, 3), geo_precision=(1, 3), inter1=(1, 8), inter2=(1, 8))
    day = _day(row["event_date"])
    if day is None or day.year != _int(row["year"]):
        yield f"event_date {row['event_date']}, year {row['year']}"
    kind, sub = row["event_type"], row["sub_event_type"]
    if kind not in SUB_EVENTS or (sub and sub not in SUB_EVENTS[kind]):
        yield f"{sub} of {kind}"
        return
    if row["disorder_type"] != DISORDER[kind]:
        yield f"{row['disorder_type']} of {kind}"
    first, second = row["inter1"], row["inter2"]
    if row["interaction"] != ("".join(sorted((first, second))) if first and second else ""):
        yield f"interaction {row['interaction']} of {first} and {second}"
    for number in ("1", "2"):
        if not row[f"actor{number}"] and (row[f"inter{number}"] or row[f"assoc_actor_{number}"]):
            yield f"what goes with actor{number} without it"
        if row[f"actor{number}"] and row[f"actor{number}"] in row[f"assoc_actor_{number}"].split("; "):
            yield f"actor{number} beside itself"
        called = row[f"actor{number}"].partition(" (")[0]
        if {"Civilians": "7", "Protesters": "6", "Rioters": "5"}.get(called, "") not in ("", row[f"inter{number}"]):
            yield f"inter{number} {row[f'inter{number}']} of {called}"
    if row["actor1"] and row["actor1"] == row["actor2"]:
        yield f"{row['actor1']} against itself"
    if kind == "Battles" and {first, second} & {"5", "6", "7"}:
        yield "a battle is between armed sides"
    if kind == "Violence against civilians" and second != "7":
        yield "violence against civilians hits civilians"
    if kind == "Protests" and first != "6":
        yield "the first actor of a protest are protesters"
    targeted = kind == "Violence against civilians" or (kind == "Explosions/Remote violence" and second == "7")
    if row["civilian_targeting"] != ("Civilian targeting" if targeted else ""):
        yield f"civilian_targeting {row['civilian_targeting']}"
    yield from _point(row)


# ---------------------------------------------------------------- Airwars
def _airwars(row: Row) -> Iterator[str]:
    yield from _numbers(row, "post_id", *(name for name in row if name.endswith(("_min", "_max"))))
    for name in row:
        least, most = row[name], row.get(name.removesuffix("_min") + "_max", "")
        if name.endswith("_min") and least and most and _int(least) > _int(most):
            yield f"{name} {least}, and at most {most}"
    if row["grading"] or row["strike_status"]:
        yield "a grading and a status are given by Airwars alone"
    grading, status = row["variorum_proposed_grading"], row["variorum_proposed_strike_status"]
    if status not in STATUS_OF.get(grading, set()):
        yield f"{status or 'no status'} of {grading or 'no grading'}"
    if not row["variorum_grading_reason"]:
        yield "no reason for the grading"
    types = row["belligerent_types"].split("; ") if row["belligerent_types"] else []
    named = row["belligerent_list"].split("; ") if row["belligerent_list"] else []
    if len(types) != len(named) or not set(types) <= {"Suspected", "Known"}:
        yield f"belligerents {named}: {types}"
    start, end = _day(row["incident_date"]), _day(row["incident_date_end"])
    if start is None or end is None or start > end or row["date"] != row["incident_date"]:
        yield f"date {row['date']}, {row['incident_date']} to {row['incident_date_end']}"
    yield from _point(row)


# ---------------------------------------------------------------- types
def _numbers(row: Row, *names: str) -> Iterator[str]:
    for name in names:
        if row[name] and re.fullmatch(r"0|[1-9][0-9]{0,14}", row[name]) is None:
            yield f"{name} is {row[name]}"


def _codes(row: Row, **spans: tuple[int, int]) -> Iterator[str]:
    for name, (least, most) in spans.items():
        if row[name] and not (len(row[name]) == 1 and least <= _int(row[name]) <= most):
            yield f"{name} is {row[name]}"


def _point(row: Row) -> Iterator[str]:
    for name, most in (("latitude", 90), ("longitude", 180)):
        try:
            number = float(row[name])
        except ValueError:
            number = math.nan
        if not abs(number) <= most:
            yield f"{name} is {row[name]}"


def _int(text: str) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]+", text) else -1


def _day(text: str) -> date | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
