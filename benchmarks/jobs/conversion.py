"""Records to N-Triples: the default graph of every record.

Ours reads the records and checks each; the peers start from tables that hold subject and object already, one a
predicate, which spares them reading, checking and minting. rdflib and pyoxigraph are the same triples as objects.
"""

import csv
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from harness import Answer, Ask, Job, Place, Way


def ours(place: Place) -> Ask:
    """Read, check, convert and write line by line."""
    from places import record_lines

    def ask(_: str) -> Answer:
        target = place.scratch("ours.nt")
        with target.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(record_lines(place))
        return target

    return ask


def rdflib(place: Place) -> Ask:
    """Make terms, add them to a graph, serialize it."""
    from rdflib import Graph, Literal, URIRef

    def ask(_: str) -> Answer:
        graph = Graph()
        for subject, predicate, (kind, datatype, language), value in table_rows(place):
            made = (
                URIRef(value)
                if kind == "iri"
                else Literal(value, datatype=URIRef(datatype) if datatype else None, lang=language or None)
            )
            graph.add((URIRef(subject), URIRef(predicate), made))
        target = place.scratch("rdflib.nt")
        graph.serialize(target, format="nt", encoding="utf-8")
        return target

    return ask


def pyoxigraph(place: Place) -> Ask:
    """Make terms and serialize them as they come."""
    import pyoxigraph as ox

    def triples() -> Iterator[ox.Triple]:
        for subject, predicate, (kind, datatype, language), value in table_rows(place):
            made: ox.NamedNode | ox.Literal
            if kind == "iri":
                made = ox.NamedNode(value)
            elif language:
                made = ox.Literal(value, language=language)
            else:
                made = ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(value)
            yield ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), made)

    def ask(_: str) -> Answer:
        target = place.scratch("pyoxigraph.nt")
        ox.serialize(triples(), str(target), format=ox.RdfFormat.N_TRIPLES)
        return target

    return ask


def maplib(place: Place) -> Ask:
    """Map one data frame a table by an OTTR template, write N-Triples."""
    import polars as pl
    from maplib import Model

    def ask(_: str) -> Answer:
        model = Model()
        for number, predicate, *kind in table_index(place):
            frame = pl.read_csv(place.tables / f"{number}.csv", infer_schema=False)
            model.add_template(_template(number, predicate, *kind))
            model.map(f"urn:table:T{number}", frame.with_columns(_typed(pl, *kind)))
        target = place.scratch("maplib.nt")
        model.write(target, format="ntriples")
        return target

    return ask


def _template(number: str, predicate: str, kind: str, datatype: str, language: str) -> str:
    """Return an OTTR template for one predicate and type of object."""
    literal = "rdf:langString" if language else f"<{datatype}>" if datatype else "xsd:string"
    return (
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        f"<urn:table:T{number}> [ottr:IRI ?thing, {'ottr:IRI' if kind == 'iri' else literal} ?said] :: "
        f"{{ ottr:Triple(?thing, <{predicate}>, ?said) }} ."
    )


def _typed(pl: Any, _: str, datatype: str, language: str) -> Any:  # noqa: ANN401 - a peer's module
    """Return the column of objects the way maplib takes such a type."""
    column = pl.col("said")
    if language:
        tag = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"
        return pl.struct(column.alias(tag), pl.lit(language).alias("l")).alias("said")
    if datatype.endswith("#decimal"):
        return column.cast(pl.Decimal(38, 12))
    return column.str.to_date() if datatype.endswith("#date") else column


def morph_kgc(place: Place) -> Ask:
    """Map every table by RML, write N-Triples: the command as its documentation gives it."""
    rules, settings = place.scratch("rules.ttl"), place.scratch("settings.ini")
    target = place.scratch("morph-kgc.nt")
    rules.write_text(
        "@prefix rml: <http://w3id.org/rml/> .\n" + "".join(_rule(place, row) for row in table_index(place)),
        encoding="utf-8",
    )
    settings.write_text(
        f"[CONFIGURATION]\noutput_file={target}\noutput_format=N-TRIPLES\nlogging_level=ERROR\n[DATA]\nmappings={rules}\n",
        encoding="utf-8",
    )

    def ask(_: str) -> Answer:
        subprocess.run([sys.executable, "-m", "morph_kgc", settings], check=True)  # noqa: S603 - the peer's command
        return target

    return ask


def _rule(place: Place, row: Sequence[str]) -> str:
    """Return an RML triples map for one predicate and type of object."""
    number, predicate, kind, datatype, language = row
    typed = f"rml:datatype <{datatype}>" if datatype else f'rml:language "{language}"' if language else ""
    types = "rml:termType rml:IRI" if kind == "iri" else f"rml:termType rml:Literal ; {typed}"
    return (
        f"<#T{number}> a rml:TriplesMap ;\n"
        f'  rml:logicalSource [ rml:source "{place.tables / number}.csv" ; rml:referenceFormulation rml:CSV ] ;\n'
        '  rml:subjectMap [ rml:reference "thing" ; rml:termType rml:IRI ] ;\n'
        f"  rml:predicateObjectMap [ rml:predicate <{predicate}> ; "
        f'rml:objectMap [ rml:reference "said" ; {types} ] ] .\n'
    )


def table_index(place: Place) -> list[list[str]]:
    """Return a row a table: its number, predicate, kind of object, datatype and language."""
    with (place.tables / "index.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter="\t"))


def table_rows(place: Place) -> Iterator[tuple[str, str, tuple[str, str, str], str]]:
    """Yield subject, predicate, type and object of every row of every table."""
    for number, predicate, kind, datatype, language in table_index(place):
        with (place.tables / f"{number}.csv").open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            next(rows)
            for subject, value in rows:
                yield subject, predicate, (kind, datatype, language), value


JOB = Job(
    "Records to N-Triples",
    {
        "ours": Way(ours, "records"),
        "pyoxigraph": Way(pyoxigraph, "tables", most=100_000),
        "maplib": Way(maplib, "tables", is_peer=True, most=100_000),
        "morph-kgc": Way(morph_kgc, "tables", is_peer=True, most=100_000),
        "rdflib": Way(rdflib, "tables", most=100_000, slow=18),
    },
)
