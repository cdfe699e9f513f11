"""Lines -> N-Triples and N-Quads, sorted: made to be compared line by line, streamed and loaded.

Source: RDF 1.1 N-Triples and RDF 1.1 N-Quads (W3C, 2014).
"""

from collections.abc import Iterable, Iterator

from kg.export.lines import DEFAULT, Lines


def ntriples(lines: Iterable[str]) -> Iterator[str]:
    """Yield one graph, a triple a line."""
    return (f"{line} .\n" for line in lines)


def nquads(graphs: Lines) -> Iterator[str]:
    """Yield every graph, a quad a line, sorted whatever the graph: what a build keeps as `data.nq`."""
    every = [
        f"{line} {graph} .\n" if graph != DEFAULT else f"{line} .\n"
        for graph, lines in graphs.items()
        for line in lines
    ]
    return iter(sorted(every))
