"""Says which words a verb of saying governs: those behind it, or the clause before its source.

Invariant: spans count in the text given; a content holds neither the source nor the verb.
"""

from __future__ import annotations

import re

from variorum.extract.sourcephrase import DAY
from variorum.values.caseless import make_regex

Span = tuple[int, int]
Cue = tuple[int, int, str]  # start, end, "verb", "figure" or "phrase"

# Between a verb of saying and its content: who was told, where and when.
ASIDE = re.compile(
    rf"(?:\s*,?\s*(?:in (?:a|an|its|his|her|their|the|separate) (?:[\w-]+ ){{0,4}}?(?:statement|interview|tweet"
    rf"|post|report|"
    rf"speech|letter|email|briefing|address|update|posting|conference|message|video|note|communiqu[eé]|bulletin)s?"
    rf"(?: (?:posted|published|released|carried) (?:on|to|by|via) (?:its |the )?\w+(?: page| website| account)?)?"
    rf"|(?:late |early )?(?:on )?(?:late |early )?{DAY}(?: (?:night|morning|evening|afternoon))?|today|yesterday"
    rf"|at the time"
    rf"|(?:on|via|through) (?:Facebook|Twitter|Telegram|social media|its website|state (?:television|TV))"
    rf"|by (?:phone|telephone)|(?<=,)\s*(?:citing|quoting) [^;:\"“”]{{3,120}}?,(?=\s*that\b)"
    rf"|(?:the |a |an )?(?:[A-Z][\w.]+ )?(?:reporters?|journalists?|news agency|newspaper|television"
    rf"|TV)(?: in [A-Z]\w+)?"
    rf"|(?:the )?(?:AFP|Reuters|AP|Associated Press|BBC|CNN|SANA|TASS|RIA|Interfax|Al Jazeera|DPA"
    rf"|Anadolu(?: Agency)?|Xinhua|SANA"
    rf" reporter|parliament)|here|also|earlier|later|separately|anonymously|by way of))+"
)
AFTER_NOTHING = re.compile(
    r"[\s”\"’')]*(?:$|[.;:!?]|[,—–-](?!\s*(?:that|“|\"))|(?:without|while|after|when|before|as|but|and|because|who"
    r"|on condition|in|at(?! least| most)|from|during|amid"
    r"|following|late|via|citing|quoting|adding|putting|saying)\b)"
)
ACCUSED = re.compile(r"(?:accuse[ds]?|accusing|blame[ds]?|blaming)$", re.I)
# What shows that the words behind "told" are a statement and not the hearer only.
SENTENCE = re.compile(
    r"\b(?:that|was|were|is|are|had|has|have|would|will|could|can|did|said|he|she|they|it|we|[a-z]{3,}ed|fell"
    r"|died|sank|hit|struck)\b"
)
# "… the army said marking an escalation": what a participle adds, where the commas are lost.
TRAILING = re.compile(r"\s*(?:including|most of|[a-z]{2,}ing)\b")
# Who was told, and how and when, with nothing of what: "‹told› Harbour Radio by satellite phone on Monday."
HEARER = re.compile(
    r"\s+(?:(?:the |a |an |this |our )?(?:[A-Z][\w’'.-]*"
    r"|[a-z]+(?:ers?|ists?|ents?|paper|channel|station|agency|website|team)|us|me)(?: (?:[A-Z][\w’'.-]*|\d+))*)"
    r"(?:,? (?:by|on|in|at|from|over|via|late|early|after|before|during|as)\b[^:;“\"”]{0,90})?[.,]?\s*"
)
BEFORE_TELLER = re.compile(r"[,”\"](?:\s+(?:[a-z][\w-]*\s*){0,4})?$")
# What a report sets beside a denial and nobody denies: "…, as the number of dead rose to 29".
TOLL_BESIDE = make_regex(
    r"\s*,?\s*\b(?:even )?(?:as|while|after|when|amid)(?= (?:[\w’'-]+ ){0,4}?(?:tolls?|number of (?:the )?(?:dead"
    r"|deaths|killed|victims|casualties|fatalities|people killed|wounded|injured)|body count)\b)",
    re.I,
)
_CLAIM = (
    r"(?:reports?|claims?|allegations?|accusations?|rumou?rs?|suggestions?|assertions?|charges?|accounts?|figures?"
    r"|statements?|tolls?)"
)
_UNTRUE = r"(?:(?:an?|pure|complete|completely|entirely|totally) )*(?:lies?|false|fabricated|fabrications?|untrue)"
# "dismissed ‹as false the ministry’s reports that› …": the claim stands between the denial and what is denied.
DENIED_CLAIM = re.compile(
    rf"\s+(?:as [\"“‘']?{_UNTRUE}[\"”’']?,? )?(?:(?!(?:and|but|or|that) )[\w’'-]+ ){{0,5}}?{_CLAIM}"
    rf"(?: (?!(?:and|but|or) )[\w’'-]+){{0,3}}? (?:that|of)\s+"
)
JUDGED = re.compile(rf"\s+as [\"“‘']?(?:[\w-]+ )?(?:{_UNTRUE}|baseless|unfounded)\b[^.;]*")
CALLED = re.compile(r"(?:call(?:ed|s|ing)|describ(?:ed|es|ing))$", re.I)
# "calling ‹reports of› 12 dead ‹lies›".
CALLED_UNTRUE = re.compile(
    rf"\s+(?=(?:[\w’'-]+ ){{0,4}}?{_CLAIM}\b)(?:(?:[\w’'-]+ ){{0,4}}?{_CLAIM} (?:that|of) )?"
    rf"(?P<content>[^,.;:\"“”]{{3,160}}?)\s+(?:as )?[\"“‘']?{_UNTRUE}(?=\s*(?:$|[\"”’',.;:)]|(?:and|but|or|on|in)\b))"
)
LINK_THAT = re.compile(r"\s*(?:,\s*)?(?:that\b|:|,(?=\s*[\"“‘]))?\s*")
# What may stand before a phrase that still opens its sentence.
OPENING = re.compile(r"(?:(?:but|and|meanwhile|however|also|still|yet)\b)?[\s,]*", re.I)
SEMICOLON = re.compile(r";\s")


