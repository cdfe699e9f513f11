"""A chart of stacked bars and the sheet with the same numbers."""

from collections.abc import Mapping, Sequence

from kg.report.parts import Bars, Series, Sheet, Tone
from kg.report.scope import Scope
from kg.tabular import Cell

Parts = Sequence[tuple[str, Tone]]
"""The word and the tone of each part of a bar, in the order they are stacked."""


def stack(
    scope: Scope,
    words: tuple[str, str, str],
    labels: Mapping[str, str],
    parts: Parts,
    counts: Mapping[tuple[str, str], int],
) -> tuple[Bars, Sheet]:
    """Return one bar a label: its (key, word of a part) counts; parts that nothing has are left out.

    `words` are the name of the sheet, and the words of the title and of the first column; `labels` is key -> name.
    """
    say = scope.say
    there = [(word, tone) for word, tone in parts if any(counts.get((key, word)) for key in labels)]
    series = tuple(Series(say(word), tone, tuple(counts.get((key, word), 0) for key in labels)) for word, tone in there)
    told = "; ".join(f"{each.name} {sum(each.values):.0f}" for each in series)
    rows: list[tuple[Cell, ...]] = [
        (label, *(counts.get((key, word), 0) for word, _ in there)) for key, label in labels.items()
    ]
    name, title, first = words
    sheet = Sheet(name, scope.sheet(title, (first, *(word for word, _ in there)), rows), folded=True)
    return Bars(say(title), f"{told}.", tuple(labels.values()), series), sheet
