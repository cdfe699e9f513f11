"""Ontology files in, what the page shows out: terms with their links both ways, concepts in order, examples."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SDO, SKOS, VANN

from kg.errors import OntologyError
from kg.prefixes import ONTOLOGY
from kg.reference.parts import Concept, Example, Header, Link, Reference, Scheme, Term, Texts
from kg.resources import ontology_file, ontology_files
from kg.terms import KG

_OURS = f"{ONTOLOGY}#"
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
_KINDS: Mapping[URIRef, str] = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "datatype property",
}


def read_reference() -> Reference:
    """Return the whole ontology, each part sorted: terms by name, concepts by rank and notation.

    Raises:
        OntologyError: a file is missing or will not parse.
    """
    ontology, concepts = _parse("ontology.ttl"), _parse("sectors.ttl") + _parse("stages.ttl")
    for prefix, namespace in _parse("ontology.ttl").namespaces():
        concepts.bind(prefix, namespace)
    examples = tuple(_example(path) for path in ontology_files("examples/valid", ".ttl"))
    every = [*_terms(ontology, (OWL.Class,), examples), *_terms(ontology, _PROPERTIES, examples)]
    return Reference(
        _header(ontology),
        tuple(term for term in every if term.kind == "class"),
        tuple(term for term in every if term.kind != "class"),
        tuple(_scheme(concepts, iri) for iri in _sorted(concepts.subjects(RDF.type, SKOS.ConceptScheme))),
        examples,
    )


def _parse(name: str) -> Graph:
    """Read one Turtle file."""
    path = ontology_file(name)
    try:
        return Graph(bind_namespaces="none").parse(path, format="turtle")
    except Exception as error:  # rdflib's parser raises whatever it stumbles over
        raise OntologyError(f"the ontology file {name} does not parse: {error}") from error


def _texts(graph: Graph, subject: URIRef, *predicates: URIRef) -> Texts:
    """Return the text in each language, by the first predicate that has any."""
    for predicate in predicates:
        found = {o.language: str(o) for o in graph.objects(subject, predicate) if isinstance(o, Literal) and o.language}
        if found:
            return dict(sorted(found.items()))
    return {}


def _sorted(terms: Iterable[object]) -> list[str]:
    """Return IRIs in order."""
    return sorted(str(term) for term in terms)


def _links(graph: Graph, terms: Iterable[object]) -> tuple[Link, ...]:
    """Return links to terms, our own by anchor, others by IRI, sorted by what they are called."""
    return tuple(sorted({_link(graph, str(term)) for term in terms}))


def _link(graph: Graph, iri: str) -> Link:
    """Return a link to one term."""
    if iri.startswith(_OURS):
        return Link(f"kg:{iri.removeprefix(_OURS)}", f"#{iri.removeprefix(_OURS)}")
    spaces = [(prefix, str(space)) for prefix, space in graph.namespaces() if prefix and iri.startswith(str(space))]
    prefix, space = max(spaces, key=lambda pair: len(pair[1]), default=("", ""))
    return Link(f"{prefix}:{iri.removeprefix(space)}" if prefix else iri, iri)


def _header(graph: Graph) -> Header:
    """Return what the ontology says of itself."""
    this = URIRef(ONTOLOGY)

    def one(predicate: URIRef) -> str:
        return str(graph.value(this, predicate) or "")

    return Header(
        ONTOLOGY,
        _texts(graph, this, DCTERMS.title),
        _texts(graph, this, DCTERMS.description),
        one(OWL.versionInfo),
        one(OWL.versionIRI),
        one(DCTERMS.modified),
        one(DCTERMS.license),
        one(VANN.preferredNamespacePrefix),
        one(VANN.preferredNamespaceUri),
    )


def _terms(graph: Graph, kinds: Iterable[URIRef], examples: Iterable[Example]) -> Iterator[Term]:
    """Yield our own terms of some kinds, by name."""
    found = {(str(term), kind) for kind in kinds for term in graph.subjects(RDF.type, kind)}
    for iri, kind in sorted(found, key=lambda pair: (pair[0].lower(), pair[0])):
        if iri.startswith(_OURS):
            yield _term(graph, URIRef(iri), _KINDS[kind], examples)


def _term(graph: Graph, this: URIRef, kind: str, examples: Iterable[Example]) -> Term:
    """Return one term and what is linked with it."""
    name = str(this).removeprefix(_OURS)
    upwards, ends = (RDFS.subClassOf, RDFS.subPropertyOf), (RDFS.domain, SDO.domainIncludes)
    heads = (RDFS.range, SDO.rangeIncludes)
    family = [this, *graph.transitive_objects(this, RDFS.subClassOf)]
    used = [s for one in family for end in ends for s in graph.subjects(end, one)] if kind == "class" else []
    return Term(
        name,
        str(this),
        kind,
        _texts(graph, this, RDFS.label),
        _texts(graph, this, SKOS.definition, RDFS.comment),
        _texts(graph, this, SKOS.editorialNote),
        _links(graph, (o for up in upwards for o in graph.objects(this, up))),
        _links(graph, (s for up in upwards for s in graph.subjects(up, this))),
        _links(graph, (o for end in ends for o in graph.objects(this, end))),
        _links(graph, (o for head in heads for o in graph.objects(this, head))),
        _links(graph, graph.objects(this, RDFS.seeAlso)),
        _links(graph, used),
        _links(graph, (s for one in family for head in heads for s in graph.subjects(head, one))),
        tuple(example.name for example in examples if re.search(rf"\bkg:{name}\b", example.text)),
    )


def _example(path: Path) -> Example:
    """Return one example: what its first comment says, and its Turtle without the prefixes."""
    lines = path.read_text(encoding="utf-8").splitlines()
    comment = [line.removeprefix("#").strip() for line in lines if line.startswith("#")]
    body = [line for line in lines if not line.startswith(("#", "@prefix"))]
    return Example(path.stem, " ".join(comment), "\n".join(body).strip())


def _scheme(graph: Graph, iri: str) -> Scheme:
    """Return one scheme with its concepts: by rank where they have one, else each under what is broader."""
    this = URIRef(iri)
    members = set(graph.subjects(SKOS.inScheme, this))
    found = sorted((_concept(graph, URIRef(str(member))) for member in members), key=lambda c: c.order)
    return Scheme(iri.rpartition("/")[2], iri, _texts(graph, this, DCTERMS.title, RDFS.label), tuple(found))


def _concept(graph: Graph, this: URIRef) -> Concept:
    """Return one concept."""
    broader = next(iter(_sorted(graph.objects(this, SKOS.broader))), None)
    rank = graph.value(this, KG.rank)
    parents = (broader or str(this), "" if broader is None else str(this))
    matches = [
        (how, _called(graph, code))
        for how, predicate in (("exact", SKOS.exactMatch), ("close", SKOS.closeMatch), ("broad", SKOS.broadMatch))
        for code in _sorted(graph.objects(this, predicate))
    ]
    return Concept(
        str(this).rpartition("/")[2],
        str(this),
        _texts(graph, this, SKOS.prefLabel, RDFS.label),
        _texts(graph, this, SKOS.definition),
        tuple(sorted(str(o) for o in graph.objects(this, SKOS.altLabel))),
        broader is not None,
        str(rank) if rank is not None else "",
        tuple(matches),
        (int(str(rank)) if rank is not None else 0, *parents),
    )


def _called(graph: Graph, iri: str) -> str:
    """Name a code of another list: its notation and its label."""
    this = URIRef(iri)
    label = next(iter(_texts(graph, this, SKOS.prefLabel, RDFS.label).values()), "")
    notation = graph.value(this, SKOS.notation)
    return f"{notation} {label}".strip() if notation else iri
