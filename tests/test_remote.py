"""A build on a SPARQL server: pushed in parts, resumed, swapped in, and asked like the one on disk."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import tiny
from rdflib import RDF, Dataset, Literal, URIRef
from servers import HOST, free_port, oxigraph

from kg.convert import to_nquad
from kg.dataset import iter_quads, open_dataset, remote_dataset
from kg.errors import QueryError, StoreError
from kg.names import Names
from kg.query import ask, ask_recipe, serialize
from kg.query.recipes import recipes
from kg.remote import Remote, open_remote
from kg.remote.auth import Credentials
from kg.remote.http import Http, Reply
from kg.remote.pushing import Pushed, push
from kg.remote.server import Server, find_server
from kg.store import Engine, current_version, open_source

Run = Callable[..., Any]
NOBODY = Credentials()
BASE = "https://w3id.org/cooperation-kg/id/"


class Dying(Http):
    """Speaks to a server until a number of updates has gone through, then is killed."""

    left = 0

    def post(self, url: str, body: bytes, kind: str, **how: object) -> Reply:
        if "update" in kind:
            if self.left == 0:
                raise KeyboardInterrupt
            self.left -= 1
        return super().post(url, body, kind, **how)  # type: ignore[arg-type]


def dying(url: str, updates: int) -> Server:
    """Return a server whose push is killed after so many updates."""
    http = Dying(NOBODY)
    found = find_server(url, Http(NOBODY), to_change=True)
    http.left = updates
    return Server(found.asked_at, found.changed_at, http)


def alive(url: str) -> Server:
    return find_server(url, Http(NOBODY), to_change=True)


def opened(url: str, base: str = BASE) -> Remote:
    return open_remote(url, base=base, http=Http(NOBODY))


def version_of(folder: Path) -> Path:
    version = current_version(folder / "build")
    assert version is not None
    return version


def quads_of(dataset: Dataset) -> set[tuple[object, ...]]:
    return set(iter_quads(dataset))


KINDS = {"own default graph": (), "union of all": ("--union-default-graph",)}
"""Servers by what their default graph is; the second shows all graphs at once, as GraphDB, Neptune and Virtuoso do."""


@pytest.fixture(scope="module")
def filled(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Give a server of each kind that holds the shipped collection; only to be asked."""
    with ExitStack() as servers:
        addresses = {
            kind: servers.enter_context(oxigraph(tmp_path_factory.mktemp("filled"), *KINDS[kind])) for kind in KINDS
        }
        for address in addresses.values():
            push(version_of(built), alive(address), base=BASE)
        yield addresses


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Give a server of each kind to push to."""
    with ExitStack() as servers:
        yield {kind: servers.enter_context(oxigraph(tmp_path_factory.mktemp("empty"), *KINDS[kind])) for kind in KINDS}


@pytest.fixture(params=KINDS)
def pushed(request: pytest.FixtureRequest, filled: dict[str, str]) -> Remote:
    """Give the shipped collection, pushed to a server."""
    return opened(filled[request.param])


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, empty: dict[str, str]) -> str:
    """Give the address of a server that may be changed."""
    return empty[request.param]


@pytest.fixture(scope="module")
def here(built: Path) -> Engine:
    return open_source(built / "build")


@pytest.mark.parametrize("name", recipes())
def test_every_recipe_answers_as_it_does_on_disk(name: str, pushed: Remote, here: Engine) -> None:
    assert list(ask_recipe(pushed, name).rows) == list(ask_recipe(here, name).rows)


def test_all_quads_are_there_and_no_other(pushed: Remote, built: Path) -> None:
    assert quads_of(remote_dataset(pushed)) == quads_of(open_dataset(built / "build"))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
        "SELECT DISTINCT ?g { GRAPH ?g { ?m a kg:Meeting } } ORDER BY ?g",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (EXISTS { ?s kg:highestStage ?o } AS ?leaks) {}",
        "SELECT ?m { { SELECT ?m { ?m a kg:Meeting } ORDER BY ?m LIMIT 3 } } VALUES ?m { meeting:none }",
        "SELECT ?s { ?s a ?class { GRAPH ?g { ?s kg:date ?d } } FILTER NOT EXISTS { ?s kg:until ?u } } ORDER BY ?s",
        "ASK { GRAPH graph:derived { ?a kg:met ?b } }",
        "ASK { ?a kg:highestStage ?b }",
        "SELECT ?l { ?s rdfs:label ?l FILTER(LANG(?l) = 'ja') } ORDER BY ?l",
    ],
    ids=[
        "the graphs and their sizes",
        "graphs that tell of meetings",
        "the size of the default graph",
        "what is derived is not in the default graph",
        "values beside a sub-select",
        "a graph in a group, and a filter",
        "truth in a graph",
        "no truth outside of it",
        "text in Japanese",
    ],
)
@pytest.mark.parametrize("as_format", ["csv", "json"])
def test_a_written_query_answers_as_it_does_on_disk(text: str, as_format: str, pushed: Remote, here: Engine) -> None:
    there, expected = BytesIO(), BytesIO()
    for engine, output in ((pushed, there), (here, expected)):
        serialize(engine, text, {}, output, result_format=as_format)  # type: ignore[arg-type] # a word of two
    assert there.getvalue() == expected.getvalue()
    assert expected.getvalue().strip()


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT { ?m kg:date ?d } WHERE { ?m kg:date ?d }",
        "CONSTRUCT WHERE { ?m kg:status ?d }",
        "CONSTRUCT { ?m kg:stage ?d } { GRAPH graph:derived { ?m kg:highestStage ?d } }",
    ],
)
def test_a_graph_answers_as_it_does_on_disk(text: str, pushed: Remote, here: Engine) -> None:
    found = set(ask(pushed, text).triples)
    assert found == set(ask(here, text).triples)
    assert found


def test_names_are_found_there_in_any_script(pushed: Remote) -> None:
    assert str(Names(pushed).resolve("川崎市")) == f"{BASE}party/kawasaki"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "may not call another server"),
        ("DROP ALL", "may not change data"),
        ("SELECT * { ?s ?p }", "does not parse"),
        ("SELECT * { ?s kgg:date ?o }", "prefix 'kgg:' is not known"),
    ],
)
def test_a_bad_query_is_refused_before_it_is_sent(text: str, says: str, pushed: Remote) -> None:
    with pytest.raises(QueryError, match=says):
        ask(pushed, text)


def test_a_dataset_of_a_server_is_read_only(pushed: Remote) -> None:
    with pytest.raises(StoreError, match="read-only"):
        remote_dataset(pushed).add((RDF.type, RDF.type, RDF.type))


# -- pushing ------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(url: str, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the tiny world in a folder of its own, to be sent a hundred triples at a time to an empty server."""
    monkeypatch.setattr("kg.remote.pushing.LINES", 100)
    alive(url).update("CLEAR ALL")
    return Path(shutil.copytree(world, tmp_path / "world"))


