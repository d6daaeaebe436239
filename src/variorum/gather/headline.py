"""The headline of a plain text: its first line, or the line below an outlet's name, a date or a byline.

Invariant: what is given is a whole line of the text, or "".
"""

from __future__ import annotations

import re

MAX_TITLE_CHARS = 200  # a first line longer than this is a paragraph; the longest of 4,718 headlines has 181
HEAD_LINES = 5  # outlet, section, date and byline; a headline stands no deeper
MIN_HEADLINE_WORDS = 3  # "World news" is a section
STOPS = (".", "؟", "。", ",", ";", ":")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
_DATE = (
    rf"(?:{_DAY}(?:\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH},?[ -]\d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}})"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4})"
)
# One to four capitalised words, the name of an outlet, an author or a town.
_NAME = r"(?:[A-Z][\w.’'&-]*(?: (?:of|and|the|in))?(?: [A-Z][\w.’'&-]*){0,4})"
DATE_LINE = re.compile(
    rf"(?:(?i:published|posted|updated|issued|date)(?: on| at)?:? )?{_DATE}"
    rf"(?:,? (?:at )?\d{{1,2}}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{{2,4}})?)?(?:\s*[|·•,/–—-]\s*{_NAME})*"
)
BYLINE = re.compile(rf"(?:By|BY|Written by|Posted by) (?:{_NAME})(?:,? (?:and |in |for )?{_NAME}){{0,3}}")
_OUTLET_NOUN = (
    r"(?i:herald|tribune|gazette|news|daily|times|journal|chronicle|courier|observer|mirror|dispatch|telegraph|agency"
    r"|press|online|today|examiner|inquirer|bulletin)"
)
OUTLET = re.compile(
    rf"(?:[A-Z][\w.’'&-]* ){{1,4}}{_OUTLET_NOUN}(?:\s*[|·•/–—-]\s*{_NAME})*"
    rf"|(?:The|THE) (?:[A-Z][\w.’'&-]* ){{0,3}}[A-Z][\w.’'&-]*\s*[|·•]\s*{_NAME}"
    rf"|(?:The|THE) (?:[A-Z][\w.’'&-]* ){{1,3}}(?i:post|star|mail|sun|guardian|standard|monitor|voice|mercury)"
    rf"|(?:[A-Z][\w.’'&-]* ?){{1,4}}\s*[|·•,]\s*{_DATE}"
)


def find_headline(text: str) -> str:
    """Give the headline of a plain text, or "" where the text opens with its first paragraph.

    An outlet's name, a date or a byline above a headline is passed over; with no headline below it, the first line
    stands for one.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not _can_head(lines[0]):
        return ""
    for number, line in enumerate(lines[:HEAD_LINES]):
        if any(pattern.fullmatch(line) for pattern in (DATE_LINE, BYLINE, OUTLET)):
            continue
        below = number > 0
        if below and (len(line.split()) < MIN_HEADLINE_WORDS or number + 1 == len(lines) or not _can_head(line)):
            break
        return line
    return lines[0]


def _can_head(line: str) -> bool:
    return len(line) <= MAX_TITLE_CHARS and not line.endswith(STOPS)
