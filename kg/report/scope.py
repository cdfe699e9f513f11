"""What a report looks at: an opened build, a day, a language, and the cooperations known by that day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg.cooperations import read_cooperations
from kg.iris import mint, parse, to_curie
from kg.lifecycle import Cooperation, Event, State, state
from kg.names import Names
from kg.network import Window
from kg.network.window import seen_until
from kg.report.words import Words
from kg.tabular import Cell, Table
from kg.values import Iri

MOST_PERIODS = 24
_WIDTHS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


@dataclass(frozen=True)
class Scope:
    """The build and the day; `stale_days` as in `kg.toml`."""

    names: Names
    as_of: date
    stale_days: Mapping[str, int]
    say: Words

    @cached_property
    def states(self) -> tuple[State, ...]:
        """Where each cooperation stands that anything was known of by the day."""
        every = read_cooperations(self.names, self.as_of)
        return tuple(state(each, self.as_of, self.stale_days) for each in every)

    @cached_property
    def window(self) -> Window:
        """The days that count: up to the day, or all of them where no held meeting lies after it."""
        return seen_until(self.names.dataset, self.as_of)

    @property
    def cooperations(self) -> list[Cooperation]:
        """The cooperations known by the day."""
        return [each.cooperation for each in self.states]

    def ask(self, text: str) -> list[tuple[str, ...]]:
        """Return the rows of a query as text, empty where unbound."""
        return [tuple("" if term is None else str(term) for term in row) for row in self.names.select(text)]

    def label(self, iri: str) -> str:
        """Return what a thing is called; nothing for nothing."""
        return self.names.label(iri) if iri else ""

    def stage(self, key: str) -> str:
        """Return what a stage is called."""
        return self.names.label(mint("stage", key)) if key else self.say("no_stage")

    def curie(self, iri: str) -> str:
        """Return the short form of an IRI."""
        return to_curie(iri, base=self.names.base)

    def whole(self, cooperation: Cooperation) -> str:
        """Return the name of a cooperation; of a derived one, those of its parties."""
        return self.label(cooperation.thing) if cooperation.thing else self.parties(cooperation)

    def parties(self, cooperation: Cooperation) -> str:
        """Return the names of a cooperation's parties."""
        return ", ".join(self.names.label(party) for party in cooperation.parties)

    def sheet(self, title: str, columns: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> Table:
        """Make a table with its title and columns in the language of the report."""
        return Table(self.say(title), self.say.all(*columns), tuple(rows))


def stage_key(stage: Iri | None) -> str:
    """Return the id of a stage; nothing for none."""
    name = parse(stage) if stage else None
    return name.key if name else ""


def reached(cooperation: Cooperation, day: date) -> list[Event]:
    """Return the steps that had surely happened by a day, ends left out, in order of time."""
    steps = [step for step in cooperation.steps if not step.is_end and step.by and step.by <= day]
    return sorted(steps, key=lambda step: (step.by or day, step.rank, step.thing))


def highest(cooperation: Cooperation, day: date) -> tuple[int, str]:
    """Return rank and id of the highest stage reached by a day; 0 and nothing when none was."""
    steps = reached(cooperation, day)
    best = max(steps, key=lambda step: step.rank, default=None)
    return (best.rank, stage_key(best.stage)) if best else (0, "")


def periods(first: int, last: int) -> list[tuple[str, range]]:
    """Return the years from first to last, or runs of years where they would be too many to draw."""
    size = next(width for width in _WIDTHS if (last - first) // width < MOST_PERIODS or width == _WIDTHS[-1])
    start = first - first % size if size > 1 else first
    runs = [range(year, year + size) for year in range(start, last + 1, size)]
    return [(str(run[0]) if size == 1 else f"{run[0]}–{run[-1]}", run) for run in runs]
