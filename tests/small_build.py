"""A collection whose build holds the small world, made without reading records."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result
from small_world import small_dataset

from kg.cli import cli
from kg.export import export
from kg.loading import load_native
from kg.store import new_version

Run = Callable[..., Result]


def small_collection(root: Path) -> Path:
    """Make a collection folder that is built; return it."""
    (root / "kg.toml").write_text('title = "Small world"\n', encoding="utf-8")
    with new_version(root / "build", "small") as folder:
        data = b"".join(export(small_dataset(), "nquads"))
        (folder / "data.nq").write_bytes(data)
        manifest = {"sha256": {"data.nq": hashlib.sha256(data).hexdigest()}}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        store = load_native(folder, [folder / "data.nq"])
        store.flush()
        del store
    return root


def runner(root: Path) -> Run:
    """Return a function that runs `kg` on a folder; errors that are not click's come out as they are."""

    def invoke(*args: str) -> Result:
        return CliRunner().invoke(cli, ["-C", str(root), *args], catch_exceptions=False)

    return invoke
