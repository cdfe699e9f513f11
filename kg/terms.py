"""The terms of our ontology as a closed namespace, and the binding of prefixes to a graph.

A misspelt term is an `AttributeError`, never a new IRI. `ontology/ontology.ttl` defines the terms;
a test keeps the two equal.
"""

from rdflib import Graph, URIRef
from rdflib.namespace import DefinedNamespace, Namespace

from kg.prefixes import BASE, ONTOLOGY, prefixes


class KG(DefinedNamespace):
    """The classes and properties of `https://w3id.org/cooperation-kg/ontology#`."""

    _NS = Namespace(f"{ONTOLOGY}#")
    _fail = True

    # classes
    City: URIRef
    Claim: URIRef
    Company: URIRef
    Cooperation: URIRef
    Evidence: URIRef
    Forum: URIRef
    Instrument: URIRef
    Meeting: URIRef
    Official: URIRef
    Organization: URIRef
    Participation: URIRef
    Party: URIRef
    Post: URIRef
    Sector: URIRef
    Source: URIRef
    Stage: URIRef
    Step: URIRef
    Tenure: URIRef
    Tie: URIRef

    # properties
    about: URIRef
    actedAs: URIRef
    actedFor: URIRef
    actingFor: URIRef
    aim: URIRef
    attendedBy: URIRef
    between: URIRef
    body: URIRef
    city: URIRef
    claim: URIRef
    cooperatesWith: URIRef
    cooperation: URIRef
    copyOf: URIRef
    country: URIRef
    date: URIRef
    earliest: URIRef
    evidence: URIRef
    family: URIRef
    field: URIRef
    firstDay: URIRef
    followUp: URIRef
    follows: URIRef
    forum: URIRef
    highestStage: URIRef
    instrument: URIRef
    isEnd: URIRef
    lastDay: URIRef
    latest: URIRef
    linkedBy: URIRef
    locator: URIRef
    meeting: URIRef
    meetings: URIRef
    met: URIRef
    name: URIRef
    note: URIRef
    observedOn: URIRef
    official: URIRef
    online: URIRef
    outlet: URIRef
    partOf: URIRef
    participation: URIRef
    party: URIRef
    place: URIRef
    post: URIRef
    postIn: URIRef
    published: URIRef
    quote: URIRef
    rank: URIRef
    retrieved: URIRef
    role: URIRef
    ruling: URIRef
    says: URIRef
    sector: URIRef
    sha256: URIRef
    source: URIRef
    stage: URIRef
    status: URIRef
    step: URIRef
    supports: URIRef
    unitOf: URIRef
    until: URIRef
    value: URIRef


# `from` is a Python keyword, so it cannot be an annotation above.
KG_FROM = URIRef(f"{ONTOLOGY}#from")


def bind_prefixes(graph: Graph, base: str = BASE) -> Graph:
    """Bind our prefixes to a graph or dataset, and only ours; return it."""
    for prefix, namespace in prefixes(base).items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph
