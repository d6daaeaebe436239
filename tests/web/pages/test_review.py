"""The pages of the desk that are read: the queue as a list, what would follow, agreement, keys."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from variorum.ledger import Ledger
from variorum.pipeline import Answer, find_queue, make_rows
from variorum.pipeline.deciding import decide
from variorum.web.pages import keys

KEYS_JS = Path(keys.__file__).parents[1] / "static" / "keys.js"


def test_the_queue_as_data_is_in_the_order_of_the_desk(site: TestClient, examples: Path) -> None:
    found = site.get("/review.json").json()
    with Ledger.open(examples, readonly=True) as ledger:
        items = find_queue(ledger, by="m.k.")
    assert [row["subjects"] for row in found["queue"]] == [list(item.subjects) for item in items]
    assert found["waiting"] == len(items)
    first = found["queue"][0]["item"]
    assert f'value="{first}"' in site.get("/review").text


def test_a_kind_that_there_is_none_of_is_not_found(site: TestClient) -> None:
    assert site.get("/review/weather").status_code == 404
    assert site.get("/review/held-back").status_code == 200


def test_what_would_follow_is_said_for_each_answer(site: TestClient) -> None:
    shown = site.get("/review/foresee?pair=R1,R7").text
    assert "If you say “Same event”" in shown
    assert re.search(r"EV-\w+ has 5 mentions, was 6", shown)


@pytest.mark.parametrize("path", ["/review", "/review/agreement", "/keys", "/about", "/decide/join"])
def test_a_page_of_today_says_so_when_another_day_is_asked_for(path: str, site: TestClient) -> None:
    answer = site.get(f"{path}?as_of=2020-01-01", follow_redirects=False)
    assert answer.status_code == 200
    bar = re.search(r'<section class="asof-bar".*?</section>', answer.text, re.S)
    assert bar is not None
    assert "today" in bar[0]
    assert "left out" not in bar[0]
    assert '<form class="asof"' not in answer.text
    assert 'href="/sources?as_of=2020-01-01"' in answer.text


def test_the_number_in_the_navigation_is_that_of_the_desk(own_site: TestClient) -> None:
    shown = own_site.get("/review").text
    left = re.search(r"(\d+) questions wait", shown)
    assert left is not None
    key = re.search(r'name="item" value="(ask_\w+)"', shown)
    seen = re.search(r'name="seen" value="(\d+)"', shown)
    assert key is not None
    assert seen is not None
    fields = {"item": key[1], "seen": seen[1], "says": "yes", "part": "1"}
    part = own_site.post("/review/answer", data=fields).text
    for text in (part, own_site.get("/about").text):
        count = re.search(r'id="waiting-count"[^>]*>(\d+)<', text)
        assert count is not None
        assert int(count[1]) == int(left[1]) - 1


def test_agreement_is_that_of_the_command_line(own_site: TestClient, own_examples: Path) -> None:
    with Ledger.open(own_examples) as ledger:
        item = next(one for one in find_queue(ledger) if one.kind == "contradiction")
        for says, by in (("yes", "ada"), ("no", "bo")):
            at = f"2031-05-0{4 if by == 'ada' else 5}T10:00:00+00:00"
            decide(ledger, make_rows(ledger, item, Answer(says, by, at, blind=by == "bo")))  # type: ignore[arg-type]
    found = own_site.get("/review/agreement.json").json()
    (row,) = found["agreement"]
    assert (row["left"], row["right"], row["items"], row["agreed"], row["kappa"]) == ("ada", "bo", 1, 0.0, 0.0)
    (differ,) = found["differences"]
    assert (differ["left"]["says"], differ["right"]["says"], differ["right"]["blind"]) == ("accept", "reject", True)
    assert "bo</bdi>: reject" in own_site.get("/review/agreement").text


def test_a_disagreement_shows_every_word(own_site: TestClient, own_examples: Path) -> None:
    with Ledger.open(own_examples) as ledger:
        item = next(one for one in find_queue(ledger) if one.kind == "contradiction")
        for says, by in (("yes", "ada"), ("no", "bo")):
            answer = Answer(says, by, "2031-05-04T10:00:00+00:00", f"as {by} sees it", blind=by == "bo")  # type: ignore[arg-type]
            decide(ledger, make_rows(ledger, item, answer))
    shown = own_site.get("/review/disagreement").text
    assert "as ada sees it" in shown
    assert "without seeing the other" in shown


def test_events_are_found_by_id_by_words_of_the_title_and_by_place(site: TestClient) -> None:
    found = site.get("/review/events.json?q=chemical sabha").json()["found"]
    assert found
    assert all("Sabha" in row["title"] for row in found)
    near = site.get("/review/events.json?q=Hodeidah").json()["found"]
    assert any("Ḩudaydah" in row["title"] for row in near)
    label = found[0]["label"]
    assert [row["label"] for row in site.get(f"/review/events.json?q={label}").json()["found"]] == [label]


def test_the_page_of_keys_lists_what_the_script_knows(site: TestClient) -> None:
    table = re.search(r"var DEFAULTS = \{(.*?)\};", KEYS_JS.read_text(encoding="utf-8"), re.S)
    assert table is not None
    script = dict(re.findall(r'(\w+): "(.)"', table[1]))
    listed = {
        key.act: " " if key.key == "Space" else key.key.lower() for key in (*keys.DESK, *keys.EVERYWHERE) if key.act
    }
    assert listed == script
    shown = site.get("/keys").text
    assert all(f'data-key-of="{act}"' in shown for act in script)


def test_a_part_of_the_desk_is_no_whole_page(site: TestClient) -> None:
    part = site.get("/review?part=1").text
    assert part.lstrip().startswith('<div id="status" hx-swap-oob')
    assert "<html" not in part
    assert json.dumps("ask_")[1:-1] in part
