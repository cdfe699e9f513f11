"""The quick look at a collection agrees with the careful one: what it calls clean has no finding at all."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import collections

from kg.check import check_collection, count_if_clean
from kg.collection import Collection, open_collection
from kg.records import Record, to_builtins

DATA = Path(__file__).parent / "data"
BAD = sorted(path.name for path in (DATA / "bad").iterdir())


def written(root: Path, lines: list[dict[str, Any]]) -> Collection:
    """Write records as a JSONL file of a new collection."""
    (root / "records").mkdir()
    (root / "kg.toml").write_text('title = "T"\n', encoding="utf-8")
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (root / "records" / "all.jsonl").write_text(text, encoding="utf-8")
    return open_collection(root)


def as_line(record: Record) -> dict[str, Any]:
    return {"kind": record.kind, **to_builtins(record)}


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(found=collections(), data=st.data())
def test_what_is_called_clean_has_no_findings(found: list[Record], data: st.DataObject) -> None:
    lines = data.draw(st.permutations([as_line(record) for record in found]))
    spoilt = data.draw(st.sampled_from(["nothing", "a record lost", "a record twice", "a date", "follows", "part of"]))
    victim = data.draw(st.sampled_from(range(len(lines))))
    if spoilt == "a record lost":
        lines.pop(victim)
    elif spoilt == "a record twice":
        lines.append(lines[victim])
    else:
        ids = [line["id"] for line in lines if line["kind"] == "meeting"]
        for line in lines:
            if line["kind"] == "meeting" and spoilt == "follows":
                line["follows"] = data.draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
            if line["kind"] == "meeting" and spoilt == "a date":
                line["date"] = data.draw(st.sampled_from(["2014", "2019-05-04", "2026-12"]))
            if line["kind"] == "city" and spoilt == "part of":
                line["part_of"] = data.draw(st.sampled_from([x["id"] for x in lines if x["kind"] == "city"]))
    with TemporaryDirectory() as folder:
        collection = written(Path(folder), lines)
        number, result = count_if_clean(collection), check_collection(collection)
        if number is not None:
            assert result.issues == ()
            assert number == len(result.entries)
        elif not result.issues:  # the careful look is needed to tell
            assert any(line.get("copy_of") or line.get("steps") for line in lines)


@pytest.mark.parametrize("case", BAD)
def test_whatever_is_found_wanting_is_looked_at_with_care(case: str, tmp_path: Path) -> None:
    world = shutil.copytree(DATA / "good", tmp_path / "world")
    for path in (DATA / "bad" / case).iterdir():
        if path.name.startswith("extra"):
            shutil.copy(path, world / "records")
    collection = open_collection(world)
    assert (count_if_clean(collection) is None) or check_collection(collection).issues == ()


CITIES: list[dict[str, Any]] = [{"kind": "city", "id": key, "name": key} for key in "abc"]
SOURCE: dict[str, Any] = {"kind": "source", "id": "s", "outlet": "S", "published": "2020-05-05"}
SAID = {"evidence": [{"source": "s", "says": "It is so."}]}
PEOPLE: list[dict[str, Any]] = [
    {"kind": "official", "id": "o", "name": "O"},
    {"kind": "post", "id": "p", "name": "P", "of": "a", **SAID},
    {"kind": "tenure", "id": "t", "official": "o", "post": "p", "from": "2019", **SAID},
]


SERVED = {"kind": "cooperation", "id": "k", "name": "K", "parties": ["a", "c"], **SAID}


def taken(**fields: object) -> dict[str, Any]:
    """Return the cooperation with one step, taken in the meeting `m`."""
    return SERVED | {"steps": [{"id": "1", "stage": "proposed", "meeting": "m", **SAID} | fields]}


def meeting(name: str, **fields: object) -> dict[str, Any]:
    evidence = [{"source": "s", "says": "They met."}]
    given = {"kind": "meeting", "id": name, "date": "2020-05-04", "parties": ["a", "b"], "evidence": evidence} | fields
    return {field: value for field, value in given.items() if value is not None}


@pytest.mark.parametrize(
    ("lines", "is_clean"),
    [
        ([meeting("m")], True),
        ([meeting("m", date="2020-05-06")], False),
        ([meeting("m", date="2020-05-06", status="planned")], True),
        ([meeting("m", follows=["n"]), meeting("n", date="2020-04-01")], True),
        ([meeting("m", follows=["n"]), meeting("n", follows=["m"])], False),
        ([meeting("m", follows=["n"], date="2020-03-01"), meeting("n", date="2020-04-01")], False),
        ([meeting("m", people=[{"official": "o", "as": "p"}])], True),
        ([meeting("m", people=[{"official": "o", "as": "p"}], date="2018-05-04")], False),
        ([meeting("m", evidence=[{"source": "s", "claims": {"parties": ["a", "z"]}, "says": "x"}])], False),
        ([meeting("m", evidence=[{"source": "s", "says": "x"}, {"source": "s", "claims": {"date": "2019"}}])], True),
        ([meeting("m", sectors=["water-supply", "nonsense"])], False),
        ([{"kind": "city", "id": "d", "name": "D", "part_of": "a", **SAID}], True),
        ([meeting("m", cooperation="k"), SERVED], True),
        ([meeting("m", cooperation="k", parties=[{"party": "c", "role": "host"}]), SERVED], True),
        ([meeting("m", cooperation="k", parties=["b"]), SERVED], False),
        ([meeting("m", cooperation="z")], False),
        ([taken(date="2020-05"), meeting("m")], True),
        ([taken(date="2020-06"), meeting("m")], False),
        ([taken(date="2020-05-03"), meeting("m")], False),
        ([taken(), meeting("m")], True),
        ([taken(date="2020-06"), meeting("m", date=None)], True),
        ([taken(meeting="z")], False),
        ([], True),
    ],
    ids=[
        "plain", "reported before", "planned and announced before", "follows one read later", "a circle",
        "follows a later one", "in post", "before the post", "a claim of nobody", "a claim of another date",
        "an unknown sector", "part of another", "serves a cooperation of a party", "serves one, in a role",
        "serves one of others", "serves none that is known", "a step of its month", "a step of a later month",
        "a step of the day before", "a step without a date", "a step in a meeting without a date",
        "a step in no meeting", "no meeting",
    ],
)  # fmt: skip
def test_clean_is_what_needs_no_second_look(lines: list[dict[str, Any]], is_clean: bool, tmp_path: Path) -> None:  # noqa: FBT001
    collection = written(tmp_path, [*lines, *CITIES, SOURCE, *PEOPLE])
    assert (count_if_clean(collection) is not None) is is_clean
    assert is_clean is (not check_collection(collection).issues)


def test_checking_a_clean_collection_counts_its_records(tmp_path: Path, run: Callable[..., Any]) -> None:
    written(tmp_path, [meeting("m"), *CITIES, SOURCE, *PEOPLE])
    done = run("-C", tmp_path, "check")
    assert (done.code, done.out, done.err) == (0, "", "8 records: 0 errors, 0 warnings\n")
    json_done = run("-C", tmp_path, "check", "--format", "json")
    assert (json_done.code, yaml.safe_load(json_done.out)) == (0, [])
