"""The fixed words and sentences of a report in its three languages."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

TEMPLATES = Path(str(files("kg.report") / "templates"))


@cache
def read_words() -> dict[str, dict[str, str]]:
    """Return language -> word -> its text; every language has the same words."""
    found: dict[str, dict[str, str]] = json.loads((TEMPLATES / "words.json").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    language: str

    def __call__(self, word: str, **values: object) -> str:
        """Return a word, or a sentence with its values filled in."""
        text = read_words()[self.language][word]
        return text.format(**values) if values else text

    def all(self, *words: str) -> tuple[str, ...]:
        """Return several words."""
        return tuple(map(self, words))


def words_in(languages: Iterable[str]) -> Words:
    """Return the words of the first language there are any in; English when there are none."""
    return Words(next((language for language in languages if language in read_words()), "en"))
