"""Over time: growth, sectors, silence, turnover and survival, by hand on the small world and as published."""

import random
import warnings
from datetime import date, timedelta

import pytest
from rdf_iris import mint
from rdflib import Graph, URIRef
from small_world import PREFIXES, TURTLE, small_graph

from kg.dates import PartialDate
from kg.lifecycle import Cooperation, Event
from kg.measures import Table, kaplan_meier, median
from kg.network import Window, project
from kg.trends import Spell, dormant, growth, sector_trends, spells, survival, turnover
from kg.trends.departures import NOT_TOLD, departures
from kg.values import Iri

AS_OF = date(2026, 1, 1)


def rows(table: Table, *columns: str) -> list[tuple[object, ...]]:
    """Return some columns of a table."""
    return list(zip(*(table.column(name) for name in columns), strict=True))


# -- activity -----------------------------------------------------------------------------------------------------


def test_growth_counts_who_is_new() -> None:
    table = growth(small_graph())
    assert table.rows == (
        (2023, 1, 3, 3, 3, 3, 3, 3),
        (2024, 0, 0, 0, 0, 0, 3, 3),
        (2025, 2, 3, 1, 2, 1, 4, 4),
    )
    assert "3 held meetings with a date counted (left out: 1 without a date, 1 not held)." in table.notes


def test_sectors_by_year() -> None:
    table = sector_trends(small_graph())
    assert table.columns == ("id", "label", "all", "2023", "2024", "2025")
    assert rows(table, "label", "all", "2023", "2025") == [
        ("Water supply", 2, 1, 1),
        ("Sanitation", 1, 1, 0),
        ("Smart city", 1, 0, 1),
    ]


def test_nothing_is_a_sentence() -> None:
    for table in (growth(Graph()), sector_trends(Graph())):
        assert table.rows == ()
        assert "no held meeting with a date counted." in table.notes[0]
    assert turnover(Graph(), AS_OF).rows == ()
    assert dormant(project(Graph(), "party-party"), AS_OF).rows == ()
    assert survival([], AS_OF).rows == ()


# -- ties ---------------------------------------------------------------------------------------------------------


def test_dormant_ties_are_counted_in_days() -> None:
    table = dormant(project(small_graph(), "official-official"), AS_OF, days=200)
    assert rows(table, "label", "other label", "meetings", "days") == [
        ("Amir", "Budi", 1, 1037),
        ("Budi", "Chie", 1, 1037),
        ("Amir", "Chie", 2, 276),
    ]
    assert "3 of 4 ties without a meeting for more than 200 days on 2026-01-01." in table.notes


def test_ties_without_a_date_are_said_to_be_unknown() -> None:
    table = dormant(project(small_graph(), "party-party", window=Window()), AS_OF, days=3000)
    assert table.rows == ()
    graph = small_graph()
    graph.remove((mint("meeting", "water-1"), None, None))
    assert "without a date" not in " ".join(dormant(project(graph, "official-official"), AS_OF).notes)
    undated = project(small_graph(), "party-party")
    for tie in undated.edges.values():
        tie.pop("last", None)
    assert "5 ties without a date: nobody can say." in dormant(undated, AS_OF).notes


def test_what_survives_when_people_leave() -> None:
    table = turnover(small_graph(), AS_OF, days=200)
    assert table.column("last meeting") == [str(mint("meeting", "water-2"))]
    # Chie of the waterworks met Makassar in 2023 and 2025; nobody of the waterworks met Makassar after that.
    assert rows(table, "label", "body", "last day", "meetings", "partners", "met again", "share") == [
        ("Chie", "Kawasaki Waterworks", "2025-03-31", 2, 1, 0, 0.0)
    ]
    assert rows(turnover(small_graph(), AS_OF, days=0), "label") == [("Amir",), ("Chie",)]


