"""Reports of FA-KES grouped by what they are about, against people's groups of one coded day and governorate. B³.

Three groupings are measured. `b3_*`: reports whose principal mentions are in one event. `day_governorate_b3_f1`: those
whose events the ledger puts on one day in one governorate, which is what people's groups are: a group holds all that
happened in Aleppo on a day, not one event; a report without a stated day counts on the day it was printed.
`printed_governorate_b3_f1`: the same with the day of printing for all, because the day that people coded is that of
printing (`labels_day_printed` of the reports that print one); a report that prints none stands alone.

The groups are noisy, and the run says how noisy, so that the figures can be read:

* `labels_copies_split`: of the copies among the reports (found by wording alone), the share that people coded into
  another group than the original;
* `labels_day_off`: of reports that state a day or are printed with one, the share whose coded day lies more than one
  day from all of these;
* `labels_toll_apart`: of pairs in one group, the share whose coded tolls differ by more than half;
* `ceiling_copies_b3_f1`: people's own groups with copies joined, held against them;
* `ceiling_printed_b3_f1`: reports grouped by the day they were printed and the governorate that people coded;
* `ceiling_events_b3_f1`: reports grouped by people's own codes as events are: one governorate, printed at most a day
  apart, tolls that differ by half at most. A matcher that made no error about events would score near it.

Reports that are in the file twice count once; those that people coded into several groups are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.baselines import Groups, day_of, group_by_taxonomy, group_by_words, group_one_a_day, make_item
from bench.incidents import Resolved
from bench.scorers import b_cubed
from bench.syria_classes import class_of_actor, class_of_place
from bench.syria_ledger import resolve_syria, single_day
from bench.tolls_syria import find_reports, load_reports
from variorum.model import Event
from variorum.pipeline.places import gazetteer
from variorum.resolve.days import read_days

Row = Mapping[str, str]
NEAR_DAYS = 1
TOLL_RATIO = 1.5
WEEK = 7  # a date wider than this does not say when


def gold_groups(rows: Sequence[Row]) -> dict[str, str]:
    """Lead each report's id to its group; a report that people coded into several is in none."""
    held: dict[str, set[str]] = {}
    for row in rows:
        held.setdefault(row["id"], set()).add(row["group_date_location"])
    return {report: next(iter(groups)) for report, groups in held.items() if len(groups) == 1}


def group_by_day_and_governorate(resolved: Resolved, *, printed: bool = False) -> dict[str, tuple[object, str]]:
    """Lead each article to the day and governorate of the event it is about; to itself for what is not known.

    With `printed` the day is that of printing, whatever day the event has.
    """
    events = {event.id: event for event in resolved.resolution.events}
    principals = resolved.principals()
    result: dict[str, tuple[object, str]] = {}
    for article in resolved.articles:
        event = events.get(principals[article.id])
        day = (single_day(event) if event and not printed else None) or day_of(article.published)
        where = governorate_of(event) if event else ""
        result[article.id] = (day or article.id, where or article.id)
    return result


def governorate_of(event: Event) -> str:
    """Give the class of the governorate of the first place of an event that lies in one, or ""."""
    places = (value.value for value in event.values if value.prop == "place")
    return next(filter(None, (class_of_place(place, gazetteer()) for place in places)), "")


def toll_of(row: Row) -> int:
    """Give how many dead people coded for a report."""
    return sum(int(float(row[scope] or 0)) for scope in ("civilians", "noncivilians"))


def tolls_meet(left: int, right: int) -> bool:
    """Tell whether the larger of two tolls is at most half more than the smaller; none and one are alike."""
    return max(left, right) <= TOLL_RATIO * max(1, min(left, right))


