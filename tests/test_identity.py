"""What decisions do to records: merged things become one, split things two, undone decisions nothing."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Issue
from kg.identity import Redirect, Resolved, apply, read_ledger
from kg.identity.ledger import parse_ledger
from kg.records import (
    City,
    Cooperation,
    Evidence,
    Meeting,
    Official,
    Organization,
    PartyInRole,
    Post,
    Record,
    Source,
    Tenure,
    from_builtins,
)

R = TypeVar("R", bound=Record)


def make(kind: type[R], key: str, /, **fields: object) -> R:
    return from_builtins(kind, {"id": key, **fields})


def official(name: str, **fields: object) -> Official:
    return from_builtins(Official, {"id": name, "name": name.title(), "evidence": [{"source": "s1"}], **fields})


def meeting(name: str, **fields: object) -> Meeting:
    return from_builtins(Meeting, {"id": name, "parties": ["x"], "evidence": [{"source": "s1"}], **fields})


def source(name: str) -> Source:
    return Source(id=name, outlet="an outlet")


def decided(text: str, records: Iterable[Record], languages: tuple[str, ...] = ("en",)) -> Resolved:
    ledger = parse_ledger(written(text), "identity.yaml")
    assert ledger.issues == ()
    return apply(records, ledger.decisions, languages=languages)


def written(text: str) -> str:
    """Number bare decisions and give them their account."""
    lines = [line for line in text.splitlines() if line.strip()]
    account = "  reason: it is so\n  author: a reader\n  date: 2026-01-02\n"
    return "".join(f"- entry: {number}\n  {line.strip()}\n{account}" for number, line in enumerate(lines, 1))


def found(resolved: Resolved, name: str) -> Record:
    (record,) = [record for record in resolved.records if record.id == name]
    return record


def codes(issues: Iterable[Issue]) -> list[str]:
    return [issue.code for issue in issues]


MERGE = "merge: {kind: official, from: roem, into: muhammad}"


def test_a_merged_name_becomes_an_alias_and_its_source_still_says_it() -> None:
    records = [official("muhammad"), official("roem", aliases=["Muh Roem", "Muhammad"], evidence=[{"source": "s2"}])]
    resolved = decided(MERGE, records)
    assert [record.id for record in resolved.records] == ["muhammad"]
    whole = found(resolved, "muhammad")
    assert isinstance(whole, Official)
    assert whole.name == "Muhammad"
    assert whole.aliases == ("Roem", "Muh Roem")
    assert [one.source for one in whole.evidence] == ["s1", "s2"]
    assert whole.evidence[1].claims == {"name": "Roem"}


def test_every_reference_follows() -> None:
    records = [
        official("muhammad"),
        official("roem"),
        make(Tenure, "t", official="roem", post="head"),
        meeting("m", people=[{"official": "roem", "as": "head", "for": "x", "role": "guest"}]),
    ]
    resolved = decided(MERGE, records)
    tenure, held = found(resolved, "t"), found(resolved, "m")
    assert isinstance(tenure, Tenure)
    assert isinstance(held, Meeting)
    assert tenure.official == "muhammad"
    assert [(person.official, person.as_, person.role) for person in held.people] == [("muhammad", "head", "guest")]


def test_parties_follow_in_every_place_that_names_one() -> None:
    records = [
        make(City, "old", name="Old"),
        make(City, "new", name="New"),
        make(City, "part", name="Part", part_of="old"),
        make(Organization, "unit", name="Unit", unit_of="old"),
        make(Post, "mayor", name="Mayor", of="old"),
        meeting("m", parties=["old", {"party": "new", "role": "host"}], at={"city": "old"}),
        meeting("n", people=[{"official": "o", "for": "old"}]),
        make(Cooperation, "c", name="C", parties=("old", "new", "unit")),
        meeting("k", evidence=[{"source": "s1", "claims": {"parties": ["old", "unit"], "at.city": "old"}}]),
    ]
    resolved = decided("merge: {kind: party, from: old, into: new}", records)
    assert [record.id for record in resolved.records] == ["new", "part", "unit", "mayor", "m", "n", "c", "k"]
    assert "old" not in repr(resolved.records)
    held, cooperation = found(resolved, "m"), found(resolved, "c")
    assert isinstance(held, Meeting)
    assert isinstance(cooperation, Cooperation)
    assert held.parties == (PartyInRole.model_validate({"party": "new", "role": "host"}),)
    assert cooperation.parties == ("new", "unit")


def test_merges_chain_to_the_last_survivor() -> None:
    text = "merge: {kind: official, from: a, into: b}\nmerge: {kind: official, from: b, into: c}"
    resolved = decided(text, [official("a"), official("b"), official("c"), make(Tenure, "t", official="a", post="p")])
    tenure = found(resolved, "t")
    assert isinstance(tenure, Tenure)
    assert tenure.official == "c"
    assert resolved.redirects == (Redirect("official", "a", "c"), Redirect("official", "b", "c"))
    assert resolved.origins == (2, 3)


def test_a_single_value_that_differs_is_the_claim_of_those_who_stated_it() -> None:
    ours = meeting("a", date="2025-11-25", stage="discussed")
    theirs = meeting(
        "b",
        date="2025-11-24",
        at={"city": "yokohama", "place": "Pacifico"},
        evidence=[{"source": "s2"}, {"source": "s3", "supports": ["parties"]}],
    )
    whole = found(decided("merge: {kind: meeting, from: b, into: a}", [ours, theirs]), "a")
    assert isinstance(whole, Meeting)
    assert str(whole.date) == "2025-11-25"
    assert whole.at is not None
    assert whole.at.city == "yokohama"
    first, second, third = whole.evidence
    assert first.supports == ("date", "parties", "stage")
    assert (second.source, second.claims) == ("s2", {"date": "2025-11-24"})
    assert second.supports == ("at.city", "at.place", "parties")
    assert (third.claims, third.supports) == (None, ("parties",))


def test_people_of_two_reports_of_one_meeting_are_united() -> None:
    ours = meeting("a", people=[{"official": "o", "as": "mayor"}])
    theirs = meeting("b", people=[{"official": "o", "as": "deputy", "role": "host"}, {"official": "p"}])
    whole = found(decided("merge: {kind: meeting, from: b, into: a}", [ours, theirs]), "a")
    assert isinstance(whole, Meeting)
    assert [(one.official, one.as_, one.role) for one in whole.people] == [("o", "mayor", "host"), ("p", None, None)]
    assert whole.evidence[-1].claims == {"post_of_o": "deputy"}


def test_meetings_do_not_follow_themselves_after_a_merge() -> None:
    records = [meeting("a"), meeting("b", follows=["a", "c"]), meeting("c", follows=["b"])]
    resolved = decided("merge: {kind: meeting, from: b, into: a}", records)
    first, last = resolved.records
    assert isinstance(first, Meeting)
    assert isinstance(last, Meeting)
    assert (first.follows, last.follows) == (("c",), ("a",))


def test_a_city_merged_into_an_organization_leaves_its_coordinates_and_says_so() -> None:
    records = [make(City, "c", name="C", latitude=1.5), make(Organization, "o", name="O")]
    resolved = decided("merge: {kind: party, from: c, into: o}", records)
    assert isinstance(found(resolved, "o"), Organization)
    assert [(issue.severity, issue.code) for issue in resolved.issues] == [("warning", "identity-lost-field")]


def test_names_in_several_languages_become_aliases_once() -> None:
    records = [
        make(City, "a", name={"en": "Kawasaki", "id": "Kota Kawasaki"}),
        make(City, "b", name={"en": "Kawasaki", "ja": "川崎市"}, aliases=("川崎市", "Kawasaki City")),
    ]
    whole = found(decided("merge: {kind: party, from: b, into: a}", records), "a")
    assert isinstance(whole, City)
    assert whole.aliases == ({"ja": "川崎市"}, "Kawasaki City")


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        (None, "One.", "One."),
        ("One.", "One.", "One."),
        ("One.", "Two.", "One. Two."),
        ({"id": "Satu."}, "Two.", {"id": "Satu.", "en": "Two."}),
        ("One.", {"en": "Two.", "ja": "二。"}, {"en": "One. Two.", "ja": "二。"}),
    ],
    ids=["only theirs", "equal", "plain", "map and plain", "plain and map"],
)
def test_notes_stand_one_under_the_other(ours: object, theirs: object, both: object) -> None:
    records = [official("muhammad", note=ours), official("roem", note=theirs)]
    assert getattr(found(decided(MERGE, records), "muhammad"), "note") == both  # noqa: B009


def test_claims_are_written_as_sources_would_say_them() -> None:
    ours = meeting("a", at={"online": False}, instrument="mou", status="planned", rulings={"date": "ours"})
    theirs = meeting(
        "b",
        at={"online": True},
        instrument="loi",
        rulings={"date": "theirs", "stage": "theirs"},
        evidence=[
            {"source": "s2", "supports": ["at", "instrument"]},
            {"source": "s3", "claims": {"instrument": "mou"}},
        ],
    )
    whole = found(decided("merge: {kind: meeting, from: b, into: a}", [ours, theirs]), "a")
    assert isinstance(whole, Meeting)
    assert whole.rulings == {"date": "ours", "stage": "theirs"}
    assert [one.claims for one in whole.evidence] == [
        None,
        {"at.online": "true", "instrument": "loi"},
        {"instrument": "mou", "at.online": "true", "status": "held"},
    ]


def test_steps_of_two_cooperations_are_united_without_clash() -> None:
    step = {"id": "start", "stage": "discussed", "date": "2025", "evidence": [{"source": "s1"}]}
    other = {"id": "start", "stage": "proposed", "evidence": [{"source": "s2"}]}
    records = [
        from_builtins(Cooperation, {"id": "a", "name": "A", "parties": ["x", "y"], "steps": [step]}),
        from_builtins(
            Cooperation, {"id": "b", "name": "B", "parties": ["x", "z"], "steps": [other, {**step, "id": "n"}]}
        ),
    ]
    whole = found(decided("merge: {kind: cooperation, from: b, into: a}", records), "a")
    assert isinstance(whole, Cooperation)
    assert whole.parties == ("x", "y", "z")
    assert [one.id for one in whole.steps] == ["start", "b-start", "n"]


def test_a_cooperation_is_never_left_with_one_party() -> None:
    records = [
        make(City, "a", name="A"),
        make(City, "b", name="B"),
        make(Cooperation, "c", name="C", parties=("a", "b")),
    ]
    assert codes(decided("merge: {kind: party, from: b, into: a}", records).issues) == ["identity-one-party"]


def test_participations_and_steps_keep_answering_too() -> None:
    people = [{"official": "roem"}, {"official": "other"}]
    records = [
        official("muhammad"),
        official("roem"),
        official("other"),
        meeting("m", people=people, stage="discussed", parties=[{"party": "x", "role": "host"}]),
        meeting("n", people=[{"official": "other"}], stage="discussed"),
    ]
    resolved = decided(f"{MERGE}\nmerge: {{kind: meeting, from: m, into: n}}", records)
    assert [f"{one.kind}:{one.old} {one.new}" for one in resolved.redirects] == [
        "meeting:m n",
        "official:roem muhammad",
        "participation:m.muhammad n.muhammad",
        "participation:m.other n.other",
        "participation:m.roem n.muhammad",
        "participation:m.x n.x",
        "step:m n",
    ]


def test_steps_of_a_merged_cooperation_are_found_under_the_survivor() -> None:
    steps = [{"id": "start", "stage": "discussed"}, {"id": "end", "stage": "completed"}]
    records = [
        make(Cooperation, "a", name="A", parties=["x", "y"], steps=[{"id": "start", "stage": "proposed"}]),
        make(Cooperation, "b", name="B", parties=["x", "y"], steps=steps),
    ]
    redirects = decided("merge: {kind: cooperation, from: b, into: a}", records).redirects
    assert redirects[1:] == (Redirect("step", "b.end", "a.end"), Redirect("step", "b.start", "a.b-start"))


SPLIT = "split: {kind: official, id: roem, into: roem-council, move: [t2], name: M. Roem}"


def test_a_split_takes_over_the_named_records_and_their_evidence() -> None:
    records = [
        official("roem", aliases=["M Roem"], evidence=[{"source": "s1"}, {"source": "s2"}]),
        from_builtins(Tenure, {"id": "t1", "official": "roem", "post": "head", "evidence": [{"source": "s1"}]}),
        from_builtins(Tenure, {"id": "t2", "official": "roem", "post": "speaker", "evidence": [{"source": "s2"}]}),
    ]
    resolved = decided(SPLIT, records)
    assert [record.id for record in resolved.records] == ["roem", "roem-council", "t1", "t2"]
    assert resolved.origins == (0, 0, 1, 2)
    old, new = resolved.records[:2]
    assert isinstance(old, Official)
    assert isinstance(new, Official)
    assert (new.name, new.aliases) == ("M. Roem", ())
    assert ([one.source for one in old.evidence], [one.source for one in new.evidence]) == (["s1"], ["s2"])
    assert getattr(found(resolved, "t1"), "official") == "roem"  # noqa: B009
    assert getattr(found(resolved, "t2"), "official") == "roem-council"  # noqa: B009


def test_a_split_record_rests_on_what_it_takes_over_when_it_had_nothing_of_its_own() -> None:
    said = {"source": "s9", "says": "The speaker spoke.", "claims": {"until": "2020"}}
    moved = from_builtins(Tenure, {"id": "t2", "official": "roem", "post": "speaker", "evidence": [said]})
    new = found(decided(SPLIT, [official("roem"), moved]), "roem-council")
    wanted = Evidence.model_validate({"source": "s9", "says": "The speaker spoke.", "supports": ["name"]})
    assert getattr(new, "evidence") == (wanted,)  # noqa: B009


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("merge: {kind: official, from: roam, into: muhammad}", "identity-unknown-id", "did you mean 'roem'?"),
        ("merge: {kind: party, from: roem, into: kobe}", "identity-kind", "'roem' is an official, expected a party"),
        ("not-same: {kind: official, a: roem, b: nobody}", "identity-unknown-id", "no official 'nobody'"),
        ("split: {kind: official, id: roem, into: muhammad, move: [t]}", "identity-exists", "already an official"),
        ("split: {kind: official, id: roem, into: r, move: [tt]}", "identity-unknown-id", "did you mean 't'?"),
        (
            "split: {kind: official, id: roem, into: r, move: [both]}",
            "identity-ambiguous",
            "meeting:both or tenure:both",
        ),
    ],
)
def test_what_only_records_show_is_a_fault_with_its_place(text: str, code: str, words: str) -> None:
    records = [
        official("muhammad"),
        official("roem"),
        make(City, "kobe", name="Kobe"),
        make(Tenure, "tt-other", official="muhammad", post="p"),
        make(Tenure, "t", official="roem", post="p"),
        make(Tenure, "both", official="roem", post="p"),
        meeting("both", people=[{"official": "roem"}]),
    ]
    resolved = decided(text, records)
    assert resolved.records == tuple(records)
    (issue,) = resolved.issues
    assert (issue.code, issue.at.file, issue.at.line) == (code, "identity.yaml", 1)
    assert words in issue.message


def test_a_decision_rests_on_sources_that_exist() -> None:
    text = written(MERGE).replace("reason", "evidence: [s-one]\n  reason")
    records = [official("muhammad"), official("roem"), source("s-on")]
    (issue,) = apply(records, parse_ledger(text, "identity.yaml").decisions).issues
    assert issue.message == "no source 's-one'; did you mean 's-on'?"


def test_a_two_kinds_id_in_move_can_say_its_kind() -> None:
    records = [
        official("roem"),
        make(Tenure, "both", official="roem", post="p"),
        meeting("both", people=[{"official": "roem"}]),
    ]
    resolved = decided("split: {kind: official, id: roem, into: r, move: ['meeting:both']}", records)
    assert resolved.issues == ()
    assert getattr(resolved.records[2], "official") == "roem"  # noqa: B009


def test_merge_then_undo_leaves_the_records_as_they_were() -> None:
    records = [official("muhammad"), official("roem"), make(Tenure, "t", official="roem", post="p")]
    resolved = decided(f"{MERGE}\nundo: 1", records)
    assert resolved == Resolved(tuple(records), (0, 1, 2), (), ())


def test_no_ledger_is_no_change(tmp_path: Path) -> None:
    ledger = read_ledger(tmp_path / "identity.yaml", root=tmp_path)
    assert (ledger.decisions, ledger.issues) == ((), ())


NAMES = st.sampled_from(["a", "b", "c", "d", "e"])


@given(st.lists(st.tuples(NAMES, NAMES), max_size=6), st.permutations(range(5)))
def test_merges_lose_no_source_and_leave_no_dangling_name(pairs: list[tuple[str, str]], order: list[int]) -> None:
    names = "abcde"
    people = [official(names[i], evidence=[{"source": f"s-{names[i]}"}]) for i in order]
    held = meeting("m", people=[{"official": name} for name in names])
    ledger = parse_ledger(
        written("\n".join(f"merge: {{kind: official, from: {a}, into: {b}}}" for a, b in pairs)), "identity.yaml"
    )
    wrong = {issue.at.line for issue in ledger.issues}
    resolved = apply([*people, held], [one for one in ledger.decisions if one.at.line not in wrong])
    left = {record.id for record in resolved.records if isinstance(record, Official)}
    sources = {one.source for record in resolved.records for one in getattr(record, "evidence")}  # noqa: B009
    last = resolved.records[-1]
    assert isinstance(last, Meeting)
    assert {person.official for person in last.people} == left
    assert sources == {"s1", *(f"s-{name}" for name in names)}
    lost = {redirect.old: redirect.new for redirect in resolved.redirects if redirect.kind == "official"}
    assert set(lost) == set(names) - left
    assert set(lost.values()) <= left
