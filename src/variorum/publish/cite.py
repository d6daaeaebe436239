"""How an event or a claim is cited: as a sentence, and for programs that keep references (BibTeX, RIS, CSL-JSON).

Invariant: a citation names the version and the hash that pins down the ledger, so what is cited can be found as it was;
each form escapes what its own signs would break.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.publish.issue import Issue

SHORT = 12  # characters of the hash in a sentence: 48 bits, and the whole hash stands in the other forms
# BibTeX counts braces, those behind a backslash too: a title with one brace of a pair would end its entry elsewhere.
_BIBTEX = {sign: f"\\{sign}" for sign in "$&#_%"} | {
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",  # a straight one needs an encoding of fonts that not every document has
}
_EVENT = re.compile(r"EV-[0-9A-Z]+")
_CLAIM = re.compile(r"clm_[0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class Cited:
    """One version of an event, as it is cited."""

    label: str  # EV-7K3Q
    title: str
    when: str  # the event's day in words; "" where none is known
    version: int
    version_day: str  # ISO day on which the version was recorded
    ledger: str  # hash at which the ledger's log stands
    accessed: str  # ISO day
    link: str  # where this version is served; "" for none
    redacted: str = ""  # profile by which names and words were left out; "" where nothing was

    @property
    def name(self) -> str:
        """The name of the version: EV-7K3Q@4."""
        return f"{self.label}@{self.version}"

    @property
    def heading(self) -> str:
        """The label and title with the event's day, on one line; the day once."""
        title = _one_line(self.title)
        return f"{self.label}: {title}" + (f", {self.when}" if self.when and self.when not in title else "")


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """One claim, as it is cited: the words of one source in one report."""

    claim: str  # clm_7K3Q…
    quote: str
    states: str  # what is read from the words: "killed = at least 39, hedged"
    source: str  # who said it, as named in the report; "" is the outlet's own voice
    outlet: str  # who printed it
    report: str  # label of the report: R7
    headline: str  # of the report; "" where there is none
    published: str  # ISO day of the report; "" for an undated one
    start: int  # of the words in the report's text, code points
    end: int  # exclusive
    event: str  # version of the event that counts it: EV-7K3Q@4; "" where none does
    ledger: str  # hash at which the ledger's log stands
    accessed: str  # ISO day
    link: str  # where it is served; "" for none
    redacted: str = ""  # as of an event

    @property
    def name(self) -> str:
        """The id of the claim."""
        return self.claim

    @property
    def heading(self) -> str:
        """The words, on one line."""
        return f"“{_one_line(self.quote)}”"

    @property
    def said_by(self) -> str:
        """Name who said it; the outlet where it speaks itself."""
        return _one_line(self.source or self.outlet)

    @property
    def where(self) -> str:
        """Name the place of the words: "Tarn Post, R7 (Shelling hits a market), 2 May 2031, characters 40–79"."""
        report = self.report + (f" ({_one_line(self.headline)})" if self.headline else "")
        day = _day_words(self.published) if self.published else "undated"
        return f"{_one_line(self.outlet)}, {report}, {day}, characters {self.start}–{self.end}"


Citable = Cited | CitedClaim


def make_cited(cited: Cited) -> Cited:
    """Check what is to be cited. Raises UsageError for a day, version, label or hash that is none."""
    _check(cited.ledger, cited.version_day, cited.accessed)
    if cited.version < 1 or _EVENT.fullmatch(cited.label) is None:
        raise UsageError(f"{cited.label}@{cited.version} is no version of an event", "cite one as EV-7K3Q@4")
    return cited


def make_cited_claim(cited: CitedClaim) -> CitedClaim:
    """Check a claim to be cited. Raises UsageError for a day, id, span or hash that is none."""
    _check(cited.ledger, cited.accessed, *([cited.published] if cited.published else []))
    if _CLAIM.fullmatch(cited.claim) is None:
        raise UsageError(f"{cited.claim} is no claim", "cite one as clm_ and sixteen characters")
    if not 0 <= cited.start <= cited.end:
        raise UsageError(f"{cited.start} to {cited.end} are no words of a report", f"variorum show {cited.claim}")
    return cited


def _check(ledger: str, *days: str) -> None:
    for day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise UsageError(f"{day} is not a day", "write it as 2017-09-14") from None
    if re.fullmatch(r"[0-9a-f]{8,}", ledger) is None:
        raise UsageError("the hash of the ledger is none", "variorum log")


