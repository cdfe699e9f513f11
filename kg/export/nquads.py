"""Lines -> N-Triples and N-Quads, sorted: made to be compared line by line, streamed and loaded.

Source: RDF 1.1 N-Triples and RDF 1.1 N-Quads (W3C, 2014).
"""

from collections.abc import Iterable, Iterator

from kg.export.lines import DEFAULT, Lines


def ntriples(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield one graph, a triple a line."""
    return (line + b" .\n" for line in lines)


def nquads(graphs: Lines) -> Iterator[bytes]:
    """Yield every graph, a quad a line, sorted whatever the graph: what a build keeps as `data.nq`."""
    every = [
        b"%b %b .\n" % (line, graph) if graph != DEFAULT else line + b" .\n"
        for graph, lines in graphs.items()
        for line in lines
    ]
    return iter(sorted(every))