def test_partners_met_again_without_the_one_who_left() -> None:
    graph = small_graph()
    for each in ("water-2", "yokohama"):
        graph.remove((mint("meeting", each), None, mint("official", "amir")))
    table = turnover(graph, AS_OF, days=200)
    assert rows(table, "label", "partners", "met again")[0] == ("Amir", 1, 0)
    graph.add(
        (
            mint("meeting", "yokohama"),
            URIRef("https://w3id.org/cooperation-kg/ontology#party"),
            mint("party", "kawasaki-waterworks"),
        )
    )
    assert ("Amir", 1, 1, 1.0) in rows(turnover(graph, AS_OF, days=200), "label", "partners", "met again", "share")


@pytest.mark.parametrize("seed", range(5))
def test_partners_met_again_are_those_that_a_plain_count_finds(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a world, not a secret
    every = [
        (date(2020, 1, 1) + timedelta(chance.randrange(60)), chance.sample("abcd", 2), chance.choice("stuvwxyz"))
        for _ in range(25)
    ]
    lines = (
        f"""meeting:m{number} kg:status "held" ; kg:earliest "{day}"^^xsd:date ; kg:latest "{day}"^^xsd:date ;
            kg:party party:{body}, party:{other} ; kg:attendedBy official:{who} .
        participation:m{number}.{who} kg:meeting meeting:m{number} ; kg:official official:{who} ;
            kg:actedFor party:{body} ."""
        for number, (day, (body, other), who) in enumerate(every)
    )
    graph = Graph().parse(data=PREFIXES + "\n".join(lines), format="turtle")
    expected = {}
    for name in "stuvwxyz":
        own = [(day, number, pair) for number, (day, pair, who) in enumerate(every) if who == name]
        # Of one day, the meeting whose IRI comes last says whom the official acts for.
        last, _, body = max((day, str(mint("meeting", f"m{number}")), pair[0]) for day, number, pair in own)
        partners = {party for _, _, pair in own if body in pair for party in pair} - {body}
        again = {party for day, pair, _ in every if day > last and body in pair for party in pair} & partners
        expected[str(mint("official", name))] = (len(own), len(partners), len(again))
    found = rows(turnover(graph, AS_OF), "id", "meetings", "partners", "met again")
    assert {who: counts for who, *counts in found} == {who: [*counts] for who, counts in expected.items()}
    assert any(again for _, _, again in expected.values())


TENURES = """
tenure:amir a kg:Tenure ; kg:official official:amir ; kg:post post:makassar-mayor ;
    kg:observedOn "2023-03-01"^^xsd:date .
tenure:gita a kg:Tenure ; kg:official official:gita ; kg:post post:makassar-mayor ; kg:from "2025-06"^^xsd:gYearMonth .
"""
LEFT = TENURES.replace("kg:observedOn", 'kg:latest "2025-05-31"^^xsd:date ; kg:observedOn')


@pytest.mark.parametrize(
    ("tenures", "as_of", "told"),
    [
        pytest.param(TENURES, AS_OF, "succeeded by 2025-06-30", id="somebody came after"),
        pytest.param(TENURES, date(2025, 5, 1), NOT_TOLD, id="but not yet"),
        pytest.param(LEFT, AS_OF, "left by 2025-05-31", id="an end is on record"),
        pytest.param(LEFT, date(2025, 5, 1), NOT_TOLD, id="an end to come"),
        pytest.param(TENURES.replace("gita", "amir"), AS_OF, NOT_TOLD, id="back in the same post"),
    ],
)
def test_silence_is_not_departure(tenures: str, as_of: date, told: str) -> None:
    graph = Graph().parse(data=TURTLE + tenures, format="turtle")
    assert departures(graph, as_of)[str(mint("official", "amir")), str(mint("party", "makassar"))] == told


def test_turnover_says_how_much_of_it_is_known() -> None:
    graph = Graph().parse(data=TURTLE + LEFT, format="turtle")
    table = turnover(graph, AS_OF, days=0)
    assert rows(table, "label", "told") == [("Amir", "left by 2025-05-31"), ("Chie", NOT_TOLD)]
    assert table.notes[1] == "2 officials for whom no body is known cannot be judged."
    assert table.notes[2] == "told: 1 left, 0 succeeded, 1 not told: silence is not departure."


# -- survival -----------------------------------------------------------------------------------------------------

# Freireich et al. (1963), Blood 21, 699: weeks of remission under 6-mercaptopurine, as Kalbfleisch and Prentice
# (2002) and every textbook since show them; True where the remission ended.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [w in {7, 13, 16, 22, 23} for w in WEEKS]
ENDED[:3] = [True, True, True]
ENDED[6] = True
PUBLISHED = {5: 1.0, 6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448, 35: 0.448}


@pytest.mark.parametrize(("week", "share"), PUBLISHED.items())
def test_remissions_as_published(week: int, share: float) -> None:
    found = kaplan_meier(WEEKS, ENDED, week)
    assert found is not None
    assert found.value == pytest.approx(share, abs=5e-4)


def test_the_median_remission_as_published() -> None:
    assert median(WEEKS, ENDED) == 23
    assert median(WEEKS, [False] * 21) is None


def test_the_band_holds_the_estimate() -> None:
    found = kaplan_meier(WEEKS, ENDED, 13)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    # Log-log bands of the textbooks at 13 weeks.
    assert (found.low, found.high) == pytest.approx((0.432, 0.849), abs=1e-3)


def test_where_the_formula_says_nothing() -> None:
    assert kaplan_meier([], [], 1) is None
    assert kaplan_meier(WEEKS, ENDED, 36) is None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert kaplan_meier([5, 6], [False, False], 5) == kaplan_meier([5, 6], [False, True], 5)
    with pytest.raises(ValueError, match="2 durations and 1 ends"):
        kaplan_meier([1, 2], [True], 1)


def step(day: str, stage: str, rank: int, *, is_end: bool = False) -> Event:
    """Return a step at a stage on a day."""
    when = PartialDate(day) if day else None
    return Event(Iri(f"urn:{stage}"), when, None, stage=Iri(mint("stage", stage)), rank=rank, is_end=is_end)


def cooperation(*steps: Event) -> Cooperation:
    """Return a cooperation of some steps."""
    return Cooperation("x", None, (), (), (), steps)


TALKS, MOU = step("2024-01-01", "discussed", 1), step("2024-03-01", "mou-signed", 4)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param([TALKS], [Spell("discussed", 1, 731, moved_on=False)], id="still talking"),
        pytest.param(
            [TALKS, MOU],
            [Spell("discussed", 1, 60, moved_on=True), Spell("mou-signed", 4, 671, moved_on=False)],
            id="talks, then an MoU",
        ),
        pytest.param(
            [MOU, step("2024-06-01", "discussed", 1)], [Spell("mou-signed", 4, 671, moved_on=False)], id="back"
        ),
        pytest.param(
            [TALKS, step("2024-01-31", "lapsed", 8, is_end=True)],
            [Spell("discussed", 1, 30, moved_on=False)],
            id="lapsed",
        ),
        pytest.param([step("", "discussed", 1)], [], id="no day"),
        pytest.param([step("2027-01-01", "discussed", 1)], [], id="to come"),
    ],
)
def test_stays_at_a_stage(steps: list[Event], expected: list[Spell]) -> None:
    assert spells([cooperation(*steps)], AS_OF) == expected


def test_survival_says_what_it_rests_on() -> None:
    table = survival([cooperation(TALKS, MOU), cooperation(TALKS), cooperation()], AS_OF)
    assert rows(table, "stage", "reached", "moved on", "median days", "after 180 d", "95% band 180 d") == [
        ("discussed", 2, 1, 60, 0.5, "0.01 to 0.91"),
        ("mou-signed", 1, 0, None, 1.0, None),
    ]
    assert "3 stays" in table.notes[0]
    assert "1 cooperation without a dated step left out." in table.notes
