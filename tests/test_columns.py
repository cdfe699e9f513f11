"""The columns of a build say what its store says, fact by fact, and make the same networks."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from kg import store as store_module
from kg.build.columns import ColumnBuilder
from kg.columns import CLASSES, PROPERTIES, TYPE, Columns
from kg.convert import Settings, record_lines
from kg.cooperations import read_cooperations
from kg.errors import StoreError
from kg.facts import links, pairs, subjects, texts
from kg.iris import mint
from kg.lifecycle import Event
from kg.names import Names
from kg.network import Weighing, Window, project_edges, things, to_networkx
from kg.network.projection import PROJECTIONS, SHARINGS
from kg.network.window import seen_until
from kg.prefixes import BASE
from kg.records import Record
from kg.resources import ontology_file, sector_ids
from kg.store import COLUMNS, Opened, Source, open_source, open_version, require_version

FEW = settings(max_examples=25)
SETTINGS = Settings(shared_sectors=sector_ids())


@pytest.fixture(scope="module", autouse=True)
def however_small() -> Iterator[None]:
    """Read columns of the small builds here, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_module, "FEW", 0)
        yield


def opened(made: list[Record], folder: Path) -> Opened:
    """Open a version that asserts what records say, and holds nothing else."""
    builder, store = ColumnBuilder(BASE), ox.Store()
    blocks = [block.encode() for record in made for block in record_lines(record, SETTINGS)]
    store.load(b"".join(builder.passing(blocks)), ox.RdfFormat.N_QUADS)
    builder.write(folder / COLUMNS)
    return Opened(folder, store)


def facts(source: Source) -> Iterator[object]:
    """Yield whatever can be read of each kept property."""
    for predicate, name in PROPERTIES.items():
        if name == TYPE:
            yield from (sorted(subjects(source, predicate, each)) for each in sorted(CLASSES))
            continue
        yield name, sorted(pairs(source, URIRef(predicate))), sorted(texts(source, URIRef(predicate)))
        for value in sorted({value for _, value in pairs(source, predicate) if value.startswith("http")}):
            yield value, sorted(subjects(source, predicate, value))
        if name not in ("date", "earliest", "label", "latest", "name", "until"):  # links are of things and plain words
            yield sorted((value, sorted(every)) for value, every in links(source, predicate))


def alone(built: Opened) -> Opened:
    """Return the columns of a build beside a store that says nothing."""
    assert built.columns
    return Opened(built.version, ox.Store())


@FEW
@given(strategies.collections())
def test_columns_say_what_the_store_says(made: list[Record]) -> None:
    with TemporaryDirectory() as folder:
        built = opened(made, Path(folder))
        assert list(facts(alone(built))) == list(facts(built.store))


def test_columns_of_the_shipped_collection_say_what_its_store_says(built: Path) -> None:
    version = open_version(require_version(built / "build"))
    assert list(facts(alone(version))) == list(facts(version.store))
    assert version.columns
    kept = {name.partition("@")[0] for name in version.columns.names}
    assert sorted(set(PROPERTIES.values()) - kept) == []


def networks(source: Source, window: Window, day: date) -> Iterator[object]:
    """Yield every network that can be drawn in a window, and as of a day."""
    for ends in (window, seen_until(source, day, window)):
        for sharing in SHARINGS:
            for name in PROJECTIONS if sharing == "meetings" else PROJECTIONS[1:5]:
                weighing = Weighing("newman") if ends is window else Weighing("recency", as_of=day)
                drawn = project_edges(
                    source,
                    name,  # type: ignore[arg-type] # a name is one of them
                    sharing=sharing,  # type: ignore[arg-type]
                    window=ends,
                    weighing=weighing,
                    language="ja",
                )
                yield name, to_plain(to_networkx(drawn))


def to_plain(network: object) -> object:
    """Return a network as what it holds, in its order."""
    return network.graph, list(network.nodes(data=True)), list(network.edges(data=True))  # type: ignore[attr-defined]


DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
WINDOWS = st.builds(Window, st.none() | DAYS, st.none() | DAYS)


@FEW
@given(strategies.collections(), WINDOWS, DAYS)
def test_columns_make_the_networks_that_the_store_makes(made: list[Record], window: Window, day: date) -> None:
    with TemporaryDirectory() as folder:
        built = opened(made, Path(folder))
        assert list(networks(alone(built), window, day)) == list(networks(built.store, window, day))
        assert to_plain(things(built)) == to_plain(things(built.store))


