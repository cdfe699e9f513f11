"""What is missing: talks that led to no paper, and parties with much in common that never met.

Sources: structural holes as openings, Burt (1992); shared neighbours that know few others weigh more, Adamic and
Adar (2003), Friends and neighbors on the Web, Social Networks 25, 211.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import log

from rdflib import URIRef

from kg.lifecycle import Cooperation
from kg.measures import Cell, Table
from kg.measures.table import listed, plural, score
from kg.names import Names
from kg.network import Network, project
from kg.network.window import ALWAYS, Window
from kg.statements import statements, told_by
from kg.terms import KG

_PAPER = 3
"""The rank of a letter of intent, the least of papers."""


def unsigned(names: Names, cooperations: Sequence[Cooperation], as_of: date, *, sector: URIRef | None = None) -> Table:
    """Return the cooperations with a held meeting and no paper by a day: most meetings first, then the longest silence.

    Columns: `id` (or a key of its parties), `label`, `parties`, `sectors`, `meetings` held, `first day`, `last day`,
    `days` since, `stage` reached, and `proof`, who told of the last meeting. What ended is left out.
    """
    rows: list[tuple[Cell, ...]] = []
    last_of: dict[str, URIRef] = {}
    for each in cooperations:
        held = sorted((m.by, m.thing) for m in each.meetings if m.status == "held" and m.by and m.by <= as_of)
        steps = [step for step in each.steps if step.by and step.by <= as_of]
        papers = any(step.rank >= _PAPER for step in steps)
        if not held or papers or (sector and sector not in each.sectors):
            continue
        highest = max(steps, key=lambda step: step.rank, default=None)
        stage = names.label(highest.stage) if highest and highest.stage else None
        key = str(each.thing) if each.thing else each.key
        last_of[key] = held[-1][1]
        said = (_listed(names, each.parties), _listed(names, each.sectors))
        when = (held[0][0].isoformat(), held[-1][0].isoformat(), (as_of - held[-1][0]).days)
        rows.append((key, names.label(each.thing) if each.thing else None, *said, len(held), *when, stage))
    proof = statements(names, list(last_of.values()))
    rows = [(*row, told_by(proof[str(last_of[str(row[0])])])) for row in rows]
    columns = ("id", "label", "parties", "sectors", "meetings", "first day", "last day", "days", "stage", "proof")
    about = f" about {names.label(sector)}" if sector else ""
    notes = (
        f"{plural(len(rows), 'cooperation')}{about} with held meetings and no paper by {as_of}.",
        "A paper is a letter of intent, MoU or agreement. That no paper is told of does not mean that none was signed.",
    )
    ordered = sorted(rows, key=lambda row: (-int(row[4] or 0), -int(row[7] or 0), str(row[0])))
    return Table("talks without a paper", columns, tuple(ordered), notes)


def _listed(names: Names, things: Iterable[URIRef]) -> str:
    """Name a few things."""
    return listed([names.label(thing) for thing in things], most=4)


def unmet(
    names: Names,
    *,
    sector: URIRef | None = None,
    window: Window = ALWAYS,
    without: frozenset[str] = frozenset(),
    most: int | None = 20,
) -> Table:
    """Return pairs of parties that share a sector and a neighbour, and never met: those with most in common first.

    Columns: both parties, `sectors` both met about, `neighbours` both met (none of `without`), and `score`: the sum
    over these of 1 / log(their degree), which counts a neighbour the less the more others it has. Parts and units
    of one another are no pair. With `sector`, only pairs that share it; its neighbours may share others.
    """
    ties = project(names.dataset, "party-party", window=window)
    about = _sectors(project(names.dataset, "party-sector", window=window))
    belong = _belonging(names)
    wanted = str(sector) if sector else None
    candidates = {
        (one, other)
        for middle in ties
        if middle not in without
        for one, other in combinations(sorted(ties[middle]), 2)
        if one not in without and other not in without and not ties.has_edge(one, other) and (one, other) not in belong
    }
    rows: list[tuple[Cell, ...]] = []
    for one, other in sorted(candidates):
        shared = about.get(one, set()) & about.get(other, set())
        if shared and (wanted is None or wanted in shared):
            middles = sorted((set(ties[one]) & set(ties[other])) - without, key=lambda node: (ties.degree(node), node))
            weight = score(sum(1 / log(ties.degree(node)) for node in middles))
            said = (
                listed([names.label(s) for s in sorted(shared)], most=4),
                listed([names.label(m) for m in middles], most=4),
            )
            rows.append((one, names.label(one), other, names.label(other), len(shared), said[0], said[1], weight))
    rows.sort(key=lambda row: (-int(row[4] or 0), -float(row[7] or 0), str(row[0]), str(row[2])))
    columns = ("id", "label", "other id", "other label", "shared", "sectors", "neighbours", "score")
    shown = f"; the first {most} are shown" if most and len(rows) > most else ""
    found = f"{plural(len(rows), 'pair')} sharing a sector and a neighbour never met, as far as is told{shown}."
    notes = (ties.graph["counted"], found)
    return Table("parties that never met", columns, tuple(rows[:most]), notes)


def _sectors(network: Network) -> Mapping[str, set[str]]:
    """Return party -> the sectors it met about."""
    return {node: set(network[node]) for node, facts in network.nodes.items() if facts["mode"] == "party"}


def _belonging(names: Names) -> set[tuple[str, str]]:
    """Return pairs of a party and what it is part or unit of, in both orders."""
    pairs = [
        (str(one), str(other))
        for predicate in (KG.partOf, KG.unitOf)
        for one, _, other in names.dataset.triples((None, predicate, None))
    ]
    return {*pairs, *((other, one) for one, other in pairs)}
