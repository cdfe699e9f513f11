"""The first look at a text file: bytes in, the name of its encoding out, with the reason for it."""

import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from kg.errors import Location, TableError

_CHUNK = 1 << 20
_KANA_KANJI = "[\u3000-\u30fe\u4e00-\u9fff]"
_JAPANESE = re.compile(_KANA_KANJI)
# Latin text read as Shift_JIS: an accent swallows the letter after it and stands alone among letters, "Orl\u994cns".
_STRAY = re.compile(f"(?<=[A-Za-z]){_KANA_KANJI}(?!{_KANA_KANJI})|(?<!{_KANA_KANJI}){_KANA_KANJI}(?=[A-Za-z])")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Encoding(NamedTuple):
    """The name Python knows an encoding by, and how it was found out."""

    name: str
    because: str


def detect_encoding(opened: Callable[[], BinaryIO], name: str) -> Encoding:
    """Tell the encoding: by its mark, else UTF-8 if all of it is, else Shift_JIS if it reads as Japanese, else cp1252.

    The whole text is read for it; nothing is decided by a first part that happens to be plain.

    Raises:
        TableError: the bytes of the file called `name` are no text that we know how to tell.
    """
    with opened() as stream:
        start = stream.read(4096)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return Encoding(encoding, "by its byte order mark")
    if start[1::2].count(0) > len(start) // 4 or start[::2].count(0) > len(start) // 4:
        little = start[1::2].count(0) >= start[::2].count(0)
        return Encoding("utf-16-le" if little else "utf-16-be", "by its zero bytes")
    if b"\0" in start:
        reason = "found zero bytes; expected a text file: is it an Excel or Parquet file with another suffix?"
        raise TableError(reason, Location(name))
    if _fits(opened, "utf-8"):
        return Encoding("utf-8", "every byte fits")
    japanese = _share(opened, "cp932")
    if japanese is not None and japanese > 0.5:  # noqa: PLR2004 - more kana and kanji than anything else beyond ASCII
        return Encoding("cp932", "it reads as Japanese (Shift_JIS)")
    if _fits(opened, "cp1252"):
        return Encoding("cp1252", "it is not UTF-8 and every byte fits; say `encoding` if it is another")
    reason = "cannot tell the encoding: neither UTF-8, UTF-16, Shift_JIS nor cp1252; say `encoding` in the mapping"
    raise TableError(reason, Location(name))


def known_encoding(name: str) -> str:
    """Return Python's name of a text encoding.

    Raises:
        TableError: there is none of that name.
    """
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError) as error:
        raise TableError(f"there is no encoding {name!r}") from error
    if not getattr(info, "_is_text_encoding", True):
        raise TableError(f"{name!r} is no encoding of text")
    return info.name


def _decoded(opened: Callable[[], BinaryIO], name: str) -> Iterator[str]:
    """Yield the text piece by piece."""
    decoder = codecs.getincrementaldecoder(name)()
    with opened() as stream:
        while piece := stream.read(_CHUNK):
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)


def _fits(opened: Callable[[], BinaryIO], name: str) -> bool:
    """Say whether all of a text decodes."""
    try:
        for _ in _decoded(opened, name):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _share(opened: Callable[[], BinaryIO], name: str) -> float | None:
    """Return how much of what is beyond ASCII is kana and kanji in Japanese text; None when it does not decode."""
    japanese = beyond = 0
    try:
        for text in _decoded(opened, name):
            if not text.isascii():
                beyond += sum(character > "\x7f" for character in text)
                japanese += len(_JAPANESE.findall(text)) - len(_STRAY.findall(text))
    except UnicodeDecodeError:
        return None
    return japanese / beyond if beyond else None
