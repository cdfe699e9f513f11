"""Made-up collections of any size for measuring the whole flow: records as JSONL, each with a source of its own.

    python benchmarks/registers.py 23000 /somewhere/register
    python benchmarks/registers.py 1000000 /somewhere/else --plain

Nothing here is about anybody: names are numbered. The same size gives the same records. Cities meet companies and
organizations over sixteen years; few are met often, most once or twice; one chain in three gets to a paper, and one
in three is a cooperation. Posts change hands every four years, and who holds one acts in it.

A plain register holds the same meetings, each of two parties and two officials, on a day, in a sector, told by a
source; and nothing of posts, forums, stages, cooperations or what sources disagree about.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
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
POSTS, YEARS, TERMS = ("mayor", "secretary"), 4, 4


@dataclass(frozen=True)
class Size:
    """How many meetings a register has, and so how much of everything else."""

    meetings: int

    @property
    def cities(self) -> int:
        """A city for a hundred meetings."""
        return max(2, self.meetings // 100)

    @property
    def others(self) -> int:
        """Companies and organizations by turns."""
        return max(3, self.meetings // 12)

    @property
    def officials(self) -> int:
        """An official for five meetings."""
        return max(4, self.meetings // 5)

    @property
    def sources(self) -> int:
        """One for two meetings: half of them tell of more than one."""
        return self.officials * 5 // 2

    @property
    def forums(self) -> int:
        """One for three hundred meetings, spread over all days."""
        return max(2, self.meetings // 300)

    def forum_of(self, day: date) -> str:
        """Return the forum of these days."""
        return f"forum-{(day - START).days * self.forums // DAYS}"

    def holder(self, post: int, term: int) -> str:
        """Return who holds a post for a term: whoever holds the next one first has this one last."""
        return f"official-{(post * (TERMS - 1) + term) % self.officials}"


def records(meetings: int, *, is_plain: bool = False) -> Iterator[Record]:
    """Yield the records of a register with so many meetings."""
    chance, size = random.Random(meetings), Size(meetings)  # noqa: S311 - a register, not a secret
    yield from _parties(size)
    for number in range(size.officials):
        yield {"kind": "official", "id": f"official-{number}", "name": f"Official {number}", "evidence": _says(0)}
    yield from _sources(size)
    if is_plain:
        yield from (_plainly(each) for each in _meetings(size, chance) if each["kind"] == "meeting")
        return
    yield from _posts(size)
    for number in range(size.forums):
        day = (START + timedelta(days=number * DAYS // size.forums)).isoformat()
        forum = {"kind": "forum", "id": f"forum-{number}", "name": f"Forum {number}", "date": day}
        yield forum | {"evidence": _says(number)}
    yield from _meetings(size, chance)


def _sources(size: Size) -> Iterator[Record]:
    """Yield sources, spread over all days."""
    for number in range(size.sources):
        yield {
            "kind": "source",
            "id": f"source-{number}",
            "outlet": f"Outlet {number % 97}",
            "published": (START + timedelta(days=number * DAYS // size.sources)).isoformat(),
        }


def _meetings(size: Size, chance: random.Random) -> Iterator[Record]:
    """Yield chains of meetings between two parties, a third of them with the cooperation they serve."""
    for number in range(0, size.meetings, CHAIN):
        parties = [_few(chance, size.cities), _few(chance, size.others)]
        top, first = chance.choice((1, 1, 1, 2, 3, 4, 5, 6, 7)), chance.randrange(LAST)
        last = min(number + CHAIN, size.meetings)
        chain = [_meeting(each, parties, (first, top), chance, size) for each in range(number, last)]
        if number // CHAIN % 3 == 0:
            pursued = _cooperation(number // CHAIN, chain)
            yield pursued
            chain = [meeting | {"cooperation": pursued["id"]} for meeting in chain]
        yield from chain


def _few(chance: random.Random, size: int) -> int:
    """Choose a number, the low ones often."""
    return min(int(chance.paretovariate(0.9)) - 1, size - 1) if chance.random() < 0.3 else chance.randrange(size)  # noqa: PLR2004


def _parties(size: Size) -> Iterator[Record]:
    """Yield cities, three in four of them on the map and one in three with a Japanese name, then the others."""
    for number in range(size.cities):
        made = _party("city", f"city-{number}", number)
        made |= {"latitude": number % 90 + 0.5, "longitude": number % 180 + 0.5} if number % 4 else {}
        yield made if number % 3 else made | {"name": {"en": made["name"], "ja": f"都市{number}"}}
    for number in range(size.others):
        yield _party(("company", "organization")[number % 2], f"party-{number}", number)


def _party(kind: str, key: str, number: int) -> Record:
    """Make a city, company or organization."""
    country = COUNTRIES[number % len(COUNTRIES)]
    return {"kind": kind, "id": key, "name": f"{kind.title()} {number}", "country": country, "evidence": _says(number)}


def _says(number: int, says: str = "It is named.") -> list[Record]:
    """Make a statement of one of the first sources."""
    return [{"source": f"source-{number % 2}", "says": says}]


def _posts(size: Size) -> Iterator[Record]:
    """Yield the posts of cities and of every other company, and who held them; one mayor in fifty had a stand-in."""
    posts = [(f"city-{city}", name) for city in range(size.cities) for name in POSTS]
    posts += [(f"party-{other}", "head") for other in range(0, size.others, 2)]
    for post, (body, name) in enumerate(posts):
        key = f"{body}-{name}"
        yield {"kind": "post", "id": key, "name": name.title(), "of": body, "evidence": _says(post)}
        for term in range(TERMS):
            begins = START.year + term * YEARS
            made = _tenure(key, term, size.holder(post, term)) | {
                "from": str(begins) if post % 3 else f"{begins}-01-01"
            }
            yield made | ({"until": f"{begins + YEARS - 1}-12-31"} if term < TERMS - 1 else {})
        if post % 100 == 0:
            acting = {"kind": "post", "id": f"{key}-acting", "name": f"Acting {name}", "of": body, "acting_for": key}
            yield acting | {"evidence": _says(post)}
            yield _tenure(acting["id"], 0, size.holder(post + 2, 1)) | {"observed": ["2017-12-04", "2018-01-08"]}


def _tenure(post: str, number: int, official: str) -> Record:
    """Make a tenure without its days."""
    key = {"kind": "tenure", "id": f"{post}-{number}"}
    return key | {"official": official, "post": post, "evidence": _says(number, "The post was taken over.")}


def _meeting(number: int, parties: list[int], course: tuple[int, int], chance: random.Random, size: Size) -> Record:
    """Make one meeting of a chain of four, each some months after the one before; the last may not have been held."""
    first, top = course
    step = number % CHAIN
    day = START + timedelta(days=first + step * 400 + chance.randrange(1, 399))
    told = min((first + step * 400 + 400) * size.sources // DAYS + chance.randrange(1, 9), size.sources - 1)
    status = "held" if number % 40 != 39 else "cancelled" if number % 200 == 199 else "planned"  # noqa: PLR2004
    made: Record = {
        "kind": "meeting",
        "id": f"meeting-{number}",
        "name": f"Meeting {number}",
        "date": day.isoformat() if number % 9 else day.isoformat()[:7],
        "parties": [f"city-{parties[0]}", f"party-{parties[1]}"],
        "people": _people(parties, day, chance, size),
        "sectors": sorted({chance.choice(SECTORS), chance.choice(SECTORS)}),
        "evidence": [{"source": f"source-{told}", "says": "They met."}],
    }
    made |= _outcome((*STAGES, *LATER)[min(step * 2, top - 1)]) if status == "held" else {"status": status}
    made |= {"follows": [f"meeting-{number - 1}"]} if step else {}
    made |= {"aims": "To learn from each other."} if number % 10 == 4 else {}  # noqa: PLR2004
    made |= {"at": {"forum": size.forum_of(day)}} if number % 25 == 7 else _at_home(parties) if number % 2 else {}  # noqa: PLR2004
    if number % 50 == 0:
        made["evidence"].append({"source": "source-0", "claims": {"date": str(day.year + 1)}})
    elif number % 5 == 0:
        made["evidence"].append({"source": f"source-{min(told + 1, size.sources - 1)}", "says": "They did meet."})
    return made


def _plainly(meeting: Record) -> Record:
    """Leave of a meeting who met whom, when, about what and who says so."""
    kept = {field: meeting[field] for field in ("kind", "id", "name", "date", "parties")}
    people = [{"official": each["official"]} for each in meeting["people"][-2:]]
    return kept | {"people": people, "sectors": meeting["sectors"][:1], "evidence": meeting["evidence"][:1]}


def _at_home(parties: list[int]) -> Record:
    """Let the city be where they meet."""
    return {"at": {"city": f"city-{parties[0]}"}}


def _outcome(reached: tuple[str, str | None]) -> Record:
    """Say which stage was reached, and by which paper."""
    stage, instrument = reached
    return {"stage": stage} | ({"instrument": instrument} if instrument else {})


def _people(parties: list[int], day: date, chance: random.Random, size: Size) -> list[Record]:
    """Let the mayor receive the head of the other party, or somebody who speaks for it, and one more come along."""
    city, other = parties
    term = (day.year - START.year) // YEARS
    host, post = city * len(POSTS), size.cities * len(POSTS) + other // 2
    mayor = {"official": size.holder(host, term), "as": f"city-{city}-mayor", "role": "host"}
    guest: Record = {"official": f"official-{_few(chance, size.officials)}", "for": f"party-{other}", "role": "guest"}
    if other % 2 == 0:
        guest = {"official": size.holder(post, term), "as": f"party-{other}-head", "role": "guest"}
    others = {"official": f"official-{_few(chance, size.officials)}"}
    return list({each["official"]: each for each in (others, guest, mayor)}.values())


def _cooperation(number: int, chain: list[Record]) -> Record:
    """Make the cooperation that a chain of meetings serves: a step whenever one of them got further."""
    held = [each for each in chain if "stage" in each]
    further = [each for at, each in enumerate(held) if each["stage"] not in {one["stage"] for one in held[:at]}]
    return {
        "kind": "cooperation",
        "id": f"cooperation-{number}",
        "name": f"Cooperation {number}",
        "parties": chain[0]["parties"],
        "sectors": chain[0]["sectors"],
        "steps": [_step(each) for each in further],
        "evidence": chain[0]["evidence"][:1],
    }


def _step(meeting: Record) -> Record:
    """Make the step of a cooperation that was taken in a meeting."""
    taken: Record = {field: meeting[field] for field in ("date", "stage", "instrument") if field in meeting}
    key = meeting["id"].partition("-")[2]
    return {"id": key, **taken, "meeting": meeting["id"], "evidence": meeting["evidence"][:1]}


def write(folder: Path, meetings: int, *, is_plain: bool = False) -> None:
    """Write the collection to a new folder."""
    (folder / "records").mkdir(parents=True)
    (folder / "kg.toml").write_text(f'title = "A register of {meetings} meetings"\n', encoding="utf-8")
    with (folder / "records" / "all.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(record) + "\n" for record in records(meetings, is_plain=is_plain))


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]), is_plain="--plain" in sys.argv[3:])
