"""Pages kept for who asks for the same."""

from __future__ import annotations

import threading

from starlette.testclient import TestClient

from variorum.web.shelf import FRESH_S, LARGEST, Shelf


def test_what_is_kept_is_given_until_it_is_old() -> None:
    now = [0.0]
    shelf = Shelf(lambda: now[0])
    shelf.put(("a",), "page", 4)
    assert shelf.find(("a",)) == "page"
    now[0] = FRESH_S + 1
    assert shelf.find(("a",)) is None


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    shelf = Shelf()
    shelf.put(("a",), "a", LARGEST // 2)
    shelf.put(("b",), "b", LARGEST // 2)
    shelf.find(("a",))
    shelf.put(("c",), "c", 10)
    assert (shelf.find(("a",)), shelf.find(("b",)), shelf.find(("c",))) == ("a", None, "c")


def test_of_several_who_ask_at_once_one_draws() -> None:
    shelf, drawn, begun = Shelf(), [], threading.Event()

    def draw() -> str:
        drawn.append(1)
        begun.wait(1)
        shelf.put(("a",), "page", 4)
        return "page"

    threads = [threading.Thread(target=shelf.once, args=(("a",), draw)) for _ in range(5)]
    for thread in threads:
        thread.start()
    begun.set()
    for thread in threads:
        thread.join()
    assert len(drawn) == 1


def test_a_decision_is_seen_at_once(own_site: TestClient) -> None:
    before = own_site.get("/reports/R1").text
    label = own_site.get("/events.json").json()["rows"][0]["event"]
    assert own_site.get(f"/events/{label}").status_code == 200
    told = own_site.post("/decide/reject", data={"id": label, "because": "no event"}, follow_redirects=False)
    assert told.status_code == 303
    after = own_site.get(f"/events/{label}")
    assert "no event" in after.text or after.status_code == 404
    assert before