def reworded(folder: Path, name: str) -> Path:
    """Call one meeting of a collection something else, and build it again; return the new version."""
    records = folder / "records" / "all.yaml"
    records.write_text(
        records.read_text(encoding="utf-8").replace("name: Third talk", f"name: {name}"), encoding="utf-8"
    )
    tiny.build(folder)
    return version_of(folder)


def there(url: str) -> set[tuple[object, ...]]:
    return quads_of(remote_dataset(opened(url)))


def at_home(folder: Path) -> set[tuple[object, ...]]:
    return quads_of(open_dataset(folder / "build"))


BEFORE = 4  # updates before the first triples: a place made, looked at and cleared, and a note that a push began


@pytest.mark.parametrize("updates", [0, 1, 3, BEFORE, BEFORE + 1, BEFORE + 3])
def test_a_killed_first_push_goes_on_and_nobody_reads_half_of_it(updates: int, small: Path, url: str) -> None:
    version = version_of(small)
    total = len((version / "data.nq").read_bytes().splitlines())
    with pytest.raises(KeyboardInterrupt):
        push(version, dying(url, updates), base=BASE)
    with pytest.raises(StoreError, match=r"not complete|holds no build"):
        opened(url)
    assert push(version, alive(url), base=BASE).triples == total - 100 * max(0, updates - BEFORE)
    assert there(url) == at_home(small)
    assert push(version, alive(url), base=BASE) == Pushed(0, 0, is_new=False)


