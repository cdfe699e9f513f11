"""A collection whose build holds the small world, made without reading records."""

from pathlib import Path

from small_world import small_dataset

from kg.export import export
from kg.store import load_native, new_version


def small_collection(root: Path) -> Path:
    """Make a collection folder that is built; return it."""
    (root / "kg.toml").write_text('title = "Small world"\n', encoding="utf-8")
    with new_version(root / "build", "small") as folder:
        (folder / "data.nq").write_bytes(b"".join(export(small_dataset(), "nquads")))
        store = load_native(folder, [folder / "data.nq"])
        store.flush()
        del store
    return root
