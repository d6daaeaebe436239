"""`variorum review`: scripted, on a terminal, by a second reviewer; and what is left of it when it is killed."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import factories as make
from cli.conftest import Cli, Told, outside
from variorum.ledger import Ledger
from variorum.model import HeldBack, Judgement
from variorum.pipeline import find_queue, run

NOW = "2031-05-03T10:00:00+00:00"
REPORTS = [
    ("Tarn Post", "2031-04-04", "Four people were killed on 3 April when shells hit a market in Homs, a clinic said."),
    ("Dove Daily", "2031-04-04", "Nine people were killed on 3 April when shells hit a market in Homs, the army said."),
    ("Wadi Herald", "2031-04-12", "Six people were killed on 11 April in an air strike on Mosul, the council said."),
    ("Hill Echo", "2031-04-20", "Gunmen killed three people in the hamlet of San Teodoro on 19 April, a mayor said."),
]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal and SIGKILL are POSIX")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    rows = [
        {"url": f"https://x.invalid/{number}", "outlet": outlet, "published": day, "text": f"Report {number}\n\n{text}"}
        for number, (outlet, day, text) in enumerate(REPORTS)
    ]
    (folder / "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with Ledger.open(folder / "made.db", create=True) as ledger:
        run([folder / "reports.jsonl"], ledger, now=NOW, workers=1)
    with Ledger.open(folder / "made.db"):  # moves what stands beside the file into it
        return folder / "made.db"


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """A ledger to write to: a contradiction between R1 and R2 waits, and the place of R4."""
    copied = tmp_path / "own.db"
    copied.write_bytes(made.read_bytes())
    return copied


Typed = Callable[..., Told]


@pytest.fixture
def typed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Call `variorum review` with keys on standard input, which is no terminal."""

    def call(keys: str, *args: str | Path) -> Told:
        monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
        return cli("review", *args)

    return call


def decided(place: Path) -> list[tuple[str, str, bool]]:
    with Ledger.open(place, readonly=True) as ledger:
        return [(row.name, row.what.by, row.what.blind) for row in ledger.decisions() if row.what.retracted is None]


def test_a_scripted_session_decides_card_after_card(typed: Typed, place: Path) -> None:
    told = typed("y\nb wrong country\nn\n", place, "--as", "ada")
    assert told.code == 0
    assert re.findall(r"^D\d+ .*", told.out, re.M) == ["D1 accept contradicts R1 R2", "D2 reject place R4"]
    assert "\n2 decisions. Events: 1 changed.\n0 left\n" in told.out
    assert "Decisions are stored under the name ada" in told.err
    with Ledger.open(place, readonly=True) as ledger:
        assert [row.what.note for row in ledger.decisions()] == ["wrong country", ""]  # type: ignore[union-attr]
        assert ledger.check() == []


def test_the_events_are_worked_out_anew_once_at_the_end(typed: Typed, place: Path) -> None:
    typed("yn", place, "--as", "ada")
    with Ledger.open(place, readonly=True) as ledger:
        assert [row.command for row in ledger.runs()] == ["review", "run"]


def test_the_end_of_the_input_is_the_end(typed: Typed, place: Path) -> None:
    told = typed("s", place, "--as", "ada")
    assert told.code == 0
    assert told.out.endswith("\nNothing was decided.\n2 left:  variorum review " + str(place) + "\n")
    assert decided(place) == []


def test_keys_need_no_line_of_their_own(typed: Typed, place: Path) -> None:
    typed("sy", place, "--as", "ada")
    assert decided(place) == [("D1", "ada", False)]


def test_a_key_that_is_no_answer_says_so_and_the_card_stays(typed: Typed, place: Path) -> None:
    told = typed("x7?y", place, "--as", "ada")
    assert told.out.count("is no answer here; ? shows the keys") == 2
    assert "z  take back the last of this session" in told.out
    assert len(decided(place)) == 1


def test_the_last_decision_of_the_session_can_be_taken_back(typed: Typed, place: Path) -> None:
    told = typed("zyzn", place, "--as", "ada")
    assert "nothing of this session is left to take back" in told.out
    assert re.findall(r"^D\d+ .*", told.out, re.M) == [
        "D1 accept contradicts R1 R2",
        "D1 taken back",
        "D2 reject contradicts R1 R2",
    ]
    assert decided(place) == [("D2", "ada", False)]


