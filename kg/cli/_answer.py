"""Write the answer of a query in the format asked for."""

from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from io import TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from kg.cli._guarded import GuardedCsv
from kg.cli._print import print_table, tell
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.collection import Collection
    from kg.query import Answered
    from kg.query.engine import RowFormat
    from kg.values import Term

ROW_FORMATS = ("csv", "tsv", "json", "xml")
GRAPH_FORMATS = ("turtle", "jsonld", "ntriples")


def write_answer(
    collection: "Collection",
    text: str,
    bindings: Mapping[str, "Term"],
    output: BinaryIO,
    *,
    result_format: str | None,
    max_rows: int,
    known: Iterable[str] = (),
) -> None:
    """Answer a query on the build of a collection and write it; a table holds `max_rows` rows at most.

    `known` names the bindings that must be of things the build tells of.

    Raises:
        QueryError: the query fails, or its answer does not fit the format.
        StoreError: there is no build, or it is damaged.
    """
    from kg.query import ask, require_known, serialize
    from kg.store import open_source

    base = collection.config.base
    store = open_source(collection.store, base=base)
    require_known(store, {name: bindings[name] for name in known}, base=base)
    if result_format in ROW_FORMATS:
        guarded = GuardedCsv(output)
        into = cast("BinaryIO", guarded) if result_format == "csv" else output
        serialize(store, text, bindings, into, result_format=cast("RowFormat", result_format), base=base)
        guarded.finish()
        output.write(b"" if result_format in ("csv", "tsv") else b"\n")  # the two others end without a line end
        return
    answer = ask(store, text, bindings, base=base)
    if answer.kind == "graph":
        output.write(_graph(answer, result_format, base))
    elif result_format in GRAPH_FORMATS:
        raise QueryError(f"this query makes rows, not a graph: use --format table, {', '.join(ROW_FORMATS)}")
    else:
        stream = TextIOWrapper(output, encoding="utf-8", newline="\n", write_through=True)
        with redirect_stdout(stream):
            _table(answer, max_rows, base)
        stream.detach()  # the caller's to close


def _table(answer: "Answered", max_rows: int, base: str) -> None:
    """Print rows, or yes and no."""
    if answer.kind == "truth":
        click.echo("yes" if answer.truth else "no")
        return
    from kg.prefixes import prefixes

    rows, spaces = list(islice(answer.rows, max_rows + 1)), prefixes(base)
    print_table(answer.variables, ([show_term(term, spaces) for term in row] for row in rows[:max_rows]))
    if len(rows) > max_rows:
        tell(f"only the first {max_rows:,} rows; --max-rows or --format csv shows more")


def show_term(term: "Term | None", spaces: Mapping[str, str]) -> str:
    """Return a term as a person reads it: CURIEs for IRIs, the text of literals; `spaces` are prefixes by name."""
    from kg.values import Iri

    if term is None:
        return ""
    if isinstance(term, Iri):
        matches = ((prefix, start) for prefix, start in spaces.items() if term.startswith(start))
        prefix, start = max(matches, key=lambda pair: len(pair[1]), default=("", ""))
        return f"{prefix}:{term.removeprefix(start)}" if prefix else str(term)
    return str(term)


def _graph(answer: "Answered", result_format: str | None, base: str) -> bytes:
    """Return a graph in Turtle, JSON-LD or N-Triples, the same bytes every time."""
    from rdflib.compare import to_canonical_graph

    from kg.dataset import memory_dataset
    from kg.export import export
    from kg.query.run import to_graph

    if result_format not in (None, "table", *GRAPH_FORMATS):
        raise QueryError(f"this query makes a graph: use --format {', '.join(GRAPH_FORMATS)}")
    dataset = memory_dataset(base=base)
    # The engine names blank nodes at random; their canonical names depend on the facts alone.
    for triple in to_canonical_graph(to_graph(answer)):
        dataset.default_graph.add(triple)
    name = result_format if result_format in GRAPH_FORMATS else "turtle"
    return b"".join(export(dataset, name, base=base))
