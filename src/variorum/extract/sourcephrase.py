"""Finds the words that name a source, in front of a verb of saying or behind it. Who that is, voices.py decides.

Invariant: spans count in the text given; a phrase never holds the verb.
"""

from __future__ import annotations

import re
from functools import cache

from variorum.extract.canspeak import AGENT, PERSON, PRONOUN, RANKS, WORD, tells
from variorum.extract.cuewords import cue_words, head_pattern
from variorum.extract.joint import apart, joint_patterns
from variorum.values.caseless import make_regex
from variorum.values.name import find_names, find_states

Span = tuple[int, int]

DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# What may stand between a source and its verb: auxiliaries, adverbs, the day, the occasion.
BETWEEN = re.compile(
    rf"(?:[\s,]+(?:has|have|had|also|later|earlier|then|further|repeatedly|previously|recently|again|now|once|since"
    rf"|will"
    rf"|would|did|does|do|still|already|just|therefore|thus|hence|meanwhile|instead|accordingly|often|never|always|sometimes|first|both|all|himself|herself|itself"
    rf"|themselves|there|here|however|for (?:its|their|his|her) part|[a-z]+ly|today|yesterday"
    rf"|(?:late |early )?(?:on )?(?:late |early )?{DAY}(?: (?:night|morning|evening|afternoon))?"
    rf"|in (?:a|an|its|his|her|their|the) (?:[\w-]+ ){{0,3}}(?:statement|interview|tweet|post|report|speech|letter"
    rf"|email"
    rf"|briefing|address|update|note)(?: (?:on|late|early) {DAY})?))*[\s,]*$"
)
PERSON_AFTER = re.compile(rf"{RANKS}{WORD}(?: {WORD}){{0,3}}")
BEHIND_HEAD = re.compile(
    rf" (?:(?:of|for|in|at|from|with) (?:the |a )?[\w’'.-]+(?: [A-Z][\w’'.-]*)*|(?:,? )?{PERSON_AFTER.pattern})"
)
DROP = make_regex(
    r"(?:in|on|at|of|by|to|and|but|for|from|with|as|that|when|while|after|before|where|or|than|into|killed|wounded"
    r"|people|others|children|civilians|were|was|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$",
    re.I,
)
# "No group claimed it", "none of the officials has said": nobody speaks.
NOBODY = re.compile(r"(?:no|none|nobody|nothing|neither|not (?:one|any|an?))\b(?!\.? ?\d)", re.I)
OF_NOBODY = re.compile(
    r"\b(?:(?:none|neither|nobody|not one) of (?:[\w’'-]+ ){0,3}|(?:no|nor|neither) (?:the )?)$", re.I
)
# An apposition never follows a body that a preposition governs: "the siege by the Guard, the governor, said".
GOVERNED = re.compile(r"\b(?:by|of|with|against|from) $", re.I)
NAMED_BEFORE = re.compile(rf"(?:^|[\"”.] ?)(?P<name>{WORD}(?: {WORD}){{1,3}}) $")
ARTICLE = re.compile(r"(?:the|an?) ")
# Adjectives of peoples: "in Koro ‹Marenian› officials".
OF_PEOPLE = re.compile(r"(?:ian|ean|ese|ish|ani|eni|aqi|bian|ench|reek|wiss|tch)$")
# Words that stand before the bare head of a source: "local media", "rescue workers", "Marenian officials".
ADJECTIVE = re.compile(
    r"(?:[A-Z].*|.*(?:al|ist|ese|ian|ish|ary|ous|ic|ed|led|run|eign|ern|-based|backed)|state|rights|aid|rescue"
    r"|security|army"
    r"|police|intelligence|rebel|government|senior|human|defence|defense|relief|health|news|court|health|school"
    r"|border|some"
    r"|several|many|other|two|three|campaign|party|union|White|House|key|top|former|current|media|social|civil"
    r"|war|military|city|village|hospital|regime|militant|pro-\S+|regional)$"
)
WHOEVER = re.compile(r"\b(?:an?|the|one|another|her|his|my|their)\s+(?:[\w’'-]+ ){0,2}[\w’'-]+$", re.I)
BREAK = re.compile(
    r"[,;:\"“”—](?:\s|$)|(?<=[\"”])|\s[-–]\s"
    r"|(?<=[a-z] )(?=(?:Several|Some|Many|Activists?|Residents|Witnesses|Sources|The)\s)"
    r"|\b(?:However|Meanwhile|But|And|Also|Yet|Still|Earlier|Later|Elsewhere|Separately|Today|Yesterday|Although"
    r"|While)\b\s"
)
# In "the town of Koro residents" these heads stand without an article: what precedes is another phrase.
PLURAL_HEAD = make_regex(r"(?:s|media|police|people|television|tv|news|men|women)$", re.I)
INNER = re.compile(r"\b(?:of|in|at|from|near|on|for|with|to) (?:the )?(?:[A-Z]\S*)")
DASHED = re.compile(r"\s[-–—]\s[^-–—.;\"“”]{3,160}\s[-–—]\s*$")
# "A tea seller whose stall stood opposite ‹told›": a relative clause that no comma sets off.
RELATED = re.compile(
    r"(?<!, )(?<![-–—] )(?P<who>\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother) (?:[\w’'-]+ ){0,3}?[\w’'-]+)"
    r" (?:who|whose|that) [^,.;:“”\"]{3,90}$"
)
NO_SMALL = r"(?: (?!the |an? |of |in |at |from |near |for |on )[\w’'.-]+)"
PLACED = re.compile(r"\b(?:in|from|at|near|into|to|across|on|around|inside|outside) (?:the )?$", re.I)
TELLERS = make_regex(
    r"(?:sources|residents|media|activists|officials|medics|doctors|witnesses|reports|locals|authorities|groups)$", re.I
)
PEOPLE_OF = re.compile(r" (?:local|well-informed|informed|several|some|activists|sources|residents|witnesses|medics)\b")
# A phrase behind "sources in …" that ends so is broken off: "people on board in the biggest".
BROKEN_OFF = re.compile(
    r"(?:[a-z]+est|[a-z]+ous|[a-z]+ly|the|an?|its|any|most|first|last|next|other|same|main|with|and)$"
)
FINITE = re.compile(
    r"\b(?:was|were|is|are|be|been|killed|died|hit|struck|had|has|have|will|would|could|that|which|because|after"
    r"|before|when"
    r"|while|if|said|says|but|and then|as)\b"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    heads = head_pattern()
    lead = r"(?:(?:the|a|an|one|another|some|several|many|two|three|four|its|his|her|their|other|local|most|no)\s+)"
    words = r"(?:[\w.’'&/-]+\s+)"
    tail = re.compile(rf"\b(?:{lead}{words}{{0,4}}?|{words}{{0,3}}?){heads}(?: \([^)]{{1,20}}\))?$", re.I)
    behind = re.compile(
        rf"\b(?:{lead}{words}{{0,4}}?|){heads}(?: \w+)? (?:of|for|in|at|on|from|with|near|inside|to|who|within"
        rf"|close to)\b"
        rf"[^,;:\"“”]{{2,80}}$",
        re.I,
    )
    start = r"(?!(?:with|by|in|on|at|to|of|for|from)\b)"
    ahead = re.compile(rf"{start}(?:{lead}{words}{{0,4}}?|{words}{{0,4}}?){heads}(?: {heads})*\b", re.I)
    return tail, behind, ahead


@cache
def _head_before() -> re.Pattern[str]:
    """Give the pattern of a head with a preposition right before a name: "a medical source in eastern ‹Koro›"."""
    return re.compile(
        rf"(?P<who>(?:\b(?:the|an?|one|its|another)\s+)?\b(?:[\w’'.-]+\s+){{0,2}}?{head_pattern()})"
        rf" (?:of|for|at|in|from|with|to) (?:the )?(?:(?:north|south|east|west|rural|central|rebel"
        rf"|government)[\w-]* )?$",
        re.I,
    )


def phrase_before(text: str, end: int) -> Span | None:
    """Give the span of the source that stands right before a verb at `end`, auxiliaries and days between left out."""
    span = _one_before(text, end)
    if span is None or NOBODY.match(text, span[0]) or OF_NOBODY.search(text, 0, span[0]):
        return None
    joint = joint_patterns()[0].search(text, 0, span[0])
    start = max(joint.start("all"), joint.start("list")) if joint is not None else span[0]
    return (start, span[1]) if apart(text[start : span[1]]) else span


def _one_before(text: str, end: int) -> Span | None:
    """Give that span for the last of those who speak together."""
    gap = BETWEEN.search(text, max(0, end - 160), end)
    stop = gap.start() if gap is not None else end
    related = RELATED.search(text, max(0, stop - 160), stop)
    if related is not None and not FINITE.search(related["who"]) and tells(related["who"]):
        return related.span("who")
    aside = re.search(r"\s?\([^()]{1,40}\)$", text[:stop])  # "(D-Koro)", "(MND)"
    if aside is not None and not find_names(aside.group()):
        stop = aside.start()
    dashed = DASHED.search(text, max(0, stop - 200), stop)
    if dashed is not None:  # "X - a rescue service of volunteers - said"
        found = _tail(text, dashed.start())
        if found is not None:
            return found[0], dashed.start()
    comma = text[stop:end].lstrip().startswith(",")
    if comma:
        found = _before_apposition(text, stop)
        if found is not None:
            return found
    return _tail(text, stop)


def _before_apposition(text: str, stop: int) -> Span | None:
    """Read "X, a monitor based abroad, said": the source stands before the inserted words."""
    start = max(0, stop - 260)
    for comma in [match.start() for match in re.finditer(",", text[start:stop])][::-1][:3]:
        place = start + comma
        inserted = text[place + 1 : stop]
        if re.search(r"[\"“”;]", inserted) or len(inserted) > 180:
            return None
        if re.match(
            r"\s+(?:an?|the|who|whose|which|one|head|chief|director|leader|spokes|its|his|[A-Z]|\d+\b|also|former"
            r"|in|at|of|co-|"
            r"having|being|based|known|formed|led|run|staffed|owned|headed|chaired|founded|funded|backed|linked|allied|executive|founder|president|speaking|citing|when|told)",
            inserted,
        ):
            found = _tail(text, place)
            if found is None or GOVERNED.search(text, 0, found[0]):
                continue
            if not PRONOUN.search(text[found[0] : found[1]]):
                return found[0], stop
    return None


def _tail(text: str, stop: int) -> Span | None:
    """Give the noun phrase that ends at `stop` and can be a source."""
    low = max(0, stop - 140)
    while stop > low and text[stop - 1].isspace():
        stop -= 1
    window = text[low:stop]
    cut = max((match.end() for match in BREAK.finditer(window)), default=0)
    clause = window[cut:]
    pronoun = PRONOUN.search(clause)
    if pronoun is not None:
        if pronoun.group().lower() == "who":
            return _tail(text, low + cut + pronoun.start()) if cut + pronoun.start() > 1 else None
        return low + cut + pronoun.start(), stop
    start = _core(clause)
    if start is not None:
        return low + cut + start, stop
    whoever = WHOEVER.search(clause)
    if whoever is not None and not FINITE.search(whoever.group()) and _somebody(clause, whoever):
        return low + cut + whoever.start(), stop
    words = clause.split()
    # the whole front of the sentence, where it is short
    if text[: low + cut].strip() or not 0 < len(words) <= 7 or FINITE.search(clause) or not words[0][:1].isupper():
        return None
    if any(DROP.fullmatch(word) and word.lower() not in {"of", "and", "for", "in", "to"} for word in words):
        return None
    if words[0] in {"A", "An"} or (len(words) == 1 and words[0] in cue_words("sources", "not_persons")):
        return None
    return low + cut + len(clause) - len(clause.lstrip()), stop


def _somebody(clause: str, phrase: re.Match[str]) -> bool:
    """Tell whether a phrase without a listed head can be who speaks: an agent by its ending, or the whole clause."""
    words = phrase.group().split()
    if any(DROP.fullmatch(word) for word in words[1:]):
        return False
    return AGENT.search(words[-1]) is not None or not clause[: phrase.start()].strip()


def _core(clause: str) -> int | None:
    """Give where the source begins that ends a clause: a name, a phrase with article, a person, a bare head."""
    tail, behind, _ = _patterns()
    start = _named(clause)
    if start is None:
        match = tail.search(clause)
        if match is not None:
            articles = [
                m.start()
                for m in re.finditer(r"\b(?:the|an?|one|another|some|its|their|his|her)\s", match.group(), re.I)
            ]
            start = match.start() + (_from_article(match.group(), articles[-1]) if articles else _bare(match.group()))
    person = PERSON.search(clause)
    if (
        person is not None
        and person.group().split(" ")[0] not in cue_words("sources", "not_persons")
        and (start is None or person.start() < start)
    ):
        start = person.start() if start is None or clause[start : start + 1].isupper() else start
    if start is not None:
        article = re.search(r"\b(?:the|The|its|their)\s+$", clause[:start])
        start = article.start() if article is not None else start
        named = NAMED_BEFORE.search(clause[:start]) if ARTICLE.match(clause, start) else None
        if named is not None:
            return named.start("name")  # "A. B. a local activist", in a text that lost its commas
        before = _head_before().search(clause, 0, start)
        return before.start() + _bare(before["who"]) if before is not None else start
    match = behind.search(clause)
    if match is not None and not FINITE.search(clause[match.start() :]) and len(match.group().split()) <= 9:
        last = match.group().split()[-1]
        if BROKEN_OFF.fullmatch(last) is None:
            return match.start()
    return None


def _from_article(phrase: str, article: int) -> int:
    """Give where the source begins in a phrase with an article: the phrase, or its end where two phrases meet."""
    kept = phrase[article:]
    words = kept.split()
    met = any(DROP.fullmatch(word) and word.lower() != "of" for word in words[1:-1])
    if PLURAL_HEAD.search(words[-1]) and (met or INNER.search(kept)):
        return article + _bare(re.sub(r"^\S+\s", lambda lead: "x" * (len(lead.group()) - 1) + " ", kept))
    return article


def _named(clause: str) -> int | None:
    """Give where a body or state begins that ends the clause, or is followed there by a role or a person only."""
    starts: list[int] = []
    for row in (*find_names(clause), *find_states(clause)):
        rest = clause[row.end :]
        behind_place = (
            PLACED.search(clause[: row.start]) is not None
            and not re.match(r"’s|'s", rest)
            and TELLERS.search(rest) is not None
        )
        if rest.strip() and (behind_place or (row.extra.get("form") == "name" and PEOPLE_OF.match(rest))):
            continue  # "in Koro local sources": the place is no part of the source
        if (
            not rest.strip(" ’'s()")
            or re.fullmatch(r"(?:’s|'s)? \([^)]{1,20}\)", rest)
            or re.fullmatch(
                rf"(?:’s|'s)?(?: \([^)]{{1,20}}\))?{NO_SMALL}{{0,3}}? {head_pattern()}",
                rest,
                re.I,
            )
            or re.fullmatch(rf"(?:’s|'s)?(?: (?!the |an? )[\w-]+){{0,2}}? {WORD}(?: {WORD}){{0,2}}", rest)
        ):
            starts.append(row.start)
    if not starts:
        return None
    lead = re.search(
        r"(?:\b(?:the|an?)\s+)?(?:\b(?:[\w-]+-based|official|opposition|senior|local|pro-\w+)\s+){0,2}$",
        clause[: starts[0]],
        re.I,
    )
    return lead.start() if lead is not None else starts[0]


def _bare(phrase: str) -> int:
    """Give where the source begins in a phrase: behind its last preposition, at most three words before its end."""
    words = list(re.finditer(r"\S+", phrase))
    if not words:
        return 0
    keep = 0
    for place, word in enumerate(words[:-1]):
        if DROP.match(word.group()):
            keep = place + 1
    if keep == 0 and re.match(r"(?:the|an?|one|another|some|several|many|two|three|four)\b", phrase, re.I):
        return 0
    if keep and PLACED.search(words[keep - 1].group() + " ") and TELLERS.search(phrase):
        # "in Koro local sources": the place belongs to what stands before
        while keep < len(words) - 1 and words[keep].group()[:1].isupper() and not OF_PEOPLE.search(words[keep].group()):
            keep += 1
    first = len(words) - 1
    while first > keep and first > len(words) - 3 and ADJECTIVE.match(words[first - 1].group()):
        first -= 1
    return words[first].start()


def phrase_after(text: str, start: int) -> Span | None:
    """Give the span of the source that stands right behind `start` ("said Dr A. B., who …")."""
    while start < len(text) and text[start].isspace():
        start += 1
    window = text[start : start + 200]
    stop = re.search(
        r"[,;:\"“”]|\.(?:\s|$)|\s[-–—]\s|\s\(|\s(?:on|in a|who|which|that|as|after|when|while|late|adding|saying"
        r"|and)\s",
        window,
    )
    reach = stop.start() if stop is not None else len(window)
    clause = window[:reach]
    lead = re.match(r"(?:the|a|an|its|their|his|her)\s+", clause, re.I)
    place = lead.end() if lead is not None else 0
    ends: list[int] = []
    for row in (*find_names(window), *find_states(window)):
        base = (
            re.fullmatch(r"(?:[\w-]+-based |[a-z][\w-]* ){0,3}", window[place : row.start])
            if row.start >= place
            else None
        )
        if base is not None:
            more = re.match(
                rf"(?:’s|'s)?(?: [\w-]+){{0,2}}? {head_pattern()}\b(?:,? {PERSON_AFTER.pattern})?",
                window[row.end :],
                re.I,
            )
            ends.append(
                row.end + (more.end() if more is not None and row.end + more.end() <= max(reach, row.end) else 0)
            )
    _, _, ahead = _patterns()
    match = ahead.match(window)
    if match is not None and match.end() <= reach and not FINITE.search(match.group()):
        more = BEHIND_HEAD.match(window, match.end())
        last = more.end() if more is not None else match.end()
        left = window[last:reach]  # "the imam of the old ‹mosque›"
        goes_on = more is not None and stop is not None and stop.group()[0] in ",." and more.group()[-1].islower()
        ends.append(
            reach
            if goes_on and re.fullmatch(r" [a-z][\w-]+", left) and " " in (more or match).group().strip()
            else last
        )
    match = PERSON_AFTER.match(window)
    if match is not None and match.group().split(" ")[0] not in cue_words("sources", "not_persons"):
        ends.append(match.end())
    pronoun = re.match(r"(?:he|she|it|they)\b", window, re.I)
    if pronoun is not None:
        ends.append(pronoun.end())
    if not ends:
        return None
    end = start + max(ends)
    while text[end - 1] in " .,":
        end -= 1
    joint = joint_patterns()[1].match(text, end)
    return start, joint.end() if joint is not None and apart(text[start : joint.end()]) else end
