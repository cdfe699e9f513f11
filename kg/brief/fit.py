"""Cut a brief to one page of A4: the first lines of each part, how many more there are, and the sources they cite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from kg.brief.parts import Brief, Cited, Contact
from kg.brief.room import PAGE, height, width

C = TypeVar("C", bound=Cited)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many lines of each part a page holds, how many sources a line names and people a side, how wide a text is.

    Widths count a letter as 1, and a character of Chinese, Japanese or Korean as 2.
    """

    standings: int
    promises: int
    people: int
    contacts: int
    disputes: int
    single: int
    cites: int
    side: int
    text: int


_LEVELS = (
    Limits(standings=6, promises=8, people=10, contacts=8, disputes=4, single=3, cites=3, side=4, text=120),
    Limits(standings=5, promises=6, people=8, contacts=6, disputes=4, single=2, cites=2, side=4, text=110),
    Limits(standings=4, promises=5, people=6, contacts=5, disputes=3, single=2, cites=2, side=3, text=100),
    Limits(standings=4, promises=4, people=5, contacts=4, disputes=2, single=2, cites=2, side=2, text=90),
    Limits(standings=3, promises=4, people=4, contacts=4, disputes=2, single=1, cites=1, side=2, text=80),
    Limits(standings=3, promises=3, people=3, contacts=3, disputes=1, single=1, cites=1, side=2, text=60),
)
"""From much to little: the first that fits a page is taken, the last in any case; what room is left is then filled."""
_FILLED = ("contacts", "promises", "standings", "people", "disputes", "single")
"""The parts that get one more line each, in turn, while the page has room."""


def to_one_page(brief: Brief) -> Brief:
    """Return as much of a brief as one page of A4 is likely to hold."""
    limits = next((each for each in _LEVELS if _fits(cut(brief, each))), None)
    return cut(brief, _filled(brief, limits) if limits else _LEVELS[-1])


def _fits(brief: Brief) -> bool:
    """Say whether a page is likely to hold a brief."""
    return height(brief) <= PAGE


def _filled(brief: Brief, limits: Limits) -> Limits:
    """Return the limits with one more line for each part in turn, as long as it is needed and fits."""
    growing = [name for name in _FILLED if len(getattr(brief, name)) > getattr(limits, name)]
    while growing:
        for name in tuple(growing):
            more = replace(limits, **{name: getattr(limits, name) + 1})
            if _fits(cut(brief, more)):
                limits = more
            if limits is not more or len(getattr(brief, name)) == getattr(limits, name):
                growing.remove(name)
    return limits


def cut(brief: Brief, limits: Limits) -> Brief:
    """Return a brief of the first lines of each part; `more` says how many were cut, and sources are numbered anew."""
    kept = replace(
        brief,
        standings=_lines(brief.standings, limits.standings, limits),
        promises=_lines(brief.promises, limits.promises, limits),
        people=_lines(brief.people, limits.people, limits),
        disputes=_lines(brief.disputes, limits.disputes, limits),
        single=_lines(brief.single, limits.single, limits),
        contacts=_lines(brief.contacts, limits.contacts, limits),
    )
    number: dict[int, int] = {}
    for cite in (cite for part in _parts(kept).values() for each in part for cite in each.cites):
        number.setdefault(cite, len(number) + 1)
    more = {name: len(part) - len(_parts(kept)[name]) for name, part in _parts(brief).items()}
    return replace(
        kept,
        standings=_renumbered(kept.standings, number),
        promises=_renumbered(kept.promises, number),
        people=_renumbered(kept.people, number),
        disputes=_renumbered(kept.disputes, number),
        single=_renumbered(kept.single, number),
        contacts=_renumbered(kept.contacts, number),
        sources=tuple(brief.sources[old - 1] for old in number),
        more={name: count for name, count in more.items() if count},
    )


def _parts(brief: Brief) -> dict[str, Sequence[Cited]]:
    """Return the parts by name, in the order in which the page shows them."""
    return {
        "standings": brief.standings,
        "promises": brief.promises,
        "people": brief.people,
        "disputes": brief.disputes,
        "single": brief.single,
        "contacts": brief.contacts,
    }


def _lines(part: Sequence[C], most: int, limits: Limits) -> tuple[C, ...]:
    """Return the first lines of a part, cut to what fits."""
    return tuple(_line(each, limits) for each in part[:most])


def _renumbered(part: Sequence[C], number: Mapping[int, int]) -> tuple[C, ...]:
    """Return lines with the new numbers of their sources."""
    return tuple(replace(each, cites=tuple(sorted(number[cite] for cite in each.cites))) for each in part)


def _line(each: C, limits: Limits) -> C:
    """Return a line with texts that fit, the first people of each side, and the first sources."""
    changed: dict[str, Any] = {
        name: clipped(value, limits.text) for name, value in vars(each).items() if type(value) is str
    }
    if isinstance(each, Contact):
        changed |= {name: _few(getattr(each, name), limits) for name in ("ours", "theirs", "others")}
        changed["sectors"] = each.sectors[: limits.side]
    uncited = max(len(each.cites) - limits.cites, 0)
    return replace(each, **changed, cites=each.cites[: limits.cites], uncited=uncited)


def _few(people: Sequence[str], limits: Limits) -> tuple[str, ...]:
    """Return the first people, and how many more there are."""
    more = (f"+{len(people) - limits.side}",) if len(people) > limits.side else ()
    return (*(clipped(person, limits.text) for person in people[: limits.side]), *more)


def clipped(text: str, room: int) -> str:
    """Return a text that is no wider than its room, with an ellipsis where it was cut."""
    if width(text) <= room:
        return text
    kept = text
    while width(kept) >= room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
