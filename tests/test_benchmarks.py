"""The benchmarks measure the same work: every way that needs no peer's environment gives the answer that ours gives."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from figures import Rounds
from harness import HERE, CannotAsk, Job, Place, Register, Way, find_job, job_names
from jobs import building
from measure import Sample
from plan import Budget, Step, expected, steps
from registers import records, write
from report import put, table
from targets import summary, targets
from turns import Log, Turn, code_of, take

from kg.check import check_collection
from kg.collection import find_collection

SMALL, LARGE, PLAIN = Register(40), Register(1_000_000), Register(1_000_000, is_plain=True)
JOBS = ("conversion", "exports", "loading", "network", "quads")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A register small enough to do every job on."""
    from places import prepare

    return prepare(tmp_path_factory.mktemp("benchmarks"), SMALL, ("graphs", "tables"))


@pytest.mark.slow
@pytest.mark.parametrize("name", JOBS)
def test_every_way_gives_the_same_answer(name: str, register: Place) -> None:
    job = find_job(name)
    answers: dict[str, dict[str, str]] = {}
    for way in (way for way, how in job.ways.items() if not how.is_peer):
        samples = take(name, way, register, 1, seconds=300).samples
        assert [sample.case for sample in samples] == list(job.cases)
        answers[way] = {sample.case: sample.answer for sample in samples if not sample.error}
    ours = next(iter(answers.values()))
    assert list(ours) == list(job.cases)
    wrong = [(way, case) for way, told in answers.items() for case in told if told[case] != ours[case]]
    assert wrong == []


def test_a_plain_register_has_the_same_meetings_and_nothing_wrong(tmp_path: Path) -> None:
    write(tmp_path, SMALL.meetings, is_plain=True)
    result = check_collection(find_collection(tmp_path))
    assert not result.issues
    found = Counter(entry.record.namespace for entry in result.entries)
    assert set(found) == {"party", "official", "source", "meeting"}
    rich = {each["id"]: each for each in records(SMALL.meetings) if each["kind"] == "meeting"}
    meetings = [each for each in records(SMALL.meetings, is_plain=True) if each["kind"] == "meeting"]
    assert found["meeting"] == len(meetings) == len(rich)
    assert all(rich[each["id"]]["parties"] == each["parties"] for each in meetings)


def turn(way: str, number: int, *, job: str = "quads", seconds: float = 1, answer: str = "a") -> Turn:
    """Make a turn of the code that is here, of one case that took the seconds."""
    sample = Sample("", seconds, seconds, 10, answer)
    return Turn(job, way, SMALL, number, code_of(job), "abc", 0.5, seconds, seconds, (sample,))


def rounds(way: str, *seconds: float, answer: str = "a") -> Rounds:
    """Make a way's rounds."""
    return {way: [turn(way, 1, seconds=each, answer=answer).samples for each in seconds]}


def test_the_table_has_medians_with_their_spread_ratios_and_agreement() -> None:
    job = Job("A job", {"ours": Way(lambda _: str), "theirs": Way(lambda _: str)})
    told = table(job, SMALL, {**rounds("ours", 1, 2, 3), **rounds("theirs", 8, 4, 6, answer="b")})
    assert "| ours | 3 | 2 (1–3) | 1.00 | 2 (1–3) | 10 | 1 of 1 agree |" in told
    assert "| theirs | 3 | 6 (4–8) | 3.00 | 6 (4–8) | 10 | 0 of 1 agree (not ) |" in told


def test_a_table_without_ours_says_why() -> None:
    job = Job("A job", {"ours": Way(lambda _: str), "theirs": Way(lambda _: str)})
    broken = Sample("", 0, 0, 0, "", "no space")
    assert "Nothing to compare with: no space." in table(job, SMALL, {"ours": [[broken]], **rounds("theirs", 1)})


def test_answers_that_were_not_compared_are_not_said_to_agree() -> None:
    job = Job("A job", {"ours": Way(lambda _: str), "theirs": Way(lambda _: str)})
    told = table(job, SMALL, {**rounds("ours", 1), **rounds("theirs", 2, answer="")})
    assert "| theirs | 1 | 2 | 2.00 | 2 | 10 | not compared |" in told


