"""Number sources in the order in which they are first cited."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.statements import Statement


@dataclass
class Cites:
    """The sources cited so far; `order` holds one statement of each."""

    order: list[Statement] = field(default_factory=list)
    number: dict[str, int] = field(default_factory=dict)

    def of(self, said: Iterable[Statement]) -> tuple[int, ...]:
        """Return the numbers of the sources of some statements, each once, ascending."""
        every = list(said)
        for statement in every:
            if str(statement.source) not in self.number:
                self.order.append(statement)
                self.number[str(statement.source)] = len(self.order)
        return tuple(sorted({self.number[str(statement.source)] for statement in every}))
