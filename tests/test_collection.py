"""A collection is found from inside it, and its configuration is checked."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import from_regex

from kg.allowed import PLAIN_URL_PATTERN, STAGES, URL_PATTERN
from kg.collection import DEFAULT_STALE, Config, find_collection, open_collection
from kg.errors import KgError


def made(folder: Path, text: str = 'title = "A"\n') -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kg.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_collection_is_found_upwards(tmp_path: Path) -> None:
    made(tmp_path / "a")
    inside = tmp_path / "a" / "records" / "deep"
    inside.mkdir(parents=True)
    assert find_collection(inside).root == (tmp_path / "a").resolve()


def test_no_collection_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"no kg\.toml in .*`kg init DIR`"):
        find_collection(tmp_path)
    with pytest.raises(KgError, match=r"no kg\.toml in"):
        open_collection(tmp_path)


def test_its_parts_have_their_places(tmp_path: Path) -> None:
    collection = open_collection(made(tmp_path))
    names = [path.name for path in (collection.records, collection.identity, collection.sources, collection.build)]
    assert names == ["records", "identity.yaml", "sources", "build"]


def test_days_until_stale_are_set_stage_by_stage(tmp_path: Path) -> None:
    collection = open_collection(made(tmp_path, 'title = "A"\n[stale]\nproposed = 30\n'))
    assert collection.stale_days["proposed"] == 30
    assert collection.stale_days["discussed"] == DEFAULT_STALE["discussed"]
    assert set(collection.stale_days) == set(STAGES)


def test_a_title_may_be_given_by_language(tmp_path: Path) -> None:
    config = open_collection(made(tmp_path, '[title]\nen = "A"\nja = "あ"\n')).config
    assert config == Config({"en": "A", "ja": "あ"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "title"),
        ("title = ", "not valid TOML"),
        ('title = "A"\nlanguage = ["en"]\n', "unknown key 'language'; did you mean 'languages'"),
        ('title = "A"\nbase = "ftp://x/"\n', "base"),
        ('title = "A"\nbase = "https://example.org/no-slash"\n', "base"),
        ('title = "A"\nlanguages = []\n', "languages"),
        ('title = "A"\nlanguages = ["not a tag"]\n', "languages"),
        ('title = "A"\n[stale]\ndiscused = 3\n', "unknown stage 'discused' in .stale.; did you mean 'discussed'"),
        ('title = "A"\n[stale]\ndiscussed = 0\n', "stale.discussed"),
        ('title = "A"\nstale = 3\n', "stale"),
        ('title = "A"\nstale = {discussed = true}\n', "stale.discussed: found true"),
        ("title = {}\n", "title: found a mapping"),
        ('title = {en = "A", ja = 3}\n', "title.ja: found 3"),
        ('title = {"not a tag" = "A"}\n', "title.not a tag"),
        ('title = "\u00ad"\n', "title: found"),
        ('title = "A"\nversion = 1\n', "version: found 1"),
        ('title = "A"\nlanguages = ["en\\n"]\n', "languages"),
    ],
)
def test_a_bad_configuration_is_refused_with_its_place(text: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(KgError, match=reason) as raised:
        open_collection(made(tmp_path, text))
    assert raised.value.at is not None
    assert raised.value.at.file.endswith("kg.toml")


def test_a_configuration_that_is_no_text_is_refused(tmp_path: Path) -> None:
    made(tmp_path).joinpath("kg.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(KgError, match="cannot read"):
        open_collection(tmp_path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('base = "not an iri"', r"base: found 'not an iri'; expected an http or https address that ends with / or #"),
        ('license = "nope"', r"license: found 'nope'; expected an http or https address"),
        ("languages = []", r"languages: found a list; expected a list of language tags"),
        ('languages = ["en", "en"]', r"languages: found a list; expected .* each once"),
        ("stale = {discussed = 99999999999}", r"stale\.discussed: found 99999999999; expected a whole number of days"),
    ],
)
def test_a_bad_value_is_said_in_plain_words(line: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(KgError, match=said):
        open_collection(made(tmp_path, f'title = "A"\n{line}\n'))
    with pytest.raises(KgError, match="title: found 3; expected a text"):
        open_collection(made(tmp_path, "title = 3\n"))


@given(url=from_regex(PLAIN_URL_PATTERN, fullmatch=True))
def test_a_plain_address_is_an_address(url: str) -> None:
    assert re.fullmatch(URL_PATTERN, url.removesuffix("\n"))


@pytest.mark.parametrize("base", ["https://example.org/id/", "https://例え.jp/id/", "https://example.org/%C3%A9#"])
def test_any_address_is_a_base(base: str, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(f'title = "T"\nbase = "{base}"\n', encoding="utf-8")
    assert open_collection(tmp_path).config.base == base
