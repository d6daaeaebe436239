"""`variorum run`."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cli.conftest import EXAMPLES, Cli, outside
from variorum.cli import call
from variorum.ledger import Ledger, dialects
from variorum.pipeline import run

TEXT = (
    "Shelling kills 4 in Homs\n\nFour people were killed on Thursday when shells hit a market in Homs, a clinic said.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "reports"
    found.mkdir()
    (found / "good.txt").write_text(TEXT, encoding="utf-8")
    return found


def test_the_summary_is_on_stderr_and_names_the_next_command(cli: Cli, folder: Path) -> None:
    told = cli("run", folder, "-o", "x.db")
    assert (told.code, told.out) == (0, "")
    assert "The network was not used." in told.err
    assert "1 file; 1 new report" in told.err
    assert told.err.splitlines()[-1].startswith("Next:  variorum list x.db")
    assert "Traceback" not in told.err


def test_the_event_named_at_the_end_can_be_shown(cli: Cli, folder: Path) -> None:
    last = cli("run", folder).err.splitlines()[-1]
    shown = next(step for step in last.removeprefix("Next:").split("    ") if "show" in step)
    assert cli(*shown.split()[1:]).code == 0


def test_quiet_says_nothing(cli: Cli, folder: Path) -> None:
    for args in (("run", folder, "-q"), ("-q", "run", folder)):
        told = cli(*args)
        assert (told.code, told.out, told.err) == (0, "", "")


def test_json_gives_the_figures_on_stdout(cli: Cli, folder: Path) -> None:
    found = json.loads(cli("run", folder, "--json").out)
    assert (found["files"], found["articles"], found["problems"]) == (1, 1, [])


def test_the_ledger_is_ledger_db_where_none_is_named(cli: Cli, folder: Path) -> None:
    cli("run", folder)
    assert Path("ledger.db").is_file()


def test_the_ledger_of_the_environment_is_used(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_LEDGER", "env.db")
    told = cli("run", folder)
    assert Path("env.db").is_file()
    assert told.err.splitlines()[-1].startswith("Next:  variorum list    variorum show")


def test_the_ledger_of_the_settings_is_used(cli: Cli, folder: Path) -> None:
    Path("variorum.toml").write_text('ledger = "set.db"\n', encoding="utf-8")
    cli("run", folder)
    assert Path("set.db").is_file()


def test_an_unknown_setting_is_wrong_usage(cli: Cli, folder: Path) -> None:
    Path("variorum.toml").write_text('legder = "set.db"\n', encoding="utf-8")
    told = cli("run", folder)
    assert told.code == 2
    assert "did you mean ledger?" in told.err


def test_standard_input_is_one_report(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert cli("run", "-", "-o", "x.db").code == 0
    assert json.loads(cli("sql", "SELECT url FROM v_reports", "x.db", "--json").out) == [{"url": "file:-"}]


def test_a_missing_folder_is_wrong_usage_and_makes_no_ledger(cli: Cli, folder: Path) -> None:
    told = cli("run", folder, folder / "nope", "-o", "x.db")
    assert told.code == 2
    assert told.err.splitlines() == [
        f"error: no such file or folder: {folder / 'nope'}",
        "check the spelling, or the folder you are in",
    ]
    assert not Path("x.db").exists()


def test_a_second_run_says_that_nothing_is_new(cli: Cli, folder: Path) -> None:
    cli("run", folder, "-o", "x.db")
    before = Path("x.db").read_bytes()
    told = cli("run", folder, "-o", "x.db")
    assert told.code == 0
    assert "Nothing new: x.db is as it was" in told.err
    assert "0 files, 1 read before" in told.err
    assert Path("x.db").read_bytes() == before


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "large.txt": (b"all work and no play " * 2_400_000, "too-large"),  # 50 MB
    "page.html": (b"<html><body><script>go()</script></body></html>", "no-text"),
    "lines.jsonl": (b'{"text": "cut off\n', "bad-json"),
    "picture.jpg": (b"\xff\xd8\xff", "unsupported"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_a_row_and_the_others_are_read(cli: Cli, folder: Path, name: str) -> None:
    data, code = BAD[name]
    (folder / name).write_bytes(data)
    told = cli("run", folder, "-o", "x.db")
    assert told.code == 3
    assert "variorum log x.db --problems" in told.err
    rows = json.loads(cli("log", "x.db", "--problems", "--json").out)
    assert [(row["where"].split(",")[0], row["code"]) for row in rows] == [(name, code)]
    assert rows[0]["remedy"] != ""
    assert json.loads(cli("sql", "SELECT count(*) AS n FROM v_reports", "x.db", "--json").out) == [{"n": 1}]
    assert cli("check", "x.db").code == 0


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_another_encoding_is_read(cli: Cli, folder: Path, encoding: str) -> None:
    text = TEXT.replace("a clinic", "the “Tarn” clinic – all of it –")
    (folder / "good.txt").write_bytes(text.encode(encoding))
    assert cli("run", folder, "-o", "x.db").code == 0
    assert "“Tarn” clinic – all" in cli("sql", "SELECT text FROM article", "x.db").out


def test_a_good_line_beside_a_broken_one_is_read(cli: Cli, folder: Path) -> None:
    (folder / "lines.jsonl").write_text(json.dumps({"text": TEXT}) + '\n{"text"\n' + json.dumps({"text": "B. " + TEXT}))
    assert cli("run", folder / "lines.jsonl", "-o", "x.db").code == 3
    assert json.loads(cli("sql", "SELECT count(*) AS n FROM v_reports", "x.db", "--json").out) == [{"n": 2}]


@pytest.mark.file
def test_a_ledger_of_a_later_version_is_left_alone(cli: Cli, folder: Path) -> None:
    cli("run", folder, "-o", "x.db", "-q")
    with closing(sqlite3.connect("x.db", isolation_level=None)) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key LIKE '%version%'")
    told = cli("run", folder, "-o", "x.db")
    assert told.code == 4
    assert "999" in told.err
    assert "later" in told.err or "newer" in told.err


@pytest.mark.file
def test_a_ledger_that_another_program_writes_is_busy(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("run", folder, "-o", "x.db", "-q")
    (folder / "more.txt").write_text(TEXT.replace("Homs", "Aden"), encoding="utf-8")
    monkeypatch.setattr(dialects, "BUSY_S", 0.1)
    with closing(sqlite3.connect("x.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        told = cli("run", folder, "-o", "x.db")
    assert told.code == 4
    assert told.err.startswith("error: another program is writing to x.db\n")
    assert cli("run", folder, "-o", "x.db").code == 0


@pytest.mark.file
@pytest.mark.parametrize("place", ["reports/good.txt", "/proc/ledger.db", "/nope/x.db", "reports"])
def test_a_place_where_no_ledger_can_be_is_said(cli: Cli, folder: Path, place: str) -> None:
    told = cli("run", folder, "-o", place)
    assert told.code in {2, 4}
    assert place.removesuffix("/x.db") in told.err
    assert len(told.err.splitlines()) == 2


@pytest.mark.file
def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    place = tmp_path / "x.db"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))

    told = outside("run", EXAMPLES, "-o", place, preexec_fn=limit)
    assert told.returncode == 4
    assert "full" in told.stderr
    assert "Traceback" not in told.stderr
    with Ledger.open(place) as ledger:
        assert list(ledger.check()) == []
        assert len(list(ledger.articles())) > 0
        assert run([EXAMPLES], ledger, now="2031-05-03T10:00:00+00:00", workers=1).events > 10


def without_rights(place: Path, *args: str) -> tuple[int, str]:
    """Call the command line as a user who may read a folder and write nothing in it; root may write everywhere."""
    told = place / "told.txt"
    told.touch()
    told.chmod(0o666)
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.chdir(place)
            sys.stderr = told.open("w", encoding="utf-8")
            if os.geteuid() == 0:
                os.setegid(65534)
                os.seteuid(65534)
            code = call(args)
            sys.stderr.flush()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told.read_text(encoding="utf-8")


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every user may read; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.file
def test_a_ledger_that_may_not_be_written_can_be_read(cli: Cli, folder: Path, open_place: Path) -> None:
    ledger = open_place / "x.db"
    cli("run", folder, "-o", ledger, "-q")
    report = open_place / "more.txt"
    report.write_text(TEXT.replace("Homs", "Aden"), encoding="utf-8")
    for path in (ledger, report):
        path.chmod(0o444)
    open_place.chmod(0o555)
    code, said = without_rights(open_place, "run", str(report), "-o", str(ledger))
    assert (code, said.partition(" cannot ")[0]) == (4, f"error: {ledger}")
    assert "make the file and its folder writable" in said
    assert len(said.splitlines()) == 2
    assert without_rights(open_place, "check", str(ledger))[0] == 0
    open_place.chmod(0o755)


@pytest.fixture
def translated(folder: Path) -> Path:
    """A report, and one in French that could be its translation."""
    french = {
        "url": "https://lac.invalid/2",
        "outlet": "Le Lac",
        "lang": "fr",
        "text": "Un bombardement fait 4 morts à Homs\n\nQuatre personnes ont été tuées jeudi lorsque des obus ont "
        "frappé un marché de Homs, a indiqué une clinique.\n",
    }
    (folder / "lac.jsonl").write_text(json.dumps(french), encoding="utf-8")
    return folder


def test_a_report_in_another_language_is_counted_and_named(cli: Cli, translated: Path) -> None:
    told = cli("run", translated, "-o", "x.db")
    assert told.code == 0
    assert "2 reports in 2 independent lineages (0 copies or rewrites)" in told.err
    assert "1 report in another language (fr: R2): no claims are read there" in told.err
    assert "1 event from 1 report; 0 reports say nothing the schema records" in told.err
    again = cli("run", translated, "-o", "x.db")
    assert "1 report in another language (fr: R2)" in again.err
    found = json.loads(cli("run", translated, "-o", "x.db", "--json").out)
    assert found["languages"] == {"fr": {"reports": 1, "first": [2]}}


def test_show_and_log_say_that_nothing_was_read_in_another_language(cli: Cli, translated: Path) -> None:
    cli("run", translated, "-o", "x.db")
    shown = cli("show", "R2", "x.db").out
    assert "In another language than English (fr): no claims are read in it, and it is in no event." in shown
    assert "a lineage apart" in shown
    assert "In another language" not in cli("show", "R1", "x.db").out
    assert "1 in other languages" in cli("log", "x.db").out
    problems = cli("log", "--problems", "x.db")
    assert len(problems.out.splitlines()) == 1
    assert "1 report in another language (fr: R2)" in problems.err


def test_many_reports_in_another_language_are_named_up_to_a_few(cli: Cli, translated: Path) -> None:
    text = "Une explosion a fait trois morts et douze blessés dans la ville de Homs mardi, a déclaré la police locale. "
    for number in range(7):
        row = {"text": text + "Encore " * number, "lang": "fr", "url": f"https://{number}.invalid/"}
        (translated / f"m{number}.jsonl").write_text(json.dumps(row), encoding="utf-8")
    told = cli("run", translated, "-o", "x.db").err
    assert re.search(r"8 reports in other languages \(fr: R\d, R\d, R\d, R\d, R\d and 3 more\)", told)
