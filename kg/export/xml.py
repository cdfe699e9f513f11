"""Text -> XML: escaped, and refused where XML 1.0 has no way to write it."""

import re

from kg.errors import ExportError

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def text(characters: str) -> str:
    """Return characters as the content of an element.

    Raises:
        ExportError: a control character that XML 1.0 cannot hold.
    """
    return _checked(characters).translate(_TEXT)


def attribute(characters: str) -> str:
    """Return characters as the value of an attribute in double quotes.

    Raises:
        ExportError: a control character that XML 1.0 cannot hold.
    """
    return _checked(characters).translate(_ATTRIBUTE)


def _checked(characters: str) -> str:
    """Refuse what XML cannot hold, and say where it stands."""
    if match := _NO_XML.search(characters):
        near = characters[max(0, match.start() - 20) : match.start()]
        raise ExportError(f"XML cannot hold the character U+{ord(match[0]):04X}, found after {near!r}")
    return characters
