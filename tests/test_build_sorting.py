"""Sorting more than memory holds: the same lines as sorting them all, each once, and nothing left on disk."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile

import pyoxigraph as ox
import pytest
import tiny
from hypothesis import given
from hypothesis import strategies as st

from kg.build import storing
from kg.build.asserting import Asserted
from kg.build.sorting import Sorter, merge, read_blocks
from kg.check import check_collection
from kg.collection import open_collection
from kg.loading import load_native


def by_subject(lines: list[str]) -> list[str]:
    """Make blocks as one record does: a text per subject, its lines sorted."""
    subjects = {line.partition(" ")[0] for line in lines}
    return ["".join(sorted({line for line in lines if line.startswith(f"{one} ")})) for one in subjects]


LINES = st.builds(
    "{} {} .\n".format, st.sampled_from(["<a>", "<a-b>", "<ab>", "<é>", "<川>"]), st.sampled_from(["1", "2", "é", "川"])
)
BLOCKS = st.lists(st.lists(LINES, min_size=1, max_size=4).map(by_subject), max_size=8)


@given(BLOCKS, st.sampled_from([1, 20, 10_000]))
def test_blocks_come_out_as_all_their_lines_sorted(blocks: list[list[str]], limit: int) -> None:
    with closing(Sorter(Path(), limit=limit)) as sorter:
        for record in blocks:
            sorter.add(record)
        merged = list(sorter.merged())
    wanted = sorted({line for record in blocks for block in record for line in block.splitlines(keepends=True)})
    assert b"".join(merged).decode() == "".join(wanted)
    assert len({block.partition(b" ")[0] for block in merged}) == len(merged), "a subject is one block"


@given(BLOCKS)
def test_sorted_streams_merge_into_one(blocks: list[list[str]]) -> None:
    flat = sorted(block.encode() for record in blocks for block in record)
    assert list(merge([flat[::2], flat[1::2]])) == list(merge([flat]))


@given(st.lists(st.lists(LINES, min_size=1).map(lambda lines: by_subject(lines)[0])))
def test_blocks_in_a_file_are_parted_by_blank_lines(blocks: list[str]) -> None:
    data = "".join(f"{block}\n" for block in blocks).encode()
    with TemporaryFile() as stream:
        stream.write(data)
        stream.flush()
        for chunk in (1, 7, 1000):
            assert [block.decode() for block in read_blocks(stream, 0, len(data), chunk=chunk)] == blocks


def test_what_is_put_aside_has_no_name(tmp_path: Path) -> None:
    with closing(Sorter(tmp_path, limit=10)) as sorter:
        sorter.add(["<a> <b> 1 .\n"] * 5)
        assert list(tmp_path.iterdir()) == []
        assert list(sorter.merged()) == [b"<a> <b> 1 .\n"]


def test_nothing_is_put_aside_that_fits(tmp_path: Path) -> None:
    with closing(Sorter(tmp_path / "absent")) as sorter:
        sorter.add(["<a> 1 .\n"])
        assert list(sorter.merged()) == [b"<a> 1 .\n"]
    with closing(Sorter(tmp_path / "absent", limit=1)) as sorter, pytest.raises(FileNotFoundError):
        sorter.add(["<a> 1 .\n"])


def test_what_was_put_aside_is_given_up_before_a_store_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = open_collection(tiny.write(tmp_path, tiny.WORLD))
    asserted, loaded = Asserted(collection, tmp_path), []
    asserted.lines = Sorter(tmp_path, limit=1)
    for entry in check_collection(collection).entries:
        asserted.add(entry)
    asserted.finish()

    def load(version: Path, files: list[Path]) -> ox.Store:
        with pytest.raises(ValueError, match="closed file"):
            list(asserted.lines.merged())
        loaded.extend(files)
        return load_native(version, files)

    monkeypatch.setattr(storing, "load_native", load)
    (tmp_path / "version").mkdir()
    with closing(asserted):
        storing.fill(tmp_path / "version", asserted, collection)
    assert loaded
