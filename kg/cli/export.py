"""`kg export`: the graph in another format, its network for Gephi and the like, or the records as tables."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._networks import PROJECTIONS, SHARINGS, draw, sharing_option
from kg.cli._options import collection_of, lang_option, output_option
from kg.cli._print import tell

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.collection import Collection
    from kg.export.attributes import AnyNetwork

FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "graphml", "gexf", "csv", "csv-network")
NETWORKS = ("things", *PROJECTIONS)
_OF_NETWORKS = frozenset({"graphml", "gexf", "csv-network"})


@click.command()
@click.argument("name", metavar="FORMAT", type=click.Choice(FORMATS))
@output_option
@click.option("--graph", metavar="GRAPH", help="default, all, or a graph's IRI or CURIE, such as source:daily-2025.")
@click.option("--network", type=click.Choice(NETWORKS), help="Which network; everything with a name unless said.")
@sharing_option
@lang_option
@click.pass_context
def export(
    ctx: click.Context,
    name: str,
    output: str,
    *,
    graph: str | None,
    network: str | None,
    sharing: str,
    lang: str | None,
) -> None:
    """Write the graph as FORMAT: the same facts give the same bytes.

    \b
    kg export turtle -o graph.ttl        the ruled facts
    kg export trig -o graphs.trig        with what each source claims
    kg export turtle --graph graph:derived
    kg export gexf -o network.gexf       dated, for Gephi
    kg export csv -o tables/             the records: meetings.csv, cities.csv, ...
    kg export csv-network -o network/    nodes.csv and edges.csv

    RDF: turtle, ntriples and rdfxml hold one graph; trig and nquads hold all of them; jsonld either.
    Networks: graphml, gexf and csv-network. Records: csv, one row a record; in a collection's records/ these
    files build the same graph again, byte for byte. A file that cannot be finished is not left half-written.
    """
    _require_fit(name, output, graph=graph, of_network=network or lang)
    if sharing != SHARINGS[0] and network in (None, "things"):
        raise click.UsageError("--sharing says what ties two nodes of a projection: name one with --network")
    collection = collection_of(ctx)
    if name == "csv":
        from kg.export.records import export_records

        export_records(collection, Path(output))
        return
    base = collection.config.base
    if name in _OF_NETWORKS:
        from kg.dataset import open_dataset

        dataset = open_dataset(collection.store, base=base)
        _write_network(dataset, name, output, network=network or "things", sharing=sharing, language=lang)
        return
    _write(output, _rdf(collection, name, _graph_iri(graph, base)))


def _rdf(collection: "Collection", name: str, graph: str | None) -> Iterable[bytes]:
    """Yield the graph from the sorted quads of a build on disk, or from a server."""
    from kg.store import is_address, require_version

    base = collection.config.base
    if is_address(collection.store):
        from kg.dataset import open_dataset
        from kg.export import export as export_dataset

        return export_dataset(open_dataset(collection.store, base=base), name, graph=graph, base=base)
    from kg.export import export_build

    return export_build(require_version(collection.build), name, graph=graph, base=base)


def _require_fit(name: str, output: str, *, graph: str | None, of_network: str | None) -> None:
    """Refuse options that a format has no use for, and a stream where several files are written."""
    if graph and (name in _OF_NETWORKS or name == "csv"):
        holds = "records" if name == "csv" else "a network"
        raise click.UsageError(f"--graph is for RDF formats; {name} holds {holds}")
    if of_network and name not in _OF_NETWORKS:
        holds = "records" if name == "csv" else "RDF"
        raise click.UsageError(f"--network and --lang are for graphml, gexf and csv-network; {name} holds {holds}")
    if name.startswith("csv") and output == "-":
        raise click.UsageError(f"{name} is several files: name a folder with -o DIR")


def _graph_iri(graph: str | None, base: str) -> str | None:
    """Spell a CURIE out; leave the words and IRIs as they are."""
    from kg.prefixes import prefixes

    prefix, colon, local = (graph or "").partition(":")
    namespace = prefixes(base).get(prefix)
    return f"{namespace}{local}" if colon and namespace else graph


def _write_network(
    dataset: "Dataset", name: str, output: str, *, network: str, sharing: str, language: str | None
) -> None:
    """Draw the network from the graph and write it; say what it holds."""
    from kg.export import export_network, export_tables, write_folder
    from kg.network import things, to_networkx

    if network == "things":
        drawn: AnyNetwork = things(dataset, language=language)
    else:
        drawn = to_networkx(draw(dataset, network, sharing=sharing, language=language))
    tell(drawn.graph["counted"])
    if name == "csv-network":
        write_folder(Path(output), export_tables(drawn))
    else:
        _write(output, export_network(drawn, name))


def _write(output: str, chunks: Iterable[bytes]) -> None:
    """Write to a file as a whole, or to standard output as it comes."""
    from kg.export import write_file

    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.writelines(chunks)
        sys.stdout.buffer.flush()
    else:
        write_file(Path(output), chunks)
