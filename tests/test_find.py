"""Which meetings match which filter, and which things a word finds."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rdflib import URIRef
from tiny import names_of

from kg.errors import QueryError
from kg.find import Filter, find_meetings, find_things
from kg.iris import mint

ALL = ["undated", "first", "second", "third", "fourth"]


def found(root: Path, **wanted: Any) -> list[str]:  # noqa: ANN401 - a filter's own fields
    """Return the ids of the meetings found, in order."""
    meetings = find_meetings(names_of(root), Filter(**wanted))
    return [m.meeting.rpartition("/")[2] for m in meetings]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({}, ALL),
        ({"city": mint("party", "makassar")}, ALL),
        ({"city": mint("party", "kawasaki")}, ["undated", "first"]),
        ({"parties": (mint("party", "kawasaki"),)}, ["undated"]),
        ({"parties": (mint("party", "makassar"), mint("party", "iforcom"))}, ["third", "fourth"]),
        ({"parties": (mint("party", "kawasaki"), mint("party", "iforcom"))}, []),
        ({"official": mint("official", "amir")}, ["first"]),
        ({"sector": mint("sector", "water-supply")}, ["first"]),
        ({"sector": mint("sector", "group-water")}, ["first", "second"]),
        ({"stage": mint("stage", "discussed")}, ["first", "third"]),
        ({"status": "planned"}, ["fourth"]),
        ({"status": "cancelled"}, ["undated"]),
        ({"since": date(2020, 2, 29)}, ["first", "second", "third", "fourth"]),
        ({"since": date(2020, 3, 1)}, ["second", "third", "fourth"]),
        ({"until": date(2020, 2, 1)}, ["first"]),
        ({"until": date(2020, 1, 31)}, []),
        ({"since": date(2020, 7, 27), "until": date(2020, 7, 27)}, ["second"]),
        ({"since": date(2021, 5, 31), "status": "planned"}, ["fourth"]),
    ],
    ids=lambda value: ",".join(value) or "nothing" if isinstance(value, dict) else "",
)
def test_filters(world: Path, wanted: dict[str, object], ids: list[str]) -> None:
    assert found(world, **wanted) == ids


def test_a_meeting_is_told_in_the_language_asked_for(world: Path) -> None:
    (meeting,) = find_meetings(names_of(world, "ja"), Filter(official=mint("official", "amir")))
    assert (meeting.date, meeting.name, meeting.status, meeting.stage) == ("2020-02", "First talk", "held", "協議")
    assert (meeting.parties, meeting.sectors) == (("マカッサル市", "水道局"), ("上水道",))
    assert meeting.sources == 3, "sources, not statements: one of them speaks twice"


def test_things_by_name(world: Path) -> None:
    (thing, *rest) = find_things(names_of(world, "ja"), "kawasaki")
    assert (thing.thing, thing.kind, thing.label, thing.matched) == (
        mint("party", "kawasaki"),
        "party",
        "川崎市",
        "Kawasaki",
    )
    assert rest == []
    assert find_things(names_of(world), "nothing like it") == []


@pytest.mark.parametrize("word", ["twin-a", "party:twin-a", str(mint("party", "twin-a"))], ids=["id", "CURIE", "IRI"])
def test_a_thing_by_its_id(word: str, world: Path) -> None:
    (thing,) = find_things(names_of(world), word)
    assert (thing.thing, thing.kind, thing.label, thing.matched) == (mint("party", "twin-a"), "party", "Twin", word)


def test_the_officers_question_on_the_real_data(built: Path) -> None:
    wanted = Filter(city=mint("party", "makassar"), sector=mint("sector", "water-supply"), since=date(2025, 1, 1))
    meetings = find_meetings(names_of(built), wanted)
    assert mint("meeting", "makassar-kawasaki-waterworks-2025-11-25") in {m.meeting for m in meetings}
    assert [m.date for m in meetings] == sorted(m.date for m in meetings)
    assert all(m.sources for m in meetings)


def test_all_121_meetings_are_found(built: Path) -> None:
    assert len(set(found(built))) == 121


def test_it_does_not_matter_how_many_are_asked_about_at_a_time(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = names_of(built)
    at_once = find_meetings(names, Filter(city=mint("party", "makassar")))
    monkeypatch.setattr("kg.statements._BATCH", 7)
    assert find_meetings(names, Filter(city=mint("party", "makassar"))) == at_once
    assert len(at_once) > 100
    assert all(meeting.status and meeting.parties and meeting.sources for meeting in at_once)


def test_a_value_is_bound_never_pasted(world: Path) -> None:
    strange = URIRef("https://example.org/x> . ?meeting ?p ?o . <https://example.org/y")
    with pytest.raises(QueryError, match="not an IRI"):
        found(world, official=strange)


def test_a_city_is_found_alike_in_any_script_and_words_in_any_order(built: Path) -> None:
    names = names_of(built)
    kanji, latin = ({thing.thing for thing in find_things(names, word)} for word in ("川崎", "Kawasaki"))
    assert mint("party", "kawasaki") in kanji
    assert kanji == latin
    assert [thing.kind for thing in find_things(names, "roem muhammad")][:1] == ["official"]