def test_a_push_killed_after_each_update_shows_the_old_build_until_it_shows_the_new(small: Path, url: str) -> None:
    push(version_of(small), alive(url), base=BASE)
    old = at_home(small)
    version = reworded(small, "Renamed talk")
    new = at_home(small)
    seen = []
    for _ in range(30):
        try:
            push(version, dying(url, 1), base=BASE)
        except KeyboardInterrupt:
            seen.append(there(url))
        else:
            break
    assert seen[0] == old
    assert seen[-1] == there(url) == new
    assert [found for found in seen if found not in (old, new)] == []
    assert len(seen) > 5


@pytest.mark.usefixtures("small")
def test_text_arrives_as_it_is_written(url: str, tmp_path: Path) -> None:
    texts = [
        "a\\u0041",
        "\\\\u0041",
        'say "no"',
        "two\nlines\r",
        "tab\there",
        "川崎市 🏙",
        "\x01\x7f",
        "back\\",
        "} . { <x>",
    ]
    version = tmp_path / "version"
    version.mkdir()
    subject, predicate = URIRef(f"{BASE}party/x"), URIRef("http://www.w3.org/2004/02/skos/core#note")
    lines = sorted(to_nquad((subject, predicate, Literal(text), None)) for text in texts)
    (version / "data.nq").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    push(version, alive(url), base=BASE)
    assert {str(quad[2]) for quad in there(url)} == set(texts)


def test_a_second_push_sends_only_the_graphs_that_differ(small: Path, url: str) -> None:
    first = push(version_of(small), alive(url), base=BASE)
    second = push(reworded(small, "Renamed talk"), alive(url), base=BASE)
    assert second.is_new
    # The ruled facts, the graph of the daily, and what is counted; not those of the weekly and the ontology.
    assert 0 < second.graphs < first.graphs
    assert there(url) == at_home(small)


def test_a_graph_that_the_build_no_longer_has_goes(small: Path, url: str) -> None:
    push(version_of(small), alive(url), base=BASE)
    records = small / "records" / "all.yaml"
    text = records.read_text(encoding="utf-8").replace(
        "      - {source: monthly, quote: so they met, supports: [parties]}\n", ""
    )
    records.write_text(text.replace('      - {source: monthly, claims: {head_count: "15"}}\n', ""), encoding="utf-8")
    tiny.build(small)
    push(version_of(small), alive(url), base=BASE)
    assert there(url) == at_home(small)
    assert f"{BASE}source/monthly" not in {str(quad[3]) for quad in there(url)}


def test_nothing_is_left_of_a_push_that_was_given_up(small: Path, url: str) -> None:
    push(version_of(small), alive(url), base=BASE)
    with pytest.raises(KeyboardInterrupt):
        push(reworded(small, "Renamed talk"), dying(url, 2), base=BASE)
    third = version_of(small).parent
    shutil.rmtree(third)
    records = small / "records" / "all.yaml"
    records.write_text(records.read_text(encoding="utf-8").replace("Renamed", "Another"), encoding="utf-8")
    tiny.build(small)
    push(version_of(small), alive(url), base=BASE)
    assert there(url) == at_home(small)
    graphs = alive(url).ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").decode()
    assert "push/state" in graphs
    assert "push/new" not in graphs


def test_what_others_keep_on_the_server_stays_and_is_not_asked(small: Path, url: str) -> None:
    alive(url).update(
        "INSERT DATA { <urn:not> <urn:of> <urn:us> . GRAPH <urn:theirs> { <urn:not> <urn:of> <urn:us> } }"
    )
    push(version_of(small), alive(url), base=BASE)
    push(reworded(small, "Renamed talk"), alive(url), base=BASE)
    assert there(url) == at_home(small)
    asked = ask(opened(url), "SELECT ?g ?s { { ?s <urn:of> ?o } UNION { GRAPH ?g { ?s <urn:of> ?o } } }")
    assert list(asked.rows) == []
    counted = alive(url).ask("SELECT (COUNT(*) AS ?n) { GRAPH <urn:theirs> { ?s ?p ?o } }")
    assert b'"1"' in counted
    assert b"true" in alive(url).ask("ASK { <urn:not> <urn:of> <urn:us> }")


