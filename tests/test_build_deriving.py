"""Deriving in parts says what the rules say of the whole: they stay the one definition."""

from pathlib import Path

import pytest

import kg
from kg import rules
from kg.build.asserting import Asserted
from kg.build.deriving import MEETINGS, TIES, derive
from kg.build.version import write_data
from kg.check import check_collection
from kg.collection import open_collection
from kg.loading import load_native
from kg.prefixes import BASE

DATA = Path(kg.__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what the shipped collection asserts, sorted; it has units, tenures, cooperations and steps."""
    folder = tmp_path_factory.mktemp("lines")
    collection = open_collection(DATA)
    asserted = Asserted(collection, folder)
    for entry in check_collection(collection).entries:
        asserted.add(entry)
    asserted.finish()
    write_data(folder / "data.nq", asserted.lines.merged(), between=b"\n")
    asserted.close()
    return folder / "data.nq"


@pytest.mark.parametrize("number", [1, 7])
def test_the_parts_say_what_the_whole_does(number: int, lines: Path, tmp_path: Path) -> None:
    whole = {
        file.stem: set(file.read_text(encoding="utf-8").splitlines())
        for file in rules.derive(load_native(tmp_path, [lines]), tmp_path, base=BASE)
    }
    found: dict[str, set[str]] = {}
    for file in derive(lines, tmp_path, base=BASE, size=lines.stat().st_size // number + 1):
        found.setdefault(file.stem, set()).update(file.read_text(encoding="utf-8").splitlines())
    assert found == {name: said for name, said in whole.items() if name in MEETINGS | TIES}
    assert all(found.values()), "each rule derives something here"


def test_every_shipped_rule_is_derived_once() -> None:
    assert not MEETINGS & TIES
    assert {path.stem for path in rules.rule_files()} >= MEETINGS | TIES
