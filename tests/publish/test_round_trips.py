"""What comes back when another program reads an export: GeoJSON by geopandas, CSV by pandas, with the right types."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import geopandas
import pandas as pd
import pytest
from shapely.geometry import mapping, shape

from variorum.ledger import Ledger
from variorum.pipeline import edition, with_all_articles
from variorum.publish import Issue, issue_of, write
from variorum.publish.columns import TABLES
from variorum.publish.csv import write_dictionary

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"
# What the dictionary of columns calls a type -> what pandas is told.
TYPES = {"id": "string", "text": "string", "list, with semicolons": "string", "ISO 8601 day or time": "string"}
TYPES |= {"whole number": "Int64", "decimal number": "float64"}


@pytest.fixture(scope="module")
def issue(examples: Path) -> Issue:
    with Ledger.open(examples, readonly=True) as ledger:
        return issue_of(with_all_articles(ledger, edition(ledger)))


@pytest.fixture(scope="module")
def features(issue: Issue) -> list[dict]:
    return json.loads("".join(write(issue, "geojson")))["features"]  # type: ignore[arg-type]


def test_geopandas_has_the_geometry_that_was_written(features: list[dict]) -> None:
    frame = geopandas.GeoDataFrame.from_features(features, crs="EPSG:4326")
    assert len(frame) == len(features)
    for feature, geometry in zip(features, frame.geometry):
        written = feature["geometry"]
        assert (None if geometry is None else mapping(geometry)) == (
            None if written is None else {"type": "Point", "coordinates": tuple(written["coordinates"])}
        )


def test_a_file_of_geojson_is_read_by_gdal(issue: Issue, features: list[dict], tmp_path: Path) -> None:
    file = tmp_path / "events.geojson"
    file.write_text("".join(write(issue, "geojson")), encoding="utf-8")  # type: ignore[arg-type]
    frame = geopandas.read_file(file)
    assert frame.crs == "EPSG:4326"
    assert list(frame["title"]) == [feature["properties"]["title"] for feature in features]
    placed = [feature for feature in features if feature["geometry"] is not None]
    assert [one for one in frame.geometry if one is not None] == [shape(feature["geometry"]) for feature in placed]


def test_an_event_known_by_its_country_alone_is_no_point(features: list[dict]) -> None:
    for feature in features:
        if feature["properties"]["precision"] == "country":
            assert feature["geometry"] is None


def frame_of(issue: Issue, table: str) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """Read a table as its dictionary of columns says."""
    lines = "".join(write_dictionary(issue, TABLES))
    types = {row["column"]: row["type"] for row in csv.DictReader(io.StringIO(lines)) if row["table"] == table}
    days = [name for name, type in types.items() if type == "ISO 8601 day"]
    frame = pd.read_csv(
        io.StringIO("".join(write(issue, "csv", table=table))),  # type: ignore[arg-type]
        dtype={name: TYPES[type] for name, type in types.items() if name not in days},
        parse_dates=days,
        keep_default_na=False,
        na_values=[""],
    )
    return frame, types


@pytest.mark.parametrize("table", TABLES)
def test_pandas_reads_every_column_with_the_type_that_the_dictionary_names(issue: Issue, table: str) -> None:
    frame, types = frame_of(issue, table)
    assert len(frame) >= 25
    for name, type in types.items():
        if type == "ISO 8601 day":
            assert pd.api.types.is_datetime64_any_dtype(frame[name].dtype), name
        else:
            assert str(frame[name].dtype) == TYPES[type], name


def test_a_figure_comes_back_as_the_number_that_was_written(issue: Issue) -> None:
    frame, _ = frame_of(issue, "claims")
    killed = frame[(frame["prop"] == "killed") & frame["value"].str.fullmatch(r"\d+")]
    assert len(killed) > 5
    assert (killed["low"] == killed["value"].astype(float)).all()
    assert (killed["high"] == killed["low"]).all()


def test_a_bound_stays_open_in_pandas(issue: Issue) -> None:
    frame, _ = frame_of(issue, "claims")
    bound = frame[frame["value"].str.fullmatch(r"\d+\.\.")]
    assert len(bound) > 0
    assert bound["low"].notna().all()
    assert bound["high"].isna().all()
