"""A look at what a change touches finds what a look at everything finds: `kg.build.near` beside a whole check."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import pytest

from kg.build.kept import KeptFile, as_json
from kg.build.near import Unchanged, are_right_still
from kg.check import check_records
from kg.errors import Location
from kg.read import Entry
from kg.records import BY_KIND, from_builtins
from kg.resources import sector_ids

Line: TypeAlias = Mapping[str, Any]
Key: TypeAlias = tuple[str, str]
Change: TypeAlias = Mapping[Key, Line | None]
"""Records by kind and id as they are now; None for one that went."""

SAID = [{"source": "paper", "says": "It was so."}]
LONG = [
    {"source": "paper", "says": "They agreed to train forty operators of the waterworks in the care of their pumps."},
    {"source": "gazette", "says": "The mayor said at the quay that buses will run to the harbour from next spring on."},
]
"""Two summaries long enough to tell copies by."""
WORLD: Mapping[Key, Line] = {
    (kind, name): {"id": name} | fields
    for kind, name, fields in (
        ("city", "port", {"name": "Port"}),
        ("city", "harbour-2", {"name": "Harbour"}),
        ("organization", "works", {"name": "Works", "unit_of": "port", "evidence": SAID}),
        ("organization", "pumps", {"name": "Pumps", "unit_of": "works", "evidence": SAID}),
        ("organization", "lift", {"name": "Lift", "unit_of": "pumps", "evidence": SAID}),
        ("official", "ann", {"name": "Ann"}),
        ("post", "mayor", {"name": "Mayor", "of": "port", "evidence": SAID}),
        ("tenure", "ann-mayor", {"official": "ann", "post": "mayor", "from": "2010", "until": "2020",
                                 "evidence": SAID}),
        ("source", "paper", {"outlet": "Paper", "published": "2022"}),
        ("source", "herald", {"outlet": "Herald", "published": "2022"}),
        ("source", "gazette", {"outlet": "Gazette", "published": "2022"}),
        ("source", "letter", {"outlet": "Letter", "published": "2022"}),
        ("meeting", "first", {"date": "2015-05-05", "parties": ["port", "harbour-2"],
                              "evidence": [{"source": "herald", "says": "They met."}]}),
        ("meeting", "second", {"date": "2016-06-06", "parties": ["port", "works"], "follows": ["first"],
                               "cooperation": "buses", "people": [{"official": "ann", "as": "mayor"}],
                               "evidence": LONG}),
        ("meeting", "third", {"date": "2016", "parties": ["port", "works"], "evidence": SAID}),
        ("cooperation", "buses", {"name": "Buses", "parties": ["port", "harbour-2"], "evidence": SAID,
                                  "steps": [{"id": "start", "stage": "proposed", "date": "2015-05-05",
                                             "meeting": "first", "evidence": SAID}]}),
    )
}  # fmt: skip
"""Records with which nothing is wrong."""


def put(kind: str, name: str, **fields: object) -> Change:
    """Return a change of one record, or one more; None leaves a field out, `name_` is its name."""
    renamed = {key.removesuffix("_"): value for key, value in fields.items()}
    line = {"id": name, **WORLD.get((kind, name), {}), **renamed}
    return {(kind, name): {key: value for key, value in line.items() if value is not None}}


def term(name: str, official: str, **days: object) -> Change:
    """Return one tenure more, of an official who may be new, as mayor."""
    bob: Change = {} if ("official", official) in WORLD else put("official", official, name_="Bob")
    return {**bob, **put("tenure", name, official=official, post="mayor", evidence=SAID, **days)}


def lose(kind: str, name: str) -> Change:
    return {(kind, name): None}


CLAIM = {"source": "herald", "claims": {"parties": ["nobody"]}}
STEP = {"id": "start", "stage": "proposed", "date": "2012", "meeting": "first", "evidence": SAID}
STILL_RIGHT: Mapping[str, Change] = {
    "another name": put("city", "port", name_="Big Port"),
    "another day, after the meeting it follows": put("meeting", "second", date="2017"),
    "a longer tenure": put("tenure", "ann-mayor", until="2021"),
    "a meeting less that nobody names": lose("meeting", "third"),
    "a source less that nobody names": lose("source", "letter"),
    "a tenure more, after the one in the post": term("bob-mayor", "bob", from_="2021"),
    "one long summary": put("meeting", "first", evidence=LONG[:1]),
    "an id that stands in another namespace": put("official", "port", name_="Port"),
    "a party less, and none that names it": {
        **lose("city", "harbour-2"),
        **lose("cooperation", "buses"),
        **lose("meeting", "first"),
        **put("meeting", "second", follows=None, cooperation=None),
    },
}
WRONG: Mapping[str, tuple[str, Change]] = {
    "a party less that others name": ("dangling-reference", lose("city", "harbour-2")),
    "a source less that others name": ("dangling-reference", lose("source", "paper")),
    "a meeting less that another follows": (
        "dangling-reference",
        {**lose("meeting", "first"), **put("cooperation", "buses", steps=None)},
    ),
    "a cooperation less that a meeting serves": ("dangling-reference", lose("cooperation", "buses")),
    "a cooperation of others than its meeting": (
        "foreign-cooperation",
        put("cooperation", "buses", parties=["harbour-2", "pumps"]),
    ),
    "a party that is nobody": ("dangling-reference", put("meeting", "second", parties=["port", "nobody"])),
    "a claim that names nobody": ("dangling-reference", put("meeting", "second", evidence=[*SAID, CLAIM])),
    "an id that another record has": ("duplicate-id", put("company", "port", name_="Port")),
    "an id of a shipped sector": ("duplicate-id", put("sector", "water-supply", name_="Water")),
    "a day after the meeting that follows": ("follows-later", put("meeting", "first", date="2017-05-05")),
    "a day before the meeting it follows": ("follows-later", put("meeting", "second", date="2014-05-05")),
    "another day than the step taken there": ("step-date", put("meeting", "first", date="2015-05-06")),
    "a step of another day than its meeting": ("step-date", put("cooperation", "buses", steps=[STEP])),
    "a tenure that ends before a meeting in the post": ("post-excluded", put("tenure", "ann-mayor", until="2012")),
    "a meeting after the tenure": ("post-excluded", put("meeting", "second", date="2021-05-05")),
    "a tenure handed to somebody else": (
        "post-unobserved",
        {**lose("tenure", "ann-mayor"), **term("bob-mayor", "bob", observed=["2016"])},
    ),
    "a tenure that overlaps one that was there": (
        "tenure-overlap",
        term("ann-again", "ann", from_="2015", until="2018"),
    ),
    "a circle through records that stay": ("circle", put("city", "port", part_of="lift", evidence=SAID)),
    "a source older than what it tells of": ("reported-before", put("source", "herald", published="2014")),
}
"""A code of what a look at everything finds, and the change."""
TOLD_ELSEWHERE: Mapping[str, Change] = {
    "a source that copies another": put("source", "herald", copy_of="paper"),
    "a source that names its family": put("source", "herald", family="agency"),
    "a second long summary": put("meeting", "first", evidence=LONG),
    "long summaries less": put("meeting", "second", evidence=SAID),
    "a source that a long summary rests on": put("source", "paper", published="2023"),
}
"""What is right, and may change the families of sources."""


def entry(key: Key, line: Line) -> Entry:
    return Entry(from_builtins(BY_KIND[key[0]], line), Location("records/some.jsonl", 1), lambda *_, **__: Location(""))


def looked_at_nearby(change: Change) -> bool:
    """Say what a look at the neighbourhood of a change says; each record that stays is in a file of its own."""
    files = [
        KeptFile(f"{kind}/{name}", "", [f'[1,"{kind}",{as_json(entry((kind, name), line).record)}]\n'.encode()])
        for (kind, name), line in WORLD.items()
        if (kind, name) not in change
    ]
    gone = [entry(key, WORLD[key]).record for key in change if key in WORLD]
    return are_right_still(Unchanged(files), gone, [entry(key, line) for key, line in change.items() if line])


def codes(change: Change) -> list[str]:
    """Return the codes of all that is found when everything is looked at."""
    entries = [entry(key, line) for key, line in {**WORLD, **change}.items() if line]
    return [issue.code for issue in check_records(entries, known_sectors=sector_ids())]


@pytest.mark.parametrize("name", STILL_RIGHT)
def test_right_still(name: str) -> None:
    assert codes(STILL_RIGHT[name]) == []
    assert looked_at_nearby(STILL_RIGHT[name])


@pytest.mark.parametrize("name", WRONG)
def test_no_longer_right(name: str) -> None:
    code, change = WRONG[name]
    assert code in codes(change)
    assert not looked_at_nearby(change)


@pytest.mark.parametrize("name", TOLD_ELSEWHERE)
def test_families_of_sources_are_left_to_a_look_at_everything(name: str) -> None:
    assert codes(TOLD_ELSEWHERE[name]) == []
    assert not looked_at_nearby(TOLD_ELSEWHERE[name])
