"""What is missing: talks that led to no paper, and parties with much in common that never met.

Sources: structural holes as openings, Burt (1992); shared neighbours that know few others weigh more, Adamic and
Adar (2003), Friends and neighbors on the Web, Social Networks 25, 211.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import log

from kg.lifecycle import Cooperation
from kg.measures.cautions import cautions
from kg.names import Names
from kg.network import Network, project
from kg.network.actors import belonging, members
from kg.network.window import ALWAYS, Held, Window, count_meetings
from kg.statements import prove
from kg.tabular import Cell, Table, listed, plural, score
from kg.values import Iri

_PAPER = 3
"""The rank of a letter of intent, the least of papers."""
_TALKS = (
    *("id", "label", "parties", "sectors", "meetings", "first day", "last day"),
    *("days", "stage", "last meeting"),
)


def unsigned(names: Names, cooperations: Sequence[Cooperation], as_of: date, *, sector: Iri | None = None) -> Table:
    """Return the cooperations with a held meeting and no paper by a day: most meetings first, then the longest silence.

    Columns: `id` and `label` (of one with a record), `parties`, `sectors`, `meetings` held, `first day`, `last day` (as
    written), `days` since, at the least, `stage` reached, `last meeting`, and `proof`, who told of it. What ended is
    left out.
    """
    rows: list[tuple[Cell, ...]] = []
    undated = 0
    for each in cooperations:
        dated = [(m.by, m) for m in each.meetings if m.status == "held" and m.by and m.by <= as_of]
        held = sorted(dated, key=lambda pair: (pair[0], pair[1].thing))
        steps = [step for step in each.steps if step.by and step.by <= as_of]
        papers = any(step.rank >= _PAPER for step in steps)
        if papers or (sector and sector not in each.sectors):
            continue
        if not held:
            undated += any(m.status == "held" and m.by is None for m in each.meetings)
            continue
        highest = max(steps, key=lambda step: step.rank, default=None)
        stage = names.label(highest.stage) if highest and highest.stage else None
        key = str(each.thing) if each.thing else None
        said = (_listed(names, each.parties), _listed(names, each.sectors))
        (_, first), (by, last) = held[0], held[-1]
        when = (first.written, last.written, (as_of - by).days)
        label = names.label(each.thing) if each.thing else None
        rows.append((key, label, *said, len(held), *when, stage, str(last.thing)))
    about = f" about {names.label(sector)}" if sector else ""
    notes: tuple[str, ...] = (
        f"{plural(len(rows), 'cooperation')}{about} with held meetings and no paper by {as_of}.",
        "A paper is a letter of intent, MoU or agreement. That no paper is told of does not mean that none was signed.",
    )
    if undated:
        notes = (*notes, f"{plural(undated, 'cooperation')} left out, whose held meetings bear no date.")
    ordered = sorted(rows, key=lambda row: (-int(row[4] or 0), -int(row[7] or 0), str(row[9])))
    return prove(names, Table("talks without a paper", _TALKS, tuple(ordered), notes), "last meeting")


def _listed(names: Names, things: Iterable[Iri]) -> str:
    """Name a few things."""
    return listed([names.label(thing) for thing in things], most=4)


def unmet(
    names: Names,
    *,
    sector: Iri | None = None,
    window: Window = ALWAYS,
    without: frozenset[str] = frozenset(),
    most: int | None = 20,
) -> Table:
    """Return pairs of parties that share a sector and a neighbour, and never met: those with most in common first.

    Columns: both parties, `sectors` both met about, `neighbours` both met (none of `without`), `score`: the sum
    over these of 1 / log(their degree), which counts a neighbour the less the more others it has; `meeting` and
    `other meeting`, the last that each had with the first neighbour, and `proof`, who told of them. Parts and units
    of one another are no pair, nor are two at a meeting without a date, which may be in any window. With `sector`, only
    pairs that share it; its neighbours may share others.
    """
    ties = project(names.dataset, "party-party", window=window)
    about = _sectors(project(names.dataset, "party-sector", window=window))
    held = count_meetings(names.dataset).meetings
    apart = belonging(names.dataset) | _undated_pairs(names, held)
    found = [
        _Pair(one, other, shared, middles, score(sum(1 / log(ties.degree(node)) for node in middles)) or 0.0)
        for one, other in sorted(_candidates(ties, without, apart))
        if (shared := about.get(one, set()) & about.get(other, set())) and (sector is None or str(sector) in shared)
        if (middles := sorted(({*ties[one]} & {*ties[other]}) - without, key=lambda node: (ties.degree(node), node)))
    ]
    found.sort(key=lambda pair: (-len(pair.shared), -pair.score, pair.one, pair.other))
    shown = f"; the first {most} are shown" if most and len(found) > most else ""
    gone = f" Left out: {listed(sorted(map(names.label, without)))}." if without else ""
    kept = ties.subgraph({*ties} - without)
    notes = (
        f"{ties.graph['counted']}{gone}",
        f"{plural(len(found), 'pair')} sharing a sector and a neighbour never met, as far as is told{shown}.",
        *cautions(dict(kept.degree()), lambda node: str(ties.nodes[node]["label"]), words=("party", "parties")),
    )
    columns = ("id", "label", "other id", "other label", "shared", "sectors", "neighbours", "score")
    days = {each.iri: (str(each.latest or ""), each.iri) for each in held}
    rows = tuple(_pair_row(names, ties, pair, days) for pair in found[:most])
    table = Table("parties that never met", (*columns, "meeting", "other meeting"), rows, notes)
    return prove(names, table, "meeting", "other meeting")


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two parties that never met, what both met about, and whom both met, the one with the fewest others first."""

    one: str
    other: str
    shared: set[str]
    middles: list[str]
    score: float


def _candidates(ties: Network, without: frozenset[str], apart: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the pairs with a neighbour in common that are not tied and not to be left out."""
    return {
        (one, other)
        for middle in ties
        if middle not in without
        for one, other in combinations(sorted({*ties[middle]} - without), 2)
        if not ties.has_edge(one, other) and (one, other) not in apart
    }


def _pair_row(names: Names, ties: Network, pair: _Pair, days: Mapping[str, tuple[str, str]]) -> tuple[Cell, ...]:
    """Show a pair, with the last meeting, by `days`, that each had with the neighbour that counts most."""
    said = (
        listed([names.label(each) for each in sorted(pair.shared)], most=4),
        listed([names.label(each) for each in pair.middles], most=4),
    )
    whom = (pair.one, names.label(pair.one), pair.other, names.label(pair.other))
    meetings = [
        max(ties.edges[end, pair.middles[0]]["meetings"], key=days.__getitem__) for end in (pair.one, pair.other)
    ]
    return (*whom, len(pair.shared), *said, pair.score, *meetings)


def _sectors(network: Network) -> Mapping[str, set[str]]:
    """Return party -> the sectors it met about."""
    return {node: set(network[node]) for node, facts in network.nodes.items() if facts["mode"] == "party"}


def _undated_pairs(names: Names, held: Iterable[Held]) -> set[tuple[str, str]]:
    """Return the pairs at a meeting without a date."""
    there = members(names.dataset, "party", [each for each in held if not each.is_dated])
    return {pair for parties in there.values() for pair in combinations(parties, 2)}
