"""One contract for every backend, and versions on disk that survive bad files, rivals and kills."""

import errno
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
import rdflib
from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS

from kg.convert import Quad
from kg.dataset import add_quads, iter_quads, memory_dataset, open_dataset
from kg.errors import ExportError, StoreError
from kg.export.files import write_file
from kg.facts import links, pairs, subjects
from kg.loading import load_native, slices
from kg.query.run import run_query
from kg.store import (
    CURRENT,
    current_version,
    native,
    new_version,
    write_atomically,
)
from kg.terms import KG

A, B, G = (URIRef(f"https://example.org/{name}") for name in "abg")
QUADS: list[Quad] = [
    (A, RDF.type, KG.City, None),
    (A, RDFS.label, Literal('quo"te\n', lang="en"), None),
    (A, KG.name, Literal("plain"), None),
    (B, KG.partOf, A, None),
    (B, KG.partOf, B, G),
]


def disk(tmp_path: Path) -> rdflib.Dataset:
    """Put the quads through a build folder."""
    from kg.convert import to_nquad

    with new_version(tmp_path, "one") as folder:
        data = folder / "data.nq"
        data.write_text("".join(f"{to_nquad(quad)}\n" for quad in QUADS), encoding="utf-8")
        store = load_native(folder, [data])
        store.flush()
        del store
    return open_dataset(tmp_path)


def in_memory(_: Path) -> rdflib.Dataset:
    dataset = memory_dataset(backend="oxigraph")
    add_quads(dataset, iter(QUADS))
    return dataset


def in_rdflib(_: Path) -> rdflib.Dataset:
    dataset = memory_dataset(backend="rdflib")
    add_quads(dataset, iter(QUADS))
    return dataset


Backend = Callable[[Path], rdflib.Dataset]
every_backend = pytest.mark.parametrize("backend", [disk, in_memory, in_rdflib])


@every_backend
def test_what_goes_in_comes_out(backend: Backend, tmp_path: Path) -> None:
    assert set(iter_quads(backend(tmp_path))) == set(QUADS)


@every_backend
def test_a_plain_query_sees_the_default_graph_alone(backend: Backend, tmp_path: Path) -> None:
    dataset = backend(tmp_path)
    assert [row[0] for row in run_query(dataset, "SELECT ?o { ?s kg:partOf ?o }").rows] == [A]
    rows = run_query(dataset, "SELECT ?g ?o { GRAPH ?g { ?s kg:partOf ?o } FILTER(?g = ?wanted) }", {"wanted": G}).rows
    assert list(rows) == [(G, B)]


@every_backend
def test_facts_of_one_predicate_are_those_of_the_default_graph(backend: Backend, tmp_path: Path) -> None:
    dataset = backend(tmp_path)
    assert list(pairs(dataset, KG.partOf)) == [(str(B), str(A))]
    assert list(links(dataset, KG.partOf)) == [(str(A), [str(B)])]
    assert list(subjects(dataset, KG.partOf, A)) == [str(B)]
    assert list(links(dataset, KG.unitOf)) == []
    assert list(subjects(dataset, KG.unitOf, A)) == []


@pytest.mark.parametrize("name", ["a,b;'c", "%20d#e?f=g&h", "東京\u2028", "a*b(c)"])
def test_links_hold_iris_of_every_kind(name: str) -> None:
    dataset, odd = memory_dataset(), URIRef(f"https://example.org/{name}")
    add_quads(dataset, [(odd, KG.partOf, A, None), (B, KG.partOf, A, None), (A, KG.partOf, odd, None)])
    found = {(subject, value) for value, every in links(dataset, KG.partOf) for subject in every}
    assert found == {(str(odd), str(A)), (str(B), str(A)), (str(A), str(odd))}


@every_backend
def test_values_are_bound_and_our_prefixes_are_preset(backend: Backend, tmp_path: Path) -> None:
    rows = run_query(backend(tmp_path), "SELECT ?s { ?s kg:partOf ?whole }", {"whole": A}).rows
    assert list(rows) == [(B,)]


@every_backend
def test_rdflibs_own_api_reads_it(backend: Backend, tmp_path: Path) -> None:
    dataset = backend(tmp_path)
    assert dataset.value(A, RDFS.label) == Literal('quo"te\n', lang="en")
    assert (B, KG.partOf, B) not in dataset
    assert (B, KG.partOf, B) in dataset.graph(G)


def test_an_unknown_backend_is_the_callers_slip() -> None:
    with pytest.raises(ValueError, match="no such backend"):
        memory_dataset(backend="sqlite")  # type: ignore[arg-type]


def test_nothing_built_yet_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run `kg build`"):
        open_dataset(tmp_path / "build")


@pytest.mark.parametrize(
    "damage",
    [
        lambda build: (build / "CURRENT").write_text("gone\n"),
        lambda build: (build / "CURRENT").write_text("../../etc\n"),
        lambda build: (build / "CURRENT").write_bytes(b"\xff\xfe"),
        lambda build: (build / "one" / "store" / "CURRENT").unlink(),
        lambda build: (build / "one" / "store" / "CURRENT").write_text("MANIFEST-999999\n"),
        lambda build: [path.unlink() for path in (build / "one" / "store").glob("MANIFEST*")],
        lambda build: [path.write_bytes(path.read_bytes()[:9]) for path in (build / "one" / "store").glob("MANIFEST*")],
    ],
    ids=["absent version", "path trick", "not text", "no CURRENT", "wrong CURRENT", "no manifest", "cut manifest"],
)
def test_a_damaged_build_is_one_clear_error(damage: Callable[[Path], object], tmp_path: Path) -> None:
    disk(tmp_path)
    damage(tmp_path)
    with pytest.raises(StoreError, match=r"kg build|cannot read"):
        open_dataset(tmp_path)


