"""The example plugins, installed as anybody would install them and called as programs of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from shapely.geometry import Point, box

PLUGINS = Path(__file__).parents[1] / "examples" / "plugins"
NAMES = ("mailbox", "sitrep", "kml")
TRY = PLUGINS / "try"
KML = {"kml": "http://www.opengis.net/kml/2.2"}
MALI = box(-12.3, 10.1, 4.3, 25.0)  # degrees: west, south, east, north

# A package that is installed is no part of a ledger on another database.
pytestmark = pytest.mark.file


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all three installed by pip from their sources, without a registry."""
    target = tmp_path_factory.mktemp("site")
    offline = ("--no-deps", "--no-index", "--no-build-isolation", "--no-compile", "--disable-pip-version-check", "-q")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        *offline,
        "--target",
        target,
        *(PLUGINS / name for name in NAMES),
    ]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(scope="session")
def called(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the feed and the extractor have each made a ledger, and the writer a map of both."""
    folder = tmp_path_factory.mktemp("called")
    run(installed, folder, 3, "run", f"mailbox:{TRY / 'desk.mbox'}", "-o", "mail.db", "--workers", "1")
    run(installed, folder, 0, "run", TRY / "bulletin.txt", "-o", "log.db", "--reader", "sitrep")
    return folder


def run(installed: Path, folder: Path, code: int, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Call the program where the plugins are installed."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("VARIORUM_")}
    path = os.pathsep.join([str(installed), *(part for part in sys.path if part)])
    done = subprocess.run(
        [sys.executable, "-m", "variorum", *map(str, words)],
        cwd=folder,
        env={**kept, "PYTHONPATH": path},
        capture_output=True,
        text=True,  # type: ignore[arg-type]
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


def rows(installed: Path, folder: Path, ledger: str, query: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run(installed, folder, 0, "sql", query, ledger, "--json").stdout)
    return found


def test_the_feeds_messages_are_reports_of_their_outlets(installed: Path, called: Path) -> None:
    found = rows(
        installed, called, "mail.db", "SELECT outlet, title, url, substr(published, 1, 10) AS day FROM v_reports"
    )
    assert [tuple(row.values()) for row in found] == [
        ("Tihama Desk", "Car bomb kills nine at Menaka market", "mid:20310504.1@tihama.example", "2031-05-04"),
        ("Lantern Relief", "Families leave Ménaka after bombing", "https://relief.example/notes/7", "2031-05-05"),
    ]
    problems = run(installed, called, 0, "log", "mail.db", "--problems").stdout
    assert "message 3" in problems
    assert "no plain text" in problems


def test_the_extractor_reads_each_line_of_its_form(installed: Path, called: Path) -> None:
    found = rows(installed, called, "log.db", "SELECT kind, prop, scope, value, source FROM v_claims")
    assert {tuple(row.values()) for row in found} >= {
        ("strike", "date", None, "2031-05-02", "village clinic"),
        ("strike", "killed", "civilians", "2", "village clinic"),
        ("strike", "injured", "all", "5..", "village clinic"),
        ("clash", "killed", "combatants", "4", "Azawad Monitor"),
        ("abduction", "missing", "all", "~7", ""),
        ("abduction", "place", None, "name:Tin Zarbun", ""),
    }
    assert len({row["kind"] for row in found}) == 3  # the road block is of no kind that it knows
    run(installed, called, 0, "check", "log.db")


def test_the_writers_map_has_every_event_with_a_place(installed: Path, called: Path) -> None:
    run(installed, called, 0, "export", "kml", "log.db", "-o", "log.kml")
    root = ElementTree.parse(called / "log.kml").getroot()
    marks = root.findall(".//kml:Placemark", KML)
    points = [mark.findtext(".//kml:coordinates", "", KML).split(",") for mark in marks]
    assert len(points) == 2
    assert all(MALI.contains(Point(float(lon), float(lat))) for lon, lat in points)
    assert {mark.findtext(".//kml:begin", "", KML) for mark in marks} == {"2031-05-02", "2031-05-03"}
    assert "at least 5" in "".join(mark.findtext("kml:description", "", KML) for mark in marks)
    assert root.findtext("kml:Document/kml:description", "", KML).startswith("1 more without")


def test_the_doctor_lists_them(installed: Path, called: Path) -> None:
    told = {row["part"]: row for row in json.loads(run(installed, called, 0, "doctor", "--json").stdout)}
    assert {told[part]["state"] for part in ("feed mailbox", "extractor sitrep", "writer kml")} == {"ok"}
    assert told["writer kml"]["detail"] == "variorum-kml 0.1.0: variorum_kml:write_kml"
