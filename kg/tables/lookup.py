"""Value tables: words and what they stand for, with the tables they add to followed to the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import TableError, did_you_mean, shown
from kg.resources import mappings_folder
from kg.tables.loading import LoadedMapping
from kg.tables.manual import read_manual
from kg.tables.mapping import ValueTable


@dataclass(frozen=True)
class Lookup:
    """One value table, ready to be asked."""

    name: str
    case: bool
    values: Mapping[str, tuple[str, ...]]

    def find(self, word: str) -> tuple[str, ...] | None:
        """Return what a word stands for; None when the table does not know it."""
        return self.values.get(word if self.case else word.casefold())

    def hint(self, word: str) -> str:
        """Say which word may have been meant."""
        return did_you_mean(word, self.values) if len(self.values) < 2000 else ""  # noqa: PLR2004 - slow beyond


def lookup(mapping: LoadedMapping, name: str) -> Lookup:
    """Return a value table with all it extends.

    Raises:
        TableError: there is no such table, or tables extend each other in a circle.
    """
    chain: list[str] = []
    tables: list[ValueTable] = []
    wanted: str | None = name
    while wanted is not None:
        at = mapping.manual.locate(("tables", chain[-1], "extends") if chain else ("tables", name))
        if wanted in chain:
            raise TableError(f"value tables extend each other in a circle: {' -> '.join([*chain, wanted])}", at)
        found = mapping.rules.tables.get(wanted) or _shipped(wanted)
        if found is None or (chain and wanted == chain[-1]):
            raise TableError(f"there is no value table {shown(wanted)}{did_you_mean(wanted, mapping.rules.tables)}", at)
        chain.append(wanted)
        tables.append(found)
        wanted = found.extends
    case = tables[0].case
    values: dict[str, tuple[str, ...]] = {}
    for table in reversed(tables):
        for word, value in table.values.items():
            values[word if case else word.casefold()] = (value,) if isinstance(value, str) else value
    return Lookup(name, case, values)


@cache
def _shipped(name: str) -> ValueTable | None:
    """Return a table that comes with kg, such as `countries`."""
    folder = mappings_folder() / "tables"
    path = folder / f"{name}.yaml"
    if "/" in name or "\\" in name or not path.is_file():
        return None
    return ValueTable.model_validate(read_manual(path).value)
