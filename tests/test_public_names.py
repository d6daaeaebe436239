"""The public face of the package."""

from __future__ import annotations

import subprocess
import sys

import pytest

import variorum


@pytest.mark.parametrize("name", variorum.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(variorum, name) is not None


def test_the_public_names_are_few() -> None:
    records = {"Ledger", "Event", "Field", "Claim", "Report"}
    assert {*variorum.__all__} == records | {"open", "run", "VariorumError", "__version__"}


def test_opening_a_ledger_imports_no_frames_and_no_pages() -> None:
    code = "import sys, variorum; variorum.open, variorum.Ledger; print(sorted({*sys.modules} & {*sys.argv}))"
    heavy = ["pandas", "polars", "pyarrow", "geopandas", "shapely", "starlette", "jinja2", "onnxruntime"]
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute nothing"):
        variorum.nothing  # noqa: B018


def test_importing_the_package_imports_no_step() -> None:
    code = "import sys, variorum; print(sorted(name for name in sys.modules if name.startswith('variorum.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
