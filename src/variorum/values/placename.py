"""Normal forms of place names: which spellings are one name. No gazetteer and no text reading in here.

Invariant: `exact_key` unites spellings that differ only in case, accents, hyphens, spaces and the assimilation of the
Arabic article; `loose_key` also unites transliterations of one original. The shipped gazetteer is indexed by these
keys, so a change here needs a new run of training/gazetteer/build.py.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache

# Countries whose place names reach an English text by transliteration (Arabic, Persian, Kurdish, Urdu, Hebrew,
# Cyrillic, Ethiopic, Somali, Georgian, Armenian). Elsewhere a name has one Latin spelling, and a loose key would
# only unite different places.
TRANSLITERATED = frozenset(
    [
        "AE",
        "AF",
        "AM",
        "AZ",
        "BA",
        "BG",
        "BH",
        "BY",
        "DJ",
        "DZ",
        "EG",
        "EH",
        "ER",
        "ET",
        "GE",
        "IL",
        "IQ",
        "IR",
        "JO",
        "KG",
        "KM",
        "KW",
        "KZ",
        "LB",
        "LY",
        "MA",
        "MD",
        "ME",
        "MK",
        "MR",
        "OM",
        "PK",
        "PS",
        "QA",
        "RS",
        "RU",
        "SA",
        "SD",
        "SO",
        "SS",
        "SY",
        "TD",
        "TJ",
        "TM",
        "TN",
        "TR",
        "UA",
        "UZ",
        "XK",
        "YE",
    ]
)

_APOSTROPHES = re.compile("['’‘ʼʻʿʾ`´′ʹʺ\"“”]")
_SPLIT = re.compile(r"[\s\-‐‑–—_/.,]+")
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "a", "ħ": "h"}
)
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None})
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
# The article before a "sun letter" takes its sound: ez-Zor, as-Suwayda, ash-Sheikh.
_SUN = {"z": "z", "s": "s", "d": "d", "r": "r", "t": "t", "n": "n", "sh": "sh", "dh": "dh", "th": "th", "j": "j"}
_ARTICLES = {vowel + sun: sun for vowel in "aeiu" for sun in _SUN} | dict.fromkeys(("al", "el", "ul", "il"), "")
_GLUED = re.compile(r"^[aeu](?:(zz|ss|dd|rr|tt|nn)|(sh)sh)")  # Ezzor, Assuwayda, Eddin
_GLUED_AL = re.compile(r"^[ae]l(?=[^aeioul]..)")  # Albukamal, Elbab


def _plain(text: str) -> str:
    """Strip case, accents and apostrophes; keep word breaks as single spaces."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_ARABIC)
    return " ".join(_SPLIT.split(_APOSTROPHES.sub("", text))).strip()


def _strip_articles(words: list[str], *, glued: bool) -> list[str]:
    """Drop Arabic articles, standing alone or (`glued`) written as one with their word."""
    kept: list[str] = []
    for index, word in enumerate(words):
        follower = words[index + 1] if index + 1 < len(words) else ""
        if follower and word in _ARTICLES and follower.startswith(_ARTICLES[word]):
            continue
        if glued and index and len(word) > 4 and words[index - 1] not in _ARTICLES:
            match = _GLUED.match(word)
            if match:
                word = word[len(match.group()) - len(match.group(1) or match.group(2)) :]
        if glued and len(word) > 6:
            word = _GLUED_AL.sub("", word)
        if word.startswith("ال") and len(word) > 4:
            word = word[2:]
        kept.append(word)
    return kept


@lru_cache(maxsize=65536)
def exact_key(name: str) -> str:
    """Give the key of one spelling: case, accents, hyphens, spaces, the Arabic article and "St." do not count.

    >>> exact_key("Deir ez-Zor") == exact_key("DEIR AL ZOR")
    True
    """
    words = _plain(name).split(" ")
    if len(words) > 1:
        words = [_ABBREVIATIONS.get(word, word) for word in words]
        if words[0] == "the":
            words = words[1:]
    return "".join(_strip_articles(words, glued=False))


# Applied in order. The signs stand for sounds that are written many ways: $ for sh, x for kh, . for a run of vowels.
_SOUNDS = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        ("shch|sch|tch|sh|ch", "$"),
        ("kh", "x"),
        ("gh", "g"),
        ("ph", "f"),
        ("dzh|dj|zh", "j"),
        ("ts|tz", "s"),
        ("th", "t"),
        ("dh", "d"),
        ("ck|q", "k"),
        ("v", "f"),
        ("p", "b"),
        ("(?<=[ae])h$", ""),  # ta marbuta: Raqqah, Raqqe
        ("(?<![aeiou])y(?![aeiou])", "."),  # Kyiv, Kryvyi
        ("u(?=w[aeiou])|i(?=y[aeiou])", ""),  # Suwayda, Sweida
        ("[yw](?![aeiou])", "."),  # Dayr, Zawr
        ("[aeiou.]+", "."),
        (r"(.)\1+", r"\1"),
    )
)


def _sound(word: str) -> str:
    """Give one transliterated word by its consonants, each vowel run a dot."""
    if word in ("abu", "abou", "abo", "bou", "bu"):
        return "b."
    if len(word) > 5 and word.startswith(("abu", "abou")):  # Abukamal
        word = word[1:]
    for pattern, sign in _SOUNDS:
        word = pattern.sub(sign, word)
    return word


@lru_cache(maxsize=65536)
def loose_key(name: str) -> str:
    """Give the key of one sound: which vowels stand inside, doubled letters, q or k, final h do not count.

    The sign ~ in front keeps loose keys apart from exact ones. "" for a name with fewer than two consonants, which
    would unite too much.
    """
    plain = _plain(name)
    if not plain.isascii():
        return ""
    words = _strip_articles(plain.split(" "), glued=True)
    key = re.sub(r"\.+", ".", "".join(_sound(word) for word in words if word))
    consonants = key.count("") - 1 - key.count(".")
    if consonants < 2:
        return ""
    if consonants >= 4:  # long enough without the vowels inside: Qunaytirah, Quneitra
        key = key[0] + key[1:-1].replace(".", "") + key[-1]
    return "~" + key


def key_mark(key: str) -> int:
    """Give 16 bits that tell exact keys of one loose key apart (CRC-32, stable across runs and machines)."""
    return zlib.crc32(key.encode("utf-8")) & 0xFFFF
