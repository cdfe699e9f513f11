"""Write a difference: in words, as JSON, as RDF Patch with every quad, or as TriG with the facts."""

import json
from collections import Counter
from collections.abc import Iterator

from kg.diff.changes import Change, Difference, take_apart
from kg.iris import mint_graph
from kg.prefixes import BASE

FORMATS = ("text", "json", "patch", "trig")

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_PLURALS = {"city": "cities", "company": "companies", "party": "parties"}
_PART_NAMES = {"participation": "people", "evidence": "evidence", "step": "steps", "claim": "claims"}


def as_text(difference: Difference) -> Iterator[str]:
    """Yield one line that sums up, then a line for each thing; nothing when nothing differs."""
    if not difference:
        return
    yield summary(difference)
    for change in difference.changes:
        name = "" if change.name == change.thing else f" {change.name}"
        told = "; ".join(_details(change))
        yield f"{_SIGNS[change.sort]} {change.thing}{name}{': ' if told else ''}{told}"
    for graph, (added, removed) in _elsewhere(difference).items():
        yield f"  {graph}: {_quads(added)} added, {removed:,} removed"


def summary(difference: Difference) -> str:
    """Return the difference in one line: what was added and removed, what moved, what changed."""
    parts = []
    counts = Counter((change.sort, change.kind) for change in difference.changes)
    for sort in ("added", "removed"):
        parts += [f"{_count(n, kind)} {sort}" for (s, kind), n in counts.items() if s == sort]
    parts += [f"{move.name}: {move.before} -> {move.after}" for move in difference.moves]
    parts += [f"{_count(n, kind)} changed" for (s, kind), n in counts.items() if s == "changed"]
    return "; ".join(parts) or f"{_quads(len(difference.added))} added, {len(difference.removed):,} removed"


def as_json(difference: Difference) -> str:
    """Return everything as JSON: the summary, moves, changes by thing, and the quads themselves."""
    told = {
        "summary": summary(difference) if difference else "",
        "moves": [move._asdict() for move in difference.moves],
        "changes": [
            {
                "thing": change.thing,
                "kind": change.kind,
                "name": change.name,
                "change": change.sort,
                "fields": {name: {"removed": a, "added": b} for name, (a, b) in change.fields.items()},
                "parts": {part: {"removed": a, "added": b} for part, (a, b) in change.parts.items()},
            }
            for change in difference.changes
        ],
        "added": difference.added,
        "removed": difference.removed,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_patch(difference: Difference) -> Iterator[str]:
    """Yield RDF Patch: applied to the old quads it gives the new ones. Source: RDF Patch, Apache Jena."""
    if difference:
        yield "TX ."
        yield from (f"D {line}" for line in difference.removed)
        yield from (f"A {line}" for line in difference.added)
        yield "TC ."


def as_trig(difference: Difference, *, base: str = BASE) -> Iterator[str]:
    """Yield TriG of the default graph's facts: the new ones in `graph:added`, the gone ones in `graph:removed`."""
    for name, lines in (("added", difference.added), ("removed", difference.removed)):
        facts = [line for line in lines if not take_apart(line).graph]
        if facts:
            yield f"<{mint_graph(name, base=base)}> {{"
            yield from (f"  {line}" for line in facts)
            yield "}"


def _details(change: Change) -> Iterator[str]:
    """Say what a change consists of; for what is new or gone the date is enough."""
    if change.sort != "changed":
        side = 1 if change.sort == "added" else 0
        for name in ("date", "outlet"):
            if name in change.fields:
                yield ", ".join(change.fields[name][side])
        return
    for name, (lost, gained) in change.fields.items():
        if lost and gained:
            yield f"{name}: {', '.join(lost)} -> {', '.join(gained)}"
        else:
            yield f"{name}: {'+' if gained else '-'} {', '.join(gained or lost)}"
    for part, (gone, come) in change.parts.items():
        yield f"{_PART_NAMES.get(part, part)}: {come} new, {gone} old"


def _elsewhere(difference: Difference) -> dict[str, tuple[int, int]]:
    """Count the quads of other graphs, those of sources together, and of what is not a thing of ours."""
    counts: dict[str, list[int]] = {}
    for side, lines in enumerate((difference.added, difference.removed)):
        for line in lines:
            graph = take_apart(line).graph
            if graph:
                name = "graphs of sources" if "/source/" in graph else f"graph {graph}"
                counts.setdefault(name, [0, 0])[side] += 1
    return {name: (added, removed) for name, (added, removed) in sorted(counts.items())}


def _count(number: int, kind: str) -> str:
    """Say how many of a kind."""
    return f"{number:,} {kind if number == 1 else _PLURALS.get(kind, kind + 's')}"


def _quads(number: int) -> str:
    """Say how many quads."""
    return f"{number:,} quad{'' if number == 1 else 's'}"
