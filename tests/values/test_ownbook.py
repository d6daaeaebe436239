"""The user's own gazetteer beside the shipped one."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.errors import ConfigError
from variorum.values.gazetteer import Gazetteer, open_gazetteer, read_digest
from variorum.values.ownbook import add_source, read_sources, remove_source
from variorum.values.ownrows import OwnRow
from variorum.values.place import find_places

SHIPPED = open_gazetteer()
ZARBUN = OwnRow("own:zarbun", "Tell Zarbun", 35.91, 38.44, 1.3, "city", "SY", "", 800, ("Zarbun Village",))
RIDGE = OwnRow("own:ridge", "Orfane Ridge", 35.0, 38.0, 20, "region", "SY", "Aleppo")


def with_rows(folder: Path, *rows: OwnRow, name: str = "my.csv") -> Path:
    path = folder / "data" / "gazetteer.sqlite"
    add_source(path, name, "0" * 64, rows, SHIPPED)
    return path


def opened(path: Path) -> Gazetteer:
    return Gazetteer(str(Path(SHIPPED._database.execute("pragma database_list").fetchone()[2])), str(path))


@pytest.mark.parametrize("spelling", ["Tell Zarbun", "tell zarbun", "Zarbun Village", "Tal Zarboun"])
def test_every_spelling_of_an_own_place_leads_to_it(tmp_path: Path, spelling: str) -> None:
    book = opened(with_rows(tmp_path, ZARBUN))
    assert [entry.id for entry in book.find(spelling, ("SY",))] == ["own:zarbun"]


def test_an_own_place_is_found_in_a_text_with_its_province(tmp_path: Path) -> None:
    book = opened(with_rows(tmp_path, ZARBUN))
    found = find_places("Shells fell on Tell Zarbun in Syria, 20 km east of Aleppo.", book)
    assert found[0].value == "own:zarbun"
    assert found[0].extra["admin1"] == "ne:SY.ar-raqqah"


def test_a_province_can_be_named(tmp_path: Path) -> None:
    entry = opened(with_rows(tmp_path, RIDGE)).entry("own:ridge")
    assert entry is not None
    assert (entry.admin1, entry.radius_km, entry.feature) == ("ne:SY.aleppo", 20.0, "region")


def test_an_own_place_is_among_the_nearest(tmp_path: Path) -> None:
    assert opened(with_rows(tmp_path, ZARBUN)).nearest(35.91, 38.44)[0].id == "own:zarbun"


def test_the_shipped_places_stay_what_they_are(tmp_path: Path) -> None:
    book = opened(with_rows(tmp_path, ZARBUN))
    assert book.find("Aleppo") == SHIPPED.find("Aleppo")
    assert book.entry("gn:170063") == SHIPPED.entry("gn:170063")


def test_a_geonames_place_that_is_shipped_is_left_to_it(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    known = OwnRow("gn:170063", "Halab", 36.2, 37.16, 5, "city", "SY")
    new = OwnRow("gn:90000001", "Tall Zarbun", 35.91, 38.44, 1, "city", "SY")
    assert add_source(path, "SY.txt", "0" * 64, [known, new], SHIPPED) == 1
    book = opened(path)
    assert book.entry("gn:170063") == SHIPPED.entry("gn:170063")
    entry = book.entry("gn:90000001")
    assert entry is not None
    assert entry.name == "Tall Zarbun"


def test_adding_a_file_again_changes_nothing(tmp_path: Path) -> None:
    first = with_rows(tmp_path, ZARBUN, RIDGE).read_bytes()
    assert with_rows(tmp_path, RIDGE, ZARBUN).read_bytes() == first


def test_a_file_of_the_same_name_takes_the_place_of_what_it_had(tmp_path: Path) -> None:
    with_rows(tmp_path, ZARBUN)
    book = opened(with_rows(tmp_path, RIDGE))
    assert book.entry("own:zarbun") is None
    assert book.entry("own:ridge") is not None


def test_the_digest_follows_what_is_in_it(tmp_path: Path) -> None:
    one = read_digest(str(with_rows(tmp_path, ZARBUN)))
    two = read_digest(str(with_rows(tmp_path, ZARBUN, RIDGE)))
    assert one != two
    assert SHIPPED.own_digest == ""


def test_what_was_added_is_listed_and_taken_out(tmp_path: Path) -> None:
    with_rows(tmp_path, ZARBUN)
    path = with_rows(tmp_path, RIDGE, name="other.csv")
    assert [(one.name, one.places) for one in read_sources(path)] == [("my.csv", 1), ("other.csv", 1)]
    assert remove_source(path, "my.csv", SHIPPED)
    assert [one.name for one in read_sources(path)] == ["other.csv"]
    assert not remove_source(path, "my.csv", SHIPPED)
    assert remove_source(path, "other.csv", SHIPPED)
    assert not path.exists()
    assert read_sources(path) == []


def test_a_file_that_is_no_gazetteer_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    path.write_text("words, and no database at all", encoding="utf-8")
    for read in (read_sources, lambda path: read_digest(str(path))):
        with pytest.raises(ConfigError, match="cannot be read"):
            read(path)


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be written"):
        add_source(tmp_path / "file" / "own.sqlite", "my.csv", "0" * 64, [ZARBUN], SHIPPED)
