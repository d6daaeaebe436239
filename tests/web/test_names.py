"""The pages of actors and places, and setting one right everywhere through a form."""

from __future__ import annotations

import lxml.html
import pytest
from starlette.testclient import TestClient

from variorum.ledger import Ledger
from variorum.web import foreseeing


def page(site: TestClient, path: str) -> lxml.html.HtmlElement:
    found = site.get(path)
    assert found.status_code == 200, found.text
    return lxml.html.fromstring(found.text)


def form_of(found: lxml.html.HtmlElement) -> tuple[str, dict[str, str]]:
    """Give where the form that is sent by POST goes, and its fields."""
    form = found.xpath("//main//form[@method='post']")[0]
    return form.get("action"), {one.get("name"): one.get("value") or "" for one in form.xpath(".//input[@name]")}


def test_every_name_leads_to_its_events(site: TestClient) -> None:
    rows = {row["name"]: row for row in site.get("/actors.json").json()["names"]}
    ledger: Ledger = site.app.state.ledger  # type: ignore[attr-defined]
    for event in ledger.events():
        for claim in ledger.claims(event_id=event.id):
            if claim.prop == "actor":
                label = site.get(f"/events/{event.id}.json").json()["label"]
                assert label in rows[claim.value]["events"]


def test_a_name_is_set_right_everywhere_after_what_follows_was_shown(own_site: TestClient) -> None:
    found = page(own_site, "/actors/correct?name=Wadai+Front&to=Front+of+Wadai")
    assert "Wadai Front → Front of Wadai" in found.text_content()
    action, fields = form_of(found)
    done = own_site.post(action, data=fields | {"because": "its own name"})
    assert done.status_code == 303
    assert done.headers["location"] == "/history/D1"
    names = {row["name"] for row in own_site.get("/actors.json").json()["names"]}
    assert "Front of Wadai" in names
    assert "Wadai Front" not in names
    decision = own_site.get("/history/D1.json").json()
    assert decision["row_count"] == int(fields["rows"])
    assert decision["decision"]["because"] == "its own name"
    assert any("Wadai Front → Front of Wadai" in line for line in decision["followed"]["lines"])


def test_nothing_is_stored_when_there_are_more_such_claims_than_were_shown(own_site: TestClient) -> None:
    action, fields = form_of(page(own_site, "/actors/correct?name=Wadai+Front&to=Front+of+Wadai"))
    done = own_site.post(action, data=fields | {"rows": "1"})
    assert done.status_code == 409
    assert not list(own_site.app.state.ledger.decisions())


def test_nothing_is_stored_when_another_decided_the_same_meanwhile(own_site: TestClient) -> None:
    action, fields = form_of(page(own_site, "/actors/correct?name=Wadai+Front&to=Front+of+Wadai"))
    other = form_of(page(own_site, "/actors/correct?name=Wadai+Front&to=Wadai+Army"))
    own_site.post(other[0], data=other[1])
    assert own_site.post(action, data=fields).status_code in (404, 409)
    assert {row.act for row in own_site.app.state.ledger.decisions()} == {1}  # type: ignore[attr-defined]


def test_a_place_is_set_right_everywhere(own_site: TestClient) -> None:
    found = page(own_site, "/places/correct?wording=Hodeidah&base=gn:79415&to=gn:69500")
    assert "Zabīd, Al Hudaydah, Yemen" in found.xpath("//main//button[@class='first']")[-1].text_content()
    action, fields = form_of(found)
    assert own_site.post(action, data=fields).headers["location"] == "/history/D1"
    rows = own_site.get("/places.json?named=hodeidah").json()["places"]
    assert {row["gazetteer"] for row in rows} == {"gn:69500"}
    assert all(row["by_person"] for row in rows)


def test_places_in_doubt_stand_first_each_with_why(site: TestClient) -> None:
    told = site.get("/places.json").json()
    doubts = [row["doubt"] is not None for row in told["places"]]
    assert doubts == sorted(doubts, reverse=True)
    assert sum(doubts) == told["in_doubt"] > 0


def test_a_place_without_coordinates_has_no_geometry_and_others_have_longitude_first(site: TestClient) -> None:
    found = site.get("/places.geojson").json()["features"]
    rows = {(row["wording"], row["taken_for"]): row for row in site.get("/places.json").json()["places"]}
    assert len(found) == len(rows)
    for feature in found:
        wording = feature["properties"]["wording"]
        row = rows[wording, feature["id"].removesuffix(f" {wording}")]
        placed = row["lat"] is not None and row["precision"] != "country"
        assert feature["geometry"] == ({"type": "Point", "coordinates": [row["lon"], row["lat"]]} if placed else None)


def test_the_map_of_places_has_no_style_of_its_own(site: TestClient) -> None:
    found = page(site, "/places")
    assert found.xpath("//figure//*[local-name()='svg']")
    assert not found.xpath("//*[@style] | //style")


def test_as_of_a_day_nothing_can_be_corrected(site: TestClient) -> None:
    assert page(site, "/actors").xpath("//a[contains(@href, 'correct')]")
    assert not page(site, "/actors?as_of=2022-12-31").xpath("//main//a[contains(@href, 'correct')]")


def test_who_asks_what_would_follow_while_enough_others_do_is_told_to_come_again(
    own_site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/actors/correct?name=Wadai+Front&to=Front+of+Wadai"
    monkeypatch.setattr(foreseeing, "PATIENCE_S", 0.05)
    with foreseeing._few_at_a_time, foreseeing._few_at_a_time:
        assert own_site.get(address).status_code == 503
    assert own_site.get(address).status_code == 200
