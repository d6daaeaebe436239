"""The description of the pages for machines."""

from __future__ import annotations

import pytest
from bench.addresses import Known, find_addresses, with_form
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.testclient import TestClient

from variorum.web.asking import Parameter, Route
from variorum.web.openapi import address_of, describe
from variorum.web.routes import ROUTES
from variorum.web.shapes import SHAPES


def test_the_description_is_valid_and_served(site: TestClient) -> None:
    told = site.get("/openapi.json")
    assert told.headers["content-type"].startswith("application/json")
    OpenAPIV31SpecValidator(told.json()).validate()


def test_every_route_that_has_json_is_described_and_no_other(site: TestClient) -> None:
    paths = site.get("/openapi.json").json()["paths"]
    assert set(paths) == {address_of(route) for route in ROUTES if "json" in route.forms}


def test_every_parameter_says_what_it_takes() -> None:
    parameters = (
        Parameter("kind", "choice", "Which.", ("a", "b"), many=True),
        Parameter("page", "count", "Which page."),
        Parameter("since", "day", "From this day."),
        Parameter("all", "flag", "All."),
        Parameter("q", "text", "Words."),
    )
    route = Route("/things/{id}", "things", "Many.", lambda _: pytest.fail("read"), parameters, ids={"id": "a thing"})
    described = describe([route])
    OpenAPIV31SpecValidator(described).validate()
    found = {one["name"]: one for one in described["paths"]["/things/{id}.json"]["get"]["parameters"]}
    assert found["id"]["required"] is True
    assert found["kind"]["schema"] == {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}
    assert found["page"]["schema"]["type"] == "integer"
    assert found["since"]["schema"]["format"] == "date"
    assert found["all"]["schema"]["enum"] == ["1", "0"]
    assert "as_of" in found


@pytest.mark.parametrize("route", [one for one in ROUTES if "json" in one.forms], ids=lambda route: route.name)
def test_a_page_gives_the_json_that_is_promised(route: Route, demo_site: TestClient, known: Known) -> None:
    shape = Draft202012Validator(SHAPES.get(route.name, {"type": "object"}))
    for address in find_addresses(route, known):
        told = demo_site.get(with_form(address, "json"))
        assert told.status_code == 200, address
        assert [error.message for error in shape.iter_errors(told.json())] == [], address