def test_a_place_is_chosen_by_its_digit(typed: Typed, place: Path) -> None:
    told = typed("2", place, "--as", "ada", "--kind", "place")
    assert re.search(r"^  1  San Teodoro, .*← taken$", told.out, re.M)
    assert re.search(r"^D1 correct place to San Teodoro, .*Italy: R4$", told.out, re.M)
    with Ledger.open(place, readonly=True) as ledger:
        value = next(iter(ledger.rulings())).value
        assert value in {settled.value for event in ledger.events() for settled in event.values}


def test_the_place_that_was_taken_is_accepted_by_its_digit(typed: Typed, place: Path) -> None:
    told = typed("1", place, "--as", "ada", "--kind", "place")
    assert "\nD1 accept place R4\n" in told.out


def test_another_place_is_found_by_its_name(typed: Typed, place: Path) -> None:
    told = typed("e Hama\n1\n", place, "--as", "ada", "--kind", "place")
    assert re.search(r"^D1 correct place to Ḩamāh, .*Syria: R4$", told.out, re.M)


def test_because_is_kept_with_every_decision_and_a_reason_with_one(typed: Typed, place: Path) -> None:
    typed("b seen the list\nyn", place, "--as", "ada", "--because", "second reading")
    with Ledger.open(place, readonly=True) as ledger:
        notes = [row.note for row in ledger.rulings()]
    assert notes == ["seen the list", "second reading"]


@pytest.mark.file
def test_a_dry_run_prints_the_rows_and_stores_nothing(typed: Typed, place: Path) -> None:
    before = place.read_bytes()
    told = typed("yn", place, "--as", "ada", "--dry-run", "--because", "to see")
    assert re.search(
        r"^would store: ruling clm_\w+ clm_\w+ relation accept contradicts by ada: to see$", told.out, re.M
    )
    assert "Nothing was stored." in told.out
    assert place.read_bytes() == before


def test_two_reports_that_are_named_are_asked_about(typed: Typed, place: Path) -> None:
    told = typed("y", place, "--as", "ada", "--pair", "R1,R3", "--because", "one week, one campaign")
    assert re.search(r"^  EVIDENCE +R1 +R3 +WEIGHT$", told.out, re.M)
    assert "\nD1 same R1 R3\n" in told.out
    assert re.search(r"^1 decision\. Events: .*1 retired\.$", told.out, re.M)
    with Ledger.open(place, readonly=True) as ledger:
        row = next(iter(ledger.judgements()))
        assert row.score is not None
        assert max(len(event.mentions) for event in ledger.events()) == 3


@pytest.mark.file
@pytest.mark.parametrize("form", ["--list", "--json", "--jsonl", "--csv"])
def test_the_queue_is_listed_and_nothing_decided(typed: Typed, place: Path, form: str) -> None:
    before = place.read_bytes()
    told = typed("y", place, form)
    assert (told.code, told.err) == (0, "")
    assert "killed: 4 (clinic) and 9 (army): two lineages" in told.out
    assert place.read_bytes() == before
    if form == "--json":
        rows = json.loads(told.out)
        assert [(row["kind"], row["reports"]) for row in rows] == [("contradiction", ["R1", "R2"]), ("place", ["R4"])]
        assert all(id.startswith("clm_") for row in rows for id in row["subjects"])


@pytest.mark.parametrize(("kind", "count"), [("contradiction", 1), ("place", 1), ("same", 0), ("held-back", 0)])
def test_one_kind_is_listed_alone(typed: Typed, place: Path, kind: str, count: int) -> None:
    assert len(typed("", place, "--kind", kind, "--jsonl").out.splitlines()) == count


