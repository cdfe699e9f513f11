"""A record as its shape and the texts that fill it, and a stand-in of the same shape with marks in place of the texts.

Records are of one shape when the same fields are set, lists are as long, the same texts stand in several places, and
all else (languages, stages, fields that evidence names, numbers, yes and no) is the same. What is said of them then
differs in nothing but those texts, so that it need be worked out for a stand-in only.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel

from kg.dates import PartialDate
from kg.records import Record

Shape: TypeAlias = tuple[Hashable, ...]
R = TypeVar("R", bound=Record)

# Private characters, of which Unicode has so many in a row; the last makes a mark as long as the date it is for.
_FIRST, _PAD = 0xE000, "\uf8ff"
_MARKED = re.compile(f"([{chr(_FIRST)}-{_PAD}]){_PAD}*")
MOST = ord(_PAD) - _FIRST
"""Texts that can be marked."""
# Fields whose texts are compared with words of ours, or told in more than one way, and not only written.
_WEIGHED = frozenset({"claims", "instrument", "rulings", "stage", "status", "supports"})
_DAY = len("2025-11-25")


class _Outlines:
    """Outlines records; the last is remembered, because a record is checked and then converted."""

    def __init__(self) -> None:
        """Remember none."""
        self._last: tuple[Record, tuple[Shape, list[str]]] | None = None

    def of(self, record: Record) -> tuple[Shape, list[str]]:
        """Return shape and texts of a record; the last one is kept with its own, so that no other is taken for it."""
        last = self._last
        if last is None or last[0] is not record:
            last = self._last = record, _outline(record)
        return last[1]


outline = _Outlines().of
"""Return the shape of a record and its texts, those of dates and their bounds included."""


def _outline(record: Record) -> tuple[Shape, list[str]]:
    """Work out shape and texts."""
    shape: list[Hashable] = []
    texts: list[str] = []
    _note_part(record, shape, texts)
    if len(set(texts)) < len(texts):
        shape += places(texts)
    return tuple(shape), texts


def places(texts: Sequence[str]) -> list[int]:
    """Return for each text the place of the first one like it."""
    first: dict[str, int] = {}
    return [first.setdefault(text, place) for place, text in enumerate(texts)]


def marks(texts: Sequence[str]) -> list[str]:
    """Return a mark for each text, the same for the same.

    Raises:
        ValueError: there are more texts than marks.
    """
    if len(texts) > MOST:
        raise ValueError(f"found {len(texts)} texts; expected at most {MOST}")
    return [chr(_FIRST + place) for place in places(texts)]


def stand_in(record: R, marks: Iterable[str]) -> R:
    """Return a record of the same shape with these marks in place of its texts."""
    made: R = _marked(record, iter(marks))
    return made


def split_marks(text: str) -> list[str]:
    """Return what stands before, between and behind the marks of a text, and between these the marks."""
    return _MARKED.split(text)


def place_of(mark: str) -> int:
    """Return the place of the text that a mark stands for."""
    return ord(mark) - _FIRST


def _note(value: Any, shape: list[Hashable], texts: list[str]) -> None:  # noqa: ANN401 - of any field
    """Add a value to a shape, and its texts to those of the record; `_marked` meets them in the same order."""
    kind = type(value)
    if kind is PartialDate:
        shape.append(len(value.text))
        texts += _date_texts(value)
    elif kind is dict:
        shape += (*value, dict)
        texts += value.values()
    elif isinstance(value, BaseModel):
        _note_part(value, shape, texts)
    else:
        shape.append(value)


def _note_part(part: BaseModel, shape: list[Hashable], texts: list[str]) -> None:
    """Add the fields that are set in a record, or in a part of one; most are text, which saves a call."""
    shape.append(type(part))
    for name, value in part.__dict__.items():
        if value is None:
            continue
        kind = type(value)
        if name in _WEIGHED:  # to support nothing is not to say what
            shape += (name, value if kind is str else repr(value))
        elif kind is str:
            shape.append(name)
            texts.append(value)
        elif kind is not tuple:
            shape.append(name)
            _note(value, shape, texts)
        elif value:
            shape += (name, len(value))
            for item in value:
                if type(item) is str:
                    shape.append(str)
                    texts.append(item)
                else:
                    _note(item, shape, texts)
    shape.append(None)


def _date_texts(date: PartialDate) -> tuple[str, ...]:
    """Return a date, and its bounds where they are others."""
    return (date.text,) if len(date.text) == _DAY else (date.text, str(date.earliest), str(date.latest))


def _marked(value: Any, marks: Iterator[str]) -> Any:  # noqa: ANN401 - of any field
    """Return a value with the next marks for its texts."""
    kind = type(value)
    if kind is str:
        return next(marks)
    if kind is tuple:
        return tuple(_marked(item, marks) for item in value)
    if kind is PartialDate:
        return _MarkedDate([next(marks) for _ in _date_texts(value)], len(value.text))
    if kind is dict:
        return {key: next(marks) for key in value}
    if isinstance(value, BaseModel):
        fields = {name: inner for name, inner in value.__dict__.items() if name not in _WEIGHED}
        return value.model_copy(update={name: _marked(inner, marks) for name, inner in fields.items()})
    return value


class _MarkedDate(PartialDate):
    """A date made of marks; it equals itself alone, lest what is remembered of one be taken for another's."""

    __slots__ = ()
    earliest: Any  # a mark, where others hold a day
    latest: Any

    def __init__(self, marks: Sequence[str], length: int) -> None:
        """Take one mark, or one for the date and one for each bound; the text is as long as that of the date."""
        self.text = marks[0].ljust(length, _PAD)
        self.earliest, self.latest = marks[-2:] if len(marks) > 1 else (marks[0], marks[0])  # as of a month or year

    __eq__ = object.__eq__
    __hash__ = object.__hash__
