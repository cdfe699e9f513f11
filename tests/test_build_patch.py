"""A change of a few files patches the build before it: every byte is that of a build from nothing."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox
import pytest
from edits import ways_of_builds
from hypothesis import given
from hypothesis import strategies as st
from registers import records

import kg
from kg.build import Build, build_collection
from kg.build.kept import KEPT
from kg.build.near import Unchanged, are_right_still
from kg.build.splicing import splice
from kg.collection import open_collection
from kg.errors import Location, RecordError
from kg.read import Entry
from kg.records import City

LINES = st.sets(st.text("ab é川", max_size=3).map("{}\n".format))


@given(LINES, LINES, LINES)
def test_splicing_takes_out_and_puts_in(found: set[str], without: set[str], plus: set[str]) -> None:
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        source.write_bytes("".join(sorted(found)).encode())
        splice(source, target, without=without, plus=plus)
        assert target.read_bytes().decode() == "".join(sorted((found - without) | plus))


MEETINGS = 60
EXTRA: list[dict[str, Any]] = [
    {"kind": "cooperation", "id": "buses", "name": "Buses", "parties": ["city-0", "party-0"],
     "steps": [{"id": "start", "stage": "proposed", "date": "2012", "evidence": [{"source": "source-0", "says": "x"}]}],
     "evidence": [{"source": "source-0", "says": "They run buses."}]},
    {"kind": "post", "id": "head", "name": "Head", "of": "city-0", "evidence": [{"source": "source-0", "says": "x"}]},
]  # fmt: skip


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a register of a file a meeting."""
    root = tmp_path_factory.mktemp("register") / "c"
    (root / "records").mkdir(parents=True)
    (root / "kg.toml").write_text('title = "T"\n', encoding="utf-8")
    others: list[dict[str, Any]] = [*EXTRA]
    for record in records(MEETINGS):
        if record["kind"] == "meeting":
            put(root, [record], record["id"])
        else:
            others.append(record)
    put(root, others, "others")
    build_collection(open_collection(root))
    return root


def put(root: Path, lines: list[dict[str, Any]], name: str) -> None:
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (root / "records" / f"{name}.jsonl").write_text(text, encoding="utf-8")


