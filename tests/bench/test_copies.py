"""Pairs of copies are counted against runs of five words."""

from __future__ import annotations

from bench.copies import measure, shares

from variorum.model import Article, make_article

WORDS = (
    "A bridge over the Koro fell on Monday when a lorry with forty barrels of oil struck its third pillar, the county "
    "engineer said, and the road to the port stayed shut until the evening while divers looked for the driver."
)
OTHER = (
    "Farmers in the hills above Tarn began the harvest two weeks early because a dry spring left the wheat short and "
    "pale, and the mill expects a third less flour than it ground in the year before the new dam was built."
)


def article(name: str, text: str) -> Article:
    return make_article(
        url=f"doc:{name}", text=text, sha256="", fetched_at="2020-01-01T00:00:00Z", outlet=name, published="2020-01-01"
    )


def test_a_share_is_of_the_shorter_text() -> None:
    found = shares(
        {"long": f"{WORDS} {OTHER}", "short": WORDS, "other": "Nothing of this stands anywhere else at all."}
    )
    assert found == {("long", "short"): 1.0}


def test_a_pair_of_two_incidents_is_a_false_find() -> None:
    rows = [article("a", WORDS), article("b", WORDS), article("c", OTHER)]
    same = {row.id: frozenset({"one"}) for row in rows}
    apart = {row.id: frozenset({str(place)}) for place, row in enumerate(rows)}
    assert measure(rows, same)["precision"] == 1.0
    assert measure(rows, same)["recall"] == 1.0
    assert measure(rows, apart)["precision"] == 0.0