def opens_sentence(text: str, front: int, stop: int) -> bool:
    """Tell whether nothing of weight stands between the front of a sentence and `stop`: "But, ‹according to› …"."""
    return not OPENING.sub("", text[front:stop], count=1).strip(' "“')


def clause_start(text: str, front: int, stop: int) -> int:
    """Give where the clause that ends at `stop` begins: behind the last semicolon, or at the front."""
    return max((match.end() for match in SEMICOLON.finditer(text, front, stop)), default=front)


def told_before(text: str, cue: Cue, span: Span, front: int) -> bool:
    """Tell whether what was told stands before the source: "…, the commissioner told a radio station by telephone"."""
    if text[cue[0] : cue[1]].lower() not in {"told", "tells"} or span[0] > cue[0]:
        return False
    before = text[front : span[0]].rstrip()
    behind = text[cue[1] :]
    return len(before) > 20 and BEFORE_TELLER.search(before) is not None and HEARER.fullmatch(behind) is not None


def content_before(text: str, cue: Cue, span: Span, front: int) -> Span | None:
    """Give the words in front of "said X"."""
    end = len(text[: min(cue[0], span[0])].rstrip(" ,"))
    return (front, end) if end - front > 3 else None


def content_denied(text: str, cue: Cue) -> Span | None:
    """Give what "dismissed reports that … as false" denies: the words behind the claim, the judgement left out."""
    claim = DENIED_CLAIM.match(text, cue[1])
    if claim is None or len(text) - claim.end() < 3:
        return None
    judged = JUDGED.search(text, claim.end())
    return claim.end(), judged.start() if judged is not None else len(text)


def content_called_untrue(text: str, cue: Cue) -> Span | None:
    """Give what "calling reports of … lies" denies, or None where the verb calls nothing untrue."""
    if CALLED.match(text[cue[0] : cue[1]]) is None:
        return None
    match = CALLED_UNTRUE.match(text, cue[1])
    return match.span("content") if match is not None else None


def content_of(text: str, cue: Cue, span: Span, front: int, weak: bool) -> Span | None:
    """Give what a verb behind its source governs: the words after it, or the clause before the source."""
    begin = cue[1]
    aside = ASIDE.match(text, begin)
    if aside is not None:
        begin = aside.end()
    lead = text[front : span[0]].rstrip()
    open_before = bool(lead) and lead[-1] in ",\"”’'!?…—" and len(lead.split()) >= 4
    that = re.match(r"\s*,?\s*(?:that\b|:|[\"“‘])", text[begin:])
    rest = text[begin:]
    if that is not None and that.group().strip() == ":" and open_before and lead[-1] == "," and _is_clause(lead):
        that = None  # "…, it said: a brother and a sister": what follows explains
    if that is None and rest.startswith(",") and lead and not _is_clause(lead) and len(rest.split()) > 3:
        return (begin + len(rest) - len(rest.lstrip(" ,")), len(text))
    closed = open_before or (lead[-1:] in {'"', "”"} and len(lead.split()) >= 2) or len(lead.split()) >= 7
    if that is None and closed and _is_clause(lead) and text[cue[0] : cue[1]].lower() in {"told", "tells"}:
        hearer = re.match(r"\s+[^,;:\"“.]{1,60}(?=[.,;]|$)", rest)
        if hearer is not None and SENTENCE.search(hearer.group()) is None:
            return (front, len(lead.rstrip(" ,")) + front)  # "…, a schoolteacher told the group"
    trails = (
        len(lead.split()) >= 6 and not weak and text[cue[0] : cue[0] + 3] != "den" and TRAILING.match(rest) is not None
    )
    if that is None and (
        AFTER_NOTHING.match(rest) or trails or (open_before and _is_clause(lead) and not _runs_on(rest))
    ):
        end = len(lead.rstrip(" ,")) + front
        if len(lead.split()) >= 2:
            return (front, end)
        if re.match(r"[\s”\"’')]*(?:$|[.;!?]|, )", rest):
            return None
    link = LINK_THAT.match(text, begin)
    start = link.end() if link is not None else begin
    if ACCUSED.search(text[cue[0] : cue[1]]):
        link_word = "for" if text[cue[0] : cue[0] + 3].lower() == "bla" else "of"
        of = re.match(rf".{{2,80}}?\b{link_word}\b\s*", text[start:])
        start += of.end() if of is not None else 0
    return (start, len(text)) if len(text) - start > 2 else None


def _is_clause(lead: str) -> bool:
    """Tell whether the words before a source are a statement, not a place or time put in front."""
    if lead.rstrip(",")[-1:] in "\"”’'!?…":
        return True
    if re.match(
        r"(?i)(?:on|in|at|by|for|after|before|during|since|as|when|while|if|following|earlier|later|last|speaking"
        r"|asked|"
        r"meanwhile|however|but|and|also|according|despite|although|though)\b",
        lead,
    ):
        return lead.count(",") >= 2 and len(lead.split()) >= 10
    return True


def _runs_on(rest: str) -> bool:
    """Tell whether words of a statement follow a verb though a statement already stood before its source."""
    return re.match(r"\s*(?:that|it|they|he|she|the|its|there|a|an|at least|more than|[A-Z\d])\b", rest) is not None
