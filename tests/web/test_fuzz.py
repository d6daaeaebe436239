"""Every address with values that no page expects: refused with a reason or answered, never broken.

`VARIORUM_FUZZ_EXAMPLES=500` asks each page with all of them, and more often what its description allows.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import schemathesis
from bench.addresses import Known, find_addresses
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks
from starlette.testclient import TestClient

from hostile import NASTY, find_intruders, own_elements
from variorum.web import answering
from variorum.web.acting import Act
from variorum.web.asking import Route
from variorum.web.openapi import address_of, describe
from variorum.web.routes import ACTS, ROUTES

EXAMPLES = int(os.environ.get("VARIORUM_FUZZ_EXAMPLES", "3"))  # of each page, drawn from its description
MOST = 15 * EXAMPLES  # nasty addresses of each page; there are some hundreds
ANSWERS = {200, 303, 304, 307, 400, 403, 404, 405, 409, 410, 413, 414}
ACTED = {200, 303, 400, 404, 409, 410, 413}  # 403 would say that no form was read
OWN = own_elements()
routes = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)


@pytest.fixture
def own_guarded(own_demo: Path, open_guarded: Callable[[Path], TestClient]) -> TestClient:
    client = open_guarded(own_demo)
    client.headers["Origin"] = str(client.base_url).rstrip("/")  # as of a form: else all of it is refused unread
    return client


def written(value: str) -> str:
    """Give a value as it may stand in an address, half a character of two included."""
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


def nasty_addresses(route: Route, known: Known) -> Iterator[str]:
    """Give addresses of a page with every nasty value in every place where one fits."""
    good, mark, query = find_addresses(route, known)[0].partition("?")
    for value in NASTY:
        if "{" in route.path:
            yield re.sub(r"\{[^}]*\}", lambda _, value=value: written(value), route.path)  # type: ignore[misc]
        for parameter in route.all_parameters:
            given = "&".join(one for one in query.split("&") if one and not one.startswith(f"{parameter.name}="))
            yield f"{good}?{given}{'&' if given else ''}{parameter.name}={written(value)}"
        yield f"{good}?{written(value)}={written(value)}"
    for parameter in route.all_parameters:
        yield f"{good}?{parameter.name}=1&{parameter.name}=2"
        yield f"{good}?{parameter.name}&{parameter.name}[]=1&{parameter.name}=%ff%fe"
    yield good + "/"
    yield good + mark + query + "&&&=&=a"
    yield from (f"{good}.{ending}" for ending in ("json", "csv", "geojson", "JSON", "json.json", "xml", ""))


@routes
def test_no_value_breaks_a_page(route: Route, demo_site: TestClient, known: Known) -> None:
    addresses = list(nasty_addresses(route, known))
    for address in random.Random(route.name).sample(addresses, min(MOST, len(addresses))):
        told = demo_site.get(address, follow_redirects=False)
        assert told.status_code in ANSWERS, f"{told.status_code} for {address[:200]}"
        if told.headers.get("content-type", "").startswith("text/html") and told.status_code != 200:
            assert find_intruders(told.text, OWN) == [], address[:200]


@routes
def test_a_page_takes_no_other_method(route: Route, demo_site: TestClient, known: Known) -> None:
    address = find_addresses(route, known)[0]
    acted = any(act.path == route.path for act in ACTS)
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "NONSENSE"):
        told = demo_site.request(method, address, follow_redirects=False)
        if not (method == "POST" and acted):
            assert told.status_code in (403, 405), f"{method} {address}: {told.status_code}"
    assert demo_site.head(address).text == ""


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_no_field_breaks_an_act(act: Act, own_guarded: TestClient) -> None:
    path = re.sub(r"\{[^}]*\}", "EV-0000", act.path)
    names = ("id", "a", "b", "left", "right", "event", "claim", "report", "value", "seen", "number", "because", "kind")
    for value in NASTY:
        field = value.encode("utf-8", "replace").decode()
        told = own_guarded.post(path, data=dict.fromkeys(names, field), follow_redirects=False)
        assert told.status_code in ACTED, f"{told.status_code} for {value[:60]!r}"
    told = own_guarded.post(
        path, content=b"\xff\xfe=%zz&&&=", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert told.status_code in ANSWERS
    told = own_guarded.post(path, content=b"{", headers={"content-type": "multipart/form-data; boundary=x"})
    assert told.status_code in ANSWERS


LONG = ("9" * 309, "9" * 5_000, f"{'9' * 5_000}:{'9' * 5_000}", "R1 " * 6_000, "²", "٣", "[" * 15_000, "\ud800")
FILLED = re.compile(r"(?:one|needed|posted\.one|given\.get|fields\.get)\((?:given, |posted\.fields, )?\"([a-z_]+)\"")
NUMBERS = ("seen", "rows", "words", "value", "start", "end", "decision")
FIELDS_S = 8.0  # of all forms; what is left of them is posted another time, in another order


def fields_of_forms() -> list[str]:
    """Give every field that some form is asked for, as the code of the site names it."""
    source = Path(answering.__file__).parent
    found = {name for path in source.rglob("*.py") for name in FILLED.findall(path.read_text(encoding="utf-8"))}
    assert len(found) > 15
    return sorted(found)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_no_long_number_in_one_field_breaks_an_act(act: Act, own_guarded: TestClient, known: Known) -> None:
    good = {
        "words": "a repair shop", "prop": "killed", "id": known.claim, "field": "value", "left": known.event,
        "right": known.other, "event": known.event, "seen": "0", "rows": "1", "name": "Wadai Front", "to": "x",
        "wording": "Hodeidah", "base": "gn:79415", "decision": "D1", "preview": "1",
    }  # fmt: skip
    fields = fields_of_forms()
    posts = [(place, field, value) for place in places_of(act, known) for field in fields for value in LONG]
    random.Random(act.name).shuffle(posts)
    posts.sort(key=lambda post: post[1] not in NUMBERS)  # first where a number is read
    until = time.monotonic() + FIELDS_S / len(ACTS)
    for number, (path, field, value) in enumerate(posts):
        if number > 5 and time.monotonic() > until:
            break
        written = value.encode("utf-8", "replace").decode()
        told = own_guarded.post(path, data={**good, field: written}, follow_redirects=False)
        assert told.status_code in ACTED, f"{told.status_code} for {field}={value[:60]!r} at {path}"


def places_of(act: Act, known: Known) -> list[str]:
    """Give addresses of an act: with each decision where there are several, and what there is else."""
    names = ("join", "split", "set", "reject", "copy", "undo", known.reports[0], "D1", "9" * 5_000)
    return list(dict.fromkeys(re.sub(r"\{[^}]*\}", name, act.path) for name in names))


def test_a_form_that_names_no_end_of_reports_is_refused_soon(own_guarded: TestClient) -> None:
    names = [f"R{number} " * 1_000 for number in range(90)]
    began = time.monotonic()
    assert own_guarded.post("/decide/split", data={"out": names}).status_code in (400, 404)
    many = " ".join(f"R{number}" for number in range(2_500))
    told = own_guarded.post("/decide/split", data={"out": many})
    assert told.status_code == 400
    assert "at most 2,000" in told.text
    assert time.monotonic() - began < 10


# ---------------------------------------------------------------- by the project's own description
CHECKED = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]


@pytest.mark.parametrize("route", [route for route in ROUTES if "json" in route.forms], ids=lambda route: route.name)
def test_answers_are_what_the_description_says(route: Route, demo_site: TestClient, known: Known) -> None:
    described = schemathesis.openapi.from_dict(describe([route]))
    described.app = demo_site.app
    described.config.base_url = str(demo_site.base_url)
    operation = described[address_of(route)]["GET"]
    pattern = re.compile(re.sub(r"\\\{(\w+)(?::\w+)?\\\}", r"(?P<\1>[^/]+)", re.escape(route.path)))
    named = [
        match.groupdict() for one in find_addresses(route, known) if (match := pattern.fullmatch(one.partition("?")[0]))
    ]

    @given(case=operation.as_strategy(), ids=st.none() | st.sampled_from(named or [{}]))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case, ids: dict[str, str] | None) -> None:
        if ids:
            case.path_parameters = {**(case.path_parameters or {}), **ids}
        case.call_and_validate(app=demo_site.app, checks=CHECKED)

    ask()
