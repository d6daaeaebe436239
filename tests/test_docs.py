"""That the documentation says what the program does: reference, commands, links, words, docstrings, changelog."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import click
import pytest
from docs.reference import generate

from variorum import __version__
from variorum.cli import VERBS, variorum

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "variorum"
PAGES = sorted(
    path
    for path in [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("examples/**/*.md"),
        *ROOT.glob("training/**/*.md"),
    ]
    if ".venv" not in path.parts
)
CODE = re.compile(r"^ *```(?P<form>\w*)\n(?P<body>.*?)^ *```$", re.M | re.S)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
# STYLE of the project: the writer does not speak of themselves, and praises nothing.
BANNED = re.compile(r"\b(?:we|our|ours|simply|powerful|powerfully|robust|robustly|seamless|seamlessly)\b", re.I)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(text: str) -> str:
    """Give a page without its code."""
    return INLINE.sub("", CODE.sub("", text))


def called(text: str) -> Iterator[list[str]]:
    """Yield the words of every call of the program in a page's code, after `variorum`."""
    bodies = [block["body"].replace("\\\n", " ") for block in CODE.finditer(text)]  # a backslash carries a line on
    lines = [line.removeprefix("$ ").strip() for body in bodies for line in body.splitlines()]
    lines += [code for code in INLINE.findall(CODE.sub("", text)) if code.startswith("variorum ")]
    for line in lines:
        for command in re.split(r"\s[|>]\s|\s{2,}#|(?<=\S)\s{4,}(?=variorum )", line):
            if command.startswith("variorum "):
                yield shlex.split(command)[1:]


def anchors(path: Path) -> set[str]:
    """Give the anchors of a page's headers, as code hosts make them."""
    found = set()
    for header in re.findall(r"^#+ (.+)$", CODE.sub("", path.read_text(encoding="utf-8")), re.M):
        bare = re.sub(r"[^\w\- ]", "", header.lower().replace("`", ""))
        found.add(bare.replace(" ", "-"))
    return found


@pytest.mark.parametrize("path", list(generate.pages()), ids=name)
def test_the_reference_is_what_the_code_gives(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generate.pages()[path], "out of date: make docs"


@pytest.mark.parametrize("path", generate.shown_pages(), ids=name)
def test_a_page_shows_what_its_commands_print(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if not generate.BLOCK.search(text):
        return
    with generate.scratch() as made:
        assert text == generate.refresh(text, made), "out of date: make docs"


def test_the_pages_with_commands_show_something() -> None:
    shown = [path for path in generate.shown_pages() if generate.BLOCK.search(path.read_text(encoding="utf-8"))]
    assert len(shown) >= 3


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_command_in_a_page_exists_with_its_options(path: Path) -> None:
    for words in called(path.read_text(encoding="utf-8")):
        verbs = [word for word in words if not word.startswith("-")]
        if not verbs or not re.fullmatch(r"[a-z]+", verbs[0]):
            assert words[0] in {"--help", "--version", "VERB"}, words
            continue
        command = variorum.get_command(click.Context(variorum), verbs[0])
        assert command is not None, f"no verb {verbs[0]} in {words}"
        if isinstance(command, click.Group) and re.fullmatch(r"[a-z]+", "".join(verbs[1:2])):
            command = command.get_command(click.Context(command), verbs[1])
            assert command is not None, f"no part {verbs[1]} of {verbs[0]} in {words}"
        known = {option for one in command.params for option in [*one.opts, *one.secondary_opts]} | {"--help", "-h"}
        used = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert used <= known, words


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_internal_link_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(CODE.sub("", path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_page_praises_or_speaks_of_its_writer(path: Path) -> None:
    assert (
        BANNED.findall(re.sub(r"“[^”]*”|\"[^\"]*\"|^>.*$", "", prose(path.read_text(encoding="utf-8")), flags=re.M))
        == []
    )


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_names_only_make_targets_that_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    text = path.read_text(encoding="utf-8")
    code = [*(block["body"] for block in CODE.finditer(text)), *INLINE.findall(CODE.sub("", text))]
    used = {target for piece in code for target in re.findall(r"^(?:\$ )?make ([a-z]+)", piece, re.M)}
    assert used <= targets


def test_the_readme_names_demo_and_test() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in text
    assert "make test" in text


def test_the_changelog_has_a_section_of_this_version_that_names_every_verb() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    section = next(part for part in re.split(r"^## ", text, flags=re.M) if part.startswith((__version__, "Unreleased")))
    for verb in VERBS:
        assert f"`variorum {verb}`" in section, verb


def test_the_citation_is_of_this_version_and_licence() -> None:
    rows = dict(re.findall(r"^([\w-]+): *(.*)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.M))
    assert {"cff-version", "message", "title", "authors", "version", "license"} <= rows.keys()
    assert rows["version"] == __version__
    assert rows["license"] == "Apache-2.0"


def undocumented(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not ast.get_docstring(tree):
        yield f"{name(path)}: the module"
    for node in ast.walk(tree):
        body = node.body if isinstance(node, ast.Module | ast.ClassDef) else []
        if isinstance(node, ast.ClassDef) and node.name.startswith("_"):
            continue
        for one in body:
            public = isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.name.startswith("_")
            if public and not ast.get_docstring(one):
                yield f"{name(path)}:{one.lineno} {one.name}"


def test_every_public_function_and_record_has_a_docstring() -> None:
    assert [row for path in sorted(SOURCE.rglob("*.py")) for row in undocumented(path)] == []


def first_line(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            text = ast.get_docstring(node)
            if text:
                yield getattr(node, "name", name(path)), text


def test_a_docstring_begins_with_one_sentence_on_one_line() -> None:
    bad = [
        (name(path), owner, text.splitlines()[0])
        for path in sorted(SOURCE.rglob("*.py"))
        for owner, text in first_line(path)
        if not re.search(r"[.:?”…]$", text.splitlines()[0])
    ]
    assert bad == []


def test_no_docstring_praises_or_lists_its_arguments() -> None:
    bad = [
        (name(path), owner)
        for path in sorted(SOURCE.rglob("*.py"))
        for owner, text in first_line(path)
        if re.search(r"\b(?:simply|powerful|robust)\b|^(?:Args|Parameters|Returns):", text, re.M)
    ]
    assert bad == []


def test_headers_of_a_page_go_down_one_step_at_a_time() -> None:
    for path in PAGES:
        levels = [len(mark) for mark in re.findall(r"^(#+) ", CODE.sub("", path.read_text(encoding="utf-8")), re.M)]
        assert levels[:1] == [1], name(path)
        assert all(after - before <= 1 for before, after in pairwise(levels)), name(path)
