"""Every address with values that no page expects: refused with a reason or answered, never broken.

`VARIORUM_FUZZ_EXAMPLES=500` asks each page more often than `make test` does.
"""

from __future__ import annotations

import os
import re
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
from variorum.web.acting import Act
from variorum.web.asking import Route
from variorum.web.openapi import address_of, describe
from variorum.web.routes import ACTS, ROUTES

EXAMPLES = int(os.environ.get("VARIORUM_FUZZ_EXAMPLES", "12"))  # of each page
ANSWERS = {200, 303, 304, 307, 400, 403, 404, 405, 409, 413, 414}
OWN = own_elements()
routes = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)


@pytest.fixture
def own_guarded(own_demo: Path, open_guarded: Callable[[Path], TestClient]) -> TestClient:
    return open_guarded(own_demo)


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
    for address in nasty_addresses(route, known):
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
        assert told.status_code in ANSWERS, f"{told.status_code} for {value[:60]!r}"
    told = own_guarded.post(
        path, content=b"\xff\xfe=%zz&&&=", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert told.status_code in ANSWERS
    told = own_guarded.post(path, content=b"{", headers={"content-type": "multipart/form-data; boundary=x"})
    assert told.status_code in ANSWERS


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
