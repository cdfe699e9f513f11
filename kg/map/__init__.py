"""A dataset in, a map out: one HTML file that opens offline and shows the proof behind every line."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, Unpack

from rdflib import Dataset

from kg.collection import DEFAULT_STALE, Config
from kg.dates import PartialDate
from kg.errors import ExportError
from kg.map.beside import to_gexf, to_json
from kg.map.drawing import compose
from kg.map.facts import Facts, Text
from kg.map.keeping import read_places
from kg.map.lines import Line, draw_lines
from kg.map.page import LANGUAGES, read_words, render
from kg.map.reading import read_facts
from kg.map.rows import in_language, to_tables
from kg.map.select import Selection, select
from kg.map.story import read_story
from kg.store import write_atomically

__all__ = ["Map", "Options", "draw", "make_map", "write"]


class Options(TypedDict, total=False):
    """What to draw and how; each is an option of `kg map`.

    Attributes:
        focus: A thing's id (`makassar`), drawn with what is up to `depth` lines away (1 unless said).
        sector: A sector's id; narrower ones count too.
        since: A partial ISO date; what may lie on or after it is kept.
        until: A partial ISO date; what may lie on or before it is kept.
        lang: The language the page opens in: `en`, `id` or `ja`. It can be switched in the page.
        title: The heading, instead of the collection's title.
        config: What `kg.toml` says: title, description, licence, and when a stage is stale.
        story: A file of captions to step through.
        keep: An earlier map's file; what it shows stays where it was.
    """

    focus: str | None
    depth: int
    sector: str | None
    since: str | None
    until: str | None
    lang: str | None
    title: str | None
    config: Config | None
    story: Path | None
    keep: Path | None


@dataclass(frozen=True)
class Map:
    """A map that is laid out, in the forms it can be written."""

    facts: Facts
    data: dict[str, Any]

    def html(self) -> str:
        """The page: one file that asks nothing of the network."""
        lang = self.data["lang"]
        title = in_language(_pairs(self.data["title"]), lang) or str(read_words()[lang]["title"])
        heading = self.data["heading"] or title
        return render(self.data, title=heading, lang=lang, tables=to_tables(self.facts, lang))

    def json(self) -> str:
        """The drawn data, one list per property."""
        return to_json(self.data)

    def gexf(self) -> str:
        """The drawn network for Gephi, with the map's own places."""
        return to_gexf(self.data)


def draw(dataset: Dataset, **options: Unpack[Options]) -> str:
    """Return the map as the text of one HTML file. The same dataset and options give the same text.

    Raises:
        KgError: the focus, the sector, or what the story names is not in the dataset.
        ExportError: the installed pyvis carries an unknown vis-network.
        ValueError: a date, a language or the depth is none.
    """
    return make_map(dataset, **options).html()


def make_map(dataset: Dataset, **options: Unpack[Options]) -> Map:
    """Read, select and lay out; see `draw` for options and errors."""
    lang = options.get("lang") or LANGUAGES[0]
    if lang not in LANGUAGES:
        raise ValueError(f"no such language: {lang!r}; there are {', '.join(LANGUAGES)}")
    facts, lines = _selected(dataset, options)
    keep, story = options.get("keep"), options.get("story")
    data = compose(facts, lines, read_places(_text_of(keep)) if keep else {})
    data |= _heading(facts, options) | {"lang": lang, "story": read_story(story, facts) if story else []}
    return Map(facts, data)


def write(text: str, path: Path) -> None:
    """Write a page or its data in one move: a reader sees the old one or the new one.

    Raises:
        ExportError: the place cannot be written.
    """
    if path.is_dir():
        raise ExportError(f"cannot write {path}: it is a folder")
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}") from error


def _selected(dataset: Dataset, options: Options) -> tuple[Facts, list[Line]]:
    depth = options.get("depth", 1)
    if depth < 0:
        raise ValueError(f"depth must be 0 or more, not {depth}")
    since, until = _date(options.get("since")), _date(options.get("until"))
    if since and until and since.earliest > until.latest:
        raise ValueError(f"since {since} is after until {until}")
    facts = read_facts(dataset)
    wanted = Selection(options.get("focus") or "", depth, options.get("sector") or "", since, until)
    return select(facts, draw_lines(facts), wanted)


def _heading(facts: Facts, options: Options) -> dict[str, Any]:
    """Title, description, licence and staleness, from the collection if it is given, else from the dataset."""
    config = options.get("config")
    own = {
        "title": _texts(config.title if config else dict(facts.title)),
        "about": _texts(config.description if config and config.description else {}),
        "licence": config.license if config else facts.licence,
        "stale": dict(DEFAULT_STALE) | dict(config.stale if config else {}),
    }
    return own | {"heading": options.get("title") or ""}


def _texts(text: str | Mapping[str, str]) -> list[list[str]]:
    return [["", text]] if isinstance(text, str) else [[lang, words] for lang, words in text.items()]


def _pairs(texts: list[list[str]]) -> Text:
    return tuple((lang, words) for lang, words in texts)


def _date(text: str | None) -> PartialDate | None:
    return PartialDate(text) if text else None


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"cannot read {path}: {error}") from error
