"""How high a brief is on paper, estimated from how wide its texts are: enough to choose how much to cut.

Nothing here draws: letters count 1 and characters of Chinese, Japanese or Korean 2, lines hold so many of these as the
stylesheet leaves room for. Heights are in CSS pixels, 96 to the inch, and err on the high side: by up to 12 % for the
fullest briefs of the demo collection.
"""

import unicodedata
from collections.abc import Iterable
from math import ceil

from kg.brief.parts import Brief, Contact, Standing

PAGE = 1039
"""What A4 has between the margins of the stylesheet."""
_LINE, _ROW, _HEAD, _SOURCE = 14.2, 5.5, 25.0, 10.6
"""The height of a line, what a row has around it, a heading with its space, and a line of a source."""
_ALL, _HALF, _NAME, _PERSON, _POST, _SOURCES = 130, 58, 42, 17, 25, 64
"""How wide a line is: over the page, in half of it, in the columns of the two tables, and in the list of sources."""
_DRAWING = 105


def height(brief: Brief) -> float:
    """Return the estimated height of a brief on paper."""
    standings = _HEAD + 20 + sum(_standing(each) for each in brief.standings)
    people = [max(_lines(each.official, _PERSON), _lines(f"{each.post}, {each.body}", _POST)) for each in brief.people]
    points = [
        *(f"{each.thing} {each.field} {' / '.join(each.values)}" for each in brief.disputes),
        *(each.name for each in brief.single),
    ]
    return (
        32
        + max(standings, _HEAD + _DRAWING)
        + _HEAD
        + sum(_lines(f"{each.text}{'.' * 40}", _ALL) * _LINE + 2 for each in brief.promises)
        + _HEAD
        + max(
            sum(lines * _LINE + _ROW for lines in people),
            sum(_lines(f"{text}{'.' * 28}", _HALF) * _LINE + 2 for text in points),
        )
        + _HEAD
        + sum(_contact(each) for each in brief.contacts)
        + _HEAD
        + sum(_lines(f"{each.outlet}, {each.published}, {each.url[8:]}", _SOURCES) * _SOURCE for each in brief.sources)
        / 2
        + 36
        + 13 * len(brief.more)
    )


def _standing(each: Standing) -> float:
    """Return the height of a row of the first table."""
    lines = max(_lines(each.name, _NAME) + bool(each.planned or each.overdue), 2 + each.is_stale)
    return lines * _LINE + _ROW


def _contact(each: Contact) -> float:
    """Return the height of a meeting."""
    head = f"{each.date} {each.name} {each.stage} {each.place} {', '.join(each.sectors)}{'.' * 12}"
    sides = [f"{'.' * 12}{'; '.join(side)}" for side in (each.theirs, each.ours, each.others) if side]
    return sum(_lines(text, _ALL) for text in (head, *sides)) * _LINE + _ROW


def _lines(text: str, room: int) -> int:
    """Return how many lines a text takes where one has some room."""
    return max(ceil(width(text) / room), 1)


def width(text: Iterable[str]) -> int:
    """Return how wide a text is."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
