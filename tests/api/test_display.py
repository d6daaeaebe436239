from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest

import variorum
from api.conftest import NOW
from hostile import MARK, STORY, TAGS, TURNED
from variorum.api.display import MOST, escape_markdown
from variorum.ledger import Ledger as Store
from variorum.pipeline import run

KINDS = ("text/plain", "text/html", "text/markdown")
# What a fragment may hold: nothing that runs, moves or fetches.
HTML = {
    "div",
    "style",
    "p",
    "small",
    "span",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "mark",
    "ul",
    "li",
}
HTML |= {"figure", "figcaption"}
SVG = {"svg", "title", "desc", "g", "path", "rect", "circle", "line", "text", "tspan", "ellipse", "polygon"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[variorum.Ledger]:
    """A ledger of reports every field of which tries to get into what shows it."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        {
            "url": f"https://a.example/{place}",
            "outlet": f"{tag} Post {TURNED}",
            "title": f"Seven killed in Raqqa {tag} | *b* [x](y) {TURNED}",
            "published": f"2018-06-0{4 + place % 3}",
            "lang": "en",
            "text": STORY.format(outlet=tag, source=f"General {tag.title()} of the police", tag=tag, turned=TURNED),
        }
        for place, tag in enumerate(TAGS[::2])
    ]
    (folder / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with Store.open(folder / "own.db", create=True) as store:
        run([folder / "all.jsonl"], store, now=NOW, workers=1)
    with variorum.open(folder / "own.db") as ledger:
        yield ledger


def objects(ledger: variorum.Ledger) -> dict[str, Any]:
    event = max(ledger.events(), key=lambda event: len(event.reports))
    first, last = event.reports[0], event.reports[-1]
    return {
        "ledger": ledger,
        "event": event,
        "then": ledger.as_of(last.published[:10] if last.published else None).event(event.id),
        "report": first,
        "claim": event.claims[0],
        "why": event.why(first, last),
        "plot": event.plot(),
        "timeline": ledger.timeline(),
        "diff": ledger.as_of("2018-06-04").diff(ledger),
        "events": ledger.events(),
        "reports": ledger.reports(),
        "claims": ledger.claims(),
        "values": ledger.values(),
        "queue": ledger.queue(),
        "toll": event.toll,
        "history": event.history,
        "columns": ledger.columns("claims"),
        "sql": ledger.sql("SELECT title, text, url FROM article"),
    }


@pytest.fixture(scope="module")
def shown(hostile: variorum.Ledger, ledger: variorum.Ledger) -> list[tuple[str, dict[str, str]]]:
    """What every kind of object of both ledgers shows."""
    every = [*objects(ledger).items(), *objects(hostile).items(), ("map", ledger.map())]
    return [(name, one._repr_mimebundle_()) for name, one in every]


def test_what_is_shown_holds_nothing_that_runs_or_fetches(shown: list[tuple[str, dict[str, str]]]) -> None:
    for name, bundle in shown:
        html = bundle["text/html"]
        root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
        assert [child.tag for child in root] == ["div"], name
        for node in root[0].iter():
            tag = str(node.tag).rpartition("}")[2]
            assert tag in HTML | SVG, (name, tag)
            for key, value in node.attrib.items():
                assert not key.startswith("on"), (name, key)
                assert key not in ("href", "src", MARK), (name, key)
                assert key.startswith("xmlns") or "http" not in value or tag in ("svg",), (name, key, value)


def test_styles_reach_nothing_outside_the_fragment(ledger: variorum.Ledger) -> None:
    html = ledger._repr_html_()
    style = re.sub(r"@media[^{]*\{((?:[^{}]*\{[^}]*\})*)\}", r"\1", re.findall(r"<style>(.*?)</style>", html)[0])
    rules = re.findall(r"([^{}]+)\{", style)
    assert len(rules) > 20
    assert all(".variorum.variorum" in one for rule in rules for one in rule.split(","))
    assert "url(" not in style
    assert "@import" not in style


def test_no_sign_of_a_report_is_an_order_of_markdown(hostile: variorum.Ledger) -> None:
    for name, one in objects(hostile).items():
        text = one._repr_mimebundle_()["text/markdown"]
        if name == "why":  # a block of code
            assert all(not line or line.startswith("    ") for line in text.splitlines())
            continue
        assert not re.search(r"(?<!\\)[<\[`]", text), name
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) <= 1, name


def test_every_object_is_told_in_three_forms(shown: list[tuple[str, dict[str, str]]]) -> None:
    for name, bundle in shown:
        assert set(KINDS) <= set(bundle), name
        assert all(bundle[kind].strip() for kind in KINDS), name
        assert "\u202e" not in "".join(bundle.values()), name
        assert bundle["text/plain"].count("\n") == 0 or name in ("why", "diff"), name


def test_a_long_list_ends_by_saying_how_much_is_left(ledger: variorum.Ledger) -> None:
    claims = ledger.claims()
    html = claims._repr_html_()
    assert html.count("<tr>") == MOST + 1
    assert f"… {len(claims) - MOST} more" in html
    assert "more" not in claims[:MOST]._repr_html_()


def test_an_event_shows_its_values_words_reports_and_map(strike: variorum.Event) -> None:
    html = strike._repr_html_()
    for told in (
        strike.label,
        "Kalibr cruise missile",
        "“<mark>five</mark>”",
        "copy of R1",
        "! one source",
        "World Bulletin 24",
    ):
        assert told in html
    assert html.count("<svg") == 1
    assert "chip copy" in html


def test_a_view_of_a_day_says_so(ledger: variorum.Ledger, bombing: variorum.Event) -> None:
    assert "As known on 2021-11-09" in ledger.as_of("2021-11-09").event(bombing.id)._repr_html_()
    assert "As known on" not in bombing._repr_html_()


def test_escaping_keeps_the_words() -> None:
    assert escape_markdown("a|b <c> *d*\n_e_") == r"a\|b \<c\> \*d\* \_e\_"
