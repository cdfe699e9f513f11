"""A server -> rdflib's `Store`, read-only: every pattern is one SELECT."""

from collections.abc import Iterator, Mapping

import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.store import Store
from rdflib.term import Node

from kg.errors import StoreError
from kg.remote.scope import Remote

_NAMES = ("s", "p", "o")


class RemoteStore(Store):
    """rdflib's store over a server: reads patterns, refuses changes."""

    context_aware = True
    graph_aware = True

    def __init__(self, remote: Remote) -> None:
        """Keep the build; nothing is asked yet."""
        super().__init__()
        self.remote = remote
        self._namespaces: dict[str, rdflib.URIRef] = {}

    # -- reading --------------------------------------------------------------------------------------------------

    def triples(
        self, triple_pattern: tuple[Node | None, ...], context: rdflib.Graph | None = None
    ) -> Iterator[tuple[tuple[Node, Node, Node], Iterator[rdflib.Graph | None]]]:
        """Yield the triples that match, each with its graph; without a context, of every graph."""
        fixed = dict(zip(_NAMES, triple_pattern, strict=True))
        terms = " ".join(f"?{name}" if term is None else term.n3() for name, term in fixed.items())
        for row in self.remote.server.select(f"SELECT * WHERE {{ {self._where(terms, context)} }}"):
            triple = tuple(_term(row[name]) if term is None else term for name, term in fixed.items())
            name = row["g"]["value"] if "g" in row else ""
            graph = context if context is not None else self._graph(name)
            yield triple, iter((graph,))  # type: ignore[misc] # three names, three terms

    def __len__(self, context: rdflib.Graph | None = None) -> int:
        """Count the triples of a graph, or of all of them."""
        text = f"SELECT (COUNT(*) AS ?n) WHERE {{ {self._where('?s ?p ?o', context)} }}"
        return int(next(self.remote.server.select(text))["n"]["value"])

    def contexts(self, triple: tuple[Node, Node, Node] | None = None) -> Iterator[rdflib.Graph]:  # type: ignore[override]
        """Yield the named graphs, or those that hold a triple."""
        terms = " ".join(term.n3() for term in triple) if triple else "?s ?p ?o"
        text = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ {terms} }} FILTER{self.remote.scope.is_ours('?g')} }}"
        yield from (self._graph(row["g"]["value"]) for row in self.remote.server.select(text))

    def _where(self, terms: str, context: rdflib.Graph | None) -> str:
        """Return the pattern of a graph, or of every graph of the collection."""
        scope = self.remote.scope
        ruled = scope.ruled_pattern(terms)
        if context is None:
            return f"{{ {ruled} }} UNION {{ GRAPH ?g {{ {terms} }} FILTER{scope.is_ours('?g')} }}"
        name = context.identifier
        return ruled if name == DATASET_DEFAULT_GRAPH_ID else f"GRAPH {name.n3()} {{ {terms} }}"

    def _graph(self, name: str) -> rdflib.Graph:
        """Return the graph of a name, the default one of an empty name."""
        return rdflib.Graph(store=self, identifier=rdflib.URIRef(name) if name else DATASET_DEFAULT_GRAPH_ID)

    # -- what rdflib asks of a store besides ------------------------------------------------------------------------

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: a graph without triples need not be noted."""

    def add(self, *_: object, **__: object) -> None:
        """Refuse: a build is changed by `kg build`."""
        raise StoreError("a build on a server is read-only")

    remove = add

    def bind(self, prefix: str, namespace: rdflib.URIRef, override: bool = True) -> None:  # noqa: FBT001, FBT002 - rdflib's
        """Remember a prefix."""
        if override or prefix not in self._namespaces:
            self._namespaces[prefix] = namespace

    def namespace(self, prefix: str) -> rdflib.URIRef | None:
        """Return what a prefix stands for."""
        return self._namespaces.get(prefix)

    def prefix(self, namespace: rdflib.URIRef) -> str | None:
        """Return the prefix of a namespace."""
        return next((prefix for prefix, known in self._namespaces.items() if known == namespace), None)

    def namespaces(self) -> Iterator[tuple[str, rdflib.URIRef]]:
        """Yield prefixes and what they stand for."""
        yield from self._namespaces.items()


def _term(value: Mapping[str, str]) -> Node:
    """Return rdflib's term for one of SPARQL's JSON.

    Source: SPARQL 1.1 Query Results JSON Format, section 3.2.2; `typed-literal` is Virtuoso's, from its draft.
    """
    if value["type"] == "uri":
        return rdflib.URIRef(value["value"])
    if value["type"] == "bnode":
        return rdflib.BNode(value["value"])
    datatype = value.get("datatype")
    if datatype in (None, str(rdflib.XSD.string)):
        return rdflib.Literal(value["value"], lang=value.get("xml:lang"))
    return rdflib.Literal(value["value"], datatype=rdflib.URIRef(str(datatype)), normalize=False)
