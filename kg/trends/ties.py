"""Ties that fell silent, and what was left of those of people who are no longer seen."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from kg.network import AnyNetwork, Window, edge_list
from kg.network.actors import Members, bodies, labels, members
from kg.network.window import ALWAYS, Held, count_meetings, span
from kg.store import Source
from kg.tabular import Cell, Table, plural, score
from kg.trends.departures import NOT_TOLD, departures

YEAR = 365


def dormant(network: AnyNetwork, as_of: date, *, days: int = YEAR) -> Table:
    """Return the ties of a projection that had no meeting for more than `days`, the longest silence first.

    Columns: both ends, `meetings`, `first day`, `last day`, and `days` from the last day to `as_of`. Ties whose
    meetings have no date cannot be judged; the notes say how many.
    """
    edges = edge_list(network)
    rows: list[tuple[Cell, ...]] = []
    undated = 0
    for one, other, tie in zip(edges.one.tolist(), edges.other.tolist(), edges.ties, strict=True):
        if "last" not in tie:
            undated += 1
        elif (silent := (as_of - date.fromisoformat(tie["last"])).days) > days:
            ends = [cell for end in (one, other) for cell in (edges.nodes[end], edges.facts[end]["label"])]
            rows.append((*ends, tie["count"], tie["first"], tie["last"], silent))
    columns = ("id", "label", "other id", "other label", "meetings", "first day", "last day", "days")
    notes = [
        edges.about["counted"],
        f"{len(rows)} of {plural(edges.size, 'tie')} without a meeting for more than {days} days on {as_of}.",
    ]
    if undated:
        notes.append(f"{plural(undated, 'tie')} without a date: nobody can say.")
    ordered = sorted(rows, key=lambda row: (-int(row[-1] or 0), str(row[0]), str(row[2])))
    return Table("dormant ties", columns, tuple(ordered), tuple(notes))


def turnover(
    graph: Source, as_of: date, *, window: Window = ALWAYS, days: int = YEAR, language: str | None = None
) -> Table:
    """Return the officials not seen for more than `days`, and how many of the parties they met were met again.

    Columns: `id`, `label`, `body` acted for, `first day`, `last day` seen, what is `told` of their leaving it (see
    `kg.trends.departures`; silence is not departure), `meetings`, `partners` (other parties at those meetings),
    `met again` (partners whom the body met later, without the official), their `share`, and the `last meeting`.
    A partner met again is a tie of the body, not of the person. Most partners first.
    """
    counted = count_meetings(graph, window.capped(as_of), dated=True)
    people, parties = members(graph, "official", counted.meetings), members(graph, "party", counted.meetings)
    body, named = bodies(graph, counted), labels(graph, language)
    left = departures(graph, as_of)
    attended, there = _by_member(counted.meetings, people), _by_member(counted.meetings, parties)
    rows: list[tuple[Cell, ...]] = []
    for official, own in attended.items():
        first, last = span(own)
        after = date.fromisoformat(last)
        if official not in body or (as_of - after).days <= days:
            continue
        later = [meeting for meeting in there.get(body[official], ()) if meeting.earliest and meeting.earliest > after]
        partners = _partners(own, parties, body[official])
        again = partners & _partners(later, parties, body[official])
        share = score(len(again) / len(partners)) if partners else None
        who = (official, named.get(official, official), named.get(body[official], body[official]))
        told = left.get((official, body[official]), NOT_TOLD)
        newest = max(own, key=lambda meeting: (str(meeting.latest), meeting.iri)).iri
        rows.append((*who, first, last, told, len(own), len(partners), len(again), share, newest))
    columns = ("id", "label", "body", "first day", "last day", "told", "meetings", "partners", "met again", "share")
    seen = f"{len(attended)} not seen for more than {days} days on {as_of}{counted.left_out()}"
    loose = sum(1 for official in attended if official not in body)
    ordered = sorted(rows, key=lambda row: (-int(row[7] or 0), str(row[0])))
    return Table("turnover of officials", (*columns, "last meeting"), tuple(ordered), _silent(rows, seen, loose))


def _silent(rows: Sequence[tuple[Cell, ...]], seen: str, loose: int) -> tuple[str, ...]:
    """Say how many are silent, what is told of them, and how many act for no body that is known."""
    how = Counter(str(row[5]).partition(" by ")[0] for row in rows)
    return (
        f"{plural(len(rows), 'official')} of {seen}.",
        *([f"{plural(loose, 'official')} for whom no body is known cannot be judged."] if loose else []),
        f"told: {how['left']} left, {how['succeeded']} succeeded, {how[NOT_TOLD]} not told: silence is not departure.",
        "met again: partners that the same body met after the official's last day.",
    )


def _by_member(meetings: Sequence[Held], groups: Members) -> dict[str, list[Held]]:
    """Return who was at some meetings -> the meetings they were at, in order."""
    found: dict[str, list[Held]] = {}
    for meeting in meetings:
        for member in groups.get(meeting.iri, ()):
            found.setdefault(member, []).append(meeting)
    return found


def _partners(meetings: Sequence[Held], parties: Members, body: str) -> set[str]:
    """Return the other parties at the meetings where a body was."""
    found: set[str] = set()
    for meeting in meetings:
        there = parties.get(meeting.iri, ())
        if body in there:
            found.update(there)
    return found - {body}
