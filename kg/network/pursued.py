"""Which cooperations count: those that may have gone on in a window of days, read from a graph once, in IRI order.

Parties that never met in a record, such as sister cities of a register, are tied by what they pursue together.
"""

from rdflib import RDF

from kg.facts import pairs, subjects
from kg.network.window import ALWAYS, Counted, Held, Window, bounds, sift
from kg.store import Source
from kg.terms import KG


def count_cooperations(graph: Source, window: Window = ALWAYS, *, dated: bool = False) -> Counted:
    """Return the cooperations, at whatever stage, that may have gone on in the window, sorted by IRI.

    A cooperation lasts from the first to the last day of its steps and held meetings. One without any of these
    counts only where no day is asked for: neither an end of the window nor `dated`.
    """
    earliest, latest = bounds(graph, KG.earliest), bounds(graph, KG.latest)
    status = dict(pairs(graph, KG.status))
    days: dict[str, list[str]] = {}
    for part, cooperation in pairs(graph, KG.cooperation):
        if part in earliest and part in latest and status.get(part, "held") == "held":
            days.setdefault(cooperation, []).append(part)
    every = [
        Held(
            cooperation,
            min((earliest[part] for part in days.get(cooperation, ())), default=None),
            max((latest[part] for part in days.get(cooperation, ())), default=None),
        )
        for cooperation in sorted(subjects(graph, RDF.type, KG.Cooperation))
    ]
    return sift(every, window, dated=dated)
