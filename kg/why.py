"""Why does the graph say so? The statements behind a thing, or behind every relation between two things."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.names import Names, Terms
from kg.statements import Statement, statements
from kg.values import Iri

# What joins two things: a triple between them, or one thing that names both.
_DIRECT = """
SELECT ?s ?p WHERE {
  { ?a ?p ?b BIND(?a AS ?s) } UNION { ?b ?p ?a BIND(?b AS ?s) }
  FILTER(?p NOT IN (kg:about, kg:evidence))
} ORDER BY ?s ?p
"""
_JOINING = """
SELECT DISTINCT ?thing ?earliest WHERE {
  ?thing ?p ?a ; ?q ?b .
  FILTER(?p NOT IN (kg:about, kg:source) && ?q NOT IN (kg:about, kg:source))
  FILTER NOT EXISTS { ?thing a kg:Participation }
  OPTIONAL { ?thing kg:earliest ?earliest }
} ORDER BY ?earliest ?thing
"""
_TENURES = """
SELECT ?thing WHERE {
  { ?thing a kg:Tenure ; kg:official ?a ; kg:post/kg:postIn ?b } UNION
  { ?thing a kg:Tenure ; kg:official ?b ; kg:post/kg:postIn ?a }
} ORDER BY ?thing
"""
# Our own class before those of other vocabularies.
_DATE = """
SELECT ?date ?class WHERE {
  ?thing a ?class OPTIONAL { ?thing kg:date|kg:from ?date }
} ORDER BY DESC(STRSTARTS(STR(?class), STR(kg:))) ?class LIMIT 1
"""


@dataclass(frozen=True)
class Reason:
    """One relation and the statements behind it: the thing that states it, how, when, and who says so."""

    thing: Iri
    relation: str
    date: str
    statements: tuple[Statement, ...]


def explain(names: Names, thing: Iri, other: Iri | None = None) -> list[Reason]:
    """Return the reasons for a thing, or for the relations between two, oldest first.

    Between two things: triples that join them, and every meeting, cooperation, tenure, step or post
    that names both. A relation without a statement is returned too, its statements empty.
    """
    found = [(thing, "")] if other is None else list(dict.fromkeys(_relations(names, thing, other)))
    said = statements(names, [iri for iri, _ in found])
    terms = Terms(names)
    return [_reason(names, terms, iri, relation, said[str(iri)]) for iri, relation in found]


def _relations(names: Names, thing: Iri, other: Iri) -> Iterator[tuple[Iri, str]]:
    """Yield (the thing that states it, the relation's name) for all that joins two things."""
    terms, both = Terms(names), {"a": thing, "b": other}
    for subject, predicate in names.select(_DIRECT, both):
        yield Iri(str(subject)), terms.label(predicate)
    for text in (_JOINING, _TENURES):
        for row in names.select(text, both):
            yield Iri(str(row[0])), ""


def _reason(names: Names, terms: Terms, thing: Iri, relation: str, said: Sequence[Statement]) -> Reason:
    """Name the relation by the class of what states it, unless it is a property."""
    row = next(names.select(_DATE, {"thing": thing}), None)
    date, kind = (row[0], terms.label(row[1])) if row else (None, "")
    return Reason(thing, relation or kind, str(date or ""), tuple(said))
