"""Actor, cause, governorate and date per report on FA-KES, from the claims of each report's main event.

The set codes one event a report in few classes. The tables below say which of our values stand for which class, in
general names; reading itself is `read_article`.
"""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from bench.reader import parts, use
from bench.tolls_claims import NOW, PROCESSES
from bench.tolls_syria import find_reports, load_reports
from variorum.extract.rules import read_article
from variorum.gather.files import read_inputs
from variorum.model import Article, Claim, Extraction, Mention
from variorum.schema import load_schema
from variorum.values.area import split_place
from variorum.values.gazetteer import Gazetteer, open_gazetteer
from variorum.values.name import compare_name

UNKNOWN = "unknown"
GOVERNMENT = "syrian government or russian troops"
COALITION = "international coalition forces"
ISIS = "isis"
KURDISH = "self administration forces"
NUSRA = "al-nusra front"
OPPOSITION = "armed opposition groups"

# Class of an actor, as the first row that holds its name, a part of it, or a word of it. Plain militants, gunmen and
# attackers are nobody in particular: "unknown".
ACTORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (ISIS, ("Islamic State",), r"\bIslamic State\b"),
    (
        NUSRA,
        ("Nusra Front", "Jabhat Fateh al-Sham", "Hayat Tahrir al-Sham"),
        r"\bNusra\b|\b(?:Fateh|Fatah|Tahrir) al-Sham\b",
    ),
    (
        KURDISH,
        ("Syrian Democratic Forces", "People's Protection Units", "Women's Protection Units"),
        r"\bKurd|\bSyria Democratic Forces\b",
    ),
    (
        COALITION,
        ("US-led coalition", "United States", "France", "United Kingdom", "NATO"),
        r"(?i:\bcoalition\b)|\bUS-led\b",
    ),
    (
        OPPOSITION,
        ("Free Syrian Army", "Ahrar al-Sham", "Jaish al-Islam", "Army of Conquest", "Turkey", "al-Qaeda"),
        r"(?i:\brebels?|\bopposition\b|\binsurgent|\bislamist|\barmed group)"
        r"|\b(?:Jaish|Jaysh|Faylaq|Failaq|Liwa|Ahrar) ",
    ),
    (
        GOVERNMENT,
        ("Syria", "Russia", "Iran", "Hezbollah", "National Defence Forces", "Republican Guard", "Tiger Forces"),
        r"\b(?:regime|government|pro-government|loyalists?|Assad|army|military|air force|soldiers|troops)\b",
    ),
)

# Class of a cause by the kind of the mention; "" where the kind does not tell with what.
CAUSE_OF_KIND: Mapping[str, str] = {
    "chemical_attack": "chemical and toxic gases",
    "execution": "execution",
    "bombing": "explosion",
    "strike": "shelling",
    "clash": "shooting",
}
# What the claims say was used, the first row that fits: for kinds that do not tell, and for what was bombed from afar.
CAUSE_OF_WEAPON: tuple[tuple[str, str], ...] = (
    (r"bomb\.(?:car|suicide|roadside|motorcycle|sticky|parcel|time)|mine", "explosion"),
    (r"bomb\.(?:barrel|aerial|cluster|vacuum)|missile|rocket|shell", "shelling"),
    (r"bomb", "explosion"),
    (r"gun", "shooting"),
)
POISON = 400  # letters behind the first toll in which the agent is named that killed; further on it is history

# Class of a governorate by the gazetteer entry of the province; Damascus and its countryside are one class of the set.
GOVERNORATES: Mapping[str, str] = {
    "ne:SY.aleppo": "aleppo",
    "ne:SY.idlib": "idlib",
    "ne:SY.damascus": "damascus",
    "ne:SY.rif-dimashq": "damascus",
    "ne:SY.homs-hims": "homs",
    "ne:SY.ar-raqqah": "raqqa",
    "ne:SY.dayr-az-zawr": "deir ezzor",
    "ne:SY.hasaka-al-haksa": "hasakeh",
    "ne:SY.hamah": "hama",
    "ne:SY.dar-a": "daraa",
    "ne:SY.lattakia": "lattakia",
    "ne:SY.quneitra": "quneitra",
}
# Regions that are no province: the province that holds them, or most of them.
REGIONS: Mapping[str, str] = {
    "va:region.ghouta": "damascus",
    "va:region.eastern-ghouta": "damascus",
    "va:region.western-ghouta": "damascus",
    "va:region.eastern-qalamoun": "damascus",
    "va:region.qalamoun": "damascus",
    "va:region.wadi-barada": "damascus",
    "va:region.yarmouk-camp": "damascus",
    "va:region.hauran": "daraa",
    "va:region.golan-heights": "quneitra",
    "va:region.jabal-al-zawiya": "idlib",
    "va:region.sahl-al-ghab": "hama",
    "va:region.kurd-mountain": "aleppo",
    "va:region.manbij-pocket": "aleppo",
    "va:region.jabal-turkman": "lattakia",
    "va:region.jabal-al-akrad": "lattakia",
    "va:region.hmeimim": "lattakia",
    "va:region.al-hol-camp": "hasakeh",
    "va:region.t4-airbase": "homs",
    "va:region.shayrat-airbase": "homs",
    "va:region.al-tanf": "homs",
    "va:region.rukban": "homs",
}

