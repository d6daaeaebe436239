"""Pages kept for who asks for the same."""

from __future__ import annotations

import threading

from starlette.testclient import TestClient

from variorum.web.shelf import FRESH_S, LARGEST, Shelf


def test_what_is_kept_is_given_until_it_is_old() -> None:
    now = [0.0]
    shelf = Shelf[str](lambda: now[0])
    shelf.put(("a",), "page", 4)
    assert shelf.find(("a",)) == "page"
    now[0] = FRESH_S + 1
    assert shelf.find(("a",)) is None


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    shelf = Shelf[str]()
    shelf.put(("a",), "a", LARGEST // 2)
    shelf.put(("b",), "b", LARGEST // 2)
    shelf.find(("a",))
    shelf.put(("c",), "c", 10)
    assert (shelf.find(("a",)), shelf.find(("b",)), shelf.find(("c",))) == ("a", None, "c")


def test_of_several_who_ask_at_once_one_draws() -> None:
    shelf: Shelf[str] = Shelf()
    drawn: list[int] = []
    begun = threading.Event()

    def draw() -> tuple[str, int]:
        drawn.append(1)
        begun.wait(1)
        return "page", 4

    threads = [threading.Thread(target=shelf.once, args=(("a",), draw)) for _ in range(5)]
    for thread in threads:
        thread.start()
    begun.set()
    for thread in threads:
        thread.join()
    assert len(drawn) == 1


def test_what_is_not_to_be_kept_is_drawn_again() -> None:
    shelf: Shelf[str] = Shelf()
    assert [shelf.once(("a",), lambda: ("page", 0)), shelf.find(("a",))] == ["page", None]


def test_a_decision_is_seen_at_once(own_site: TestClient) -> None:
    label = own_site.get("/events.json").json()["rows"][0]["event"]
    assert "no event at all" not in own_site.get(f"/events/{label}").text
    form = {"id": label, "field": "kind", "value": "clash", "because": "no event at all"}
    told = own_site.post("/decide/set", data=form)
    assert told.status_code == 303
    assert "no event at all" in own_site.get(f"/events/{label}").text
