"""The benchmarks measure the same work: every way that needs no peer's environment gives the answer that ours gives."""

import json
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
MEETINGS = 40
JOBS = ("conversion", "exports", "loading", "network")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A register small enough to do every job on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        from places import prepare

        return prepare(tmp_path_factory.mktemp("benchmarks"), MEETINGS)


@pytest.mark.slow
@pytest.mark.parametrize("name", JOBS)
def test_every_way_gives_the_same_answer(
    name: str, register: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)
    from harness import Place, Sample, find_job, measure_here

    assert isinstance(register, Place)
    job = find_job(name)
    answers: dict[str, dict[str, str]] = {}
    for way in (way for way, how in job.ways.items() if not how.is_peer):
        measure_here(name, way, register)
        samples = [Sample(*json.loads(line)) for line in capsys.readouterr().out.splitlines()]
        assert [sample.case for sample in samples] == list(job.cases)
        answers[way] = {sample.case: sample.answer for sample in samples if not sample.error}
    ours = next(iter(answers.values()))
    assert list(ours) == list(job.cases)
    wrong = [(way, case) for way, told in answers.items() for case in told if told[case] != ours[case]]
    assert wrong == []


def test_the_table_has_medians_with_their_spread_ratios_and_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)
    from harness import Job, Sample
    from report import table

    def rounds(seconds: tuple[float, ...], answer: str) -> list[list[Sample]]:
        return [[Sample("", each, each, 10, answer)] for each in seconds]

    told = table(Job("A job", {}), 1000, {"ours": rounds((1, 2, 3), "a"), "theirs": rounds((8, 4, 6), "b")})
    assert "| ours | 2 (1–3) | 1.00 | 2 | 10 | 1 of 1 agree |" in told
    assert "| theirs | 6 (4–8) | 3.00 | 6 | 10 | 0 of 1 agree |" in told


def test_jobs_are_found_by_their_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)
    from harness import find_job, job_names

    assert set(JOBS) <= set(job_names())
    assert all(find_job(name).ways for name in job_names())
