"""What is refused before an engine sees it, and what is not: nothing calls out, nothing is hidden, nothing is slow."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import cast

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query.guard import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_PARTS,
    _is_plain,
    _require_tokens,
    has_dataset_clause,
    require_safe,
)
from kg.query.recipes import recipes

# What Oxigraph, asked directly, calls out for: each hides the call from a reader of tokens in its own way.
CALLS = {
    "plain": "SELECT * { SERVICE <URL> { ?x ?y ?z } }",
    "in lower case, silently": "SELECT * { service silent <URL> { ?x ?y ?z } }",
    "through a prefixed name": "PREFIX a: <URL> SELECT * { SERVICE a: { ?x ?y ?z } }",
    "after a comment that a carriage return ends": "SELECT * { # hello\rSERVICE <URL> { ?x ?y ?z } }",
    "behind a comment": "SELECT * { SERVICE # a\n # b\n <URL> # c\n { ?x ?y ?z } }",
    "behind a string that ends in an escaped quote": (
        'SELECT * { ?s ?p ?o FILTER (?o != "x\\u0022") SERVICE <URL> { ?a ?b "c" } }'
    ),
    "inside what looks like an IRI": ("SELECT * { ?s ?p ?a, ?b FILTER(?a<=?b||?a<?b)SERVICE#>\n<URL> { ?x ?y ?z } }"),
    "glued to a number": "SELECT * { ?s ?p 1SERVICE <URL> { ?x ?y ?z } }",
    "glued to a truth value": "SELECT * { ?s ?p trueSERVICE <URL> { ?x ?y ?z } }",
    "glued to a bracket": "SELECT * { ?s ?p ?o FILTER(?o>0)SERVICE<URL>{ ?x ?y ?z } }",
    "in a nested query": "SELECT * { { SELECT ?x { OPTIONAL { SERVICE <URL> { ?x ?y ?z } } } } }",
}


@pytest.fixture
def listener() -> Iterator[tuple[str, list[int]]]:
    """Listen where nobody should call; give the URL, and the list that every call makes longer."""
    server = socket.create_server(("127.0.0.1", 0))
    calls: list[int] = []

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                calls.append(1)
                connection.close()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
    with suppress(OSError):
        server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


@pytest.mark.parametrize("text", CALLS.values(), ids=CALLS)
def test_a_call_to_another_server_is_refused_and_would_have_been_made(
    text: str, listener: tuple[str, list[int]]
) -> None:
    url, calls = listener
    query = text.replace("URL", url)
    with pytest.raises(QueryError, match=r"SERVICE|escapes"):
        require_safe(query)
    with suppress(OSError, SyntaxError):
        list(cast("ox.QuerySolutions", _store().query(query)))
    assert calls, "Oxigraph no longer calls out for this: the case proves nothing"


def _store() -> ox.Store:
    """Hold a few triples, so that the patterns before a call match."""
    store = ox.Store()
    subject, predicate = ox.NamedNode("https://example.org/s"), ox.NamedNode("https://example.org/p")
    for value in (1, 2, True, 'x"'):
        store.add(ox.Quad(subject, predicate, ox.Literal(value)))
    return store


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a> <b> <c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL",
        "DROP GRAPH <g>",
        "CREATE GRAPH <g>",
        "COPY <a> TO <b>",
        "MOVE <a> TO <b>",
        "ADD <a> TO <b>",
        "SELECT * {} ; drop all",
        "SELECT * { BIND (<u> AS ?s) SERVICE ?s { ?x ?y ?z } }",
        "SELECT * { \uff33ERVICE <u> {} ; S\\u0045RVICE <u> {} }",
    ],
)
def test_a_change_of_data_and_any_other_call_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        require_safe(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s kg:name "public service in Makassar" }',
        "SELECT * { ?service kg:name ?load } # SERVICE is not called here",
        "SELECT * { ?s <https://example.org/service/load> kg:service }",
        'SELECT * { ?s kg:name \'It\\\'s a DROP\' , """CLEAR "quoted" ALL""" }',
        "SELECT * { ?s kg:name '\\u5ddd\\u5d0e' }",
        "SELECT * { ?s kg:follows+/(^kg:follows|kg:cooperation)* ?o FILTER (?a < ?b && ?c > ?d) }",
        "SELECT * FROM <https://example.org/Tokyo_(city)> { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } # " + "(" * (MAX_DEPTH + 1),
        'SELECT * { ?s ?p "' + "{" * (MAX_DEPTH + 1) + '" }',
    ],
)
def test_what_only_looks_dangerous_passes(text: str) -> None:
    require_safe(text)


def test_every_recipe_passes() -> None:
    for recipe in recipes().values():
        require_safe(recipe.text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * " + "{" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1),
        "SELECT * { FILTER (" + "(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH + ") }",
        "SELECT * { FILTER (" + "! " * 200 + "true) }",
        "SELECT * { FILTER (" + "1<(1#>\n" * (MAX_DEPTH + 1) + ")" * (MAX_DEPTH + 1) + ") }",
        "SELECT * { ?s ?p " + "[?p " * (MAX_DEPTH + 1) + "1" + "]" * (MAX_DEPTH + 1) + " }",
    ],
    ids=["groups", "brackets", "signs", "brackets inside what looks like IRIs", "blank nodes"],
)
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="levels deep"):
        require_safe(text)


@pytest.mark.parametrize("part", ["OPTIONAL {}", "BIND (1 AS ?x)", "FILTER (true)", "FILTER (1+1=2)"])
def test_a_chain_that_the_engine_walks_by_recursion_is_refused(part: str) -> None:
    with pytest.raises(QueryError, match="groups and operators"):
        require_safe("SELECT * {" + part * (MAX_PARTS + 1) + "}")


def test_long_lists_of_values_pass() -> None:
    require_safe(
        "SELECT * { VALUES ?x {" + " <https://example.org/1>" * 5000 + "} FILTER (?x IN (1" + ",1" * 5000 + ")) }"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * {} # " + "a" * MAX_LENGTH, "longer than 200,000"),
        ("SELECT * {\x00}", "NUL"),
        ("SELECT * { ?s ?p 'open }", "never closed"),
        ('SELECT * { ?s ?p "\\uD83D" }', "half of one"),
        ('SELECT * { ?s ?p "\\U00110000" }', "half of one"),
    ],
)
def test_the_reason_is_said(text: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        require_safe(text)


@pytest.mark.parametrize(
    "unit",
    [
        "a.",
        "a",
        "'",
        "'''a",
        '"\\',
        "<a",
        "1.",
        "1e",
        ":",
        "\\",
        "a-",
        "#SERVICE\n",
        "#SERVICE#",
        "'SERVICE ",
        "?",
        "<?a)",
    ],
)
def test_no_text_takes_long_to_look_at(unit: str) -> None:
    # A pattern that looks back would take minutes here; that it ends at all is the test.
    with suppress(QueryError):
        require_safe((unit * MAX_LENGTH)[:MAX_LENGTH])


def test_a_dataset_clause_is_seen() -> None:
    assert has_dataset_clause("select * from <g> {}")
    assert not has_dataset_clause("SELECT ?from { ?s kg:from 'FROM' } # FROM <g>")


@pytest.mark.parametrize("text", [recipe.text for recipe in recipes().values()], ids=recipes())
def test_a_query_that_need_not_be_read_by_tokens_would_have_passed(text: str) -> None:
    for part in (text, text.upper(), " ".join(line for line in text.splitlines() if not line.startswith("#"))):
        if _is_plain(part):
            _require_tokens(part)


@pytest.mark.parametrize("text", CALLS.values(), ids=CALLS)
def test_no_call_is_taken_for_a_plain_query(text: str) -> None:
    assert not _is_plain(text)
    assert not _is_plain(text.lower())


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * " + "{" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1),
        "SELECT * { FILTER(" + "!" * (MAX_DEPTH + 1) + "true) }",
        "SELECT * { <" + "(" * (MAX_DEPTH + 1) + "> ?p ?o }",
        "INSERT DATA { }",
        'SELECT * { ?s ?p "\\u0022" }',
        "SELECT * { ?s ?p '\u017fervice' }",
        "SELECT * { ?s ?p 'open }",
    ],
    ids=["deep", "signs", "an IRI of brackets", "a change", "an escape", "a letter like an s", "an open string"],
)
def test_what_may_be_refused_is_read_by_tokens(text: str) -> None:
    assert not _is_plain(text)


def test_a_point_question_is_plain() -> None:
    assert _is_plain("SELECT ?name WHERE { meeting:m-7 kg:name ?name ; kg:status 'held' }")
