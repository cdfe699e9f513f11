"""Texts with holes: `"Meeting with {lobbyist}[ on {day}]"` in, and for each row the text with the holes filled.

`{name}` is a column; `$thing` standing alone is the id of another record made of the same row. What stands in
brackets is left out when a column in it is empty; without brackets an empty column leaves nothing of the text.
`{{`, `}}`, `[[` and `]]` are the signs themselves.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Values: TypeAlias = Mapping[str, tuple[str, ...]]

_SIGN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{([^{}]*)\}|[\[\]{}]")


@dataclass(frozen=True, slots=True)
class Hole:
    """Where a column's value goes."""

    column: str


@dataclass(frozen=True)
class Bracket:
    """A part that is left out when it has an empty hole."""

    parts: tuple[str | Hole, ...]


@dataclass(frozen=True)
class Template:
    """A text with holes."""

    text: str
    parts: tuple[str | Hole | Bracket, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns named, in order."""
        return tuple(dict.fromkeys(_holes(self.parts)))

    @property
    def only(self) -> str | None:
        """The column, when the text is one hole and nothing else: then a list of values stays a list."""
        first = self.parts[0] if len(self.parts) == 1 else None
        return first.column if isinstance(first, Hole) else None

    def fill(self, values: Values) -> str | None:
        """Return the text without outer blanks, or None when a column outside brackets is empty."""
        return (_fill(self.parts, values) or "").strip() or None


def parse_template(text: str) -> Template:
    """Read a text with holes.

    Raises:
        ValueError: a brace or bracket has no partner, or stands where it may not.
    """
    parts: list[str | Hole | Bracket] = []
    inside: list[str | Hole] | None = None
    end = 0
    for sign in _SIGN.finditer(text):
        target: list[str | Hole] | list[str | Hole | Bracket] = parts if inside is None else inside
        _add(target, text[end : sign.start()])
        end = sign.end()
        found = sign[0]
        if len(found) == 2 and found[0] == found[1]:  # noqa: PLR2004 - a doubled sign
            _add(target, found[0])
        elif sign[1] is not None:
            if not sign[1].strip():
                raise ValueError("found {}; expected the name of a column between the braces")
            target.append(Hole(sign[1].strip()))
        elif found == "[" and inside is None:
            inside = []
        elif found == "]" and inside is not None:
            parts.append(Bracket(tuple(inside)))
            inside = None
        else:
            raise ValueError(f"found a lone {found!r}; write it twice when the sign itself is meant")
    if inside is not None:
        raise ValueError("found '[' without ']'; write it twice when the sign itself is meant")
    _add(parts, text[end:])
    return Template(text, tuple(parts))


def _add(parts: list[str | Hole] | list[str | Hole | Bracket], text: str) -> None:
    """Add plain text, to the text before it where there is some."""
    if text and parts and isinstance(parts[-1], str):
        parts[-1] += text
    elif text:
        parts.append(text)


def _holes(parts: tuple[str | Hole | Bracket, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Hole):
            yield part.column
        elif isinstance(part, Bracket):
            yield from _holes(part.parts)


def _fill(parts: tuple[str | Hole | Bracket, ...], values: Values) -> str | None:
    """Fill every hole, or say that one has nothing."""
    made = []
    for part in parts:
        if type(part) is str:
            made.append(part)
        elif type(part) is Hole:
            found = values[part.column]
            if not found:
                return None
            made.append(found[0] if len(found) == 1 else ", ".join(found))
        else:
            made.append(_fill(part.parts, values) or "")  # type: ignore[union-attr]
    return "".join(made)
