"""Measures: published values on standard networks, a second library's opinion, laws, and what is said of nothing."""

from collections.abc import Callable

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import small_graph

from kg.measures import (
    MEASURES,
    REPORTS,
    TWO_MODE,
    Communities,
    Table,
    backbone,
    bridges,
    communities,
    components,
    cut_points,
    measure,
    report,
)
from kg.measures.backbone import disparity
from kg.measures.groups import together
from kg.measures.nodes import Scores
from kg.network import PROJECTIONS, Network, ProjectionName, Weighing, Window, edge_list, project, project_edges
from kg.tabular import ranks, score


def scores(network: Network, name: str) -> Scores:
    """Return one measure of every node."""
    return MEASURES[name].scores(network)


def karate(*, weighted: bool = False) -> Network:
    """Zachary's karate club, members numbered from 1 as published."""
    club = nx.karate_club_graph()
    named: Network = nx.Graph()
    named.add_nodes_from(str(member + 1) for member in club)
    for (one, other), facts in club.edges.items():
        named.add_edge(str(one + 1), str(other + 1), weight=facts["weight"] if weighted else 1)
    return named


def florentine() -> Network:
    """Padgett's marriages among Florentine families."""
    network: Network = nx.florentine_families_graph()
    return network


def two_triangles() -> Network:
    """Two triangles joined by one bridge, a pair, and one node alone."""
    network: Network = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "f"), ("f", "d")])
    network.add_edges_from([("c", "d"), ("x", "y")])
    network.add_node("z")
    return network


# -- published values ---------------------------------------------------------------------------------------------

# Wasserman and Faust (1994), Social Network Analysis, tables 5.1 and 5.2: marriages without Pucci.
MARRIAGES: dict[str, dict[str, float]] = {
    "betweenness": {
        "Medici": 0.522,
        "Guadagni": 0.255,
        "Albizzi": 0.212,
        "Salviati": 0.143,
        "Ridolfi": 0.114,
        "Bischeri": 0.104,
        "Strozzi": 0.103,
        "Barbadori": 0.093,
        "Tornabuoni": 0.092,
        "Castellani": 0.055,
        "Peruzzi": 0.022,
        "Acciaiuoli": 0.0,
        "Ginori": 0.0,
        "Lamberteschi": 0.0,
        "Pazzi": 0.0,
    },
    "closeness": {
        "Medici": 0.560,
        "Ridolfi": 0.500,
        "Albizzi": 0.483,
        "Tornabuoni": 0.483,
        "Guadagni": 0.467,
        "Barbadori": 0.438,
        "Strozzi": 0.438,
        "Bischeri": 0.400,
        "Castellani": 0.389,
        "Salviati": 0.389,
        "Acciaiuoli": 0.368,
        "Peruzzi": 0.368,
        "Ginori": 0.333,
        "Lamberteschi": 0.326,
        "Pazzi": 0.286,
    },
    "degree": {"Medici": 6, "Guadagni": 4, "Strozzi": 4, "Albizzi": 3, "Salviati": 2, "Pazzi": 1},
}


@pytest.mark.parametrize("name", list(MARRIAGES))
def test_florentine_families_as_published(name: str) -> None:
    found = scores(florentine(), name)
    assert {family: found[family] for family in MARRIAGES[name]} == pytest.approx(MARRIAGES[name], abs=5.1e-4)


def test_karate_club_as_published() -> None:
    club = karate()
    # Zachary (1977): the instructor (1) and the administrator (34) have 16 and 17 friends.
    assert (scores(club, "degree")["1"], scores(club, "degree")["34"]) == (16, 17)
    # Brandes et al. (2008), On modularity clustering: the optimum is 0.431 for four groups of the weighted
    # network and 0.4198 of the plain one.
    found = communities(club, seed=0)
    assert found.modularity is not None
    assert 0.40 <= found.modularity <= 0.4199
    # Over twenty seeds the optimum itself is found: 0.4198, four groups.
    best = max((communities(club, seed=seed) for seed in range(20)), key=lambda each: each.modularity or 0)
    assert best.modularity == pytest.approx(0.4198, abs=5e-5)
    assert len(best.groups) == 4
    # Seidman's cores: the largest is a 4-core of ten members.
    cores = scores(club, "core")
    assert max(value for value in cores.values() if value) == 4
    assert sum(1 for value in cores.values() if value == 4) == 10


