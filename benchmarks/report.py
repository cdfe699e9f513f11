"""Samples of several rounds -> a table a person reads: medians with their spread, ratios, and whether answers agree."""

import platform
import sys
from collections.abc import Mapping, Sequence
from math import exp, log
from statistics import median

from harness import PEERS, Job, Sample, versions

OURS = ("cooperation-kg", "rdflib", "pyoxigraph", "networkx", "numpy", "scipy", "igraph", "networkit")
THEIRS = ("maplib", "polars", "morph-kgc")

Rounds = Mapping[str, Sequence[Sequence[Sample]]]


def conditions(sizes: Sequence[int], rounds: int) -> str:
    """Say what was measured on what, with which versions."""
    found = versions(sys.executable, OURS) | (versions(str(PEERS), THEIRS) if PEERS.exists() else {})
    used = ", ".join(f"{name} {version}" for name, version in found.items())
    return (
        f"Python {platform.python_version()}, {platform.machine()}; {used}.\n\n"
        f"{rounds} rounds, the ways in turn; sizes {', '.join(f'{size:,}' for size in sizes)} meetings. Each figure is "
        "the median of processor seconds, lowest to highest in brackets; *ratio* is to ours. Over several cases it "
        "is the geometric mean of those that both answered. "
        "Memory is the peak of the process.\n"
    )


def table(job: Job, meetings: int, rounds: Rounds) -> str:
    """Return a job's tables in Markdown: its ways, and with many cases a row a case too."""
    title = f"\n## {job.title}: {meetings:,} meetings\n"
    summary = _rows(("way", "processor s", "ratio", "wall s", "MiB", "answers"), _ways(rounds))
    if len(job.cases) == 1:
        return f"{title}\n{summary}\n"
    return f"{title}\n{summary}\n\n{_rows(('case', *rounds), _cases(job, rounds))}\n"


def _ways(rounds: Rounds) -> list[tuple[str, ...]]:
    """Return a row a way."""
    ours = next(iter(rounds))
    rows: list[tuple[str, ...]] = []
    for way in rounds:
        both = [case for case in _answered(rounds[ours]) if case in _answered(rounds[way])]
        if not both:
            rows.append((way, "-", "-", "-", "-", _reason(rounds[way])))
            continue
        figures = [_mean(samples, both, "processor") for samples in rounds[way]]
        mine = _mean_of(rounds[ours], both, "processor")
        wall, peak = _mean_of(rounds[way], both, "wall"), max(s.peak for each in rounds[way] for s in each)
        ratio = median(figures) / mine
        agreement = _agreement(rounds[ours], rounds[way], both)
        rows.append((way, _spread(figures), f"{ratio:.2f}", _short(wall), f"{peak:.0f}", agreement))
    return rows


def _cases(job: Job, rounds: Rounds) -> list[tuple[str, ...]]:
    """Return a row a case: the figure of each way."""
    rows = []
    for case in job.cases:
        cells = []
        for way in rounds:
            found = [s for each in rounds[way] for s in each if s.case == case]
            good = [s.processor for s in found if not s.error]
            cells.append(_spread(good) if good else found[0].error[:40] if found else "-")
        rows.append((case, *cells))
    return rows


def _answered(samples: Sequence[Sequence[Sample]]) -> list[str]:
    """Return the cases answered in every round."""
    return [s.case for s in samples[0] if all(not t.error for each in samples for t in each if t.case == s.case)]


def _reason(samples: Sequence[Sequence[Sample]]) -> str:
    """Return why nothing was answered."""
    return next((s.error for each in samples for s in each if s.error), "nothing in common")[:60]


def _mean(samples: Sequence[Sample], cases: Sequence[str], field: str) -> float:
    """Return the geometric mean of one round over cases."""
    found = [max(getattr(s, field), 1e-6) for s in samples if s.case in cases]
    return exp(sum(map(log, found)) / len(found))


def _mean_of(rounds: Sequence[Sequence[Sample]], cases: Sequence[str], field: str) -> float:
    """Return the median over rounds of the geometric mean."""
    return median(_mean(samples, cases, field) for samples in rounds)


def _agreement(ours: Sequence[Sequence[Sample]], theirs: Sequence[Sequence[Sample]], cases: Sequence[str]) -> str:
    """Say in how many cases the answers are ours, over all rounds."""
    mine = {s.case: s.answer for s in ours[0]}
    wrong = {s.case for each in theirs for s in each if s.case in cases and s.answer != mine[s.case]}
    total = len(cases)
    return f"{total - len(wrong)} of {total} agree" + (f" (not {', '.join(sorted(wrong)[:5])})" if wrong - {""} else "")


def _spread(figures: Sequence[float]) -> str:
    """Return the median with its lowest and highest."""
    return f"{_short(median(figures))} ({_short(min(figures))}–{_short(max(figures))})"


def _short(seconds: float) -> str:
    """Return three digits."""
    return f"{seconds:.3g}"


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)
