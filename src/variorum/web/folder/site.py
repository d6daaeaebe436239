"""Writes a ledger as a folder of pages: events a part at a time, then reports, lists, search; the same bytes each time.

Invariant: the same ledger gives the same files, whatever the day; nothing on them was read past the editions that are
shown, but labels and figures.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from variorum.config import Config
from variorum.ledger import Ledger
from variorum.model import Article, Event
from variorum.pipeline import Edition
from variorum.pipeline.exploring import Explored, explore_parts
from variorum.pipeline.exporting import Issue, Requested, make_export
from variorum.pipeline.labels import Labels, make_labels
from variorum.web.asking import Asked, Page
from variorum.web.folder.data import STATIC, write_data
from variorum.web.folder.found import Inside
from variorum.web.folder.places import Places
from variorum.web.folder.reports import (
    LISTED,
    find_copies,
    lay_out_report,
    lay_out_reports,
    list_row,
    spool_event,
)
from variorum.web.folder.sources import Sources
from variorum.web.folder.spool import Spool
from variorum.web.folder.target import MADE_BY, MARK, Target, replacing
from variorum.web.pages.about import read_about
from variorum.web.pages.event import lay_out
from variorum.web.pages.explorer import lay_out_list, lay_out_map, lay_out_timeline
from variorum.web.pages.looked import Looked
from variorum.web.pages.looking import SIZE
from variorum.web.pages.sources import lay_out_outlets, lay_out_voices
from variorum.web.rendering import render, to_json
from variorum.web.sheets import SHEET
from variorum.web.standing import Head, Standing
from variorum.web.viewer import Viewer

TITLE = "Variorum"
# `file:` beside 'self', because browsers differ in what a page of a file takes for its own.
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; "
    "form-action 'self' file:; base-uri 'none'"
)
STATICS = (
    *("variorum.css", "explorer.css", "mark.svg", "keys.js", "variorum.js", "basemap.js", "pins.js", "worldmap.js"),
    *("brush.js", "numbered.js", "sifted.js", "strip.js", "offline.js", "inside.js"),
    *("vendor/leaflet.js", "vendor/leaflet.css", "vendor/leaflet-LICENSE"),
)
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was written."""

    events: int
    reports: int
    files: int
    size: int  # bytes
    shown: Issue


@dataclass(frozen=True, slots=True)
class _State:
    """What pages ask of the app that serves them."""

    standing: Standing
    head: Head


