"""Lines -> N-Triples and N-Quads, sorted: made to be compared line by line, streamed and loaded.

Source: RDF 1.1 N-Triples and RDF 1.1 N-Quads (W3C, 2014).
"""

from collections.abc import Iterable, Iterator

from kg.export.lines import DEFAULT, Lines


def ntriples(lines: Iterable[str]) -> Iterator[str]:
    """Yield one graph, a triple a line."""
    return (f"{line} .\n" for line in lines)


def nquads(graphs: Lines) -> Iterator[str]:
    """Yield every graph, a quad a line: the default graph first, then the named ones in IRI order."""
    for graph, lines in graphs.items():
        end = f" {graph} .\n" if graph != DEFAULT else " .\n"
        yield from (line + end for line in lines)
