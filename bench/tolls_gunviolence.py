"""People killed and injured per report on the Gun Violence Archive reports: each report alone against its incident.

Many reports give no number at all: "Jane Roe was shot dead" counts one. `report_harm` is the policy, `read_figures`
the reader, `tell_persons` puts together who is told one by one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import Figure, first_number, is_vague, low, read_figures
from variorum.extract.harmed import FATAL
from variorum.extract.peoplewords import words
from variorum.extract.persons import Person, tell_persons

PROPS = {"killed": "n_killed", "injured": "n_injured"}
# Sentences after the first harm told in which figures, and persons first met, belong to the incident; what comes later
# is most often another one. Tried 4 to 14 on the even reports: flat within half a point.
COUNTED = 8
MET = 5
MOST = 100  # larger figures count a year or a city

NUMBER = re.compile(
    r"^(?:\W*(?:at least|about|nearly|some|another|the|all|up to|more than|these|those|their|his|her) )*"
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?!-)",
    re.I,
)
SHOT = re.compile(r"shot|shoot|struck|strik|hit|stab|graz|taken|sent|rushed|transported|gunshot", re.I)
KILLING = words("killed kills killing kill shot murdered murdering shooting")
INCLUDING = re.compile(
    r"\bincluding (?:the |a |an |one )?(?:\w+ )?(?:gunman|shooter|suspects?|attacker|assailant|himself)\b", re.I
)
SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|\d+|several|separate|multiple|string of|series of|rash of"
    r"|unrelated)(?: \w+){0,2} (?:shootings|incidents|attacks)\b|\bshootings\b"
    r"|\b(?:over|during) (?:the|a|this)(?: \w+){0,3} weekend\b|\b(?:in|within) (?:\d+|[\w-]+) hours\b",
    re.I,
)
BOTH_DEAD = re.compile(r"\bmurder[-/ ]suicide\b", re.I)
NOT_FATAL = re.compile(
    r"\bnon-?fatal\w*|\battempt\w*(?: [\w-]+){0,2} (?:murder|homicide|suicide|manslaughter)"
    r"|\b(?:assault|intent)(?: \w+)? to (?:commit )?(?:murder|kill)|\bdeath (?:threat|penalty|row)s?"
    r"|\bhomicide (?:unit|detective|bureau|investigator|division|squad|section)s?",
    re.I,
)


def report_harm(figures: Sequence[Figure], title: str = "") -> dict[str, int]:
    """Give the killed and the injured of a report: its first figures, else the persons it tells one by one.

    Those "shot" include the dead; a gunman who killed himself is counted on top of those he killed.
    """
    told = [f for f in figures if not f.toll.total and f.toll.stance != "denies"]
    harm = [f for f in told if f.toll.prop in PROPS and low(f.toll.value)]
    deadly = FATAL.search(NOT_FATAL.sub(" ", title)) is not None
    if not harm:
        return {"killed": int(deadly), "injured": 0}
    first = max(min(f.sentence for f in harm), 0)
    persons = tell_persons(told)
    near = [person for person in persons if person.first <= first + MET]
    dead, hurt = [p for p in near if p.dead], [p for p in near if not p.dead]
    opening = " ".join([title, *(f.text for f in told if f.sentence <= first + 1)])
    if hurt and FATAL.search(NOT_FATAL.sub(" ", opening)) is None:
        # A report that opens with people hurt and no death tells other deaths as background.
        dead = [person for person in dead if person.hurt or person.first <= first + 1]
    none = any(f.toll.prop == "killed" and f.toll.value == "0" and f.toll.scope == "all" for f in told[:COUNTED])

    beside = _counted(harm, "killed", first)
    if beside:
        killed = _sum(beside)
        if _on_top(beside, harm):
            killed += any(person.dead and person.first <= beside[0].sentence for person in persons)
        opening = " ".join([title, *(f.text for f in told if f.sentence <= first + COUNTED)])
        himself = any(person.dead and person.self_done for person in near)
        killed += himself and any(_is_object(f) for f in beside) and INCLUDING.search(opening) is None
    else:
        killed = 0 if none and not any(person.first <= 1 for person in dead) else len(dead)
    if killed and BOTH_DEAD.search(opening):
        killed = max(killed, 2)

    wounded = _counted(harm, "injured", first)
    if wounded:
        injured = _sum(wounded) + _on_top(wounded, harm)
        shot = all(f.toll.weak for f in wounded) and any(SHOT.search(_cue(f)) for f in wounded)
        if shot and not any(f.toll.more for f in wounded):
            injured = max(0, injured - killed)
    else:
        injured = _hurt(hurt, killed - len(dead))
        if not killed and deadly and not none:
            return {"killed": 1, "injured": injured - 1 if injured == 1 else injured}
    return {"killed": killed, "injured": injured}


def _hurt(hurt: Sequence[Person], unnamed: int) -> int:
    """Give how many persons were hurt: of those only told as shot, the dead whom no sentence names are taken off."""
    sure = sum(person.survived for person in hurt)
    return sure + max(0, len(hurt) - sure - max(0, unnamed))


def _counted(harm: Sequence[Figure], prop: str, first: int) -> list[Figure]:
    """Give the figures of the first sentence that counts people, one of a single event before one of several."""
    rows = [
        f
        for f in harm
        if f.toll.prop == prop
        and not (f.toll.part or f.toll.known or f.toll.named or is_vague(f))
        and low(f.toll.value) < MOST
        and f.sentence <= first + COUNTED
    ]
    single = [f for f in rows if f.sentence > 3 or SEVERAL.search(f.text) is None]
    rows = single if any(low(f.toll.value) > 1 for f in single) else rows
    lead = next((f for f in rows if low(f.toll.value) > 1 or _is_numbered(f, prop)), None)
    return [] if lead is None else list({f.toll.start: f for f in rows if f.sentence == lead.sentence}.values())


def _is_numbered(figure: Figure, prop: str) -> bool:
    """Tell whether a figure of one is a count, "one dead", not a person, "a man"."""
    span = figure.text[figure.toll.start : figure.toll.end]
    weak = prop == "injured" and figure.toll.weak
    return NUMBER.match(span) is not None and not figure.toll.more and not weak


def _sum(figures: Sequence[Figure]) -> int:
    """Give the sum of the figures of a sentence; a title gives the same people twice, as three dead and a woman."""
    numbers = [low(f.toll.value) for f in figures]
    if figures[0].sentence >= 0:
        return sum(numbers)
    return max(sum(number for number in numbers if number == 1), *numbers)


def _on_top(figures: Sequence[Figure], harm: Sequence[Figure]) -> bool:
    """Tell whether somebody without a figure stands before "and three others": "he and three others were shot"."""
    if len(figures) != 1 or not figures[0].toll.more or low(figures[0].toll.value) < 2:
        return False
    only = figures[0]
    if any(f.sentence == only.sentence and f is not only and not f.toll.part for f in harm):
        return False
    joined = re.search(r"(?:\band|,|&)\s*$", only.text[: only.toll.start]) is not None
    return (joined and only.toll.end <= only.toll.cue_start) or only.toll.prop == "killed"


def _cue(figure: Figure) -> str:
    return figure.text[figure.toll.cue_start : figure.toll.cue_end].lower()


def _is_object(figure: Figure) -> bool:
    return figure.toll.start >= figure.toll.cue_end and _cue(figure).split()[-1] in KILLING


def load_rows(data: Path) -> list[tuple[Mapping[str, str], Mapping[str, str]]]:
    """Give each report with its incident; `data` is the folder with reports.jsonl or its parent."""
    folder = data if (data / "incidents.jsonl").exists() else data / "gunviolence"
    lines = (folder / "incidents.jsonl").read_text(encoding="utf-8").splitlines()
    incidents = {row["incident_id"]: row for row in map(json.loads, lines)}
    reports = map(json.loads, (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines())
    return [(row, incidents[row["incident_id"]]) for row in reports if row["incident_id"] in incidents]


def run(data: Path) -> dict[str, object]:
    """Measure the share of reports whose killed and injured are those of the incident, beside the first-number rule."""
    rows = load_rows(data)
    hits, plain = dict.fromkeys(PROPS, 0), dict.fromkeys(PROPS, 0)
    both = plain_both = 0
    for report, incident in rows:
        told = report_harm(read_figures(report["text"], report["title"]), report["title"])
        number = first_number(report["title"] + ". " + report["text"])
        right = {prop: told[prop] == int(incident[key]) for prop, key in PROPS.items()}
        easy = {"killed": number == int(incident["n_killed"]), "injured": int(incident["n_injured"]) == 0}
        for prop in PROPS:
            hits[prop] += right[prop]
            plain[prop] += easy[prop]
        both += all(right.values())
        plain_both += all(easy.values())
    total = len(rows)
    return {
        "task": "tolls-gunviolence",
        "n": total,
        "metrics": {f"{prop}_exact": round(hits[prop] / total, 4) for prop in PROPS}
        | {"both_exact": round(both / total, 4)},
        "baseline": {f"{p}_exact": round(plain[p] / total, 4) for p in PROPS}
        | {"both_exact": round(plain_both / total, 4)},
    }
