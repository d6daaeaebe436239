from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

import variorum
from variorum.api import frames
from variorum.api.listing import Listing

TABLES = ("events", "claims", "values", "reports")


def listed(ledger: variorum.Ledger, table: str) -> Listing[Any]:
    return getattr(ledger, table)()  # type: ignore[no-any-return]


@pytest.mark.parametrize("table", TABLES)
def test_a_frame_holds_what_the_exported_table_holds(ledger: variorum.Ledger, tmp_path: Path, table: str) -> None:
    text = ledger.export("csv", tmp_path / "table.csv", table=table).read_text(encoding="utf-8")
    theirs = sorted(csv.DictReader(io.StringIO(text)), key=repr)
    rows = [{name: _cell(value) for name, value in row.items()} for row in listed(ledger, table).to_dicts()]
    assert sorted(rows, key=repr) == theirs


def _cell(value: Any) -> str:
    return "" if value is None else "; ".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("table", TABLES)
def test_arrow_and_parquet_have_one_schema(ledger: variorum.Ledger, tmp_path: Path, table: str) -> None:
    import pyarrow.parquet

    file = pyarrow.parquet.read_table(ledger.export("parquet", tmp_path / "table.parquet", table=table))
    ours = listed(ledger, table).to_arrow()
    assert ours.schema.equals(file.schema)
    assert sorted(map(repr, ours.to_pylist())) == sorted(map(repr, file.to_pylist()))


def test_columns_of_pandas_have_real_types(ledger: variorum.Ledger) -> None:
    frame = ledger.events().to_pandas()
    types = {name: str(type) for name, type in frame.dtypes.items()}
    assert {types[name] for name in ("date_low", "date_high")} == {"datetime64[s]"}
    assert {types[name] for name in ("killed_low", "killed_high", "reports", "version")} == {"Int64"}
    assert {types[name] for name in ("lat", "lon", "radius_km")} == {"float64"}
    assert {types[name] for name in ("kind", "country", "date_precision")} == {"category"}
    assert {types[name] for name in ("id", "title", "date", "place")} == {"string"}
    assert frame["date_low"].isna().sum() == 2  # of no known year; their canonical text is there
    assert frame["date"].notna().all()
    assert frame["killed_high"].sum() > 0


def test_a_frame_names_the_state_it_was_made_from(ledger: variorum.Ledger) -> None:
    told = ledger.claims().to_pandas().attrs
    assert (told["table"], told["schema"], told["as_of"]) == ("claims", "variorum/1", None)
    assert told["ledger"] in ledger.events()[0].cite("ris")
    assert told["log_row"] > 0
    assert ledger.as_of("2021-11-09").events().to_pandas().attrs["as_of"] == "2021-11-09"


def test_columns_of_polars_have_real_types(ledger: variorum.Ledger) -> None:
    import polars

    schema = ledger.events().to_polars().schema
    assert schema["date_low"] == polars.Date
    assert schema["killed_low"] == polars.Int64
    assert schema["actors"] == polars.List(polars.String)
    assert schema["kind"] == polars.Categorical


def test_an_empty_list_keeps_its_types(ledger: variorum.Ledger) -> None:
    empty = ledger.events(since="2100-01-01")
    assert len(empty) == 0
    assert list(map(str, empty.to_pandas().dtypes)) == list(map(str, ledger.events().to_pandas().dtypes))
    assert empty.to_polars().schema == ledger.events().to_polars().schema
    assert empty.to_arrow().schema.equals(ledger.events().to_arrow().schema)


def test_geopandas_has_the_points_of_the_features(ledger: variorum.Ledger) -> None:
    import geopandas

    frame = ledger.events().to_geopandas()
    theirs = geopandas.GeoDataFrame.from_features(ledger.events(), crs="EPSG:4326")
    assert frame.crs == "EPSG:4326"
    assert frame.geometry.isna().tolist() == theirs.geometry.isna().tolist()
    known = frame.geometry.notna()
    assert frame.geometry[known].geom_equals(theirs.geometry[known]).all()
    assert frame.attrs["table"] == "events"


def test_an_answer_of_sql_has_the_types_of_its_values(ledger: variorum.Ledger) -> None:
    frame = ledger.sql("SELECT 1 AS a, 1.5 AS b, 'x' AS c, NULL AS d, 'y' AS c").to_pandas()
    assert frame.drop(columns="d").to_dict("records") == [{"a": 1, "b": 1.5, "c": "x", "c_2": "y"}]
    assert frame["d"].isna().all()
    assert [str(type) for type in frame.dtypes] == ["Int64", "float64", "string", "string", "string"]


@pytest.mark.parametrize(
    ("call", "package", "extra"),
    [
        ("to_pandas", "pandas", "frames"),
        ("to_polars", "polars", "frames"),
        ("to_arrow", "pyarrow", "frames"),
        ("to_geopandas", "geopandas", "geo"),
    ],
)
def test_a_package_that_is_missing_is_named_with_its_extra(
    ledger: variorum.Ledger, monkeypatch: pytest.MonkeyPatch, call: str, package: str, extra: str
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(frames, "import_module", missing)
    with pytest.raises(variorum.VariorumError, match=f"{package} is not installed") as told:
        getattr(ledger.events()[:1], call)()
    assert told.value.remedy == f"pip install 'variorum[{extra}]'"  # type: ignore[attr-defined]