def test_a_failed_build_leaves_the_version_in_use(tmp_path: Path) -> None:
    disk(tmp_path)
    with pytest.raises(ZeroDivisionError), new_version(tmp_path, "two") as folder:
        (folder / "data.nq").write_text(str(1 / 0))
    assert current_version(tmp_path) == tmp_path / "one"
    with new_version(tmp_path, "three"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["one", "three"]


def test_all_of_a_version_is_on_disk_before_it_is_pointed_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, the names in their folders, and that of the version: in this order."""
    done: list[str] = []

    def noted(handle: int) -> None:
        pointed = (tmp_path / CURRENT).exists()
        done.append(f"{Path(f'/proc/self/fd/{handle}').readlink().name}{' in use' if pointed else ''}")

    monkeypatch.setattr("os.fsync", noted)
    with new_version(tmp_path, "one") as folder:
        (folder / "store").mkdir()
        for name in ("data.nq", "store/table.sst"):
            (folder / name).touch()
    unfinished = folder.name
    assert done[:-2] == ["data.nq", "store", "table.sst", unfinished, tmp_path.name]
    assert done[-2].startswith(f".{CURRENT}")
    assert done[-1] == f"{tmp_path.name} in use"


def test_two_builders_do_not_meet(tmp_path: Path) -> None:
    with new_version(tmp_path, "one"), pytest.raises(StoreError, match="another build"), new_version(tmp_path, "two"):
        pass


def test_a_reader_keeps_what_it_opened_while_builds_go_on(tmp_path: Path) -> None:
    dataset = disk(tmp_path)
    for name in ("two", "three"):
        with new_version(tmp_path, name) as folder:
            del folder
    assert set(iter_quads(dataset)) == set(QUADS)


def test_a_write_that_fails_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        write_atomically(path, None)  # type: ignore[arg-type]
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(
    "write", [write_atomically, lambda path, data: write_file(path, [data])], ids=["page", "export"]
)
def test_a_disk_that_is_read_only_is_told(
    write: Callable[[Path, bytes], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a disk also refuses to remove a file that was never there, which must not hide the first refusal."""

    def refused(path: Path, *_: object, **__: object) -> NoReturn:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises((OSError, ExportError), match="Read-only file system") as raised:
        write(tmp_path / "file", b"new")
    assert raised.value.__context__ is None or raised.value.__context__ is raised.value.__cause__


def test_a_link_stays_a_link_to_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to("file")
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, b"new")
        assert os.read(reader, 9) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_read_only_store_refuses_writes(tmp_path: Path) -> None:
    store = native(disk(tmp_path))
    assert store is not None
    with pytest.raises(RuntimeError, match="read-write instances"):
        store.clear()


def write_change(root: Path, turn: int) -> None:
    """Change one file, which patches the build."""
    changed = root / "records" / "parties" / "zz-turn.yaml"
    changed.write_text(
        f"cities: [{{id: turn-{turn}, name: x, evidence: [{{source: rastranews-2025-11-26, says: x}}]}}]\n",
        encoding="utf-8",
    )


def write_version(root: Path, turn: int) -> None:
    """Change what all is built with, so that everything is built anew."""
    config = root / "kg.toml"
    text = re.sub(
        r'^version = ".*"$', f'version = "1.0.{turn}"', config.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    config.write_text(text, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("change", [write_change, write_version], ids=["patched", "built whole"])
def test_a_build_killed_at_any_moment_leaves_the_previous_one_readable(
    demo: Path, change: Callable[[Path, int], None]
) -> None:
    """Ten kills, at moments spread over such a build by a fixed seed; each time the old answer still comes."""
    build = [sys.executable, "-m", "kg", "--quiet", "build", str(demo)]
    subprocess.run(build, check=True, stderr=subprocess.DEVNULL)
    change(demo, 0)
    started = time.monotonic()
    subprocess.run(build, check=True, stderr=subprocess.DEVNULL)
    length = time.monotonic() - started
    moments = random.Random(20)  # noqa: S311 - spread, not secret
    killed = 0
    for turn in range(1, 11):
        change(demo, turn)
        before = current_version(demo / "build")
        process = subprocess.Popen(build, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(moments.uniform(0.1, length))
        os.killpg(process.pid, signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        after = current_version(demo / "build")
        assert after is not None
        rows = run_query(open_dataset(demo / "build"), "SELECT (COUNT(*) AS ?n) { ?m a kg:Meeting }").rows
        assert [str(row[0]) for row in rows] == ["121"]
        assert after == before or (after / "manifest.json").is_file()
    assert killed > 5


@pytest.mark.parametrize("size", [1, 3, 4, 100])
def test_slices_of_a_file_are_whole_lines(size: int, tmp_path: Path) -> None:
    file = tmp_path / "lines"
    file.write_bytes(b"abc\n\nde\nf")
    found = list(slices(file, size))
    assert b"".join(found) == file.read_bytes()
    assert all(lines.endswith(b"\n") for lines in found[:-1])


def test_a_store_is_loaded_in_several_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.convert import to_nquad

    monkeypatch.setattr("kg.loading.SLICE", 10)
    data = tmp_path / "data.nq"
    data.write_text("".join(f"{to_nquad(quad)}\n" for quad in QUADS), encoding="utf-8")
    assert len(load_native(tmp_path, [data])) == len(QUADS)
