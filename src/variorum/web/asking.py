"""What one request asks of a page: which ledger, by whom, with which parameters. No reading and no HTML.

Invariant: a parameter that a page knows is checked before the page sees it; one that it does not know is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol
from urllib.parse import quote, urlencode

from variorum.config import Config
from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.ledger.picked import pick_copied
from variorum.pipeline.labels import Labels
from variorum.web.forms import ENDINGS

Type = Literal["text", "day", "count", "choice", "flag"]
Form = Literal["html", "json", "csv", "geojson"]
LONGEST = 300  # characters of a parameter; the longest id has 20, a search of some words far fewer than this
LARGEST = 1_000_000  # of a count
DIGITS = 15  # of a number of a row


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a page's address."""

    name: str
    type: Type
    help: str
    choices: tuple[str, ...] = ()
    many: bool = False


AS_OF = Parameter("as_of", "day", "Only what had been published by the end of this day.")


class FolderSite(Protocol):
    """A site in a folder: where its pages lie, and whether names were left out of it."""

    @property
    def redacted(self) -> bool:
        """Tell whether it is for sharing: no page may say what the editions do not."""

    def address(self, here: str, path: str, parameters: Mapping[str, object]) -> str:
        """Give the way from one page to another, each by its address on a server."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for a page."""

    ledger: Ledger
    config: Config
    labels: Labels
    viewer: Any  # signin.Viewer
    path: str  # of the page, without the ending of its form
    names: Mapping[str, str]  # what the path names: {"id": "EV-7K3Q"}
    query: Mapping[str, tuple[str, ...]]  # the page's parameters, checked
    form: Form = "html"
    forms: tuple[Form, ...] = ("html", "json")  # that this page has
    now: str = ""  # ISO 8601 date-time of the request
    state: Any = None  # of the app
    folder: FolderSite | None = None  # where the page is one of a site in a folder; None: it is served

    @property
    def standing(self) -> Any:
        """What is worked out once for a state of the ledger (standing.Standing)."""
        return self.state.standing

    @property
    def redacted(self) -> bool:
        """Tell whether the page may say only what a redacted edition does."""
        return self.folder is not None and self.folder.redacted

    def is_copy(self, label: str) -> bool:
        """Tell whether a report, R7, is a copy or rewrite of another: no page shows one as independent."""
        return bool(pick_copied(self.ledger, [int(label[1:])]))

    def one(self, name: str) -> str | None:
        """Give a parameter that stands once; None where it is not given."""
        found = self.query.get(name, ())
        return found[0] if found else None

    def count(self, name: str, default: int) -> int:
        """Give a parameter that is a number."""
        found = self.one(name)
        return default if found is None else int(found)

    @property
    def as_of(self) -> str | None:
        """The day as of which the page is asked for; None for today."""
        return self.one("as_of")

    def link(self, path: str, **parameters: object) -> str:
        """Give an address on this server that keeps the as-of day; parameters that are None are left out.

        In a site in a folder it is the way to the file, from the file of this page.
        """
        if self.folder is not None:
            given = {name: value for name, value in parameters.items() if value is not None and value != ""}
            return self.folder.address(self.path, path, given)
        query: list[tuple[str, str]] = []
        if self.as_of is not None and "as_of" not in parameters:
            query.append(("as_of", self.as_of))
        for name, value in parameters.items():
            values = value if isinstance(value, (list, tuple)) else (value,)
            query += [(name, str(one)) for one in values if one is not None and one != ""]
        return quote(path, safe="/@.~-_") + (f"?{urlencode(query)}" if query else "")

    def source_at(self, name: str, kind: str) -> str:
        """Give the address of an outlet or a voice: in the query where no path keeps its name."""
        if self.folder is not None:
            return self.link("/search", q=name)
        if "/" in name or name in (".", "..") or name.endswith(ENDINGS):
            return self.link("/source", name=name, kind=kind)
        return self.link(f"/sources/{name}", kind=kind)

    def claim_at(self, id: str, report: str) -> str:
        """Give the address of a claim: its page, or in a site in a folder its place on the page of its report."""
        return self.link(f"/claims/{id}") if self.folder is None else f"{self.link(f'/reports/{report}')}#{id}"

    def here(self, **parameters: object) -> str:
        """Give the address of this page with some parameters changed; None takes one out."""
        return self.here_at(self.path, **parameters)

    def here_at(self, path: str, **parameters: object) -> str:
        """Give the address of another page with the parameters of this one, some of them changed."""
        kept: dict[str, object] = {name: list(values) for name, values in self.query.items()}
        return self.link(path, **{"as_of": None, **kept, **parameters})

    def other_form(self, form: Form) -> str:
        """Give the address of this page in another form."""
        path, mark, query = self.here().partition("?")
        return f"{'/events' if path == '/' else path}.{form}{mark}{query}"


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. `data` is its `.json`; `shown` is what its template draws beside that."""

    template: str
    title: str
    data: Mapping[str, Any]
    shown: Mapping[str, Any] = field(default_factory=dict)
    rows: Sequence[Mapping[str, Any]] | None = None  # of a list: its `.csv`
    columns: Sequence[str] = ()  # of its `.csv`: they stand above an empty one too
    features: Sequence[Mapping[str, Any]] | None = None  # of a list: its `.geojson`
    status: int = 200
    frozen: bool = False  # says the same for ever: a version of an event
    compact: bool = False  # its JSON is for a script, not for people: no line breaks
    today: bool = False  # tells of today whatever day is asked for
    secret: bool = False  # holds a token of this session: neither kept nor compressed


@dataclass(frozen=True, slots=True)
class Moved:
    """That what was asked for is at another address now: a retired event that leads on."""

    to: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file that is sent piece by piece, to be kept under a name."""

    name: str
    media: str
    pieces: Iterable[bytes]
    left: str = ""  # what is said of events that the format does not hold


