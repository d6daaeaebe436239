"""Turns one sentence into frames: what it reports to have happened, with the values that stand beside the words.

Invariant: every value of a sentence goes to at most one frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from variorum.extract.entities import Entities
from variorum.extract.evidence import Evidence
from variorum.extract.parts import RULES
from variorum.extract.realis import RANK, VIOLENT, Frame, Realis, find_realis
from variorum.extract.sentences import Sentence
from variorum.extract.triggers import MILITARY, Trigger, find_triggers, load_cues, split_clauses
from variorum.model import Found
from variorum.schema import load_schema
from variorum.values.caseless import make_regex
from variorum.values.name import kind_of

# Events that are only referred to: "police arrested two men over the shooting".
REFERENCE = make_regex(
    r"\b(?:over|for|in connection with|linked to|suspected of|accused of|accus(?:ed|es|ing) .{3,40} of|following|after"
    r"|since|in response to"
    r"|in retaliation for|condemn(?:ed|s|ing)?|blamed for|responsibility for|responsible for|investigat(?:ed|es|ing"
    r"|ion into)|behind"
    r"|details of|footage of|videos? of|scene of|aftermath of|site of|victims of|denied|deny|involved in|aware of"
    r"|reports? of|amid|despite"
    r"|because of|during|in the wake of|the cause of|backed by|aided by|under|a wave of|part of|series of)"
    r"(?: (?:the|a|an|that|this|its|their|his|her|any|such|deadly|latest|recent|carrying out|conducting|launching|two"
    r"|three|several|[\w-]+)){0,3} ?$",
    re.I,
)
DEFINITE = make_regex(
    r"\b(?:the|these|those|this|that|its|their|his|her|both|it|they|he|she)(?: [\w’'-]+){0,2} ?$", re.I
)
FRESH = re.compile(
    r"\b(?:another|separate(?:ly)?|elsewhere|a second|a third|a fourth|a different|other (?:attacks?|strikes?|raids?"
    r"|shelling|clashes)"
    r"|also on|in other)\b|^(?:[\w’'-]+ ){0,3}?(?:meanwhile|elsewhere|separately|in a separate)\b",
    re.I,
)
INDEFINITE = re.compile(
    r"(?:^|\b(?:a|an|two|three|four|five|six|several|many|more|some|dozens of)(?: [\w’'-]+){0,3} ?)$", re.I
)
PRONOUN_SUBJECT = re.compile(
    r"^[\"“‘']?(?:but |and |meanwhile,? |however,? |later,? )?(?:it|they|he|she|the (?:strikes?|raids?|attacks?"
    r"|missiles?|rockets?|shells?|targets?|bombs?|blasts?"
    r"|explosions?|bombings?|shootings?|clashes|fighting|shelling|bombardment|incident|assault|gunm[ae]n|attackers?"
    r"|suspects?|shooter"
    r"|bombers?|victims?|dead|death toll|toll|two (?:submarines|vessels|aircraft)|convoy|buses|vehicles|deal|agreement"
    r"|siege|talks))\b",
    re.I,
)


# A clause without a trigger that opens so tells something else than the clause before it.
ASIDE = make_regex(
    r"[\s,]*(?:as|while|where|whereas|after|before|when|although|though|despite|until)\b"
    r"(?! (?:it|they|one|some|both|the (?:missiles?|rockets?|shells?|bombs?|drones?|vehicles?|buses|convoy))\b)",
    re.I,
)


RAIDS = frozenset({"raid", "raids", "raided", "raiding"})
# Bodies whose attack is an attack, whatever else the sentence says.
ARMED = frozenset({"state forces", "rebel", "jihadist", "militia", "group", "coalition"})
RELATIVE_HAD = re.compile(r"[\s,]*(?:whom|which|that) (?:they|it|he|she|the [\w-]+) had\b", re.I)
# A raid by police is no strike.
POLICE = re.compile(r"\b(?:police|arrest\w*|detain\w*|detectives|officers|drugs?|gang)\b", re.I)
DENIED = re.compile(r"\b(?:den(?:ied|ies|ying)|reject(?:ed|s)|dismissed)\b[^.;]{0,60}$", re.I)


SHOT = re.compile(r"\b(?:shot|shoots?|shooting|stab(?:s|bed|bing)?)\b", re.I)
# What is only talked about: "met to discuss a prisoner exchange".
MEANT = re.compile(
    r"\b(?:to (?:discuss|negotiate|talk about|arrange|plan|agree on|prevent|avoid)|discuss(?:ed|ing)|plan(?:s"
    r"|ned)? (?:for|to)"
    r"|calls? for|demand(?:s|ed)?|proposed|threat of) (?:(?:a|an|the|possible|new|further|[\w-]+) ){0,2}$",
    re.I,
)


# What the tagger says of an event, in the words of the rules; a denied event is one that a source denies.
TAGGED: dict[str, Realis] = {
    "happened": "event",
    "denied": "event",
    "planned": "planned",
    "hypothetical": "planned",
    "background": "history",
}
RULES_ALONE = Evidence(RULES, None)


@dataclass(slots=True)
class _Clause:
    start: int
    end: int
    triggers: list[Trigger] = field(default_factory=list)


def find_frames(
    sentence: Sentence,
    entities: Entities,
    *,
    violent: bool,
    anchor: str | None,
    earlier: Sequence[Found] = (),
    evidence: Evidence = RULES_ALONE,
) -> list[Frame]:
    """Give the frames of one sentence; `violent` says that the article has spoken of armed violence already.

    `earlier` are the places of the sentence before, for "the city" and the like;
    their offsets lie outside this sentence.
    """
    text = sentence.text
    first = sentence.body_start - sentence.start
    triggers = evidence.triggers(
        sentence,
        find_triggers(text, lambda trigger: trigger.start >= first and _needs_met(trigger, text, entities, violent))
        if evidence.parts.rules
        else (),
    )
    # A figure of the dead or hurt founds a frame although its harm word is in no row of the cues:
    # "decapitated three men".
    for toll in entities.tolls:
        # "shot" says less than "wounded", but enough where somebody is told apart: "a boy accidentally shot himself".
        founds = toll.prop in {"killed", "injured"} and not toll.known and toll.cue_start >= first
        founds = founds and not (toll.weak and not SHOT.search(text[toll.cue_start : toll.cue_end]))
        if founds and not any(found.start < toll.cue_end and toll.cue_start < found.end for found in triggers):
            triggers.append(Trigger("attack", "harm", toll.cue_start, toll.cue_end, "", -1))
    triggers.sort(key=lambda trigger: trigger.start)
    clauses = [_Clause(*span) for span in split_clauses(text, sentence.body_start - sentence.start)]
    for trigger in triggers:
        next(clause for clause in reversed(clauses) if clause.start <= trigger.start).triggers.append(trigger)
    frames = [_make_frame(sentence, clause, entities) for clause in _spread(clauses, text)]
    merged: list[Frame] = []
    for frame in frames:
        frame = _with_named_place(frame, entities, earlier)
        if merged and _one_event(merged[-1], frame):
            merged[-1] = _join(merged[-1], frame)
        else:
            if merged and not frame.dates and re.match(r"[\s,]*when\b", frame.text):
                # "was broken on Sunday when mortars fell": both on Sunday
                frame = replace(frame, dates=merged[-1].dates)
            merged.append(frame)
    return [
        replace(
            frame,
            realis=find_realis(frame, alone=len(merged) == 1, anchor=anchor)
            if evidence.parts.rules
            else TAGGED[next((trigger.realis for trigger in frame.triggers if trigger.realis), "happened")],
        )
        for frame in merged
    ]


def _needs_met(trigger: Trigger, text: str, entities: Entities, violent: bool) -> bool:
    after = text[trigger.end : trigger.end + 90]
    if text[trigger.start : trigger.end].lower() in RAIDS and POLICE.search(text):
        return False
    if trigger.needs == "military":
        words = text[trigger.start : trigger.end]
        around = text[: trigger.start] + " " + after + (f" {words}" if " " in words or "-" in words else "")
        armed = any(found.end <= trigger.start and kind_of(found.value) in ARMED for found in entities.names)
        return violent or armed or bool(MILITARY.search(around)) or bool(entities.weapons)
    if trigger.needs == "place-noun":
        near = re.split(r"[.;]|, (?:and|but|which|who)", after)[0]
        return bool(load_cues().place_noun.search(near)) or any(
            trigger.end <= place.start <= trigger.end + 40 for place in entities.places
        )
    if trigger.needs == "parties":
        return len(entities.names) + len(entities.places) > 0
    if trigger.needs == "convoy":
        return bool(load_cues().convoy.search(text))
    return True


def _spread(clauses: Sequence[_Clause], text: str) -> list[_Clause]:
    """Give the clauses with triggers, each stretched over those without any behind it (or before the first)."""
    kept: list[_Clause] = []
    for clause in clauses:
        if clause.triggers:
            kept.append(clause)
        elif kept and kept[-1].end == clause.start and not ASIDE.match(text[clause.start :]):
            kept[-1].end = clause.end
    if kept:
        kept[0].start = clauses[0].start
    return kept


def _make_frame(sentence: Sentence, clause: _Clause, entities: Entities) -> Frame:
    text = sentence.text
    ranked = sorted(
        clause.triggers,
        key=lambda trigger: (
            trigger.role == "harm",
            trigger.role == "noun" and bool(REFERENCE.search(text[: trigger.start][-80:])),
            trigger.role == "noun" and bool(MEANT.search(text[: trigger.start][-60:])),
            RANK.get(trigger.kind, 99),
            trigger.start,
        ),
    )
    head = ranked[0]
    before = text[clause.start : head.start]

    def inside(values: Iterable[Found]) -> tuple[Found, ...]:
        return tuple(value for value in values if clause.start <= value.start < clause.end)

    # "22 soldiers were killed and 17 were taken prisoner": the dead of a battle, not an arrest
    dead = (
        head.kind == "arrest"
        and any(
            toll.prop == "killed" and clause.start <= toll.start < clause.end and not toll.known
            for toll in entities.tolls
        )
        and head.role == "verb"
        and re.search(r"prisoner|captive|captured", text[head.start : head.end]) is not None
    )
    return Frame(
        kind="attack" if dead else head.kind,
        generic=head.role == "harm" or dead,
        realis="event",
        sentence=sentence,
        start=clause.start,
        end=clause.end,
        triggers=tuple(clause.triggers),
        reference=(
            all(trigger.role == "noun" for trigger in clause.triggers)
            and bool(REFERENCE.search(text[: head.start][-80:]))
        )
        or bool(DENIED.search(text[: head.start])),
        definite=(head.role == "noun" and bool(DEFINITE.search(before[-60:])))
        or bool(PRONOUN_SUBJECT.search(_content(text, clause.start))),
        indefinite=head.role == "noun" and bool(INDEFINITE.search(before[-40:])),
        fresh=bool(FRESH.search(text[clause.start : head.start + 1] if clause.start else text[: head.start + 1])),
        dates=inside(entities.dates),
        said=entities.said,  # who speaks of a date speaks for the whole sentence
        times=inside(entities.times),
        places=inside(entities.places),
        names=inside(entities.names),
        weapons=inside(entities.weapons),
        platforms=inside(entities.platforms),
        quantities=inside(entities.quantities),
        tolls=tuple(toll for toll in entities.tolls if clause.start <= toll.start < clause.end),
        before=tuple(found for found in entities.names if found.end <= clause.start),
    )


def _with_named_place(frame: Frame, entities: Entities, earlier: Sequence[Found]) -> Frame:
    """Give a frame that says "the city" the place last named before it, at the words "the city"."""
    if any(found.extra.get("feature") != "country" for found in frame.places):
        return frame
    match = PLACE_AGAIN.search(frame.text)
    if match is None:
        return frame
    wanted = "admin1" if re.search(r"provin|governorate|region", match.group(), re.I) else "city"
    before = [found for found in entities.places if found.start < frame.start + match.start()]
    known = [
        found
        for found in (*earlier, *before)
        if found.extra.get("feature") == wanted and not found.extra.get("metonym")
    ]
    if not known:
        return frame
    start, end = frame.start + match.start(), frame.start + match.end()
    again = Found(start, end, frame.sentence.text[start:end], known[-1].value, known[-1].extra)
    return replace(frame, places=(*frame.places, again))


SAYING = re.compile(
    r"(?:[^;“\"]{2,80}?\b(?:said|says|added|adds|stated|reported|claimed|announced)(?: (?:on|late|early"
    r"|in a statement)[^,;]{0,25}?)?(?: that)?"
    r"|according to [^,]{2,60},) (?=[a-z“\"])"
)


def _content(text: str, start: int) -> str:
    """Give the words after a lead such as "It said", "The ministry added that": the subject of what was said."""
    piece = text[start:]
    match = SAYING.match(piece)
    return piece[match.end() :] if match else piece


def _compatible(left: str, right: str) -> bool:
    return left == right or load_schema().compatible(left, right)


def _one_event(left: Frame, right: Frame) -> bool:
    """Tell whether two neighbouring clauses of one sentence speak of one event."""
    if RELATIVE_HAD.match(right.text) and not left.dates:
        return True  # "nine men whom they had detained in the village on Tuesday": day and place are the main clause's
    if right.fresh:
        return False
    both_violent = left.family in VIOLENT and right.family in VIOLENT
    if not (both_violent or _compatible(left.kind, right.kind)):
        return False
    if {left.kind, right.kind} == {"transfer.arrived", "transfer.departed"}:
        return False
    if left.kind == "siege.laid" and right.kind == "siege.broken":
        return True  # "had been surrounded for two years before the army broke the siege"
    if left.kind == "siege.broken" and right.kind == "territory.advance":
        return True  # "the siege ended when the army broke through the lines"
    opening = right.text[:12].lower()
    if left.generic and not left.places and both_violent and re.match(r"(?:when|after|as)\b", opening):
        return True  # "six people were killed when barrels were dropped on the suburb"
    if re.match(r"(?:after|before|while|whereas|as|when|since|hours|days)\b", opening) and not (
        right.generic or right.reference
    ):
        # "… after clashes", "… while gunmen shot dead": another event unless it brings harm words only
        return not (right.dates or right.places or right.tolls or right.kind != left.kind)
    if (
        left.dates
        and right.dates
        and {found.value for found in left.dates}.isdisjoint(found.value for found in right.dates)
    ):
        return False
    both_told = left.tolls and right.tolls and left.places and right.places
    return not (both_told and not right.generic and left.kind != right.kind)


def _join(left: Frame, right: Frame) -> Frame:
    left_leads = (left.generic, RANK.get(left.kind, 99)) <= (right.generic, RANK.get(right.kind, 99))
    head = left if left_leads else right
    return replace(
        head,
        generic=left.generic and right.generic,
        start=left.start,
        end=right.end,
        triggers=left.triggers + right.triggers,
        reference=left.reference and right.reference,
        definite=left.definite,
        fresh=left.fresh,
        indefinite=left.indefinite,
        dates=left.dates + right.dates,
        said=left.said,
        times=left.times + right.times,
        places=left.places + right.places,
        names=left.names + right.names,
        weapons=left.weapons + right.weapons,
        platforms=left.platforms + right.platforms,
        quantities=left.quantities + right.quantities,
        tolls=left.tolls + right.tolls,
        before=left.before,
    )


PLACE_AGAIN = re.compile(
    r"\b(?:the|this|that) (?:besieged |embattled |eastern |western |northern |southern |provincial |divided |same )?"
    r"(?:city|town|village|metropolis|capital|province|governorate|provincial capital)\b(?! of\b)",
    re.I,
)