NEXT = 2  # events told next that may name the actor of the main event where it names none
DAYS = 3  # a date as far from the coded one as this still counts: the coded date is noisy

# The keyword baseline: the class whose words stand most often in the text, the majority class where none does.
KEYWORDS: Mapping[str, Mapping[str, str]] = {
    "actor": {
        GOVERNMENT: r"regime|assad|syrian army|russian?\b|government forces",
        COALITION: r"coalition|us-led|american",
        ISIS: r"isis|isil|daesh|islamic state",
        KURDISH: r"ypg|sdf|kurdish",
        NUSRA: r"nusra",
        OPPOSITION: r"rebels?|insurgents?|opposition|terrorists?",
    },
    "cause": {
        "shelling": r"air ?strikes?|strikes?|shell\w*|raids?|rockets?|barrel|bombard\w*",
        "explosion": r"explosions?|car bomb\w*|suicide|blasts?|exploded|mines?",
        "chemical and toxic gases": r"chemical|sarin|chlorine|gas",
        "shooting": r"shot|gunfire|snipers?|shooting",
        "execution": r"execut\w*|behead\w*",
    },
    "governorate": {
        "aleppo": r"aleppo",
        "idlib": r"idlib|idleb",
        "damascus": r"damascus|ghouta",
        "homs": r"homs|palmyra",
        "raqqa": r"raqq?ah?",
        "deir ezzor": r"de?ir e[sz]?-?z\w+|deir al-zor",
        "hasakeh": r"has+ak\w*|qamishli",
        "hama": r"hamah?",
        "daraa": r"dar'?aa?|deraa",
        "lattakia": r"latt?akia",
        "quneitra": r"quneitra",
    },
}

MAJORITY = {"actor": GOVERNMENT, "cause": "shelling", "governorate": "aleppo"}
VIOLENT = {"strike", "bombing", "clash", "attack", "execution", "chemical"}  # families of kinds


@dataclass(frozen=True, slots=True)
class Classes:
    """What one report says of its main event, in the classes of the set."""

    actor: str
    cause: str
    governorate: str
    dates: tuple[tuple[str, str], ...]  # first and last day, of every date claimed


def class_of_actor(name: str) -> str:
    """Give the class of a body's name, or "unknown"."""
    for group, names, words in ACTORS:
        if name in names or any(compare_name(name, known) == "inside" for known in names) or re.search(words, name):
            return group
    return UNKNOWN


def class_of_place(value: str, gazetteer: Gazetteer) -> str:
    """Give the class of the governorate that holds a place, or "" for a place that lies in none."""
    place = split_place(value)
    if place is None:
        return ""
    base = place.within or place.base
    if base in REGIONS:
        return REGIONS[base]
    entry = gazetteer.entry(base)
    return GOVERNORATES.get(base, "") or (GOVERNORATES.get(entry.admin1, "") if entry is not None else "")


def order_mentions(found: Extraction) -> list[str]:
    """Give the mentions of a report, that of its main event first.

    The main event is that of the first exact toll of people killed, as in the measurement of tolls; without one it is
    the first event of violence. Background comes last.
    """
    dead = {
        claim.mention_id: claim.start
        for claim in sorted(found.claims, key=lambda claim: -claim.start)
        if claim.prop == "killed" and claim.stance != "denies" and claim.value != "0"
    }
    family = load_schema().family

    def weight(mention: Mention) -> tuple[bool, bool, bool, int]:
        background = mention.kind.startswith("background.")
        return (
            background,
            not background and family(mention.kind) not in VIOLENT,
            mention.id not in dead,
            dead.get(mention.id, mention.start),
        )

    return [mention.id for mention in sorted(found.mentions, key=weight)]


def class_report(article: Article, found: Extraction, gazetteer: Gazetteer) -> Classes:
    """Give the classes of a report's main event; what the event leaves open is taken from the next that tells it."""
    claims: dict[str, list[Claim]] = {}
    for claim in found.claims:
        claims.setdefault(claim.mention_id, []).append(claim)
    kinds = {mention.id: mention.kind for mention in found.mentions}
    ordered = order_mentions(found)
    actor = cause = governorate = ""
    dates: tuple[tuple[str, str], ...] = ()
    for index, mention in enumerate(ordered):
        rows = sorted(claims.get(mention, []), key=lambda claim: claim.start)
        if index == 0 or (index <= NEXT and kinds[ordered[0]] != "bombing"):  # a bomb is laid by nobody until claimed
            actor = actor or _actor(kinds[mention], rows)
        if index == 0 or kinds[mention] != "clash":  # fighting told beside an attack is not its means
            cause = cause or _cause(kinds[mention], rows)
        governorate = governorate or next(
            filter(None, (class_of_place(row.value, gazetteer) for row in rows if _is_where(row))), ""
        )
        dates = dates or tuple(filter(None, (_days(row.value) for row in rows if row.prop == "date")))
    if not dates and article.published is not None:
        dates = ((article.published[:10], article.published[:10]),)
    return Classes(actor or UNKNOWN, cause or UNKNOWN, governorate, dates)