@dataclass(frozen=True, slots=True)
class Route:
    """One page of the site: where it is, what it takes, which forms it has."""

    path: str
    name: str
    help: str
    read: Callable[[Asked], Page | Moved | Download]
    parameters: tuple[Parameter, ...] = ()
    forms: tuple[Form, ...] = ("html", "json")
    ids: Mapping[str, str] = field(default_factory=dict)  # name in the path -> what it is

    shelved: bool = False  # follows from the ledger, the address and the viewer alone: drawn once for who asks again

    @property
    def all_parameters(self) -> tuple[Parameter, ...]:
        """Every parameter, with the as-of day that all pages take."""
        return (*self.parameters, AS_OF)


def read_query(route: Route, given: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Give the parameters of an address, checked; empty ones are left out, as forms send them.

    Raises UsageError for one that the page does not know, that stands twice, or that cannot be used.
    """
    known = {parameter.name: parameter for parameter in route.all_parameters}
    found: dict[str, tuple[str, ...]] = {}
    for name, value in given:
        if name not in known:
            raise UsageError(f"this page has no parameter {_cut(name)}", f"it has: {', '.join(known)}")
        parameter = known[name]
        if not value.strip():
            continue
        if name in found and not parameter.many:
            raise UsageError(f"{name} is given twice", "give it once")
        found[name] = (*found.get(name, ()), _checked(parameter, value.strip()))
    return found


def _checked(parameter: Parameter, value: str) -> str:
    if len(value) > LONGEST or "\0" in value:
        raise UsageError(f"{parameter.name} cannot be used", f"give at most {LONGEST} characters of text")
    if parameter.type == "day":
        return read_day(parameter.name, value)
    number = parse_number(value)
    if parameter.type == "count" and (number is None or number > LARGEST):
        raise UsageError(f"{parameter.name} {_cut(value)} is not a count", f"give a whole number up to {LARGEST:,}")
    if parameter.type == "choice" and value not in parameter.choices:
        raise UsageError(f"{parameter.name} cannot be {_cut(value)}", f"one of: {', '.join(parameter.choices)}")
    if parameter.type == "flag" and value not in ("1", "0"):
        raise UsageError(f"{parameter.name} is 1 or 0", "give 1, or leave it out")
    return value


def parse_number(given: str) -> int | None:
    """Give a number that a form or an address holds; None for what is none, or longer than any row's number."""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= DIGITS else None


def read_day(name: str, value: str) -> str:
    """Give a day as ISO 8601. Raises UsageError for what is none."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise UsageError(f"{name} {_cut(value)} is not a day", "write it as 2017-09-14") from None


def _cut(value: str) -> str:
    return value if len(value) <= 60 else value[:59] + "…"
