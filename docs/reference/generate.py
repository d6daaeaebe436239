"""Writes docs/reference from the code, and runs the commands shown in the other pages: `make docs`.

A block marked `console` holds commands with what they print (`printf 'y\\n' | variorum …` types keys); a block marked
`python` is run as it stands. Both run in a scratch folder that holds `examples` and a ledger made from it, at a fixed
time, so that ids stay the same. The first line of a page may name ids (`<!-- ids HALCYON=EV-7K3Q -->`); when the
reading changes them, the page follows.

Invariant: the same code gives the same bytes, but for the seconds and megabytes a command prints, which are left as
they were while nothing else changes.
"""

from __future__ import annotations

import ast
import io
import os
import re
import shlex
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from unittest import mock

import click

from variorum import errors
from variorum.cli import SUMMARIES, VERBS, call, variorum
from variorum.publish.vocabulary import PREFIXES, load_vocabulary, write_turtle
from variorum.schema import load_schema

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT))  # run as a script, only its own folder is there
from docs.reference import views  # noqa: E402

HERE = ROOT / "docs" / "reference"
CLOCK = datetime.fromisoformat("2026-01-01T09:00:00+00:00")
LEDGER = "ledger.db"
RUN = ("run", "examples/reports", "-o", LEDGER)
# Name of an id in the pages -> report and kind of the mention whose event it is; for a claim also its property.
NAMES: Mapping[str, tuple[str, ...]] = {
    "HALCYON": ("01-halcyon-wire.txt", "strike"),
    "SECOND": ("05-second-launch.txt", "strike"),
    "SABHA": ("18-sabha-gas.txt", "chemical_attack"),
    "MENAKA": ("13-menaka-correction.txt", "bombing"),
    "TOLL": ("13-menaka-correction.txt", "bombing", "killed"),
}
BLOCK = re.compile(r"^```(?P<form>console|python)\n(?P<body>.*?)^```$", re.M | re.S)
IDS = re.compile(r"\A<!-- ids (?P<rows>[^>]*?) -->\n")
FIGURES = re.compile(r"\s*\b\d+(?:\.\d+)? (?:s|MB)\b|\s*\b\d+ m \d+ s\b")
MADE = "<!-- Made from the code by docs/reference/generate.py: `make docs`. Change the code, not this page. -->\n"


# ---------------------------------------------------------------- pages made from the code
def pages() -> dict[Path, str]:
    """Give every reference page: its path and its text."""
    return {
        HERE / "cli.md": "\n".join([MADE, *_cli()]) + "\n",
        HERE / "schema.md": "\n".join([MADE, *_schema()]) + "\n",
        HERE / "errors.md": "\n".join([MADE, *_errors()]) + "\n",
        HERE / "relations.md": "\n".join([MADE, *_relations()]) + "\n",
        HERE / "views.md": "\n".join([MADE, *views.page()]) + "\n",
        views.DATASETTE: views.metadata(),
        HERE / "library.md": "\n".join([MADE, *_library()]) + "\n",
        HERE / "vocabulary.md": "\n".join([MADE, *_vocabulary()]) + "\n",
        ROOT / "src" / "variorum" / "publish" / "vocabulary.ttl": "".join(write_turtle()),
    }


