"""Accounts beside a ledger: who may sign in, how often one may try, and what ends a session."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from variorum.errors import LedgerNewerError, LedgerWriteError, UnknownIdError, UsageError
from variorum.ledger.accounts import Account, Accounts, Rules, accounts_beside
from variorum.ledger.passwords import Passwords, parse_name
from variorum.ledger.sessions import Opened, Visitor

NOW = datetime(2031, 5, 3, 10, tzinfo=UTC)
CHEAP = Rules(passwords=Passwords(time_cost=1, memory_kib=8, lanes=1))
GOOD = "seven geese over the weir"
OTHER = "a lantern in the quarry"
DESK, ELSEWHERE = "192.0.2.10", "198.51.100.7"


def after(**times: float) -> datetime:
    return NOW + timedelta(**times)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "syria.db.accounts.db"


@pytest.fixture
def accounts(place: Path) -> Iterator[Accounts]:
    with Accounts.open(place, create=True, rules=CHEAP) as opened:
        opened.add_account("Ada", "admin", GOOD, now=NOW)
        opened.add_account("Maria", "reviewer", GOOD, now=NOW)
        yield opened


def enter(accounts: Accounts, name: str = "Maria", address: str = DESK, now: datetime = NOW) -> Opened:
    checked = accounts.check_password(name, GOOD, address, now=now)
    assert checked.account is not None
    opened = accounts.open_session(checked.account, Visitor(address), now=now)
    assert opened is not None
    return opened


def fail(accounts: Accounts, times: int, name: str = "Maria", address: str = ELSEWHERE, now: datetime = NOW) -> None:
    for _ in range(times):
        assert accounts.check_password(name, "wrong", address, now=now).account is None


# ---------------------------------------------------------------- the file


def test_the_file_is_for_its_owner_alone(accounts: Accounts, place: Path) -> None:
    enter(accounts)
    for path in place.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_a_file_that_others_can_read_is_closed_to_them_when_it_is_opened(accounts: Accounts, place: Path) -> None:
    accounts.close()
    place.chmod(0o644)
    Accounts.open(place).close()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_the_file_of_a_ledger_stands_beside_it() -> None:
    assert accounts_beside("data/syria.db") == Path("data/syria.db.accounts.db")


def test_a_ledger_on_a_server_has_no_file_beside_it() -> None:
    with pytest.raises(UsageError, match="no file beside"):
        accounts_beside("postgresql://maria:hidden@localhost/ledger")


def test_neither_passwords_nor_tokens_stand_in_the_file(accounts: Accounts, place: Path) -> None:
    opened = enter(accounts)
    fail(accounts, 1, name="my password, typed in the wrong field")
    held = b"".join(path.read_bytes() for path in place.parent.iterdir())
    for word in (GOOD, opened.token, "typed in the wrong field"):
        assert word.encode() not in held


def test_a_file_that_is_not_there_is_not_made_by_asking(place: Path) -> None:
    with pytest.raises(UsageError, match="there are no accounts"):
        Accounts.open(place)
    assert not place.exists()


def test_a_ledger_is_not_taken_for_accounts(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.db"
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("CREATE TABLE article (id TEXT)")
    with pytest.raises(LedgerWriteError, match="not a file of accounts"):
        Accounts.open(ledger)


def test_a_file_of_a_later_version_is_refused(accounts: Accounts, place: Path) -> None:
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerNewerError):
        Accounts.open(place)


# ---------------------------------------------------------------- accounts


def test_accounts_are_listed_by_name_without_their_passwords(accounts: Accounts) -> None:
    at = "2031-05-03T10:00:00.000000+00:00"
    assert accounts.list_accounts() == [
        Account("Ada", "admin", at, at, False),
        Account("Maria", "reviewer", at, at, False),
    ]


def test_a_name_is_taken_in_any_case(accounts: Accounts) -> None:
    with pytest.raises(UsageError, match="already"):
        accounts.add_account("MARIA", "reader", GOOD, now=NOW)


@pytest.mark.parametrize(
    "name", ["", " ", "a\0b", "a\nb", "a<b>", "x" * 65, "x" * 100_000, "-x", "\u202egnp", "a  b", "=1+1", "\ud800"]
)
def test_what_is_no_name_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(UsageError, match="is not a name"):
        accounts.add_account(name, "reader", GOOD, now=NOW)


@pytest.mark.parametrize("name", ["Maria Koval", "m.k.", "O'Neill", "ana@example.org", "مريم", "Łucja", "김민지"])
def test_names_of_many_scripts_are_names(name: str) -> None:
    assert parse_name(name) == name


def test_nobody_takes_the_name_under_which_the_program_decides(accounts: Accounts) -> None:
    with pytest.raises(UsageError, match="program itself"):
        accounts.add_account("Matcher", "reviewer", GOOD, now=NOW)


@pytest.mark.parametrize(
    "password", ["", "short", "aaaaaaaaaaaaaaaa", "121212121212", "x\0" * 10 + "abcdef", "ab" * 200]
)
def test_a_password_that_would_be_guessed_is_refused_and_not_repeated(accounts: Accounts, password: str) -> None:
    with pytest.raises(UsageError) as refused:
        accounts.set_password("Maria", password, now=NOW)
    assert not password or password not in refused.value.cause + refused.value.remedy


def test_an_account_that_is_not_there_names_those_like_it(accounts: Accounts) -> None:
    with pytest.raises(UnknownIdError) as refused:
        accounts.set_role("Marie", "admin")
    assert refused.value.near == ("Maria",)


@pytest.mark.parametrize("change", ["set_role", "disable", "remove"])
def test_the_last_admin_stays_one(accounts: Accounts, change: str) -> None:
    arguments = ("Ada", "reader") if change == "set_role" else ("Ada",)
    with pytest.raises(UsageError, match="last admin"):
        getattr(accounts, change)(*arguments)
    found = accounts.find_account("ada")
    assert found is not None
    assert (found.role, found.disabled) == ("admin", False)


def test_an_admin_who_is_not_the_last_can_go(accounts: Accounts) -> None:
    accounts.set_role("Maria", "admin")
    accounts.remove("Ada")
    assert [account.name for account in accounts.list_accounts()] == ["Maria"]


# ---------------------------------------------------------------- passwords


def test_the_right_password_gives_the_account_in_any_case_of_the_name(accounts: Accounts) -> None:
    found = accounts.check_password(" mARIA ", GOOD, DESK, now=NOW).account
    assert found is not None
    assert found.name == "Maria"


def test_a_letter_of_two_signs_is_the_letter_of_one(accounts: Accounts) -> None:
    accounts.set_password("Maria", "une d\u00e9cision \u00e9tay\u00e9e", now=NOW)
    found = accounts.check_password("Maria", "une de\u0301cision e\u0301taye\u0301e", DESK, now=NOW)
    assert found.account is not None


@pytest.mark.parametrize("name", ["Maria", "Nobody", "a\0b", "x" * 100_000])
def test_one_hash_is_verified_whether_or_not_there_is_such_a_name(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    from argon2 import PasswordHasher

    verified: list[str] = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda self, hash, given: verified.append(hash) or verify(self, hash, given)
    )
    assert accounts.check_password(name, "wrong", DESK, now=NOW).account is None
    assert len(verified) == 1
    assert verified[0].startswith("$argon2id$v=19$m=8,t=1,p=1$")


def test_a_disabled_person_is_not_let_in_with_the_right_password(accounts: Accounts) -> None:
    accounts.disable("Maria")
    assert accounts.check_password("Maria", GOOD, DESK, now=NOW).account is None
    accounts.enable("Maria")
    assert accounts.check_password("Maria", GOOD, DESK, now=NOW).account is not None


def test_a_hash_of_older_parameters_is_made_anew_when_its_password_is_given(accounts: Accounts, place: Path) -> None:
    def stored() -> str:
        with closing(sqlite3.connect(place)) as connection:
            return str(connection.execute("SELECT password FROM account WHERE key = 'maria'").fetchone()[0])

    dearer = Rules(passwords=Passwords(time_cost=2, memory_kib=16, lanes=1))
    with Accounts.open(place, rules=dearer) as later:
        fail(later, 1)
        assert "m=8,t=1" in stored()
        assert later.check_password("Maria", GOOD, DESK, now=NOW).account is not None
        assert "m=16,t=2" in stored()
        assert later.check_password("Maria", GOOD, DESK, now=NOW).account is not None


# ---------------------------------------------------------------- how often one may try


def test_after_five_failures_the_right_password_has_to_wait_too(accounts: Accounts) -> None:
    fail(accounts, 5)
    checked = accounts.check_password("Maria", GOOD, ELSEWHERE, now=after(minutes=1))
    assert checked.account is None
    assert checked.wait == timedelta(minutes=14)


def test_failures_of_two_processes_count_together(accounts: Accounts, place: Path) -> None:
    with Accounts.open(place, rules=CHEAP) as second:
        fail(accounts, 3)
        fail(second, 2, address="203.0.113.9")
        assert accounts.too_many_attempts("Maria", ELSEWHERE, now=NOW) is not None
        assert second.check_password("Maria", GOOD, ELSEWHERE, now=NOW).wait is not None


def test_many_tries_at_once_do_not_pass_the_limit(accounts: Accounts) -> None:
    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(lambda _: accounts.check_password("Maria", "wrong", ELSEWHERE, now=NOW), range(24)))
    assert sum(checked.wait is None for checked in done) == 5


def test_a_name_that_nobody_has_waits_as_any_other(accounts: Accounts) -> None:
    fail(accounts, 5, name="Nobody")
    assert accounts.check_password("nobody", "wrong", ELSEWHERE, now=NOW).wait == timedelta(minutes=15)


def test_one_address_may_fail_twenty_times_whatever_the_names(accounts: Accounts) -> None:
    for number in range(20):
        fail(accounts, 1, name=f"Person {number}")
    assert accounts.check_password("Maria", GOOD, ELSEWHERE, now=NOW).wait is not None
    assert accounts.check_password("Maria", GOOD, DESK, now=NOW).account is not None


def test_the_addresses_of_one_machine_are_one_address(accounts: Accounts) -> None:
    for number in range(20):
        fail(accounts, 1, name=f"Person {number}", address=f"2001:db8::{number:x}")
    assert accounts.too_many_attempts("Maria", "2001:db8::ffff", now=NOW) is not None
    assert accounts.too_many_attempts("Maria", "2001:db8:0:1::1", now=NOW) is None


def test_strangers_who_fail_do_not_shut_a_person_out_at_their_own_desk(accounts: Accounts) -> None:
    enter(accounts, address=DESK)
    fail(accounts, 9, now=after(days=1))
    assert accounts.check_password("Maria", GOOD, DESK, now=after(days=1)).account is not None
    assert accounts.check_password("Maria", GOOD, "203.0.113.9", now=after(days=1)).wait is not None


def test_failures_at_ones_own_desk_do_not_count_elsewhere(accounts: Accounts) -> None:
    enter(accounts, address=DESK)
    fail(accounts, 5, address=DESK)
    assert accounts.check_password("Maria", GOOD, ELSEWHERE, now=NOW).account is not None


def test_at_their_own_desk_too_one_may_not_fail_more_often(accounts: Accounts) -> None:
    enter(accounts, address=DESK)
    fail(accounts, 5, address=DESK)
    assert accounts.check_password("Maria", GOOD, DESK, now=NOW).wait is not None


def test_what_is_turned_away_does_not_lengthen_the_wait(accounts: Accounts) -> None:
    fail(accounts, 5)
    for minute in range(1, 15):
        fail(accounts, 1, now=after(minutes=minute))
    assert accounts.check_password("Maria", GOOD, ELSEWHERE, now=after(minutes=15)).account is not None


def test_a_success_forgets_the_failures_of_that_name_there_and_no_others(accounts: Accounts) -> None:
    fail(accounts, 4)
    fail(accounts, 4, name="Ada")
    enter(accounts, address=ELSEWHERE)
    fail(accounts, 4)
    assert accounts.too_many_attempts("Maria", ELSEWHERE, now=NOW) is None
    fail(accounts, 1, name="Ada")
    assert accounts.too_many_attempts("Ada", ELSEWHERE, now=NOW) is not None


def test_a_new_password_ends_the_wait(accounts: Accounts) -> None:
    fail(accounts, 5)
    accounts.set_password("Maria", OTHER, now=NOW)
    assert accounts.check_password("Maria", OTHER, ELSEWHERE, now=NOW).account is not None


# ---------------------------------------------------------------- sessions


def test_a_session_gives_the_name_and_the_role(accounts: Accounts) -> None:
    opened = enter(accounts)
    found = accounts.find_session(opened.token, now=NOW)
    assert found is not None
    assert (found.name, found.role, found.csrf) == ("Maria", "reviewer", opened.csrf)


@pytest.mark.parametrize("token", ["", "x", "x" * 10_000, "\ud800", "a\0b"])
def test_a_token_that_was_not_given_opens_nothing(accounts: Accounts, token: str) -> None:
    enter(accounts)
    assert accounts.find_session(token, now=NOW) is None


def test_a_session_that_is_not_used_for_two_hours_is_over(accounts: Accounts) -> None:
    token = enter(accounts).token
    assert accounts.find_session(token, now=after(hours=1.9)) is not None
    assert accounts.find_session(token, now=after(hours=3.8)) is not None
    assert accounts.find_session(token, now=after(hours=5.8)) is None


def test_a_session_is_over_after_twelve_hours_however_much_it_is_used(accounts: Accounts) -> None:
    token = enter(accounts).token
    for hour in range(1, 12):
        assert accounts.find_session(token, now=after(hours=hour)) is not None
    assert accounts.find_session(token, now=after(hours=12)) is None


CHANGES = {
    "password": lambda accounts: accounts.set_password("Maria", OTHER, now=NOW),
    "role": lambda accounts: accounts.set_role("Maria", "reader"),
    "disabled": lambda accounts: accounts.disable("Maria"),
    "removed": lambda accounts: accounts.remove("Maria"),
    "closed": lambda accounts: accounts.close_all("Maria"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_an_account_ends_its_sessions_and_no_others(accounts: Accounts, change: str) -> None:
    own = [enter(accounts).token, enter(accounts, address=ELSEWHERE).token]
    ada = enter(accounts, name="Ada").token
    CHANGES[change](accounts)
    assert [accounts.find_session(token, now=NOW) for token in own] == [None, None]
    assert accounts.find_session(ada, now=NOW) is not None


def test_no_session_is_opened_for_a_password_that_was_changed_since_it_was_given(accounts: Accounts) -> None:
    checked = accounts.check_password("Maria", GOOD, DESK, now=NOW)
    assert checked.account is not None
    accounts.set_password("Maria", OTHER, now=after(seconds=1))
    assert accounts.open_session(checked.account, Visitor(DESK), now=after(seconds=2)) is None


def test_no_session_is_opened_for_somebody_who_was_disabled_since_they_gave_their_password(accounts: Accounts) -> None:
    checked = accounts.check_password("Maria", GOOD, DESK, now=NOW)
    assert checked.account is not None
    accounts.disable("Maria")
    assert accounts.open_session(checked.account, Visitor(DESK), now=NOW) is None


def test_a_session_that_outlived_the_disabling_of_its_account_is_not_good(accounts: Accounts, place: Path) -> None:
    token = enter(accounts).token
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("UPDATE account SET disabled = 1 WHERE key = 'maria'")
    assert accounts.find_session(token, now=NOW) is None


def test_signing_out_ends_that_session_alone(accounts: Accounts) -> None:
    first, second = enter(accounts).token, enter(accounts).token
    accounts.close_session(first)
    assert accounts.find_session(first, now=NOW) is None
    assert accounts.find_session(second, now=NOW) is not None


def test_the_oldest_of_too_many_sessions_ends(accounts: Accounts) -> None:
    tokens = [enter(accounts, now=after(seconds=number)).token for number in range(21)]
    alive = [accounts.find_session(token, now=after(minutes=1)) is not None for token in tokens]
    assert alive == [False, *[True] * 20]


def test_a_secret_is_one_for_all_programs_and_another_for_each_purpose(accounts: Accounts, place: Path) -> None:
    with Accounts.open(place) as second:
        assert accounts.secret("forms") == second.secret("forms")
        assert accounts.secret("forms") != accounts.secret("others")
