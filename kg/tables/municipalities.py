"""A shipped gazetteer in, its places with the ways their names are written out.

It is a CSV of `id,country,name,local,kana,state,state_local,latitude,longitude,wikidata`. A place is found by its name
in Latin letters, its local name with or without what says its rank (市, Kota), its kana, and any of these beside its
province or prefecture.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.tables.place import OWN, RANK, Place, Way

_RANKS = {"市": ("shi", "city"), "区": ("ku", "ward"), "町": ("cho", "machi", "town"), "村": ("mura", "son", "village")}


def read_municipalities(path: Path) -> Iterator[tuple[Place, Iterator[Way]]]:
    """Yield each place of a file, and the ways it is written."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            title = f"{row['local']} ({row['state']})"
            yield Place(row["id"], row["country"], title, _fields(row)), _ways(row)


def _ways(row: Mapping[str, str]) -> Iterator[Way]:
    """Yield each way a place is written, and what that way is."""
    for text, how in ((row["local"], OWN), (row["kana"], "kana"), (row["name"], "name")):
        if text:
            yield text, how
            yield RANK.sub("", text.casefold()), f"{how} without rank"
            for state in filter(None, (row["state"], row["state_local"])):
                yield f"{text} {state}", f"{how} with {state}"
                yield f"{state} {text}", f"{how} with {state}"
    for rank in _RANKS.get(row["local"][-1:], ()):
        yield f"{row['name']} {rank}", "name with rank"


def _fields(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a city record, the id aside."""
    local = {"ja": row["local"].replace(" ", "")} if row["kana"] else {"id": row["local"]}
    made: dict[str, Any] = {"name": {**local, "en": row["name"]}, "country": row["country"]}
    if row["latitude"] and row["longitude"]:
        made |= {"latitude": row["latitude"], "longitude": row["longitude"]}
    if row["wikidata"]:
        made["same_as"] = [f"http://www.wikidata.org/entity/{row['wikidata']}"]
    return made
