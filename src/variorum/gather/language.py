"""Which language a text is in: guessed from its commonest small words, and where these say nothing, by a model.

The words tell twelve languages of news, in less than a millisecond. The model, py3langid, knows 140 and costs a second
to load; it is asked only of a text that has few English words.

Invariant: "" when unsure. A wrong language sends a text to the wrong rules; an unknown one is read as English, which
finds nothing in another language but costs the time. English is never taken for another language: of 2,679 English
texts, and of their first 60 to 500 characters, none is (`tests/gather/test_language.py` has texts of 30 languages).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

# Words that are frequent in their language and rare in the others of this list. Words shared by several
# ("de" in French and Spanish, "в" in Russian and Bulgarian) are left out on purpose.
_WORDS = {
    "en": "the of and to that was were with said from have has been they which this after their",
    "fr": "les des dans une pour qui sur par avec ont été aux cette leur selon après mais",
    "es": "los las el del por una para según fue han este más pero sus como entre fueron",
    "de": "der die das und den von mit ist auf dem nicht wurde wurden sich nach bei ein eine",
    "nl": "het een van dat op te zijn niet voor met die aan om ook maar bij door naar uit werd zei",
    "it": "il gli della che nel sono stato dei delle alla con anche dopo questo è hanno",
    "pt": "os das dos uma não foi foram pelo pela ao são mais segundo após também em com",
    "tr": "ve bir bu için ile olarak olan daha sonra çok kadar göre ise gibi tarafından de da olduğu olduğunu "
    "arasında karşı açıkladı söyledi başkanı",
    "ar": "في من على إلى أن عن التي الذي هذا هذه بعد قال كان كانت مع بين أو ما لا قد",
    "fa": "در به از که این را با است برای آن یک خود شد کرد شده بود می های گفت",
    "ru": "и в не на что с по из как было были это для его от после также",
    "uk": "і та що не на у з від про як було були це для його після також які",
}
STOP_WORDS: Mapping[str, frozenset[str]] = {code: frozenset(words.split()) for code, words in _WORDS.items()}
WORD = re.compile(r"[^\W\d_]+")
HEAD_CHARS = 4_000  # enough for a few hundred words; a longer look changes nothing
MIN_HITS = 4  # below this a name or a headline decides by chance
MIN_SHARE = 0.08  # of the words; 550 of 560 English reports lie between .11 and .31, sample sentences above .30
MODEL_WORDS = 15  # a text of fewer is a headline, whose names decide; of scripts that part no words count the letters
MODEL_LETTERS = 24
MODEL_CHARS = 1_500  # a millisecond; more says nothing new
MODEL_SHARE = 0.5  # Croatian shares its texts with Bosnian and Serbian, Indonesian with Malay
NEAR_ENGLISH = frozenset({"pcm", "sco", "jam"})  # what headlines in English are taken for
_ENGLISH = "the of and that with were been they which this after their said says killed victims who"
_IN_NAMES = "del los las el les des aux der die das von dem van het den il gli della dei delle os da dos"
# Words of English that are none in a language it is taken for. A text with a few is mixed: a quote, a list of names.
ENGLISH = frozenset(_ENGLISH.split())
NO_SIGN = {"nl": {"of"}, "af": {"of"}}  # but for these: "or"
MIXED_WORDS = 60  # a text of fewer with a word of English is not taken for another language
MIXED_SHARE = 0.03  # and a longer one with that many of them
# Small words that stand in names of people and places: Juan de los Santos, Saint-Denis-les-Bains, van der Bellen.
IN_NAMES = frozenset(_IN_NAMES.split())
NAMING = frozenset({"es", "fr", "de", "nl", "it", "pt"})  # languages of these
NAME_WORDS = 25  # a text of fewer needs others too
MIN_OTHERS = 2
MIN_LEAD = 1.4  # best against second, so that a text half in each of two languages has none


def guess_language(text: str) -> str:
    """Give the ISO 639-1 code of the language a text is written in, 639-3 where it has none, "" when unsure."""
    code = _guess(text, _words(text))
    return code if code == "en" or not _is_mixed(text, code) else ""


def _guess(text: str, words: list[str]) -> str:
    hits = sorted(((_hits(words, stop), code) for code, stop in STOP_WORDS.items()), reverse=True)
    (best, code), (second, _) = hits[0], hits[1]
    if best >= MIN_HITS and best >= MIN_SHARE * len(words) and best >= MIN_LEAD * second:
        return "" if _is_names(words, code) else code
    if code == "en" and best >= max(2, MIN_SHARE * len(words)) and second == 0:
        return ""  # short, and English as far as it goes
    letters = sum(len(word) for word in words if not word.isascii())
    if len(words) < MODEL_WORDS and letters < MODEL_LETTERS:
        return ""
    lang, share = _model().classify(text[:MODEL_CHARS])
    unsure = share < MODEL_SHARE or lang in NEAR_ENGLISH or _is_names(words, lang)
    return "" if unsure else str(lang)


def _is_names(words: list[str], code: str) -> bool:
    """Tell whether a short text has hardly a small word of a language but those in names."""
    short = code in NAMING and len(words) < NAME_WORDS
    return short and _hits(words, STOP_WORDS[code] - IN_NAMES) < MIN_OTHERS


def _is_mixed(text: str, code: str) -> bool:
    """Tell whether a text that is taken for another language has English in it, or stands under a line of it."""
    signs = ENGLISH - NO_SIGN.get(code, set())
    words = WORD.findall(text[:HEAD_CHARS])
    # Said, with a capital, is a name.
    found = sum(word.lower() in signs and word != "Said" for word in words)
    first = sum(word.lower() in signs for word in WORD.findall(text.lstrip()[:HEAD_CHARS].partition("\n")[0]))
    return first >= MIN_OTHERS or (found > 0 and (len(words) < MIXED_WORDS or found >= MIXED_SHARE * len(words)))


@cache
def _model() -> Any:
    # Imported here: it brings numpy and unpacks 4.6 MB, and most runs never need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def count_known_words(text: str) -> int:
    """Give how many small words of its likeliest language a text holds: few when its letters are read wrong."""
    words = _words(text)
    return max(_hits(words, stop) for stop in STOP_WORDS.values())


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text[:HEAD_CHARS])]


def _hits(words: list[str], stop: frozenset[str]) -> int:
    return sum(word in stop for word in words)
