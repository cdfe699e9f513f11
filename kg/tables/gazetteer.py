"""Names of places in, the one place that is meant out, with the reason; a name of several places stays a name.

A gazetteer is a CSV of `id,country,name,local,kana,state,state_local,latitude,longitude,wikidata`, shipped under
`mappings/gazetteers/`. A place is found by its name in Latin letters, its local name with or without what says its
rank (市, Kota), its kana, and any of these beside its province or prefecture.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import TableError, did_you_mean, shown
from kg.resources import mappings_folder
from kg.tables.row import CellFault

_RANK = re.compile(r"^(?:kota|kabupaten|city of|town of)\s+|(?:市|区|町|村|[\s-](?:shi|ku|cho|machi|son|mura|city))$")
_SPACE = re.compile(r"[\s,'\u2019().-]+")
_RANKS = {"市": ("shi", "city"), "区": ("ku", "ward"), "町": ("cho", "machi", "town"), "村": ("mura", "son", "village")}
_FEW = 4


@dataclass(frozen=True)
class Place:
    """One municipality."""

    id: str
    country: str
    name: str
    local: str
    kana: str
    state: str
    state_local: str
    latitude: str
    longitude: str
    wikidata: str

    def ways(self) -> Iterator[tuple[str, str]]:
        """Yield each way the place is written, and what that way is."""
        for text, how in ((self.local, "local name"), (self.kana, "kana"), (self.name, "name")):
            if text:
                yield _key(text), how
                yield _key(_RANK.sub("", text.casefold())), f"{how} without rank"
                for state in filter(None, (self.state, self.state_local)):
                    yield _key(f"{text} {state}"), f"{how} with {state}"
                    yield _key(f"{state} {text}"), f"{how} with {state}"

        for rank in _RANKS.get(self.local[-1:], ()):
            yield _key(f"{self.name} {rank}"), "name with rank"

    def fields(self) -> dict[str, Any]:
        """Return the fields of a city record, the id aside."""
        name = (
            {"ja": self.local.replace(" ", ""), "en": self.name} if self.kana else {"id": self.local, "en": self.name}
        )
        made: dict[str, Any] = {"name": name, "country": self.country}
        if self.latitude and self.longitude:
            made |= {"latitude": self.latitude, "longitude": self.longitude}
        if self.wikidata:
            made["same_as"] = [f"http://www.wikidata.org/entity/{self.wikidata}"]
        return made


class Gazetteer:
    """Places by every way they are written."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        """Index the places."""
        self.places = places
        self._ways: dict[str, dict[str, str]] = {}
        for place in places.values():
            for key, how in place.ways():
                self._ways.setdefault(key, {}).setdefault(place.id, how)

    def find(self, name: str, *, within: str | None = None) -> tuple[Place, str]:
        """Return the one place of a name, and by what it was recognised.

        Raises:
            CellFault: there is none, or there are several; those are named.
        """
        ways = self._ways.get(_key(name)) or self._ways.get(_key(_RANK.sub("", name.casefold()))) or {}
        found = [one for one in ways if within is None or self.places[one].country == within]
        exact = [one for one in found if ways[one] == "local name"]
        if len(exact) == 1:  # Kota Bandung is not Kabupaten Bandung; Bandung alone may be either
            found = exact
        if not found:
            raise CellFault("unknown-place", "the gazetteer has no place of this name")
        if len(found) > 1:
            named = ", ".join(
                f"{one} {self.places[one].local} ({self.places[one].state})" for one in sorted(found)[:_FEW]
            )
            more = f" and {len(found) - _FEW} more" if len(found) > _FEW else ""
            raise CellFault("ambiguous-place", f"{len(found)} places have this name: {named}{more}; left unlinked")
        return self.places[found[0]], ways[found[0]]


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
    """Return a shipped gazetteer.

    Raises:
        TableError: there is none of that name.
    """
    folder = mappings_folder() / "gazetteers"
    known = sorted(path.stem for path in folder.glob("*.csv"))
    if name not in known:
        hint = did_you_mean(name, known) or f"; shipped are {', '.join(known)}"
        raise TableError(f"there is no gazetteer {shown(name)}{hint}")
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return Gazetteer({row["id"]: Place(**row) for row in csv.DictReader(file)})
