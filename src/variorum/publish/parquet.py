"""A table of an export as Parquet, with types: days as dates, counts as whole numbers, lists as lists.

Invariant: a part of the issue is one row group, and no more than one lies in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from variorum.errors import ConfigError
from variorum.publish.columns import Column
from variorum.publish.issue import Issue
from variorum.publish.tables import Row, columns_of, part_rows, parts_of

if TYPE_CHECKING:
    import pyarrow as pa


class _Sink:
    """A file that keeps what was written until it is taken away."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.size = 0
        self.closed = False

    def write(self, piece: Any) -> int:
        data = bytes(piece)
        self.pieces.append(data)
        self.size += len(data)
        return len(data)

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        self.closed = True

    def take(self) -> Iterator[bytes]:
        pieces, self.pieces = self.pieces, []
        yield from pieces


def write_parquet(issue: Issue, table: str = "events") -> Iterator[bytes]:
    """Give the bytes of one table. The metadata of the file name the ledger's hash, the day and the meaning of columns.

    Raises UsageError for a table that is none, ConfigError where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ConfigError("parquet needs pyarrow, which is not installed", "pip install 'variorum[frames]'") from None
    schema = arrow_schema(columns_of(issue, table), {"variorum.ledger": issue.ledger, "variorum.made": issue.made})
    sink = _Sink()
    with pq.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        for part in parts_of(issue, table):
            writer.write_table(arrow_table(list(part_rows(issue, part, table)), schema))
            yield from sink.take()
    yield from sink.take()


def arrow_schema(columns: Sequence[Column], metadata: Mapping[str, str] | None = None) -> pa.Schema:
    """Give the types of columns as Arrow has them, with the meaning of each as its metadata."""
    import pyarrow as pa

    types = {
        "id": pa.string(),
        "text": pa.string(),
        "time": pa.string(),
        "list": pa.list_(pa.string()),
        "day": pa.date32(),
        "whole": pa.int64(),
        "decimal": pa.float64(),
    }
    fields = [pa.field(one.name, types[one.type], metadata={"means": one.means}) for one in columns]
    return pa.schema(fields, metadata=dict(metadata or {}))


def arrow_table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """Give rows as an Arrow table of a schema; a day that no calendar has is left out."""
    import pyarrow as pa

    days = {field.name for field in schema if field.type == pa.date32()}
    return pa.Table.from_pylist(
        [{name: _day(row.get(name)) if name in days else row.get(name) for name in schema.names} for row in rows],
        schema=schema,
    )


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
