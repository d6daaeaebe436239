"""A list of records that is also a table: it is sliced and walked like a list, and becomes a frame when asked.

Records are read when they are looked at, some at a time, so a list of all events of a large ledger costs their ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from variorum.api.display import Shown, bundle, listing_html, listing_markdown
from variorum.errors import UsageError
from variorum.show.words import plural

if TYPE_CHECKING:
    import geopandas
    import pandas
    import polars
    import pyarrow

    from variorum.api.frames import Table

Record = TypeVar("Record", covariant=True)
Row = Mapping[str, Any]
AT_ONCE = 200  # records read together: an edition of so many events is some megabytes


class Listing(Sequence[Record], Generic[Record]):
    """Records in order, each read when it is looked at; a slice is such a list again."""

    def __init__(self, keys: Sequence[Any], read: Callable[[Sequence[Any]], Sequence[Record]], table: Table) -> None:
        self._keys = keys
        self._read = read
        self._table = table

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> Listing[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | Listing[Record]:
        if isinstance(place, slice):
            return Listing(self._keys[place], self._read, self._table)
        return self._read([self._keys[place]])[0]

    def __iter__(self) -> Iterator[Record]:
        for start in range(0, len(self._keys), AT_ONCE):
            yield from self._read(self._keys[start : start + AT_ONCE])

    def __repr__(self) -> str:
        return f"<{self._table.name}: {plural(len(self), 'row')}>"

    # ------------------------------------------------------------ tables

    def to_dicts(self) -> list[dict[str, Any]]:
        """Give a dictionary a row, with the columns of the frame and plain values."""
        names = [column.name for column in self._table.columns]
        return [{name: row.get(name) for name in names} for row in self._rows()]

    def to_pandas(self) -> pandas.DataFrame:
        """Give a pandas frame. Raises ConfigError where pandas is not installed."""
        from variorum.api.frames import to_pandas

        return to_pandas(self._table, self._rows())

    def to_polars(self) -> polars.DataFrame:
        """Give a Polars frame. Raises ConfigError where Polars is not installed."""
        from variorum.api.frames import to_polars

        return to_polars(self._table, self._rows())

    def to_arrow(self) -> pyarrow.Table:
        """Give an Arrow table. Raises ConfigError where pyarrow is not installed."""
        from variorum.api.frames import to_arrow

        return to_arrow(self._table, self._rows())

    def to_geopandas(self) -> geopandas.GeoDataFrame:
        """Give events as a GeoPandas frame of points in WGS 84; none where only a country is known.

        Raises UsageError for a list that is not of events, ConfigError where GeoPandas is not installed.
        """
        from variorum.api.frames import to_geopandas

        if not self._table.located:
            raise UsageError(
                f"{self._table.name} have no place on a map", "events have: ledger.events().to_geopandas()"
            )
        return to_geopandas(self._table, self._rows(), self._features())

    def _rows(self) -> Iterator[Row]:
        for start in range(0, len(self._keys), AT_ONCE):
            yield from self._table.rows(self._read(self._keys[start : start + AT_ONCE]))

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The events as a GeoJSON FeatureCollection (RFC 7946); no other list has it."""
        return {"type": "FeatureCollection", "features": self._features()}

    def _features(self) -> list[dict[str, Any]]:
        if not self._table.located:
            raise AttributeError(f"{self._table.name} have no place on a map; events have")
        return [record.__geo_interface__ for record in self]  # type: ignore[attr-defined]

    # ------------------------------------------------------------ display

    def _shown(self) -> Shown:
        return Shown(repr(self), self._repr_html_(), listing_markdown(self, self._table))

    def _repr_html_(self) -> str:
        return listing_html(self, self._table)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return bundle(self._shown())