def run(data: Path) -> dict[str, object]:
    """Measure events and the plain methods against people's groups, and the groups themselves."""
    rows = load_reports(data)
    groups = gold_groups(rows)
    coded = {row["id"]: row for row in rows}
    resolved = resolve_syria(find_reports(data))
    report_of = {article.id: article.url.partition("#")[2] for article in resolved.articles}
    gold = {article: groups[report] for article, report in report_of.items() if report in groups}
    codes = {article: coded[report_of[article]] for article in gold}

    def score(predicted: Mapping[str, object]) -> dict[str, float]:
        return b_cubed({article: repr(predicted[article]) for article in gold}, gold)

    book = gazetteer()
    items = [
        make_item(article, told.mentions, told.claims, book, class_of_actor)
        for article in resolved.articles
        for told in (resolved.readings[article.id],)
    ]
    metrics = {f"b3_{name}": value for name, value in score(resolved.principals()).items()}
    metrics |= resolved.compared(gold)
    metrics["day_governorate_b3_f1"] = score(group_by_day_and_governorate(resolved))["f1"]
    metrics["printed_governorate_b3_f1"] = score(group_by_day_and_governorate(resolved, printed=True))["f1"]
    words = score(group_by_words(items))
    plain = {
        "one_a_day": group_one_a_day(items),
        "one_a_day_and_place": group_one_a_day(items, by_place=True),
        "day_km_taxonomy": group_by_taxonomy(items),
        "alone": {item.id: item.id for item in items},
    }
    metrics |= {f"plain_{name}_b3_f1": score(told)["f1"] for name, told in plain.items()}
    metrics |= noise_of_labels(resolved, gold, codes)
    baseline = {f"b3_{name}": value for name, value in words.items()} | dict.fromkeys(
        ("day_governorate_b3_f1", "printed_governorate_b3_f1"), words["f1"]
    )
    return {
        "task": "incidents-syria",
        "n": len(gold),
        "metrics": {name: round(value, 4) for name, value in metrics.items()},
        "baseline": {name: round(value, 4) for name, value in baseline.items()},
    }


def noise_of_labels(resolved: Resolved, gold: Mapping[str, str], codes: Mapping[str, Row]) -> dict[str, float]:
    """Measure how far people's groups contradict the texts and one another; see the head of the module."""
    printed = {article.id: day_of(article.published) for article in resolved.articles}
    copies = [copy for copy in resolved.copies if copy.article_id in gold and copy.original_id in gold]
    joined = Groups(gold)
    founders: dict[str, str] = {}
    for article, group in gold.items():
        joined.join(founders.setdefault(group, article), article)
    for copy in copies:
        joined.join(copy.article_id, copy.original_id)
    tolls = {article: toll_of(row) for article, row in codes.items()}
    where = {article: row["governorate"] for article, row in codes.items()}
    as_events = Groups(gold)
    pairs = apart = 0
    articles = sorted(gold)
    for number, left in enumerate(articles):
        for right in articles[:number]:
            if where[left] != where[right]:
                continue
            alike = tolls_meet(tolls[left], tolls[right])
            if gold[left] == gold[right]:
                pairs += 1
                apart += not alike
            one, other = printed[left], printed[right]
            if alike and one is not None and other is not None and abs(one - other) <= NEAR_DAYS:
                as_events.join(left, right)
    by_print = {article: f"{printed[article] or article} {where[article]}" for article in gold}
    off = [_days_off(resolved, article, codes[article]) for article in gold]
    dated_print = [article for article in gold if printed[article] is not None]
    dated = [days for days in off if days is not None]
    return {
        "ceiling_copies_b3_f1": b_cubed(joined.named(), gold)["f1"],
        "ceiling_printed_b3_f1": b_cubed(by_print, gold)["f1"],
        "ceiling_events_b3_f1": b_cubed(as_events.named(), gold)["f1"],
        "labels_copies_split": share(sum(gold[c.article_id] != gold[c.original_id] for c in copies), len(copies)),
        "labels_day_printed": share(
            sum(printed[a] == day_of(codes[a]["event_date"]) for a in dated_print), len(dated_print)
        ),
        "labels_day_off": share(sum(days > NEAR_DAYS for days in dated), len(dated)),
        "labels_toll_apart": share(apart, pairs),
    }


def _days_off(resolved: Resolved, article: str, row: Row) -> int | None:
    """Give how many days the coded day lies from the nearest that the report states or is printed with."""
    coded = day_of(row["event_date"])
    spans = [read_days(claim.value) for claim in resolved.readings[article].claims if claim.prop == "date"]
    known = [(days.low, days.high) for days in spans if days is not None and 0 < days.width <= WEEK]
    published = next(day_of(a.published) for a in resolved.articles if a.id == article)
    known += [(published, published)] if published is not None else []
    gaps = [max(0, low - coded, coded - high) for low, high in known if low and high and coded]
    return min(gaps, default=None)


def share(part: int, whole: int) -> float:
    """Give a share, 0 of none."""
    return part / whole if whole else 0.0
