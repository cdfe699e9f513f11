"""What turns found -> tables a person reads: medians with their spread, ratios, and whether answers agree."""

import os
import platform
import re
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from figures import Rounds, answered, compared, differing, mean, most
from harness import PEERS, Job, Register
from measure import Sample
from turns import Turn
from versions import versions

OURS = ("cooperation-kg", "rdflib", "pyoxigraph", "networkx", "numpy", "scipy", "igraph", "networkit", "orjson")
THEIRS = ("maplib", "polars", "morph-kgc")
COLUMNS = ("way", "rounds", "processor s", "ratio", "wall s", "slowest case, s", "MiB", "MiB written", "answers")


def conditions(turns: Sequence[Turn]) -> str:
    """Say what was measured on what, with which versions, and how busy the machine was."""
    found = versions(sys.executable, *OURS) | (versions(str(PEERS), *THEIRS) if PEERS.exists() else {})
    used = ", ".join(f"{name} {version}" for name, version in found.items())
    loads = sorted(turn.load for turn in turns) or [0.0]
    commits = ", ".join(sorted({turn.commit for turn in turns if turn.commit})) or "unknown"
    return (
        f"Commit {commits}. {_machine()}; Python {platform.python_version()}; {used}. Load average when a way began: "
        f"{loads[0]:.1f} to {loads[-1]:.1f}, mostly {loads[len(loads) // 2]:.1f}.\n\n"
        "The ways take turns, each in a process of its own. A figure is the median over rounds, lowest to highest in "
        "brackets; over several cases it is the geometric mean of those that ours answered too. *ratio* is to ours, in "
        "processor seconds; *MiB* is the peak of the process. A way that takes long is given fewer rounds."
    )


def _machine() -> str:
    """Return processor, cores and memory."""
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB"


def table(job: Job, register: Register, rounds: Rounds) -> str:
    """Return a job's tables in Markdown: its ways, and with many cases a row a case too."""
    title = f"## {job.title}: {register}"
    ours = next(iter(job.ways))
    if not answered(rounds.get(ours, ())):
        return f"{title}\n\nNothing to compare with: {_reason(rounds.get(ours, ()))}."
    rows = [_way(way, rounds[ours], found, len(job.cases)) for way, found in rounds.items()]
    left_out = {"slowest case, s"} if len(job.cases) == 1 else set()
    left_out |= {name for name in ("MiB written",) if not any(row[name] for row in rows)}
    head = [name for name in COLUMNS if name not in left_out]
    told = [title, markdown(head, [[row[name] for name in head] for row in rows])]
    told += [markdown(("case", *rounds), _cases(job, rounds))] if len(job.cases) > 1 else []
    return "\n\n".join(told)


def _way(
    way: str, ours: Sequence[Sequence[Sample]], found: Sequence[Sequence[Sample]], cases: int
) -> Mapping[str, str]:
    """Return the row of a way, column -> cell; what it shares with ours is compared."""
    theirs = set(answered(found))
    both = [case for case in answered(ours) if case in theirs]
    if not both:
        return dict.fromkeys(COLUMNS, "-") | {"way": way, "rounds": str(len(found)), "answers": _reason(found)}
    processor, mine = mean(found, both, "processor"), mean(ours, both, "processor")
    written = max(s.written for samples in found for s in samples)
    return {
        "way": way,
        "rounds": str(len(found)),
        "processor s": str(processor),
        "ratio": f"{processor.middle / mine.middle:.2f}",
        "wall s": str(mean(found, both, "wall")),
        "slowest case, s": str(most(found, both, "processor")),
        "MiB": f"{max(s.peak for samples in found for s in samples):,.0f}",
        "MiB written": f"{written:,.0f}" if written else "",
        "answers": _agreement(ours, found, both, cases),
    }


def _agreement(
    ours: Sequence[Sequence[Sample]], found: Sequence[Sequence[Sample]], both: Collection[str], cases: int
) -> str:
    """Say how many answers are ours, which are not, and how many were not asked for."""
    wrong, asked = differing(ours, found, both), compared(ours, found, both)
    agreement = f"{len(asked) - len(wrong)} of {len(asked)} agree" if asked else "not compared"
    agreement += f" (not {', '.join(sorted(wrong)[:5])})" if wrong else ""
    return agreement + (f"; {cases - len(both)} not asked" if cases > len(both) else "")


def _cases(job: Job, rounds: Rounds) -> list[tuple[str, ...]]:
    """Return a row a case: the processor seconds of each way."""
    rows = []
    for case in job.cases:
        cells = []
        for samples in rounds.values():
            found = [s for each in samples for s in each if s.case == case]
            good = [each for each in samples if any(s.case == case and not s.error for s in each)]
            cells.append(str(mean(good, {case}, "processor")) if good else found[0].error[:40] if found else "-")
        rows.append((case, *cells))
    return rows


def _reason(rounds: Sequence[Sequence[Sample]]) -> str:
    """Return why nothing was answered."""
    return next((s.error for samples in rounds for s in samples if s.error), "nothing in common")[:60]


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)


def put(path: Path, parts: Mapping[str, str]) -> None:
    """Put each part between its markers, `<!-- NAME -->` and `<!-- /NAME -->`; all else in the file stays as it is.

    Raises:
        ValueError: a marker is not there.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else "".join(map(_markers, parts))
    for name, part in parts.items():
        begin, end = f"<!-- {name} -->\n", f"\n<!-- /{name} -->"
        before, _, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"{path} has no place for the {name}: {begin.strip()} and {end.strip()}, each on a line")
        text = f"{before}{begin}\n{part}\n{end}{after}"
    path.write_text(text, encoding="utf-8")


def _markers(name: str) -> str:
    """Return the markers of a part, with nothing between."""
    return f"<!-- {name} -->\n\n<!-- /{name} -->\n\n"
