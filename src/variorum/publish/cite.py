"""How an event is cited: as a sentence, and for programs that keep references (BibTeX, RIS, CSL-JSON).

Invariant: a citation names the version and the hash that pins down the ledger, so what is cited can be found as it was;
each form escapes what its own signs would break.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from variorum.errors import UsageError

SHORT = 12  # characters of the hash in a sentence: 48 bits, and the whole hash stands in the other forms
_BIBTEX = {sign: f"\\{sign}" for sign in "{}$&#_%"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
}
_ID = re.compile(r"EV-[0-9A-Z]+")


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

    @property
    def name(self) -> str:
        """The name of the version: EV-7K3Q@4."""
        return f"{self.label}@{self.version}"

    @property
    def heading(self) -> str:
        """The label and title with the event's day, on one line; the day once."""
        title = " ".join(sign_free(self.title).split())
        return f"{self.label}: {title}" + (f", {self.when}" if self.when and self.when not in title else "")


def make_cited(cited: Cited) -> Cited:
    """Check what is to be cited. Raises UsageError for a day, version, label or hash that is none."""
    for day in (cited.version_day, cited.accessed):
        try:
            date.fromisoformat(day)
        except ValueError:
            raise UsageError(f"{day} is not a day", "write it as 2017-09-14") from None
    if cited.version < 1 or _ID.fullmatch(cited.label) is None:
        raise UsageError(f"{cited.label}@{cited.version} is no version of an event", "cite one as EV-7K3Q@4")
    if re.fullmatch(r"[0-9a-f]{8,}", cited.ledger) is None:
        raise UsageError("the hash of the ledger is none", "variorum log")
    return cited


def sign_free(text: str) -> str:
    """Give a text without control and direction marks, which would break a line or turn what follows."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def cite_text(cited: Cited) -> str:
    """Give the citation as a sentence."""
    return (
        f"“{cited.heading}.” Version {cited.version}, {cited.version_day}, ledger {cited.ledger[:SHORT]}…, "
        f"accessed {cited.accessed}." + (f" {cited.link}" if cited.link else "")
    )


def cite_bibtex(cited: Cited) -> str:
    """Give the citation as an entry of BibTeX or BibLaTeX; UTF-8."""
    day = date.fromisoformat(cited.version_day)
    fields = {
        "title": f"{{{bibtex_escape(cited.heading)}}}",  # double braces keep capitals
        "year": str(day.year),
        "month": str(day.month),
        "version": str(cited.version),
        "howpublished": "Variorum ledger",
        "number": bibtex_escape(cited.name),
        "note": f"Version {cited.version} of {cited.version_day}, ledger {cited.ledger}, accessed {cited.accessed}",
        "urldate": cited.accessed,
    }
    if cited.link:
        fields["url"] = re.sub(r"[\s{}\\%]", lambda match: f"%{ord(match[0]):02X}", cited.link)
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{{cited.label}-v{cited.version},\n" + ",\n".join(lines) + "\n}\n"


def bibtex_escape(text: str) -> str:
    """Give a text with the signs that TeX reads as orders written out."""
    return "".join(_BIBTEX.get(sign, sign) for sign in text)


def cite_ris(cited: Cited) -> str:
    """Give the citation as a record of RIS: a tag a line, ended by CR LF."""
    day = date.fromisoformat(cited.version_day)
    rows = [
        ("TY", "DATA"),
        ("TI", cited.heading),
        ("PY", f"{day.year}"),
        ("DA", day.strftime("%Y/%m/%d")),
        ("ET", f"Version {cited.version}"),
        ("AN", cited.name),
        ("DB", "Variorum ledger"),
        ("N1", f"Ledger {cited.ledger}"),
        ("Y2", date.fromisoformat(cited.accessed).strftime("%Y/%m/%d")),
        *([("UR", cited.link)] if cited.link else []),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows)


def csl_object(cited: Cited) -> dict[str, Any]:
    """Give the citation as an item of CSL-JSON 1.0.2."""
    found: dict[str, Any] = {
        "id": cited.name,
        "type": "dataset",
        "title": cited.heading,
        "version": str(cited.version),
        "number": cited.name,
        "issued": {"date-parts": [_parts(cited.version_day)]},
        "accessed": {"date-parts": [_parts(cited.accessed)]},
        "archive": "Variorum ledger",
        "archive_location": cited.ledger,
    }
    return found | ({"URL": cited.link} if cited.link else {})


def cite_csl(cited: Cited) -> str:
    """Give the citation as CSL-JSON, a list of one."""
    return json.dumps([csl_object(cited)], ensure_ascii=False, indent=1) + "\n"


def _parts(day: str) -> list[int]:
    found = date.fromisoformat(day)
    return [found.year, found.month, found.day]


CITATIONS: Mapping[str, Callable[[Cited], str]] = {
    "text": cite_text,
    "bibtex": cite_bibtex,
    "ris": cite_ris,
    "csl": cite_csl,
}
