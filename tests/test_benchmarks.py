"""The benchmarks measure the same work: every way that needs no peer's environment gives the answer that ours gives."""

import json
from collections import Counter
from pathlib import Path

import pytest
from figures import Rounds
from harness import HERE, Job, Place, Way, find_job, job_names
from measure import Sample
from plan import Budget, Step, steps
from registers import records, write
from report import put, table
from targets import summary, targets
from turns import Log, Turn, code_of, take

from kg.check import check_collection
from kg.collection import find_collection

MEETINGS = 40
JOBS = ("conversion", "exports", "loading", "network", "quads")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A register small enough to do every job on."""
    from places import prepare

    return prepare(tmp_path_factory.mktemp("benchmarks"), MEETINGS, ("graphs", "tables"))


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
    write(tmp_path, MEETINGS, is_plain=True)
    result = check_collection(find_collection(tmp_path))
    assert not result.issues
    found = Counter(entry.record.namespace for entry in result.entries)
    assert set(found) == {"party", "official", "source", "meeting"}
    rich = {each["id"]: each for each in records(MEETINGS) if each["kind"] == "meeting"}
    meetings = [each for each in records(MEETINGS, is_plain=True) if each["kind"] == "meeting"]
    assert found["meeting"] == len(meetings) == len(rich)
    assert all(rich[each["id"]]["parties"] == each["parties"] for each in meetings)


def turn(way: str, number: int, *, job: str = "quads", seconds: float = 1, answer: str = "a") -> Turn:
    """Make a turn of the code that is here, of one case that took the seconds."""
    sample = Sample("", seconds, seconds, 10, answer)
    return Turn(job, way, MEETINGS, number, code_of(job), "abc", 0.5, seconds, seconds, (sample,))


def rounds(way: str, *seconds: float, answer: str = "a") -> Rounds:
    """Make a way's rounds."""
    return {way: [turn(way, 1, seconds=each, answer=answer).samples for each in seconds]}


def test_the_table_has_medians_with_their_spread_ratios_and_agreement() -> None:
    job = Job("A job", {"ours": Way(lambda _: str), "theirs": Way(lambda _: str)})
    told = table(job, 1000, {**rounds("ours", 1, 2, 3), **rounds("theirs", 8, 4, 6, answer="b")})
    assert "| ours | 3 | 2 (1–3) | 1.00 | 2 (1–3) | 10 | 1 of 1 agree |" in told
    assert "| theirs | 3 | 6 (4–8) | 3.00 | 6 (4–8) | 10 | 0 of 1 agree (not ) |" in told


def test_a_table_without_ours_says_why() -> None:
    job = Job("A job", {"ours": Way(lambda _: str), "theirs": Way(lambda _: str)})
    broken = Sample("", 0, 0, 0, "", "no space")
    assert "Nothing to compare with: no space." in table(job, 1000, {"ours": [[broken]], **rounds("theirs", 1)})


def test_answers_that_were_not_compared_are_not_said_to_agree() -> None:
    job = Job("A job", {"ours": Way(lambda _: str), "theirs": Way(lambda _: str)})
    told = table(job, 1000, {**rounds("ours", 1), **rounds("theirs", 2, answer="")})
    assert "| theirs | 1 | 2 | 2.00 | 2 | 10 | not compared |" in told


SUMMARY = {
    "reached, so many times faster": ("conversion", {"ours": 1.0, "rdflib": 40.0}, "40 times faster | yes |"),
    "not reached": ("conversion", {"ours": 1.0, "rdflib": 39.0}, "39 times faster | **no** |"),
    "within so many times": ("quads", {"ours": 2.0, "limit": 1.0}, "2 times theirs | yes |"),
    "not within": ("quads", {"ours": 2.1, "limit": 1.0}, "2.1 times theirs | **no** |"),
    "shown, and nothing asked": ("conversion", {"ours": 1.0, "morph-kgc": 3.0}, "0.333 times theirs | - |"),
    "asked of ours alone": ("quads", {"ours": 1.0}, "| 10 MiB | - | - | yes |"),
    "asked at another size": (
        "questions",
        {"ours, on disk": 1.0, "maplib, in memory": 2.0},
        "2 times faster | - |",
    ),
}


@pytest.mark.parametrize(("job", "seconds", "told"), SUMMARY.values(), ids=SUMMARY)
def test_the_summary_judges_what_is_asked(job: str, seconds: dict[str, float], told: str) -> None:
    found: dict[str, object] = {}
    for way, each in seconds.items():
        found |= rounds(way, each)
    assert told in summary({(job, 10_000): found})  # type: ignore[dict-item] # rounds of several ways


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
    assert log.latest("quads", MEETINGS) == [turn("ours", 1), turn("limit", 1, seconds=5)]


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
    assert Budget(seconds, slow=20).refusal(Step("quads", "ours", MEETINGS, 2), log) == reason


def test_each_round_begins_with_another_way_and_ends_with_what_is_slow() -> None:
    planned = list(steps(["quads"], [1000, 1_000_000], 2))
    assert [(step.way, step.meetings, step.round) for step in planned] == [
        ("ours", 1000, 1), ("limit", 1000, 1), ("ours", 1_000_000, 1), ("limit", 1_000_000, 1),
        ("plain rdflib", 1000, 1),
        ("limit", 1000, 2), ("ours", 1000, 2), ("limit", 1_000_000, 2), ("ours", 1_000_000, 2),
        ("plain rdflib", 1000, 2),
    ]  # fmt: skip


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
    nothing = Place(tmp_path, MEETINGS)
    (failed,) = take("quads", "limit", nothing, 1, seconds=60).samples
    (stopped,) = take("quads", "limit", nothing, 1, seconds=0).samples
    assert "NotFound" in failed.error or "kg.toml" in failed.error
    assert stopped.error == "more than 0 s"


def test_a_line_of_json_is_a_sample() -> None:
    sample = Sample("a", 1.0, 2.0, 3.0, "text", "", is_file=True)
    assert Sample(*json.loads(json.dumps(sample))) == sample


def test_jobs_are_found_by_their_file() -> None:
    assert set(JOBS) <= set(job_names())
    assert {path.stem for path in (HERE / "jobs").glob("*.py")} == set(job_names())
    assert all(find_job(name).ways for name in job_names())
