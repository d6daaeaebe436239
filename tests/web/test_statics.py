"""Files of the package: names in, bytes with their headers out."""

from __future__ import annotations

import gzip
import json

import pytest
from starlette.testclient import TestClient

from variorum.web.app import STATIC


def test_outlines_are_served_as_they_were_compressed(site: TestClient) -> None:
    with site.stream("GET", "/static/outlines.json", headers={"Accept-Encoding": "gzip"}) as found:
        raw = b"".join(found.iter_raw())
    assert raw == (STATIC / "outlines.json.gz").read_bytes()
    assert found.headers["content-encoding"] == "gzip"
    assert found.headers["content-type"] == "application/json; charset=utf-8"
    assert json.loads(gzip.decompress(raw))["type"] == "FeatureCollection"


def test_who_takes_no_gzip_gets_the_same_unpacked(site: TestClient) -> None:
    found = site.get("/static/outlines.json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in found.headers
    assert found.content == gzip.decompress((STATIC / "outlines.json.gz").read_bytes())


@pytest.mark.parametrize("name", ["outlines.json", "explorer.js", "explorer.css"])
def test_a_browser_that_has_a_file_is_told_so(site: TestClient, name: str) -> None:
    tag = site.get(f"/static/{name}").headers["etag"]
    assert site.get(f"/static/{name}", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", ["none.json", "../app.json", "%2e%2e/app.py", "vendor/none.json"])
def test_what_is_no_file_of_the_folder_is_not_there(site: TestClient, name: str) -> None:
    assert site.get(f"/static/{name}").status_code == 404
