"""Every rule has a bad case in tests/data/bad: its files, and the findings expected, all of them and no more."""

import importlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import collections

from kg.check import CheckResult, check_collection, check_records
from kg.check.statements import provable
from kg.collection import open_collection
from kg.convert import Settings, record_quads
from kg.errors import Issue, Location, is_error
from kg.read import Entry
from kg.read.entry import FieldPath
from kg.records import KINDS, Record, from_builtins
from kg.resources import sector_ids

DATA = Path(__file__).parent / "data"
GOOD = DATA / "good"
LEDGER = "- entry: 1\n  {}\n  reason: looked at\n  author: me\n  date: 2026-01-01\n"
BAD = sorted((DATA / "bad").iterdir())


def check_with(case: Path, world: Path) -> CheckResult:
    """Check the good collection with the files of a bad case laid over it."""
    shutil.copytree(GOOD, world)
    for file in case.iterdir():
        if not file.name.startswith("expected"):
            shutil.copy(file, world / "records")
    return check_collection(open_collection(world))


def line(issue: Issue) -> str:
    at = issue.at
    return f"{at.file.removeprefix('records/')}:{at.line}:{at.column} {at.path or '.'} {issue.severity} {issue.code}"


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_a_bad_case_is_told_at_its_place_and_nothing_else_is(case: Path, tmp_path: Path) -> None:
    result = check_with(case, tmp_path / "world")
    assert [line(issue) for issue in result.issues] == (case / "expected").read_text(encoding="utf-8").splitlines()


def test_the_good_collection_has_no_issue() -> None:
    result = check_collection(open_collection(GOOD))
    assert result.issues == ()
    assert len(result.entries) == 18


@pytest.mark.parametrize("module", ["kg.read", "kg.check.records"])
def test_every_code_that_is_listed_has_a_bad_case(module: str) -> None:
    listed = re.findall(r"`([a-z0-9-]+)`", importlib.import_module(module).__doc__ or "")
    told = {text.split()[-1] for case in BAD for text in (case / "expected").read_text(encoding="utf-8").splitlines()}
    assert sorted(set(listed) - told - {"too-big", "unreadable"}) == []


def test_every_code_that_is_told_is_listed() -> None:
    told = {text.split()[-1] for case in BAD for text in (case / "expected").read_text(encoding="utf-8").splitlines()}
    listed = f"{importlib.import_module('kg.read').__doc__} {importlib.import_module('kg.check.records').__doc__}"
    assert sorted(code for code in told if f"`{code}`" not in listed) == []


def test_a_bad_date_exits_1_naming_file_line_and_column(run: Callable[..., Ran], tmp_path: Path) -> None:
    world = tmp_path / "world"
    check_with(DATA / "bad" / "impossible-date", world)
    ran = run("check", world)
    assert "records/extra.yaml:4:11 date: error: found '2025-13-40'" in ran.out
    assert ran.code == 1


@given(collections())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
def test_records_that_fit_together_have_no_error(records: list[Record]) -> None:
    found = check_records([_entry(record) for record in records], known_sectors=sector_ids())
    assert [str(issue) for issue in found if is_error(issue)] == []


NAMES = sorted({name for kind in KINDS for name in [*provable(kind), "rulings", "evidence", "id"]})


@given(kind=st.sampled_from(KINDS), name=st.sampled_from(NAMES), value=st.sampled_from(["2025", "a", "ID", "held"]))
@settings(deadline=None, max_examples=200)
def test_a_claim_is_refused_or_converted(kind: type[Record], name: str, value: str) -> None:
    least = {"name": "A", "outlet": "O", "of": "x", "official": "x", "post": "x", "parties": ["x", "y"]}
    claims = {"evidence": [{"source": "s", "claims": {name: value}}, {"source": "s", "claims": {name: [value]}}]}
    fields = {"id": "a", **claims, **least}
    known = {info.alias or field for field, info in kind.model_fields.items()}
    if "evidence" in known:
        record = from_builtins(kind, {field: fields[field] for field in fields if field in known})
        for evidence in getattr(record, "evidence", ()):
            alone = record.model_copy(update={"evidence": (evidence,)})
            if not [issue for issue in check_records([_entry(alone)]) if issue.code == "bad-claim"]:
                assert list(record_quads(alone, Settings()))


def _entry(record: Record) -> Entry:
    def find(path: FieldPath, *, key: bool = False) -> Location:
        del key
        return Location("drawn", path=".".join(map(str, path)))

    return Entry(record, Location("drawn"), find)


@pytest.mark.parametrize("case", ["circle-follows", "tenure-overlap", "post-excluded"])
def test_findings_do_not_depend_on_the_order_of_files(case: str, tmp_path: Path) -> None:
    result = check_with(DATA / "bad" / case, tmp_path / "world")
    back = check_records(result.entries[::-1], known_sectors=sector_ids())
    assert tuple(sorted(back)) == result.issues


def test_a_merged_thing_may_still_be_named(tmp_path: Path) -> None:
    world = tmp_path / "world"
    check_with(DATA / "bad" / "duplicate-language", world)
    (world / "records" / "extra.yaml").write_text("companies:\n  - {id: i4com, name: i4com}\n", encoding="utf-8")
    ledger = LEDGER.format("merge: {kind: party, from: i4com, into: iforcom}")
    (world / "identity.yaml").write_text(ledger, encoding="utf-8")
    result = check_collection(open_collection(world))
    assert [str(issue) for issue in result.issues] == []
    assert [redirect.old for redirect in result.redirects] == ["i4com"]
    assert "i4com" not in {entry.record.id for entry in result.entries}


def test_an_id_that_stands_twice_is_told_though_decisions_are_applied(tmp_path: Path) -> None:
    world = tmp_path / "world"
    check_with(DATA / "bad" / "duplicate-id", world)
    ledger = (
        "- {entry: 1, not-same: {kind: party, a: iforcom, b: makassar}, reason: a city, author: me, date: 2026-01-01}\n"
    )
    (world / "identity.yaml").write_text(ledger, encoding="utf-8")
    assert [issue.code for issue in check_collection(open_collection(world)).issues] == ["duplicate-id"]


def test_a_collection_without_records_is_warned_about(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('title = "Nothing yet"\n', encoding="utf-8")
    assert [line(issue) for issue in check_collection(open_collection(tmp_path)).issues] == [
        "records:0:0 . warning no-records"
    ]