# Borgatti and Halgin (2011), Analyzing Affiliation Networks: degree, closeness and betweenness of the two-mode
# network of Davis, Gardner and Gardner (1941), divided by what each mode allows.
DAVIS = {
    "Evelyn Jefferson": (0.57, 0.80, 0.10),
    "Laura Mandeville": (0.50, 0.73, 0.05),
    "Theresa Anderson": (0.57, 0.80, 0.09),
    "Brenda Rogers": (0.50, 0.73, 0.05),
    "Charlotte McDowd": (0.29, 0.60, 0.01),
    "Frances Anderson": (0.29, 0.67, 0.01),
    "Eleanor Nye": (0.29, 0.67, 0.01),
    "Pearl Oglethorpe": (0.21, 0.67, 0.01),
    "Ruth DeSand": (0.29, 0.71, 0.02),
    "Verne Sanderson": (0.29, 0.71, 0.02),
    "Myra Liddel": (0.29, 0.69, 0.02),
    "Katherina Rogers": (0.43, 0.73, 0.05),
    "Sylvia Avondale": (0.50, 0.77, 0.07),
    "Nora Fayette": (0.57, 0.80, 0.11),
    "Helen Lloyd": (0.36, 0.73, 0.04),
    "Dorothy Murchison": (0.14, 0.65, 0.00),
    "Olivia Carleton": (0.14, 0.59, 0.01),
    "Flora Price": (0.14, 0.59, 0.01),
}


@pytest.mark.parametrize("name", ["degree-share", "closeness", "betweenness"])
def test_davis_southern_women_as_published(name: str) -> None:
    place = ["degree-share", "closeness", "betweenness"].index(name)
    found = TWO_MODE[name].scores(nx.davis_southern_women_graph())
    assert {woman: found[woman] for woman in DAVIS} == pytest.approx(
        {woman: values[place] for woman, values in DAVIS.items()}, abs=5.1e-3
    )


@pytest.mark.parametrize("name", ["degree-share", "closeness", "betweenness"])
def test_networkx_agrees_between_two_modes(name: str) -> None:
    women = nx.davis_southern_women_graph()
    top = women.graph["top"]
    second: dict[str, Callable[..., dict[str, float]]] = {
        "degree-share": nx.bipartite.degree_centrality,
        "closeness": nx.bipartite.closeness_centrality,
        "betweenness": nx.bipartite.betweenness_centrality,
    }
    assert TWO_MODE[name].scores(women) == pytest.approx(second[name](women, top), abs=1e-6)


def test_each_mode_is_ranked_by_itself() -> None:
    table = measure(project(small_graph(), "party-sector"), ["degree-share", "betweenness", "closeness"])
    kinds = [str(kind) for kind in table.column("kind")]
    assert kinds == sorted(kinds, key=lambda kind: kind == "sector")
    assert table.column("rank")[kinds.index("sector")] == 1


@pytest.mark.parametrize("name", ["constraint", "effective-size"])
def test_holes_make_no_sense_between_two_modes(name: str) -> None:
    with pytest.raises(ValueError, match="no such measure here"):
        measure(project(small_graph(), "official-meeting"), [name])


def test_a_pair_of_two_modes() -> None:
    network: Network = nx.Graph([("a", "m")])
    network.add_node("b")
    nx.set_node_attributes(network, {"a": 0, "b": 0, "m": 1}, "bipartite")
    assert TWO_MODE["closeness"].scores(network) == {"a": 1, "m": 1, "b": None}
    assert TWO_MODE["betweenness"].scores(network) == {"a": 0, "m": 0, "b": 0}


# -- backbone and stability ---------------------------------------------------------------------------------------


