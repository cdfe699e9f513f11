"""Which graphs of a server are a collection's, and the build they hold; nothing of HTTP is loaded for that."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kg.prefixes import ONTOLOGY

if TYPE_CHECKING:
    from kg.remote.server import Server

UNNAMED = ""


class Scope(NamedTuple):
    """Which graphs of a server are a collection's: those under its base, and `ruled`, its default graph.

    `ruled` is an IRI on servers whose unnamed graph is not ours to use, else empty.
    """

    base: str
    ruled: str = UNNAMED

    @property
    def state(self) -> str:
        """The graph that says what is live."""
        return f"{self.base}push/state"

    @property
    def named_ruled(self) -> str:
        """The name of the default graph on a server where it must have one."""
        return f"{self.base}graph/ruled"

    def stage(self, graph: str) -> str:
        """Return where a graph waits until all of them are there."""
        import hashlib

        return f"{self.base}push/new/{hashlib.sha256(graph.encode()).hexdigest()[:32]}"

    def target(self, graph: str) -> str:
        """Return the graph that readers see; empty for the unnamed one."""
        return graph or self.ruled

    def ruled_pattern(self, pattern: str) -> str:
        """Return a pattern as it is asked of the ruled facts."""
        return f"GRAPH <{self.ruled}> {{ {pattern} }}" if self.ruled else pattern

    def is_ours(self, variable: str) -> str:
        """Return the SPARQL condition under which a graph's name belongs to the collection as it was built."""
        name = f"STR({variable})"
        own = f'STRSTARTS({name}, "{self.base}") && !STRSTARTS({name}, "{self.base}push/")'
        return f'({own} && {name} != "{self.named_ruled}" || {name} = "{ONTOLOGY}")'


class Remote(NamedTuple):
    """A build on a server: where it is asked, which graphs are its own, and the version that is live."""

    server: "Server"
    scope: Scope
    version: str

    def texts(self, predicate: str) -> Iterator[tuple[str, str, str]]:
        """Yield subject, text and language of every ruled fact with one predicate; "" is no language."""
        pattern = self.scope.ruled_pattern(f"?s <{predicate}> ?o")
        for row in self.server.select(f"SELECT ?s ?o WHERE {{ {pattern} }}"):
            yield row["s"]["value"], row["o"]["value"], row["o"].get("xml:lang", "")
