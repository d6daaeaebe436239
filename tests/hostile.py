"""Reports that try to get into the page that shows them, and values that no page expects. All are invented."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib

MARK = "xq7"  # in every attempt, so that what got through is found by its name
TAGS = (
    f"<script>{MARK}()</script>",
    f"<svg onload={MARK}()><{MARK} {MARK}=1>",
    f"<img src=x onerror={MARK}()>",
    f'" onmouseover="{MARK}()" {MARK}="',
    f"' onfocus='{MARK}()' autofocus {MARK}='",
    f"</title></textarea></style><{MARK}>",
    f"--><{MARK}><!--",
    f"]]><{MARK}>",
    f"{{{{ 7*7 }}}}{{% {MARK} %}}",
    f"<a href='javascript:{MARK}()'>{MARK}</a>",
    f"&lt;{MARK}&gt; &#60;{MARK}&#62; &amp;lt;{MARK}",
)
TURNED = "\u202eevoba\u202c \u2066left\u2069 \u200f\u061c"
ADDRESSES = (
    f"javascript:{MARK}()//",
    f'https://a.example/"onclick="{MARK}()',
    f"data:text/html,<script>{MARK}()</script>",
    f"https://a.example/<{MARK}>?a='&b=\"",
    "file:///etc/passwd",
    "//b.example/x",
)
STORY = (
    "RAQQA, 3 June 2018 ({outlet}) - Seven people were killed on Saturday when a car bomb exploded in the market of "
    "Raqqa, {source} said. {tag} A doctor at the national hospital said 12 people were injured. “{tag}”, said {tag}. "
    'The "{tag}" group claimed the attack. {turned}'
)

# Values for parameters and parts of paths.
NASTY = (
    "\0",
    "%00",
    "a\0b",
    "-1",
    "0",
    "00000000000000000000000000000001",
    "9" * 40,
    "1e309",
    "NaN",
    "٣",
    "²",
    "\u202e\u2066",
    "\ud800",
    "../../etc/passwd",
    "..%2f..%2f",
    "'; DROP TABLE event; --",
    '" OR "1"="1',
    "%' OR '%'='",
    "*",
    '"',
    "NEAR(a b",
    "2017-02-30",
    "0000-00-00",
    "9999-12-31",
    "EV-",
    "EV-0000",
    "EV-7K3Q@0",
    "EV-7K3Q@99999999999999999999",
    "R0",
    "R999999999999",
    "clm_",
    TAGS[0],
    TAGS[3],
    "{{7*7}}",
    "a" * 10_000,
    "😀" * 250,
    " ",
    "\n\r\t",
    "1,2,3,4",
    "nan,nan,inf,-inf",
    "1",
)


def write_reports(folder: Path) -> list[Path]:
    """Write reports of which every field is an attempt, and some that are only too much; give the files."""
    lines = []
    for place, tag in enumerate(TAGS):
        address = ADDRESSES[place % len(ADDRESSES)]
        lines.append(
            {
                "id": f"{tag}-{place}",
                "url": address + str(place),
                "outlet": f"{tag} Post {TURNED}",
                "title": f"Seven killed in Raqqa {tag} {TURNED}",
                "published": "2018-06-04",
                "lang": "en" if place % 2 else f'en" {MARK}="1',
                "text": STORY.format(outlet=tag, source=f"General {tag.title()} of the police", tag=tag, turned=TURNED),
            }
        )
    plain = STORY.format(outlet="Wire", source="police", tag="", turned="")
    for outlet, title, text in (
        ("C", "", "w" * 20_000 + " " + plain),
        ("D", "", plain + " word" * 200_000),
        ("E\0E", "N\0N", plain.replace("market", "mar\0ket")),
    ):
        url = f"https://c.example/{len(lines)}"
        lines.append({"url": url, "outlet": outlet, "title": title, "published": "2018-06-05", "text": text})
    written = folder / "hostile.jsonl"
    written.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    page = folder / f"page {MARK}.html"
    page.write_text(
        f"<html lang='en'><head><title>Raid {TAGS[0]}</title></head><body><article><h1>Bomb &lt;{MARK}&gt; kills 7</h1>"
        f"<p>{plain.replace('police', f'&lt;{MARK}&gt; police')}</p><p>{plain}</p></article></body></html>",
        encoding="utf-8",
    )
    raw = folder / "raw.txt"
    raw.write_bytes(
        b"RAQQA, 3 June 2018 - Seven people were killed in Raqqa on Saturday\x00, police said. \xff\xfe\x80\n" * 3
    )
    return [written, page, raw]


# ---------------------------------------------------------------- what may stand in a page
TEMPLATES = Path(__file__).parents[1] / "src" / "variorum" / "web" / "templates"
IMPLIED = {"tbody", "colgroup"}  # that a browser puts in by itself
# What drawings are made of: nothing that runs, moves or fetches.
DRAWN = ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title")
DRAWN += ("desc", "defs", "pattern", "marker", "clippath", "a")


def own_elements() -> set[str]:
    """Give the names of the elements that the templates and drawings of the project write."""
    sources = [*TEMPLATES.glob("*.html"), *(TEMPLATES.parents[1] / "show").glob("*.py")]
    sources += [*(TEMPLATES.parent).rglob("*.py")]
    found = {name for source in sources for name in re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", source.read_text("utf-8"))}
    return {name.lower() for name in found} | IMPLIED | {*DRAWN}


def find_intruders(page: str, own: set[str]) -> list[str]:
    """Give what stands in a page that only a report can have put there, a line each."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [fault for element in tree.iter() if isinstance(element.tag, str) for fault in _faults(element, own)]


def _faults(element: object, own: set[str]) -> Iterator[str]:
    tag = str(element.tag).rpartition("}")[2].lower()  # type: ignore[attr-defined]
    attributes = {str(name).lower(): str(value) for name, value in element.attrib.items()}  # type: ignore[attr-defined]
    text = (element.text or "").strip()  # type: ignore[attr-defined]
    if tag not in own or MARK in tag:
        yield f"element {tag}"
    if tag in ("script", "link") and not attributes.get("src" if tag == "script" else "href", "").startswith(
        "/static/"
    ):
        yield f"{tag} of {attributes}"
    if (tag == "script" and text) or tag in ("style", "iframe", "object", "embed", "base", "frame"):
        yield f"{tag} with {text[:60]}"
    for name, value in attributes.items():
        if name.startswith("on") or name in ("style", "srcdoc") or MARK in name:
            yield f"{tag} with {name}={value[:60]}"
        if name in ("href", "src", "action", "formaction", "xlink:href") and not _leads_well(tag, value):
            yield f"{tag} leads to {value[:60]}"


def _leads_well(tag: str, address: str) -> bool:
    """Tell whether an address is one of this server, or a link to a page of the web that a person may follow."""
    if address.startswith(("#", "?")) or (address.startswith("/") and not address.startswith(("//", "/\\"))):
        return True
    return tag == "a" and re.match(r"https?://[^\s]", address) is not None
