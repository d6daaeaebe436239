"""Tests of the parts of the reader: at least one is on, and a reading says which were."""

from __future__ import annotations

import pytest

from variorum.errors import ConfigError
from variorum.extract.parts import BOTH, RULES, TAGGER, Parts


def test_a_reader_without_parts_is_refused() -> None:
    with pytest.raises(ConfigError, match="switched on"):
        Parts(rules=False, tagger=False)


def test_a_reading_is_named_after_its_parts() -> None:
    assert (BOTH.name, RULES.name, TAGGER.name) == ("rules+tagger", "rules", "tagger")