def test_the_name_is_the_setting_or_the_account(typed: Typed, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_REVIEWER", "m.k.")
    typed("y", place)
    monkeypatch.delenv("VARIORUM_REVIEWER")
    monkeypatch.setattr("getpass.getuser", lambda: "account")
    typed("n", place)
    assert [by for _, by, _ in decided(place)] == ["account", "m.k."]


@pytest.mark.parametrize("name", ["matcher", "Matcher", " "])
def test_a_name_that_no_person_has_is_refused(typed: Typed, place: Path, name: str) -> None:
    told = typed("y", place, "--as", name)
    assert told.code == 2
    assert decided(place) == []


def test_what_another_decided_meanwhile_is_one_line_and_the_queue_moves_on(
    typed: Typed, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(place) as ledger:
        item = find_queue(ledger, kinds=["contradiction"])[0]

    from variorum.pipeline import Answer, make_rows

    class Slow(io.StringIO):
        """Between the card and the key, somebody else decides."""

        def __next__(self) -> str:
            if not self.tell():
                with Ledger.open(place) as other:
                    other.decide(make_rows(other, item, Answer("no", "bo", NOW)))
            return super().__next__()

    monkeypatch.setattr("cli.test_review.io.StringIO", Slow)
    told = typed("y\nn\n", place, "--as", "ada")
    assert told.code == 0
    assert "bo decided this first (D1: reject contradicts); yours was not stored" in told.out
    assert [(name, by) for name, by, _ in decided(place)] == [("D2", "ada"), ("D1", "bo")]


def test_a_decision_is_stamped_to_the_millisecond(typed: Typed, place: Path) -> None:
    typed("y", place, "--as", "ada")
    with Ledger.open(place, readonly=True) as ledger:
        assert re.search(r"T\d\d:\d\d:\d\d\.\d{3}\+00:00$", next(ledger.decisions()).what.at)


def test_what_another_took_back_is_said_and_the_session_goes_on(
    typed: Typed, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(io.StringIO):
        """Between the first decision and its undoing, somebody else takes it back."""

        def __next__(self) -> str:
            line = super().__next__()
            if line == "z\n":
                with Ledger.open(place) as other:
                    other.retract(1, by="bo", at=NOW)
            return line

    monkeypatch.setattr("cli.test_review.io.StringIO", Slow)
    told = typed("y\nz\nn\n", place, "--as", "ada")
    assert told.code == 0
    assert "\nD1 was taken back on " in told.out
    assert decided(place) == [("D2", "ada", False)]


def test_whatever_ends_a_session_events_follow_from_what_was_stored(
    typed: Typed, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("variorum.cli.reviewsession.report_lines", broken)
    assert typed("y\nr\n", place, "--as", "ada").code == 1
    with Ledger.open(place, readonly=True) as ledger:
        assert [row.command for row in ledger.runs()] == ["review", "run"]


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A ledger with two held-back claims."""
    article = make.article()
    with Ledger.open(tmp_path / "held.db", create=True) as ledger:
        ledger.add_article(article)
        back = tuple(HeldBack(article.id, "killed", "3", quote, "no such words") for quote in ("three", "trio"))
        ledger.add_extraction(replace(make.extraction(article, (("killed", "12"),)), held_back=back))
    return tmp_path / "held.db"


def test_the_words_of_a_held_back_claim_become_a_claim_and_go_when_taken_back(typed: Typed, held: Path) -> None:
    for keys, quotes in (("e Seven\nz\n", ["12"]), ("e Seven\n", ["12", "Seven"])):
        typed(keys, held, "--as", "ada", "--kind", "held-back")
        with Ledger.open(held, readonly=True) as ledger:
            assert [claim.quote for claim in ledger.claims()] == quotes


def test_words_that_stand_there_more_than_once_are_asked_for_again(typed: Typed, held: Path) -> None:
    told = typed("e the\ne 5:99999\ne Seven\n", held, "--as", "ada", "--kind", "held-back")
    assert "“the” stands there more than once: give more words, or the span: " in told.out
    assert "the text has no characters 5:99999: it runs from 0 to " in told.out
    assert decided(held) == [("D1", "ada", False)]


# ---------------------------------------------------------------- a second reviewer


@pytest.mark.parametrize("verdicts", [("same", "different"), ("same", "unsure"), ("different", "unsure")])
def test_a_blind_card_is_the_same_whatever_was_decided(
    typed: Typed, made: Path, tmp_path: Path, verdicts: tuple[str, str]
) -> None:
    seen = []
    for verdict in verdicts:
        place = tmp_path / "own.db"
        for file in tmp_path.glob("own.db*"):
            file.unlink()
        place.write_bytes(made.read_bytes())
        key = {"same": "y", "different": "n", "unsure": "u"}[verdict]
        typed(key, place, "--as", "ada", "--pair", "R1,R3", "--because", "ada has her reasons")
        seen.append(typed("s", place, "--as", "bo", "--second"))
    assert seen[0] == seen[1]
    assert "1 of 1 · same event? · your word beside another's" in seen[0].out
    assert not re.search(r"EV-|\bada\b|joined|apart in", seen[0].out)


@pytest.mark.parametrize("kind", ["contradiction", "place"])
def test_a_blind_card_of_a_ruling_is_the_same_whatever_was_decided(
    typed: Typed, made: Path, tmp_path: Path, kind: str
) -> None:
    seen = []
    for key in "yn":
        place = tmp_path / "own.db"
        for file in tmp_path.glob("own.db*"):
            file.unlink()
        place.write_bytes(made.read_bytes())
        typed(key, place, "--as", "ada", "--kind", kind)
        seen.append(typed("s", place, "--as", "bo", "--second"))
    assert seen[0] == seen[1]
    assert "1 of 1" in seen[0].out


def test_a_second_word_is_blind_and_changes_no_event(typed: Typed, place: Path) -> None:
    typed("yy", place, "--as", "ada")
    with Ledger.open(place, readonly=True) as ledger:
        before = list(ledger.events())
    told = typed("nn", place, "--as", "bo", "--second")
    assert "2 decisions. Events: none changed." in told.out
    assert [row for row in decided(place) if row[1] == "bo"] == [("D4", "bo", True), ("D3", "bo", True)]
    with Ledger.open(place, readonly=True) as ledger:
        assert list(ledger.events()) == before


def test_the_list_of_a_second_reviewer_says_neither_event_nor_reason(typed: Typed, place: Path) -> None:
    typed("yn", place, "--as", "ada")
    rows = json.loads(typed("", place, "--as", "bo", "--second", "--json").out)
    assert [set(row) for row in rows] == [{"number", "kind", "reports", "asks", "subjects"}] * 2


def test_what_two_differ_on_is_shown_with_both_words(typed: Typed, place: Path) -> None:
    typed("y", place, "--as", "ada", "--because", "two clinics")
    typed("n", place, "--as", "bo", "--second", "--because", "one of them is old")
    told = typed("y", place, "--as", "cy", "--kind", "disagreement")
    assert "1 of 1 · people differ · ada and bo differ" in told.out
    assert "  ada said accept (D1): two clinics\n" in told.out
    assert "  bo said reject (D2, without seeing the other): one of them is old\n" in told.out
    assert [name for name, _, _ in decided(place)] == ["D3", "D2", "D1"]


def test_agreement_is_a_table_with_what_they_differ_on(typed: Typed, cli: Cli, place: Path) -> None:
    typed("yy", place, "--as", "ada")
    typed("yn" if find_first(place) == "contradiction" else "ny", place, "--as", "bo", "--second")
    told = cli("review", place, "--agreement")
    assert re.search(r"^contradiction  ada       bo           1  100%    –$", told.out, re.M)
    assert re.search(r"^place          ada       bo           1  0%      0\.00$", told.out, re.M)
    assert re.search(r"^place  R4       ada: accept \(D2\)  bo: reject \(D\d, blind\)$", told.out, re.M)
    rows = json.loads(cli("review", place, "--agreement", "--json").out)
    assert [row["kappa"] for row in rows["agreement"]] == [None, 0.0]
    assert len(rows["differences"]) == 1


def find_first(place: Path) -> str:
    with Ledger.open(place, readonly=True) as ledger:
        return find_queue(ledger, by="bo", second=True)[0].kind


def test_without_two_words_there_is_no_agreement(cli: Cli, place: Path) -> None:
    told = cli("review", place, "--agreement")
    assert (told.code, told.out) == (0, "")
    assert told.err == "no two people have decided the same thing yet: variorum review --second\n"


def test_nothing_to_review_is_said(typed: Typed, place: Path) -> None:
    assert typed("", place, "--kind", "same").err == "nothing waits for a person\n"
    assert typed("", place, "--second", "--as", "bo").err.startswith("nothing that others decided waits")


# ---------------------------------------------------------------- a terminal, and the end of a process


class Terminal:
    """The program on a pseudo-terminal."""

    def __init__(self, *args: str | Path) -> None:
        import pty

        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.environ |= {"TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "100"}
            os.execv(sys.executable, [sys.executable, "-m", "variorum", "review", *map(str, args)])
        self.seen = ""

    def until(self, words: str, seconds: float = 60.0) -> str:
        """Read until the words appear; gives what was seen since the last call."""
        limit = time.monotonic() + seconds
        while words not in self.seen:
            left = limit - time.monotonic()
            assert left > 0, self.seen
            if select.select([self.end], [], [], left)[0]:
                try:
                    self.seen += os.read(self.end, 65_536).decode("utf-8", "replace")
                except OSError:  # the other side ended
                    assert words in self.seen, self.seen
        found, self.seen = self.seen.split(words, 1)
        return found + words

    def press(self, key: str) -> None:
        """Press one key, once the program reads keys: what is typed before it shows a card is dropped."""
        import termios

        while termios.tcgetattr(self.end)[3] & termios.ICANON:
            time.sleep(0.01)
        os.write(self.end, key.encode())

    def type(self, line: str) -> None:
        """Type a line where one is asked for."""
        os.write(self.end, line.encode() + b"\r")

    def wait(self) -> int:
        with contextlib.suppress(OSError):
            while os.read(self.end, 65_536):
                pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.fixture
def terminal(place: Path) -> Iterator[Terminal]:
    one = Terminal(place, "--as", "ada")
    yield one
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        os.kill(one.pid, signal.SIGKILL)
        os.waitpid(one.pid, 0)
    os.close(one.end)


@pytest.mark.file
def test_on_a_terminal_one_key_decides_and_moves_on(terminal: Terminal, place: Path) -> None:
    terminal.until("[q] quit")
    terminal.press("b")
    terminal.until("reason: ")
    terminal.type("seen the list")
    terminal.press("y")
    terminal.until("D1 accept contradicts R1 R2")
    terminal.until("2 of 2")
    terminal.until("quit")
    terminal.press("2")
    terminal.until("D2 correct place to San Teodoro")
    terminal.until("0 left")
    assert terminal.wait() == 0
    assert [name for name, _, _ in decided(place)] == ["D2", "D1"]


@pytest.mark.file
def test_ctrl_c_ends_as_q_does_with_the_status_of_a_stopped_program(terminal: Terminal, place: Path) -> None:
    terminal.until("[q] quit")
    terminal.press("y")
    terminal.until("2 of 2")
    terminal.until("quit")
    terminal.press("\x03")
    terminal.until("1 decision. Events:")
    assert terminal.wait() == 130
    with Ledger.open(place, readonly=True) as ledger:
        assert next(ledger.runs()).command == "review"


@pytest.mark.file
def test_a_decision_survives_a_kill_after_its_key(terminal: Terminal, place: Path, cli: Cli) -> None:
    terminal.until("[q] quit")
    terminal.press("y")
    terminal.until("D1 accept contradicts R1 R2")
    os.kill(terminal.pid, signal.SIGKILL)
    assert terminal.wait() == -signal.SIGKILL
    assert decided(place) == [("D1", "ada", False)]
    assert cli("check", place).code == 0
    told = cli("review", place, "--as", "ada", "--jsonl")
    assert [json.loads(line)["kind"] for line in told.out.splitlines()] == ["place"]


@pytest.mark.file
def test_as_a_program_it_takes_keys_from_a_pipe(place: Path) -> None:
    told = outside("review", place, "--as", "ada", input="y\nq\n")
    assert told.returncode == 0
    assert "\nD1 accept contradicts R1 R2\n" in told.stdout


def test_run_names_the_queue(cli: Cli, made: Path, tmp_path: Path) -> None:
    told = cli("run", made.parent / "reports.jsonl", "-o", tmp_path / "new.db")
    assert f"\nA person should look at: 1 contradictions    variorum review {tmp_path / 'new.db'}\n" in told.err


def test_a_word_of_the_matcher_is_nobodys(place: Path) -> None:
    with Ledger.open(place) as ledger:
        left, right = sorted(mention.id for mention in ledger.mentions())[:2]
        ledger.add_judgement(Judgement(left, right, "same", "matcher", 0.9, "", NOW))
        assert find_queue(ledger, by="bo", second=True) == []
