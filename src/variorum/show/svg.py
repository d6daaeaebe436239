"""Small parts of SVG fragments: escaped words, short numbers, elements. No style, no script, no address."""

from __future__ import annotations

import re
from html import escape

FONT = "system-ui,'Noto Sans','DejaVu Sans',sans-serif"
# Around words that a line may run behind; a stylesheet gives `chart-halo` the ground of the page.
HALO: dict[str, str | float] = {
    "stroke": "#fff", "stroke_width": 4.0, "stroke_linejoin": "round", "paint_order": "stroke",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def words(text: str) -> str:
    """Escape words from anywhere; what XML forbids and what turns the direction of the words after it is dropped."""
    return escape(_CONTROL.sub("", text), quote=True)


def short(value: float) -> str:
    """Write a number with one decimal at most."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def picture(kind: str, inside: str, size: tuple[float, float], about: tuple[str, str], **attributes: object) -> str:
    """Write a whole chart of `size` in pixels; `about` is its name and what it says, for those who hear it.

    It is one picture, unless `role` says that there are links in it.
    """
    width, height = size
    title, said = about
    inside = element("title", words(title)) + (element("desc", words(said)) if said else "") + inside
    look: dict[str, object] = {"role": "img", "font_family": FONT, "aria_label": title}
    return element(
        "svg",
        inside,
        cls=f"chart chart-{kind}",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        **(look | attributes),
    )


def element(name: str, inside: str | None = None, /, **attributes: object) -> str:
    """Write an element; `stroke_width` is stroke-width, `cls` is class; numbers get one decimal, None is left out.

    Attribute values are escaped; `inside` is markup and stands as it is.
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        text = short(value) if isinstance(value, int | float) else words(str(value))
        parts.append(f'{"class" if key == "cls" else key.replace("_", "-")}="{text}"')
    head = " ".join(parts)
    return f"<{head}/>" if inside is None else f"<{head}>{inside}</{name}>"
