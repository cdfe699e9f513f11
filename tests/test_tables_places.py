"""Names of places are linked in any script, or left alone and listed where several places have them."""

from pathlib import Path

import pytest
from test_tables import HEAD, World

from kg.errors import TableError
from kg.tables.gazetteer import read_gazetteer
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
    assert all(place.name and place.local and place.state for place in places)


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
    assert done.notes == {("where", "ambiguous-place"): 1, ("where", "unknown-place"): 1}
    assert "jp-04324 川崎町 (Miyagi)" in (tmp_path / "notes.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("japan-indonesia", "japan-indonesa", "did you mean 'japan-indonesia'"),
        ("kind: city, place: place", "kind: city, place: where", "names a column with a `gazetteer`"),
        ("kind: city, place: place", "kind: city", "missing 'id'"),
    ],
)
def test_a_gazetteer_that_is_not_there_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(TableError) as refused:
        World(tmp_path).take("who,where\n", PLACES.replace(old, new))
    assert message in " ".join([str(refused.value), *map(str, refused.value.issues)])
