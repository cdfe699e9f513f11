"""Hypothesis strategies: records that are valid by construction, alone or as a whole collection.

`records()` draws one record of any kind (or of the kind asked for) whose references name things at random.
`collections()` draws records that fit together: every id exists, and checking them finds no error.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from kg.allowed import STAGES, WORDS_PATTERN
from kg.check.meetings import INSTRUMENTS
from kg.check.statements import provable
from kg.dates import PartialDate
from kg.records import BY_PLURAL, KINDS, Record, from_builtins

Fields = st.SearchStrategy[dict[str, Any]]

ROLES = ("host", "guest", "delegate", "accompanying", "signatory")
LANGUAGES = ("en", "id", "ja", "zh-Hant", "pt-BR")
SECTORS = ("water-supply", "transport", "health")

ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
words = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\u202d\u202e\ufffe\uffff", include_characters="\n\t"
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: re.search(WORDS_PATTERN, text) is not None)
texts = words | st.dictionaries(st.sampled_from(LANGUAGES), words, min_size=1, max_size=3)
urls = st.builds(
    "https://{}.example.org/{}{}".format,
    ids,
    st.lists(st.sampled_from([*"abc/?=&~-_.é市", "%20"]), max_size=10).map("".join),
    st.sampled_from(["", "#part-2"]),
) | st.builds("mailto:{}@example.org".format, ids)


@st.composite
def dates(draw: st.DrawFn) -> str:
    """Draw a year, a month or a day."""
    day = draw(st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2014, 1, 1), date(2026, 12, 31)))
    return day.isoformat()[: draw(st.sampled_from([4, 7, 10]))]


def _later(draw: st.DrawFn, start: str | None) -> str | None:
    """Draw an end that is not before a start."""
    end = draw(dates())
    if start is None or PartialDate(end).latest < PartialDate(start).earliest:
        return start
    return end


def _some(draw: st.DrawFn, **fields: st.SearchStrategy[Any]) -> dict[str, Any]:
    """Draw a few of the fields."""
    kept = draw(st.sets(st.sampled_from(sorted(fields)))) if fields else set()
    return {name: draw(strategy) for name, strategy in fields.items() if name in kept}


def _several(values: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=least, max_size=3)


def _once(values: st.SearchStrategy[str], least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(values, min_size=least, max_size=3, unique=True)


class World:
    """Which ids a record may name; any at all unless said otherwise."""

    def __init__(self, known: dict[str, Sequence[str]] | None = None) -> None:
        self.known = known

    def ids(self, namespace: str) -> st.SearchStrategy[str]:
        if self.known is None:
            return ids
        found = self.known.get(namespace, ())
        return st.sampled_from(found) if found else st.nothing()

    def maybe(self, namespace: str) -> dict[str, st.SearchStrategy[str]]:
        strategy = self.ids(namespace)
        return {} if strategy.is_empty else {namespace: strategy}


@st.composite
def _evidence(draw: st.DrawFn, world: World, kind: str) -> list[dict[str, Any]]:
    """Draw statements; the first supports everything."""
    fields = provable(BY_PLURAL[kind])
    made = [{"source": draw(world.ids("source")), "says": draw(texts)}]
    for _ in range(draw(st.integers(0, 2))):
        one = {"source": draw(world.ids("source")), "quote": draw(words)} | _some(draw, at=words, says=texts)
        one |= _some(draw, supports=_once(st.sampled_from(fields)))
        one |= _some(draw, claims=st.dictionaries(st.just("head_count"), words, min_size=1, max_size=1))
        made.append(one)
    return made


@st.composite
def _named(draw: st.DrawFn, world: World, kind: str) -> dict[str, Any]:
    """Draw what nearly every kind has."""
    return {"name": draw(texts), "evidence": draw(_evidence(world, kind))}


@st.composite
def officials(draw: st.DrawFn, world: World) -> dict[str, Any]:
    optional = _some(draw, aliases=_several(texts), same_as=_several(urls), note=texts)
    return draw(_named(world, "officials")) | optional


@st.composite
def parties(draw: st.DrawFn, world: World, kind: str) -> dict[str, Any]:
    made = draw(_named(world, kind))
    made |= _some(draw, aliases=_several(texts), country=st.sampled_from(["ID", "JP", "KR"]), url=urls, note=texts)
    made |= _some(draw, same_as=_several(urls))
    if kind == "cities" and draw(st.booleans()):
        made |= {"latitude": draw(st.floats(-90, 90)), "longitude": draw(st.floats(-180, 180))}
    return made


@st.composite
def posts(draw: st.DrawFn, world: World) -> dict[str, Any]:
    return draw(_named(world, "posts")) | {"of": draw(world.ids("party"))}


@st.composite
def tenures(draw: st.DrawFn, world: World) -> dict[str, Any]:
    made = {"official": draw(world.ids("official")), "post": draw(world.ids("post"))}
    made |= {"evidence": draw(_evidence(world, "tenures"))} | _some(draw, note=texts)
    return made | draw(st.sampled_from([{}, {"observed": draw(_several(dates()))}, {"from": draw(dates())}]))


@st.composite
def forums(draw: st.DrawFn, world: World) -> dict[str, Any]:
    made = draw(_named(world, "forums")) | _some(draw, date=dates(), place=words, url=urls, note=texts)
    made |= _some(draw, city=world.ids("party"))
    return made | ({"until": _later(draw, made["date"])} if "date" in made and draw(st.booleans()) else {})


def _stage(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a stage and an instrument that reaches it."""
    stage = draw(st.sampled_from(STAGES))
    papers = INSTRUMENTS.get(stage)
    return {"stage": stage} | ({"instrument": draw(st.sampled_from(papers))} if papers else {})


