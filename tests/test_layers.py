"""The import rule of the design: nouns know nouns; a verb knows nouns and itself; only pipeline knows all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "variorum"
NOUNS = {"errors", "model", "schema", "values"}
VERBS = {"gather", "extract", "resolve", "publish", "show", "ledger"}
JOINERS = {"config", "plugins", "pipeline"}
FACES = {"cli", "web", "api"}
ALLOWED = {
    **dict.fromkeys(NOUNS, NOUNS),
    **{verb: NOUNS | {verb} for verb in VERBS},
    "config": NOUNS | {"config"},
    "plugins": NOUNS | {"config", "plugins"},
    "pipeline": NOUNS | VERBS | JOINERS,
    "__main__": {"cli"},
    **{face: NOUNS | JOINERS | {"ledger", "show", face} for face in FACES},
}
BANNED_NAMES = {"utils", "util", "core", "common", "helpers", "helper", "base", "misc"}
MODULES = sorted(SOURCE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported_parts(path: Path) -> set[str]:
    package = ["variorum", *path.relative_to(SOURCE).parts[:-1]]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            root = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (root, node.module or "") if part)
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "variorum" and len(parts) > 1 and parts[1] != "__version__":
                found.add(parts[1])
    return found


@pytest.mark.parametrize(
    "path", [p for p in MODULES if part_of(p) != "__init__"], ids=lambda p: str(p.relative_to(SOURCE))
)
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    part = part_of(path)
    assert part in ALLOWED, f"{part} has no place in the layout"
    # The two verbs that open the other face: one serves its pages, one writes them to files.
    also = {"web"} if path in (SOURCE / "cli" / "serve.py", SOURCE / "cli" / "site.py") else set()
    assert imported_parts(path) <= ALLOWED[part] | also


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert path.stem not in BANNED_NAMES


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_module_is_a_sitting_long(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 400, f"{lines} lines: is it still one idea?"
