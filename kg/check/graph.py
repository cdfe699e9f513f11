"""A graph in, what SHACL finds wrong with it out: the same rules once more, for graphs from anywhere.

The record checks are faster and place a finding to the column; the shapes hold for every graph that uses the
ontology, and for programs that never see a record. The two must agree, and tests hold them to it.
"""

from collections.abc import Iterable, Iterator, Mapping

import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.check.index import Index, Key
from kg.convert import Settings, record_quads
from kg.errors import Issue, Location, OntologyError, Severity, shown
from kg.iris import to_curie
from kg.prefixes import BASE, ONTOLOGY, PREFIXES
from kg.read import Entry
from kg.resources import ontology_file, sector_ids

_SHAPES = ONTOLOGY.removesuffix("ontology") + "shapes#"


def to_graph(entries: Iterable[Entry], settings: Settings) -> Graph:
    """Return the default graph of a collection: what its records state, with the sectors and stages they name."""
    graph = Graph()
    for entry in entries:
        for subject, predicate, value, source in record_quads(entry.record, settings):
            if source is None:
                graph.add((subject, predicate, value))
    return graph + _ontology("sectors.ttl") + _ontology("stages.ttl")


def check_entries(entries: Iterable[Entry], *, base: str = BASE, languages: tuple[str, ...] = ("en",)) -> list[Issue]:
    """Return what the shapes find wrong with records, each issue at the record it is about, sorted.

    Raises:
        OntologyError: the shapes or the ontology are missing or broken.
    """
    found = list(entries)
    graph = to_graph(found, Settings(base, languages, sector_ids()))
    index = Index(found)
    return sorted(_placed(issue, index) for issue in check_graph(graph, base=base))


def check_graph(graph: Graph, *, base: str = BASE) -> list[Issue]:
    """Return what the shapes find wrong with a graph, sorted; the place is the CURIE of the focus node and a path.

    The code is the shape's name, such as `kgsh:Meeting`. The graph is read, not changed, and nothing is fetched.

    Raises:
        OntologyError: the shapes or the ontology are missing or broken.
    """
    shapes = _ontology("shapes.ttl")
    try:
        _, report, _ = pyshacl.validate(graph + _ontology("ontology.ttl"), shacl_graph=shapes, inplace=True)
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise OntologyError(f"the shapes cannot be used: {error}", Location("shapes.ttl")) from error
    if not isinstance(report, Graph):
        raise OntologyError("the shapes cannot be used", Location("shapes.ttl"))
    found = {_issue(result, report, shapes, base) for result in report.subjects(RDF.type, SH.ValidationResult)}
    return sorted(found)


def _ontology(name: str) -> Graph:
    """Read one of the shipped files."""
    try:
        return Graph().parse(ontology_file(name), format="turtle")
    except SyntaxError as error:
        raise OntologyError(f"{name} does not parse: {error}", Location(name)) from error


def _issue(result: Node, report: Graph, shapes: Graph, base: str) -> Issue:
    """Return one result of SHACL as an issue.

    Rules in SPARQL run once for a class, not once for each of its things; what they find is the value then.
    """
    focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    if str(focus).startswith(f"{ONTOLOGY}#") and isinstance(value, URIRef):
        focus = value
    path = report.value(result, SH.resultPath)
    message = "; ".join(sorted(str(text) for text in report.objects(result, SH.resultMessage)))
    if value not in (None, focus) and not isinstance(value, BNode):
        message += f"; found {shown(_curie(value, base))}"
    severity: Severity = "error" if report.value(result, SH.resultSeverity) == SH.Violation else "warning"
    name = _curie(focus, base)
    at = Location(name, path=_curie(path, base) if isinstance(path, URIRef) else "")
    return Issue(at, severity, _name(report.value(result, SH.sourceShape), shapes), message, about=name)


def _name(shape: Node | None, shapes: Graph) -> str:
    """Return the name of a shape, or of the named one that a nameless one is part of."""
    while isinstance(shape, BNode):
        shape = next((subject for subject in shapes.subjects(None, shape)), None)
    return str(shape).replace(_SHAPES, "kgsh:") if shape else "shape"


def _curie(term: Node | None, base: str) -> str:
    """Write a term in short."""
    if not isinstance(term, URIRef):
        return str(term) if isinstance(term, Literal) else ""
    for prefix, namespace in _VOCABULARIES.items():
        if term.startswith(namespace):
            return f"{prefix}:{term.removeprefix(namespace)}"
    return to_curie(term, base=base)


_VOCABULARIES: Mapping[str, str] = {
    prefix: namespace for prefix, namespace in PREFIXES.items() if not namespace.startswith(BASE)
}


def _placed(issue: Issue, index: Index) -> Issue:
    """Move an issue from its focus node to the record that made the node."""
    for key in _makers(issue.at.file):
        entry = index.entries.get(key)
        if entry:
            return issue._replace(at=entry.at._replace(path=issue.at.path))
    return issue


def _makers(curie: str) -> Iterator[Key]:
    """Yield the keys of records that a node can come from: `evidence:meeting.x.1` comes from `meeting:x`."""
    kind, _, key = curie.partition(":")
    first, *rest = key.split(".")
    if kind in ("evidence", "claim"):
        kind, first = first, rest[0] if rest else ""
    if kind == "participation":
        kind = "meeting"
    if kind == "step":
        yield "cooperation", first
        kind = "meeting"
    yield kind, first
