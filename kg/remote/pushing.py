"""A build -> a server: in parts that may be sent twice, resumed where they stopped, seen by readers at the end.

The first push writes the graphs themselves, and readers are told that it is not complete. A later one
sends only graphs whose digest differs, to graphs that wait; when all are there one request copies them
over. Most servers do a request whole or not at all; Virtuoso does it part by part, in the blink it takes.

Source: SPARQL 1.1 Update, sections 3.1.1 (INSERT DATA) and 3.2.3 (COPY); there are no blank nodes, so
that adding a triple twice is adding it once.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from kg.errors import StoreError
from kg.remote.scope import UNNAMED, Scope
from kg.remote.server import Server
from kg.remote.state import DEFAULT, DIGEST, LIVE, PUSHING, State, read_state
from kg.values import sparql_text, split_nquad

LINES = 2000
"""Triples a request: large enough that its way there and back does not count; Virtuoso's parser gives up at 4,993."""
GRAPHS = 500
"""Graphs a request swaps in."""

T = TypeVar("T")
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Pushed:
    """What a push did: triples sent and graphs swapped in or dropped; none when the build was there already."""

    triples: int
    graphs: int
    is_new: bool


def push(version: Path, server: Server, *, base: str, data: str = "data.nq", told: Told | None = None) -> Pushed:
    """Make a server hold a build; `told` is called with triples sent and triples to send.

    Raises:
        StoreError: the server fails for longer than is waited, or the build cannot be read.
    """
    path = version / data
    try:
        return _Push(path, version.name, server, read_state(server, base), told or (lambda _done, _total: None)).run()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"cannot read {path}: {error}; run `kg build` again") from error


class _Push:
    """One push: what is there, what is wanted, and the steps between."""

    def __init__(self, path: Path, name: str, server: Server, state: State, told: Told) -> None:
        self.path, self.name, self.server, self.state, self.told = path, name, server, state, told
        self.is_first = not state.live

    def run(self) -> Pushed:
        """Send what differs, swap it in, and clear up."""
        if self.state.live == self.name:
            if self.state.plan:  # killed while clearing up
                self._clear_up()
            return Pushed(0, 0, is_new=False)
        self.digests, sizes = _digests(self.path)
        changed = {graph for graph, digest in self.digests.items() if self.state.digests.get(graph) != digest}
        gone = set(self.state.digests) - set(self.digests)
        is_resumed = self.state.plan == self.name
        if not is_resumed:
            self._begin()
        total = sum(sizes[graph] for graph in changed)
        sent = self._send(changed, min(self.state.done, total) if is_resumed else 0, total)
        self._swap(sorted(changed), sorted(gone))
        self._clear_up()
        return Pushed(sent, len(changed) + len(gone), is_new=True)

    def _begin(self) -> None:
        """Clear what an abandoned push left, decide on the default graph, and say what is under way."""
        scope = self.state.scope
        if not self.is_first:
            self._drop(_waiting(scope))
        else:
            self._drop(f"FILTER{scope.is_ours('?s')}", also=[scope.ruled if self.state.is_known else scope.named_ruled])
        if not self.state.is_known:
            scope = _layout(self.server, scope)
        ruled = f"<{scope.state}> {DEFAULT} <{scope.ruled}> . " if scope.ruled else ""
        self.server.update(
            f"DELETE WHERE {{ GRAPH <{scope.state}> {{ <{scope.state}> {PUSHING} ?o }} }} ;\n"
            f"INSERT DATA {{ GRAPH <{scope.state}> {{ {ruled}{self._progress(0)} }} }}"
        )
        self.state = State(scope, self.state.live, self.state.digests, self.name, 0, is_known=True)

    def _progress(self, lines: int) -> str:
        """Return the triple that says how far this push got."""
        return f'<{self.state.scope.state}> {PUSHING} "{self.name} {lines}" .'

    def _send(self, changed: set[str], done: int, total: int) -> int:
        """Send the triples of changed graphs from the first that is not there; return how many went."""
        first, scope = done, self.state.scope
        wanted = ((triple, graph) for triple, graph in _parts(self.path) if graph in changed)
        for batch in batched(islice(wanted, done, None), LINES):
            before, done = done, done + len(batch)
            self.server.update(
                f"INSERT DATA {{\n{self._blocks(batch)}GRAPH <{scope.state}> {{ {self._progress(done)} }}\n}} ;\n"
                f"DELETE DATA {{ GRAPH <{scope.state}> {{ {self._progress(before)} }} }}"
            )
            self.told(done, total)
        return done - first

    def _blocks(self, batch: Iterable[tuple[str, str]]) -> str:
        """Return triples under the names of the graphs they are sent to."""
        graphs: dict[str, list[str]] = {}
        for triple, graph in batch:
            graphs.setdefault(graph, []).append(f"{triple} .\n")
        scope, blocks = self.state.scope, []
        for graph, triples in graphs.items():
            name = scope.target(graph) if self.is_first else scope.stage(graph)
            text = sparql_text("".join(triples))
            blocks.append(f"GRAPH <{name}> {{\n{text}}}\n" if name else text)
        return "".join(blocks)

    def _swap(self, changed: list[str], gone: list[str]) -> None:
        """Put the graphs that wait in place of those that readers see, with their digests; then name the version."""
        steps = [self._swapped(graph) for graph in changed] + [self._dropped(graph) for graph in gone]
        batches = list(batched(steps, GRAPHS)) or [()]
        for batch in batches[:-1]:
            self.server.update(" ;\n".join(batch))
        self.server.update(" ;\n".join([*batches[-1], self._named()]))

    def _swapped(self, graph: str) -> str:
        """Return the update that makes one graph what it should be."""
        scope = self.state.scope
        target = scope.target(graph)
        copy = f"COPY GRAPH <{scope.stage(graph)}> TO {f'GRAPH <{target}>' if target else 'DEFAULT'} ;\n"
        new = f'<{self._key(graph)}> {DIGEST} "{self.digests[graph]}"'
        known = f"{self._forgotten(graph)}INSERT DATA {{ GRAPH <{scope.state}> {{ {new} }} }}"
        return known if self.is_first else copy + known

    def _dropped(self, graph: str) -> str:
        """Return the update that drops a graph the build no longer has."""
        target = self.state.scope.target(graph)
        return f"{self._forgotten(graph)}DROP SILENT {f'GRAPH <{target}>' if target else 'DEFAULT'}"

    def _forgotten(self, graph: str) -> str:
        """Return the update that forgets the digest a graph had."""
        old = self.state.digests.get(graph)
        fact = f'<{self._key(graph)}> {DIGEST} "{old}"'
        return f"DELETE DATA {{ GRAPH <{self.state.scope.state}> {{ {fact} }} }} ;\n" if old else ""

    def _key(self, graph: str) -> str:
        """Return the IRI under which the state keeps a graph's digest."""
        return graph or self.state.scope.named_ruled

    def _named(self) -> str:
        """Return the update that says which version is live."""
        at = self.state.scope.state
        old = f'DELETE DATA {{ GRAPH <{at}> {{ <{at}> {LIVE} "{self.state.live}" }} }} ;\n' if self.state.live else ""
        return f'{old}INSERT DATA {{ GRAPH <{at}> {{ <{at}> {LIVE} "{self.name}" }} }}'

    def _clear_up(self) -> None:
        """Drop the graphs that waited, and forget that a push was under way."""
        scope = self.state.scope
        if not self.is_first:
            self._drop(_waiting(scope))
        self.server.update(f"DELETE WHERE {{ GRAPH <{scope.state}> {{ <{scope.state}> {PUSHING} ?o }} }}")

    def _drop(self, condition: str, *, also: Iterable[str] = ()) -> None:
        """Drop every graph whose name `?s` meets a condition; an empty name is the default graph."""
        text = f"SELECT DISTINCT ?s {{ GRAPH ?s {{ ?a ?b ?c }} {condition} }}"
        names = [row["s"]["value"] for row in self.server.select(text)]
        steps = [f"DROP SILENT {f'GRAPH <{name}>' if name else 'DEFAULT'}" for name in [*names, *also]]
        for batch in batched(steps, GRAPHS):
            self.server.update(" ;\n".join(batch))