def taken(root: Path, name: str) -> list[dict[str, Any]]:
    text = (root / "records" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def edit(name: str, **fields: object) -> Callable[[Path], None]:
    """Return a change of one meeting; None leaves a field out."""

    def change(root: Path) -> None:
        (meeting,) = taken(root, name)
        put(root, [{key: value for key, value in (meeting | fields).items() if value is not None}], name)

    return change


def rename(root: Path) -> None:
    others = taken(root, "others")
    others[-1] |= {"name": "Another name"}
    put(root, others, "others")


def add(root: Path) -> None:
    made = taken(root, "meeting-8")[0] | {"id": "extra", "name": {"en": "Extra", "zh-Hant": "會議"}}
    put(root, [made | {"people": [{"official": "official-3"}, {"official": "official-4"}]}], "extra")


def lose(root: Path) -> None:
    (root / "records" / "meeting-11.jsonl").unlink()


def two(root: Path) -> None:
    edit("meeting-8", parties=["city-0", "party-0", "party-1"])(root)
    edit("meeting-12", status="planned", stage=None, instrument=None)(root)


def move(root: Path) -> None:
    (root / "records" / "meeting-5.jsonl").rename(root / "records" / "aside.jsonl")


def hand_over(root: Path) -> None:
    others = taken(root, "others")
    next(record for record in others if record["id"] == "head")["of"] = "party-0"
    put(root, others, "others")


def many(root: Path) -> None:
    for number in range(MEETINGS // 10 + 1):
        edit(f"meeting-{number}", note="Looked at again.")(root)


def emigrate(root: Path) -> None:
    others = {record["id"]: record for record in taken(root, "others")}
    others["city-0"]["country"] = "NZ"
    del others["party-1"]["country"]
    put(root, [*others.values()], "others")


PEOPLE = [{"official": "official-1", "for": "city-0", "role": "host"}, {"official": "official-2"}]
SAID = {"source": "source-29", "says": "x"}
CLAIM = {"source": "source-1", "claims": {"date": "2001"}}
PATCHED: dict[str, Callable[[Path], None]] = {
    "other people": edit("meeting-8", people=PEOPLE),
    "an earlier day": edit("meeting-8", date="2010-01", people=PEOPLE),
    "another stage": edit("meeting-8", stage="mou-signed", instrument="mou"),
    "a stage further than its cooperation had got": edit("meeting-13", stage="mou-signed", instrument="mou"),
    "other words": edit("meeting-8", note='日本語 "quoted"\u2028', evidence=[{"source": "source-29", "quote": "x"}]),
    "a claim": edit("meeting-8", evidence=[SAID, CLAIM]),
    "parties of another country and of none": emigrate,
    "a meeting of another cooperation": edit("meeting-8", cooperation="buses", parties=["city-0", "party-0"]),
    "a meeting more": add,
    "a meeting less": lose,
    "two meetings": two,
    "a file of another name": move,
    "a cooperation of another name": rename,
    "a strange order, of which it warns": edit("meeting-9", date="2009-01-01", people=PEOPLE),
}  # fmt: skip
ANEW: dict[str, Callable[[Path], None]] = {
    "a post of another body": hand_over,
    "more than a tenth of the files": many,
}


def outcome(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Build, bool]:
    """Build, and say whether the build before was patched."""
    patched = ways_of_builds(monkeypatch)
    made = build_collection(open_collection(root))
    monkeypatch.undo()
    return made, patched[-1]


def stored(made: Build) -> bytes:
    """Return what a version's store holds, sorted."""
    dumped = ox.serialize(ox.Store.read_only(str(made.version / "store")), format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(dumped.splitlines(keepends=True)))


@pytest.mark.parametrize("name", [*PATCHED, *ANEW])
def test_a_change_gives_the_bytes_of_a_build_from_nothing(
    name: str, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shutil.copytree(register, tmp_path / "c")
    (PATCHED | ANEW)[name](root)
    made, patched = outcome(root, monkeypatch)
    assert patched is (name in PATCHED)
    clean = build_collection(open_collection(root), into=tmp_path / "clean")
    assert made.version.name == clean.version.name
    files = sorted(path.name for path in clean.version.iterdir() if path.is_file())
    assert sorted(path.name for path in made.version.iterdir() if path.is_file()) == files
    assert [file for file in files if (made.version / file).read_bytes() != (clean.version / file).read_bytes()] == []
    assert stored(made) == stored(clean) == (clean.version / "data.nq").read_bytes()


def test_a_collection_with_warnings_is_patched_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = Path(kg.__file__).parents[1] / "data"
    root = shutil.copytree(shipped, tmp_path / "c", ignore=shutil.ignore_patterns("build"))
    assert build_collection(open_collection(root)).issues
    file = max((root / "records" / "meetings").iterdir())
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("      en: ", "      en: Later ", 1), encoding="utf-8")
    made, patched = outcome(root, monkeypatch)
    assert patched
    clean = build_collection(open_collection(root), into=tmp_path / "clean")
    assert made.issues == clean.issues
    files = sorted(path.name for path in clean.version.iterdir() if path.is_file())
    assert [file for file in files if (made.version / file).read_bytes() != (clean.version / file).read_bytes()] == []
    assert stored(made) == stored(clean) == (clean.version / "data.nq").read_bytes()


def test_a_change_is_built_anew_where_ids_are_merged(
    register: Path, tmp_path: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shutil.copytree(register, tmp_path / "c")
    assert run("-C", root, "same", "merge", "party-1", "party-0", "--reason", "two names").code == 0
    build_collection(open_collection(root))
    edit("meeting-8", parties=["city-0", "party-1"])(root)
    made, patched = outcome(root, monkeypatch)
    assert not patched
    clean = build_collection(open_collection(root), into=tmp_path / "clean")
    assert (made.version / "data.nq").read_bytes() == (clean.version / "data.nq").read_bytes()


def test_a_decision_about_a_record_that_goes_is_told(register: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    root = shutil.copytree(register, tmp_path / "c")
    both = ("meeting:meeting-8", "meeting:meeting-11")
    assert run("-C", root, "same", "not-same", *both, "--reason", "two meetings").code == 0
    build_collection(open_collection(root))
    lose(root)
    with pytest.raises(RecordError) as error:
        build_collection(open_collection(root))
    assert [issue.code for issue in error.value.issues] == ["identity-unknown-id"]


def test_patches_upon_patches_stay_true(register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = shutil.copytree(register, tmp_path / "c")
    for name in ("other people", "a meeting more", "an earlier day", "a meeting less"):
        PATCHED[name](root)
        made, patched = outcome(root, monkeypatch)
        assert patched
    clean = build_collection(open_collection(root), into=tmp_path / "clean")
    assert stored(made) == stored(clean) == (made.version / "data.nq").read_bytes()


def test_a_patch_leaves_the_store_it_comes_from_as_it_was(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shutil.copytree(register, tmp_path / "c")
    before = build_collection(open_collection(root))
    held = {path.name: path.read_bytes() for path in (before.version / "store").iterdir()}
    PATCHED["other people"](root)
    assert outcome(root, monkeypatch)[1]
    assert {path.name: path.read_bytes() for path in (before.version / "store").iterdir()} == held


@pytest.mark.parametrize("left", [0, 30, -40], ids=["nothing", "half a line", "all but the end"])
def test_records_kept_in_part_are_not_built_upon(left: int, register: Path, tmp_path: Path) -> None:
    """What is missing of them would be taken for gone: every later build would lose it."""
    root = shutil.copytree(register, tmp_path / "c")
    kept = build_collection(open_collection(root)).version / KEPT
    kept.write_bytes(kept.read_bytes()[:left])
    PATCHED["other words"](root)
    made = build_collection(open_collection(root))
    clean = build_collection(open_collection(root), into=tmp_path / "clean")
    for name in (KEPT, "data.nq", "places.json", "manifest.json"):
        assert (made.version / name).read_bytes() == (clean.version / name).read_bytes()


def test_a_store_with_damaged_blocks_is_told_and_not_built_upon(
    register: Path, tmp_path: Path, run: Callable[..., Any]
) -> None:
    root = shutil.copytree(register, tmp_path / "c")
    for table in (build_collection(open_collection(root)).version / "store").glob("*.sst"):
        data = table.read_bytes()
        if len(data) > 20_000:  # of smaller ones, all is read when they are opened
            table.write_bytes(bytes(byte ^ 255 for byte in data[:10_000]) + data[10_000:])
    told = run("-C", root, "show", "meeting-8")
    assert (told.code, told.out, told.err.count("\n")) == (3, "", 1)
    assert "delete its folder and run `kg build` again" in told.err
    PATCHED["other words"](root)
    made = build_collection(open_collection(root))
    clean = build_collection(open_collection(root), into=tmp_path / "clean")
    assert stored(made) == stored(clean) == (clean.version / "data.nq").read_bytes()


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"parties": ["nobody"]}, ":1:95 parties[0]"),
        ({"evidence": [SAID, CLAIM | {"claims": {"stage": "nonsense"}}]}, ":1:354 evidence[1].claims.stage"),
    ],
    ids=["a party that does not exist", "a claim that cannot be meant"],
)
def test_a_change_for_the_worse_is_told_with_its_place(
    fields: dict[str, Any], place: str, register: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(register, tmp_path / "c")
    before = build_collection(open_collection(root)).version
    edit("meeting-8", **fields)(root)
    with pytest.raises(RecordError) as error:
        build_collection(open_collection(root))
    assert [str(issue.at) for issue in error.value.issues] == [f"records/meeting-8.jsonl{place}"]
    assert (root / "build" / "CURRENT").read_text(encoding="utf-8").strip() == before.name


def test_a_change_in_a_large_file_looks_at_each_of_its_records_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each record before with each one after would be forty thousand, and hours where a file is a register."""
    compared: list[object] = []

    def equal(one: City, other: object) -> bool:
        compared.append(one)
        return one is other

    cities = [City.model_validate({"id": f"c-{number}", "name": "C"}) for number in range(200)]
    monkeypatch.setattr(City, "__eq__", equal)
    new = [
        Entry(city, Location("records/c.jsonl", 1), lambda *_, **__: Location("records/c.jsonl", 1)) for city in cities
    ]
    assert are_right_still(Unchanged([]), cities, new)
    assert len(compared) <= 2 * len(cities)