@pytest.mark.parametrize(
    "window",
    [Window(), Window(date(2019, 1, 1), date(2024, 6, 30))],
    ids=["of all days", "between two days"],
)
def test_columns_make_the_networks_of_the_shipped_collection(built: Path, window: Window) -> None:
    version, day = open_version(require_version(built / "build")), date(2025, 6, 30)
    assert list(networks(alone(version), window, day)) == list(networks(version.store, window, day))


EVENTS = """
SELECT ?thing ?status ?date ?until ?stage ?rank ?isEnd (GROUP_CONCAT(DISTINCT COALESCE(STR(?day), "")) AS ?told) WHERE {
  { ?thing a kg:Meeting ; kg:status ?status }
  UNION { ?thing a kg:Step ; kg:stage ?stage . ?stage kg:rank ?rank ; kg:isEnd ?isEnd }
  OPTIONAL { ?thing kg:date ?date }
  OPTIONAL { ?thing kg:until ?until }
  OPTIONAL { ?thing kg:evidence/kg:source/kg:latest ?day }
} GROUP BY ?thing ?status ?date ?until ?stage ?rank ?isEnd
"""


def told(event: Event) -> tuple[str, ...]:
    """Return what a cooperation holds of a meeting or step, as a query says it."""
    step = (str(event.stage), str(event.rank), str(event.is_end).lower()) if event.stage else ("", "", "")
    spans = (str(event.start or ""), str(event.end or ""))
    return str(event.thing), "" if event.stage else event.status, *spans, *step, " ".join(map(str, event.told))


@FEW
@given(strategies.collections())
def test_cooperations_hold_what_a_query_says_of_each_meeting_and_step(made: list[Record]) -> None:
    with TemporaryDirectory() as folder:
        built = opened(made, Path(folder))
        built.store.load(ontology_file("stages.ttl").read_bytes(), ox.RdfFormat.TURTLE)
        found = read_cooperations(Names(built))
        assert found == read_cooperations(Names(built.store))
        expected = sorted(
            (*map(str, (value or "" for value in row)), " ".join(sorted(str(days or "").split())))
            for *row, days in Names(built).select(EVENTS)
        )
        assert sorted(told(event) for whole in found for event in (*whole.meetings, *whole.steps)) == expected


def lines_of(made: list[Record]) -> list[str]:
    return [line for record in made for block in record_lines(record, SETTINGS) for line in block.split("\n")[:-1]]


def written(path: Path, lines: list[str], without: list[str], before: Path | None = None) -> bytes:
    """Write the columns of some lines, others taken out, and return their bytes."""
    builder = ColumnBuilder(BASE, Columns(before) if before else None)
    builder.add(lines)
    builder.drop(without)
    builder.write(path)
    return path.read_bytes()


@FEW
@given(strategies.collections(), st.randoms(use_true_random=False))
def test_neither_order_nor_what_was_taken_out_leaves_a_trace(made: list[Record], draw: random.Random) -> None:
    lines = sorted({*lines_of(made)})
    mixed = draw.sample(lines, len(lines))
    gone, left = mixed[: len(lines) // 2], mixed[len(lines) // 2 :]
    with TemporaryDirectory() as folder:
        whole, after = Path(folder, "whole"), Path(folder, "after")
        assert written(whole, mixed, []) == written(after, lines, [])
        assert written(after, [], gone, whole) == written(whole, left, [])


def test_a_build_without_columns_is_read_from_its_store(world: Path, tmp_path: Path) -> None:
    version = open_version(require_version(world / "build"))
    older = Opened(tmp_path, version.store)
    assert older.columns is None
    assert list(facts(older)) == list(facts(version))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive"], ids=["empty", "cut short", "something else"])
def test_a_damaged_file_is_named(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / COLUMNS
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"columns\.npz.*kg build"):
        Columns(path)


def test_what_is_not_kept_is_asked_of_the_store(world: Path) -> None:
    source = open_source(world / "build")
    assert isinstance(source, Opened)
    assert source.columns
    says = "https://w3id.org/cooperation-kg/ontology#says"
    assert source.columns.texts(says) is None
    assert list(pairs(source, says))


def test_text_of_any_script_and_shape_comes_back(tmp_path: Path) -> None:
    official, name = mint("official", "a"), 'tab\t "quoted" \\ 川崎 \U0001f3d9\u2028\nline'
    quad = ox.Quad(ox.NamedNode(official), ox.NamedNode(next(iter(PROPERTIES))), ox.Literal(name), ox.DefaultGraph())
    line = (ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"").decode().removesuffix("\n")
    builder = ColumnBuilder(BASE)
    builder.add([line])
    builder.write(tmp_path / COLUMNS)
    assert list(Columns(tmp_path / COLUMNS).pairs(next(iter(PROPERTIES))) or ()) == [(official, name)]
