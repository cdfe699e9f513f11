"""Random edits of a collection of many files, as people make them: careless ones too.

Files are held as text by name. Each edit changes some of them; what comes of it may be right, strange (a warning) or
wrong. The same `random.Random` makes the same edits.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from registers import records

from kg import build

Files = dict[str, str]
Line = dict[str, Any]
MEETINGS = 24
LONG = "They agreed to train forty operators of the waterworks in leak detection and in the care of pumps."
DATES = ("2009", "2012-05", "2016-07-01", "2018-01-01", "2021", "2024-12-31", "2031-01-01")


def ways_of_builds(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return a list to which each build that comes adds whether it patched the one before."""
    ways: list[bool] = []
    plain = build._patched  # noqa: SLF001 - to see which way it went

    def seen(*given: Any) -> bool:  # noqa: ANN401 - whatever it takes
        ways.append(plain(*given))
        return ways[-1]

    monkeypatch.setattr(build, "_patched", seen)
    return ways


def register() -> Files:
    """Return a register as a file a record."""
    return {f"{line['kind']}/{line['id']}.jsonl": _text([line]) for line in records(MEETINGS)}


def put(files: Mapping[str, str], folder: Path) -> None:
    """Make a folder hold these files and no others; those that stay the same are left alone."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def edited(files: Files, chance: random.Random) -> tuple[str, Files]:
    """Return what was done, and the files after it."""
    after = dict(files)
    names = chance.choices(list(EDITS), k=chance.choice((1, 1, 1, 2)))
    for name in names:
        EDITS[name](after, chance)
    return " and ".join(names), after


def _text(lines: list[Line]) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


def _lines(text: str) -> list[Line]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{") and line.endswith("}")]


def _all(files: Files) -> Iterator[Line]:
    for text in files.values():
        yield from _lines(text)


def _ids(files: Files, *kinds: str) -> list[str]:
    return [line["id"] for line in _all(files) if line["kind"] in kinds] or ["nobody"]


def _change(files: Files, chance: random.Random, kinds: str, change: Callable[[Line], None]) -> None:
    """Change one record of these kinds; `kinds` are words with blanks between."""
    holding = [name for name, text in files.items() if any(line["kind"] in kinds.split() for line in _lines(text))]
    if holding:
        name = chance.choice(holding)
        lines = _lines(files[name])
        change(chance.choice([line for line in lines if line["kind"] in kinds.split()]))
        files[name] = _text(lines)


def _put(line: Line, field: str, value: object) -> None:
    """Set a field of a record, or leave it out."""
    if value is None:
        line.pop(field, None)
    else:
        line[field] = value


def reword(files: Files, chance: random.Random) -> None:
    words = chance.choice(("Another name", 'A "quoted" \\ name\u2028', {"en": "A name", "ja": "名前"}))
    _change(
        files, chance, "city company official post forum meeting cooperation", lambda line: _put(line, "name", words)
    )


def redate(files: Files, chance: random.Random) -> None:
    kind, field = chance.choice(
        (("meeting", "date"), ("meeting", "date"), ("source", "published"), ("forum", "date"), ("tenure", "from"))
    )
    _change(files, chance, kind, lambda line: _put(line, field, chance.choice((*DATES, None))))


def end(files: Files, chance: random.Random) -> None:
    _change(files, chance, "tenure meeting", lambda line: _put(line, "until", chance.choice((*DATES, None, None))))


def observe(files: Files, chance: random.Random) -> None:
    _change(files, chance, "tenure", lambda line: _put(line, "observed", chance.sample(DATES, 2)))


def hand_over(files: Files, chance: random.Random) -> None:
    kind, field = chance.choice((("official", "official"), ("post", "post")))
    _change(files, chance, "tenure", lambda line: _put(line, field, chance.choice(_ids(files, kind))))


def meet_others(files: Files, chance: random.Random) -> None:
    parties = chance.sample(sorted({*_ids(files, "city", "company", "organization"), "nobody"}), 2)
    _change(files, chance, "meeting cooperation", lambda line: _put(line, "parties", parties))


def send_others(files: Files, chance: random.Random) -> None:
    person = {"official": chance.choice(_ids(files, "official"))}
    person |= {"as": chance.choice(_ids(files, "post"))} if chance.random() < 0.5 else {}
    _change(files, chance, "meeting", lambda line: _put(line, "people", [person]))


def follow(files: Files, chance: random.Random) -> None:
    _change(files, chance, "meeting", lambda line: _put(line, "follows", [chance.choice(_ids(files, "meeting"))]))


def serve(files: Files, chance: random.Random) -> None:
    key = chance.choice([*_ids(files, "cooperation"), "none-such"])
    _change(files, chance, "meeting", lambda line: _put(line, "cooperation", key))


def step(files: Files, chance: random.Random) -> None:
    taken = {
        "id": "late",
        "stage": "proposed",
        "date": chance.choice(DATES),
        "meeting": chance.choice(_ids(files, "meeting")),
    }
    said = [{"source": chance.choice(_ids(files, "source")), "says": "It was taken."}]
    _change(files, chance, "cooperation", lambda line: _put(line, "steps", [taken | {"evidence": said}]))


def copy(files: Files, chance: random.Random) -> None:
    other = chance.choice(_ids(files, "source"))
    field, value = chance.choice(
        (("copy_of", other), ("family", other), ("url", "https://example.org/1"), ("title", LONG))
    )
    _change(files, chance, "source", lambda line: _put(line, field, value))


def say(files: Files, chance: random.Random) -> None:
    """Let two sources say the same at length, one source claim what the other does not, or nobody say anything."""
    one, other = chance.choice(_ids(files, "source")), chance.choice(_ids(files, "source"))
    claims = chance.choice(({"date": "2001"}, {"parties": ["city-0"]}, {"parties": ["nobody"]}, {"stage": "nonsense"}))
    said = chance.choice(([{"source": one, "says": LONG}, {"source": other, "says": LONG}],
                          [{"source": one, "says": "x"}, {"source": other, "claims": claims}], None))  # fmt: skip
    _change(files, chance, "meeting cooperation official", lambda line: _put(line, "evidence", said))


def reach(files: Files, chance: random.Random) -> None:
    def change(line: Line) -> None:
        _put(line, "stage", chance.choice(("proposed", "mou-signed", None)))
        _put(line, "instrument", chance.choice(("mou", None)))
        _put(line, "status", chance.choice(("planned", None)))

    _change(files, chance, "meeting", change)


def belong(files: Files, chance: random.Random) -> None:
    key = chance.choice(_ids(files, "city"))
    _change(files, chance, "city company", lambda line: _put(line, "part_of", key))
    _change(files, chance, "post", lambda line: _put(line, "of", key))


def add(files: Files, chance: random.Random) -> None:
    """Add a meeting, or another official, told of by a source that is new too."""
    number = chance.randrange(100, 103)
    source = {"kind": "source", "id": f"source-{number}", "outlet": "Outlet", "published": "2026-01-01"}
    said = {"evidence": [{"source": source["id"], "says": "They met."}]}
    made = {"kind": "meeting", "id": f"meeting-{number}", "date": "2025-05-05", "parties": ["city-0", "party-0"]}
    official = {"kind": "official", "id": f"official-{number}", "name": "Official"}
    files[f"new-{number}.jsonl"] = _text([source, chance.choice((made, official)) | said])


def repeat(files: Files, chance: random.Random) -> None:
    text = chance.choice(list(files.values()))
    files["repeated.jsonl"] = text


def lose(files: Files, chance: random.Random) -> None:
    del files[chance.choice(list(files))]


def move(files: Files, chance: random.Random) -> None:
    name = chance.choice(list(files))
    files[chance.choice(("a", "meeting/between", "zz")) + f"-{len(files)}.jsonl"] = files.pop(name)


def join(files: Files, chance: random.Random) -> None:
    one, other = chance.sample(sorted(files), 2)
    files[one] = files.pop(other) + files[one]


def split(files: Files, chance: random.Random) -> None:
    """Take the last line of a file to one of its own."""
    name = chance.choice(list(files))
    lines = files[name].splitlines(keepends=True)
    files[name], files[f"{name}-rest.jsonl"] = "".join(lines[:-1]), "".join(lines[-1:])


def spoil(files: Files, chance: random.Random) -> None:
    name = chance.choice(list(files))
    files[name] += chance.choice(
        ('{"kind": "city", "id": "half', '{"kind": "city", "id": "Bad Id", "name": "x"}\n', "\n\n")
    )


def litter(files: Files, chance: random.Random) -> None:
    files[chance.choice(("notes.txt", "README.md", "empty.jsonl", "cities.yaml"))] = chance.choice(("", "# Words\n"))


EDITS: Mapping[str, Callable[[Files, random.Random], None]] = {
    each.__name__: each
    for each in (
        reword, redate, end, observe, hand_over, meet_others, send_others, follow, serve, step, copy, say, reach,
        belong, add, repeat, lose, move, join, split, spoil, litter,
    )
}  # fmt: skip