SUMMARY = {
    "reached, so many times faster": (
        ("conversion", SMALL, {"ours": [1.0], "rdflib": [40.0]}),
        "| 40 times faster: 1 / 40 s | yes |",
    ),
    "not reached": (
        ("conversion", SMALL, {"ours": [1.0], "rdflib": [39.0]}),
        "| 39 times faster: 1 / 39 s | **no** |",
    ),
    "with the spread of the ratio": (
        ("conversion", SMALL, {"ours": [1.0, 2.0, 4.0], "rdflib": [100.0]}),
        "| 50 (25–100) times faster: 2 / 100 s | yes |",
    ),
    "within so many times": (
        ("quads", SMALL, {"ours": [2.0], "limit": [1.0]}),
        "| 2 times theirs: 2 / 1 s | yes |",
    ),
    "not within": (("quads", SMALL, {"ours": [2.1], "limit": [1.0]}), "| 2.1 times theirs: 2.1 / 1 s | **no** |"),
    "in milliseconds": (
        ("quads", SMALL, {"ours": [0.05], "limit": [0.1]}),
        "| 0.5 times theirs: 50 / 100 ms | yes |",
    ),
    "shown, and nothing asked": (
        ("conversion", SMALL, {"ours": [1.0], "morph-kgc": [4.0]}),
        "| morph-kgc | 4 times faster: 1 / 4 s |\n",
    ),
    "asked of ours alone": (("quads", LARGE, {"ours": [1.0]}), "| - | 10 MiB | yes |"),
    "no other at this size": (("loading", PLAIN, {"ours": [1.0]}), "| pyoxigraph on disk | 1 s | not judged |"),
    "asked at another size": (
        ("questions", SMALL, {"ours, on disk": [1.0], "maplib, in memory": [2.0]}),
        "| 2 times faster: 1 / 2 s | not judged |",
    ),
}


def ways(found: Mapping[str, Sequence[float]]) -> Rounds:
    """Make the rounds of several ways."""
    return {way: each for name, seconds in found.items() for way, each in rounds(name, *seconds).items()}


@pytest.mark.parametrize(("measured", "told"), SUMMARY.values(), ids=SUMMARY)
def test_the_summary_judges_what_is_asked(
    measured: tuple[str, Register, Mapping[str, Sequence[float]]], told: str
) -> None:
    job, register, found = measured
    assert told in f"{summary({(job, register): ways(found)})}\n"


def test_the_summary_has_a_column_for_each_register_and_says_where_a_target_is_reached() -> None:
    found = {
        ("conversion", SMALL): ways({"ours": [1.0], "rdflib": [50.0]}),
        ("conversion", LARGE): ways({"ours": [1.0], "rdflib": [30.0]}),
        ("conversion", PLAIN): ways({"ours": [1.0]}),
    }
    counted, _, head, _, row, *_ = summary(found).splitlines()
    assert counted == "Reached: 0 of 3."
    assert head.endswith("| beside | 40 meetings | 1,000,000 meetings | 1,000,000 plain meetings | reached |")
    assert row.endswith("| 50 times faster: 1 / 50 s | 30 times faster: 1 / 30 s | 1 s | **no**, but at 40 meetings |")


def test_every_target_names_a_job_with_its_ways_and_case() -> None:
    for target in targets():
        job = find_job(target.job)
        assert {target.ours, *filter(None, [target.than])} <= set(job.ways), target
        assert target.case in {"", *job.cases}, target


def test_turns_are_kept_and_found_again_but_for_half_a_line(tmp_path: Path) -> None:
    log = Log(tmp_path / "turns.jsonl")
    log.add(turn("ours", 1))
    with log.path.open("a", encoding="utf-8") as stream:
        stream.write('{"job": "quads", "wa')
    again = Log(log.path)
    assert again.turns == [turn("ours", 1)]
    again.add(turn("ours", 2))
    assert Log(log.path).turns == [turn("ours", 1), turn("ours", 2)]


def test_tables_are_of_the_code_measured_last(tmp_path: Path) -> None:
    from dataclasses import replace

    log = Log(tmp_path / "turns.jsonl")
    for each in (replace(turn("ours", 1), code="earlier"), turn("ours", 1), turn("limit", 1, seconds=5)):
        log.add(each)
    assert log.latest("quads", SMALL) == [turn("ours", 1), turn("limit", 1, seconds=5)]


REFUSED = {
    "a turn that was never taken is taken": ([], 60.0, None),
    "a turn that is there is not taken again": ([turn("ours", 2)], 60.0, ""),
    "a slow way is not repeated": ([turn("ours", 1, seconds=21)], 600.0, ""),
    "a turn that does not fit is cut": ([turn("ours", 1, seconds=15)], 10.0, "Cut for lack of time"),
    "a quick way is repeated": ([turn("ours", 1, seconds=15)], 60.0, None),
}


