"""Compare two states: quads added and removed, gathered by the thing they are about."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.diff.states import State
from kg.prefixes import ONTOLOGY, THING_KINDS
from kg.properties import PROPERTIES

_LINE = re.compile(r"(<[^>]*>) (<[^>]*>) (<[^>]*>|\"(?:[^\"\\]|\\.)*\"(?:\^\^<[^>]*>|@[\w-]+)?)(?: (<[^>]*>))? \.")
_THING = re.compile(rf"<[^>]*/({'|'.join(THING_KINDS)})/([^/#>]+)>")
_ESCAPED = re.compile(r'\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[tbnrf"\\])')
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "\\": "\\"}
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_NAME, _STAGE = f"<{ONTOLOGY}#name>", f"<{ONTOLOGY}#highestStage>"
_BETWEEN = f"<{ONTOLOGY}#between>"

THINGS = (
    *("meeting", "cooperation", "official", "city", "company", "organization", "party"),
    *("post", "tenure", "forum", "sector", "source"),
)
"""What is counted, in the order it is told; a party goes by its class."""

_FIELDS: Mapping[str, str] = {f"<{iri}>": name.rpartition(".")[2] for name, iri in sorted(PROPERTIES.items())}
_SAID_ELSEWHERE = {
    f"<{ONTOLOGY}#{name}>" for name in ("earliest", "latest", "name", "participation", "evidence", "step")
}


class Quad(NamedTuple):
    """One line taken apart; terms as they are written, no graph for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


class Move(NamedTuple):
    """A cooperation, or a tie between two parties, that stands at another stage now."""

    thing: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What happened to one thing: `fields` maps a field to the values it lost and gained.

    `parts` counts what belongs to the thing and has an IRI of its own (participations, evidence, steps): lost, gained.
    """

    thing: str
    kind: str
    name: str
    sort: str
    fields: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    parts: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """The exact difference, sorted, and the same by thing; empty when the states are equal."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]

    def __bool__(self) -> bool:
        """Say whether anything differs."""
        return bool(self.added or self.removed)


def compare(old: State, new: State) -> Difference:
    """Return what must be taken from and added to `old` to get `new`.

    When one of the two can only say its default graph (Turtle, N-Triples, RDF/XML), only default graphs are compared.
    """
    before, after = old.lines, new.lines
    if not (old.has_graphs and new.has_graphs):
        before, after = (frozenset(line for line in lines if not take_apart(line).graph) for lines in (before, after))
    added, removed = sorted(after - before), sorted(before - after)
    names = _names(before) | _names(after)
    gained, lost = [take_apart(line) for line in added], [take_apart(line) for line in removed]
    changes = _changes(lost, gained, names, kinds_old=_kinds(before), kinds_new=_kinds(after))
    return Difference(tuple(added), tuple(removed), tuple(changes), tuple(_moves(lost, gained, before | after, names)))


def take_apart(line: str) -> Quad:
    """Return the terms of a line of N-Quads."""
    match = _LINE.fullmatch(line)
    if not match:
        raise ValueError(f"not a line of canonical N-Quads: {line!r}")
    return Quad(match[1], match[2], match[3], match[4] or "")


def curie(term: str) -> str:
    """Return `kind:key` for a thing of ours, whatever its base; any other term as it is."""
    match = _THING.fullmatch(term)
    return f"{match[1]}:{match[2]}" if match else term


def value(term: str) -> str:
    """Return a term as a person reads it: the key of a thing, the text of a literal."""
    match = _THING.fullmatch(term)
    if match:
        return match[2].replace("-", " ") if match[1] == "stage" else match[2]
    if not term.startswith('"'):
        return term.strip("<>")
    text = term[1 : term.rindex('"')]
    return _ESCAPED.sub(lambda found: _PLAIN.get(found[1]) or chr(int(found[1][1:], 16)), text)


def owner(term: str) -> str:
    """Return the CURIE of the thing that a participation, step, evidence or claim belongs to; else its own."""
    if not _THING.fullmatch(term):
        return term
    kind, _, key = curie(term).partition(":")
    parts = key.split(".")
    if kind in {"evidence", "claim"} and len(parts) > 1:
        kind, parts = parts[0], parts[1:-1]
    if kind == "participation":
        return f"meeting:{parts[0]}"
    if kind == "step":
        return f"{'cooperation' if len(parts) > 1 else 'meeting'}:{parts[0]}"
    return f"{kind}:{parts[0]}"


