"""What a small network, or one gathered around a single node, cannot show: sentences that go beside its numbers.

Source: Borgatti, Everett and Johnson (2018), Analyzing Social Networks, chapter 3, on egocentric sampling.
"""

from collections.abc import Callable, Mapping
from heapq import nlargest

from kg.tabular import plural

FEW = 10
"""Below this many nodes a rank says little."""
_EGO = 0.5


def few(size: int, *, words: tuple[str, str] = ("node", "nodes")) -> list[str]:
    """Return the warning that so few nodes deserve, if any."""
    return [f"With {plural(size, *words)} a rank says little: one meeting more could turn it round."] * (0 < size < FEW)


def cautions(
    ties: Mapping[str, int], name: Callable[[str], str], *, words: tuple[str, str] = ("node", "nodes")
) -> list[str]:
    """Return the warnings that a network of so many ties a node deserves: few nodes, one node tied to most.

    Where two have as many ties, as all have that met once and together, it gathers around no one of them.
    `name` says what a node is called, `words` what one and several of them are.
    """
    size = len(ties)
    said = few(size, words=words)
    hub, *others = nlargest(2, ties, key=lambda node: (ties[node], node)) if ties else [""]
    if others and ties[hub] > max(ties[others[0]], _EGO * (size - 1)):
        said.append(
            f"{name(hub)} is tied to {ties[hub]} of {size - 1} others: reports gathered around one "
            "actor show few meetings without it, so ranks say more about the collection than about the world."
        )
    return said
