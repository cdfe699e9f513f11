"""Meetings become networks: who is tied to whom, how strongly, over which days, and what the network says of itself."""

from datetime import date

import pytest
from rdf_iris import mint
from rdflib import RDF, XSD, Graph, Literal, URIRef
from small_world import small_dataset, small_graph

from kg.dataset import Backend
from kg.network import (
    PROJECTIONS,
    WEIGHTS,
    Network,
    ProjectionName,
    Weighing,
    Window,
    affiliation,
    iter_mode,
    project,
    things,
)
from kg.network.window import count_meetings
from kg.terms import KG


def short(iri: str) -> str:
    """Return the key of an IRI."""
    return iri.rpartition("/")[2]


def edges(network: Network) -> dict[str, float]:
    """Return `a - b` -> weight."""
    return {f"{short(a)} - {short(b)}": facts["weight"] for (a, b), facts in network.edges.items()}


def pair(network: Network, kind: str, one: str, other: str) -> dict[str, object]:
    """Return the attributes of one edge."""
    return dict(network.edges[str(mint(kind, one)), str(mint(kind, other))])


@pytest.mark.parametrize(
    ("projection", "expected"),
    [
        pytest.param(
            "official-official",
            {"amir - budi": 1, "amir - chie": 2, "amir - daichi": 1, "budi - chie": 1},
            id="officials by meetings attended",
        ),
        pytest.param(
            "party-party",
            {
                "iforcom - makassar": 2,
                "iforcom - yokohama": 1,
                "kawasaki - makassar": 1,
                "kawasaki-waterworks - makassar": 1,
                "makassar - yokohama": 1,
            },
            id="parties by meetings shared",
        ),
        pytest.param(
            "city-city",
            {"kawasaki - makassar": 2, "makassar - yokohama": 1},
            id="a body counts as its city",
        ),
        pytest.param("sector-sector", {"sanitation - water-supply": 1}, id="sectors of one meeting"),
        pytest.param(
            "official-meeting",
            {
                "water-1 - amir": 1,
                "water-1 - budi": 1,
                "water-1 - chie": 1,
                "water-2 - amir": 1,
                "water-2 - chie": 1,
                "yokohama - amir": 1,
                "yokohama - daichi": 1,
                "undated - eka": 1,
            },
            id="attendance",
        ),
    ],
)
def test_projections_count_meetings_shared(projection: ProjectionName, expected: dict[str, float]) -> None:
    assert edges(project(small_graph(), projection)) == expected


TWINS = f"""
PREFIX kg: <{KG}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX party: <{mint("party", "")}> PREFIX sector: <{mint("sector", "")}> PREFIX : <https://example.org/>
INSERT DATA {{
  :twins a kg:Cooperation ; kg:party party:kawasaki, party:yokohama .
  :water a kg:Cooperation ; kg:party party:kawasaki-waterworks, party:makassar, party:iforcom ;
    kg:sector sector:water-supply, sector:sanitation .
  :signed a kg:Step ; kg:cooperation :water ;
    kg:earliest "2022-05-01"^^xsd:date ; kg:latest "2022-05-31"^^xsd:date .
  :last a kg:Meeting ; kg:status "held" ; kg:cooperation :water ;
    kg:earliest "2023-01-09"^^xsd:date ; kg:latest "2023-01-09"^^xsd:date .
  :never a kg:Meeting ; kg:status "cancelled" ; kg:cooperation :water ;
    kg:earliest "2025-01-09"^^xsd:date ; kg:latest "2025-01-09"^^xsd:date .
}}
"""


def twinned() -> Graph:
    """Return the small graph with two cooperations: one without a day or sector, one from May 2022 to January 2023."""
    graph = small_graph()
    graph.update(TWINS)
    return graph


