"""Everything known of one thing: its facts, what refers to it, and how many statements stand behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.iris import to_curie
from kg.names import Names, Terms
from kg.prefixes import ONTOLOGY, XSD
from kg.values import Iri

_FACTS = "SELECT ?p ?o WHERE { ?thing ?p ?o } ORDER BY ?p ?o"
_REFERRING = """
SELECT DISTINCT ?p ?s ?date ?earliest WHERE {
  ?s ?p ?thing .
  FILTER(?p NOT IN (kg:about, kg:evidence, kg:meeting, kg:claim, skos:broader))
  FILTER NOT EXISTS { ?s a kg:Participation }
  OPTIONAL { ?s kg:date ?date ; kg:earliest ?earliest }
} ORDER BY ?p DESC(?earliest) ?s
"""
_PEOPLE = """
SELECT ?official ?party ?role ?post ?body WHERE {
  ?thing kg:participation ?p .
  OPTIONAL { ?p kg:official ?official }
  OPTIONAL { ?p kg:party ?party }
  OPTIONAL { ?p kg:role ?role }
  OPTIONAL { ?p kg:actedAs ?post }
  OPTIONAL { ?p kg:actedFor ?body }
} ORDER BY ?role ?official ?party
"""
_TENURES = """
SELECT ?official ?post ?from ?until WHERE {
  ?tenure a kg:Tenure ; kg:official ?official ; kg:post ?post .
  %s
  OPTIONAL { ?tenure kg:from ?from ; kg:earliest ?first }
  OPTIONAL { ?tenure kg:until ?until ; kg:latest ?last }
} ORDER BY DESC(?first) DESC(?last) ?post ?official
"""
_CLASS = "SELECT ?class WHERE { ?thing a ?class FILTER(STRSTARTS(STR(?class), STR(kg:))) }"
_COUNT = "SELECT (COUNT(?e) AS ?n) WHERE { ?thing kg:evidence ?e }"
_STEPS = """
SELECT ?step ?date ?stage ?instrument WHERE {
  ?thing kg:step ?step . ?step kg:stage ?stage . ?stage kg:rank ?rank .
  OPTIONAL { ?step kg:date ?date ; kg:earliest ?first }
  OPTIONAL { ?step kg:instrument ?instrument }
} ORDER BY ?first ?rank ?step
"""
_HIDDEN = {
    f"{ONTOLOGY}#{name}" for name in ("name", "evidence", "participation", "earliest", "latest", "attendedBy", "step")
}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STATUS = f"{ONTOLOGY}#status"
_LABELS = {
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
}


@dataclass(frozen=True)
class Fact:
    """One line: the property's name in the language asked for, the value's name, and the value's CURIE if a thing.

    `is_word` marks the model's own words, a status or yes and no, which a reader's language may say otherwise.
    """

    property: str
    value: str
    curie: str = ""
    is_word: bool = False


@dataclass(frozen=True)
class Shown:
    """One thing: what it is, its other names, its facts, who was there or in post, and what refers to it.

    `people` holds who, role, post, and the body acted for or the time in post; `steps`, of a cooperation,
    date, stage, instrument and CURIE; `referring` property, name, CURIE and date.
    """

    thing: Iri
    curie: str
    kind: str
    label: str
    aliases: tuple[str, ...]
    facts: tuple[Fact, ...]
    people: tuple[tuple[str, ...], ...]
    steps: tuple[tuple[str, str, str, str], ...]
    referring: tuple[tuple[str, str, str, str], ...]
    statements: int


def show_thing(names: Names, thing: Iri) -> Shown:
    """Return what the default graph knows of a thing.

    Facts are ordered by property; what refers to it newest first; people by role. Evidence is counted
    here and told by `kg why`.
    """
    terms = Terms(names)
    classes = [str(row[0]) for row in names.select(_CLASS, {"thing": thing})]
    (count,) = next(names.select(_COUNT, {"thing": thing}))
    return Shown(
        thing,
        to_curie(thing, base=names.base),
        terms.label(classes[0]) if classes else "",
        names.label(thing),
        tuple(names.aliases(thing)),
        tuple(_facts(names, terms, thing)),
        tuple(_people(names, thing)),
        tuple(_steps(names, thing)),
        tuple(_referring(names, terms, thing)),
        int(str(count)),
    )


def _facts(names: Names, terms: Terms, thing: Iri) -> Iterator[Fact]:
    """Yield the facts a person wants to read; names stand in the heading, evidence in `kg why`."""
    seen_texts: dict[str, dict[str, str]] = {}
    for predicate, value in names.select(_FACTS, {"thing": thing}):
        if str(predicate) in _HIDDEN | _LABELS | {_TYPE}:
            continue
        language = getattr(value, "language", None)
        if language:
            seen_texts.setdefault(str(predicate), {})[language] = str(value)
        elif isinstance(value, Iri) and names.knows(value):
            yield Fact(terms.label(predicate), names.label(value), to_curie(value, base=names.base))
        else:
            is_word = str(predicate) == _STATUS or getattr(value, "datatype", None) == f"{XSD}boolean"
            yield Fact(terms.label(predicate), to_curie(str(value), base=names.base), is_word=is_word)
    for term, texts in sorted(seen_texts.items()):
        chosen = next((texts[tag] for tag in names.languages if tag in texts), texts[min(texts)])
        yield Fact(terms.label(term), chosen)


def _people(names: Names, thing: Iri) -> Iterator[tuple[str, ...]]:
    """Yield who took part (of a meeting) or who held a post (of a party, post or official)."""
    bind = {"thing": thing}
    for official, party, role, post, body in names.select(_PEOPLE, bind):
        who = names.label(official or party)
        yield who, str(role or ""), names.label(post) if post else "", names.label(body) if body else ""
    patterns = ("?post kg:postIn ?thing .", "FILTER(?post = ?thing)", "FILTER(?official = ?thing)")
    for pattern in patterns:
        for official, post, start, end in names.select(_TENURES % pattern, bind):
            span = f"{start or '?'} - {end or '?'}" if start or end else ""
            yield names.label(official), "", names.label(post), span


def _steps(names: Names, thing: Iri) -> Iterator[tuple[str, str, str, str]]:
    """Yield the steps of a cooperation, oldest first."""
    for step, date, stage, paper in names.select(_STEPS, {"thing": thing}):
        instrument = names.label(paper) if paper else ""
        yield str(date or ""), names.label(stage), instrument, to_curie(str(step), base=names.base)


def _referring(names: Names, terms: Terms, thing: Iri) -> Iterator[tuple[str, str, str, str]]:
    """Yield (property, name, CURIE, date) of every named thing that refers to this one."""
    for predicate, subject, date, _ in names.select(_REFERRING, {"thing": thing}):
        if names.knows(subject) and not str(subject).startswith(f"{names.base}tenure/"):
            yield terms.label(predicate), names.label(subject), to_curie(str(subject), base=names.base), str(date or "")
