"""Ties that fell silent, and what was left of them when people moved on."""

from collections.abc import Mapping
from datetime import date

from rdflib import Graph

from kg.measures import Cell, Table
from kg.measures.table import plural, score
from kg.network import Network, Window
from kg.network.actors import bodies, labels, members
from kg.network.window import ALWAYS, Held, count_meetings, span

YEAR = 365


def dormant(network: Network, as_of: date, *, days: int = YEAR) -> Table:
    """Return the ties of a projection that had no meeting for more than `days`, the longest silence first.

    Columns: both ends, `meetings`, `first day`, `last day`, and `days` from the last day to `as_of`. Ties whose
    meetings have no date cannot be judged; the notes say how many.
    """
    rows: list[tuple[Cell, ...]] = []
    undated = 0
    for (one, other), tie in network.edges.items():
        if "last" not in tie:
            undated += 1
        elif (silent := (as_of - date.fromisoformat(tie["last"])).days) > days:
            names = [network.nodes[node]["label"] for node in (one, other)]
            rows.append((one, names[0], other, names[1], tie["count"], tie["first"], tie["last"], silent))
    columns = ("id", "label", "other id", "other label", "meetings", "first day", "last day", "days")
    notes = [
        network.graph["counted"],
        f"{len(rows)} of {plural(network.size(), 'tie')} without a meeting for more than {days} days on {as_of}.",
    ]
    if undated:
        notes.append(f"{plural(undated, 'tie')} without a date: nobody can say.")
    ordered = sorted(rows, key=lambda row: (-int(row[-1] or 0), str(row[0]), str(row[2])))
    return Table("dormant ties", columns, tuple(ordered), tuple(notes))


def turnover(
    graph: Graph, as_of: date, *, window: Window = ALWAYS, days: int = YEAR, language: str | None = None
) -> Table:
    """Return the officials not seen for more than `days`, and how many of the parties they met were met again.

    Columns: `id`, `label`, `body` acted for, `first day`, `last day` seen, `meetings`, `partners` (other parties
    at those meetings), `met again` (partners whom the body met later, without the official) and their `share`.
    A partner met again is a tie of the body, not of the person. Most partners first.
    """
    counted = count_meetings(graph, window.capped(as_of), dated=True)
    people, parties = members(graph, "official", counted.meetings), members(graph, "party", counted.meetings)
    body, named = bodies(graph, counted.meetings), labels(graph, language)
    attended: dict[str, list[Held]] = {}
    for meeting in counted.meetings:
        for official in people.get(meeting.iri, ()):
            attended.setdefault(official, []).append(meeting)
    rows: list[tuple[Cell, ...]] = []
    for official, own in attended.items():
        first, last = span(own)
        if official not in body or (as_of - date.fromisoformat(last)).days <= days:
            continue
        later = [meeting for meeting in counted.meetings if meeting.earliest and meeting.earliest.isoformat() > last]
        partners = _partners(own, parties, body[official])
        again = partners & _partners(later, parties, body[official])
        share = score(len(again) / len(partners)) if partners else None
        who = (official, named.get(official, official), named.get(body[official], body[official]))
        rows.append((*who, first, last, len(own), len(partners), len(again), share))
    columns = ("id", "label", "body", "first day", "last day", "meetings", "partners", "met again", "share")
    gone = f"{plural(len(rows), 'official')} of {len(attended)} not seen for more than {days} days on {as_of}"
    notes = (
        f"{gone}{counted.left_out()}.",
        "met again: partners that the same body met after the official's last day.",
    )
    ordered = sorted(rows, key=lambda row: (-int(row[6] or 0), str(row[0])))
    return Table("turnover of officials", columns, tuple(ordered), notes)


def _partners(meetings: list[Held], parties: Mapping[str, tuple[str, ...]], body: str) -> set[str]:
    """Return the other parties at the meetings where a body was."""
    found: set[str] = set()
    for meeting in meetings:
        there = parties.get(meeting.iri, ())
        if body in there:
            found.update(there)
    return found - {body}
