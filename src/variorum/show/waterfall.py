"""What speaks for and against that two reports tell of one event, each step from where the one before ended.

The numbers are the weights of the model of sameness (natural logarithm of odds); none says what is true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.show.labels import text_width
from variorum.show.svg import HALO, element, picture, words

ROW, BAR, TEXT, FOOT = 26.0, 17.0, 12.0, 30.0
LABEL_SHARE, LETTERS = 0.42, 46
FOR, AGAINST = "#5b8f76", "#c2504a"


@dataclass(frozen=True, slots=True)
class EvidenceStep:
    """One thing that was compared."""

    label: str  # "number of missiles"
    weight: float
    left: str = ""  # what the one report says of it
    right: str = ""


EVIDENCE_HEADS = ("evidence", "first report", "second report", "weight")


def waterfall_rows(steps: Sequence[EvidenceStep]) -> list[tuple[str, ...]]:
    """Give the chart as a table under EVIDENCE_HEADS, with the total last."""
    rows = [(step.label, step.left, step.right, signed(step.weight)) for step in steps]
    return [*rows, ("total", "", "", signed(sum(step.weight for step in steps)))]


def signed(weight: float) -> str:
    """Write a weight with its sign and one decimal."""
    text = f"{abs(weight):.1f}"
    return text if text == "0.0" else ("+" if weight > 0 else "−") + text


def draw_waterfall(steps: Sequence[EvidenceStep], needs: float = 0.0, width: float = 640.0, title: str = "") -> str:
    """Draw the steps; the dashed line is what the total needs for the two to be joined."""
    if not steps:
        return ""
    ends = [0.0]
    for step in steps:
        ends.append(ends[-1] + step.weight)
    low, high = min(*ends, needs), max(*ends, needs)
    left = width * LABEL_SHARE
    room = text_width("+00.0", TEXT) + 14
    scale = (width - left - room) / ((high - low) or 1.0)
    height = ROW * len(steps) + FOOT
    parts = [_threshold(left + (needs - low) * scale, height, needs, ends[-1], width)]
    for row, (step, start, end) in enumerate(zip(steps, ends, ends[1:])):
        x, y = left + (min(start, end) - low) * scale, ROW * row + (ROW - BAR) / 2
        name, ink = ("chart-for", FOR) if step.weight >= 0 else ("chart-against", AGAINST)
        box = {"x": x, "y": y, "width": max(1.5, abs(end - start) * scale), "height": BAR}
        parts.append(element("rect", cls=f"chart-bar {name}", fill=ink, **box))
        base = y + BAR / 2 + 4
        text = {"y": base, "font_size": TEXT}
        label = step.label if len(step.label) <= LETTERS else step.label[: LETTERS - 1] + "…"
        fit = min(TEXT, TEXT * (left - 16) / max(1.0, text_width(label, TEXT)))
        look = {"x": left - 12, "y": base, "font_size": fit, "text_anchor": "end", "fill": "#222"}
        parts.append(element("text", words(label), cls="chart-label", **look))
        at = _beside(x, box["width"], left + (needs - low) * scale, text_width(signed(step.weight), TEXT))
        number = {"x": at, "fill": "#444", **text, **HALO}
        parts.append(element("text", signed(step.weight), cls="chart-weight chart-halo", **number))
        if row + 1 < len(steps):
            joint = {"x1": left + (end - low) * scale, "x2": left + (end - low) * scale, "y1": y + BAR, "y2": y + ROW}
            parts.append(element("line", cls="chart-joint", stroke="#999", stroke_width=0.8, **joint))
    said = "; ".join(f"{row[0]} {row[3]}" for row in waterfall_rows(steps))
    name = title or "What speaks for and against one event"
    return picture("waterfall", "".join(parts), (width, height), (name, said))


def _beside(x: float, wide: float, threshold: float, room: float) -> float:
    """Give where the number of a bar begins: right of it, or past the dashed line where that would cross it."""
    at = x + wide + 5
    return threshold + 5 if at - 3 < threshold < at + room + 3 else at


def _threshold(x: float, height: float, needs: float, total: float, width: float) -> str:
    look = {"x1": x, "x2": x, "y1": 0.0, "y2": height - FOOT + 6, "stroke": "#333", "stroke_width": 1.2}
    line = element("line", cls="chart-needs", stroke_dasharray="3 3", **look)
    text = f"total {signed(total)}; joined from {signed(needs)} on"
    half = text_width(text, TEXT) / 2
    at = min(max(x, half + 4), width - half - 4)
    note = {"x": at, "y": height - 9, "font_size": TEXT, "text_anchor": "middle", "fill": "#222"}
    return line + element("text", words(text), cls="chart-total", **note)