def sign_free(text: str) -> str:
    """Give a text without control and direction marks, which would break a line or turn what follows."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def _one_line(text: str) -> str:
    return " ".join(sign_free(text).split())


def _day_words(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def _left_out(profile: str) -> str:
    """Say that names and words were left out; "" where nothing was."""
    return f"Redacted by the profile {profile}" if profile else ""


# ---------------------------------------------------------------- a sentence
def cite_text(cited: Citable) -> str:
    """Give the citation as a sentence."""
    ledger = f"ledger {cited.ledger[:SHORT]}…, accessed {cited.accessed}."
    if isinstance(cited, Cited):
        told = f"“{cited.heading}.” Version {cited.version}, {cited.version_day}, {ledger}"
    else:
        whose = cited.said_by if cited.source else f"{cited.said_by}, in its own voice"
        of = f" of {cited.event}" if cited.event else ""
        words = f"{cited.heading} ({_one_line(cited.states)})"
        told = f"{words}, {whose}. In: {cited.where}. Claim {cited.claim}{of}, {ledger}"
    return " ".join(
        part for part in (told, _left_out(cited.redacted) and f"{_left_out(cited.redacted)}.", cited.link) if part
    )


# ---------------------------------------------------------------- BibTeX
def cite_bibtex(cited: Citable) -> str:
    """Give the citation as an entry of BibTeX or BibLaTeX; UTF-8."""
    fields = {"title": f"{{{bibtex_escape(cited.heading)}}}"}  # double braces keep capitals
    fields |= _bibtex_event(cited) if isinstance(cited, Cited) else _bibtex_claim(cited)
    fields["urldate"] = cited.accessed
    if cited.link:
        fields["url"] = re.sub(r"[\s{}\\%]", lambda match: f"%{ord(match[0]):02X}", cited.link)
    key = f"{cited.label}-v{cited.version}" if isinstance(cited, Cited) else cited.claim
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_event(cited: Cited) -> dict[str, str]:
    day = date.fromisoformat(cited.version_day)
    note = f"Version {cited.version} of {cited.version_day}, ledger {cited.ledger}, accessed {cited.accessed}"
    return {
        "year": str(day.year),
        "month": str(day.month),
        "version": str(cited.version),
        "howpublished": "Variorum ledger",
        "number": bibtex_escape(cited.name),
        "note": bibtex_escape(_noted(note, cited.redacted)),
    }


def _bibtex_claim(cited: CitedClaim) -> dict[str, str]:
    of = f" of {cited.event}" if cited.event else ""
    read = _one_line(cited.states)
    where = f"in {cited.where}, ledger {cited.ledger}, accessed {cited.accessed}"
    note = f"Claim {cited.claim}{of}, read as {read}, {where}"
    found = {"author": f"{{{bibtex_escape(cited.said_by)}}}"}  # one name, whatever commas and "and" stand in it
    if cited.published:
        day = date.fromisoformat(cited.published)
        found |= {"year": str(day.year), "month": str(day.month)}
    return found | {
        "organization": f"{{{bibtex_escape(_one_line(cited.outlet))}}}",
        "howpublished": "Variorum ledger",
        "number": bibtex_escape(cited.claim),
        "note": bibtex_escape(_noted(note, cited.redacted)),
    }


def _noted(note: str, profile: str) -> str:
    return "; ".join(part for part in (note, _left_out(profile)) if part)


def bibtex_escape(text: str) -> str:
    """Give a text with the signs that TeX reads as orders written out."""
    return "".join(_BIBTEX.get(sign, sign) for sign in text)


# ---------------------------------------------------------------- RIS
def cite_ris(cited: Citable) -> str:
    """Give the citation as a record of RIS: a tag a line, ended by CR LF."""
    rows = [
        ("TY", "DATA"),
        ("TI", cited.heading),
        *(_ris_event(cited) if isinstance(cited, Cited) else _ris_claim(cited)),
        ("AN", cited.name),
        ("DB", "Variorum ledger"),
        ("N1", f"Ledger {cited.ledger}"),
        *([("N1", _left_out(cited.redacted))] if cited.redacted else []),
        ("Y2", _slashed(cited.accessed)),
        *([("UR", _one_line(cited.link))] if cited.link else []),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows)


def _ris_event(cited: Cited) -> list[tuple[str, str]]:
    return [*_ris_day(cited.version_day), ("ET", f"Version {cited.version}")]


def _ris_claim(cited: CitedClaim) -> list[tuple[str, str]]:
    return [
        ("AU", cited.said_by),
        ("T2", _one_line(cited.headline or cited.report)),
        ("PB", _one_line(cited.outlet)),
        *(_ris_day(cited.published) if cited.published else []),
        ("N1", f"Read as {_one_line(cited.states)}"),
        ("N1", f"In: {cited.where}"),
        *([("N1", f"Claim of {cited.event}")] if cited.event else []),
    ]


def _ris_day(day: str) -> list[tuple[str, str]]:
    return [("PY", day[:4]), ("DA", _slashed(day))]


def _slashed(day: str) -> str:
    return date.fromisoformat(day).strftime("%Y/%m/%d")


# ---------------------------------------------------------------- CSL-JSON
def csl_object(cited: Citable) -> dict[str, Any]:
    """Give the citation as an item of CSL-JSON 1.0.2."""
    found: dict[str, Any] = {
        "id": cited.name,
        "type": "dataset",
        "title": cited.heading,
        **(_csl_event(cited) if isinstance(cited, Cited) else _csl_claim(cited)),
        "number": cited.name,
        "accessed": {"date-parts": [_parts(cited.accessed)]},
        "archive": "Variorum ledger",
        "archive_location": cited.ledger,
    }
    if cited.redacted:
        found["note"] = _noted(found.get("note", ""), cited.redacted)
    return found | ({"URL": cited.link} if cited.link else {})


def _csl_event(cited: Cited) -> dict[str, Any]:
    return {"version": str(cited.version), "issued": {"date-parts": [_parts(cited.version_day)]}}


def _csl_claim(cited: CitedClaim) -> dict[str, Any]:
    found: dict[str, Any] = {
        "author": [{"literal": cited.said_by}],
        "container-title": _one_line(cited.headline or cited.report),
        "publisher": _one_line(cited.outlet),
        "section": f"characters {cited.start}–{cited.end}",
    }
    if cited.published:
        found["issued"] = {"date-parts": [_parts(cited.published)]}
    of = f"; claim of {cited.event}" if cited.event else ""
    return found | {"note": f"Read as {_one_line(cited.states)}{of}"}


def cite_csl(cited: Citable) -> str:
    """Give the citation as CSL-JSON, a list of one."""
    return json.dumps([csl_object(cited)], ensure_ascii=False, indent=1) + "\n"


def _parts(day: str) -> list[int]:
    found = date.fromisoformat(day)
    return [found.year, found.month, found.day]


CITATIONS: Mapping[str, Callable[[Citable], str]] = {
    "text": cite_text,
    "bibtex": cite_bibtex,
    "ris": cite_ris,
    "csl": cite_csl,
}


# ---------------------------------------------------------------- the events of an export
def write_bibtex(issue: Issue, table: str = "") -> Iterator[str]:
    """Give a bibliography with an entry an event; keys are label and version."""
    if issue.redacted is not None:
        yield f"@comment{{{_left_out(issue.redacted.profile)}}}\n\n"
    for cited in _each(issue):
        yield cite_bibtex(cited) + "\n"


def write_ris(issue: Issue, table: str = "") -> Iterator[str]:
    """Give a file of RIS with a record an event, an empty line after each."""
    for cited in _each(issue):
        yield cite_ris(cited) + "\r\n"


def write_csl(issue: Issue, table: str = "") -> Iterator[str]:
    """Give one list of CSL-JSON with an item an event, a line an item."""
    before = "[\n"
    for cited in _each(issue):
        yield before + json.dumps(csl_object(cited), ensure_ascii=False)
        before = ",\n"
    yield ("[\n]" if before == "[\n" else "\n]") + "\n"


def _each(issue: Issue) -> Iterator[Cited]:
    if issue.as_of is not None:
        raise UsageError(
            "a citation is of a version as it was recorded, and as_of asks for a day of publication",
            "leave it out, or go back to what the ledger had recorded: --recorded TIME",
        )
    profile = issue.redacted.profile if issue.redacted is not None else ""
    for part in issue.parts():
        known = issue.cited(part)
        for event in part.events:
            if event.id in known:
                yield replace(known[event.id], redacted=profile)
