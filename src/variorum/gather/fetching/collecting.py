"""One round of fetching into a folder: ask the sources, then fetch the pages of what they list. No ledger here.

Invariant: what a source lists is remembered together with its validators, and a page is in its WARC file before it is
noted as fetched; so a kill at any moment loses nothing and fetches nothing twice.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from variorum.errors import UnreadableError
from variorum.gather.fetching.addresses import REFUSED, Address, parse_address
from variorum.gather.fetching.archive import ENDING, ITEM, Archive, items_of, mend, remove_before
from variorum.gather.fetching.entrypage import address_of_entry, has_own_text, make_page
from variorum.gather.fetching.fetcher import Fetcher
from variorum.gather.fetching.links import Link
from variorum.gather.fetching.manners import LATER, backoff
from variorum.gather.fetching.outcome import Fetched, Unfetched
from variorum.gather.fetching.poll import Answer, ask_source, check_page
from variorum.gather.fetching.sources import Source
from variorum.gather.fetching.state import Item, Polled, State, one_cause
from variorum.gather.fetching.tally import Tally, Tell
from variorum.gather.page import read_page
from variorum.model import Problem

POLLS = ".feeds"  # folder of what the sources themselves answered: kept, and passed by when the pages are read
POLLS_KEPT = timedelta(days=14)
TRIES = 5  # rounds in which an item is tried
MOST_CHECKED = 2_000_000  # bytes of a page that is looked at for an article: a larger one is no log-in wall
ITEM_BACKOFF_S = 30.0
HOST_BACKOFF_S = 600.0  # before a host that is closed or dead is asked again


class Collector:
    """One round, with what it writes to."""

    def __init__(self, folder: Path, state: State, fetcher: Fetcher, tell: Tell, tally: Tally) -> None:
        self.folder, self.state, self.fetcher, self.tell = folder, state, fetcher, tell
        self.limits, self.clock = fetcher.limits, fetcher.clock
        self.pages = Archive(folder, fetcher.agent)
        self.polls = Archive(folder / POLLS, fetcher.agent)
        self.tally = tally
        self.named: Sequence[str] = ()

    async def collect(self, sources: Sequence[Source], due: Sequence[Source]) -> None:
        """Ask the sources that are due, and fetch what all of them list and is not fetched yet."""
        began = self.clock.elapsed()
        by_address = {source.address: source for source in sources}
        self.named = [*by_address]
        with one_cause(self.folder):
            await self._work(by_address, due, began + self.limits.round_s)
        self.tally.waiting = self.state.count_waiting([*by_address]) + self.tally.later
        self.tally.received = dict(self.fetcher.received)
        self.tally.asked = self.fetcher.asked

    async def _work(self, sources: Mapping[str, Source], due: Sequence[Source], until: float) -> None:
        try:
            await self._poll_all(due)
            await self._fetch_items(sources, until)
        except ExceptionGroup as group:  # tasks that ran side by side: the first fault is the one to tell
            raise group.exceptions[0] from group
        finally:
            self._finish()

    def _finish(self) -> None:
        for archive in (self.pages, self.polls):
            done = archive.close()
            if done is not None and archive is self.pages:
                self.state.add_file(done.name)
                self.tally.files.append(done.name)
            elif done is not None:
                remove_before(done.parent, self.clock.now() - POLLS_KEPT)

    async def _poll_all(self, sources: Sequence[Source]) -> None:
        gate = asyncio.Semaphore(self.limits.hosts)

        async def poll(source: Source) -> None:
            async with gate:
                await self._poll(source)

        async with asyncio.TaskGroup() as group:
            for source in sources:
                group.create_task(poll(source))

    # ------------------------------------------------------------ sources
    async def _poll(self, source: Source) -> None:
        before = self.state.polled(source.address)
        try:
            answer = await ask_source(source, before.known, self.fetcher)
        except Unfetched as fault:
            self._poll_failed(source, before, fault)
            return
        now = self.clock.now()
        self.tally.polled += 1
        self.tally.unchanged += answer.unchanged
        self._keep_answers(answer, now)
        polled = Polled(answer.known, now.timestamp() + source.every_s, 0, answer.listed.title or before.title)
        with self.state.writing():
            new = self.state.add_items(source.address, self._with_sites(answer.listed.links), self.named)
            self.state.note_poll(source.address, polled)
        self.tally.listed += new
        for fetched in answer.fetched:
            if fetched.asked != source.address or not answer.listed.too_long:
                self.state.clear_problem(fetched.asked)
        if answer.page is not None:
            self._keep_page(Item(Link(source.address), source.address, 0), source, answer.page)
        for address, met in answer.faults:
            self._problem(address, _of_the_map(met) if met.code == LATER else met)
        if answer.listed.too_long:
            cause = f"it lists {answer.listed.left_out:,} more than are taken at a time: the rest is left out"
            self._problem(source.address, Unfetched("fetch-many", cause, "name a feed of its newest articles"))
        status = "unchanged" if answer.unchanged else "read"
        said = {"address": source.address, "status": status, "new": new, "left out": answer.listed.left_out}
        self.tell("poll", said)

    def _poll_failed(self, source: Source, before: Polled, fault: Unfetched) -> None:
        if fault.code == LATER:  # nothing failed: its turn comes when the pause is over
            self.state.note_poll(source.address, replace(before, next_at=self.clock.now().timestamp() + fault.after_s))
            self.tally.later += 1
            return
        failures = before.failures + 1
        wait = max(source.every_s, fault.after_s, backoff(failures, source.every_s, self.clock.draw))
        polled = replace(before, next_at=self.clock.now().timestamp() + wait, failures=failures)
        self.state.note_poll(source.address, polled)
        self.tally.polled += 1
        self._problem(source.address, fault)

    def _keep_answers(self, answer: Answer, now: datetime) -> None:
        for fetched in answer.fetched:
            if fetched.unchanged or fetched is answer.page:
                continue
            digest = hashlib.sha256(fetched.last.body).hexdigest()
            if self.state.is_new_answer(fetched.asked, digest):
                self.polls.open(now)
                self.polls.write(fetched, {})

    def _with_sites(self, links: Sequence[Link]) -> list[tuple[str, Link]]:
        return [(parse_address(link.address).site, link) for link in links]

    # ------------------------------------------------------------ items
    async def _fetch_items(self, sources: Mapping[str, Source], until: float) -> None:
        # By chance, so that of more sources than are asked at a time none is always the last.
        order = sorted(sources, key=lambda _: self.clock.draw())
        now, limits = self.clock.now().timestamp(), self.limits
        due = self.state.due_items(now, order, limits.items, limits.source_hosts)
        gate = asyncio.Semaphore(self.limits.hosts)

        async def work(items: Sequence[Item]) -> None:
            async with gate:
                for number, item in enumerate(items):
                    if self.clock.elapsed() >= until:
                        return
                    closed = await self._fetch_item(item, sources[item.source])
                    if closed is not None:
                        self._host_closed([(one, sources[one.source]) for one in items[number:]], closed)
                        return

        async with asyncio.TaskGroup() as group:
            for items in due.values():
                group.create_task(work(items))

    async def _fetch_item(self, item: Item, source: Source) -> Unfetched | None:
        """Fetch one item; gives why the rest of its host has to wait for another round, None where it has not."""
        if not source.follow:
            self._keep_entry(item, source)
            return None
        try:
            fetched = await self.fetcher.fetch(item.link.address, permission=source.permission)
            check_page(fetched)
            if has_own_text(item.link) and len(fetched.body) <= MOST_CHECKED:
                await asyncio.to_thread(_check_article, fetched)
        except Unfetched as fault:
            if not fault.asked:
                return fault
            self._item_failed(item, source, fault)
            return None
        self._keep_page(item, source, fetched)
        return None

    def _keep_page(self, item: Item, source: Source, fetched: Fetched) -> None:
        name = self.pages.open(self.clock.now())
        self.pages.write(fetched, self._fields(item, source))
        if item.link.address == source.address:
            self.state.add_items(source.address, self._with_sites([item.link]))
        self.state.note_item(item.link.address, "fetched", name)
        self._clear(item.link.address)
        self.tally.fetched += 1
        size = sum(made.received for made in fetched.exchanges)
        self.tell("item", {"address": item.link.address, "of": source.address, "from": "page", "bytes": size})

    def _keep_entry(self, item: Item, source: Source) -> None:
        """Keep an entry's own text: under its link where that is of the feed's own site, else as the feed's words."""
        name = self.pages.open(self.clock.now())
        address = address_of_entry(source.address, item.link)
        if address != item.link.address:
            source = replace(source, outlet=source.outlet or parse_address(source.address).host)
        page = make_page(item.link, source.outlet, address)
        self.pages.write_page(address, page, self.clock.now(), self._fields(item, source))
        self.state.note_item(item.link.address, "entry", name)
        self.tally.entries += 1
        self.tell("item", {"address": item.link.address, "of": source.address, "from": "entry", "bytes": len(page)})

    def _host_closed(self, items: Sequence[tuple[Item, Source]], fault: Unfetched) -> None:
        """Put off what is left of a host in this round.

        Where it is closed or dead, this is a try of each item, so that it comes to an end; a host that is only busy,
        or asks for long pauses, is there, and none of its items is given up for it.
        """
        place, now = parse_address(items[0][0].link.address), self.clock.now().timestamp()
        self.state.put_off_site(place.site, now + max(fault.after_s, 1.0))
        if fault.code == LATER:
            return
        self._problem(_root(place), fault)
        if fault.code in {"fetch-busy", REFUSED}:
            return
        for item, source in items:
            if item.tries + 1 < TRIES:
                wait = max(fault.after_s, backoff(item.tries + 1, HOST_BACKOFF_S, self.clock.draw))
                self.state.put_off(item.link.address, now + wait)
            else:
                self._give_up(item, source, fault)

    def _item_failed(self, item: Item, source: Source, fault: Unfetched) -> None:
        address = item.link.address
        if fault.again and item.tries + 1 < TRIES:
            wait = fault.after_s or backoff(item.tries + 1, ITEM_BACKOFF_S, self.clock.draw)
            self.state.put_off(address, self.clock.now().timestamp() + wait)
            self._problem(address, fault)
        else:
            self._give_up(item, source, fault)

    def _give_up(self, item: Item, source: Source, fault: Unfetched) -> None:
        """Take the feed's own text for a page that cannot be had, or nothing."""
        address = item.link.address
        if has_own_text(item.link) and fault.code != REFUSED:
            cause = f"its page gave nothing ({fault.cause}): the feed's own text is read"
            self._problem(address, Unfetched("fetch-entry", cause, "compare it with the page"))
            self._keep_entry(item, source)
        else:
            self.state.note_item(address, "failed")
            self._problem(address, fault)

    def _fields(self, item: Item, source: Source) -> dict[str, str]:
        return {
            ITEM: item.link.address,
            "Variorum-Source": source.address,
            "Variorum-Outlet": source.outlet,
            "Variorum-Published": item.link.published,
        }

    # ------------------------------------------------------------ problems
    def _problem(self, place: str, fault: Unfetched) -> None:
        at = self.clock.now().astimezone(UTC).isoformat(timespec="seconds")
        row = Problem(place, fault.code, fault.cause, fault.remedy, at)
        self.state.note_problem(row)
        self.tally.problems.append(row)
        self.tally.failed += 1
        said = {"address": place, "code": row.code, "cause": row.cause, "remedy": row.remedy, "again": fault.again}
        self.tell("failed", said)

    def _clear(self, address: str) -> None:
        self.state.clear_problem(address)
        self.state.clear_problem(_root(parse_address(address)))


def _check_article(fetched: Fetched) -> None:
    """Refuse a page without an article in it, such as a log-in wall; asked where the feed has the text as well."""
    at = fetched.last.at.isoformat(timespec="seconds")
    try:
        read_page(fetched.body, now=at, address=fetched.final)
    except UnreadableError as error:
        raise Unfetched("fetch-entry", error.cause, error.remedy) from None


def _of_the_map(fault: Unfetched) -> Unfetched:
    """Say why a sitemap of an index is not read: its turn never comes, for the index itself takes it each time."""
    return Unfetched("fetch-busy", fault.cause, "name this sitemap itself as a source", again=True)


def _root(address: Address) -> str:
    return f"{address.scheme}://{address.site}/"


def take_up(folder: Path, state: State, sources: Sequence[Source]) -> None:
    """Bring a folder in order for these sources, also after a kill: mend what is torn, and note what it holds."""
    state.list_anew([source.address for source in sources])
    for path in mend(folder):
        state.reconcile(path.name, items_of(path))
    for path in sorted(folder.glob(f"*{ENDING}")):  # one may have got its name just before the kill
        state.add_file(path.name)
    mend(folder / POLLS)