@pytest.mark.parametrize(("taken", "seconds", "reason"), REFUSED.values(), ids=REFUSED)
def test_which_turns_are_refused(taken: list[Turn], seconds: float, reason: str | None, tmp_path: Path) -> None:
    log = Log(tmp_path / "turns.jsonl")
    for each in taken:
        log.add(each)
    assert Budget(seconds, slow=20).refusal(Step("quads", "ours", SMALL, 2), log) == reason


def test_each_round_begins_with_another_way_and_ends_with_what_is_slow_the_slowest_last() -> None:
    planned = list(steps(["network", "quads"], [SMALL, LARGE], 2))
    assert [(step.job, step.way, step.register, step.round) for step in planned] == [
        ("network", "ours", SMALL, 1), ("network", "igraph", SMALL, 1),
        ("quads", "ours", SMALL, 1), ("quads", "limit", SMALL, 1),
        ("network", "ours", LARGE, 1), ("quads", "ours", LARGE, 1),
        ("network", "networkx", SMALL, 1), ("quads", "plain rdflib", SMALL, 1),
        ("network", "igraph", SMALL, 2), ("network", "ours", SMALL, 2),
        ("quads", "limit", SMALL, 2), ("quads", "ours", SMALL, 2),
        ("network", "ours", LARGE, 2), ("quads", "ours", LARGE, 2),
        ("network", "networkx", SMALL, 2), ("quads", "plain rdflib", SMALL, 2),
    ]  # fmt: skip


def test_a_slow_way_that_was_never_measured_is_expected_to_be_slow(tmp_path: Path) -> None:
    step = Step("quads", "plain rdflib", Register(10_000), 1)
    assert expected(step, Log(tmp_path / "turns.jsonl")) == find_job("quads").ways["plain rdflib"].slow > 1


SIZES = {"40": SMALL, "1000000": LARGE, "1000000-plain": PLAIN}


@pytest.mark.parametrize(("name", "register"), SIZES.items(), ids=SIZES)
def test_a_register_is_found_by_its_name(name: str, register: Register) -> None:
    assert Register.of(name) == register
    assert register.name == name


@pytest.mark.parametrize("name", ["40-rich", "many"])
def test_no_other_name_is_a_register(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Register.of(name)


def test_only_what_is_between_the_markers_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    put(path, {"summary": "one", "tables": "two"})
    path.write_text("Prose.\n\n" + path.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    put(path, {"tables": "three"})
    put(path, {"tables": "three"})
    assert path.read_text(encoding="utf-8") == (
        "Prose.\n\n<!-- summary -->\n\none\n\n<!-- /summary -->\n\n"
        "<!-- tables -->\n\nthree\n\n<!-- /tables -->\n\nMore.\n"
    )


def test_a_file_without_a_marker_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    path.write_text("Prose.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has no place for the tables"):
        put(path, {"tables": "three"})
    assert path.read_text(encoding="utf-8") == "Prose.\n"


def test_a_way_that_fails_or_takes_too_long_says_so(tmp_path: Path) -> None:
    nothing = Place(tmp_path, SMALL)
    (failed,) = take("quads", "limit", nothing, 1, seconds=60).samples
    (stopped,) = take("quads", "limit", nothing, 1, seconds=0).samples
    assert "NotFound" in failed.error or "kg.toml" in failed.error
    assert stopped.error == "more than 0 s"


def test_a_build_is_made_where_others_look_for_it_if_the_disk_has_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path, SMALL)
    write(place.folder, SMALL.meetings)
    (made,) = take("building", "ours", place, 1, seconds=120).samples
    assert not made.error
    assert made.written * 2**20 == sum(path.stat().st_size for path in place.version.rglob("*") if path.is_file())
    monkeypatch.setattr(building, "NEEDS", 10**12)
    with pytest.raises(CannotAsk, match="GB of disk, and"):
        building.ours(place)("")


def test_a_line_of_json_is_a_sample() -> None:
    sample = Sample("a", 1.0, 2.0, 3.0, "text", "", is_file=True)
    assert Sample(*json.loads(json.dumps(sample))) == sample


def test_jobs_are_found_by_their_file() -> None:
    assert set(JOBS) <= set(job_names())
    assert {path.stem for path in (HERE / "jobs").glob("*.py")} == set(job_names())
    assert all(find_job(name).ways for name in job_names())
