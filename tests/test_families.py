"""Copies fold into one family, by what is declared and by what is near-identical; independent reports stay apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.collection import Collection, Config
from kg.families import Said, families, family_links, independent, read_texts, said_of
from kg.records import Cooperation, Meeting, Official, Source, from_builtins

RELEASE = (
    "The mayor received the delegation of the waterworks at the city hall on Tuesday and said that the city would"
    " learn from its partner how leaks are found at night with listening rods, how meters are read and how young "
    "engineers are trained in the field. The head of the bureau answered that two engineers would come in spring "
    "for a month, that the city should name a counterpart for them, and that a report on the first results would "
    "be written together by autumn."
)
OTHER = (
    "On Tuesday a visit by foreign waterworks staff drew attention to night work on leaking mains. Residents of "
    "three wards complained last year about low pressure. Council members asked who pays for the training and "
    "when results can be expected; the head of the city's own company said that the talks had only begun and that"
    " no paper had been signed."
)


def source(name: str, **fields: object) -> Source:
    return from_builtins(Source, {"id": name, "outlet": name, **fields})


def plain(*names: str) -> list[Source]:
    return [source(name) for name in names]


def test_every_source_has_a_family_and_alone_it_is_its_own() -> None:
    assert families(plain("b", "a")) == {"a": "a", "b": "b"}


def test_declared_copies_and_families_fold() -> None:
    sources = [source("c", copy_of="b"), source("b", copy_of="a"), source("a"), source("d", family="release")]
    assert families(sources) == {"a": "a", "b": "a", "c": "a", "d": "release"}


def test_a_family_goes_by_its_declared_name() -> None:
    sources = [source("a"), source("b", copy_of="a", family="press-release"), source("c", family="press-release")]
    assert set(families(sources).values()) == {"press-release"}


def test_a_family_called_after_a_source_holds_that_source() -> None:
    assert families([source("a"), source("b", family="a")]) == {"a": "a", "b": "a"}


def test_a_copy_of_something_unknown_stands_alone() -> None:
    assert families([source("a", copy_of="nowhere")]) == {"a": "a"}


@pytest.mark.parametrize(
    "copied",
    [
        RELEASE,
        RELEASE.upper().replace(".", " .\n\n"),
        f"Skip to content. Our city. {RELEASE} Read also: prices of rice. Share this.",
        RELEASE.replace("Tuesday", "25 November").replace("learn", "find out").replace("spring", "March"),
        RELEASE[: len(RELEASE) * 3 // 4],
        f"{RELEASE} {OTHER}",
    ],
    ids=[
        "same",
        "other case and breaks",
        "with page furniture",
        "a few words changed",
        "cut short",
        "with an addition",
    ],
)
def test_near_identical_texts_fold(copied: str) -> None:
    assert families(plain("a", "b"), {"a": RELEASE, "b": copied}) == {"a": "a", "b": "a"}


def test_reports_written_apart_stay_apart() -> None:
    assert families(plain("a", "b"), {"a": RELEASE, "b": OTHER}) == {"a": "a", "b": "b"}


def test_texts_without_spaces_are_compared_by_character() -> None:
    text = "真庭市は十二日、マカッサル市の訪問団を市役所に迎え、木質バイオマス発電所と生ごみの資源化施設を案内した。"
    assert families(plain("a", "b"), {"a": text, "b": f"【速報】{text}"})["b"] == "a"


LONG_TITLE = "Mayor of Makassar receives Kawasaki waterworks on leak detection"


@pytest.mark.parametrize(
    ("one", "other", "folds"),
    [
        ({"sha256": "a" * 64}, {"sha256": "a" * 64}, True),
        ({"url": "https://www.example.org/a/"}, {"url": "http://example.org/a"}, True),
        ({"title": LONG_TITLE}, {"title": LONG_TITLE.upper()}, True),
        ({"title": LONG_TITLE, "published": "2025-11-25"}, {"title": LONG_TITLE, "published": "2025-11-27"}, True),
        ({"title": LONG_TITLE, "published": "2024-11-25"}, {"title": LONG_TITLE, "published": "2025-11-27"}, False),
        ({"title": LONG_TITLE, "language": "en"}, {"title": LONG_TITLE, "language": "id"}, False),
        ({"title": "Visit of Ohashi"}, {"title": "Visit of Ohashi"}, False),
        ({"outlet": "one"}, {"outlet": "one"}, False),
    ],
    ids=["hash", "address", "title", "two days apart", "a year apart", "two languages", "short handle", "outlet"],
)
def test_one_page_or_one_headline_is_one_family(one: dict[str, str], other: dict[str, str], *, folds: bool) -> None:
    assert (families([source("a", **one), source("b", **other)])["b"] == "a") is folds


SENTENCE = "The bureau offered to send two engineers to Makassar in spring to teach finding leaks at night."


def meeting(name: str, *evidence: dict[str, object]) -> Meeting:
    return from_builtins(Meeting, {"id": name, "parties": ["x"], "evidence": list(evidence)})


def test_the_same_long_summary_or_quote_of_one_meeting_folds() -> None:
    for sort in ("says", "quote"):
        told = meeting("m", {"source": "a", sort: SENTENCE}, {"source": "b", sort: SENTENCE.replace("spring", "May")})
        assert families(plain("a", "b"), said=said_of([told]))["b"] == "a"


def test_formulas_of_ours_fold_nothing() -> None:
    short = "Also reports the meeting of 25 November 2025."
    told = meeting("m", {"source": "a", "says": short}, {"source": "b", "says": short})
    elsewhere = [meeting("n", {"source": "a", "says": SENTENCE}), meeting("o", {"source": "b", "says": SENTENCE})]
    named = "Names Ohashi Koichi as consul general of the Consular Office of Japan in Makassar, on 11 June 2025."
    person = from_builtins(
        Official,
        {"id": "o", "name": "O", "evidence": [{"source": "a", "says": named}, {"source": "b", "says": named}]},
    )
    assert families(plain("a", "b"), said=said_of([told, *elsewhere, person])) == {"a": "a", "b": "b"}


def test_steps_of_a_cooperation_speak_too() -> None:
    evidence = [{"source": "a", "says": {"en": SENTENCE}}, {"source": "b", "says": {"en": SENTENCE}}]
    step = {"id": "s", "stage": "discussed", "evidence": evidence}
    told = from_builtins(Cooperation, {"id": "c", "name": "C", "parties": ["x", "y"], "steps": [step]})
    assert next(iter(said_of([told]))) == Said(("cooperation", "c.s"), "a", "summary", SENTENCE)
    assert families(plain("a", "b"), said=said_of([told]))["b"] == "a"


def test_a_copy_changes_the_count_of_articles_and_not_of_independent_ones() -> None:
    texts = {"a": RELEASE, "b": OTHER}
    before = independent(texts, families(plain(*texts), texts))
    texts["copy"] = f"{RELEASE} Share this."
    assert (before, independent(texts, families(plain(*texts), texts))) == ((2, 2), (2, 3))


def test_every_tie_says_why() -> None:
    sources = [source("a"), source("b", copy_of="a"), source("c")]
    links = family_links(sources, {"a": RELEASE, "c": RELEASE}, ())
    assert [(link.a, link.b, link.reason) for link in links] == [
        ("a", "b", "declared a copy"),
        ("a", "c", "100% of one text stands in the other"),
    ]


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_families_do_not_depend_on_the_order_of_sources(order: list[str]) -> None:
    fields: dict[str, dict[str, object]] = {"b": {"copy_of": "d"}, "c": {"family": "f"}, "e": {"copy_of": "c"}}
    sources = [source(name, **fields.get(name, {})) for name in order]
    assert list(families(sources).items()) == [("a", "a"), ("b", "b"), ("c", "f"), ("d", "b"), ("e", "f")]


def test_many_texts_are_folded_without_comparing_all_with_all() -> None:
    words = [f"w{number}" for number in range(997)]
    texts = {f"s{n:04}": " ".join(words[(n * 31 + k * k * (n % 89 + 1)) % 997] for k in range(150)) for n in range(600)}
    texts["copy"] = texts["s0007"] + " and more"
    assert families(plain(*texts), texts)["s0007"] == "copy"


def test_kept_texts_are_read_from_their_folder_only(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text(RELEASE, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(RELEASE, encoding="utf-8")
    collection = Collection(root=tmp_path, config=Config(title="T"))
    sources = [source("a", text="a.txt"), source("b", text="../secret.txt"), source("c", text="gone.txt"), source("d")]
    assert read_texts(collection, sources) == {"a": RELEASE}
