"""A dataset in, a map out: one HTML file that opens offline and shows the proof behind every line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rdflib import Dataset

from kg.collection import DEFAULT_STALE
from kg.dates import PartialDate
from kg.errors import ExportError
from kg.map.columns import to_columns
from kg.map.facts import Facts
from kg.map.groups import group
from kg.map.layout import Network, lay_out, lay_out_groups, make_network
from kg.map.lines import Line, draw_lines
from kg.map.page import LANGUAGES, read_words, render
from kg.map.reading import read_facts
from kg.map.rows import in_language, to_rows
from kg.map.select import Selection, select
from kg.store import write_atomically

__all__ = ["draw", "write"]

MANY = 120  # lines after which a thing grows no more


def draw(  # noqa: PLR0913 - each is an option of the command
    dataset: Dataset,
    *,
    focus: str | None = None,
    depth: int = 1,
    sector: str | None = None,
    since: str | None = None,
    until: str | None = None,
    lang: str | None = None,
    title: str | None = None,
    stale_days: Mapping[str, int] | None = None,
) -> str:
    """Return the map as the text of one HTML file that asks nothing of the network.

    `focus` is a thing's id (`makassar`) drawn with what is up to `depth` lines away; `sector` takes narrower ones in;
    `since` and `until` are partial ISO dates and keep what may lie between them. The interface opens in `lang`
    (`en`, `id` or `ja`) and can be switched in the page. `stale_days` is, per stage, the days without news after which
    a pair counts as stale. The same dataset gives the same text.

    Raises:
        KgError: the focus or the sector is not in the dataset.
        ExportError: the installed pyvis carries an unknown vis-network.
        ValueError: a date, a language or the depth is none.
    """
    if lang is not None and lang not in LANGUAGES:
        raise ValueError(f"no such language: {lang!r}; there are {', '.join(LANGUAGES)}")
    if depth < 0:
        raise ValueError(f"depth must be 0 or more, not {depth}")
    wanted = Selection(focus or "", depth, sector or "", _date(since), _date(until))
    every = read_facts(dataset)
    facts, lines = select(every, draw_lines(every), wanted)
    return _page(facts, lines, lang or "en", title, stale_days or DEFAULT_STALE)


def write(html: str, path: Path) -> None:
    """Write the page in one move: a reader sees the old one or the new one.

    Raises:
        ExportError: the place cannot be written.
    """
    try:
        write_atomically(path, html.encode())
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}") from error


def _date(text: str | None) -> PartialDate | None:
    return PartialDate(text) if text else None


def _page(facts: Facts, lines: list[Line], lang: str, title: str | None, stale_days: Mapping[str, int]) -> str:
    number = {thing: place for place, thing in enumerate(facts.things)}
    pairs = [(number[line.start], number[line.end]) for line in lines]
    radii = _radii(len(number), pairs)
    network, groups = make_network(len(number), pairs, radii), group(len(number), pairs)
    positions, discs = _lay_out_grouped(network, groups) if groups else (lay_out(network), {})
    data = to_columns(facts, lines, positions.tolist(), radii) | {"groups": discs}
    data |= {"heading": title or "", "lang": lang, "stale": dict(stale_days)}
    heading = title or in_language(facts.title, lang) or read_words()[lang]["title"]
    return render(data, title=heading, lang=lang, rows=to_rows(facts, lang))


def _lay_out_grouped(network: Network, groups: list[int]) -> tuple[Any, dict[str, list[Any]]]:
    """Return the positions, and the page's table of groups."""
    positions, centres, radii = lay_out_groups(network, groups)
    discs = {"x": centres[:, 0].tolist(), "y": centres[:, 1].tolist(), "radius": radii.tolist()}
    return positions, {"of": groups} | discs


def _radii(size: int, pairs: list[tuple[int, int]]) -> list[float]:
    """A thing's radius grows slowly with its lines: a hub is seen and hides nobody."""
    degree = [0] * size
    for pair in pairs:
        for end in pair:
            degree[end] += 1
    return [round(4.5 + 1.6 * float(each) ** 0.5 if each < MANY else 4.5 + 1.6 * MANY**0.5, 1) for each in degree]
