"""What follows: copies, events with their settled values and relations, names and redirects.

Invariant: rewriting with the same records changes nothing; an event's version grows only when its content changes, and
every version stays frozen; an event id that was ever given leads to a live event or, when nothing reports it, to "".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import sqlalchemy as sa

from variorum.errors import LedgerError, UnknownIdError
from variorum.ledger import rows, seals
from variorum.ledger.indexes import forget_articles, forget_events
from variorum.ledger.readings import stream
from variorum.ledger.records import EventVersion, Rewritten
from variorum.ledger.seals import add_log
from variorum.ledger.tables import copy, event, event_mention, event_version, log, redirect, register, relation, settled
from variorum.model import Copy, Event, Named, Redirect

CHILDREN = (event_mention, settled, relation)
RETIRED = "event.retired"  # in the log: an id, and where it leads


def rewrite_copies(connection: sa.Connection, copies: Iterable[Copy]) -> int:
    """Make the table of copies hold exactly these; gives how many rows were added or taken away."""
    wanted = {record.article_id: record for record in copies}
    stored = {record.article_id: record for record in read_copies(connection)}
    gone = [{"gone": key} for key in stored if wanted.get(key) != stored[key]]
    new = [rows.copy_row(wanted[key]) for key in sorted(wanted) if wanted[key] != stored.get(key)]
    if gone:
        seals.delete(connection, copy, copy.c.article_id == sa.bindparam("gone"), gone)
    seals.insert(connection, copy, new)
    forget_articles(connection, {row["gone"] for row in gone} | {row["article_id"] for row in new})
    return len(gone) + len(new)


def add_names(connection: sa.Connection, names: Iterable[Named]) -> None:
    """Add rows to the register of names; a name stays as it was first given."""
    new = [{"event_id": name.event_id, "founder": name.founder, "named_at": name.named_at} for name in names]
    seals.insert_new(connection, register, new)


def take_names(
    connection: sa.Connection,
    names: Sequence[Named],
    versions: Iterable[Event],
    redirects: Iterable[Redirect],
    now: str,
) -> int:
    """Add names that another ledger gave, with their frozen versions; gives how many versions are new.

    Each name new here needs a redirect, to "" where its event is live there: working out the events anew gives the
    name to its reports, or leads it to the name that they have here.
    """
    add_names(connection, names)
    frozen = [
        {"event_id": record.id, "version": record.version, "at": now, "content": rows.freeze_event(record)}
        for record in versions
    ]
    added = seals.insert_new(connection, event_version, frozen)
    for record in redirects:
        row = {"old_id": record.old, "new_id": record.new, "at": record.at, "why": record.why}
        seals.insert(connection, redirect, [row])
        if record.new:
            add_log(connection, (now, RETIRED, record.old, "", f"{record.new}: {record.why}"))
    if names or added:
        seals.batch_of(connection).inputs = True
    return added


def rewrite_events(connection: sa.Connection, events: Sequence[Event], now: str) -> Rewritten:
    """Make the events be exactly these, touching only what changed; gives which changed.

    Their names have to be in the register. The `version` of the given events is ignored: the ledger counts.
    """
    latest = _latest_versions(connection)
    query = sa.select(event.c.id, event.c.digest, event.c.version)
    # A later version that another ledger gave does not stay the last one of an event that is live here.
    stored = {row.id: row.digest if row.version == latest[row.id] else "" for row in connection.execute(query)}
    given = {record.id: record for record in sorted(events, key=lambda record: record.id)}
    if len(given) != len(events):
        raise LedgerError("two events have one id")
    frozen = {key: rows.freeze_event(record) for key, record in given.items()}
    digests = {key: rows.digest_text(content) for key, content in frozen.items()}
    added = [key for key in given if key not in stored]
    changed = [key for key in given if key in stored and stored[key] != digests[key]]
    retired = sorted(key for key in stored if key not in given)
    gone = [{"gone": key} for key in sorted(changed + retired)]
    forget_events(connection, [*changed, *retired])
    if gone:
        for table in CHILDREN:
            seals.delete(connection, table, table.c.event_id == sa.bindparam("gone"), gone)
        seals.delete(connection, event, event.c.id == sa.bindparam("gone"), gone)
    batches: dict[sa.Table, list[rows.Row]] = {table: [] for table in (event, *CHILDREN, event_version)}
    for key in sorted(added + changed):
        version = latest.get(key, 0) + 1
        _collect(batches, given[key], version, digests[key])
        batches[event_version].append({"event_id": key, "version": version, "at": now, "content": frozen[key]})
    for table, new in batches.items():
        seals.insert(connection, table, new)
    return Rewritten(tuple(added), tuple(changed), tuple(retired))


def _latest_versions(connection: sa.Connection) -> Mapping[str, int]:
    latest = sa.func.max(event_version.c.version)
    query = sa.select(event_version.c.event_id, latest).group_by(event_version.c.event_id)
    return {row[0]: row[1] for row in connection.execute(query)}


def _collect(batches: Mapping[sa.Table, list[rows.Row]], record: Event, version: int, digest: str) -> None:
    batches[event].append(
        {"id": record.id, "kind": record.kind, "title": record.title, "version": version, "digest": digest}
    )
    batches[event_mention].extend({"event_id": record.id, "mention_id": mention} for mention in record.mentions)
    batches[settled].extend(rows.settled_row(record.id, place, value) for place, value in enumerate(record.values))
    batches[relation].extend(rows.relation_row(record.id, place, row) for place, row in enumerate(record.relations))


def rewrite_redirects(connection: sa.Connection, redirects: Iterable[Redirect], now: str) -> None:
    """Write where retired ids lead; a name that is live again leads nowhere else.

    Raises LedgerError when a live id is to be redirected, or a retired id would lead nowhere.
    """
    live = set(connection.execute(sa.select(event.c.id)).scalars())
    stored = {record.old: record for record in read_redirects(connection)}
    wanted = {key: record for key, record in stored.items() if key not in live}
    for record in redirects:
        if record.old in live:
            raise LedgerError(f"{record.old} is a live event and cannot lead to {record.new}")
        wanted[record.old] = record
    lost = lost_names(live, connection.execute(sa.select(register.c.event_id)).scalars(), wanted)
    if lost:
        raise LedgerError(f"{lost[0]} was published and would lead nowhere", "give it a redirect")
    gone = [{"gone": key} for key in sorted(stored) if wanted.get(key) != stored[key]]
    new = [wanted[key] for key in sorted(wanted) if wanted[key] != stored.get(key)]
    if gone:
        seals.delete(connection, redirect, redirect.c.old_id == sa.bindparam("gone"), gone)
    for record in new:
        row = {"old_id": record.old, "new_id": record.new, "at": record.at, "why": record.why}
        seals.insert(connection, redirect, [row])
        note = f"{record.new or 'nothing'}: {record.why}"
        add_log(connection, (now, RETIRED, record.old, "", note))


def lost_names(live: set[str], names: Iterable[str], redirects: Mapping[str, Redirect]) -> list[str]:
    """Give the names that lead neither to a live event nor to "" (nothing reports it any more)."""
    return [name for name in sorted(names) if lead(name, live, redirects) is None]


def lead(name: str, live: set[str], redirects: Mapping[str, Redirect]) -> str | None:
    """Follow redirects from a name: the live event, "" when nothing reports it any more, None when it is lost."""
    seen: set[str] = set()
    while name not in live:
        if name in seen or name not in redirects:
            return None
        seen.add(name)
        name = redirects[name].new
        if name == "":
            return ""
    return name


def read_copies(connection: sa.Connection) -> Iterator[Copy]:
    """Yield copies by article id."""
    return stream(connection, sa.select(copy).order_by(copy.c.article_id), rows.read_copy)


def read_register(connection: sa.Connection) -> Iterator[Named]:
    """Yield every name ever given, by time and id."""
    query = sa.select(register).order_by(register.c.named_at, register.c.event_id)
    return stream(connection, query, rows.read_named)


def read_redirects(connection: sa.Connection) -> Iterator[Redirect]:
    """Yield redirects by retired id."""
    return stream(connection, sa.select(redirect).order_by(redirect.c.old_id), rows.read_redirect)


def read_events(connection: sa.Connection, ids: Collection[str] | None = None) -> Iterator[Event]:
    """Yield events by id: all, or those with these ids, which must be few enough for one query."""
    mentions = _by_event(connection, event_mention, "mention_id", ids)
    values = _by_event(connection, settled, "position", ids)
    relations = _by_event(connection, relation, "position", ids)
    query = sa.select(event).order_by(event.c.id)
    if ids is not None:
        query = query.where(event.c.id.in_(sorted(ids)))
    for row in connection.execute(query).mappings():
        key = row["id"]
        yield Event(
            id=key,
            kind=row["kind"],
            title=row["title"],
            mentions=tuple(child["mention_id"] for child in mentions[key]),
            values=tuple(rows.read_settled(child) for child in values[key]),
            relations=tuple(rows.read_relation(child) for child in relations[key]),
            version=row["version"],
        )


def _by_event(
    connection: sa.Connection, table: sa.Table, order: str, ids: Collection[str] | None
) -> defaultdict[str, list[rows.AnyRow]]:
    query = sa.select(table).order_by(table.c.event_id, table.c[order])
    if ids is not None:
        query = query.where(table.c.event_id.in_(sorted(ids)))
    found: defaultdict[str, list[rows.AnyRow]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["event_id"]].append(row)
    return found


def follow(connection: sa.Connection, event_id: str) -> str:
    """Give the live event that an id leads to, "" when nothing reports it any more.

    Raises UnknownIdError for an id that was never given.
    """
    if connection.execute(sa.select(event.c.id).where(event.c.id == event_id)).scalar() is not None:
        return event_id
    redirects = {record.old: record for record in read_redirects(connection)}
    led = lead(event_id, set(connection.execute(sa.select(event.c.id)).scalars()), redirects)
    if led is None:
        raise UnknownIdError(f"no event {event_id}", "list them: variorum list")
    return led


def read_members(connection: sa.Connection) -> dict[str, tuple[str, ...]]:
    """Give the mentions of every event by its id; of a retired one, those of its last version.

    Earlier versions, by which what was done can be undone, are there as `id@version`: the last but one of each event
    that the last rewriting changed, and, where a live id was retired once, those of the event that it led to.
    """
    numbers = sa.select(event_version.c.event_id, sa.func.max(event_version.c.version).label("version"))
    last = numbers.join(redirect, redirect.c.old_id == event_version.c.event_id).group_by(event_version.c.event_id)
    one = last.subquery()
    query = sa.select(event_version).join(
        one, (one.c.event_id == event_version.c.event_id) & (one.c.version == event_version.c.version)
    )
    found = {record.id: record.mentions for record in _thawed(connection, query)}
    live: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(sa.select(event_mention).order_by(event_mention.c.mention_id)):
        live[row.event_id].append(row.mention_id)
    found |= {event_id: tuple(mentions) for event_id, mentions in live.items()}
    came_back = sa.select(log.c.note).where(log.c.kind == RETIRED, log.c.subject.in_(sa.select(event.c.id)))
    led = sorted({note.split(":")[0] for note in connection.execute(came_back).scalars()})
    changed = sa.select(event.c.id, event.c.version).join(
        event_version, (event_version.c.event_id == event.c.id) & (event_version.c.version == event.c.version)
    )
    changed = changed.where(event_version.c.at == sa.select(sa.func.max(event_version.c.at)).scalar_subquery())
    now = changed.subquery()
    earlier = sa.select(event_version).join(
        now, (now.c.id == event_version.c.event_id) & (now.c.version - 1 == event_version.c.version)
    )
    for record in chain(
        _thawed(connection, sa.select(event_version).where(event_version.c.event_id.in_(led))),
        _thawed(connection, earlier),
    ):
        found[f"{record.id}@{record.version}"] = record.mentions
    return found


def _thawed(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[Event]:
    return stream(connection, query, lambda row: rows.thaw_event(row["content"], row["version"]))


def read_versions(connection: sa.Connection, event_id: str | None) -> Iterator[EventVersion]:
    """Yield the frozen versions of an event, or of all by id, oldest first; a retired event keeps its own."""
    query = sa.select(event_version).order_by(event_version.c.event_id, event_version.c.version)
    if event_id is not None:
        query = query.where(event_version.c.event_id == event_id)
    return stream(
        connection, query, lambda row: EventVersion(row["at"], rows.thaw_event(row["content"], row["version"]))
    )
