"""Cooperations read from the graph: named ones, and those derived from meetings that belong together."""

from datetime import date
from pathlib import Path

import pytest
from tiny import SAYS, dataset_of, made, names_of

from kg.collection import DEFAULT_STALE
from kg.cooperations import read_cooperations
from kg.iris import mint
from kg.lifecycle import Cooperation, state

HEAD = f"""
cities:
  - {{id: a, name: A, country: ID, {SAYS}}}
  - {{id: b, name: B, country: JP, {SAYS}}}
  - {{id: c, name: C, country: JP, {SAYS}}}
sources: [{{id: daily, outlet: The Daily, published: 2020-01-01}}]
"""


def read(root: Path) -> dict[str, Cooperation]:
    return {whole.key.rpartition("/")[2]: whole for whole in read_cooperations(names_of(root))}


def meetings_of(whole: Cooperation) -> list[str]:
    return [event.thing.rpartition("/")[2] for event in whole.meetings]


def test_the_tiny_world(world: Path) -> None:
    found = read(world)
    assert list(found) == ["water", "iforcom--makassar", "kawasaki--makassar"]
    water = found["water"]
    assert water.thing == mint("cooperation", "water")
    assert meetings_of(water) == ["first", "second"], "a follow-up belongs to the cooperation of what it follows"
    assert [s.thing.rpartition("/")[2] for s in water.steps] == ["first", "second", "water.paper"]
    assert water.parties == (mint("party", "makassar"), mint("party", "waterworks"))
    assert water.sectors == (mint("sector", "sanitation"), mint("sector", "water-supply"))
    derived = found["iforcom--makassar"]
    assert derived.thing is None
    assert meetings_of(derived) == ["fourth", "third"]


@pytest.mark.parametrize(
    ("meetings", "expected"),
    [
        (
            ["{id: m1, parties: [a, b]}", "{id: m2, parties: [b, a]}"],
            {"a--b": ["m1", "m2"]},
        ),
        (
            ["{id: m1, parties: [a, b]}", "{id: m2, parties: [a, c]}"],
            {"a--b": ["m1"], "a--c": ["m2"]},
        ),
        (
            ["{id: m1, parties: [a, b]}", "{id: m2, parties: [a, c], follows: [m1]}"],
            {"a--b": ["m1", "m2"]},
        ),
        (
            [
                "{id: z1, parties: [a, b], cooperation: named}",
                "{id: y2, parties: [a, c], follows: [z1]}",
                "{id: x3, parties: [b, c], follows: [y2]}",
            ],
            {"named": ["x3", "y2", "z1"]},
        ),
        (
            ["{id: m1, parties: [a, b]}", "{id: m2, parties: [a, b], cooperation: named}"],
            {"named": ["m2"], "a--b": ["m1"]},
        ),
    ],
    ids=["same parties", "other parties", "a follow-up by others", "a chain however long", "named and not"],
)
def test_meetings_that_belong_together(tmp_path: Path, meetings: list[str], expected: dict[str, list[str]]) -> None:
    lines = "".join(f"  - {text[:-1]}, {SAYS}}}\n" for text in meetings)
    named = f"cooperations: [{{id: named, name: N, parties: [a, b], {SAYS}}}]\n"
    root = made(tmp_path / "c", f"{HEAD}{named}meetings:\n{lines}")
    found = {key: meetings_of(whole) for key, whole in read(root).items() if whole.meetings}
    assert found == expected


def test_a_meeting_alone_never_yields_an_mou(tmp_path: Path) -> None:
    root = made(
        tmp_path / "c", f"{HEAD}meetings: [{{id: m, date: 2019-12-31, parties: [a, b], stage: discussed, {SAYS}}}]\n"
    )
    (whole,) = read(root).values()
    found = state(whole, date(2026, 1, 1), DEFAULT_STALE)
    assert found.stage == mint("stage", "discussed")
    assert {step.stage for step in whole.steps} == {mint("stage", "discussed")}


def test_a_source_of_a_month_has_told_by_its_end(tmp_path: Path) -> None:
    head = HEAD.replace("2020-01-01", "2020-01")
    root = made(tmp_path / "c", f"{head}meetings: [{{id: m, date: 2019, parties: [a, b], {SAYS}}}]\n")
    (whole,) = read(root).values()
    assert [event.told for event in whole.meetings] == [(date(2020, 1, 31),)]


