"""Raw bytes to text: byte order mark, then UTF-8, then a guess that must stand up to a check. No files here.

Invariant: a text that cannot be read with certainty is a problem, never a text with wrong letters in it; every
later quote is a piece of this text.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from variorum.errors import UnreadableError
from variorum.gather.language import count_known_words

# The UTF-32 marks begin with the UTF-16 ones, so they come first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What news pages and files in the languages of gather.language are found in besides UTF-8.
OLD_ENCODINGS = (
    "cp1252", "cp1250", "cp1251", "cp1254", "cp1256", "iso8859_2", "iso8859_6", "iso8859_9", "koi8_r", "koi8_u",
    "cp866", "mac_roman", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
)  # fmt: skip
# As browsers read them: pages say the narrower name and use letters of the wider.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
WIDE_HEAD = 4_096  # bytes in which a text of two or four bytes a letter has a NUL
MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"SQLite format 3\x00": "an SQLite database",
}
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.005  # a stray form feed or escape is no reason to refuse an article; machine code has 10 % and up
LOST = "\ufffd"
WHOLE_TO_LOST = 3  # a text in another encoding has next to no whole multi-byte characters by chance
MAX_LOST_SHARE = 0.001  # a stray byte of a page template, or a text cut inside a letter; more is no text to quote
GUESS_BYTES = 200_000  # the guess reads this much; the decoding then has to hold for the whole file
# Zero-width space, word joiner and a byte order mark inside the text carry no meaning and hide words from every
# rule. Zero-width joiners (Persian, emoji) and direction marks do carry meaning and stay.
EMPTY_CHARACTERS = ("\u200b", "\u2060", "\ufeff")


def decode_text(data: bytes, *, declared: Sequence[str] = ()) -> str:
    """Give the text of raw bytes, newlines as \\n, without byte order mark and empty characters.

    `declared` are encodings that the content or its server names, the likeliest first. Raises UnreadableError with code
    binary or encoding.
    """
    text = _decode(data, declared)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    for char in EMPTY_CHARACTERS:  # a tenth of the time of str.translate, which looks every letter up
        text = text.replace(char, "")
    return text


def _decode(data: bytes, declared: Sequence[str]) -> str:
    for magic, name in MAGIC.items():
        if data.startswith(magic):
            raise UnreadableError(f"this is {name}, not text", "export it as text or HTML first", code="binary")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, "after its byte order mark")
    wide = [name for name in map(known_encoding, declared) if name.startswith(("utf-16", "utf-32"))]
    if wide and b"\x00" in data[:WIDE_HEAD]:
        return _strict(data, wide[0], "as it is said to be")
    if b"\x00" in data:
        raise UnreadableError("it holds NUL bytes: a binary file", "give it as text in UTF-8", code="binary")
    try:
        return _refuse_binary(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    damaged = _damaged_utf8(data)
    if damaged is not None:
        return _refuse_binary(damaged)
    for name in filter(None, map(known_encoding, declared)):
        if name in wide:  # without a NUL it is none
            continue
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if looks_read(text):
            return text
    return _guess(data)


def known_encoding(name: str) -> str:
    """Give the name by which an encoding goes here, the wider of two of one family; "" for none that is known."""
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return ""
    found = WIDER.get(found, found)
    return {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(found, found)  # there is no mark that says otherwise


def _damaged_utf8(data: bytes) -> str | None:
    """Give UTF-8 in which a byte or two went wrong, each as U+FFFD; None when it is another encoding.

    Read as a Western code page, such a text would show "â€™" for every apostrophe, and no check of words finds that.
    Raises UnreadableError when it is UTF-8 and too much of it is lost.
    """
    text = data.decode("utf-8", "replace")
    lost = text.count(LOST)
    if sum(not char.isascii() for char in text) - lost < WHOLE_TO_LOST * lost:
        return None
    if lost > max(1, MAX_LOST_SHARE * len(text)):
        raise UnreadableError(f"UTF-8 with {lost} damaged characters", "save it as UTF-8", code="encoding")
    return text


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"not valid {encoding} {where}: byte {error.start}", "save it as UTF-8", code="encoding"
        ) from error
    return _refuse_binary(text)


def _refuse_binary(text: str) -> str:
    if "\x00" in text or len(CONTROL.findall(text)) > max(2, MAX_CONTROL_SHARE * len(text)):
        raise UnreadableError("it is full of control characters: a binary file", "give it as text", code="binary")
    return text


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # imported here: 20 ms that most runs never need

    matches = from_bytes(data[:GUESS_BYTES], cp_isolation=list(OLD_ENCODINGS), threshold=0.2, enable_fallback=False)
    readings = []
    for encoding in dict.fromkeys([*(match.encoding for match in matches), "cp1252", "cp1254", "cp1250"]):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if looks_read(text):
            readings.append(text)
    if readings:
        # Western, Central European and Turkish code pages read each other's text without an error. The one in
        # which more of the small words come out right is the one; max keeps the guess's own order among equals.
        return max(readings, key=count_known_words)
    if len(CONTROL.findall(data.decode("latin-1"))) > max(2, MAX_CONTROL_SHARE * len(data)):
        raise UnreadableError("it is full of control characters: a binary file", "give it as text", code="binary")
    raise UnreadableError("its encoding cannot be told", "save it as UTF-8", code="encoding")


def looks_read(text: str) -> bool:
    """Tell whether a decoded text looks like writing: one script to a word, no control or unassigned characters."""
    odd = sum(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") and char not in "\t\n\r\f" for char in text)
    if odd:
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    if not words:
        return True
    torn = sum(_torn(word) for word in words)
    return torn <= 0.05 * len(words)


def _torn(word: str) -> bool:
    scripts = {unicodedata.name(char, "?").split(" ")[0] for char in word}
    if len(scripts - {"COMBINING", "MODIFIER"}) > 1 and not scripts <= {"CJK", "HIRAGANA", "KATAKANA"}:
        return True
    # "cafÃ©", "дЕНЬ": a capital after a small letter is how a wrong code page shows itself.
    return any(left.islower() and right.isupper() and not right.isascii() for left, right in pairwise(word))