def _words() -> Mapping[str, Mapping[str, str]]:
    path = ROOT / "src" / "variorum" / "pipeline" / "explain.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield f"|{'---|' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _cli() -> Iterator[str]:
    yield "# The command line"
    yield ""
    yield "`variorum VERB --help` prints the same. A ledger is named as last argument, with `--ledger`, by the"
    yield "environment variable `VARIORUM_LEDGER` or in `variorum.toml`; without any of them it is `./ledger.db`."
    yield "Results go to standard output, progress and hints to standard error. No command reaches the network, but for"
    yield "[`fetch`](#fetch) and [`watch`](#watch), and `run` where"
    yield "[a language model](../how-to/read-with-a-language-model.md) is set to read."
    yield ""
    yield from _table(["verb", "group", "does"], [[f"[`{v}`](#{v})", VERBS[v], SUMMARIES[v]] for v in VERBS])
    with click.Context(variorum, info_name="variorum") as context:
        for verb in VERBS:
            command = variorum.get_command(context, verb)
            assert command is not None
            yield from _command(f"## {verb}", verb, command)
            if isinstance(command, click.Group):
                for name in command.list_commands(context):
                    part = command.get_command(context, name)
                    assert part is not None
                    yield from _command(f"### {verb} {name}", f"{verb} {name}", part)
    yield ""
    yield "## Exit status"
    yield ""
    yield from _table(["status", "means"], [[f"`{code}`", text] for code, text in _words()["exit status"].items()])


def _command(header: str, words: str, command: click.Command) -> Iterator[str]:
    """Write one verb, or one part of a verb that has several."""
    arguments = [_argument(one) for one in command.params if isinstance(one, click.Argument)]
    more = ["COMMAND", "[ARGS]..."] if isinstance(command, click.Group) else []
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    yield from ("", header, "")
    yield f"`variorum {' '.join([words, *(['[OPTIONS]'] if options else []), *arguments, *more])}`"
    yield ""
    yield from _help(command.help or "")
    if options:
        yield ""
        yield from _table(["option", "does"], [[_option(one), one.help or ""] for one in options])


def _argument(parameter: click.Argument) -> str:
    if parameter.metavar:
        return parameter.metavar
    if isinstance(parameter.type, click.Choice):
        name = "{" + "|".join(str(choice) for choice in parameter.type.choices) + "}"
    else:
        name = (parameter.name or "").upper()
    return name if parameter.required else f"[{name}]"


def _help(text: str) -> Iterator[str]:
    """Give a help text as Markdown; what Click is told not to wrap keeps its lines."""
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        lines = [line.strip() for line in paragraph.splitlines()]
        if number:
            yield ""
        if lines[0] == "\b":
            yield from (f"> {line}  " for line in lines[1:] if line)
        else:
            yield " ".join(lines)


def _option(parameter: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in parameter.opts)
    if parameter.is_flag:
        return names
    if parameter.metavar:
        return f"{names} {parameter.metavar}"
    if isinstance(parameter.type, click.Choice):
        return f"{names} " + " | ".join(str(choice) for choice in parameter.type.choices)
    if isinstance(parameter.type, click.IntRange):
        limit = f" to {parameter.type.max}" if parameter.type.max is not None else " or more"
        return f"{names} number, {parameter.type.min}{limit}"
    return f"{names} text"


def _schema() -> Iterator[str]:
    schema = load_schema()
    yield "# Event kinds, properties and scopes"
    yield ""
    yield f"Schema `{schema.version}`, from `src/variorum/schema.toml`. `variorum explain WORD` prints one row."
    yield ""
    yield "## Kinds"
    yield ""
    yield "Two mentions can be one event when their kinds have one family, or when one kind lists the other's"
    yield "family under *also*. ACLED is event type / sub-event type, PLOVER is event / mode, UCDP says whether"
    yield "UCDP GED counts such an event when someone is killed in it."
    yield ""
    rows = [
        [
            f"`{kind.code}`",
            kind.help,
            kind.family,
            ", ".join(kind.also),
            " / ".join(kind.acled),
            " / ".join(part for part in kind.plover if part),
            "yes" if kind.ucdp else "no",
        ]
        for kind in schema.kinds.values()
        if not kind.background
    ]
    yield from _table(["kind", "means", "family", "also", "ACLED", "PLOVER", "UCDP"], rows)
    yield ""
    yield "## Background"
    yield ""
    yield "Read and kept with its claims; never part of an event."
    yield ""
    yield from _table(
        ["kind", "means"], [[f"`{kind.code}`", kind.help] for kind in schema.kinds.values() if kind.background]
    )
    yield ""
    yield "## Properties"
    yield ""
    yield "*Many*: several values can be true at once, so they do not contradict. *Scoped*: the claim says of whom."
    yield ""
    yield from _table(
        ["property", "means", "type", "settled by", "many", "scoped"],
        [
            [f"`{row.code}`", row.help, row.type, row.settle, "yes" if row.many else "", "yes" if row.scoped else ""]
            for row in schema.properties.values()
        ],
    )
    yield ""
    yield "## Scopes"
    yield ""
    yield from _table(
        ["scope", "means", "part of"],
        [[f"`{row.code}`", row.help, ", ".join(row.part_of)] for row in schema.scopes.values()],
    )


def _errors() -> Iterator[str]:
    words = _words()
    yield "# Exit status, problem codes and errors"
    yield ""
    yield "## Exit status"
    yield ""
    yield from _table(["status", "means"], [[f"`{code}`", text] for code, text in words["exit status"].items()])
    yield ""
    yield "## Problem codes"
    yield ""
    yield "What could not be read is a row of the ledger: `variorum log --problems`. The other files are read."
    yield ""
    yield from _table(["code", "means"], [[f"`{code}`", text] for code, text in words["problem"].items()])
    yield ""
    yield "## Errors"
    yield ""
    yield "Every error that the program raises on purpose, from `src/variorum/errors.py`: one cause, one remedy."
    yield ""
    yield from _table(["error", "exit status", "means"], [*_tree(errors.VariorumError, 0)])


def _tree(error: type[errors.VariorumError], depth: int) -> Iterator[list[str]]:
    first = (error.__doc__ or "").splitlines()[0]
    yield [f"{'&nbsp;' * 4 * depth}`{error.__name__}`", str(error.exit_status), first]
    for child in error.__subclasses__():
        if child.__module__ == errors.__name__:  # others are loaded or not, as it happens
            yield from _tree(child, depth + 1)


def _relations() -> Iterator[str]:
    from variorum.cli.list import STATES
    from variorum.resolve.explain import RULES
    from variorum.show.words import SIGNS

    words = _words()
    yield "# Relations, stances and states"
    yield ""
    yield "How the relations are told apart is said in [the model](../model.md#relations)."
    yield ""
    yield "## Relations between claims"
    yield ""
    yield from _table(
        ["sign", "relation", "means"], [[SIGNS[name], f"`{name}`", text] for name, text in words["relation"].items()]
    )
    yield ""
    yield "## Ties of events"
    yield ""
    yield "What a report says of how two events stand to each other. Tied events stay two."
    yield ""
    yield from _table(["tie", "means"], [[f"`{name}`", text] for name, text in words["tie"].items()])
    yield ""
    yield "## Signs of a list"
    yield ""
    yield "`variorum list` gives an event the sign of the worst relation among its claims, in this order."
    yield ""
    yield from _table(["sign", "state"], [[sign, f"`{state}`"] for state, sign in STATES.items()])
    yield ""
    yield "## Stances"
    yield ""
    yield from _table(["stance", "means"], [[f"`{name}`", text] for name, text in words["stance"].items()])
    yield ""
    yield "## Rules that keep two mentions apart"
    yield ""
    yield from _table(["rule", "means"], [[f"`{name}`", text] for name, text in RULES.items()])


# Module of the library -> the classes and functions of it that people meet.
LIBRARY: Mapping[str, tuple[str, ...]] = {
    "opening": ("open", "run"),
    "ledger": ("Ledger",),
    "listing": ("Listing",),
    "event": ("Event", "Contradiction"),
    "when": ("When", "Where"),
    "field": ("Field", "Value"),
    "claim": ("Claim",),
    "report": ("Report",),
    "why": ("Why",),
    "differences": ("Differences",),
    "pictures": ("Picture",),
}


def _library() -> Iterator[str]:
    from variorum.api.tables import OWN_COLUMNS
    from variorum.pipeline.tabling import COLUMNS

    yield "# The library"
    yield ""
    yield "From the docstrings of `src/variorum/api`. How the parts work together is in"
    yield "[the library](../library.md)."
    for module, wanted in LIBRARY.items():
        path = ROOT / "src" / "variorum" / "api" / f"{module}.py"
        text = path.read_text(encoding="utf-8")
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name in wanted:
                yield from _documented(node, text.splitlines())
    yield ""
    yield "## Tables"
    yield ""
    yield "`ledger.columns(NAME)` gives the same."
    for name, columns in {**COLUMNS, **OWN_COLUMNS}.items():
        yield ""
        yield f"### {name}"
        yield ""
        yield from _table(["column", "type", "means"], [[f"`{one.name}`", one.type, one.means] for one in columns])


def _documented(node: ast.ClassDef | ast.FunctionDef, lines: Sequence[str]) -> Iterator[str]:
    """Write a class with its members, or a function."""
    signature = f"variorum.{_signature(node)}" if isinstance(node, ast.FunctionDef) else node.name
    yield from ("", f"## {node.name}", "", *((f"`{signature}`", "") if signature != node.name else ()), _said(node))
    if isinstance(node, ast.FunctionDef):
        return
    rows = []
    for one in node.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.target.id[0] != "_":
            comment = lines[one.lineno - 1].partition("  # ")[2]
            rows.append([f"`.{one.target.id}`", f"`{ast.unparse(one.annotation)}`", comment])
        elif isinstance(one, ast.FunctionDef) and ast.get_docstring(one) and one.name[0] != "_":
            made = any(isinstance(mark, ast.Name) and "property" in mark.id for mark in one.decorator_list)
            gives = ast.unparse(one.returns) if one.returns is not None else ""
            rows.append([f"`.{one.name if made else _signature(one)}`", f"`{gives}`", _said(one)])
    yield ""
    yield from _table(["member", "gives", "means"], rows)


def _signature(node: ast.FunctionDef) -> str:
    given = [one.arg for one in node.args.args if one.arg != "self"]
    defaults = [None] * (len(given) - len(node.args.defaults)) + [ast.unparse(one) for one in node.args.defaults]
    words = [name if default is None else f"{name}={default}" for name, default in zip(given, defaults)]
    named = [
        one.arg if default is None else f"{one.arg}={ast.unparse(default)}"
        for one, default in zip(node.args.kwonlyargs, node.args.kw_defaults)
    ]
    return f"{node.name}({', '.join([*words, *(['*'] if named else []), *named])})"


def _said(node: ast.ClassDef | ast.FunctionDef) -> str:
    return " ".join((ast.get_docstring(node) or "").split())


def _vocabulary() -> Iterator[str]:
    known = load_vocabulary()
    yield "# The vocabulary of linked data"
    yield ""
    yield "`variorum export jsonld` writes events in [schema.org](https://schema.org/), PROV and Web Annotation. What"
    yield f"they lack has a name in `{known.namespace}`, written `v:`. That namespace and `{known.records}`, in which"
    yield "records are named by their id, are names and not addresses: nothing is served there, and no reader has to"
    yield "fetch anything. The same definitions stand in Turtle in `src/variorum/publish/vocabulary.ttl`, and the"
    yield "shapes (SHACL) that every export satisfies in `src/variorum/publish/shapes.ttl`."
    yield ""
    yield "## What stands where"
    yield ""
    yield from _table(["record", "is a", "leads to"], LINKED)
    yield ""
    yield "A source is named within its event: the police of one event are not known to be the police of another. What"
    yield "a report gives as its address is a text and no link. A date stands as closely as it is known, a month as"
    yield "`xsd:gYearMonth`, with the first and last day that it allows beside it. A name of a record that is followed"
    yield "by `#` is a part of it: `urn:variorum:clm_…#span`."
    yield ""
    yield "## Classes"
    yield ""
    yield from _table(["class", "means"], [[f"`v:{term.name}`", term.comment] for term in known.classes])
    yield ""
    yield "## Properties"
    yield ""
    rows = [[f"`v:{term.name}`", _code(term.domain), _code(term.range), term.comment] for term in known.properties]
    yield from _table(["property", "of", "gives", "means"], rows)
    for group in dict.fromkeys(row.group for row in known.concepts):
        yield from ("", f"## Terms for {group}", "")
        rows = [[f"`v:{row.name}`", row.comment] for row in known.concepts if row.group == group]
        yield from _table(["term", "means"], rows)
    yield ""
    yield "## Prefixes"
    yield ""
    yield from _table(["prefix", "stands for"], [[f"`{name}:`", f"`{address}`"] for name, address in PREFIXES.items()])


# Of one export: record -> its classes, and what it leads to.
LINKED = [
    ["event", "`schema:Event`, `prov:Entity`", "its claims (`prov:wasDerivedFrom`), articles (`schema:subjectOf`), "
     "values, relations, lineages, ties, and the state of the ledger it was made at (`prov:wasGeneratedBy`)"],
    ["claim", "`schema:Claim`, `prov:Entity`", "its words (`v:span`), article (`schema:appearance`, "
     "`prov:wasQuotedFrom`), source (`schema:author`, `prov:wasAttributedTo`), event (`schema:about`), the claims that "
     "it revises (`prov:wasRevisionOf`) or contradicts"],
    ["span", "`oa:SpecificResource`", "a `oa:TextPositionSelector` in code points and a `oa:TextQuoteSelector`, in one "
     "article (`oa:hasSource`)"],
    ["article", "`schema:NewsArticle`, `prov:Entity`", "its outlet (`schema:publisher`) and, for a copy, its original "
     "(`prov:wasDerivedFrom`)"],
    ["source, outlet", "`prov:Agent`", ""],
    ["the export", "`schema:Dataset`, `prov:Entity`", "the state of the ledger (`prov:wasDerivedFrom`); says where "
     "names or words were left out"],
]  # fmt: skip


def _code(name: str) -> str:
    return f"`{name}`" if name else ""


# ---------------------------------------------------------------- pages that show what commands print
def shown_pages() -> list[Path]:
    """Give the pages with commands: the README, the tutorial, the guides and the rules of views."""
    folders = (ROOT / "docs" / "how-to", ROOT / "docs" / "rules")
    guides = [path for folder in folders for path in sorted(folder.glob("*.md"))]
    return [ROOT / "README.md", ROOT / "docs" / "tutorial.md", ROOT / "docs" / "library.md", *guides]


@dataclass
class Scratch:
    """A folder with the examples, and a clock that goes on by a day with every run."""

    runs: int = 0
    fresh: bool = False  # the page has made the ledger itself

    def now(self, _: object = None) -> datetime:
        """Give the time of the next run."""
        self.runs += 1
        return CLOCK + timedelta(days=self.runs - 1)

    def today(self, _: object = None) -> datetime:
        """Give the time of the last run: nothing is cited before it was written."""
        return CLOCK + timedelta(days=max(0, self.runs - 1))

    def call(self, args: Sequence[str], head: int | None = None) -> str:
        """Give what a command prints; the page's own making of the ledger starts from nothing."""
        if tuple(args) == RUN and not self.fresh:
            for path in Path().glob(f"{LEDGER}*"):
                path.unlink()
            self.fresh, self.runs = True, 0
        return run_command(args, head)


# The ledger of the examples as the first scratch folder made it, by file, with where its clock stood then.
_MADE: dict[str, tuple[bytes, int]] = {}


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Give a folder with the examples and their ledger, in which commands run at a fixed time."""
    made = Scratch()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
        stack.enter_context(chdir(folder))
        # As a person calls it: no setting from the environment, and lines of one width.
        kept = {name: text for name, text in os.environ.items() if not name.startswith("VARIORUM_")}
        stack.enter_context(mock.patch.dict(os.environ, {**kept, "COLUMNS": "80"}, clear=True))
        clock = mock.Mock(wraps=datetime)
        clock.now.side_effect = made.now
        for module in ("cli.run", "api.opening", "cli.deciding", "ledger.transactions"):
            stack.enter_context(mock.patch.object(import_module(f"variorum.{module}"), "datetime", clock))
        today = mock.Mock(wraps=datetime)
        today.now.side_effect = made.today
        for module in ("cli.cite", "cli.export"):
            stack.enter_context(mock.patch.object(import_module(f"variorum.{module}"), "datetime", today))
        # The log numbers what it writes, and a slow machine would write in more batches.
        stack.enter_context(mock.patch.object(import_module("variorum.pipeline.reading"), "BATCH_S", 3_600.0))
        if _MADE:
            for name, (written, made.runs) in _MADE.items():
                Path(name).write_bytes(written)
        else:
            run_command(RUN)
            _MADE.update({path.name: (path.read_bytes(), made.runs) for path in Path().glob(f"{LEDGER}*")})
        yield made


def run_command(args: Sequence[str], head: int | None = None) -> str:
    """Give what a command prints on a terminal; `head` keeps so many lines of its standard output."""
    results, notes = _terminal(), _terminal()
    with redirect_stdout(results), redirect_stderr(results if head is None else notes):
        call([*args])
    shown = _printed(results)
    if "a fault in the program" in shown:  # a page is no place for it
        raise RuntimeError(f"variorum {' '.join(args)}: {shown}")
    return shown if head is None else "".join(shown.splitlines(keepends=True)[:head]) + _printed(notes)


def _terminal() -> io.TextIOWrapper:
    """Give a stream of text with bytes behind it, as a terminal is: an export writes bytes."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)


def _printed(stream: io.TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode("utf-8")


def current_ids() -> dict[str, str]:
    """Give what each name of NAMES stands for in the ledger of the scratch folder."""
    from variorum.ledger import Ledger
    from variorum.pipeline.labels import make_labels

    found: dict[str, str] = {}
    with Ledger.open(LEDGER, readonly=True) as ledger:
        labels = make_labels(ledger)
        articles = {article.url.rpartition("/")[2].removeprefix("file:"): article.id for article in ledger.articles()}
        for name, (report, kind, *rest) in NAMES.items():
            mentions = sorted(ledger.mentions(articles[report]), key=lambda row: row.start)
            mention = next((row for row in mentions if row.kind == kind and ledger.event_of(row.id)), None)
            if mention is None:
                raise LookupError(f"NAMES: {report} has no event of kind {kind} any more; choose another for {name}")
            if rest:
                claims = sorted(ledger.claims(articles[report]), key=lambda row: row.start)
                found[name] = next(c.id for c in claims if [c.prop] == rest and c.mention_id == mention.id)
            else:
                found[name] = labels.events[ledger.event_of(mention.id) or ""]
    return found


def refresh(text: str, made: Scratch) -> str:
    """Give a page with its ids and what its commands print brought up to date."""
    return BLOCK.sub(lambda match: _run_block(match, made), _with_ids(text, current_ids()))


def _with_ids(text: str, ids: Mapping[str, str]) -> str:
    match = IDS.match(text)
    if match is None:
        return text
    written = dict(row.split("=") for row in match["rows"].split())
    for name, old in written.items():
        text = re.sub(rf"{re.escape(old)}(?![0-9A-Z])", f"\0{name}\0", text)
    for name in written:
        text = text.replace(f"\0{name}\0", ids[name])
    return text


def _run_block(match: re.Match[str], made: Scratch) -> str:
    body = match["body"]
    if match["form"] == "python":
        exec(compile(body, "docs", "exec"), {})  # a guide's own lines, shown to the reader as they run
        return match[0]
    lines: list[str] = []
    for piece in re.split(r"^(?=\$ )", body, flags=re.M):
        command, _, printed = piece.partition("\n")
        lines.append(command + "\n" if piece else "")
        words = shlex.split(command.removeprefix("$ "))
        typed = words[1].replace("\\n", "\n") if words[:1] == ["printf"] and words[2:4] == ["|", "variorum"] else ""
        words = words[3:] if typed else words
        if words[:1] != ["variorum"]:
            lines.append(printed)
            continue
        head = int(words[-1].lstrip("-")) if words[-3:-1] == ["|", "head"] else None
        with mock.patch.object(sys, "stdin", io.StringIO(typed)):
            printed_now = made.call(words[1:-3] if head else words[1:], head)
        fresh = "\n".join(line.rstrip() for line in printed_now.splitlines())
        fresh = fresh.strip("\n") + "\n"
        same = FIGURES.sub("", fresh) == FIGURES.sub("", printed.strip("\n") + "\n")
        lines.append(printed if same else fresh)
    return f"```console\n{''.join(lines)}```"


def main() -> int:
    """Write every page that is out of date; with --check write nothing, and leave with 1 when one is."""
    stale: list[str] = []
    texts = pages()
    for path in shown_pages():
        with scratch() as made:
            texts[path] = refresh(path.read_text(encoding="utf-8"), made)
    for path, text in texts.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(str(path.relative_to(ROOT)))
            if "--check" not in sys.argv[1:]:
                path.write_text(text, encoding="utf-8")
    verb = "out of date" if "--check" in sys.argv[1:] else "written"
    sys.stdout.writelines(f"{verb}: {name}\n" for name in stale)
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
