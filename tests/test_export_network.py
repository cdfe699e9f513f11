"""Networks as other programs read them: GraphML, GEXF and CSV, dated, typed, safe, and the same bytes every time."""

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
from small_world import small_graph

from kg.errors import ExportError
from kg.export import export_network, export_tables, write_file, write_folder
from kg.export.attributes import AnyNetwork
from kg.iris import mint
from kg.network import affiliation, project, things

AMIR, CHIE = str(mint("official", "amir")), str(mint("official", "chie"))
GEXF = "{http://gexf.net/1.3}"


def text_of(network: AnyNetwork, name: str) -> str:
    """Return a network's file."""
    return b"".join(export_network(network, name)).decode()


def table_of(network: AnyNetwork, name: str) -> list[dict[str, str]]:
    """Return the rows of one CSV table."""
    data = b"".join(export_tables(network)[name]).decode()
    return list(csv.DictReader(io.StringIO(data, newline="")))


def named(label: str) -> AnyNetwork:
    """Return a network of one node."""
    network: nx.Graph[str] = nx.Graph()
    network.add_node("urn:x", label=label)
    return network


def test_graphml_reads_back_in_networkx() -> None:
    network = project(small_graph())
    found = nx.read_graphml(io.BytesIO(text_of(network, "graphml").encode()))
    assert set(found) == set(network)
    assert {frozenset(edge) for edge in found.edges} == {frozenset(edge) for edge in network.edges}
    edge = found.edges[AMIR, CHIE]
    assert (edge["weight"], edge["count"], edge["last"]) == (2, 2, "2025-03-31")
    assert edge["meetings"].split() == list(network.edges[AMIR, CHIE]["meetings"])
    assert found.nodes[CHIE]["label"] == "Chie"
    assert found.graph["counted"] == network.graph["counted"]


def test_gexf_reads_back_in_networkx() -> None:
    network = project(small_graph())
    found = nx.read_gexf(io.BytesIO(text_of(network, "gexf").encode()), version="1.3")
    assert set(found) == set(network)
    assert found.nodes[CHIE]["label"] == "Chie"
    assert found.edges[AMIR, CHIE]["weight"] == 2


def test_gexf_dates_its_edges() -> None:
    root = ET.fromstring(text_of(things(small_graph()), "gexf"))  # noqa: S314 - our own
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("defaultedgetype")) == ("dynamic", "date", "directed")
    edges = [edge.attrib for edge in root.iter(f"{GEXF}edge")]
    water = next(edge for edge in edges if edge["source"].endswith("water-2") and edge["target"] == AMIR)
    assert (water["label"], water["start"], water["end"]) == ("attendedBy", "2025-03-01", "2025-03-31")
    undated = next(edge for edge in edges if edge["source"].endswith("/undated"))
    assert "start" not in undated
    assert len({edge["id"] for edge in edges}) == len(edges)


def test_every_declared_attribute_has_a_type() -> None:
    root = ET.fromstring(text_of(project(small_graph()), "gexf"))  # noqa: S314 - our own
    types = {attribute.get("title"): attribute.get("type") for attribute in root.iter(f"{GEXF}attribute")}
    assert types["count"] == "long"
    assert types["country"] == "string"


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_the_same_network_gives_the_same_bytes(name: str) -> None:
    assert text_of(things(small_graph()), name) == text_of(things(small_graph()), name)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_an_empty_network_is_a_valid_file(name: str) -> None:
    empty: nx.Graph[str] = nx.Graph()
    assert ET.fromstring(text_of(empty, name)) is not None  # noqa: S314 - our own


@pytest.mark.parametrize("name", ["graphml", "gexf"])
@pytest.mark.parametrize("label", ["<script>&\"'", "]]>", "a\nb", "川崎", "&amp;"])
def test_xml_holds_any_name(name: str, label: str) -> None:
    file = io.BytesIO(text_of(named(label), name).encode())
    found = nx.read_graphml(file) if name == "graphml" else nx.read_gexf(file, version="1.3")
    assert found.nodes["urn:x"]["label"] == label


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_xml_refuses_control_characters(name: str) -> None:
    with pytest.raises(ExportError, match=r"U\+001B"):
        text_of(named("\x1b[31m"), name)


def test_csv_has_the_columns_gephi_knows() -> None:
    network = project(small_graph())
    nodes, edges = table_of(network, "nodes.csv"), table_of(network, "edges.csv")
    assert list(nodes[0])[:2] == ["Id", "Label"]
    assert {row["Id"] for row in nodes} == set(network)
    both = next(row for row in edges if {row["Source"], row["Target"]} == {AMIR, CHIE})
    assert (both["Type"], both["Weight"], both["first"]) == ("Undirected", "2", "2023-03-01")


def test_csv_names_relations() -> None:
    assert {row["Label"] for row in table_of(things(small_graph()), "edges.csv")} == {
        "attendedBy",
        "party",
        "sector",
        "unitOf",
    }


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1"])  # noqa: RUF001
def test_csv_runs_nothing(label: str) -> None:
    assert table_of(named(label), "nodes.csv")[0]["Label"] == f"'{label}"


def test_csv_leaves_numbers_alone() -> None:
    network: nx.Graph[str] = nx.Graph()
    network.add_node("urn:x", label="Makassar", latitude=-5.1477)
    assert table_of(network, "nodes.csv")[0]["latitude"] == "-5.1477"


def test_mixed_values_widen_a_column() -> None:
    network: nx.Graph[str] = nx.Graph()
    network.add_edge("a", "b", weight=1, note=1)
    network.add_edge("b", "c", weight=0.5, note="x")
    keys = {e.get("attr.name"): e.get("attr.type") for e in ET.fromstring(text_of(network, "graphml"))}  # noqa: S314
    assert (keys["weight"], keys["note"]) == ("double", "string")


def test_other_names_are_no_network_formats() -> None:
    with pytest.raises(ValueError, match="no such network format: 'turtle'"):
        export_network(affiliation(small_graph()), "turtle")


# -- files --------------------------------------------------------------------------------------------------------


def test_a_file_that_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.graphml"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(ExportError):
        write_file(path, export_network(named("\x00"), "graphml"))
    assert path.read_text(encoding="utf-8") == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["a.graphml"]


def test_tables_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    def fails() -> object:
        yield b"half"
        raise ExportError("no more")

    folder = tmp_path / "tables"
    with pytest.raises(ExportError, match="no more"):
        write_folder(folder, {"nodes.csv": [b"whole"], "edges.csv": fails()})  # type: ignore[dict-item]
    assert list(folder.iterdir()) == []
    write_folder(folder, export_tables(named("x")))
    assert sorted(path.name for path in folder.iterdir()) == ["edges.csv", "nodes.csv"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_file(tmp_path / "link", [b"x"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"x"


def test_a_device_is_written_to_and_stays() -> None:
    write_file(Path("/dev/null"), [b"x"])
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize(
    ("place", "message"),
    [
        pytest.param("", "is a folder; name a file", id="a folder"),
        pytest.param("missing/a.ttl", "there is no folder", id="in no folder"),
        pytest.param("file/a.ttl", "there is no folder", id="in a file"),
    ],
)
def test_places_that_cannot_be_written(tmp_path: Path, place: str, message: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match=message):
        write_file(tmp_path / place, [b"x"])


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match=r"cannot make the folder .*: a file is there"):
        write_folder(tmp_path / "file", {})