def test_two_collections_live_on_one_server(small: Path, url: str, tmp_path: Path) -> None:
    other = "https://example.org/other/"
    records = (small / "records" / "all.yaml").read_text(encoding="utf-8")
    second = tiny.made(tmp_path / "other", records, config=f'title = "Other"\nbase = "{other}"\n')
    push(version_of(small), alive(url), base=BASE)
    push(version_of(second), alive(url), base=other)
    assert there(url) == at_home(small)
    assert quads_of(remote_dataset(opened(url, other))) == quads_of(open_dataset(second / "build", base=other))


# -- the command line ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give a server that holds the tiny world."""
    with oxigraph(tmp_path_factory.mktemp("served")) as address:
        push(version_of(world), alive(address), base=BASE)
        yield address


@pytest.mark.parametrize(
    "command",
    [
        ("query", "cq02", "--param", "party=waterworks"),
        ("query", "cq14", "--format", "csv"),
        ("query", "-q", "CONSTRUCT { ?m kg:date ?d } { ?m kg:date ?d }", "--format", "turtle"),
        ("show", "川崎市"),
        ("find", "--party", "makassar"),
        ("who", "makassar", "--on", "2020-07-27"),
        ("why", "makassar", "waterworks"),
        ("status", "--as-of", "2026-01-01"),
        ("conflicts",),
        ("analyze", "--projection", "party-party"),
        ("export", "nquads"),
        ("export", "turtle", "--graph", "graph:derived"),
        ("export", "graphml"),
    ],
    ids=" ".join,
)
def test_a_command_says_of_a_server_what_it_says_of_the_disk(
    command: tuple[str, ...], world: Path, served: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = run("-C", world, *command)
    monkeypatch.setenv("KG_STORE", served)
    there = run("-C", world, *command)
    assert (there.code, there.err) == (here.code, here.err) == (0, here.err)
    # A server knows of no files.
    assert there.out == "".join(line for line in here.out.splitlines(keepends=True) if "all.yaml" not in line)


def test_kg_toml_may_name_the_server(served: str, world: Path, tmp_path: Path, run: Run) -> None:
    folder = Path(shutil.copytree(world, tmp_path / "named"))
    config = folder / "kg.toml"
    config.write_text(config.read_text(encoding="utf-8") + f'store = "{served}"\n', encoding="utf-8")
    assert f"this build is already in {served}" in run("-C", folder, "build").err
    shutil.rmtree(folder / "build")
    assert run("-C", folder, "query", "cq14").code == 0


def test_a_server_that_is_not_there_is_told_before_anything_is_built(run: Callable[..., Any], tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "c", tiny.WORLD)
    done = run("-C", root, "build", "--store", f"http://{HOST}:{free_port()}")
    assert (done.code, done.out) == (3, "")
    assert "cannot reach" in done.err
    assert not (root / "build").exists()


def test_a_build_says_what_it_sent(url: str, small: Path, run: Run) -> None:
    ran = run("-C", small, "build", "--store", url)
    assert (ran.code, f"changed in {url}" in ran.err) == (0, True)
    assert (run("--quiet", "-C", small, "build", "--store", url).out) == ""


@pytest.mark.parametrize(
    ("address", "code", "says"),
    [
        ("ftp://127.0.0.1", 2, "expected http"),
        ("http://me:secret@127.0.0.1:9", 3, "must hold no user and no password"),
        ("http://127.0.0.1:9", 3, "cannot reach http://127.0.0.1:9: connection refused"),
    ],
)
def test_a_bad_address_is_told_and_no_password_shown(address: str, code: int, says: str, world: Path, run: Run) -> None:
    ran = run("-C", world, "query", "cq14", "--store", address)
    assert (ran.code, says in ran.err, "secret" in ran.err + ran.out) == (code, True, False)


def test_an_empty_server_says_how_to_fill_it(small: Path, url: str, run: Run) -> None:
    ran = run("--store", url, "-C", small, "show", "makassar")
    assert (ran.code, f"run `kg build --store {url}` first" in ran.err) == (3, True)