def test_the_backbone_keeps_what_is_heavier_than_chance() -> None:
    star: Network = nx.Graph()
    star.add_weighted_edges_from([("hub", "heavy", 90), *(("hub", end, 1) for end in "abcdefghij")])
    kept = backbone(star)
    assert list(kept.edges) == [("hub", "heavy")]
    assert set(kept) == set(star)
    # Serrano et al. (2009), equation 2: (1 - p)^(k - 1), p = 0.9 and k = 11 at the hub.
    assert kept.edges["hub", "heavy"]["alpha"] == score(0.1**10)
    assert disparity(edge_list(star)).tolist() == pytest.approx([0.1**10, *[0.99**10] * 10])


def test_a_single_tie_has_no_say() -> None:
    assert disparity(edge_list(nx.Graph([("a", "b")]))).tolist() == [1]
    assert backbone(nx.Graph([("a", "b")])).size() == 0
    with pytest.raises(ValueError, match="a level is above 0"):
        backbone(nx.Graph(), 0)


def test_how_well_communities_hold_together() -> None:
    one, other = communities(two_triangles()), Communities((("a", "b", "c", "d", "e", "f"), ("x", "y"), ("z",)), 0.1)
    assert together([one, one], ["a", "b", "c"]) == 1
    assert together([one, other], ["a", "d"]) == 0.5
    assert together([one], ["z"]) is None
    assert report(two_triangles(), "communities").column("together") == [1, 1, 1, None]


# -- a second opinion ---------------------------------------------------------------------------------------------

SECOND: dict[str, Callable[[igraph.Graph], list[float]]] = {
    "degree": lambda g: g.degree(),
    "strength": lambda g: g.strength(weights="weight"),
    "pagerank": lambda g: g.pagerank(weights="weight"),
    "core": lambda g: g.coreness(),
    "constraint": lambda g: g.constraint(weights="weight"),
    "betweenness": lambda g: [2 * b / ((g.vcount() - 1) * (g.vcount() - 2)) for b in g.betweenness(directed=False)],
    "closeness": lambda g: g.closeness(),
}


@pytest.mark.parametrize("name", list(SECOND))
def test_igraph_agrees(name: str) -> None:
    club = karate(weighted=True)
    assert list(scores(club, name).values()) == pytest.approx(SECOND[name](igraph.Graph.from_networkx(club)), abs=2e-6)


def test_igraph_agrees_on_eigenvectors() -> None:
    club = karate(weighted=True)
    found = [value for value in scores(club, "eigenvector").values() if value is not None]
    second = igraph.Graph.from_networkx(club).eigenvector_centrality(weights="weight")
    assert [value / max(found) for value in found] == pytest.approx(second, abs=1e-5)


def test_igraph_agrees_on_modularity() -> None:
    club = karate(weighted=True)
    found = communities(club)
    second = igraph.Graph.from_networkx(club).modularity([found.of[node] for node in club], weights="weight")
    assert found.modularity == pytest.approx(second, abs=1e-6)


# -- small networks by hand ---------------------------------------------------------------------------------------


def test_groups_of_a_network_drawn_by_hand() -> None:
    network = two_triangles()
    assert components(network) == [["a", "b", "c", "d", "e", "f"], ["x", "y"], ["z"]]
    assert bridges(network) == [("c", "d"), ("x", "y")]
    assert cut_points(network) == {"c": 1, "d": 1}
    assert communities(network).groups == (("a", "b", "c"), ("d", "e", "f"), ("x", "y"), ("z",))


def test_a_cut_point_says_how_many_more_parts() -> None:
    star: Network = nx.Graph([("hub", end) for end in "abcd"])
    assert cut_points(star) == {"hub": 3}


def test_a_broker_has_the_lowest_constraint() -> None:
    table = measure(two_triangles(), ["constraint", "effective-size"])
    assert table.column("id")[:2] == ["c", "d"]
    assert table.column("rank")[:2] == [1, 1]
    assert table.rows[-1][:2] == (None, "z")


