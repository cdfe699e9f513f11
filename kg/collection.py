"""A collection on disk: its folder and what `kg.toml` says about it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from kg.errors import KgError, Location, did_you_mean, shown
from kg.prefixes import BASE
from kg.records import STAGES, Language, Text, Url, Words

CONFIG = "kg.toml"
DEFAULT_STALE: Mapping[str, int] = dict.fromkeys(STAGES, 365) | {"discussed": 180, "proposed": 180}

Days = Annotated[int, Field(ge=1, le=36_500)]


def _open_ended(url: str) -> str:
    """Refuse a base to which no kind and key can be added."""
    if not url.startswith("http") or not url.endswith(("/", "#")):
        raise ValueError("expected an http or https address that ends with / or #")
    return url


def _each_once(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse an order that is empty or names a language twice."""
    if not languages or len(set(languages)) < len(languages):
        raise ValueError("expected language tags, each once")
    return languages


Base = Annotated[Url, AfterValidator(_open_ended)]


_TEXT = "a text, or a table of language tags and texts"
_EXPECTED: Mapping[str, str] = {
    "title": _TEXT,
    "description": _TEXT,
    "license": "an http or https address",
    "base": "an http or https address that ends with / or #",
    "languages": "a list of language tags such as en or zh-Hant, each once",
    "version": "a text",
    "creator": "a text",
    "stale": "a whole number of days, 1 to 36500",
}


class Config(BaseModel):
    """What `kg.toml` may say; every field but the title has a default.

    `languages` is the order in which labels are chosen, the first being the language of plain text;
    `stale` is, per stage, the number of days after the last evidence at which a cooperation is stale.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    description: Text | None = None
    license: Url = "https://creativecommons.org/licenses/by/4.0/"
    base: Base = BASE
    languages: Annotated[tuple[Language, ...], AfterValidator(_each_once)] = ("en", "id", "ja")
    version: Words = "0"
    creator: Words | None = None
    stale: Mapping[str, Days] = Field(default_factory=dict)


class Collection(BaseModel):
    """A collection: the folder it lives in and its configuration."""

    model_config = ConfigDict(frozen=True)

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
    unknown = sorted(set(table) - set(Config.model_fields))
    if unknown:
        hint = did_you_mean(unknown[0], Config.model_fields)
        raise KgError(f"unknown key {unknown[0]!r}{hint}", place)
    stale = table.get("stale", {})
    strange = sorted(set(stale) - set(STAGES)) if isinstance(stale, dict) else []
    if strange:
        raise KgError(f"unknown stage {strange[0]!r} in [stale]{did_you_mean(strange[0], STAGES)}", place)
    try:
        return Config.model_validate(table)
    except ValidationError as error:
        raise KgError(_told(error), place) from error


def _told(error: ValidationError) -> str:
    """Say the first finding in plain words: the key, what was found, what was expected."""
    first = error.errors()[0]
    key, *path = (str(part) for part in first["loc"] if not str(part).startswith("="))
    where = ".".join([key, *(part for part in path if part != "[key]")])
    if first["type"] == "missing":
        return f"{key} is missing; expected {_EXPECTED[key]}"
    return f"{where}: found {shown(first['input'])}; expected {_EXPECTED[key]}"
