"""What goes in beside the graph (a story, an earlier map) and what comes out beside the page (JSON, GEXF)."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from map_world import CANARIES, TALKS, world

import kg.map
from kg.collection import Config
from kg.errors import ExportError, KgError
from kg.map.keeping import read_places
from kg.map.reading import read_facts
from kg.map.story import read_story

GEXF = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
STORY = """
steps:
  - {caption: {en: First., ja: 最初。}, at: makassar}
  - {caption: Water., sectors: [water-supply], focus: makassar, depth: 2, since: 2023, until: 2025-03}
"""


def story(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "story.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_story_step_is_an_address_of_the_page(tmp_path: Path) -> None:
    steps = read_story(story(tmp_path, STORY), read_facts(world(TALKS)))
    assert steps == [
        {"caption": {"en": "First.", "ja": "最初。"}, "state": "at=party%3Amakassar"},
        {
            "caption": {"": "Water."},
            "state": "focus=party%3Amakassar+2&sectors=sector%3Awater-supply&since=2023-01-01&until=2025-03-31",
        },
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("steps: []", "a list `steps`"),
        ("- 1", "a list `steps`"),
        ("steps: [{at: makassar}]", r"steps\[0\]: a step needs a caption"),
        ("steps: [{caption: x, att: makassar}]", r"unknown field 'att'; did you mean 'at'"),
        ("steps: [{caption: x, at: makasar}]", r"steps\[0\]: no such thing: 'makasar'; did you mean 'makassar'"),
        ("steps: [{caption: x, since: 2025-13}]", "month"),
        ("steps: [{caption: x, since: 2025, until: 2024-12}]", "since 2025 is after until 2024-12"),
        ("steps: [{caption: x, focus: makassar, depth: two}]", "two"),
        ("steps: [{caption: &a x}, {caption: *a}]", "no aliases"),
        ("steps: " + "[" * 5000, "not valid YAML"),
        ("steps: {", "not valid YAML"),
        ("#" * 200_001, "at most"),
    ],
    ids=[
        "empty",
        "a list",
        "no caption",
        "a slip",
        "nobody",
        "no month",
        "no span",
        "no number",
        "alias",
        "deep",
        "broken",
        "long",
    ],
)
def test_a_bad_story_is_an_error_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(KgError, match=message) as caught:
        read_story(story(tmp_path, text), read_facts(world(TALKS)))
    assert "story.yaml" in str(caught.value)


def test_a_missing_story_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot read the story"):
        kg.map.draw(world(TALKS), story=tmp_path / "none.yaml")


def test_an_earlier_map_keeps_its_places(tmp_path: Path) -> None:
    old = tmp_path / "old.html"
    kg.map.write(kg.map.draw(world(TALKS)), old)
    grown = TALKS + 'party:new a kg:Company ; rdfs:label "New"@en ; kg:partOf party:makassar .'
    places = read_places(kg.map.draw(world(grown), keep=old))
    before = read_places(old.read_text(encoding="utf-8"))
    assert {thing: places[thing] for thing in before} == before
    assert set(places) - set(before) == {"party:new"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<p>hello", "no map that"),
        ('<script type="application/json" id="facts">{}</script>', "damaged"),
        ('<script type="application/zlib" id="facts">!!</script>', "damaged"),
        ('<script type="application/zlib" id="facts">aGVsbG8=</script>', "damaged"),
    ],
    ids=["another page", "no things", "no base64", "not packed"],
)
def test_a_map_that_is_none_is_an_error(text: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        read_places(text)


def test_a_missing_earlier_map_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot read"):
        kg.map.draw(world(TALKS), keep=tmp_path / "none.html")


def test_gexf_holds_every_thing_and_every_parallel_line() -> None:
    made = kg.map.make_map(world(TALKS))
    root = ET.fromstring(made.gexf())  # noqa: S314 - our own text
    nodes, edges = root.findall(".//g:node", GEXF), root.findall(".//g:edge", GEXF)
    assert [node.get("id") for node in nodes] == made.data["things"]["id"]
    assert len(edges) == len(made.data["lines"]["start"])
    both = [
        edge
        for edge in edges
        if {edge.get("source"), edge.get("target")} == {"party:makassar", "party:kawasaki-waterworks"}
    ]
    assert len(both) == 2
    place = nodes[0].find("viz:position", GEXF)
    assert place is not None
    assert float(place.get("x", "nan")) == made.data["things"]["x"][0]


def test_gexf_holds_whatever_a_name_holds() -> None:
    made = kg.map.make_map(world(CANARIES))
    root = ET.fromstring(made.gexf())  # noqa: S314 - our own text
    assert "</script>" in (root.findall(".//g:node", GEXF)[1].get("label") or "")


def test_json_is_the_data_of_the_page() -> None:
    made = kg.map.make_map(world(TALKS))
    assert json.loads(made.json())["things"]["id"] == made.data["things"]["id"]


def test_the_collection_gives_title_description_licence_and_staleness() -> None:
    config = Config(title={"en": "Talks", "ja": "会談"}, description="What is here.", stale={"discussed": 7})
    data = kg.map.make_map(world(TALKS), config=config, lang="ja").data
    assert (data["title"], data["about"]) == ([["en", "Talks"], ["ja", "会談"]], [["", "What is here."]])
    assert data["licence"].startswith("https://creativecommons.org/")
    assert data["stale"]["discussed"] == 7
    assert "<title>会談</title>" in kg.map.draw(world(TALKS), config=config, lang="ja")
