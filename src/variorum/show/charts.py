"""The charts of the pages, in one place: each draws an SVG fragment and gives the same data as rows of a table."""

from __future__ import annotations

from variorum.show.intervals import INTERVAL_HEADS, Interval, draw_intervals, interval_rows
from variorum.show.timelinestrip import TIMELINE_HEADS, Moment, draw_timeline, timeline_rows
from variorum.show.tollchart import TOLL_HEADS, TollPoint, draw_toll, toll_rows
from variorum.show.waterfall import EVIDENCE_HEADS, EvidenceStep, draw_waterfall, waterfall_rows

__all__ = [
    "EVIDENCE_HEADS", "EvidenceStep", "INTERVAL_HEADS", "Interval", "Moment", "TIMELINE_HEADS", "TOLL_HEADS",
    "TollPoint", "draw_intervals", "draw_timeline", "draw_toll", "draw_waterfall", "interval_rows", "timeline_rows",
    "toll_rows", "waterfall_rows",
]  # fmt: skip