def test_values_without_sense_are_absent() -> None:
    network = two_triangles()
    for name in ("closeness", "constraint", "effective-size", "eigenvector"):
        assert scores(network, name)["z"] is None
    assert scores(network, "eigenvector")["x"] is None
    assert set(scores(nx.Graph([("a", "b")]), "eigenvector").values()) == {score(2**-0.5)}
    assert set(scores(nx.Graph([("a", "b"), ("c", "d")]), "eigenvector").values()) == {None}


def test_what_has_no_value_is_said_with_the_reason() -> None:
    table = measure(two_triangles(), ["constraint", "degree"], top=3)
    assert "z" not in table.column("id")
    said = (
        "constraint: no value for 1 node; without a tie to others of its kind, or outside the largest component, there"
    )
    assert any(note.startswith(said) for note in table.notes)
    assert not any(note.startswith("degree: no value") for note in table.notes)


def test_a_network_around_one_node_says_so() -> None:
    star: Network = nx.Graph([("hub", end) for end in "abcdefghijk"])
    assert any(note.startswith("hub is tied to 11 of 11 others") for note in measure(star).notes)
    assert not any("reports gathered" in note for note in measure(nx.cycle_graph([*"abcdefghijk"])).notes)


def test_one_meeting_of_all_is_gathered_around_nobody() -> None:
    everybody: Network = nx.complete_graph([*"abcdefghijk"])
    assert not any("reports gathered" in note for note in measure(everybody).notes)


def test_ties_share_a_rank() -> None:
    assert ranks({"a": 3, "b": 5, "c": 3, "d": 1, "e": None}) == {"a": 2, "b": 1, "c": 2, "d": 4, "e": None}


def test_top_keeps_all_that_tie() -> None:
    star: Network = nx.Graph([("hub", end) for end in "abcd"])
    assert measure(star, ["degree"], top=1).column("id") == ["hub"]
    assert measure(star, ["degree"], top=2).column("id") == ["hub", "a", "b", "c", "d"]


# -- laws ---------------------------------------------------------------------------------------------------------

edges = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] != pair[1]), max_size=16)


def drawn(pairs: list[tuple[int, int]], prefix: str = "n", isolates: int = 0) -> Network:
    """Return a network with string names, in order of name."""
    network: Network = nx.Graph()
    network.add_nodes_from(sorted({f"{prefix}{node}" for pair in pairs for node in pair}))
    network.add_nodes_from(f"{prefix}-alone{number}" for number in range(isolates))
    network.add_edges_from((f"{prefix}{a}", f"{prefix}{b}", {"weight": 1 + (a + b) % 3}) for a, b in pairs)
    return network


LOCAL = ("degree", "strength", "closeness", "core", "constraint", "effective-size")


@pytest.mark.parametrize("name", LOCAL)
@given(pairs=edges)
@settings(max_examples=25, deadline=None)
def test_isolated_nodes_and_other_components_change_nothing(name: str, pairs: list[tuple[int, int]]) -> None:
    alone, among = drawn(pairs), nx.union(drawn(pairs, isolates=2), drawn([(1, 2), (2, 3)], "other"))
    assert scores(alone, name).items() <= scores(among, name).items()


@pytest.mark.parametrize("name", list(MEASURES))
@given(pairs=edges)
@settings(max_examples=25, deadline=None)
def test_names_do_not_matter(name: str, pairs: list[tuple[int, int]]) -> None:
    one, other = drawn(pairs), drawn(pairs, "renamed")
    assert list(scores(one, name).values()) == pytest.approx(list(scores(other, name).values()), abs=1e-5)


@given(pairs=edges)
@settings(max_examples=25, deadline=None)
def test_parts_of_a_union_are_the_parts(pairs: list[tuple[int, int]]) -> None:
    one, other = drawn(pairs), drawn(pairs, "m")
    both = nx.union(one, other)
    assert len(components(both)) == 2 * len(components(one))
    assert len(bridges(both)) == 2 * len(bridges(one))
    assert cut_points(both) == cut_points(one) | cut_points(other)