UNDATED = "evidence: [{source: no-day, says: So.}]"
PAST = f"""{HEAD.rstrip().removesuffix("]")}, {{id: old, outlet: D, published: 2015-02-01}}, {{id: no-day, outlet: P}}]
cooperations: [{{id: named, name: N, parties: [a, b], {SAYS}}}]
meetings:
  - {{id: talk, date: 2014-06-01, parties: [a, b], sectors: [energy], {SAYS}}}
  - {{id: told, parties: [a, b], sectors: [health], stage: discussed, evidence: [{{source: old, says: So.}}]}}
  - {{id: later, date: 2016, parties: [a, b, c], follows: [talk], sectors: [tourism], {SAYS}}}
  - {{id: plan, date: 2019, status: planned, parties: [a, b], follows: [later], {UNDATED}}}
  - {{id: some-day, parties: [b, c], {UNDATED}}}
  - {{id: lone-plan, date: 2018-05, status: planned, parties: [a, c], {UNDATED}}}
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2014, 5, 31), {}),
        (date(2014, 6, 1), {"a--b": ["talk"]}),
        (date(2015, 2, 1), {"a--b": ["talk", "told"]}),
        (date(2016, 1, 1), {"a--b": ["later", "talk", "told"]}),
        (date(2016, 12, 31), {"a--b": ["later", "plan", "talk", "told"]}),
        (date(2018, 5, 31), {"a--b": ["later", "plan", "talk", "told"], "a--c": ["lone-plan"]}),
        (
            date(2020, 1, 1),
            {"a--b": ["later", "plan", "talk", "told"], "a--c": ["lone-plan"], "b--c": ["some-day"], "named": []},
        ),
    ],
    ids=[
        "before anything",
        "the day it was held",
        "no day, but a source told",
        "the first day of a year it may be",
        "a plan was heard of at the meeting it follows",
        "a plan nobody dated, once its days were over",
        "what bears no day, on the collection's last",
    ],
)
def test_as_of_a_day_nothing_that_came_later(tmp_path: Path, day: date, expected: dict[str, list[str]]) -> None:
    found = read_cooperations(names_of(made(tmp_path / "c", PAST)), day)
    assert {whole.key.rpartition("/")[2]: meetings_of(whole) for whole in found} == expected


def test_as_of_a_day_no_party_or_sector_that_came_later(tmp_path: Path) -> None:
    names = names_of(made(tmp_path / "c", PAST))
    early, late = (read_cooperations(names, day)[0] for day in (date(2015, 12, 31), date(2016, 1, 1)))
    assert early.parties == (mint("party", "a"), mint("party", "b"))
    assert set(late.parties) - set(early.parties) == {mint("party", "c")}
    assert set(late.sectors) - set(early.sectors) == {mint("sector", "tourism")}
    assert [step.thing for step in early.steps] == [mint("step", "told")]


def test_every_meeting_and_step_of_the_real_data_belongs_to_one_cooperation(built: Path) -> None:
    found = read(built)
    meetings = [event.thing for whole in found.values() for event in whole.meetings]
    steps = [event.thing for whole in found.values() for event in whole.steps]
    assert (len(meetings), len(set(meetings))) == (121, 121)
    assert (len(steps), len(set(steps))) == (112, 112)
    assert sum(whole.thing is not None for whole in found.values()) == 35


def test_the_follow_up_of_2020_is_stale_and_says_for_how_long(built: Path) -> None:
    whole = read(built)["makassar-jasca-smart-city"]
    found = state(whole, date(2026, 11, 22), DEFAULT_STALE, 180)
    assert (found.last, found.days, found.is_stale) == (date(2020, 7, 27), 2309, True)
    assert found.stage == mint("stage", "discussed")


def test_no_stage_of_the_real_data_is_higher_than_its_papers(built: Path) -> None:
    rows = dataset_of(built).query(
        """SELECT ?step ?stage WHERE { ?step a kg:Step ; kg:stage ?stage
           FILTER(?stage IN (stage:mou-signed, stage:letter-of-intent, stage:agreement-signed))
           FILTER NOT EXISTS { ?step kg:instrument ?paper FILTER(
             (?stage = stage:mou-signed && ?paper = instrument:mou) ||
             (?stage = stage:letter-of-intent && ?paper = instrument:loi) ||
             (?stage = stage:agreement-signed && ?paper IN (instrument:agreement, instrument:contract))) } }"""
    )
    assert list(rows) == []
