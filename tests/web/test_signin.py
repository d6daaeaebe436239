"""Signing in: who sees what, who may do what, and what another page or program cannot have done."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Mount, Route

from variorum.errors import LedgerBusyError
from variorum.ledger.accounts import Accounts
from variorum.web.accountpages import AccountPages
from variorum.web.signin import local_path
from variorum.web.viewer import Viewer, find_unmarked
from web.small_site import GOOD, OTHER, PAGES, SITE, Browser, Clock, browse, decide, local_app, team_app, templates

SESSION, FORM = "__Host-variorum-session", "__Host-variorum-form"
EVENT = "/events/EV-1"


def cookies(told: Any) -> dict[str, str]:
    """Give the cookies that an answer sets, each with its attributes."""
    return {line.partition("=")[0]: line.partition("=")[2] for line in told.headers.get_list("set-cookie")}


# ---------------------------------------------------------------- on one's own machine


def test_on_ones_own_machine_the_viewer_is_the_reviewer_of_the_settings(local: Browser) -> None:
    told = local.get(EVENT).json()
    assert (told["name"], told["role"], told["local"]) == ("Maria", "reviewer", True)


def test_the_name_may_change_while_the_server_runs() -> None:
    names = iter(["Maria", "", "Ana"])
    own = browse(local_app(lambda: next(names)), "http://localhost:8000")
    assert [own.get(EVENT).json()["name"] for _ in range(3)] == ["Maria", None, "Ana"]


def test_a_form_without_its_token_is_refused_on_ones_own_machine(local: Browser) -> None:
    local.get(EVENT)
    assert local.post("/decide", {"word": "same"}).status_code == 403
    assert local.post("/decide", {"word": "same", "csrf": "x"}).status_code == 403


def test_the_token_may_stand_in_the_form_or_in_a_header(local: Browser) -> None:
    token = local.csrf(EVENT)
    assert local.post("/decide", {"word": "same", "csrf": token}).text == "Maria decides same"
    assert local.post("/decide", {"word": "same"}, **{"X-CSRF-Token": token}).text == "Maria decides same"


def test_a_token_is_good_only_with_the_cookie_it_was_made_for(local: Browser) -> None:
    other = browse(local_app(), "http://127.0.0.1:8000")
    token = other.csrf(EVENT)
    local.get(EVENT)
    assert local.post("/decide", {"word": "same", "csrf": token}).status_code == 403


def test_a_cookie_that_another_server_of_this_machine_sets_gives_no_token_to_it(local: Browser) -> None:
    chosen = "A" * 43
    local.client.cookies.set("variorum-form", chosen)
    for guess in (chosen, "", "A" * 64):
        assert local.post("/decide", {"word": "same", "csrf": guess}).status_code == 403


def test_the_cookie_of_forms_is_for_this_site_and_no_script(local: Browser) -> None:
    set_first = cookies(local.get(EVENT))["variorum-form"]
    assert set_first.partition("; ")[2] == "Path=/; HttpOnly; SameSite=Strict"
    assert cookies(local.get(EVENT)) == {}


# ---------------------------------------------------------------- who is not signed in

HIDDEN = ["/", EVENT, "/events/none", "/accounts", "/account", "/nothing", "/static/", "/static/../events.css", "/fail"]
HIDDEN_DATA = ["/events.json", "/none.json", "/events/EV-1.csv", "/map.geojson", "/static/events.json", "/x.jsonl"]


@pytest.mark.parametrize("path", HIDDEN)
def test_who_is_not_signed_in_is_led_to_the_sign_in_page_whatever_they_ask(team: Browser, path: str) -> None:
    told = team.client.build_request("GET", path)
    answer = team.client.send(told)
    assert (answer.status_code, answer.text) == (303, "")
    assert re.fullmatch(r"/sign-in(\?next=/[\w/.-]+)?", answer.headers["location"])


def test_an_id_that_exists_is_answered_as_one_that_does_not(team: Browser) -> None:
    there, missing = team.get("/events/EV-1"), team.get("/events/EV-2")
    told = [{**answer.headers, "location": answer.headers["location"][:-1]} for answer in (there, missing)]
    assert told[0] == told[1]
    assert there.content == missing.content


@pytest.mark.parametrize("path", HIDDEN_DATA)
def test_a_program_that_is_not_signed_in_gets_401(team: Browser, path: str) -> None:
    told = team.get(path)
    assert told.status_code == 401
    assert told.json()["error"]["cause"] == "You are not signed in"


def test_a_script_of_a_page_whose_session_is_over_gets_401(team: Browser) -> None:
    told = team.get(EVENT, **{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"})
    assert told.status_code == 401


def test_style_and_script_are_there_for_everybody(team: Browser) -> None:
    assert team.get("/static/site.css").text == "main {}"


def test_a_form_sent_to_a_file_of_style_is_not_let_through(team: Browser) -> None:
    assert team.post("/static/site.css", {"csrf": ""}).headers["location"] == "/sign-in"


def test_a_decision_of_who_is_not_signed_in_is_not_taken(team: Browser) -> None:
    told = team.post("/decide", {"word": "same"})
    assert (told.status_code, told.headers["location"]) == (303, "/sign-in")


def test_after_signing_in_one_is_where_one_wanted_to_go(team: Browser) -> None:
    asked = team.get("/events/EV-1?as-of=2017-09-14&q=a%26b")
    page = team.get(asked.headers["location"])
    wanted = re.search(r'name="next" value="([^"]+)"', page.text)
    assert wanted is not None
    told = team.sign_in(next=wanted[1].replace("&amp;", "&"))
    assert told.headers["location"] == "/events/EV-1?as-of=2017-09-14&q=a%26b"


def test_an_address_is_kept_as_it_was_sent(team: Browser) -> None:
    asked = team.get("/events/a%2Fb?q=%C3%A9")
    assert asked.headers["location"] == "/sign-in?next=/events/a%252Fb%3Fq%3D%25C3%25A9"
    assert team.get(asked.headers["location"]).text.count('value="/events/a%2Fb?q=%C3%A9"') == 1


ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "/x//evil.example",
    "/.//evil.example",
    "/a\\b",
    "/a\r\nSet-Cookie: x=y",
    "/a\u2028b",
    "/a\u202eb",
    "/\u00a0/evil.example",
    "/a\0b",
    "/sign-in",
    "/sign-in/?next=/",
    "/sign-out",
    "/" + "x" * 2_000,
    "",
]


@pytest.mark.parametrize("given", ELSEWHERE, ids=ascii)
def test_what_leads_elsewhere_leads_to_the_start_page(given: str) -> None:
    assert local_path(given) == "/"


@pytest.mark.parametrize("given", ["/", EVENT, "/events?q=a//b", "/events/%2f%2fevil.example", "/events?place=Идлиб"])
def test_a_path_on_this_server_is_kept(given: str) -> None:
    assert local_path(given) == given


@pytest.mark.parametrize("given", [one for one in ELSEWHERE if "\0" not in one and len(one) < 100], ids=ascii)
def test_signing_in_leads_to_no_other_site_and_sets_no_header(team: Browser, given: str) -> None:
    told = team.sign_in(next=given)
    assert (told.status_code, told.headers["location"]) == (303, "/")
    assert set(cookies(told)) == {SESSION}


# ---------------------------------------------------------------- signing in


def test_the_session_is_for_this_host_and_no_script_and_only_over_https(team: Browser) -> None:
    value, _, attributes = cookies(team.sign_in())[SESSION].partition("; ")
    assert len(value) == 43
    assert attributes == "Path=/; HttpOnly; SameSite=Lax; Secure"


def test_without_https_the_cookie_has_a_name_that_says_so(accounts: Accounts, clock: Clock) -> None:
    plain = browse(team_app(accounts, clock), "http://variorum.example.org")
    assert set(cookies(plain.sign_in())) == {"variorum-session"}


def test_who_is_signed_in_is_the_viewer(team: Browser) -> None:
    team.sign_in("mARIA")
    told = team.get(EVENT).json()
    assert (told["name"], told["role"], told["local"]) == ("Maria", "reviewer", False)


def test_the_answer_is_the_same_for_a_wrong_name_and_a_wrong_password(team: Browser) -> None:
    one, other = team.sign_in("Maria", "wrong"), team.sign_in("Nobody", "wrong")
    assert (one.status_code, one.text) == (other.status_code, other.text)
    assert one.status_code == 403
    assert 'role="alert">The name or the password is wrong.' in one.text
    assert SESSION not in cookies(one)


def test_neither_name_nor_password_comes_back_in_a_page(team: Browser) -> None:
    told = team.sign_in("<b>Maria</b>", "my secret words")
    assert "Maria" not in told.text
    assert "my secret words" not in told.text


def test_a_disabled_account_is_answered_as_a_wrong_password(team: Browser, accounts: Accounts) -> None:
    accounts.disable("Maria")
    assert "The name or the password is wrong." in team.sign_in().text


def test_after_five_failures_one_waits(team: Browser, clock: Clock) -> None:
    statuses = [team.sign_in(password="wrong").status_code for _ in range(6)]
    assert statuses == [403] * 5 + [429]
    told = team.sign_in()
    assert (told.status_code, told.headers["retry-after"]) == (429, "900")
    clock.pass_by(minutes=15)
    assert team.sign_in().status_code == 303


def test_a_session_that_somebody_planted_is_not_taken_over(team: Browser) -> None:
    planted = "A" * 43
    team.client.cookies.set(SESSION, planted)
    token = cookies(team.sign_in())[SESSION].partition(";")[0]
    assert token != planted
    stranger = browse(team.client.app, SITE)
    stranger.client.cookies.set(SESSION, planted)
    assert stranger.get(EVENT).status_code == 303


def test_signing_in_again_ends_the_session_before(team: Browser, accounts: Accounts, clock: Clock) -> None:
    page = team.csrf("/sign-in")
    first = cookies(team.sign_in())[SESSION].partition(";")[0]
    told = team.post("/sign-in", {"csrf": page, "name": "Ada", "password": GOOD})
    assert told.status_code == 303
    assert accounts.find_session(first, now=clock()) is None
    assert team.get(EVENT).json()["name"] == "Ada"


def test_who_is_signed_in_does_not_see_the_sign_in_page(team: Browser) -> None:
    team.sign_in()
    told = team.get(f"/sign-in?next={EVENT}")
    assert (told.status_code, told.headers["location"]) == (303, EVENT)


def test_a_sign_in_without_the_token_of_its_form_is_refused(team: Browser) -> None:
    told = team.post("/sign-in", {"name": "Maria", "password": GOOD})
    assert told.status_code == 403
    assert SESSION not in cookies(told)


def test_two_cookies_of_one_name_are_none(team: Browser, accounts: Accounts) -> None:
    token = cookies(team.sign_in())[SESSION].partition(";")[0]
    stranger = browse(team.client.app, SITE)
    told = stranger.get(EVENT, Cookie=f"{SESSION}={token}; {SESSION}=other")
    assert told.status_code == 303


def test_a_cookie_of_plain_http_is_not_taken_over_https(team: Browser) -> None:
    token = cookies(team.sign_in())[SESSION].partition(";")[0]
    stranger = browse(team.client.app, SITE)
    assert stranger.get(EVENT, Cookie=f"variorum-session={token}").status_code == 303
    assert stranger.get(EVENT, Cookie=f"{SESSION}={token}").status_code == 200


HOSTILE = [
    ({"name": "x" * 100_000, "password": "x"}, {422}),
    ({"name": "x", "password": "x" * 100_000}, {422}),
    ({"name": "\ufffd\u202e", "password": "x"}, {403}),
    ({"name": "' OR 1=1 --", "password": "x"}, {403}),
    ({"name": "a\0b", "password": "x"}, {400}),
    ({"name": "Maria", "password": "x", "next": "x" * 3_000}, {422}),
    ({"name": ["Maria", "Ada"], "password": GOOD}, {422}),
    ({"csrf": ["x", "y"]}, {403}),
    ({f"field{number}": "" for number in range(3_000)}, {400}),
    ({}, {403}),
]


@pytest.mark.parametrize(("fields", "statuses"), HOSTILE, ids=lambda one: ascii(one)[:40])
def test_hostile_forms_are_refused_and_break_nothing(team: Browser, fields: Any, statuses: set[int]) -> None:
    assert team.post("/sign-in", fields, page="/sign-in").status_code in statuses


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="csrf"; filename="f"\r\n\r\na\r\n--x--\r\n',
        ),
        ("application/json", b"{"),
        ("text/plain", b"csrf=x"),
        ("", b"\xff\xfe"),
        ("application/x-www-form-urlencoded", b"csrf=%ff%fe&%"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"&&&=;;;"),
    ],
)
def test_a_body_that_is_no_form_is_refused_and_breaks_nothing(team: Browser, kind: str, body: bytes) -> None:
    team.get("/sign-in")
    told = team.client.post("/sign-in", content=body, headers={"Origin": SITE, "Content-Type": kind})
    assert told.status_code in {400, 403}


# ---------------------------------------------------------------- sessions that end


def test_signing_out_ends_the_session_and_takes_the_cookie_away(
    team: Browser, accounts: Accounts, clock: Clock
) -> None:
    token = cookies(team.sign_in())[SESSION].partition(";")[0]
    told = team.post("/sign-out", page=EVENT)
    assert told.headers["location"] == "/sign-in"
    assert cookies(told)[SESSION] == "; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0"
    assert accounts.find_session(token, now=clock()) is None
    assert team.get(EVENT).status_code == 303


def test_signing_out_needs_the_token_too(team: Browser) -> None:
    team.sign_in()
    assert team.post("/sign-out").status_code == 403
    assert team.get(EVENT).status_code == 200


def test_who_does_nothing_for_two_hours_signs_in_again(team: Browser, clock: Clock) -> None:
    team.sign_in()
    clock.pass_by(hours=1.5)
    assert team.get(EVENT).status_code == 200
    clock.pass_by(hours=2)
    assert team.get(EVENT).status_code == 303


def test_changing_ones_password_signs_out_everywhere_else(accounts: Accounts, clock: Clock) -> None:
    app = team_app(accounts, clock)
    here, there = browse(app), browse(app)
    before = cookies(here.sign_in())[SESSION]
    there.sign_in()
    told = here.post("/account/password", {"old": GOOD, "new": OTHER, "again": OTHER}, page=EVENT)
    assert told.headers["location"] == "/account?changed=1"
    assert cookies(told)[SESSION] != before
    assert [browser.get(EVENT).status_code for browser in (here, there)] == [200, 303]
    assert [there.sign_in(password=word).status_code for word in (GOOD, OTHER)] == [403, 303]


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"old": "wrong", "new": OTHER, "again": OTHER}, 403, "The old password is wrong."),
        ({"old": GOOD, "new": OTHER, "again": OTHER + "x"}, 422, "not typed the same way"),
        ({"old": GOOD, "new": "short", "again": "short"}, 422, "fewer than 12 characters"),
        ({}, 403, "The old password is wrong."),
    ],
)
def test_a_password_that_is_not_changed_says_why(
    team: Browser, fields: dict[str, str], status: int, words: str
) -> None:
    team.sign_in()
    told = team.post("/account/password", fields, page=EVENT)
    assert told.status_code == status
    assert words in told.text
    assert team.get(EVENT).status_code == 200


def test_the_old_password_cannot_be_guessed_from_a_session(team: Browser) -> None:
    team.sign_in()
    fields = {"old": "wrong", "new": OTHER, "again": OTHER}
    statuses = [team.post("/account/password", fields, page=EVENT).status_code for _ in range(6)]
    assert statuses == [403] * 5 + [429]


def test_accounts_that_cannot_be_read_let_nobody_in(team: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LedgerBusyError("another program is writing", "wait")

    team.sign_in()
    monkeypatch.setattr(Accounts, "find_session", fail)
    assert team.get(EVENT).status_code == 503


# ---------------------------------------------------------------- rights


@pytest.mark.parametrize(("name", "status"), [("Rita", 403), ("Maria", 200), ("Ada", 200)])
def test_a_reader_may_not_decide_and_others_may(team: Browser, name: str, status: int) -> None:
    team.sign_in(name)
    assert team.post("/decide", {"word": "same"}, page=EVENT).status_code == status


def test_a_change_of_role_holds_from_the_next_request_on(team: Browser, accounts: Accounts) -> None:
    team.sign_in()
    accounts.set_role("Maria", "reader")
    assert team.post("/decide", {"word": "same"}).status_code == 303
    team.sign_in()
    assert team.post("/decide", {"word": "same"}, page=EVENT).status_code == 403


@pytest.mark.parametrize("name", ["Rita", "Maria"])
def test_only_an_admin_sees_and_changes_accounts(team: Browser, accounts: Accounts, name: str) -> None:
    team.sign_in(name)
    assert team.get("/accounts").status_code == 403
    for action in ("add", "role", "password", "disable", "enable", "sign-out", "none"):
        fields = {"name": name, "role": "admin", "password": OTHER}
        assert team.post(f"/accounts/{action}", fields, page=EVENT).status_code == 403
    assert [account.role for account in accounts.list_accounts()] == ["admin", "reviewer", "reader"]


def test_on_ones_own_machine_there_are_no_accounts_to_administer() -> None:
    assert not Viewer("Maria", "admin", "", True).may_administer
    assert Viewer("Maria", "reviewer", "", True).may_decide


def test_every_route_that_takes_a_form_says_which_right_it_needs(accounts: Accounts) -> None:
    routes = [*PAGES, Mount("/more", routes=[Route("/x", lambda request: None, methods=["POST"])])]
    assert find_unmarked(routes) == ["/more/x"]
    assert find_unmarked(AccountPages(accounts, templates()).routes()) == ["/sign-in"]
    assert decide.needs == "decide"  # type: ignore[attr-defined]


# ---------------------------------------------------------------- the page of accounts


def test_an_admin_adds_changes_and_disables_accounts(team: Browser, accounts: Accounts) -> None:
    team.sign_in("Ada")

    def do(action: str, **fields: str) -> None:
        told = team.post(f"/accounts/{action}", fields, page="/accounts")
        assert (told.status_code, told.headers["location"]) == (303, f"/accounts?done={action}")

    do("add", name="Olu Ade", role="reader", password=OTHER)
    do("role", name="Olu Ade", role="reviewer")
    do("password", name="Olu Ade", password=GOOD)
    do("disable", name="Olu Ade")
    found = accounts.find_account("olu ade")
    assert found is not None
    assert (found.role, found.disabled) == ("reviewer", True)
    do("enable", name="Olu Ade")
    page = team.get("/accounts?done=enable").text
    assert '<th scope="row"><bdi>Olu Ade</bdi></th>' in page
    assert 'role="status">The account is enabled.' in page


def test_an_admin_signs_a_person_out_everywhere(accounts: Accounts, clock: Clock) -> None:
    app = team_app(accounts, clock)
    ada, maria = browse(app), browse(app)
    ada.sign_in("Ada")
    maria.sign_in()
    ada.post("/accounts/sign-out", {"name": "Maria"}, page="/accounts")
    assert maria.get(EVENT).status_code == 303


@pytest.mark.parametrize(
    ("action", "fields", "status", "words"),
    [
        ("add", {"name": "maria", "role": "reader", "password": OTHER}, 422, "There is an account maria already."),
        ("add", {"name": "x", "role": "owner", "password": OTHER}, 422, "There is no role owner."),
        (
            "add",
            {"name": "<script>", "role": "reader", "password": OTHER},
            422,
            "&#39;&lt;script&gt;&#39; is not a name",
        ),
        ("add", {"name": "x", "role": "reader", "password": "short"}, 422, "fewer than 12 characters"),
        ("add", {}, 422, "is not a name"),
        ("role", {"name": "Ada", "role": "reader"}, 422, "Ada is the last admin."),
        ("disable", {"name": "Ada"}, 422, "Ada is the last admin."),
        ("disable", {"name": "Nobody"}, 422, "There is no account Nobody."),
        ("none", {"name": "Maria"}, 404, ""),
        ("add", {"name": "x" * 100_000}, 422, ""),
    ],
)
def test_what_cannot_be_done_to_an_account_says_why(
    team: Browser, action: str, fields: dict[str, str], status: int, words: str
) -> None:
    team.sign_in("Ada")
    told = team.post(f"/accounts/{action}", fields, page="/accounts")
    assert told.status_code == status
    assert words in told.text
    assert "<script>" not in told.text


def test_every_field_has_a_label_and_every_page_a_heading(team: Browser) -> None:
    pages = [team.get("/sign-in").text]
    team.sign_in("Ada")
    pages += [team.get("/account").text, team.get("/accounts").text]
    for page in pages:
        assert page.count("<h1>") == 1
        fields = re.findall(r"<(?:input|select)(?![^>]*(?:hidden))[^>]*\bid=\"([^\"]+)\"", page)
        assert fields
        assert len(fields) == len(set(fields))
        assert all(f'<label for="{field}">' in page for field in fields)
        assert len(re.findall(r"<(?:input|select)(?![^>]*hidden)", page)) == len(fields)
        assert "style=" not in page
        assert "<script" not in page


def test_no_password_and_no_token_stands_in_the_log(team: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        team.sign_in(password="my wrong password")
        token = cookies(team.sign_in())[SESSION].partition(";")[0]
    assert "sign-in from 192.0.2.10 failed" in caplog.text
    assert "sign-in from 192.0.2.10 of Maria" in caplog.text
    for word in ("my wrong password", GOOD, token):
        assert word not in caplog.text


def test_two_servers_over_one_file_know_each_others_forms_and_sessions(
    accounts: Accounts, clock: Clock, tmp_path: Path
) -> None:
    with Accounts.open(tmp_path / "ledger.db.accounts.db", rules=accounts.rules) as again:
        first, second = browse(team_app(accounts, clock)), browse(team_app(again, clock))
        token = first.csrf("/sign-in")
        second.client.cookies.update(first.client.cookies)
        told = second.post("/sign-in", {"csrf": token, "name": "Maria", "password": GOOD})
        assert told.status_code == 303
        first.client.cookies.update(second.client.cookies)
        assert first.get(EVENT).json()["name"] == "Maria"
