"""The quick look at a collection agrees with the careful one: what it calls clean has no finding at all."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import numpy as np
import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import collections

from kg.check import check_collection, columns, count_if_clean
from kg.check.plain import Recorder, is_right
from kg.check.spans import Span, covers, surely_share
from kg.check.tenures import Tenures
from kg.collection import Collection, open_collection
from kg.dates import PartialDate
from kg.errors import Location
from kg.read import Entry
from kg.read.cursor import Cursor
from kg.records import Record, Tenure, from_builtins, to_builtins

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


HANDED_OVER: dict[str, Any] = {
    "kind": "tenure",
    "id": "t1",
    "official": "o",
    "post": "p",
    "from": "2018-01-01",
    "until": "2018-01-03",
    **SAID,
}
TAKEN_OVER = HANDED_OVER | {"id": "t2", "from": "2018-01-03", "until": "2018-01-31"}
SERVED = {"kind": "cooperation", "id": "k", "name": "K", "parties": ["a", "c"], **SAID}


def taken(**fields: object) -> dict[str, Any]:
    """Return the cooperation with one step, taken in the meeting `m`."""
    return SERVED | {"steps": [{"id": "1", "stage": "proposed", "meeting": "m", **SAID} | fields]}


def meeting(name: str, **fields: object) -> dict[str, Any]:
    evidence = [{"source": "s", "says": "They met."}]
    given = {"kind": "meeting", "id": name, "date": "2020-05-04", "parties": ["a", "b"], "evidence": evidence} | fields
    return {field: value for field, value in given.items() if value is not None}


ALL_NAMED: dict[str, Any] = {
    "people": [{"official": "o", "as": "p", "for": "a"}],
    "sectors": ["water-supply"],
    "at": {"city": "a"},
}


@pytest.mark.parametrize(
    ("other", "is_clean"),
    [
        ({}, True),
        ({"parties": ["z", "b"]}, False),
        ({"parties": ["a", "z"]}, False),
        ({"parties": ["a", "a"]}, False),
        ({"people": [{"official": "z", "as": "p", "for": "a"}]}, False),
        ({"people": [{"official": "o", "as": "z", "for": "a"}]}, False),
        ({"people": [{"official": "o", "as": "p", "for": "z"}]}, False),
        ({"sectors": ["nonsense"]}, False),
        ({"at": {"city": "z"}}, False),
        ({"at": {"city": "b"}}, True),
        ({"evidence": [{"source": "z", "says": "They met."}]}, False),
        ({"follows": ["n"]}, False),
        ({"follows": ["m"], "date": "2020-05-03"}, False),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else None,
)
def test_what_one_record_of_a_shape_may_say_another_may_not(
    other: dict[str, Any],
    is_clean: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    alike = [meeting(name, **ALL_NAMED, follows=["first"]) for name in ("k", "l", "m")]
    last = meeting("n", **(ALL_NAMED | {"follows": ["first"]} | other))
    collection = written(tmp_path, [*CITIES, SOURCE, *PEOPLE, meeting("first"), *alike, last])
    assert (count_if_clean(collection) is not None) is is_clean
    assert is_clean is (not check_collection(collection).issues)


@pytest.mark.parametrize(
    ("lines", "is_clean"),
    [
        ([meeting("m")], True),
        ([meeting("m", date="2020-05-06")], False),
        ([meeting("m", date="2020-05-06", status="planned")], True),
        ([meeting("m", follows=["n"]), meeting("n", date="2020-04-01")], True),
        ([meeting("m", follows=["n"]), meeting("n", follows=["m"])], False),
        ([meeting("m", follows=["n"], date="2020-03-01"), meeting("n", date="2020-04-01")], False),
        ([meeting("m", follows=["n"], date="2020"), meeting("n", date="2020-04-01")], True),
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
        ([HANDED_OVER, TAKEN_OVER], True),
        ([HANDED_OVER, TAKEN_OVER | {"from": "2018-01-02"}], False),
        ([{"kind": "sector", "id": "water-supply", "name": "Water", **SAID}], False),
        ([], True),
    ],
    ids=[
        "plain", "reported before", "planned and announced before", "follows one read later", "a circle",
        "follows a later one", "follows one of its year", "in post", "before the post", "a claim of nobody",
        "a claim of another date", "an unknown sector", "part of another", "serves a cooperation of a party",
        "serves one, in a role",
        "serves one of others", "serves none that is known", "a step of its month", "a step of a later month",
        "a step of the day before", "a step without a date", "a step in a meeting without a date",
        "a step in no meeting", "a day of handing over", "a day held twice",
        "a sector as one of the shipped", "no meeting",
    ],
)  # fmt: skip
@pytest.mark.parametrize("most", [1, columns.MOST], ids=["in many parts", "at once"])
def test_clean_is_what_needs_no_second_look(
    lines: list[dict[str, Any]],
    is_clean: bool,  # noqa: FBT001
    most: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(columns, "MOST", most)
    collection = written(tmp_path, [*lines, *CITIES, SOURCE, *PEOPLE])
    assert (count_if_clean(collection) is not None) is is_clean
    assert is_clean is (not check_collection(collection).issues)


def test_checking_a_clean_collection_counts_its_records(tmp_path: Path, run: Callable[..., Any]) -> None:
    written(tmp_path, [meeting("m"), *CITIES, SOURCE, *PEOPLE])
    done = run("-C", tmp_path, "check")
    assert (done.code, done.out, done.err) == (0, "", "8 records: 0 errors, 0 warnings\n")
    json_done = run("-C", tmp_path, "check", "--format", "json")
    assert (json_done.code, yaml.safe_load(json_done.out)) == (0, [])


def test_looking_at_a_record_alone_leaves_nothing_behind() -> None:
    at, recorder = Location("all.jsonl"), Recorder()
    tenure = from_builtins(Tenure, {field: value for field, value in HANDED_OVER.items() if field != "kind"})
    assert is_right(Entry(tenure, at, partial(Cursor("", at).locate, 0)), recorder)
    assert (recorder.held, recorder.entries, recorder.asked) == ({}, {}, [])


PAIRS = st.sampled_from([("a", "p"), ("a", "p"), ("a", "q"), ("b", "p")])
DATES = st.sampled_from(  # few, so that they often touch, and often only just
    [PartialDate(text) for text in ("0001", "2019", "2020", "2021", "9999", "2019-12", "2020-01", "2020-02")]
    + [PartialDate(f"2020-01-{day:02}") for day in (1, 2, 3, 4, 30, 31)]
)
Ends: TypeAlias = tuple[PartialDate | None, PartialDate | None]


def may_be(ends: Ends) -> bool:
    """Say whether a tenure may end after it starts: another is refused before it is compared."""
    start, end = ends
    return not (start and end) or start.earliest <= end.latest


SPELLS: st.SearchStrategy[Ends] = st.tuples(st.none() | DATES, st.none() | DATES).filter(may_be)
SPELLS |= st.sampled_from(  # handed over on a day; within a month or year that another has begun before and outlasts
    [
        (PartialDate(start), PartialDate(end))
        for start, end in [
            ("2020-01-01", "2020-01-03"),
            ("2020-01-03", "2020-01-31"),
            ("2020", "2020"),
            ("2020-01", "2020-01"),
            ("2019", "2021"),
        ]
    ]
)
TENURES = st.lists(st.tuples(PAIRS, SPELLS, st.lists(DATES, max_size=2)), max_size=4)
ACTING = st.lists(st.tuples(PAIRS, DATES), max_size=3)


@pytest.mark.parametrize("most", [1, columns.MOST], ids=["in many parts", "at once"])
@settings(max_examples=400)
@given(tenures=TENURES, acting=ACTING)
def test_tenures_as_numbers_mean_what_they_mean_one_by_one(
    most: int,
    tenures: list[tuple[tuple[str, str], Ends, list[PartialDate]]],
    acting: list[tuple[tuple[str, str], PartialDate]],
) -> None:
    """Any tenures, those that the checks of one record refuse aside, and anybody who acts in a post."""
    made = [
        Tenure.model_validate(
            {"id": str(number), "official": who, "post": post, "from": start, "until": end, "observed": seen}
        )
        for number, ((who, post), (start, end), seen) in enumerate(tenures)
    ]
    spans = [(who, Span(day.earliest, day.latest)) for who, day in acting]
    by_pair = {pair: [one for one in made if (one.official, one.post) == pair] for pair, *_ in [*tenures, *acting]}
    tenured = {("official", one.official) for one in made} | {("post", one.post) for one in made}
    overlap = any(surely_share(*two) for held in by_pair.values() for two in combinations(held, 2))
    outside = [
        pair
        for pair, span in spans
        if not any(covers(one, span) for one in by_pair[pair]) and tenured & {("official", pair[0]), ("post", pair[1])}
    ]
    with pytest.MonkeyPatch.context() as patch, closing(Tenures()) as noted:
        patch.setattr(columns, "MOST", most)
        patch.setattr(columns, "_HELD", 8 * most)
        for one in made:
            noted.add(one)
        for (who, post), span in spans:
            noted.add_acting(who, post, span)
        assert noted.agree() is not (overlap or bool(outside))


@pytest.mark.parametrize("most", [1, 3, columns.MOST])
@given(rows=st.lists(st.tuples(st.integers(-(2**63), 2**63 - 1), st.integers(0, 9)), max_size=40))
def test_parts_hold_every_row_once(most: int, rows: list[tuple[int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch, closing(columns.Rows(2)) as held:
        patch.setattr(columns, "MOST", most)
        patch.setattr(columns, "_HELD", 10)
        for row in rows:
            held.add(row)
        assert len(held) == len(rows)
        assert np.concatenate(list(held.chunks()), axis=1).T.tolist() == list(map(list, rows))
        found = [row for part in columns.parts(held) for row in held.of(part).T.tolist()]
        assert sorted(found) == sorted(map(list, rows))
