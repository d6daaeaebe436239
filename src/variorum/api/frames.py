"""Tables as frames: pandas, Polars, Arrow, GeoPandas. Each package is imported when it is asked for.

Invariant: a frame has the columns and types of the table's dictionary, `source.columns(NAME)`, and names the state of
the ledger that it was made from (`attrs` in pandas, the metadata of an Arrow schema).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from variorum.api.when import read_day
from variorum.errors import ConfigError

if TYPE_CHECKING:
    import geopandas
    import pandas
    import polars
    import pyarrow

    from variorum.pipeline.tabling import Column, ColumnType

Row = Mapping[str, Any]
EXTRA = {"pandas": "frames", "polars": "frames", "pyarrow": "frames", "geopandas": "geo", "shapely": "geo"}
# Texts of which a table has few different ones.
CATEGORIES = frozenset(
    (
        *("kind", "date_precision", "place_precision", "admin1", "country", "killed_of", "injured_of"),
        *("prop", "field", "scope", "stance", "status", "unit", "lang", "change", "asks"),
    )
)
WGS84 = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class Table:
    """What a list is as a table."""

    name: str  # for people: Events
    columns: Sequence[Column]
    rows: Callable[[Sequence[Any]], Iterable[Row]]  # of records
    shown: Callable[[Any], Mapping[str, Any]]  # of one record, by heading: what a notebook shows of it
    heads: Sequence[str] = ()  # of what is shown, where there is no record
    attrs: Mapping[str, Any] = field(default_factory=dict)  # which state of which ledger
    located: bool = False  # its records have a place on a map


def guess_columns(names: Sequence[str], rows: Sequence[Row]) -> list[Column]:
    """Give columns for rows of an answer, whose types nobody has said."""
    from variorum.pipeline.tabling import Column

    return [Column(name, _guess([row[name] for row in rows]), "") for name in names]


def _guess(values: Sequence[Any]) -> ColumnType:
    kinds = {type(value) for value in values if value is not None}
    if kinds and kinds <= {int, bool}:
        return "whole"
    if kinds and kinds <= {int, float, bool}:
        return "decimal"
    return "text"


def to_pandas(table: Table, rows: Iterable[Row]) -> pandas.DataFrame:
    """Give a pandas frame: whole numbers as Int64, days as datetime64, lists as Python lists."""
    pd = _package("pandas")
    columns = _by_column(table, rows)
    made = {one.name: _pandas_array(pd, one, columns[one.name]) for one in table.columns}
    frame: pandas.DataFrame = pd.DataFrame(made, columns=[one.name for one in table.columns])
    frame.attrs = dict(table.attrs)
    return frame


def _pandas_array(pd: Any, column: Column, values: list[Any]) -> Any:
    if column.type == "whole":
        return pd.array(values, dtype="Int64")
    if column.type == "decimal":
        return pd.array([float("nan") if value is None else float(value) for value in values], dtype="float64")
    if column.type == "day":
        return pd.Series(values, dtype="datetime64[s]")
    if column.type == "list":
        return pd.Series(values, dtype="object")
    return pd.array(values, dtype="category" if column.name in CATEGORIES else "string")


def to_polars(table: Table, rows: Iterable[Row]) -> polars.DataFrame:
    """Give a Polars frame: whole numbers as Int64, days as Date, lists as List(String)."""
    pl = _package("polars")
    types = {
        "whole": pl.Int64,
        "decimal": pl.Float64,
        "day": pl.Date,
        "list": pl.List(pl.String),
    }
    schema = {
        one.name: types.get(one.type, pl.Categorical if one.name in CATEGORIES else pl.String) for one in table.columns
    }
    frame: polars.DataFrame = pl.DataFrame(_by_column(table, rows), schema=schema)
    return frame


def to_arrow(table: Table, rows: Iterable[Row]) -> pyarrow.Table:
    """Give an Arrow table of the same schema as `variorum export parquet` writes."""
    from variorum.pipeline.tabling import arrow_schema

    pa = _package("pyarrow")
    about = {f"variorum.{name}": str(value) for name, value in table.attrs.items() if value is not None}
    made: pyarrow.Table = pa.Table.from_pydict(_by_column(table, rows), schema=arrow_schema(table.columns, about))
    return made


def to_geopandas(table: Table, rows: Iterable[Row], features: Sequence[Mapping[str, Any]]) -> geopandas.GeoDataFrame:
    """Give the pandas frame with a column of points; an event without a point has None."""
    gpd, shapely = _package("geopandas"), _package("shapely")
    points = [None if one["geometry"] is None else shapely.Point(*one["geometry"]["coordinates"]) for one in features]
    plain = to_pandas(table, rows)
    frame: geopandas.GeoDataFrame = gpd.GeoDataFrame(plain, geometry=points, crs=WGS84)
    frame.attrs = dict(table.attrs)
    return frame


def _by_column(table: Table, rows: Iterable[Row]) -> dict[str, list[Any]]:
    """Give the values of each column, each of its type or None."""
    every = list(rows)
    return {one.name: [_typed(row.get(one.name), one.type) for row in every] for one in table.columns}


def _typed(value: Any, type: str) -> Any:
    if value is None:
        return None
    if type == "day":
        return value if isinstance(value, date) else read_day(value)
    if type == "list":
        return [str(one) for one in value]
    if type == "whole":
        return int(value)
    return float(value) if type == "decimal" else str(value)


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        extra = EXTRA[name]
        raise ConfigError(f"{name} is not installed", f"pip install 'variorum[{extra}]'") from None
