"""The notebook of the documentation runs, offline, and gives what is kept in its file."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytest.importorskip("ipykernel", reason="the notebook was NOT run: ipykernel is not installed")
pytest.importorskip("nbclient", reason="the notebook was NOT run: nbclient is not installed")

from docs import notebook as made

OWN = 'class="variorum"'


def parts(cell: Any) -> list[dict[str, str]]:
    return [
        {"text": output["text"]} if "text" in output else dict(output["data"]) for output in cell.get("outputs", ())
    ]


def test_the_notebook_gives_what_is_kept_and_nothing_in_it_fetches() -> None:
    kept = made.read()
    now = made.refresh(made.read())
    assert [cell.source for cell in now.cells] == [cell.source for cell in kept.cells]
    for before, after in zip(kept.cells, now.cells):
        old, new = parts(before), parts(after)
        assert [sorted(one) for one in new] == [sorted(one) for one in old], before.source
        for one, other in zip(old, new):
            # How pandas prints a frame changes with its version.
            if "text" in one or OWN in one.get("text/html", ""):
                assert one == other, "out of date: make docs"
            for text in other.values():
                assert "<script" not in text
                assert set(re.findall(r"https?://[^\s\"'<>]+", text)) <= {"http://www.w3.org/2000/svg"}
