from __future__ import annotations

from collections.abc import Sequence

import pytest

import variorum
from variorum.api.frames import Table
from variorum.api.listing import AT_ONCE, Listing
from variorum.pipeline.tabling import Column


def numbers(count: int, seen: list[int]) -> Listing[int]:
    def read(keys: Sequence[int]) -> list[int]:
        seen.append(len(keys))
        return list(keys)

    columns = [Column("number", "whole", "")]
    return Listing(range(count), read, Table("Numbers", columns, lambda ns: ({"number": n} for n in ns), dict))


def test_a_list_is_sliced_walked_and_counted_like_any_other(ledger: variorum.Ledger) -> None:
    events = ledger.events()
    every = list(events)
    assert len(events) == len(every) == 27
    assert (events[0], events[-1], list(events[3:9:2])) == (every[0], every[-1], every[3:9:2])
    assert every[5] in events
    assert repr(events) == "<Events: 27 rows>"
    with pytest.raises(IndexError):
        events[27]


def test_records_are_read_when_they_are_looked_at_and_some_at_a_time() -> None:
    seen: list[int] = []
    found = numbers(3 * AT_ONCE + 7, seen)
    assert (len(found), seen) == (607, [])
    assert (found[-1], seen) == (606, [1])
    assert sum(1 for _ in found) == 607
    assert max(seen) == AT_ONCE


def test_a_row_has_the_columns_of_the_table(ledger: variorum.Ledger) -> None:
    for name, found in {"events": ledger.events(), "claims": ledger.claims(), "values": ledger.values()}.items():
        columns = [row["name"] for row in ledger.columns(name)]
        rows = found[:3].to_dicts()
        assert len(rows) == 3
        assert all(list(row) == columns for row in rows)


def test_only_events_have_a_place_on_a_map(ledger: variorum.Ledger) -> None:
    features = ledger.events().__geo_interface__["features"]
    assert {feature["geometry"] is None for feature in features} == {True, False}
    assert ledger.events()[0].__geo_interface__ == features[0]
    assert not hasattr(ledger.claims(), "__geo_interface__")
    with pytest.raises(variorum.VariorumError, match="no place on a map"):
        ledger.claims().to_geopandas()
