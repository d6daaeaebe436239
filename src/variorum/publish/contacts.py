"""Ways to reach or find somebody in a text: addresses of mail, telephone numbers, handles, pages of social networks.

Invariant: nothing here tells whose they are; a body's go with a person's. Dates, years, sums and coordinates are none.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

HANDLE = re.compile(r"(?<![\w/@.])@(?P<handle>\w[\w.]{0,30}\w)")
_SITES = (
    r"t\.me|telegram\.(?:me|org)|wa\.me|(?:\w+\.)?facebook\.com|fb\.com|instagram\.com|twitter\.com|x\.com|tiktok\.com"
    r"|youtube\.com|vk\.com|ok\.ru|linkedin\.com|threads\.net|bsky\.app"
)
_CONTACTS = (
    re.compile(
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[\w.+-]+ ?[\[(](?:at|AT)[\])] ?[\w-]+(?: ?(?:\.|[\[(]dot[\])]) ?[\w-]+)+"
    ),
    re.compile(rf"(?<![\w.])(?:https?://)?(?:www\.)?(?:{_SITES})/[^\s,;)\]”\"]*[^\s,;)\]”\".?!]", re.I),
    HANDLE,
    re.compile(r"(?<![\w.,+-])(?:\+|00)[1-9]\d{0,2}[ .()/-]{0,2}\d(?:[ .()/-]{0,2}\d){5,11}(?![\w.,]*\d)"),
    re.compile(r"\(0?\d{1,4}\)[ -]?\d{3,4}[ -]\d{3,4}\b"),
    re.compile(r"(?<![\w.,-])0\d{1,4}[ -]\d{3,4}(?:[ -]\d{2,4}){1,3}(?![\w,-]*\d)"),
    re.compile(r"(?<![\w.,-])0\d(?:[ .-]\d{2}){4}(?![\w.,-]*\d)"),
    re.compile(r"(?<![\w.,-])\d{3}[-.]\d{3}[-.]\d{4}(?![\w.,-]*\d)"),
    re.compile(r"(?<![\w.,-])0\d{8,11}(?!\w)"),
    re.compile(
        r"(?i:\b(?:tel|telephone|phone|mobile|cell|whatsapp|viber|signal|hotline|call(?:ed|ing)?|dial|ring|fax))\.?"
        r"(?: (?:us|me|him|her|them|at|on|to|the|number|no\.?|is|was))*:? ?"
        r"(?P<found>\d(?:[ .()/-]{0,2}\d){5,13})(?![\w,]*\d)"
    ),
)
_NO_PHONE = re.compile(r"\+?\d{1,3}\.\d+|\d{1,3}(?:[ .]000)+|(?:\d{1,2}[-./ ]){2}\d{4}")
_LETTERS = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zªº\u00c0-\u024f\u1e00-\u1eff\u02b0-\u02ff\ufb00-\ufb06]")


def find_contacts(text: str) -> list[tuple[int, int]]:
    """Give where a text holds an address, number, handle or page, in no order."""
    found = []
    for form in _CONTACTS:
        for match in form.finditer(text):
            span = match.span("found") if "found" in form.groupindex else match.span()
            if not _NO_PHONE.fullmatch(text, *span):
                found.append(span)
    return found


def is_foreign(address: str) -> bool:
    """Tell whether the path or query of an address has letters that are not Latin ones, or cannot be read."""
    parts = urlsplit(address)
    words = decode(" ".join((parts.path, parts.query, parts.fragment)))
    return "\ufffd" in words or any(not _LATIN.match(letter) for letter in _LETTERS.findall(words))


def decode(address: str) -> str:
    """Give an address without percent signs, however often they were put in."""
    for _ in range(3):
        plain = unquote(address)
        if plain == address:
            break
        address = plain
    return address
