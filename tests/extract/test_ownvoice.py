"""An outlet that names itself speaks in its own voice."""

from __future__ import annotations

import pytest

from variorum.extract.ownvoice import is_own


@pytest.mark.parametrize(
    ("source", "outlet", "own"),
    [
        ("Open Steppe", "Open Steppe", True),
        ("commission", "Commission for Civilian Protection", True),
        ("Observatory", "Observatory of the Plain", True),
        ("reporter from this station", "Radio Koro", True),
        ("our website", "", True),
        ("figures it has collected", "Koro Monitor", True),
        ("police", "Police Gazette", False),
        ("Koro police", "Koro Police Gazette", False),
        ("health ministry", "Health Ministry Watch", False),
        ("council", "Provincial Council Watch", False),
        ("information it has received from the army", "Koro Post", False),
        ("Our team in Djibo", "Sahel Observatory", True),
        ("health ministry", "Koro Gazette", False),
        ("Koro Monitor", "", False),
    ],
)
def test_a_source_is_the_outlet_only_where_the_words_say_so(source: str, outlet: str, own: bool) -> None:
    assert is_own(source, outlet) is own
