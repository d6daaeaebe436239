"""Runs docs/notebook.ipynb and keeps what its cells give: `make docs`.

The kernel works in the scratch folder of docs/reference/generate.py, at a fixed time, so that ids stay the same. What
changes from run to run (times, ids of cells, versions of Python) is left out of the file.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
LANGUAGE = {"display_name": "Python 3", "language": "python", "name": "python3"}
# Runs before the first cell, and is no part of the notebook.
BEFORE = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from contextlib import ExitStack as _Stack
from docs.reference import generate as _generate
_stack = _Stack()
_made = _stack.enter_context(_generate.scratch())
"""


def read() -> nbformat.NotebookNode:
    """Give the notebook as it stands."""
    return nbformat.read(NOTEBOOK, as_version=4)


def refresh(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Give the notebook with the outputs that its cells have now. Raises CellExecutionError for a cell that fails."""
    cells = list(notebook.cells)
    first = nbformat.v4.new_code_cell(BEFORE)
    made = nbformat.v4.new_notebook(cells=[first, *cells], metadata={"kernelspec": LANGUAGE})
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    NotebookClient(made, timeout=120, kernel_name="python3").execute()
    assert not first.outputs, first.outputs
    for number, cell in enumerate(made.cells[1:]):
        cell.id, cell.metadata = f"cell-{number}", {}
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [_bare(output) for output in cell.outputs]
    return nbformat.v4.new_notebook(cells=made.cells[1:], metadata={"kernelspec": LANGUAGE})


def _bare(output: Any) -> Any:
    if "execution_count" in output:
        output["execution_count"] = None
    return output


def write(notebook: nbformat.NotebookNode) -> str:
    """Give the notebook as the text of its file."""
    return nbformat.writes(notebook, indent=1) + "\n"


def main() -> int:
    """Write the notebook where it is out of date."""
    text = write(refresh(read()))
    if text != NOTEBOOK.read_text(encoding="utf-8"):
        NOTEBOOK.write_text(text, encoding="utf-8")
        sys.stdout.write(f"written: {NOTEBOOK.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
