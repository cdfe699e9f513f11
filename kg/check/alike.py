"""What all records of one shape have in common for a check: worked out for the first, looked up for the others."""

from collections.abc import Sequence
from typing import NamedTuple

from kg.check.columns import number_of
from kg.check.plain import is_plain
from kg.check.references import CHAINS, links, names
from kg.outline import Shape
from kg.read import Entry

_MOST = 4096


class Alike(NamedTuple):
    """Whether a shape leaves nothing to check, and where in the texts of a record stand ids that it names.

    Which texts of a record are the same is part of its shape: the first place of an id is its place in every one.
    """

    is_plain: bool
    named: list[tuple[str, int]]
    """The namespace of each id that must exist, and its place."""
    links: list[int]
    """The places of ids that must not lead back."""

    def numbers(self, texts: Sequence[str]) -> list[int]:
        """Return the number of each id that must exist."""
        return [number_of(namespace, texts[place]) for namespace, place in self.named]


class Shapes:
    """Remembers shapes; a full memory is emptied."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: dict[Shape, Alike] = {}

    def of(self, entry: Entry, shape: Shape, texts: Sequence[str]) -> Alike:
        """Return what holds of an entry and all others of its shape."""
        alike = self._known.get(shape)
        if alike is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            alike = self._known[shape] = _alike(entry, texts)
        return alike


def _alike(entry: Entry, texts: Sequence[str]) -> Alike:
    """Work out what the first entry of a shape has in common with all others."""
    led = links(entry) if entry.record.namespace in CHAINS else ()
    return Alike(
        is_plain(entry.record),
        [(namespace, texts.index(name)) for namespace, name, _ in names(entry.record)],
        [texts.index(name) for _, name in led],
    )