@given(pairs=edges, seed=st.integers(0, 100))
@settings(max_examples=25, deadline=None)
def test_every_table_is_whole(pairs: list[tuple[int, int]], seed: int) -> None:
    network = drawn(pairs, isolates=1)
    assert len(measure(network, list(MEASURES), seed=seed).rows) == len(network)
    for name in REPORTS:
        assert report(network, name, seed=seed) == report(network, name, seed=seed)


# -- what is said -------------------------------------------------------------------------------------------------


def test_a_table_says_what_it_rests_on() -> None:
    table = measure(project(small_graph(), weighing=Weighing("newman")), ["betweenness"])
    assert table.title == "official-official by betweenness"
    assert "4 meetings counted" in table.notes[0]
    assert "1/(n-1)" in table.notes[1]
    assert table.notes[2].startswith("5 nodes, 4 edges, 2 components, 2 communities (Louvain, modularity 0.000")
    assert "share of shortest paths" in table.notes[3]
    assert "With 5 nodes a rank says little" in table.notes[4]
    assert table.columns == ("rank", "id", "label", "kind", "country", "betweenness", "component", "community")
    assert table.rows[0][2:6] == ("Amir", "official", "ID", 0.333333)


@pytest.mark.parametrize("name", list(REPORTS))
@pytest.mark.parametrize("projection", PROJECTIONS)
def test_every_report_of_every_projection(name: str, projection: str) -> None:
    table = report(project(small_graph(), projection), name)  # type: ignore[arg-type]
    assert "4 meetings counted" in table.notes[0]
    assert table.columns


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_columns_give_the_tables_of_networkx(projection: ProjectionName) -> None:
    columns, network = project_edges(small_graph(), projection), project(small_graph(), projection)
    names = list(TWO_MODE if "bipartite" in network.nodes[next(iter(network))] else MEASURES)
    assert measure(columns, names) == measure(network, names)
    for name in REPORTS:
        assert report(columns, name) == report(network, name)


@pytest.mark.parametrize("name", [*MEASURES, *REPORTS])
def test_nothing_is_a_sentence(name: str) -> None:
    nothing = project(small_graph(), window=Window(since=None, until=None))
    nothing.clear()
    table = measure(nothing, [name]) if name in MEASURES else report(nothing, name)
    assert "The network is empty: there is nothing to measure." in table.notes


@pytest.mark.parametrize("name", list(REPORTS))
def test_one_node_alone(name: str) -> None:
    network: Network = nx.Graph()
    network.add_node("a", label="A")
    table = report(network, name)
    assert all("nan" not in str(cell) for row in table.rows for cell in row)
    assert table.rows or "There are no" in table.notes[-1] or "There are no" in table.notes[0]


def test_the_summary_of_two_triangles() -> None:
    values = {str(name): value for name, value in report(two_triangles(), "summary").rows}
    assert values["nodes"] == 9
    assert values["edges"] == 8
    assert values["components"] == 3
    assert values["nodes without ties"] == 1
    assert values["longest shortest path in the largest component"] == 3
    assert values["closed triads of all connected triads"] == 0.6
    assert values["assortativity by country"] is None


def test_assortativity_of_like_with_like() -> None:
    network = two_triangles()
    nx.set_node_attributes(network, {node: "ID" if node in "abc" else "JP" for node in "abcdef"}, "country")
    values = {str(name): value for name, value in report(network, "summary").rows}
    assert values["assortativity by country"] == pytest.approx(5 / 7, abs=1e-6)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        pytest.param(lambda: measure(karate(), ["gold"]), "no such measure here: 'gold'", id="measure"),
        pytest.param(lambda: measure(karate(), []), "one or more different", id="no measure"),
        pytest.param(lambda: measure(karate(), ["degree", "degree"]), "different measures", id="twice"),
        pytest.param(lambda: report(karate(), "gold"), "no such report: 'gold'", id="report"),
        pytest.param(lambda: Table("t", ("a",), ((float("nan"),),)), "not finite", id="a cell that is no number"),
        pytest.param(lambda: Table("t", ("a",), ((1, 2),)), "2 cells under 1 columns", id="a row too long"),
    ],
)
def test_a_slip_is_a_value_error(wrong: Callable[[], Table], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()
