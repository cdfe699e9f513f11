"""The shipped collection in Virtuoso, whose SPARQL differs in more than one place: the same answers as on disk."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from servers import VIRTUOSO, VIRTUOSO_USER, in_ci, virtuoso
from test_competency import NARROWED, OPEN

from kg.dataset import iter_quads, open_dataset, remote_dataset
from kg.errors import StoreError
from kg.iris import mint
from kg.query import ask, ask_recipe
from kg.query.recipes import recipes
from kg.remote import Remote, open_remote
from kg.remote.auth import Credentials
from kg.remote.http import Http
from kg.remote.pushing import push
from kg.remote.server import find_server
from kg.store import Engine, current_version, open_source

pytestmark = pytest.mark.server
BASE = "https://w3id.org/cooperation-kg/id/"
ASKED: list[tuple[str, Mapping[str, str]]] = [
    *((name, {}) for name in recipes()),
    *((name, {param: value}) for name, param, value, _ in OPEN),
    *((name, given) for name, given, _ in NARROWED),
]


@pytest.fixture(scope="module")
def url(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give a Virtuoso that holds the shipped collection, pushed as a user would."""
    if VIRTUOSO is None and not in_ci():
        pytest.skip("virtuoso-t is not installed: make servers")
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        version = current_version(built / "build")
        assert version is not None
        http = Http(Credentials.from_environment(VIRTUOSO_USER))
        assert push(version, find_server(address, http, to_change=True), base=BASE).is_new
        yield address


@pytest.fixture(scope="module")
def there(url: str) -> Remote:
    return open_remote(url, http=Http(Credentials()))


@pytest.fixture(scope="module")
def here(built: Path) -> Engine:
    return open_source(built / "build")


@pytest.mark.parametrize(
    ("name", "given"), ASKED, ids=lambda one: one if isinstance(one, str) else " ".join(one.values())
)
def test_a_recipe_answers_as_it_does_on_disk(name: str, given: Mapping[str, str], there: Remote, here: Engine) -> None:
    assert list(ask_recipe(there, name, **given).rows) == list(ask_recipe(here, name, **given).rows)


def test_all_quads_are_there_and_no_other(there: Remote, built: Path) -> None:
    assert set(iter_quads(remote_dataset(there))) == set(iter_quads(open_dataset(built / "build")))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s kg:earliest ?d FILTER(?d <= '2017-12-31'^^xsd:date) }",
        "SELECT ?m ?o { ?m kg:online ?o } ORDER BY ?m",
        "SELECT ?d { ?m a kg:Meeting ; kg:date ?d FILTER(DATATYPE(?d) = xsd:gYear) } ORDER BY STR(?d)",
        "SELECT ?l { ?s rdfs:label ?l FILTER(LANG(?l) = 'ja') } ORDER BY STR(?l)",
    ],
    ids=["graphs", "the default graph alone", "days up to one", "truth", "years", "Japanese"],
)
def test_a_written_query_answers_as_it_does_on_disk(text: str, there: Remote, here: Engine) -> None:
    found = list(ask(there, text).rows)
    assert found == list(ask(here, text).rows)
    assert found


def test_a_thing_is_known_or_not(there: Remote) -> None:
    for name, known in (("makassar", True), ("atlantis", False)):
        assert ask(there, "ASK { ?thing ?p ?o }", {"thing": mint("party", name)}).truth is known


def test_who_may_not_write_is_told(url: str) -> None:
    with pytest.raises(StoreError, match="refuses anybody it does not know: set KG_STORE_USER"):
        find_server(url, Http(Credentials()), to_change=True)


def test_a_later_push_replaces_what_differs(url: str, there: Remote, tmp_path: Path, built: Path) -> None:
    """Put another build of one triple there, then the first one again: nothing of either stays behind."""
    server = find_server(url, Http(Credentials.from_environment(VIRTUOSO_USER)), to_change=True)
    version = tmp_path / "other"
    version.mkdir()
    line = f'<{BASE}party/x> <http://www.w3.org/2004/02/skos/core#note> "川崎市, a\\\\u0041" .\n'
    (version / "data.nq").write_text(line, encoding="utf-8", newline="\n")
    push(version, server, base=BASE)
    (only,) = iter_quads(remote_dataset(open_remote(url, http=Http(Credentials()))))
    assert (str(only[2]), only[3]) == ("川崎市, a\\u0041", None)
    first = current_version(built / "build")
    assert first is not None
    push(first, server, base=BASE)
    test_all_quads_are_there_and_no_other(there, built)


def test_an_answer_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    if VIRTUOSO is None and not in_ci():
        pytest.skip("virtuoso-t is not installed: make servers")
    with virtuoso(tmp_path / "small", rows=10) as address:
        server = find_server(address, Http(Credentials()))
        assert len(list(server.select("SELECT ?s { ?s ?p ?o } LIMIT 9"))) == 9
        with pytest.raises(StoreError, match="cuts answers off at 10 rows"):
            list(server.select("SELECT ?s { ?s ?p ?o }"))
