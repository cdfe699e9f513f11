"""Draw the network a command measures from the build, with its window and without what is left out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from kg.dates import PartialDate

if TYPE_CHECKING:
    from rdflib import URIRef

    from kg.network import Network, Window

without_option = click.option(
    "--without", multiple=True, metavar="THING", help="Leave a node out, such as party:makassar; may be repeated."
)


def window_of(since: PartialDate | None, until: PartialDate | None) -> "Window":
    """Return the window of `--since` and `--until`; a partial date reaches to its farther end."""
    from kg.network import Window

    if since and until and since.earliest > until.latest:
        raise click.UsageError(f"--since {since} is after --until {until}")
    return Window(since.earliest if since else None, until.latest if until else None)


def iri_of(thing: str, base: str) -> "URIRef":
    """Return the IRI a CURIE, an IRI or a bare party id stands for."""
    from rdflib import URIRef

    from kg.iris import from_curie, mint

    if thing.startswith(("http://", "https://")):
        return URIRef(thing)
    return from_curie(thing, base=base) or mint("party", thing, base=base)


def leave_out(networks: Iterable["Network"], without: Iterable[str], base: str) -> None:
    """Remove nodes from every network and say so in its sentence.

    Raises:
        click.UsageError: none of the networks has such a node.
    """
    drawn = list(networks)
    for thing in without:
        node = str(iri_of(thing, base))
        if not any(node in network for network in drawn):
            raise click.UsageError(
                f"--without {thing}: the network has no such node; name it as party:ID or official:ID"
            )
        for network in drawn:
            label = network.nodes[node]["label"] if node in network else thing
            network.remove_nodes_from([node])
            network.graph["counted"] = f"{network.graph['counted']} Left out: {label}."
