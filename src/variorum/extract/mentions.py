"""Groups the frames of one article into drafts: one draft an event, or one stretch of background.

Invariant: a frame belongs to one draft; the frames of a draft stand in one story of the text, in order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from variorum.extract.realis import RANK, VIOLENT, Frame, Realis
from variorum.extract.triggers import load_cues
from variorum.model import Found
from variorum.schema import load_schema
from variorum.values import compare
from variorum.values.caseless import make_regex
from variorum.values.count import find_counts
from variorum.values.gazetteer import Gazetteer
from variorum.values.place import contains, distance_km, extent

BACKGROUND: dict[Realis, str] = {
    "total": "background.total",
    "aggregate": "background.aggregate",
    "capability": "background.capability",
    "history": "background.history",
    "planned": "background.planned",
    "ongoing": "background.ongoing",
}
# Two towns further apart than this are two places of attack, unless the words tie them together. Within it lie the
# suburbs and the districts that one report names for one city.
SAME_AREA_KM = 30.0
LEAD = 2  # index of the last sentence that counts as lead: a date line, a title, the first sentence
# What a weapon says of the kind of an attack whose words do not.
KIND_OF_WEAPON = (
    ("chemical", "chemical_attack"),
    ("missile", "strike"),
    ("rocket", "strike"),
    ("shell", "strike"),
    ("bomb.car", "bombing"),
    ("bomb.suicide", "bombing"),
    ("bomb.roadside", "bombing"),
    ("bomb.ied", "bombing"),
    ("mine", "bombing"),
    ("bomb", "bombing"),
)
STRIKES_AFTER = re.compile(r"[- ](?:strikes?|attacks?|raids?|launches|tests?)\b", re.I)
# "Seven of the wounded had died": a change of the toll, not a toll.
OF_THE_HURT = re.compile(r"\bof (?:the|those|its|their) (?:wounded|injured|victims|missing|hostages)\b", re.I)
# Events back that a sentence can still tell more of, besides the first. It bounds the work on a text of any length.
REACH = 16
# The dead of an accident or of nature, where no word of violence stands: no event of the schema.
ACCIDENT = make_regex(
    r"\b(?:accidents?|crash(?:ed|es)?|collisions?|collided|derail\w+|capsiz\w+|flu|influenza|epidemic|outbreak of"
    r"|virus|covid|cholera|malaria|cancer|disease|earthquakes?|quake|aftershocks?|floods?|flooding|landslides?|mudslides?|storms?"
    r"|hurricane|cyclone|typhoon|tornado|tsunami|avalanche|heat ?waves?|wildfires?|drown(?:ed|ing)|overdose"
    r"|food poisoning|stampede|lightning|famine|starvation)\b",
    re.I,
)
# The crash of a warplane in a war is told as one of its events.
ARMED = re.compile(
    r"\b(?:warplanes?|(?:fighter|military|army|air force|combat)[ -](?:jets?|planes?|aircraft|helicopters?|choppers?)"
    r"|gunships?|army|troops|soldiers|rebels|militants|missiles?|rockets?|shot down|bomb\w*|siege|besieged)\b",
    re.I,
)
QUOTE_MARKS = frozenset("\"“«„‘'")
UPDATE = re.compile(
    r"\b(?:death toll|toll (?:rose|has risen|climbed)|rose to|risen to|revised|updated|now stands)\b", re.I
)


@dataclass(slots=True)
class Draft:
    """The frames that report one event, or one stretch of background."""

    frames: list[Frame] = field(default_factory=list)
    background: str = ""  # kind code when it is no event

    @property
    def story(self) -> int:
        """The story of the text it stands in."""
        return self.frames[0].sentence.story

    @property
    def kind(self) -> str:
        """The kind that most of its frames name; the first frame counts twice, harm words alone say little."""
        if self.background:
            return self.background
        if self.frames[0].family in VIOLENT and any(
            found.value.startswith("chemical")
            for frame in self.frames
            if not frame.reference
            for found in frame.weapons
        ):
            return "chemical_attack"
        named = [frame for frame in self.frames if not frame.generic]
        if not named or all(frame.kind == "attack" for frame in named):
            return self._kind_by_means() or self.frames[0].kind
        # "The names of the three killed were released" tells of no release.
        deeds = [frame for frame in named if frame.family in VIOLENT | {"territory", "siege"}]
        named = deeds if any(frame.family in VIOLENT for frame in named) else named
        votes = Counter(frame.kind for frame in named)
        votes[named[0].kind] += 1
        # What is destroyed or who attacks is told of a strike as well: the more telling kind stands.
        kind = min(votes, key=lambda kind: (RANK.get(kind, 99) > 11, -votes[kind], RANK.get(kind, 99)))
        if kind == "destruction" and any(
            toll.prop in {"killed", "injured"} for frame in self.frames for toll in frame.tolls
        ):
            return self._kind_by_means() or next((one for one in votes if one != "destruction"), "attack")
        if kind == "bombing" and any(value.split()[-1].startswith("aircraft") for value in self.values("platforms")):
            return "strike"  # what aircraft bomb is struck from the air
        return kind

    def _kind_by_means(self) -> str | None:
        weapons = self.values("weapons")
        if any(value.split()[-1].startswith("aircraft") for value in self.values("platforms")) and not any(
            weapon.startswith("gun") for weapon in weapons
        ):
            return "strike"
        return next(
            (kind for start, kind in KIND_OF_WEAPON if any(weapon.startswith(start) for weapon in weapons)), None
        )

    @property
    def family(self) -> str:
        """The family of its kind."""
        return load_schema().family(self.kind)

    def values(self, name: str) -> list[str]:
        """Give the canonical values of one list of entities over all frames, in order."""
        return [found.value for frame in self.frames for found in getattr(frame, name)]


def group_frames(frames: Sequence[Frame], gazetteer: Gazetteer) -> list[Draft]:
    """Give the drafts of an article in order of their first frame."""
    drafts: list[Draft] = []
    for frame in frames:
        if frame.realis != "event":
            drafts.append(Draft([frame], BACKGROUND[frame.realis]))
            continue
        best, best_score = None, 1.5
        open_drafts = [draft for draft in drafts if not draft.background]
        for draft in [*open_drafts[:1], *open_drafts[1:][-REACH:]]:
            score = _fit(draft, frame, gazetteer)
            if score is not None and score >= best_score:  # the later draft wins a tie
                best, best_score = draft, score
        if best is not None:
            best.frames.append(frame)
        elif _stands_alone(frame):
            drafts.append(Draft([frame]))
    return [draft for draft in drafts if draft.background or _says_something(draft)]


def _stands_alone(frame: Frame) -> bool:
    """Tell whether a frame can found an event: a verb that says what happened, or a noun with details of its own."""
    detailed = bool(
        frame.dates or frame.tolls or [place for place in frame.places if _is_local(place.extra.get("precision", ""))]
    )
    if frame.generic and _is_accident(frame.sentence.text):
        return False
    if frame.generic:
        return any(not OF_THE_HURT.search(frame.sentence.text[toll.start : toll.end + 24]) for toll in frame.tolls)
    if frame.family in {"agreement", "talks", "ceasefire"} and not detailed:
        return len({found.value for found in (*frame.names, *frame.places)}) > 1
    # The lead of a report is about its event, however little it says.
    if frame.sentence.index <= LEAD and frame.family in VIOLENT and (frame.places or frame.names or frame.weapons):
        return True
    if all(trigger.role != "verb" for trigger in frame.triggers):
        return detailed and not (frame.reference and not frame.tolls)
    return bool(
        detailed or frame.names or frame.places or frame.weapons or frame.quantities or frame.sentence.role == "title"
    )


def _is_accident(text: str) -> bool:
    return ACCIDENT.search(text) is not None and ARMED.search(text) is None


def _is_local(precision: str) -> bool:
    return precision not in {"country", "area"}


def _says_something(draft: Draft) -> bool:
    return any(
        frame.dates or frame.said or frame.tolls or frame.places or frame.names or frame.weapons or frame.platforms
        for frame in draft.frames
    )


def _fit(draft: Draft, frame: Frame, gazetteer: Gazetteer) -> float | None:
    """Give how well a frame continues a draft, or None where it cannot."""
    if draft.background or draft.story != frame.sentence.story or not _kinds_fit(draft, frame):
        return None
    if frame.fresh and not frame.generic:
        return None
    dates = _meet(draft.values("dates"), frame, "dates")
    if dates is False:
        return None
    places = _places_meet(draft, frame, gazetteer)
    if frame.places and frame.tolls and places is not None and _is_round_up(draft.frames[0], gazetteer):
        return None  # the lead of a round-up takes no single event in
    gap = frame.sentence.index - draft.frames[-1].sentence.index
    detailed = bool(frame.dates) + bool(frame.tolls) + (places is not None)
    tied = frame.definite or frame.reference
    if places is False and not (tied and not frame.dates):
        return None
    score = 0.0
    score += 2.0 if places else 0.0
    score += 1.0 if dates else 0.0
    score += 2.0 if tied else 0.0
    score += 0.5 if frame.generic else 0.0
    score += 1.0 if gap <= 1 else 0.0
    # A figure alone, with no place, day or means of its own, is told of what was told last.
    score += 1.5 if frame.generic and gap <= 3 and not (frame.dates or frame.places or frame.weapons) else 0.0
    score += 1.5 if detailed == 0 and gap <= 3 else 1.0 if detailed == 0 else 0.0
    score += 2.0 if _shared_toll(draft, frame) or UPDATE.search(frame.text) else 0.0
    score += 1.0 if set(draft.values("weapons")) & {found.value for found in frame.weapons} else 0.0
    score += 1.0 if set(draft.values("names")) & {found.value for found in frame.names} else 0.0
    # Kinds that an article reports once, told again a little later: the siege, the convoy, the talks.
    score += 1.0 if draft.family not in VIOLENT and gap <= 4 else 0.0
    ours, mine = {value for old in draft.frames for value in find_munitions(old)}, set(find_munitions(frame))
    if ours and mine:
        score += 2.0 if ours & mine else -2.0
    # A statement quoted right after the lead tells the lead again in the source's words.
    score += 1.0 if gap <= 2 and frame.sentence.text.lstrip()[:1] in QUOTE_MARKS else 0.0
    # The first sentences tell the title again.
    titled = draft.frames[0].sentence.role == "title" and frame.sentence.index <= 4 and gap <= 3
    score += 2.0 if titled and not _other_toll(draft, frame) else 0.0
    score -= 2.0 if frame.indefinite and detailed >= 2 else 0.0
    score -= 0.2 * max(0, gap - 3)
    if not frame.generic and draft.family != frame.family and draft.frames[0].sentence.role != "title":
        score -= 0.5
    if _weapons_differ(draft, frame) and not tied and not ours & mine:
        score -= 2.0
    # "Nine died in shelling of the west": a figure of its own with a place or means of its own is an event of its own.
    if not tied and (frame.places or frame.weapons or frame.dates) and _other_toll(draft, frame):
        score -= 2.5
    return score


def can_meet(draft: Draft, frame: Frame, gazetteer: Gazetteer) -> bool:
    """Tell whether nothing stated sets a frame apart from a draft: neither day nor place."""
    return (
        _meet(draft.values("dates"), frame, "dates") is not False and _places_meet(draft, frame, gazetteer) is not False
    )


def _kinds_fit(draft: Draft, frame: Frame) -> bool:
    if frame.generic and _is_accident(frame.sentence.text):
        return False
    if frame.generic:
        return draft.family in VIOLENT or draft.family in {"protest", "territory", "siege"}
    # "killed 60 in the battle for the road" tells more of the town's fall told before, unless it has a day or place
    if frame.family == "clash" and draft.family in {"territory", "siege"} and not frame.dates:
        return not any(_is_local(found.extra.get("precision", "")) for found in frame.places)
    if all(old.generic for old in draft.frames) and frame.family in VIOLENT:
        return True
    if draft.family in VIOLENT and (
        frame.kind in {"attack", "destruction"}
        or (frame.family in VIOLENT and load_schema().compatible(draft.kind, frame.kind))
    ):
        return True
    if draft.family in VIOLENT and frame.kind == "bombing" and _only_blast(frame):
        return True  # "loud blasts on Thursday" can be what the missiles did
    if draft.kind == "bombing" and frame.family in VIOLENT and all(_only_blast(old) for old in draft.frames):
        return True
    if {draft.kind, frame.kind} == {"transfer.arrived", "transfer.departed"}:
        return False
    if draft.family == "territory" and frame.family == "territory":
        return draft.kind == frame.kind
    if load_schema().family(frame.kind) == draft.family:
        return True
    return any(trigger.kind == draft.kind for trigger in frame.triggers) and draft.family in VIOLENT


def _only_blast(frame: Frame) -> bool:
    words = [
        frame.sentence.text[trigger.start : trigger.end].lower()
        for trigger in frame.triggers
        if trigger.kind == "bombing"
    ]
    return all(re.fullmatch(r"(?:loud |powerful )?(?:explosions?|blasts?)", word) for word in words)


def _meet(values: Sequence[str], frame: Frame, name: str) -> bool | None:
    """Tell whether two lists of dates can be one; None where either is empty."""
    mine = [found.value for found in getattr(frame, name) if not found.extra.get("since")]
    if not values or not mine:
        return None
    return any(compare("date", left, right) != "disjoint" for left in values for right in mine)


def _places_meet(draft: Draft, frame: Frame, gazetteer: Gazetteer) -> bool | None:
    """Tell whether the places of draft and frame can be one place; None where either names no place below a country."""
    ours = _finest([found for old in draft.frames for found in old.places])
    mine = _finest(frame.places)
    if not ours or not mine:
        return None
    if set(ours) & set(mine):
        return True
    if any(contains(left, right, gazetteer) or contains(right, left, gazetteer) for left in ours for right in mine):
        return True
    known = [(extent(left, gazetteer), extent(right, gazetteer)) for left in ours for right in mine]
    pairs = [(left, right) for left, right in known if left is not None and right is not None]
    if not pairs:
        return None  # names the gazetteer lacks: no evidence either way
    return any(distance_km(left[:2], right[:2]) <= max(SAME_AREA_KM, left[2], right[2]) for left, right in pairs)


@lru_cache(maxsize=4096)
def _count_munitions(text: str) -> tuple[Found, ...]:
    munition = load_cues().munition
    rows = []
    for found in find_counts(text):
        after = re.match(r"^ ?(?:(?:more|other|further) )?(?:of (?:the |its )?)?", text[found.end :])
        match = munition.match(text, found.end + (after.end() if after else 0))
        if match and not STRIKES_AFTER.match(text, match.end()):
            rows.append(found)
    return tuple(rows)


def find_munition_counts(frame: Frame) -> list[Found]:
    """Give the counts of missiles, bombs or shells in a frame; "four missile strikes" counts strikes, not missiles."""
    return [found for found in _count_munitions(frame.sentence.text) if frame.start <= found.start < frame.end]


def find_munitions(frame: Frame) -> list[str]:
    """Give the same as canonical counts."""
    return [found.value for found in find_munition_counts(frame)]


def _finest(places: Sequence[Found]) -> list[str]:
    """Give the local places, without the provinces where a town is named too."""
    local = [found for found in places if _is_local(found.extra.get("precision", ""))]
    towns = [found for found in local if found.extra.get("feature") != "admin1"]
    return [found.value for found in towns or local]


def _is_round_up(frame: Frame, gazetteer: Gazetteer) -> bool:
    """Tell whether a frame names places too far apart for one event: "in Damascus, Aleppo and Hasaka"."""
    known = [place for place in (extent(value, gazetteer) for value in _finest(frame.places)) if place is not None]
    return any(
        distance_km(left[:2], right[:2]) > 2 * SAME_AREA_KM + left[2] + right[2]
        for index, left in enumerate(known)
        for right in known[index + 1 :]
    )


def _shared_toll(draft: Draft, frame: Frame) -> bool:
    ours = [(toll.prop, toll.value) for old in draft.frames for toll in old.tolls]
    # "20" and "at least 20" are one figure told twice; "dozens" fits too many to tie anything.
    return any(
        prop == toll.prop and (value == toll.value or value.strip("~.") == toll.value.strip("~."))
        for prop, value in ours
        for toll in frame.tolls
    )


def _other_toll(draft: Draft, frame: Frame) -> bool:
    """Tell whether the frame gives a figure of a scope for which the draft has another that cannot be the same."""
    ours: dict[tuple[str, str], list[str]] = {}
    for old in draft.frames:
        for toll in old.tolls:
            ours.setdefault((toll.prop, toll.scope), []).append(toll.value)
    return any(
        not toll.part
        and (toll.prop, toll.scope) in ours
        and all(compare("count", toll.value, value) == "disjoint" for value in ours[toll.prop, toll.scope])
        for toll in frame.tolls
    )


def _weapons_differ(draft: Draft, frame: Frame) -> bool:
    ours, mine = draft.values("weapons"), [found.value for found in frame.weapons]
    return bool(ours and mine) and all(compare("weapon", left, right) == "disjoint" for left in ours for right in mine)


def find_stretch(draft: Draft) -> tuple[int, int]:
    """Give the stretch of the article that reports the draft's event: its first clause and what continues it."""
    first = draft.frames[0]
    start = first.sentence.start + first.start
    end = first.sentence.start + first.end
    last = first.sentence.index
    for frame in draft.frames[1:]:
        if frame.sentence.index > last + 1:
            break
        last = frame.sentence.index
        end = max(end, frame.sentence.start + frame.end)
    return start, end
