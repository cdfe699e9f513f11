"""Who stands between others and what chance would give them, and which countries the partners are from."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.facts import pairs
from kg.measures import Cell, brokers
from kg.measures.brokers import LEVEL
from kg.measures.cautions import FEW
from kg.network import project
from kg.network.actors import kinds, members
from kg.network.window import count_meetings, span
from kg.report.parts import Bars, Section, Series, Sheet
from kg.report.scope import Scope
from kg.terms import KG

_DRAWN = 10
_COUNTRIES = 15


_DRAWS = ((500, 200), (1500, 39))
_LEAST = 19
"""Networks of chance by the most officials they are drawn for, and above: with 19, the least p can be is 0.05."""


def between(scope: Scope, *, samples: int | None, seed: int) -> Section:
    """Tell who brokers, with how often chance does as well."""
    say = scope.say
    language = say.language
    two_mode, one_mode = (
        project(scope.names.dataset, name, window=scope.window, language=language)
        for name in ("official-meeting", "official-official")
    )
    samples = samples or next((draws for most, draws in _DRAWS if len(one_mode) <= most), _LEAST)
    how = (say("brokers_how", samples=samples, seed=seed),)
    found = brokers(two_mode, one_mode, samples=samples, seed=seed)
    if not found.rows:
        return Section("brokers", say("brokers"), (say("no_brokers", n=len(one_mode)),), (), (), how)
    by_name = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    sure = [row for row in by_name if float(row["p"] or 0) <= LEVEL]
    said = [say("brokers_told", n=len(by_name), sure=len(sure), level=LEVEL, luck=f"{LEVEL * len(by_name):.0f}")]
    if len(one_mode) < FEW:
        said.append(say("few_nodes", n=len(one_mode)))
    hub = max(one_mode, key=lambda node: (one_mode.degree(node), node))
    if 2 * one_mode.degree(hub) > len(one_mode) - 1 >= FEW:
        said.append(say("hub", name=scope.label(hub), n=one_mode.degree(hub), others=len(one_mode) - 1))
    chart, sheet = _chart(scope, by_name[:_DRAWN]), _sheet(scope, by_name)
    return Section("brokers", say("brokers"), tuple(said), (chart,), (sheet,), how)


def _chart(scope: Scope, rows: Sequence[dict[str, Cell]]) -> Bars:
    """Draw the score of each broker, with the mean of chance as a mark across."""
    say = scope.say
    values, means = ([float(row[name] or 0) for row in rows] for name in ("betweenness", "by chance"))
    series = Series(say("betweenness"), "main", tuple(round(value, 3) for value in values))
    labels = tuple(scope.label(str(row["id"])) for row in rows)
    told = "; ".join(
        f"{a}: {b:.3f} ({say('by_chance')} {c:.3f})" for a, b, c in zip(labels, values, means, strict=True)
    )
    return Bars(say("brokers_chart"), told, labels, (series,), mark_name=say("by_chance"), marks=tuple(means))


def _sheet(scope: Scope, rows: Sequence[dict[str, Cell]]) -> Sheet:
    """Return the table behind it."""
    kept = [
        (
            scope.curie(str(row["id"])),
            row["rank"],
            scope.label(str(row["id"])),
            row["body"],
            row["country"],
            row["meetings"],
            row["degree"],
            row["betweenness"],
            row["by chance"],
            row["p"],
            row["constraint"],
        )
        for row in rows
    ]
    columns = ("id", "rank", "official", "body", "country", "meetings_n", "degree")
    scores = ("betweenness", "by_chance", "p", "constraint")
    return Sheet("brokers", scope.sheet("brokers_table", (*columns, *scores), kept), shown=12, csv_only=(0,))


def countries(scope: Scope) -> Section:
    """Tell where the parties of held meetings are from."""
    say = scope.say
    rows = _by_country(scope)
    plain = [(country or say("international"), *counts, last) for country, *counts, last in rows]
    how = (say("countries_how"),)
    if not plain:
        return Section("countries", say("countries"), (say("no_parties"),), (), (), how)
    known = [row for row, (country, *_) in zip(plain, rows, strict=True) if country]
    said = [say("countries_told", n=len(known), first=known[0][0], meetings=known[0][4])] if known else []
    said += [say("one_country")] if len(known) == 1 else []
    said += [say("no_countries")] if not known else []
    drawn = plain[:_COUNTRIES]
    labels, counts = tuple(str(row[0]) for row in drawn), tuple(int(row[4] or 0) for row in drawn)
    told = "; ".join(f"{label} {count}" for label, count in zip(labels, counts, strict=True))
    chart = Bars(say("countries_chart"), told, labels, (Series(say("meetings_n"), "main", counts),))
    columns = ("country", "class_City", "class_Company", "class_Organization", "meetings_n", "last_day")
    sheet = Sheet("countries", scope.sheet("countries_table", columns, plain), shown=40)
    return Section("countries", say("countries"), tuple(said), (chart,), (sheet,), how)


def _by_country(scope: Scope) -> list[tuple[str, int, int, int, int, str | None]]:
    """Return country, cities, companies, organizations, meetings and last day, the most meetings first.

    As the query cq28-countries, up to the day.
    """
    dataset = scope.names.dataset
    held = {meeting.iri: meeting for meeting in count_meetings(dataset, scope.window).meetings}
    country, sorts = dict(pairs(dataset, KG.country)), kinds(dataset)
    parties: defaultdict[str, set[str]] = defaultdict(set)
    meetings: defaultdict[str, set[str]] = defaultdict(set)
    for meeting, there in members(dataset, "party", held.values()).items():
        for party in there:
            parties[country.get(party, "")].add(party)
            meetings[country.get(party, "")].add(meeting)
    found = []
    for name, every in parties.items():
        of = Counter(sorts.get(party) for party in every)
        last = span(held[meeting] for meeting in meetings[name])[1]
        found.append((name, of["city"], of["company"], of["organization"], len(meetings[name]), last or None))
    return sorted(found, key=lambda row: (-row[4], row[0]))
