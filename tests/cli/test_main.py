"""What holds for every verb: help, starting, errors, colour, wrong words."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cli.conftest import Cli, outside
from variorum.cli import VERBS, variorum

HEAVY = ("pandas", "starlette", "rich", "sqlalchemy", "trafilatura", "pint", "rapidfuzz", "rensa", "lxml", "sqlite3")
HELP_S = 0.3


def modules_after(*args: str) -> set[str]:
    code = (
        "import sys\nfrom variorum.cli import call\n"
        f"call({list(args)!r})\nprint('modules', *sorted(sys.modules), file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return {name.partition(".")[0] for name in told.stderr.rpartition("modules ")[2].split()}


def test_help_of_all_verbs_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom variorum.cli import VERBS, call\ncall(['--help'])\n"
        "[call([verb, '--help']) for verb in VERBS]\nprint('modules', *sorted(sys.modules), file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = {name.partition(".")[0] for name in told.stderr.rpartition("modules ")[2].split()}
    assert "click" in loaded
    assert loaded & set(HEAVY) == set()


def test_help_is_there_at_once() -> None:
    took = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert outside("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        # Time of the processor, not of the clock: the machine may be busy with other tests.
        took.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(took) < HELP_S


def test_a_second_run_does_not_load_the_readers(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>Four people were killed in Homs on Thursday.</p>" * 9, encoding="utf-8")
    place = str(tmp_path / "x.db")
    assert outside("run", tmp_path / "a.html", "-o", place).returncode in {0, 3}
    assert modules_after("run", str(tmp_path / "a.html"), "-o", place) & {"trafilatura", "pint", "rensa"} == set()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_the_shared_options(cli: Cli, verb: str) -> None:
    told = cli(verb, "--help")
    assert told.code == 0
    assert told.out.startswith(f"Usage: variorum {verb} ")
    assert "--no-color" in told.out
    assert "--quiet" in told.out


def test_the_help_lists_every_verb(cli: Cli) -> None:
    told = cli("--help")
    assert [verb for verb in VERBS if not re.search(rf"^  {verb}  ", told.out, re.M)] == []


def test_without_a_verb_the_help_is_shown(cli: Cli) -> None:
    told = cli()
    assert told.code == 2
    assert told.out.startswith("Usage: variorum ")


def test_a_mistyped_verb_is_wrong_usage_with_the_nearest(cli: Cli) -> None:
    told = cli("shwo")
    assert (told.code, told.out) == (2, "")
    assert told.err == "error: no command shwo\ndid you mean show?\nlist: variorum --help\n"


def test_an_unknown_option_is_wrong_usage(cli: Cli) -> None:
    told = cli("list", "--stat", "single")
    assert told.code == 2
    assert "--state" in told.err
    assert told.err.endswith("help: variorum list --help\n")


@pytest.mark.parametrize("verb", ["list", "check", "log"])
def test_a_missing_ledger_is_wrong_usage_with_the_remedy(cli: Cli, verb: str) -> None:
    told = cli(verb)
    assert told.code == 2
    assert told.err == "error: there is no ledger at ledger.db\nwrite one: variorum run FOLDER -o ledger.db\n"


def test_two_ledgers_are_one_too_many(cli: Cli) -> None:
    assert cli("list", "a.db", "--ledger", "b.db").code == 2


def test_a_file_that_is_no_ledger_is_said(cli: Cli) -> None:
    Path("notes.db").write_text("not a ledger at all, but some notes" * 40)
    told = cli("list", "notes.db")
    assert told.code == 4
    assert "notes.db is not a ledger" in told.err


def test_the_program_runs_as_a_module_and_knows_its_version() -> None:
    told = outside("--version")
    assert told.returncode == 0
    assert told.stdout.startswith("variorum, version ")


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command("check")
    def command() -> None:
        raise ZeroDivisionError("on purpose\nwith a second line")

    monkeypatch.setattr("variorum.cli.check.command", command)


@pytest.mark.usefixtures("faulty")
def test_a_fault_of_the_program_is_one_line_with_a_hint(cli: Cli) -> None:
    told = cli("check")
    assert told.code == 1
    assert told.err == (
        "error: ZeroDivisionError: on purpose\n"
        "a fault in the program; to see where, set VARIORUM_DEBUG=1 and run the same command again\n"
    )


@pytest.mark.usefixtures("faulty")
def test_the_traceback_is_shown_on_request(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_DEBUG", "1")
    assert "Traceback" in cli("check").err


def test_ctrl_c_is_130_and_says_what_is_kept(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command("check")
    def command() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("variorum.cli.check.command", command)
    told = cli("check")
    assert told.code == 130
    assert "what was written is kept" in told.err


@pytest.mark.file
def test_a_closed_pipe_is_no_error(examples: Path) -> None:
    command = f"{sys.executable} -m variorum export jsonl {examples} | head -c 10"
    told = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.file
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_cannot_be_written_is_one_line(examples: Path) -> None:
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            [sys.executable, "-m", "variorum", "export", "jsonl", str(examples)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert told.returncode == 1
    assert told.stderr.startswith("error: OSError")
    assert len(told.stderr.splitlines()) == 1


def on_a_terminal(*args: str, **environment: str) -> str:
    """Give what a verb prints on a terminal of 500 columns."""
    import pty

    near, far = pty.openpty()
    import fcntl
    import struct
    import termios

    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 500, 0, 0))
    told = b""
    with subprocess.Popen(
        [sys.executable, "-m", "variorum", *args],
        stdout=far,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": "500", **environment},
    ):
        os.close(far)
        try:
            while chunk := os.read(near, 65536):
                told += chunk
        except OSError:  # how Linux says that the other side is closed
            pass
    os.close(near)
    return told.decode().replace("\r\n", "\n")


ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.file
def test_a_terminal_and_a_pipe_show_the_same_rows_and_columns(cli: Cli, examples: Path) -> None:
    shown = on_a_terminal("list", str(examples))
    assert ANSI.search(shown)
    assert ANSI.sub("", shown) == cli("list", examples).out


def test_no_colour_where_it_is_not_wanted(examples: Path) -> None:
    assert not ANSI.search(on_a_terminal("list", str(examples), "--no-color"))
    assert not ANSI.search(on_a_terminal("list", str(examples), NO_COLOR="1"))


def test_the_group_knows_no_other_verbs() -> None:
    assert variorum.list_commands(click.Context(variorum)) == list(VERBS)


@pytest.mark.file
def test_output_into_a_file_is_utf_8_on_every_machine(examples: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "variorum", "list", str(examples)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        check=True,
    )
    assert "·" in told.stdout.decode("utf-8")


def test_json_of_every_listing_is_json(cli: Cli, examples: Path) -> None:
    for args in (["list"], ["log"], ["doctor"], ["sql", "SELECT * FROM v_events"], ["check"]):
        assert json.loads(cli(*args, "--ledger", examples, "--json").out)
