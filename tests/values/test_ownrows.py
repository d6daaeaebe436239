"""Files of places: a GeoNames country dump, or a CSV table with a header."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.errors import UsageError
from variorum.values.ownrows import read_places

HEADER = "name,lat,lon,country,admin1,feature,population,alternates,id,radius_km\n"


def written(folder: Path, text: str, name: str = "places.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def dump_line(
    number: int = 90000001, code: tuple[str, str] = ("P", "PPL"), lat: str = "35.91", columns: int = 19
) -> str:
    cells = [str(number), "Tall Zarbūn", "Tall Zarbun", "Tal Zarboun,tallu zarbun,تل زربون,TZB", lat, "38.44", *code]
    cells += ["SY", "", "04", "", "", "", "800", "", "", "Asia/Damascus", "2026-01-01"]
    return "\t".join(cells[:columns]) + "\n"


def test_a_table_row_is_a_place(tmp_path: Path) -> None:
    text = HEADER + "Tell Zarbun,35.91,38.44,sy,Aleppo,,800,Tal Zarboun; Tall Zarbun,zarbun-1,\n"
    (row,) = read_places(written(tmp_path, text)).rows
    assert (row.id, row.name, row.country, row.feature) == ("own:zarbun-1", "Tell Zarbun", "SY", "city")
    assert row.alternates == ("Tal Zarboun", "Tall Zarbun")
    assert row.radius_km == pytest.approx(1.3)


def test_only_name_lat_and_lon_are_needed_in_any_order(tmp_path: Path) -> None:
    (row,) = read_places(written(tmp_path, "lon,lat,Name\n38.44,35.91,Tell Zarbun\n")).rows
    assert (row.name, row.lat, row.lon) == ("Tell Zarbun", 35.91, 38.44)


def test_an_id_stays_as_long_as_name_and_point_do(tmp_path: Path) -> None:
    one = read_places(written(tmp_path, "name,lat,lon\nTell Zarbun,35.91,38.44\n")).rows[0]
    two = read_places(written(tmp_path, "name,lat,lon,population\nX,1,1,1\nTell Zarbun,35.91,38.44,900\n")).rows[1]
    assert one.id == two.id
    assert one.id.startswith("own:tellzarbun-")


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (",35.91,38.44,SY,,,,,,", "it has no name"),
        ("A;B,35.91,38.44,SY,,,,,,", "its name is"),
        ("Zarbun,north,38.44,SY,,,,,,", "its lat is north"),
        ("Zarbun,,38.44,SY,,,,,,", "its lat is empty"),
        ("Zarbun,95,38.44,SY,,,,,,", "its lat is 95"),
        ("Zarbun,nan,38.44,SY,,,,,,", "its lat is nan"),
        ("Zarbun,35.91,381,SY,,,,,,", "its lon is 381"),
        ("Zarbun,35.91,38.44,Syria,,,,,,", "its country is SYRIA"),
        ("Zarbun,35.91,38.44,SY,,hamlet,,,,", "its feature is hamlet"),
        ("Zarbun,35.91,38.44,SY,,country,,,,", "its feature is country"),
        ("Zarbun,35.91,38.44,SY,,,many,,,", "its population is many"),
        ("Zarbun,35.91,38.44,SY,,,,,a;b,", "its id is a;b"),
        ("Zarbun,35.91,38.44,SY,,,,,,-3", "its radius_km is -3"),
    ],
)
def test_a_bad_row_is_listed_with_its_number_and_the_good_ones_are_kept(tmp_path: Path, row: str, cause: str) -> None:
    sheet = read_places(written(tmp_path, f"{HEADER}Good,35.9,38.4,SY,,,,,,\n{row}\n"))
    assert [place.name for place in sheet.rows] == ["Good"]
    (rejected,) = sheet.rejected
    assert rejected.row == 3
    assert rejected.cause.startswith(cause)
    assert rejected.remedy


def test_two_rows_of_one_id_are_one_too_many(tmp_path: Path) -> None:
    sheet = read_places(written(tmp_path, HEADER + "A Tell,1,1,SY,,,,,x,\nB Tell,2,2,SY,,,,,x,\n"))
    assert [one.row for one in sheet.rejected] == [3]


def test_a_line_of_a_dump_is_a_place_with_the_names_that_reports_have(tmp_path: Path) -> None:
    sheet = read_places(written(tmp_path, dump_line(), "SY.txt"))
    assert sheet.form == "GeoNames dump"
    (row,) = sheet.rows
    assert (row.id, row.country, row.population, row.feature) == ("gn:90000001", "SY", 800, "city")
    assert row.alternates == ("Tall Zarbun", "Tal Zarboun", "تل زربون")


@pytest.mark.parametrize(
    ("code", "feature"),
    [
        (("P", "PPLX"), "city"),
        (("S", "AIRB"), "city"),
        (("H", "WAD"), "river"),
        (("T", "MT"), "region"),
        (("S", "SCH"), None),
    ],
)
def test_a_dump_keeps_what_reports_name(tmp_path: Path, code: tuple[str, str], feature: str | None) -> None:
    sheet = read_places(written(tmp_path, dump_line(code=code), "SY.txt"))
    assert [row.feature for row in sheet.rows] == ([feature] if feature else [])
    assert sheet.left_out == (feature is None)


def test_a_short_or_wrong_line_of_a_dump_is_listed(tmp_path: Path) -> None:
    text = dump_line() + dump_line(2, lat="x") + dump_line(3, columns=12)
    sheet = read_places(written(tmp_path, text, "SY.txt"))
    assert [(one.row, one.cause) for one in sheet.rejected] == [(2, "its lat is x"), (3, "it has 12 columns")]


@pytest.mark.parametrize("text", ["", "place,x,y\nA,1,2\n", "only words"])
def test_another_file_is_refused_with_what_to_give(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="has no column") as caught:
        read_places(written(tmp_path, text))
    assert "GeoNames dump" in caught.value.remedy


def test_an_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "SY.zip").write_bytes(b"PK\x03\x04\xff\xfe\x00")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_places(tmp_path / "SY.zip")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_places(tmp_path / "none.csv")


def test_a_row_that_no_database_can_hold_is_listed_and_the_others_are_kept(tmp_path: Path) -> None:
    rows = [f"A Hill,1,1,{'9' * 30},", f"B Hill,2,2,,{'x' * 200_000}", "Tell Zarbun,35,38,5,"]
    text = "\n".join(["name,lat,lon,population,alternates", *rows])
    sheet = read_places(written(tmp_path, text))
    assert [row.name for row in sheet.rows] == ["Tell Zarbun"]
    assert [row.row for row in sheet.rejected] == [2, 3]


def test_old_line_ends_part_rows_too(tmp_path: Path) -> None:
    sheet = read_places(written(tmp_path, "name,lat,lon\rTell Zarbun,35,38\r"))
    assert [row.name for row in sheet.rows] == ["Tell Zarbun"]


def test_another_separator_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="semicolons"):
        read_places(written(tmp_path, "name;lat;lon\nTell Zarbun;35;38\n"))
