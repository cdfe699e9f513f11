"""`kg build`: the whole flow, and what came of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import collection_of
from kg.cli._print import is_quiet, print_counts, print_json, tell
from kg.cli._store import store_option
from kg.errors import count

if TYPE_CHECKING:
    from kg.collection import Collection
    from kg.remote.server import Server


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.pass_context
def build(ctx: click.Context, path: Path | None, *, as_json: bool) -> None:
    """Check, convert, store and derive the collection.

    \b
    kg build
    kg build data --json
    kg build --store http://localhost:7878     and push it to a SPARQL server

    Nothing is built from records with errors, or for a server that takes no changes, and the previous build stays
    until the new one is whole. Exit 1 when the records have errors. A push sends what differs and goes on where a
    killed one stopped; user and password come from KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN.
    """
    from kg.build import build_collection

    collection = collection_of(ctx, path)
    server = _server(collection.config.store) if collection.config.store else None
    made = build_collection(collection)
    for issue in made.issues:
        tell(str(issue))
    if as_json:
        print_json({"records": made.records, "classes": made.classes, "graphs": made.graphs, "new": made.is_new})
    elif not is_quiet():
        print_counts("records read", {**made.records, "total": sum(made.records.values())})
        print_counts("things per class", made.classes)
        print_counts("triples per graph", _in_short(made.graphs))
        tell(f"{'built' if made.is_new else 'nothing changed since the last build of'} {collection.build}")
    if server:
        _push(made.version, server, collection)


def _server(address: str) -> "Server":
    """Return the server a build goes to: a slip in its address is told before an hour is spent on the build."""
    from kg.remote.server import find_server

    return find_server(address, to_change=True)


def _push(version: Path, server: "Server", collection: "Collection") -> None:
    """Push a build to a server, and say what went there."""
    from kg.remote.pushing import push

    pushed = push(version, server, base=collection.config.base)
    sent = f"{pushed.triples:,} triples sent, {count(pushed.graphs, 'graph')} changed in"
    tell(f"{sent if pushed.is_new else 'this build is already in'} {collection.config.store}")


def _in_short(graphs: Mapping[str, int]) -> dict[str, int]:
    """Add up the graphs of sources: there is one for each."""
    sources = {name: count for name, count in graphs.items() if name.startswith("source:")}
    rest = {name: count for name, count in graphs.items() if name not in sources}
    return {**rest, f"source graphs ({len(sources)})": sum(sources.values())}
