"""Text in, ids out: the same text gives the same id anywhere, and text that differs in more than dress another one."""

import hashlib
import re
import unicodedata
from functools import lru_cache

LONGEST = 96  # an id may have 120; a step or a pair adds to it
_OTHERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "\u0131": "i", "&": " and "}
)
_BETWEEN = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65536)
def to_id(text: str) -> str:
    """Return an id for a text; empty when the text holds no letter or digit.

    Case, accents and punctuation do not count. Where letters have no form in a-z (川崎市), or the text is too long,
    a digest of the text itself keeps ids apart.
    """
    if text.isascii() and len(text) <= LONGEST:
        return _BETWEEN.sub("-", text.lower().replace("&", " and ")).strip("-")
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_OTHERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    found = _BETWEEN.sub("-", plain).strip("-")
    if not found.isascii() or any(c.isalnum() and not c.isascii() for c in plain):
        return "-".join(filter(None, [_cut(found, LONGEST - 9), digest(lowered)]))
    return found if len(found) <= LONGEST else f"{_cut(found, LONGEST - 9)}-{digest(lowered)}"


def digest(*texts: str, size: int = 4) -> str:
    """Return `size` bytes of a digest over some texts, as hexadecimal digits."""
    joined = "\x1f".join(texts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def _cut(text: str, longest: int) -> str:
    """Cut at the end of a word where there is one."""
    if len(text) <= longest:
        return text
    return (text[:longest].rpartition("-")[0] or text[:longest]).strip("-")
