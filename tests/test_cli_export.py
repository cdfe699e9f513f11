"""`kg export`: every format to a file or a stream, and one clear line for what cannot be."""

import json
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from small_build import Run, runner, small_collection
from small_world import small_dataset, small_graph

from kg.cli.export import FORMATS, NETWORKS
from kg.errors import ExportError, StoreError
from kg.export import FORMATS as ALL_FORMATS
from kg.export import export, export_build
from kg.iris import mint
from kg.network import PROJECTIONS
from kg.store import require_version

RDF = [name for name, form in ALL_FORMATS.items() if form.holds in {"graph", "dataset"}]

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(small_collection(tmp_path))


def test_the_choices_are_what_the_library_has() -> None:
    assert set(FORMATS) == set(ALL_FORMATS)
    assert (("things", *PROJECTIONS)) == NETWORKS


@pytest.mark.parametrize(("name", "parser"), [("turtle", "turtle"), ("jsonld", "json-ld"), ("rdfxml", "xml")])
def test_a_file_reads_back(run: Run, tmp_path: Path, name: str, parser: str) -> None:
    assert run("export", name, "-o", str(tmp_path / "out")).exit_code == 0
    assert isomorphic(Graph().parse(tmp_path / "out", format=parser), small_graph())


@pytest.mark.parametrize("name", [name for name in FORMATS if not name.startswith("csv")])
def test_a_stream_and_a_file_hold_the_same_bytes(run: Run, tmp_path: Path, name: str) -> None:
    run("export", name, "-o", str(tmp_path / "out"))
    assert run("export", name, "-o", "-").stdout_bytes == (tmp_path / "out").read_bytes()


def test_a_network_as_csv_is_two_tables(run: Run, tmp_path: Path) -> None:
    done = run(
        "export", "csv-network", "-o", str(tmp_path / "tables"), "--network", "official-official", "--lang", "ja"
    )
    assert done.exit_code == 0
    assert "4 meetings counted" in done.stderr
    assert "千恵" in (tmp_path / "tables" / "nodes.csv").read_text(encoding="utf-8")
    assert len((tmp_path / "tables" / "edges.csv").read_text(encoding="utf-8").splitlines()) == 5


def test_a_network_by_cooperation_says_so(run: Run) -> None:
    done = run("export", "graphml", "--network", "city-city", "--sharing", "cooperations")
    assert done.exit_code == 0
    assert "no cooperation counted" in done.stdout


@pytest.mark.parametrize("graph", ["source:daily", "https://w3id.org/cooperation-kg/id/source/daily"])
def test_one_graph_by_iri_or_curie(run: Run, graph: str) -> None:
    assert len(run("export", "ntriples", "--graph", graph).stdout.splitlines()) == 1


def test_all_graphs_as_jsonld(run: Run) -> None:
    nodes = json.loads(run("export", "jsonld", "--graph", "all").stdout)["@graph"]
    assert [node["@id"] for node in nodes if "@graph" in node] == ["source:daily"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["pdf"], "'pdf' is not one of", id="an unknown format"),
        pytest.param(["csv"], "name a folder with -o DIR", id="csv to a stream"),
        pytest.param(["csv-network"], "name a folder with -o DIR", id="a network's tables to a stream"),
        pytest.param(["csv", "--graph", "all"], "csv holds records", id="a graph of records"),
        pytest.param(["csv", "--network", "things"], "csv holds records", id="a network of records"),
        pytest.param(["gexf", "--graph", "all"], "--graph is for RDF", id="a graph of a network"),
        pytest.param(["gexf", "--sharing", "cooperations"], "name one with --network", id="what everything shares"),
        pytest.param(["turtle", "--network", "things"], "--network and --lang are for", id="a network as RDF"),
    ],
)
def test_a_slip_exits_2(run: Run, args: list[str], said: str) -> None:
    done = run("export", *args)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["turtle", "--graph", "all"], "turtle holds one graph", id="all graphs as Turtle"),
        pytest.param(["turtle", "--graph", "source:dayly"], "did you mean", id="a graph that is not there"),
        pytest.param(["turtle", "-o", "."], "is a folder", id="a folder"),
        pytest.param(["turtle", "-o", "no/such/folder.ttl"], "cannot write", id="no such folder"),
    ],
)
def test_what_cannot_be_written_says_why(run: Run, args: list[str], said: str) -> None:
    with pytest.raises(ExportError, match=said):
        run("export", *args)


def test_nothing_built_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('title = "Empty"\n', encoding="utf-8")
    with pytest.raises(StoreError, match="run `kg build` first"):
        runner(tmp_path)("export", "turtle")


def test_help_opens_with_examples(run: Run) -> None:
    said = run("export", "--help").stdout
    assert "kg export turtle -o graph.ttl" in said
    assert "kg export csv -o tables/" in said


@pytest.mark.parametrize("name", RDF)
@pytest.mark.parametrize("graph", [None, "default", str(mint("source", "daily"))])
def test_a_build_gives_the_bytes_of_its_dataset(run: Run, tmp_path: Path, name: str, graph: str | None) -> None:
    assert run("export", "--help").exit_code == 0  # the fixture has built it
    version = require_version(tmp_path / "build")
    assert b"".join(export_build(version, name, graph=graph)) == b"".join(export(small_dataset(), name, graph=graph))


@pytest.mark.parametrize("damage", ["cut", "gone", "no manifest"])
def test_a_damaged_build_is_not_exported(run: Run, tmp_path: Path, damage: str) -> None:
    version = require_version(tmp_path / "build")
    if damage == "cut":
        (version / "data.nq").write_bytes((version / "data.nq").read_bytes()[:-40])
    else:
        (version / ("data.nq" if damage == "gone" else "manifest.json")).unlink()
    (tmp_path / "out.ttl").write_text("before", encoding="utf-8")
    with pytest.raises(StoreError, match="run `kg build` again"):
        run("export", "turtle", "-o", str(tmp_path / "out.ttl"))
    assert (tmp_path / "out.ttl").read_text(encoding="utf-8") == "before"