@pytest.mark.parametrize(
    ("projection", "expected"),
    [
        pytest.param("city-city", {"kawasaki - yokohama": 1, "kawasaki - makassar": 1}, id="a body counts as its city"),
        pytest.param(
            "party-party",
            {
                "kawasaki - yokohama": 1,
                "kawasaki-waterworks - makassar": 1,
                "iforcom - kawasaki-waterworks": 1,
                "iforcom - makassar": 1,
            },
            id="parties",
        ),
        pytest.param("sector-sector", {"sanitation - water-supply": 1}, id="sectors"),
    ],
)
def test_cooperations_tie_those_who_pursue_them(projection: ProjectionName, expected: dict[str, float]) -> None:
    network = project(twinned(), projection, sharing="cooperations")
    assert edges(network) == expected
    assert "same cooperation" in network.graph["counted"]
    assert network.graph["counted"].endswith("2 cooperations counted.")
    assert network.graph["weight_means"] == "the number of cooperations shared"


def test_a_tie_by_cooperation_names_it_and_its_days() -> None:
    assert pair(project(twinned(), "city-city", sharing="cooperations"), "party", "kawasaki", "makassar") == {
        "weight": 1,
        "count": 1,
        "cooperations": ("https://example.org/water",),
        "first": "2022-05-01",
        "last": "2023-01-09",
    }


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (Window(until=date(2022, 5, 1)), "1 cooperation counted to 2022-05-01 (left out: 1 without a date)."),
        (Window(since=date(2023, 1, 10)), "no cooperation counted from 2023-01-10 (left out: 1 outside"),
    ],
    ids=["while it went on", "after its last held meeting"],
)
def test_cooperations_count_while_they_go_on(window: Window, said: str) -> None:
    assert said in project(twinned(), "party-party", sharing="cooperations", window=window).graph["counted"]


def test_newman_shares_a_cooperation_between_its_parties() -> None:
    network = project(twinned(), "party-party", sharing="cooperations", weighing=Weighing("newman"))
    assert network.degree(str(mint("party", "makassar")), weight="weight") == 1
    assert "cooperations shared" in network.graph["weight_means"]


@pytest.mark.parametrize("projection", ["official-official", "official-meeting", "party-meeting"])
def test_cooperations_have_no_officials_and_are_no_meetings(projection: ProjectionName) -> None:
    with pytest.raises(ValueError, match=f"{projection} counts meetings; by cooperations there are party-party, "):
        project(twinned(), projection, sharing="cooperations")


def test_officials_are_tied_to_the_parties_they_met_not_to_their_own() -> None:
    network = project(small_graph(), "official-party")
    met = {short(node): {short(other) for other in network[node]} for node in iter_mode(network, "official")}
    assert met["budi"] == {"makassar", "kawasaki-waterworks"}  # nobody says for whom he acted
    assert met["amir"] == {"kawasaki-waterworks", "makassar", "kawasaki", "yokohama", "iforcom"}
    amir, makassar = str(mint("official", "amir")), str(mint("party", "makassar"))
    assert network.edges[amir, makassar]["meetings"] == (
        str(mint("meeting", "water-2")),
        str(mint("meeting", "yokohama")),
    )  # at water-1 she acted for Makassar herself
    assert "save the body acted for there; 4 meetings counted" in network.graph["counted"]


def test_parties_are_tied_to_sectors() -> None:
    network = project(small_graph(), "party-sector")
    makassar = str(mint("party", "makassar"))
    assert {short(sector): network.edges[makassar, sector]["weight"] for sector in network[makassar]} == {
        "water-supply": 2,
        "sanitation": 1,
        "smart-city": 1,
    }
    assert {facts["mode"] for _, facts in network.nodes(data=True)} == {"party", "sector"}


def test_newman_gives_each_attendance_one() -> None:
    network = project(small_graph(), weighing=Weighing("newman"))
    assert edges(network) == {"amir - budi": 0.5, "amir - chie": 1.5, "amir - daichi": 1, "budi - chie": 0.5}
    amir = str(mint("official", "amir"))
    assert network.degree(amir, weight="weight") == 3  # three meetings with company


