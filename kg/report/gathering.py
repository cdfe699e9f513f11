"""A build in, a report out: every section in order, in one language, on one day."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from kg.collection import Collection
from kg.names import Names
from kg.progress import track
from kg.report.activity import meetings, sectors
from kg.report.between import between, countries
from kg.report.contents import contents
from kg.report.parts import Report, Section
from kg.report.proof import conflicts, voices
from kg.report.scope import Scope
from kg.report.silence import promises, stale
from kg.report.stages import stages
from kg.report.staying import staying
from kg.report.words import words_in


def gather_report(
    names: Names, collection: Collection, *, as_of: date, samples: int | None = None, seed: int = 0
) -> Report:
    """Gather the report on a build of a collection, in the first of the names' languages it has words in.

    What the build holds and what sources disagree about is counted whole; all else is as of the day: a meeting that
    lies after it is left out, and one without a date too as soon as any does. `samples` networks are drawn to say how
    often chance makes a broker: unless said, 200, fewer above 500 officials.
    Same build, day and seed: the same report.
    """
    say = words_in(names.languages)
    scope = Scope(names, as_of, collection.stale_days, say)
    parts: tuple[Callable[[Scope], Section], ...] = (
        meetings,
        sectors,
        stages,
        stale,
        promises,
        staying,
        partial(between, samples=samples, seed=seed),
        countries,
        voices,
        conflicts,
    )
    first, figures = contents(scope)
    sections = (first, *(part(scope) for part in track(parts, "gathering", unit="sections")))
    config = collection.config
    heads = (_text(config.title, names.languages), _text(config.description, names.languages))
    facts = ((say("version"), config.version), (say("licence"), str(config.license)))
    return Report(*heads, facts, as_of, say.language, figures, sections)


def _text(text: str | Mapping[str, str] | None, languages: Sequence[str]) -> str:
    """Return a text of `kg.toml` in the first language it has one in."""
    if text is None or isinstance(text, str):
        return text or ""
    return next((text[tag] for tag in languages if tag in text), next(iter(text.values()), ""))
