"""How one gets from one person or party to another: chains of held meetings, each link with its proof."""

from kg.names import Names
from kg.network import Chain
from kg.network.actors import kinds
from kg.network.window import Held
from kg.statements import tellers, told_by
from kg.tabular import Cell, Table, plural
from kg.values import Iri


def path_table(names: Names, start: Iri, end: Iri, chains: list[Chain]) -> Table:
    """Return one row a link: chain and step from 1, who, the meeting with its days, how many they shared, and proof."""
    said = tellers(names, [Iri(link.meeting.iri) for chain in chains for link in chain])
    sorts = kinds(names.dataset)
    rows: list[tuple[Cell, ...]] = []
    for number, chain in enumerate(chains, 1):
        for step, link in enumerate(chain, 1):
            ends = (names.label(link.one), names.label(link.other), sorts.get(link.other))
            proof = told_by(said[link.meeting.iri])
            rows.append((number, step, *ends, link.meeting.iri, _days(link.meeting), link.shared, proof))
    columns = ("chain", "step", "who", "met", "kind", "meeting", "day", "meetings shared", "proof")
    title = f"{names.label(start)} to {names.label(end)}"
    if not chains:
        return Table(title, columns, (), (f"No chain of held meetings joins {title.replace(' to ', ' and ')}.",))
    steps = plural(len(chains[0]), "step")
    notes = (
        f"{title}: {steps} by held meetings; {plural(len(chains), 'chain')} of that length shown, the freshest first.",
        "Each link names the last meeting the two shared; kg why MEETING shows all its statements.",
    )
    return Table(title, columns, tuple(rows), notes)


def _days(meeting: Held) -> str | None:
    """Return the day of a meeting, or its first and last possible one."""
    if not meeting.earliest or not meeting.latest:
        return None
    days = sorted({meeting.earliest.isoformat(), meeting.latest.isoformat()})
    return " to ".join(days)
