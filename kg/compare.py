"""Two parties side by side, and the parties most like one: by what they met about, and whom.

Source: Jaccard (1901), the share two sets have in common of all that either has.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

from kg.lifecycle import Cooperation
from kg.measures import Cell, Table
from kg.measures.table import listed, plural, score
from kg.names import Names
from kg.network.actors import kinds, members
from kg.network.window import ALWAYS, Held, Window, count_meetings, span

_PAPER = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """What a party did at its held meetings: when, with whom, about what, and how far its cooperations got."""

    party: str
    meetings: tuple[Held, ...]
    partners: frozenset[str]
    officials: frozenset[str]
    sectors: frozenset[str]
    papers: int
    highest: URIRef | None


def profiles(
    names: Names, cooperations: Sequence[Cooperation], as_of: date, *, window: Window = ALWAYS
) -> dict[str, Profile]:
    """Return party -> profile, of every party with a held meeting in the window up to a day."""
    meetings = {each.iri: each for each in count_meetings(names.dataset, window.capped(as_of)).meetings}
    parties = members(names.dataset, "party", meetings.values())
    people, about = (
        members(names.dataset, "official", meetings.values()),
        members(names.dataset, "sector", meetings.values()),
    )
    held: dict[str, list[str]] = {}
    for meeting, group in parties.items():
        for party in group:
            held.setdefault(party, []).append(meeting)
    steps = _steps(cooperations, as_of)
    return {
        party: Profile(
            party,
            tuple(meetings[meeting] for meeting in own),
            _union(own, parties) - {party},
            _union(own, people),
            _union(own, about),
            sum(1 for rank, _ in steps.get(party, ()) if rank >= _PAPER),
            max(steps.get(party, ()), default=(0, None))[1],
        )
        for party, own in sorted(held.items())
    }


def _union(meetings: Sequence[str], groups: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return everything that some meetings have."""
    return frozenset(one for meeting in meetings for one in groups.get(meeting, ()))


def _steps(cooperations: Sequence[Cooperation], as_of: date) -> dict[str, list[tuple[int, URIRef]]]:
    """Return party -> the highest stage, as rank and IRI, of each of its cooperations by a day."""
    found: dict[str, list[tuple[int, URIRef]]] = {}
    for each in cooperations:
        reached = [(s.rank, s.stage) for s in each.steps if s.stage and s.by and s.by <= as_of and not s.is_end]
        for party in each.parties if reached else ():
            found.setdefault(str(party), []).append(max(reached))
    return found


def compare(names: Names, one: Profile, other: Profile) -> Table:
    """Return one row a fact, the two parties side by side, and what both have."""
    both = (one, other)
    rows: list[tuple[Cell, ...]] = [
        ("meetings held", *(len(each.meetings) for each in both), None),
        ("first day", *(span(each.meetings)[0] or None for each in both), None),
        ("last day", *(span(each.meetings)[1] or None for each in both), None),
        *(_shared_row(names, word, *sets) for word, sets in _sets(both).items()),
        ("cooperations with a paper or more", *(each.papers for each in both), None),
        ("highest stage", *(names.label(each.highest) if each.highest else None for each in both), None),
    ]
    labels = [names.label(each.party) for each in both]
    return Table(
        f"{labels[0]} and {labels[1]}",
        ("fact", *_apart(labels), "in common"),
        tuple(rows),
        ("Held meetings only. Partners are parties at the same meeting.",),
    )


def _apart(labels: list[str]) -> list[str]:
    """Return two column names that differ."""
    return labels if labels[0] != labels[1] else [f"{labels[0]} (1)", f"{labels[1]} (2)"]


def _sets(both: tuple[Profile, Profile]) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return what is compared by name."""
    one, other = both
    return {
        "partners": (one.partners, other.partners),
        "officials there": (one.officials, other.officials),
        "sectors": (one.sectors, other.sectors),
    }


def _shared_row(names: Names, word: str, one: frozenset[str], other: frozenset[str]) -> tuple[Cell, ...]:
    """Count two sets, and name what both have."""
    shared = sorted(names.label(thing) for thing in one & other)
    return word, len(one), len(other), f"{len(shared)}: {listed(shared, most=8)}" if shared else "none"


def similar(
    names: Names,
    party: URIRef,
    found: Mapping[str, Profile],
    *,
    only: Callable[[str], bool] = lambda _: True,
    most: int | None = 10,
) -> Table:
    """Return the other parties by likeness: the mean of the shares of sectors and of partners in common.

    Columns: `rank`, `id`, `label`, `kind`, `likeness` (0 to 1), `sectors` and `partners` in common (the two
    parties themselves left out), and whether they `met`. Nothing in common is left out; `only` picks candidates.
    """
    own, sorts = found[str(party)], kinds(names.dataset)
    scored = []
    for other in found.values():
        ends = {own.party, other.party}
        likeness = (_jaccard(own.sectors, other.sectors) + _jaccard(own.partners - ends, other.partners - ends)) / 2
        if other.party != own.party and likeness and only(other.party):
            scored.append((score(likeness) or 0.0, other))
    scored.sort(key=lambda pair: (-pair[0], pair[1].party))
    rows: list[tuple[Cell, ...]] = []
    for likeness, other in scored[:most]:
        place = 1 + sum(1 for value, _ in scored if value > likeness)
        shared = [
            sorted(map(names.label, both)) for both in (own.sectors & other.sectors, own.partners & other.partners)
        ]
        said = (listed(shared[0]), listed(shared[1]), "yes" if other.party in own.partners else "")
        rows.append((place, other.party, names.label(other.party), sorts.get(other.party), likeness, *said))
    columns = ("rank", "id", "label", "kind", "likeness", "sectors", "partners", "met")
    label, among = names.label(party), plural(len(found) - 1, "party", "parties")
    notes = (
        f"{len(scored)} of {among} with a sector or partner in common with {label}.",
        "likeness: the mean of two shares, of sectors met about and of partners, that both have of all either has.",
    )
    return Table(f"like {label}", columns, tuple(rows), notes)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share in common; nothing is like nothing by 0."""
    return len(one & other) / len(one | other) if one | other else 0.0