def test_newman_shares_a_meeting_between_its_sectors() -> None:
    network = project(small_graph(), "party-sector", weighing=Weighing("newman"))
    assert network.degree(str(mint("party", "kawasaki-waterworks")), weight="weight") == 1
    assert network.degree(str(mint("party", "makassar")), weight="weight") == 3


def test_recency_halves_with_every_half_life() -> None:
    weighing = Weighing("recency", half_life=730, as_of=date(2025, 2, 28))
    network = project(small_graph(), weighing=weighing)
    assert pair(network, "official", "amir", "chie")["weight"] == pytest.approx(0.5)
    assert "2025-02-28" in network.graph["weight_means"]
    assert "1 without a date" in network.graph["counted"]


def test_recency_counts_nothing_after_its_day() -> None:
    network = project(small_graph(), weighing=Weighing("recency", as_of=date(2024, 1, 1)))
    assert {short(node) for node in network} == {"amir", "budi", "chie"}


def test_an_edge_proves_itself() -> None:
    assert pair(project(small_graph()), "official", "amir", "chie") == {
        "weight": 2,
        "count": 2,
        "meetings": (str(mint("meeting", "water-1")), str(mint("meeting", "water-2"))),
        "first": "2023-03-01",
        "last": "2025-03-31",
    }


def test_an_edge_without_dates_has_none() -> None:
    network = affiliation(small_graph())
    only = network.edges[str(mint("official", "eka")), str(mint("meeting", "undated"))]
    assert "first" not in only
    assert "last" not in only


def test_nodes_say_who_they_are() -> None:
    nodes = project(small_graph()).nodes
    assert nodes[str(mint("official", "chie"))] == {
        "label": "Chie",
        "kind": "official",
        "body": str(mint("party", "kawasaki-waterworks")),
        "body_label": "Kawasaki Waterworks",
        "country": "JP",
    }
    assert nodes[str(mint("official", "amir"))]["country"] == "ID"
    assert nodes[str(mint("official", "budi"))] == {"label": "Budi", "kind": "official"}


def test_labels_follow_the_language() -> None:
    nodes = project(small_graph(), language="ja").nodes
    assert nodes[str(mint("official", "chie"))]["label"] == "千恵"
    assert nodes[str(mint("official", "budi"))]["label"] == "Budi"


def test_who_met_nobody_is_a_node_without_edges() -> None:
    assert project(small_graph()).degree(str(mint("official", "eka"))) == 0


@pytest.mark.parametrize(
    ("window", "meetings"),
    [
        pytest.param(Window(), 4, id="no window counts the undated"),
        pytest.param(Window(since=date(2025, 6, 1)), 1, id="a year counts when one of its days is inside"),
        pytest.param(Window(until=date(2025, 3, 1)), 3, id="a month counts from its first day"),
        pytest.param(Window(date(2025, 4, 1), date(2025, 4, 30)), 1, id="a month before the window does not"),
        pytest.param(Window(since=date(2030, 1, 1)), 0, id="nothing in the window"),
        pytest.param(Window(date(2025, 6, 2), date(2025, 6, 1)), 0, id="a window that ends before it starts"),
    ],
)
def test_windows_use_the_bounds(window: Window, meetings: int) -> None:
    network = affiliation(small_graph(), window=window)
    assert len(list(iter_mode(network, "meeting"))) == meetings
    assert f"{meetings or 'no'} meeting" in network.graph["counted"]


def test_what_was_left_out_is_said() -> None:
    said = project(small_graph(), window=Window(since=date(2025, 1, 1))).graph["counted"]
    assert said == (
        "official-official: officials are tied when they attended the same held meeting; 2 meetings counted "
        "from 2025-01-01 (left out: 1 outside the window, 1 without a date, 1 not held)."
    )


