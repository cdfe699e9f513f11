"""A collection on disk: its folder and what `kg.toml` says about it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kg.allowed import LANGUAGE_PATTERN, PLAIN_URL_PATTERN, STAGES, URL_PATTERN, WORDS_PATTERN
from kg.errors import KgError, Location, did_you_mean, shown
from kg.prefixes import BASE

CONFIG = "kg.toml"
DEFAULT_STALE: Mapping[str, int] = dict.fromkeys(STAGES, 365) | {"discussed": 180, "proposed": 180}
_MOST_DAYS = 36_500
_AS_EVER: Mapping[str, int] = {}


class Config(NamedTuple):
    """What `kg.toml` may say; every field but the title has a default.

    `languages` is the order in which labels are chosen, the first being the language of plain text;
    `stale` is, per stage, the number of days after the last evidence at which a cooperation is stale;
    `store` is the address of a SPARQL 1.1 server that is asked instead of `build/`.
    """

    title: str | Mapping[str, str]
    description: str | Mapping[str, str] | None = None
    license: str = "https://creativecommons.org/licenses/by/4.0/"
    base: str = BASE
    languages: tuple[str, ...] = ("en", "id", "ja")
    version: str = "0"
    creator: str | None = None
    stale: Mapping[str, int] = _AS_EVER
    store: str | None = None


class Collection(NamedTuple):
    """A collection: the folder it lives in and its configuration."""

    root: Path
    config: Config

    @property
    def records(self) -> Path:
        """The folder whose files are read, at any depth."""
        return self.root / "records"

    @property
    def identity(self) -> Path:
        """The file of merge, not-same and split decisions."""
        return self.root / "identity.yaml"

    @property
    def sources(self) -> Path:
        """The private texts that evidence is checked against."""
        return self.root / "sources"

    @property
    def build(self) -> Path:
        """What `kg build` makes; never edited."""
        return self.root / "build"

    @property
    def store(self) -> Path | str:
        """Where the graph is asked: the address of a server where one is named, else `build/`."""
        return self.config.store or self.build

    def stored_at(self, address: str | None) -> "Collection":
        """Return the same collection with its graph on another server; of None, the collection itself."""
        return self._replace(config=self.config._replace(store=address)) if address else self

    @property
    def stale_days(self) -> dict[str, int]:
        """Days until a cooperation at each stage is stale."""
        return {**DEFAULT_STALE, **self.config.stale}


def find_collection(start: Path) -> Collection:
    """Open the collection that `start` belongs to, looking for `kg.toml` upwards as git does.

    Raises:
        KgError: `start` is no folder, no `kg.toml` is found, or it is not valid.
    """
    if not start.is_dir():
        raise KgError(f"{start} is no folder; name one that holds {CONFIG}")
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / CONFIG).is_file():
            return open_collection(folder)
    raise KgError(f"no {CONFIG} in {start} or any folder above it; `kg init DIR` makes a new collection")


def open_collection(root: Path) -> Collection:
    """Open the collection in `root`.

    Raises:
        KgError: `kg.toml` is missing, cannot be read, or is not valid.
    """
    path = root / CONFIG
    place = Location(str(path))
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KgError(f"no {CONFIG} in {root}; `kg init DIR` makes a new collection") from error
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"cannot read {CONFIG}: {error}", place) from error
    except tomllib.TOMLDecodeError as error:
        raise KgError(f"not valid TOML: {error}", place) from error
    return Collection(root=root, config=_config(table, place))


def _config(table: Mapping[str, Any], place: Location) -> Config:
    """Check the table; the first finding is the error."""
    known = Config._fields
    if unknown := sorted(set(table) - set(known)):
        raise KgError(f"unknown key {unknown[0]!r}{did_you_mean(unknown[0], known)}", place)
    if "title" not in table:
        raise KgError(f"title is missing; expected {_CHECKS['title'][0]}", place)
    stale = table.get("stale")
    if isinstance(stale, Mapping) and (strange := sorted(set(stale) - set(STAGES))):
        raise KgError(f"unknown stage {strange[0]!r} in [stale]{did_you_mean(strange[0], STAGES)}", place)
    for key in filter(table.__contains__, known):
        _require(key, table[key], place)
    order = {"languages": tuple(table["languages"])} if "languages" in table else {}
    return Config(**{**table, **order})


def _require(key: str, value: object, place: Location) -> None:
    """Raise unless a value is what its key expects, naming the part of a table that is not."""
    expected, is_right = _CHECKS[key]
    if key in _TABLES and isinstance(value, Mapping) and value:
        wrong = [(f"{key}.{name}", part) for name, part in value.items() if not _TABLES[key](name, part)]
    else:
        wrong = [] if is_right(value) else [(key, value)]
    for where, found in wrong:
        raise KgError(f"{where}: found {shown(found)}; expected {expected}", place)


def _is_words(value: object) -> bool:
    """Say whether a value is a text with something to see in it."""
    if not isinstance(value, str):
        return False
    # Most titles: the pattern, with every sign that cannot be seen, takes longer to compile than the rest to read.
    is_plain = value.isascii() and value.isprintable() and not value.isspace()
    return bool(value) and (is_plain or re.fullmatch(WORDS_PATTERN, value) is not None)


def _is_language(value: object) -> bool:
    """Say whether a value is a language tag."""
    return isinstance(value, str) and re.fullmatch(LANGUAGE_PATTERN, value) is not None


def _is_url(value: object) -> bool:
    """Say whether a value is an address."""
    return isinstance(value, str) and any(re.fullmatch(pattern, value) for pattern in (PLAIN_URL_PATTERN, URL_PATTERN))


def _is_base(value: object) -> bool:
    """Say whether a kind and a key can be added to an address."""
    return isinstance(value, str) and value.startswith("http") and value.endswith(("/", "#")) and _is_url(value)


def _is_order(value: object) -> bool:
    """Say whether a value lists language tags, at least one and each once."""
    return isinstance(value, list) and bool(value) and all(map(_is_language, value)) and len(set(value)) == len(value)


def _is_days(value: object) -> bool:
    """Say whether a value is a number of days; TOML's true is none."""
    return type(value) is int and 1 <= value <= _MOST_DAYS


_TEXT = "a text, or a table of language tags and texts"
_CHECKS: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "title": (_TEXT, _is_words),
    "description": (_TEXT, _is_words),
    "license": ("an http or https address", _is_url),
    "base": ("an http or https address that ends with / or #", _is_base),
    "languages": ("a list of language tags such as en or zh-Hant, each once", _is_order),
    "version": ("a text", _is_words),
    "creator": ("a text", _is_words),
    "stale": (f"a whole number of days, 1 to {_MOST_DAYS}", lambda value: isinstance(value, Mapping)),
    "store": ("the http or https address of a SPARQL server", _is_url),
}
"""Key of `kg.toml` -> what it expects, in words, and whether a value is that."""
_TABLES: Mapping[str, Callable[[str, object], bool]] = {
    "title": lambda tag, text: _is_language(tag) and _is_words(text),
    "description": lambda tag, text: _is_language(tag) and _is_words(text),
    "stale": lambda _, days: _is_days(days),
}
"""Key whose value may be a table -> whether one of its entries is right."""