def _is_where(row: Claim) -> bool:
    return row.prop == "place" and row.scope != "part"


def _actor(kind: str, rows: Sequence[Claim]) -> str:
    named = [row for row in rows if row.prop == "responsibility" and row.stance == "asserts"]
    named += [row for row in rows if row.prop == "actor" and row.stance != "denies"]
    if not named and kind == "clash":
        named = [row for row in rows if row.prop == "target"]  # "killed in clashes with the army"
    return class_of_actor(named[0].value) if named else ""


def _cause(kind: str, rows: Sequence[Claim]) -> str:
    weapons = [row for row in rows if row.prop == "weapon"]
    if kind == "chemical_attack":
        dead = min((row.start for row in rows if row.prop == "killed"), default=None)
        agent = min((row.start for row in weapons if row.value.startswith("chemical")), default=0)
        if dead is not None and agent > dead + POISON:
            return "shelling"  # "a raid on the town of last week's gas attack"
    if kind in CAUSE_OF_KIND and kind != "bombing":
        return CAUSE_OF_KIND[kind]
    for pattern, group in CAUSE_OF_WEAPON:
        if any(re.match(pattern, row.value) for row in weapons):
            return group
    if any("aircraft" in row.value for row in rows if row.prop == "platform"):
        return "shelling"
    return CAUSE_OF_KIND.get(kind, "")


def _days(value: str) -> tuple[str, str] | None:
    parts = value.split("/")
    if all(re.fullmatch(r"\d{4}-\d\d-\d\d", part) for part in parts):
        return parts[0], parts[-1]
    return None


def near(dates: Sequence[tuple[str, str]], day: str) -> bool:
    """Tell whether the first date lies within three days of a day."""
    if not dates:
        return False
    low, high = (date.fromisoformat(part) for part in dates[0])
    return low - timedelta(days=DAYS) <= date.fromisoformat(day) <= high + timedelta(days=DAYS)


def keyword_classes(text: str) -> dict[str, str]:
    """Give the baseline of a text: per field the class whose words stand most often in it."""
    result = {}
    for field, classes in KEYWORDS.items():
        counted = {group: len(re.findall(rf"\b(?:{words})", text, re.I)) for group, words in classes.items()}
        best = max(counted, key=lambda group: counted[group])
        result[field] = best if counted[best] else MAJORITY[field]
    return result


@cache
def _gazetteer() -> Gazetteer:
    return open_gazetteer()


def _read(article: Article) -> Classes:
    return class_report(article, read_article(article, _gazetteer(), parts()), _gazetteer())


def run(data: Path) -> dict[str, object]:
    """Measure the reader, the majority class and the keyword baseline on every report of the set."""
    # People's long name of a group ends in " - " and its short one.
    reports = [{**row, "actor": row["actor"].rpartition(" - ")[2]} for row in load_reports(data)]
    articles = [row for row in read_inputs(find_reports(data), now=NOW) if isinstance(row, Article)]
    with multiprocessing.get_context("spawn").Pool(PROCESSES, use, (parts(),)) as pool:
        told = pool.map(_read, articles, chunksize=16)
    words = [keyword_classes(f"{row['title']}. {row['text']}") for row in reports]
    metrics: dict[str, float] = {}
    baseline: dict[str, float] = {}
    for field in ("actor", "cause", "governorate"):
        right = [getattr(found, field) == row[field] for found, row in zip(told, reports, strict=True)]
        metrics[field] = _share(right)
        metrics[f"{field}_by_keywords"] = _share(
            found[field] == row[field] for found, row in zip(words, reports, strict=True)
        )
        baseline[field] = _share(row[field] == MAJORITY[field] for row in reports)
    metrics["date_within_3_days"] = _share(
        near(found.dates, row["event_date"]) for found, row in zip(told, reports, strict=True)
    )
    baseline["date_within_3_days"] = _share(
        article.published is not None and near([(article.published[:10],) * 2], row["event_date"])
        for article, row in zip(articles, reports, strict=True)
    )
    return {"task": "syria-classes", "n": len(reports), "metrics": metrics, "baseline": baseline}


def _share(rows: Iterable[bool]) -> float:
    right = list(rows)
    return round(sum(right) / len(right), 4) if right else 0.0