@pytest.mark.parametrize(
    ("window", "left_out"),
    [
        pytest.param(Window(), 2, id="all of them where no day is asked for"),
        pytest.param(Window(until=date(2025, 12, 31)), 1, id="not what is planned for later, but what has no day"),
        pytest.param(Window(until=date(2026, 12, 31)), 2, id="what is planned for a day of the window"),
    ],
)
def test_plans_count_as_left_out_for_a_day_of_the_window(window: Window, left_out: int) -> None:
    graph = small_graph()
    planned = next(graph.subjects(KG.status, Literal("planned")))
    later = URIRef(f"{planned}-later")
    graph.add((later, KG.status, Literal("planned")))
    graph.remove((planned, KG.earliest, None))
    graph.remove((planned, KG.latest, None))
    for bound in (KG.earliest, KG.latest):
        graph.add((later, bound, Literal("2026-05-01", datatype=XSD.date)))
    assert count_meetings(graph, window).not_held == left_out


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_an_empty_graph_gives_an_empty_network_and_a_sentence(projection: ProjectionName) -> None:
    network = project(Graph(), projection)
    assert len(network) == 0
    assert "no meeting counted" in network.graph["counted"]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_weight_says_what_it_means(weight: str) -> None:
    weighing = Weighing(weight, as_of=date(2025, 1, 1))  # type: ignore[arg-type]
    assert len(weighing.meaning("party", "sector")) > 20
    assert len(weighing.meaning("party", "party")) > 20


@pytest.mark.parametrize("backend", ["oxigraph", "rdflib"])
def test_a_dataset_answers_as_its_default_graph(backend: Backend) -> None:
    network, plain = project(small_dataset(backend)), project(small_graph())
    assert list(network.nodes.items()) == list(plain.nodes.items())
    assert list(network.edges.data()) == list(plain.edges.data())


def test_order_is_by_iri() -> None:
    network = project(small_graph(), "party-party")
    assert list(network) == sorted(network)
    assert list(network.edges) == sorted(network.edges)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        pytest.param(lambda: project(Graph(), "cat-dog"), "no such projection: 'cat-dog'", id="projection"),  # type: ignore[arg-type]
        pytest.param(lambda: Weighing("gold"), "no such weight: 'gold'", id="weight"),  # type: ignore[arg-type]
        pytest.param(lambda: Weighing("recency"), "needs a day", id="recency without a day"),
        pytest.param(lambda: Weighing(half_life=0), "longer than 0", id="half-life"),
    ],
)
def test_a_slip_is_a_value_error(wrong: object, message: str) -> None:
    assert callable(wrong)
    with pytest.raises(ValueError, match=message):
        wrong()


def test_things_are_one_network() -> None:
    network = things(small_graph())
    relations = {(short(a), short(b), key) for a, b, key in network.edges}
    assert ("kawasaki-waterworks", "kawasaki", "unitOf") in relations
    assert ("water-1", "amir", "attendedBy") in relations
    assert ("planned", "kawasaki", "party") in relations
    assert network.nodes[str(mint("meeting", "planned"))]["status"] == "planned"
    attended = network.edges[str(mint("meeting", "water-2")), str(mint("official", "amir")), "attendedBy"]
    assert attended == {"relation": "attendedBy", "first": "2025-03-01", "last": "2025-03-31"}


def test_a_tenure_ties_an_official_to_a_body() -> None:
    graph, tenure = small_graph(), mint("tenure", "amir-mayor")
    graph.add((tenure, KG.official, mint("official", "amir")))
    graph.add((tenure, KG.post, mint("post", "makassar-mayor")))
    graph.add((tenure, KG.earliest, Literal("2021-02-26", datatype=XSD.date)))
    held = things(graph).edges[str(mint("official", "amir")), str(mint("party", "makassar")), "holds"]
    assert held == {"relation": "holds", "first": "2021-02-26"}


def test_a_sector_nothing_is_about_is_left_out() -> None:
    lonely = small_graph().add((mint("sector", "x"), RDF.type, KG.Sector))
    assert str(mint("sector", "x")) not in things(lonely)
    assert list(things(Graph())) == []
