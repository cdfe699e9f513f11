"""Made-up collections of any size for measuring the whole flow: records as JSONL, each with a source of its own.

    python benchmarks/registers.py 23000 /somewhere/register

Nothing here is about anybody: names are numbered. The same size gives the same records. Cities meet companies and
organizations over sixteen years; few are met often, most once or twice; one chain in three gets to a paper.
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Record = dict[str, Any]
COUNTRIES = ("ID", "JP", "NL", "AU", "SG", "KR", "MY", "US", "FR", "TW")
SECTORS = ("water-supply", "waste-management", "smart-city", "transport", "education", "health", "tourism", "energy")
STAGES = (("discussed", None), ("proposed", None), ("letter-of-intent", "loi"), ("mou-signed", "mou"))
LATER = (("agreement-signed", "agreement"), ("implementation", None), ("completed", None))
CHAIN = 4
START, DAYS, LAST = date(2010, 1, 4), 5800, 4000


def records(meetings: int) -> Iterator[Record]:
    """Yield the records of a register with so many meetings."""
    chance = random.Random(meetings)  # noqa: S311 - a register, not a secret
    cities, others = max(2, meetings // 100), max(3, meetings // 12)
    officials = max(4, meetings // 5)
    sources = officials * 5 // 2
    for number in range(cities):
        yield _party("city", f"city-{number}", number)
    for number in range(others):
        yield _party(("company", "organization")[number % 2], f"party-{number}", number)
    for number in range(officials):
        yield {"kind": "official", "id": f"official-{number}", "name": f"Official {number}", "evidence": _says(0)}
    for number in range(sources):
        yield {
            "kind": "source",
            "id": f"source-{number}",
            "outlet": f"Outlet {number % 97}",
            "published": (START + timedelta(days=number * DAYS // sources)).isoformat(),
        }
    chain: list[str] = []
    for number in range(meetings):
        if number % CHAIN == 0:
            chain = [f"city-{_few(chance, cities)}", f"party-{_few(chance, others)}"]
            top = chance.choice((1, 1, 1, 2, 3, 4, 5, 6, 7))
            first = chance.randrange(LAST)
        yield _meeting(number, chain, (first, top), chance, officials)


def _few(chance: random.Random, size: int) -> int:
    """Choose a number, the low ones often."""
    return min(int(chance.paretovariate(0.9)) - 1, size - 1) if chance.random() < 0.3 else chance.randrange(size)  # noqa: PLR2004


def _party(kind: str, key: str, number: int) -> Record:
    """Make a city, company or organization."""
    country = COUNTRIES[number % len(COUNTRIES)]
    return {"kind": kind, "id": key, "name": f"{kind.title()} {number}", "country": country, "evidence": _says(number)}


def _says(number: int) -> list[Record]:
    """Make a statement of one of the first sources."""
    return [{"source": f"source-{number % 2}", "says": "It is named."}]


def _meeting(number: int, parties: list[str], course: tuple[int, int], chance: random.Random, officials: int) -> Record:
    """Make one meeting of a chain of four, each some months after the one before."""
    first, top = course
    step = number % CHAIN
    stage, instrument = (*STAGES, *LATER)[min(step * 2, top - 1)]
    day = START + timedelta(days=first + step * 400 + chance.randrange(1, 399))
    told = min((first + step * 400 + 400) * officials * 5 // 2 // DAYS + chance.randrange(1, 9), officials * 5 // 2 - 1)
    made: Record = {
        "kind": "meeting",
        "id": f"meeting-{number}",
        "name": f"Meeting {number}",
        "date": day.isoformat() if number % 9 else day.isoformat()[:7],
        "parties": parties,
        "people": [{"official": f"official-{each}"} for each in sorted({_few(chance, officials) for _ in range(3)})],
        "sectors": sorted({chance.choice(SECTORS), chance.choice(SECTORS)}),
        "stage": stage,
        "evidence": [{"source": f"source-{told}", "says": "They met."}],
    }
    made |= {"instrument": instrument} if instrument else {}
    made |= {"follows": [f"meeting-{number - 1}"]} if step else {}
    if number % 50 == 0:
        made["evidence"].append({"source": "source-0", "claims": {"date": str(day.year + 1)}})
    return made


def write(folder: Path, meetings: int) -> None:
    """Write the collection to a new folder."""
    (folder / "records").mkdir(parents=True)
    (folder / "kg.toml").write_text(f'title = "A register of {meetings} meetings"\n', encoding="utf-8")
    lines = "".join(json.dumps(record) + "\n" for record in records(meetings))
    (folder / "records" / "all.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