@st.composite
def meetings(draw: st.DrawFn, world: World) -> dict[str, Any]:
    party, official = world.ids("party"), world.ids("official")
    made: dict[str, Any] = {"evidence": draw(_evidence(world, "meetings"))}
    made |= _some(draw, name=texts, date=dates(), aims=texts, note=texts, follow_up=st.booleans())
    made |= {"until": _later(draw, made["date"])} if "date" in made and draw(st.booleans()) else {}
    made["parties"] = [
        draw(st.sampled_from([name, {"party": name, "role": draw(st.sampled_from(ROLES))}]))
        for name in draw(_once(party, 1))
    ]
    made["people"] = [
        {"official": name} | _some(draw, role=st.sampled_from(ROLES), **{"for": party})
        for name in draw(_once(official))
    ]
    made |= _some(draw, sectors=_once(st.sampled_from(SECTORS)))
    venue = _some(draw, city=party, place=words, online=st.booleans(), **world.maybe("forum"))
    made |= {"at": venue} if venue else {}
    made |= _stage(draw) if draw(st.booleans()) else {"status": draw(st.sampled_from(["held", "planned", "cancelled"]))}
    return made | _some(draw, **world.maybe("cooperation"))


@st.composite
def cooperations(draw: st.DrawFn, world: World) -> dict[str, Any]:
    made = draw(_named(world, "cooperations")) | {"parties": draw(_once(world.ids("party"), 2))}
    made |= _some(draw, sectors=_once(st.sampled_from(SECTORS)), aims=texts, note=texts)
    statements = [{"source": draw(world.ids("source")), "says": draw(texts)}]
    made["steps"] = [
        {"id": name, "evidence": statements} | _stage(draw) | _some(draw, date=dates(), note=texts)
        for name in draw(_once(ids))
    ]
    return made


@st.composite
def sectors(draw: st.DrawFn, world: World) -> dict[str, Any]:
    return draw(_named(world, "sectors")) | _some(draw, broader=st.sampled_from(SECTORS), matches=_several(urls))


@st.composite
def sources(draw: st.DrawFn, world: World) -> dict[str, Any]:  # noqa: ARG001  (a source names nothing)
    made = {"outlet": draw(words)} | _some(draw, title=texts, url=urls, language=st.sampled_from(LANGUAGES), note=texts)
    return made | _some(
        draw, published=dates(), family=ids, sha256=st.text("0123456789abcdef", min_size=64, max_size=64)
    )


def _fields(kind: str, world: World) -> Fields:
    """Return the strategy of a kind's fields, the id aside."""
    if kind in ("cities", "companies", "organizations"):
        return parties(world, kind)
    made: dict[str, Fields] = {
        "officials": officials(world),
        "posts": posts(world),
        "tenures": tenures(world),
        "forums": forums(world),
        "meetings": meetings(world),
        "cooperations": cooperations(world),
        "sectors": sectors(world),
        "sources": sources(world),
    }
    return made[kind]


@st.composite
def records(draw: st.DrawFn, kind: type[Record] | None = None) -> Record:
    """Draw one record; what it names need not exist."""
    chosen = kind or draw(st.sampled_from(KINDS))
    return from_builtins(chosen, {"id": draw(ids)} | draw(_fields(chosen.plural, World())))


@st.composite
def collections(draw: st.DrawFn) -> list[Record]:
    """Draw records that fit together: a source, two parties, an official, a post, and some of the rest."""
    order = ("sources", "cities", "companies", "organizations", "officials", "posts", "tenures", "forums", "sectors")
    least = {"sources": 1, "cities": 2, "officials": 1, "posts": 1}
    known: dict[str, list[str]] = {}
    made: list[Record] = []
    for plural in (*order, "cooperations", "meetings"):
        kind = BY_PLURAL[plural]
        for _ in range(draw(st.integers(least.get(plural, 0), 2))):
            name = f"{kind.kind}-{len(made)}"
            fields = draw(_fields(plural, World({**known})))
            made.append(from_builtins(kind, {"id": name} | fields))
            known.setdefault(kind.namespace, []).append(name)
    return made
