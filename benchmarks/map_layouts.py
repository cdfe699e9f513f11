"""Compare layouts on the same register: CPU seconds, edge length over mean distance, overlapping pairs.

Run from the repository: `python benchmarks/map_layouts.py [--sizes 1000,10000]`. Engines that are not installed are
left out; none of them is a dependency.
"""

import argparse
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import networkx as nx
import numpy as np
from map_worlds import edges
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from kg.map.layout import lay_out, make_network

LINES = 2.2
RADIUS = 6.0
SAMPLE = 40_000

Points = NDArray[Any]
Engine = Callable[[int, list[tuple[int, int]]], Points]


def ours(size: int, pairs: list[tuple[int, int]]) -> Points:
    """PivotMDS start, near and far pushes, no overlaps."""
    return lay_out(make_network(size, pairs, [RADIUS] * size))


def _graph(size: int, pairs: list[tuple[int, int]]) -> Any:  # noqa: ANN401 - networkx has no useful types
    graph = nx.empty_graph(size)
    graph.add_edges_from(pairs)
    return graph


def _rows(places: Any, size: int) -> Points:  # noqa: ANN401 - a mapping of any library
    return np.array([places[node] for node in range(size)], dtype=float)


def networkx_spring(size: int, pairs: list[tuple[int, int]]) -> Points:
    """Fruchterman-Reingold."""
    return _rows(nx.spring_layout(_graph(size, pairs), seed=0), size)


def networkx_atlas(size: int, pairs: list[tuple[int, int]]) -> Points:
    """ForceAtlas2."""
    return _rows(nx.forceatlas2_layout(_graph(size, pairs), seed=0), size)


def rustworkx_spring(size: int, pairs: list[tuple[int, int]]) -> Points:
    """Fruchterman-Reingold in Rust."""
    import rustworkx

    graph = rustworkx.PyGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from_no_data(pairs)
    return _rows(rustworkx.spring_layout(graph, seed=0), size)


def sknetwork_atlas(size: int, pairs: list[tuple[int, int]]) -> Points:
    """ForceAtlas2 of scikit-network."""
    from scipy.sparse import csr_matrix
    from sknetwork.embedding import ForceAtlas

    ends = np.array(pairs)
    ones = np.ones(2 * len(ends))
    matrix = csr_matrix((ones, (np.r_[ends[:, 0], ends[:, 1]], np.r_[ends[:, 1], ends[:, 0]])), (size, size))
    return np.asarray(ForceAtlas().fit_transform(matrix))


def networkit_maxent(size: int, pairs: list[tuple[int, int]]) -> Points:
    """Maxent-stress."""
    import networkit

    graph = networkit.Graph(size)
    for start, end in dict.fromkeys(pairs):
        graph.addEdge(start, end)
    layout = networkit.viz.MaxentStress(graph, 2, 3, fastComputation=1, graphDistance=0)
    layout.run()
    return np.array(layout.getCoordinates())


ENGINES: dict[str, tuple[Engine, str, int]] = {
    "ours": (ours, "numpy", 10**6),
    "networkx spring": (networkx_spring, "networkx", 1000),
    "networkx forceatlas2": (networkx_atlas, "networkx", 1000),
    "rustworkx spring": (rustworkx_spring, "rustworkx", 10_000),
    "scikit-network forceatlas": (sknetwork_atlas, "sknetwork", 1000),
    "networkit maxent-stress": (networkit_maxent, "networkit", 1000),
}


def judge(points: Points, pairs: list[tuple[int, int]]) -> tuple[float, int]:
    """Edge length over mean distance (lower is clearer), and pairs that overlap once edges have our mean length."""
    ends = np.array(pairs)
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    chance = np.random.default_rng(0)
    one, two = chance.integers(0, len(points), (2, SAMPLE))
    far = np.linalg.norm(points[one] - points[two], axis=1).mean()
    scale = 120.0 / lengths.mean()
    return float(lengths.mean() / far), len(cKDTree(points * scale).query_pairs(2 * RADIUS))


def main() -> None:
    """Run every engine that is installed on every size it can bear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000")
    for size in map(int, parser.parse_args().sizes.split(",")):
        pairs = edges(size, int(size * LINES))
        sys.stdout.write(f"\n{size} nodes, {len(pairs)} lines      CPU s   length/distance   overlaps\n")
        for name, (engine, module, most) in ENGINES.items():
            if size > most or not find_spec(module):
                continue
            begun = time.process_time()
            points = engine(size, pairs)
            seconds = time.process_time() - begun
            clear, overlaps = judge(points, pairs)
            sys.stdout.write(f"  {name:<28}{seconds:>8.2f}{clear:>16.3f}{overlaps:>12}\n")


if __name__ == "__main__":
    main()
