"""Derive again only what a change of meetings can have changed: those who take part, and the ties between them.

Every rule named here speaks of two things that share a meeting or a cooperation, or of one cooperation and its steps.
So what it says of two things follows from the meetings and cooperations they share, and these alone are put
into a small store and derived from; what is said of one official or party follows from their meetings, of which another
small store holds what is counted. A rule that is not named here, or a change of anything but meetings that a rule
reads, means that everything is derived again.
"""

from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox

from kg import rules
from kg.iris import mint, mint_graph, parse
from kg.prefixes import ONTOLOGY

MEMBERS = frozenset({"held-days", "held-meetings"})
"""Rules about one official or party and all their meetings."""
LOCAL = MEMBERS | frozenset(
    {
        "body",
        "cooperation-stage",
        "officials-met",
        "officials-tie",
        "parties-cooperate",
        "parties-tie",
        "tie-days",
        "tie-links",
        "tie-meetings",
        "tie-sectors",
        "tie-stage",
    }
)


def _kg(name: str) -> ox.NamedNode:
    """Return a property of our ontology."""
    return ox.NamedNode(f"{ONTOLOGY}#{name}")


_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_MEMBERS = (_kg("attendedBy"), _kg("party"))
_COUNTED = tuple(map(_kg, ("status", "earliest", "latest")))
_TOLD = tuple(map(_kg, ("meetings", "firstDay", "lastDay")))
_BETWEEN, _STEP = _kg("between"), _kg("step")
_LEADS_ON = frozenset(map(_kg, ("participation", "step", "stage", "actedAs", "actedFor", "postIn", "unitOf")))
_DEFAULT = ox.DefaultGraph()


class Ties:
    """What meetings and cooperations that changed have to do with: members, pairs that share them, cooperations."""

    def __init__(self, changed: Iterable[ox.Quad], base: str) -> None:
        """Start from the quads of the default graph that came or went.

        Raises:
            LookupError: something else changed that a rule reads, or a rule is not known to be local.
        """
        if unknown := {path.stem for path in rules.rule_files()} - LOCAL:
            raise LookupError(unknown)
        self.meetings: set[ox.NamedNode] = set()
        self.steps: set[ox.NamedNode] = set()
        self.cooperations: set[ox.NamedNode] = set()
        self.members: set[ox.NamedNode] = set()
        self.pairs: set[tuple[ox.NamedNode, ox.NamedNode]] = set()
        read = rules.words()
        for quad in changed:
            if isinstance(quad.object, ox.NamedNode) and quad.predicate == _TYPE:
                if quad.object.value not in read:
                    continue
            elif quad.predicate.value not in read:
                continue
            self._note(quad, base)

    def _note(self, quad: ox.Quad, base: str) -> None:
        """Note what a quad is about."""
        assert isinstance(quad.subject, ox.NamedNode)  # noqa: S101 - there are no blank nodes
        name = parse(quad.subject.value, base=base)
        kind, key = name or ("", "")
        if kind in ("meeting", "participation") or (kind == "step" and "." not in key):
            meeting = key.partition(".")[0]
            self.meetings.add(ox.NamedNode(mint("meeting", meeting, base=base)))
            self.steps.add(ox.NamedNode(mint("step", meeting, base=base)))
        elif kind == "cooperation" and quad.predicate == _STEP:
            self.cooperations.add(quad.subject)
        else:
            raise LookupError(quad)

    def meet(self, store: ox.Store) -> None:
        """Note who shares these meetings and cooperations in a store, before or after the change.

        A meeting that reached a stage is a step of its cooperation, which may go as far as that step does.
        """
        for step in self.steps:
            self.cooperations |= {quad.subject for quad in store.quads_for_pattern(None, _STEP, step, _DEFAULT)}  # type: ignore[misc] # no triple is one
        for thing in self.meetings | self.cooperations:
            for predicate in _MEMBERS:
                members = [quad.object for quad in store.quads_for_pattern(thing, predicate, None, _DEFAULT)]
                self.pairs |= set(permutations(members, 2))  # type: ignore[arg-type] # things, not literals
                self.members.update(members)  # type: ignore[arg-type]

    def derived(self, store: ox.Store, graph: ox.NamedNode) -> set[ox.Quad]:
        """Return what a store has derived about these pairs and cooperations."""
        found = {quad for one in self.cooperations for quad in store.quads_for_pattern(one, None, None, graph)}
        ties: dict[ox.NamedNode, set[object]] = {}
        for one, other in self.pairs:
            found.update(store.quads_for_pattern(one, None, other, graph))
            ties[one] = ties.get(one) or {quad.subject for quad in store.quads_for_pattern(None, _BETWEEN, one, graph)}
        for one, other in self.pairs:
            for tie in ties[one] & ties[other]:
                found.update(store.quads_for_pattern(tie, None, None, graph))  # type: ignore[arg-type]
        return found

    def told(self, store: ox.Store, graph: ox.NamedNode) -> set[ox.Quad]:
        """Return what a store has derived about each of these members alone."""
        return {
            quad for one in self.members for each in _TOLD for quad in store.quads_for_pattern(one, each, None, graph)
        }

    def joined(self, store: ox.Store) -> ox.Store:
        """Return a small store of the meetings of these members, as far as they are counted."""
        there = [
            quad
            for one in self.members
            for each in _MEMBERS
            for quad in store.quads_for_pattern(None, each, one, _DEFAULT)
        ]
        small = ox.Store()
        small.extend(there)
        for meeting in {quad.subject for quad in there}:
            for each in _COUNTED:
                small.extend(store.quads_for_pattern(meeting, each, None, _DEFAULT))
        return small

    def around(self, store: ox.Store) -> ox.Store:
        """Return a small store of all that the rules can read about these pairs and cooperations."""
        sharing = {
            member: {
                quad.subject for each in _MEMBERS for quad in store.quads_for_pattern(None, each, member, _DEFAULT)
            }
            for member in {member for pair in self.pairs for member in pair}
        }
        small, seen = ox.Store(), set[object]()
        waiting: list[object] = [*self.cooperations]
        waiting += {thing for one, other in self.pairs for thing in sharing[one] & sharing[other]}
        while waiting:
            thing = waiting.pop()
            if thing in seen or not isinstance(thing, ox.NamedNode):
                continue
            seen.add(thing)
            quads = list(store.quads_for_pattern(thing, None, None, _DEFAULT))
            small.extend(quads)
            waiting += [quad.object for quad in quads if quad.predicate in _LEADS_ON]
        return small


def derive_again(
    before: ox.Store, after: ox.Store, changed: Iterable[ox.Quad], folder: Path, *, base: str
) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """Return what is derived no more, and what is derived now, once quads of the default graph have changed.

    `before` holds the quads and what was derived before the change, `after` the asserted quads after it.

    Raises:
        LookupError: everything must be derived again.
    """
    graph = ox.NamedNode(mint_graph("derived", base=base))
    ties = Ties(changed, base)
    ties.meet(before)
    ties.meet(after)
    small, joined = ties.around(after), ties.joined(after)
    rules.derive(small, folder, base=base, but=MEMBERS)
    rules.derive(joined, folder, base=base, only=MEMBERS)
    old = ties.derived(before, graph) | ties.told(before, graph)
    new = ties.derived(small, graph) | ties.told(joined, graph)
    return old - new, new - old
