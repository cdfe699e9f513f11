"""What is shown of one thing, whatever it is."""

from pathlib import Path

import pytest
from tiny import names_of

from kg.iris import mint
from kg.show import Fact, Shown, show_thing


def shown(root: Path, word: str, lang: str | None = None) -> Shown:
    names = names_of(root, lang)
    return show_thing(names, names.resolve(word))


def test_a_meeting_in_english(world: Path) -> None:
    meeting = shown(world, "first")
    assert (meeting.thing, meeting.curie) == (mint("meeting", "first"), "meeting:first")
    assert (meeting.kind, meeting.label, meeting.aliases) == ("Meeting", "First talk", ("Pertemuan pertama",))
    assert meeting.statements == 4
    assert Fact("party", "Makassar", "party:makassar") in meeting.facts
    assert Fact("status", "held", "", is_word=True) in meeting.facts
    assert Fact("online", "false", "", is_word=True) in meeting.facts
    assert Fact("date", "2020-02") in meeting.facts
    assert Fact("ruling", "date: The weekly came later.") in meeting.facts
    assert Fact("aim", "Less leakage") in meeting.facts
    assert meeting.people == (
        ("Amir", "guest", "Mayor", ""),
        ("Waterworks", "host", "", ""),
        ("Chie", "host", "", "Waterworks"),
    )
    assert meeting.referring == (("follows", "Second talk", "meeting:second", "2020-07-27"),)


@pytest.mark.parametrize(
    ("lang", "aim", "party"),
    [
        ("id", Fact("tujuan", "Kebocoran berkurang"), Fact("pihak", "Kota Makassar", "party:makassar")),
        ("ja", Fact("目的", "Less leakage"), Fact("当事者", "マカッサル市", "party:makassar")),
    ],
)
def test_a_meeting_in_other_languages(world: Path, lang: str, aim: Fact, party: Fact) -> None:
    facts = shown(world, "first", lang).facts
    assert aim in facts
    assert party in facts


@pytest.mark.parametrize(
    ("word", "people"),
    [
        ("party:makassar", [("Déwi", "2021-02-26 - ?"), ("Budi", "2020-05-13 - ?"), ("Amir", "2019 - 2020-05-13")]),
        ("post:mayor", [("Déwi", "2021-02-26 - ?"), ("Amir", "2019 - 2020-05-13")]),
        ("official:amir", [("Amir", "2019 - 2020-05-13")]),
        ("waterworks", [("Chie", "")]),
        ("iforcom", []),
    ],
)
def test_who_held_its_posts_latest_first(world: Path, word: str, people: list[tuple[str, str]]) -> None:
    assert [(who, span) for who, _, _, span in shown(world, word).people] == people


def test_a_cooperation_has_its_steps_in_order_of_time(world: Path) -> None:
    assert shown(world, "water").steps == (
        ("2020-02", "discussed", "", "step:first"),
        ("2020-08", "letter of intent", "letter of intent", "step:water.paper"),
    )


def test_what_refers_to_a_party_newest_first_without_evidence_or_participations(world: Path) -> None:
    referring = shown(world, "party:makassar").referring
    dates = [when for *_, when in referring if when]
    assert dates == sorted(dates, reverse=True)
    assert {curie.partition(":")[0] for _, _, curie, _ in referring} == {"meeting", "cooperation", "post"}


@pytest.mark.parametrize(
    ("word", "kind", "label"),
    [
        ("step:first", "Step", "step:first"),
        ("evidence:meeting.first.2", "Evidence", "evidence:meeting.first.2"),
        ("tenure:amir-mayor", "Tenure", "amir-mayor"),
        ("stage:discussed", "Stage", "discussed"),
        ("scheme:stages", "", "Stages of cooperation"),
        ("source:daily", "Source", "The Daily"),
    ],
)
def test_anything_can_be_shown(world: Path, word: str, kind: str, label: str) -> None:
    found = shown(world, word)
    assert (found.kind, found.label) == (kind, label)
    assert found.facts


def test_names_stand_in_the_heading_not_among_the_facts(world: Path) -> None:
    assert {"label", "prefLabel", "altLabel", "name", "type"} & {
        f.property for f in shown(world, "sector:water-supply").facts
    } == set()


def test_every_party_and_official_of_the_real_data_can_be_shown(built: Path) -> None:
    names = names_of(built, "ja")
    for iri, _ in [*names.search("kawasaki"), *names.search("mayor"), *names.search("jasca")]:
        assert show_thing(names, names.resolve(iri)).label