def _waiting(scope: Scope) -> str:
    """Return the condition under which a graph is one that waits."""
    return f'FILTER(STRSTARTS(STR(?s), "{scope.base}push/new/"))'


def _parts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each triple of a file of N-Quads with the IRI of its graph, which is empty for the default graph."""
    with path.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            triple, graph = split_nquad(line[:-1])
            yield triple, graph[1:-1]


def _layout(server: Server, scope: Scope) -> Scope:
    """Say where the ruled facts go: to the default graph, unless it shows all graphs or holds what is not ours."""
    probe = f"<{scope.base}push/probe>"
    server.update(f"INSERT DATA {{ GRAPH {probe} {{ {probe} {PUSHING} {probe} }} }}")
    is_union = server.says(f"ASK {{ {probe} {PUSHING} {probe} }}")
    server.update(f"DROP SILENT GRAPH {probe}")
    is_taken = is_union or server.says("ASK { ?s ?p ?o }")
    return Scope(scope.base, scope.named_ruled if is_taken else UNNAMED)


def _digests(path: Path) -> tuple[Mapping[str, str], Mapping[str, int]]:
    """Return the SHA-256 and the number of triples of each graph."""
    hashes: dict[str, hashlib._Hash] = {}
    sizes: dict[str, int] = {}
    for triple, graph in _parts(path):
        if graph not in hashes:
            hashes[graph], sizes[graph] = hashlib.sha256(), 0
        hashes[graph].update(triple.encode() + b"\n")
        sizes[graph] += 1
    return {graph: found.hexdigest() for graph, found in hashes.items()}, sizes


def batched(things: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Yield runs of things; Python 3.12 has it."""
    walk = iter(things)
    while batch := tuple(islice(walk, size)):
        yield batch
