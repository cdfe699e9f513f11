"""Files that are edited while a build reads them: no version is named after one text and holds another."""

from collections.abc import Callable
from pathlib import Path

import pytest
import tiny

from kg.build import build_collection
from kg.build.inputs import Inputs, inputs_of
from kg.collection import Collection, open_collection
from kg.errors import KgError
from kg.store import current_version

Edit = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a collection of several files that was never built."""
    root = tiny.write(tmp_path / "c", tiny.WORLD)
    for name in ("yearly", "fortnightly"):
        (root / "records" / f"{name}.yaml").write_text(f"sources: [{{id: {name}, outlet: A}}]\n", encoding="utf-8")
    return root


def put(name: str, text: str) -> Edit:
    """Return an edit that saves a file."""
    return lambda root: (root / name).write_text(text, encoding="utf-8")


def lose(root: Path) -> None:
    (root / "records" / "yearly.yaml").unlink()


YEARLY = "sources: [{id: yearly, outlet: B}]\n"


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch, root: Path) -> Callable[[Edit], None]:
    """Give a function that lets an edit happen once the next build has looked at its files, before it reads them."""

    def happens(edit: Edit) -> None:
        def looked_at(collection: Collection) -> Inputs:
            monkeypatch.undo()
            inputs = inputs_of(collection)
            edit(root)
            return inputs

        monkeypatch.setattr("kg.build.inputs_of", looked_at)

    return happens


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (put("records/yearly.yaml", YEARLY), "records/yearly.yaml"),
        (put("records/new.yaml", "sources: [{id: new, outlet: N}]\n"), "records/new.yaml"),
        (lose, "records/yearly.yaml"),
        (put("identity.yaml", "# none yet\n"), "identity.yaml"),
    ],
    ids=["another text", "a new file", "a file less", "other decisions"],
)
def test_a_first_build_is_refused(edit: Edit, named: str, root: Path, meanwhile: Callable[[Edit], None]) -> None:
    meanwhile(edit)
    with pytest.raises(KgError, match=f"^{named}.* changed while .* was read; run `kg build` again"):
        tiny.build(root)
    assert not (root / "build").exists()
    assert build_collection(open_collection(root)).is_new


@pytest.mark.parametrize("further", [YEARLY, "sources: [{id: yearly, outlet: A, copy_of: daily}]\n"])
def test_a_later_build_is_refused_and_the_former_stays(
    further: str, root: Path, meanwhile: Callable[[Edit], None]
) -> None:
    """The records of a patch are those of changed files alone, or all of them: both are looked at again."""
    tiny.build(root)
    former = current_version(root / "build")
    put("records/yearly.yaml", "sources: [{id: yearly, outlet: C}]\n")(root)
    meanwhile(put("records/yearly.yaml", further))
    with pytest.raises(KgError, match=r"records/yearly.yaml changed while"):
        tiny.build(root)
    assert current_version(root / "build") == former
    made = build_collection(open_collection(root))
    clean = build_collection(open_collection(root), into=root.parent / "clean")
    assert made.version.name == clean.version.name
    assert (made.version / "data.nq").read_bytes() == (clean.version / "data.nq").read_bytes()
