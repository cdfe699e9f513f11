"""Each notebook runs from top to bottom, far from the checkout, and is kept without its outputs."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@every_notebook
def test_a_notebook_opens_with_its_question_and_its_data(path: Path) -> None:
    first = nbformat.read(path, as_version=4).cells[0]
    assert first.cell_type == "markdown"
    assert "?" in first.source
    assert "Data:" in first.source


@every_notebook
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.source for cell in cells if cell.outputs or cell.execution_count is not None] == []


@every_notebook
def test_a_notebook_defines_little(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.source for cell in cells if cell.cell_type == "code" and "def " in cell.source] == []


@pytest.mark.notebook
@every_notebook
def test_a_notebook_runs(path: Path, demo: Path) -> None:
    beside = demo.parent / "notebooks"
    shutil.copytree(ROOT / "notebooks", beside, ignore=shutil.ignore_patterns("*.ipynb", ".*"))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(beside)}}).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert [output.output_type for output in cell.outputs], f"no answer to: {cell.source}"
            assert [output for output in cell.outputs if output.get("name") == "stderr"] == []
