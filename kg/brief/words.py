"""The fixed words of a brief in its three languages."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

TEMPLATES = Path(str(files("kg.brief") / "templates"))


@cache
def read_words() -> Mapping[str, Mapping[str, str]]:
    """Return language -> word -> its text; every language has the same words."""
    found: dict[str, dict[str, str]] = json.loads((TEMPLATES / "words.json").read_text(encoding="utf-8"))
    return found


def words_in(languages: tuple[str, ...]) -> tuple[str, Mapping[str, str]]:
    """Return the first language there are words in, and the words; English when there is none."""
    words = read_words()
    tag = next((language for language in languages if language in words), "en")
    return tag, words[tag]
