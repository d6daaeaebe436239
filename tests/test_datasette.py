"""A ledger read with Datasette: each view by the metadata file and the links of the examples, never written to."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest

from variorum.ledger import Ledger
from variorum.ledger.views import VIEWS
from variorum.pipeline import run

HERE = Path(__file__).parents[1] / "examples"
METADATA = json.loads((HERE / "datasette" / "metadata.json").read_text(encoding="utf-8"))
TABLES = METADATA["databases"]["ledger"]["tables"]
QUERIES = METADATA["databases"]["ledger"]["queries"]
# With copies, a figure that several tell, and two that cannot both be true.
REPORTS = ("01-halcyon-wire.txt", "02-wire-desk.jsonl", "10-menaka-first-day.txt", "11-menaka-second-day.txt")

pytestmark = [
    pytest.mark.file,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),  # of Datasette's own
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Site:
    """Datasette over one ledger, asked in this process."""

    def __init__(self, ledger: Path) -> None:
        from datasette.app import Datasette

        self.app = Datasette(
            immutables=[str(ledger)], metadata=METADATA, plugins_dir=str(HERE / "datasette" / "plugins")
        )

    def get(self, address: str) -> Any:
        """Ask for a page."""

        async def ask() -> Any:
            await self.app.invoke_startup()
            return await self.app.client.get(address, follow_redirects=True)

        return asyncio.run(ask())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    place = tmp_path_factory.mktemp("datasette") / "ledger.db"
    with Ledger.open(place, create=True) as ledger:
        run([HERE / "reports" / name for name in REPORTS], ledger, now="2031-05-03T10:00:00+00:00", workers=1)
    with Ledger.open(place):  # moves what stands beside the file into it
        pass
    return Site(place)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_a_page_and_an_answer_with_the_columns_that_are_explained(site: Site, view: str) -> None:
    page = site.get(f"/ledger/{view}")
    assert page.status_code == 200
    assert TABLES[view]["title"] in page.text
    answer = site.get(f"/ledger/{view}.json?_shape=objects&_size=3")
    assert answer.status_code == 200
    assert answer.json()["columns"] == list(TABLES[view]["columns"])
    for facet in TABLES[view]["facets"]:
        assert facet in answer.json()["facet_results"], facet


def test_a_claim_leads_to_its_event_and_that_to_its_claims(site: Site) -> None:
    page = site.get("/ledger/v_claims?prop=killed").text
    (address, id) = re.search(r'<a href="(/ledger/v_events\?event=(evt_\w+))">', page).groups()  # type: ignore[union-attr]
    event = site.get(address)
    assert event.status_code == 200
    assert "1 row" in event.text
    back = site.get(f"/ledger/v_claims.json?event={id}&_shape=array").json()
    assert {row["event"] for row in back} == {id}
    assert f'href="/ledger/v_claims?event={id}"' in event.text


def test_the_tables_inside_are_out_of_the_way(site: Site) -> None:
    shown = {row["name"] for row in site.get("/ledger.json").json()["tables"] if not row["hidden"]}
    assert shown == set()
    assert {row["name"] for row in site.get("/ledger.json").json()["views"]} == set(VIEWS)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_of_the_metadata_answers(site: Site, name: str) -> None:
    answer = site.get(f"/ledger/{name}.json?_shape=array&source=Tihama+Observatory")
    assert answer.status_code == 200
    assert len(answer.json()) > 0


def test_words_of_a_report_are_no_code_in_a_page(site: Site) -> None:
    hooks = __import__("importlib.util").util
    spec = hooks.spec_from_file_location("ledger_links", HERE / "datasette" / "plugins" / "ledger_links.py")
    links = hooks.module_from_spec(spec)
    spec.loader.exec_module(links)
    shown = links.render_cell(None, '"><script>1</script>', "event", "v_claims", "ledger", site.app)
    assert "<script>" not in shown
    assert links.render_cell(None, "evt_1", "event", "event_mention", "ledger", site.app) is None