@dataclass(slots=True)
class _Writer:
    """One site at work."""

    ledger: Ledger
    config: Config
    shown: Issue
    title: str
    target: Target
    told: Spool  # what events say of each report
    listed: Spool  # rows of the list of reports
    inside: Inside
    tell: Tell
    labels: Labels
    state: _State
    sources: Sources = field(default_factory=Sources)
    events: int = 0
    order: list[tuple[str, int, str]] = field(default_factory=list)  # day, number and id of each report

    def asked(self, path: str, **query: str) -> Asked:
        """Give what a page of the site is asked for."""
        return Asked(
            ledger=self.ledger,
            config=self.config,
            labels=self.labels,
            viewer=Viewer(None, "reader", "", local=False),
            path=path,
            names={},
            query={name: (value,) for name, value in query.items()},
            forms=("html",),
            state=self.state,
            folder=Places(self.labels, self.shown.redacted is not None),
        )

    def draw(self, asked: Asked, page: Page) -> None:
        """Draw a page and write its file."""
        places = asked.folder
        assert isinstance(places, Places)
        file = places.file_of(asked.path, page=asked.count("page", 1), kind=asked.one("kind") or "")
        root = places.root(asked.path)
        told = self.shown.redacted
        frame = {
            "page": page,
            "asked": asked,
            "viewer": asked.viewer,
            "known": True,
            "head": self.state.head,
            "ledger_name": "",
            "path": asked.path,
            "page_forms": (),
            "static_at": f"{root}static/",
            "folder": {
                "root": root,
                "title": self.title,
                "policy": POLICY,
                "redacted": told is not None,
                "profile": "" if told is None else told.profile,
                "quote_limit": 0 if told is None else told.quote_limit,
                "withheld": 0 if told is None else len(told.withheld),
            },
        }
        self.target.write(file, render(page.template, {**page.data, **page.shown, **frame}))

    # ------------------------------------------------------------ events

    def write_events(self) -> Explored:
        """Write the page of every event, and give what the explorer shows of all."""

        def parts() -> Iterator[Edition]:
            for part in self.shown.parts():
                for event in part.events:
                    self.write_event(part, event)
                yield part
                self.tell(f"{self.events:,} events")

        return explore_parts(self.ledger, parts())

    def write_event(self, part: Edition, event: Event) -> None:
        """Write the page of one event, and keep what it says of its reports."""
        label = self.labels.events[event.id]
        asked = self.asked(f"/events/{label}")
        page = lay_out(asked, part, event, event, frozen=False)
        self.draw(asked, page)
        self.events += 1
        found = page.data["event"]
        spool_event(self.told, label, found)
        self.sources.hear(found)
        place = page.data["where"] if found["place"] else ""
        day = (found["date"] or {}).get("low") or ""
        written = () if self.shown.redacted else (found["place"] or {}).get("as_written", ())
        self.inside.add(("e", label, found["title"], place, day), (found["title"], place, *written))
        withheld = self.shown.redacted.withheld if self.shown.redacted else frozenset()
        seen: set[tuple[str, str]] = set()
        for claim in found["claims"]:
            if (claim["article"], claim["quote"]) in seen or claim["article"] in withheld:
                continue
            seen.add((claim["article"], claim["quote"]))
            if claim["source"]:
                self.sources.find(claim["source"], claim["article"])
            report = asked.labels.articles[claim["article"]]
            self.inside.add(
                ("q", label, report, claim["id"], claim["quote"], claim["source"], claim["outlet"]),
                (claim["quote"], claim["source"], claim["outlet"]),
            )

    # ------------------------------------------------------------ reports

    def write_reports(self) -> None:
        """Write the page of every report and the list of them, the latest first."""
        for part in self.shown.reports():
            copies = find_copies(self.asked("/reports"), part.copies)
            for article in part.articles.values():
                self.write_report(article, copies.get(article.id, {"copy_of": None, "copied_by": []}))
            self.tell(f"{len(self.order):,} reports")
        dated = sorted((row for row in self.order if row[0]), key=lambda row: row[1])
        dated.sort(key=lambda row: row[0], reverse=True)
        order = [*dated, *sorted(row for row in self.order if not row[0])]
        for start in range(0, max(1, len(order)), LISTED):
            number = start // LISTED + 1
            rows = [self.listed.read(id)[0] for _, _, id in order[start : start + LISTED]]
            asked = self.asked("/reports", page=str(number))
            self.draw(asked, lay_out_reports(asked, rows, number, len(order)))

    def write_report(self, article: Article, copies: dict[str, Any]) -> None:
        """Write the page of one report."""
        label = self.labels.articles[article.id]
        asked = self.asked(f"/reports/{label}")
        events = self.told.read(article.id)
        self.draw(asked, lay_out_report(asked, article, copies, events, self.sources))
        self.listed.add(article.id, list_row(asked.labels, article, copies, events))
        self.sources.print(article)
        self.order.append((article.published or "", int(label[1:]), article.id))
        self.inside.add(
            ("r", label, article.title, article.outlet, (article.published or "")[:10]), (article.title, article.outlet)
        )

    # ------------------------------------------------------------ the rest

    def write_explorer(self, found: Explored) -> None:
        """Write the list with its map and line of time, each also alone, and the data of their scripts."""
        looked = Looked(found)
        for number in range(1, max(1, -(-len(found.entries) // SIZE)) + 1):
            asked = self.asked("/", **({"page": str(number)} if number > 1 else {}))
            if number > 1:
                self.draw(asked, lay_out_list(asked, looked))
        for path, make in (("/map", lay_out_map), ("/timeline", lay_out_timeline)):
            asked = self.asked(path)
            self.draw(asked, make(asked, looked))
        for name, text in write_data(found, self.labels):
            self.target.write(f"data/{name}", text)

    def write_sources(self) -> None:
        """Write the outlets and the voices."""
        outlets, voices = self.sources.count(self.ledger)
        row = self.state.head.number
        for number in range(1, max(1, -(-len(outlets.rows) // SHEET)) + 1):
            asked = self.asked("/sources", page=str(number))
            self.draw(asked, lay_out_outlets(asked, outlets, row))
        for number in range(1, max(1, -(-len(voices) // SHEET)) + 1):
            asked = self.asked("/sources", kind="voices", page=str(number))
            self.draw(asked, lay_out_voices(asked, voices, row))

    def write_rest(self) -> None:
        """Write what is the same for every ledger, the search, and what the folder is."""
        about = self.asked("/about")
        self.draw(about, read_about(about))
        self.draw(self.asked("/search"), Page("inside.html", "Search", {}))
        for name, text in self.inside.scripts():
            self.target.write(f"data/{name}", text)
        for name in STATICS:
            self.target.write(f"static/{name}", (STATIC / name).read_bytes())
        head = self.state.head
        told = self.shown.redacted
        mark = {
            "made_by": MADE_BY,
            "ledger": {"row": head.number, "hash": head.hash},
            "events": self.events,
            "reports": len(self.order),
            "redacted": None if told is None else told.profile,
        }
        self.target.write(MARK, to_json(mark))


def read_title(given: str) -> str:
    """Give the words at the head of every page: without control signs; the default where nothing else is left."""
    # Signs that join or turn letters (Cf) belong to some languages' words; alone they show nothing.
    words = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in given).strip()
    return words if any(unicodedata.category(sign)[0] not in "CZM" for sign in words) else TITLE


def write_site(
    ledger: Ledger, config: Config, out: str, *, title: str = "", redacted: bool = False, tell: Tell
) -> Made:
    """Write the site of a ledger into a folder, whole or not at all; `tell` is told how far it is.

    Raises UsageError for a folder that cannot be made or holds something else, ConfigError as sharing does.
    """
    with replacing(out) as target, ExitStack() as stack:
        stack.enter_context(ledger.snapshot())
        spools = [stack.enter_context(Spool()) for _ in range(4)]
        # No day of making: the same ledger gives the same bytes.
        shown = make_export(ledger, Requested(redacted=redacted), config=config, today="").issue
        inside = Inside(spools[2], spools[3])
        writer = _Writer(
            ledger=ledger,
            config=config,
            shown=shown,
            title=read_title(title),
            target=target,
            told=spools[0],
            listed=spools[1],
            inside=inside,
            tell=tell,
            labels=make_labels(ledger),
            state=_State(Standing(ledger), Head(*ledger.head())),
        )
        found = writer.write_events()
        writer.write_reports()
        writer.write_sources()
        writer.write_explorer(found)
        writer.write_rest()
        first = writer.asked("/")
        writer.draw(first, lay_out_list(first, Looked(found)))  # the last file: a folder with it is whole
        return Made(writer.events, len(writer.order), target.files, target.size, shown)
