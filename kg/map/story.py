"""A story file in, its steps out: captions, each with the state of the map it speaks about.

steps:
  - caption: {en: "It began with water.", ja: "水道から始まった。"}
    at: kawasaki-waterworks        # chosen, told in the panel
  - caption: Only what was signed.
    focus: makassar
    depth: 1
    sectors: [water-supply]
    since: 2024
    until: 2025-11
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml

from kg.dates import PartialDate
from kg.errors import KgError, Location, did_you_mean
from kg.map.facts import Facts
from kg.map.select import find_sector, find_thing

MAX_CHARACTERS = 200_000
MAX_DEPTH = 12
_OPENING = (
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)
FIELDS = ("caption", "at", "focus", "depth", "sectors", "since", "until", "view")

Step = dict[str, Any]


def read_story(path: Path, facts: Facts) -> list[Step]:
    """Return each step as its caption by language (`""` for any) and the address part that brings the map there.

    Raises:
        KgError: the file cannot be read, is no story, or names what is not in the collection.
    """
    place = Location(str(path))
    found = _load(path, place)
    steps = found.get("steps") if isinstance(found, dict) else None
    if not isinstance(steps, list) or not steps:
        raise KgError("a story is a mapping with a list `steps`", place)
    return [_step(step, facts, Location(str(path), path=f"steps[{number}]")) for number, step in enumerate(steps)]


def _load(path: Path, place: Location) -> Any:  # noqa: ANN401 - what YAML holds
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"cannot read the story: {error}", place) from error
    if len(text) > MAX_CHARACTERS:
        raise KgError(f"a story has at most {MAX_CHARACTERS} characters", place)
    try:
        _refuse_bombs(text, place)
        # The base loader makes text, lists and mappings, and nothing else.
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        raise KgError(f"not valid YAML: {error}", place) from error


def _refuse_bombs(text: str, place: Location) -> None:
    """An alias can make a small file enormous, and deep nesting overflows the parser."""
    depth = 0
    for token in yaml.scan(text):
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > MAX_DEPTH:
            raise KgError("not valid YAML for a story: nested too deeply", place)
        if isinstance(token, yaml.AliasToken):
            raise KgError("a story has no aliases", place)


def _step(step: object, facts: Facts, place: Location) -> Step:
    if not isinstance(step, dict) or not step.get("caption"):
        raise KgError("a step needs a caption", place)
    unknown = sorted(set(step) - set(FIELDS))
    if unknown:
        raise KgError(f"unknown field {unknown[0]!r}{did_you_mean(unknown[0], FIELDS)}", place)
    caption = step["caption"]
    captions = (
        {str(lang): str(text) for lang, text in caption.items()} if isinstance(caption, dict) else {"": str(caption)}
    )
    try:
        return {"caption": captions, "state": urlencode(_state(step, facts))}
    except KgError as error:
        raise KgError(error.message, place) from error
    except ValueError as error:
        raise KgError(str(error), place) from error


def _state(step: Mapping[str, Any], facts: Facts) -> dict[str, str]:
    """The page's own address fields, so that a step and a link are the same thing."""
    state: dict[str, str] = {}
    if "at" in step:
        state["at"] = find_thing(facts, step["at"])
    if "focus" in step:
        state["focus"] = f"{find_thing(facts, step['focus'])} {int(step.get('depth', 1))}"
    if "sectors" in step:
        state["sectors"] = "|".join(sorted(find_sector(facts, sector) for sector in step["sectors"]))
    if "since" in step:
        state["since"] = PartialDate(step["since"]).earliest.isoformat()
    if "until" in step:
        state["until"] = PartialDate(step["until"]).latest.isoformat()
    if state.get("since", "") > state.get("until", "9999"):
        raise ValueError(f"since {step['since']} is after until {step['until']}")
    if "view" in step:
        state["view"] = str(step["view"])
    return state
