"""How a name sounds, whatever its spelling: kana to Latin letters, and Latin letters to one spelling of a sound.

Covers what reports about Indonesia and Japan mix: long vowels (Ohashi, Oohashi, Ōhashi), the old Indonesian
spelling (Roem, Rum; Djamaluddin, Jamaludin), doubled letters, and kana for foreign names.
"""

import re
import unicodedata
from functools import lru_cache

_ROWS = (
    ("", "アイウエオ"),
    ("k", "カキクケコ"),
    ("g", "ガギグゲゴ"),
    ("s", "サシスセソ"),
    ("z", "ザジズゼゾ"),
    ("t", "タチツテト"),
    ("d", "ダヂヅデド"),
    ("n", "ナニヌネノ"),
    ("h", "ハヒフヘホ"),
    ("b", "バビブベボ"),
    ("p", "パピプペポ"),
    ("m", "マミムメモ"),
    ("r", "ラリルレロ"),
    ("v", "ヷヸヴヹヺ"),
)
_KANA = {kana: head + vowel for head, row in _ROWS for kana, vowel in zip(row, "aiueo", strict=True)}
_KANA |= {"シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu"}
_KANA |= {"ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ン": "n", "ー": ""}
_SMALL_VOWELS = dict(zip("ァィゥェォ", "aiueo", strict=True))
_SMALL_GLIDES = {"ャ": "a", "ュ": "u", "ョ": "o"}
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}

# Old and Arabic spellings first, then Japanese long vowels, then letters that are heard as one.
_SPELLINGS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("oe", "u"),
        ("dj", "j"),
        ("tj", "c"),
        ("tch|ch", "c"),
        ("sj|sy|sh", "s"),
        ("tsu", "tu"),
        ("ph", "f"),
        ("(?<=[kdzgtb])h", ""),
        ("oh(?=[^aeiou]|$)", "o"),
        ("h$", ""),
        ("ou", "o"),
        ("[vw]", "f"),
        ("y", "i"),
        ("q", "k"),
        ("x", "ks"),
        (r"(.)\1+", r"\1"),
    )
)
_CLASSES = str.maketrans({"l": "r", "f": "h", "v": "b", "w": "h", "q": "k", "c": "s", "j": "z", "t": "d", "g": "k"})
_VOWELS = re.compile("[aeiouy]")


def has_kana(text: str) -> bool:
    """Say whether a text holds hiragana or katakana."""
    return any("\u3041" <= char <= "\u30fa" for char in text)


def is_wide(text: str) -> bool:
    """Say whether a text is written in Han characters, kana or Hangul, where a name has no spaces."""
    return any(unicodedata.east_asian_width(char) in "WF" for char in text)


def kana_to_latin(text: str) -> str:
    """Write kana in Hepburn's Latin letters; everything else stays as it is."""
    sounds: list[str] = []
    double = False
    for char in text.translate(_HIRAGANA):
        if char == "ッ":
            double = True
            continue
        if char in _SMALL_GLIDES and sounds:
            head = sounds.pop()
            sound = head[:-1] + ("" if head.endswith(("shi", "chi", "ji")) else "y") + _SMALL_GLIDES[char]
        elif char in _SMALL_VOWELS and sounds:
            sound = sounds.pop()[:-1] + _SMALL_VOWELS[char]
        else:
            sound = _KANA.get(char, char)
        sounds.append(sound[:1] + sound if double and sound else sound)
        double = False
    return "".join(sounds)


def plain(text: str) -> str:
    """Fold width, case and the accents of Latin letters."""
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(char for char in folded if not "\u0300" <= char <= "\u036f"))


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Return the one spelling that all spellings of a word share; a word in another script stays as it is."""
    if not word.isascii():
        return word
    for pattern, spelled in _SPELLINGS:
        word = pattern.sub(spelled, word)
    return word


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """Return the consonants of a word in broad classes: what is left of a foreign name in kana."""
    first = word[:1] if _VOWELS.match(word) else ""
    return first + _VOWELS.sub("", sound(word)).translate(_CLASSES)