def _names(lines: Iterable[str]) -> dict[str, str]:
    """Return the plain name of each thing, by CURIE."""
    found = (take_apart(line) for line in sorted(lines) if _NAME in line)
    return {curie(quad.subject): value(quad.object) for quad in found if quad.predicate == _NAME and not quad.graph}


def _kinds(lines: Iterable[str]) -> dict[str, str]:
    """Return the kind of each thing by CURIE: for a party its class."""
    found: dict[str, str] = {}
    start = f"<{ONTOLOGY}#"
    for line in lines:
        if f" {_TYPE} {start}" in line:
            quad = take_apart(line)
            word = quad.object[len(start) : -1].lower()
            if not quad.graph and word in THINGS:
                found[curie(quad.subject)] = word
    return found


def _changes(
    lost: Iterable[Quad],
    gained: Iterable[Quad],
    names: Mapping[str, str],
    *,
    kinds_old: Mapping[str, str],
    kinds_new: Mapping[str, str],
) -> Iterator[Change]:
    """Yield the things that differ, by kind and id."""
    fields: dict[str, dict[str, tuple[list[str], list[str]]]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    parts: dict[str, dict[str, tuple[set[str], set[str]]]] = defaultdict(lambda: defaultdict(lambda: (set(), set())))
    for side, quads in enumerate((lost, gained)):
        for quad in quads:
            thing, own = owner(quad.subject), curie(quad.subject)
            if quad.graph or (thing not in kinds_old and thing not in kinds_new):
                continue
            if own != thing:
                parts[thing][own.partition(":")[0]][side].add(own)
            elif quad.predicate not in _SAID_ELSEWHERE:
                fields[thing][_field(quad.predicate)][side].append(value(quad.object))
    told = {thing: kinds_new.get(thing) or kinds_old[thing] for thing in {*fields, *parts}}
    for thing, kind in sorted(told.items(), key=lambda item: (THINGS.index(item[1]), item[0])):
        sort = "changed" if thing in kinds_old and thing in kinds_new else "added" if thing in kinds_new else "removed"
        yield Change(
            thing,
            kind,
            names.get(thing, thing),
            sort,
            {name: (tuple(sorted(a)), tuple(sorted(b))) for name, (a, b) in sorted(fields[thing].items())},
            {part: (len(a), len(b)) for part, (a, b) in sorted(parts[thing].items())},
        )


def _field(predicate: str) -> str:
    """Return the field that a property states, or the last word of the property."""
    return _FIELDS.get(predicate) or re.split(r"[/#]", predicate.strip("<>"))[-1]


def _moves(lost: Iterable[Quad], gained: Iterable[Quad], lines: Iterable[str], names: Mapping[str, str]) -> list[Move]:
    """Return what stands at another stage: cooperations; if none does, ties between parties."""
    before = {quad.subject: value(quad.object) for quad in lost if quad.predicate == _STAGE}
    after = {quad.subject: value(quad.object) for quad in gained if quad.predicate == _STAGE}
    moved = sorted(thing for thing in before.keys() & after.keys() if _is_told(thing))
    ties = _ties(lines) if moved else {}
    found = [
        Move(curie(thing), names.get(curie(thing)) or ties.get(thing, thing), before[thing], after[thing])
        for thing in moved
    ]
    named = [move for move in found if move.thing.startswith("cooperation:")]
    return sorted(named or found, key=lambda move: (move.name, move.thing))


def _is_told(thing: str) -> bool:
    """Say whether a move is news: of a cooperation or of two parties, not of each pair of people who met."""
    return "/cooperation/" in thing or "/tie/party." in thing


def _ties(lines: Iterable[str]) -> dict[str, str]:
    """Return the name of each tie: those of its two parties."""
    ends: dict[str, list[str]] = defaultdict(list)
    names = _names(lines)
    for line in sorted(line for line in lines if _BETWEEN in line):
        quad = take_apart(line)
        ends[quad.subject].append(names.get(curie(quad.object), value(quad.object)))
    return {tie: " - ".join(sorted(set(both))) for tie, both in ends.items()}
