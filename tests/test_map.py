import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from map_world import CANARIES, TALKS, register, world
from map_world import page as page_of

import kg.map
from kg.errors import ExportError, KgError
from kg.map import page
from kg.map.lines import draw_lines
from kg.map.page import read_words, to_json
from kg.map.reading import read_facts
from kg.properties import PROPERTIES


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="facts">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def drawn(**options: Any) -> dict[str, Any]:  # noqa: ANN401 - what `draw` takes
    return data_of(kg.map.draw(world(TALKS), **options))


def test_every_official_and_party_is_drawn() -> None:
    things = drawn()["things"]
    assert things["id"] == [
        "official:amir", "official:chie", "official:eka", "party:iforcom", "party:kawasaki",
        "party:kawasaki-waterworks", "party:lonely", "party:makassar",
    ]  # fmt: skip
    assert {len(column) for name, column in things.items() if isinstance(column, list)} == {8}


def test_two_parties_that_met_twice_have_two_lines() -> None:
    lines = draw_lines(read_facts(world(TALKS)))
    met = [line.records for line in lines if (line.start, line.end) == ("party:kawasaki-waterworks", "party:makassar")]
    assert met == [("meeting:first",), ("meeting:second",)]


def test_an_official_has_one_line_per_post_with_terms_and_meetings() -> None:
    lines = draw_lines(read_facts(world(TALKS)))
    assert [(line.kind, line.records) for line in lines if line.start == "official:amir"] == [
        ("acts", ("meeting:first", "tenure:amir"))
    ]


def test_somebody_acting_for_nobody_known_was_merely_present() -> None:
    lines = draw_lines(read_facts(world(TALKS)))
    assert {line.kind for line in lines if line.start == "official:eka"} == {"present"}


def test_every_statement_of_the_graph_is_in_the_page_once() -> None:
    facts, data = read_facts(world(TALKS)), drawn()
    assert data["statements"]["id"] == list(facts.statements)
    behind = [
        place for table in ("things", "records", "concepts") for row in data[table]["statements"] for place in row
    ]
    assert sorted(behind) == list(range(len(facts.statements)))


def test_a_selection_leaves_out_what_is_said_of_posts_and_forums_it_does_not_name() -> None:
    said = drawn(focus="iforcom", depth=0)["statements"]["id"]
    assert said == []
    assert "evidence:post.makassar-mayor.1" in drawn(focus="amir")["statements"]["id"]


@pytest.mark.parametrize(
    ("options", "things"),
    [
        ({"focus": "iforcom", "depth": 0}, {"party:iforcom"}),
        ({"focus": "party:chie", "depth": 1}, None),
        ({"focus": "https://w3id.org/cooperation-kg/id/official/chie"}, {"official:chie", "party:kawasaki-waterworks"}),
        ({"sector": "smart-city"}, {"official:eka", "party:iforcom", "party:kawasaki", "party:makassar"}),
        ({"since": "2025"}, {"party:kawasaki-waterworks", "party:makassar"}),
        ({"until": "2023"}, {"official:amir", "official:chie", "party:kawasaki-waterworks", "party:makassar"}),
    ],
    ids=["only the focus", "no such thing", "an IRI and its neighbours", "a sector", "since a year", "until a year"],
)
def test_selections(options: dict[str, Any], things: set[str] | None) -> None:
    if things is None:
        with pytest.raises(KgError, match="did you mean 'chie'"):
            drawn(**options)
    else:
        assert set(drawn(**options)["things"]["id"]) - {"official:amir"} == things - {"official:amir"}


@pytest.mark.parametrize(
    "options", [{"lang": "xx"}, {"since": "2025-13"}, {"depth": -1}, {"since": "2025", "until": "2024-12"}], ids=str
)
def test_a_callers_slip_is_a_value_error(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"language|month|depth|after"):
        drawn(**options)


def test_an_empty_graph_still_gives_a_page() -> None:
    assert data_of(kg.map.draw(world("")))["things"]["id"] == []


def test_nothing_a_record_holds_ends_a_data_block_or_becomes_markup() -> None:
    html = kg.map.draw(world(CANARIES), title="</title><script>window.canary=1</script>")
    assert html.count("<script") == 5
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert not set("<>&\u2028\u2029") & set(html.split('id="facts">')[1].split("</script>")[0])


def test_the_policy_names_each_script_by_hash() -> None:
    html = kg.map.draw(world(TALKS))
    policy = html.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    assert policy.startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe" not in policy
    outside = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"<(?:link|iframe|object|embed|base)\b|\ssrc=|\sstyle=|\son[a-z]+=", outside)


def test_without_scripts_there_are_tables_with_people_and_statements() -> None:
    plain = kg.map.draw(world(TALKS), lang="ja").split("<noscript>")[1].split("</noscript>")[0]
    for told in ("First talk", "Amir – 市長", "They met.", "A city.", "Mayor of the city.", "日付: 2023-02-28"):
        assert told in plain
    number = re.search(r'They met\. <a href="#s(\d+)">', plain)
    assert number
    row = re.search(rf'<tr id="s{number[1]}">.*', plain)
    assert row
    assert '<a href="https://one.example/1" rel="noopener noreferrer">' in row[0]
    assert str(read_words()["ja"]["noscript"]) in plain


def test_without_scripts_a_long_table_says_what_it_leaves_out() -> None:
    plain = page_of(register(1200)).split("<noscript>")[1]
    assert "200 more rows are left out here." in plain


def test_an_unknown_vis_network_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lib/vis-9.1.2").mkdir(parents=True)
    monkeypatch.setattr(page, "files", lambda _: tmp_path)
    with pytest.raises(ExportError, match=r"has no .*vis-network"):
        page.vis_network()
    (tmp_path / page.VIS_NETWORK).write_text("alert(1)")
    with pytest.raises(ExportError, match="unknown vis-network"):
        page.vis_network()


def test_words_are_complete_in_each_language() -> None:
    words = read_words()
    assert {len(words[lang]) for lang in page.LANGUAGES} == {len(words["en"])}
    holes = {
        lang: {key: set(re.findall(r"\{\w+\}", json.dumps(forms))) for key, forms in words[lang].items()}
        for lang in words
    }
    assert holes["id"] == holes["en"] == holes["ja"]


def test_each_field_of_a_record_has_a_name() -> None:
    assert {f"field.{field}" for field in PROPERTIES} == {key for key in read_words()["en"] if key.startswith("field.")}


def test_each_word_with_two_forms_has_them_in_english() -> None:
    forms = [each for each in read_words()["en"].values() if isinstance(each, dict)]
    assert {tuple(each) for each in forms} == {("one", "other")}
    assert all(each["one"] != each["other"] for each in forms)


def test_json_keeps_its_values_through_the_escapes() -> None:
    value = {"a": "</script>&\u2028\u2029<!--"}
    assert json.loads(to_json(value)) == value
    assert not set("<>&\u2028\u2029") & set(to_json(value))


def test_an_unwritable_place_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot write"):
        kg.map.write("x", tmp_path / "missing" / "map.html")


def test_the_same_input_gives_the_same_bytes_under_any_hash_seed() -> None:
    code = (
        "import sys, hashlib; sys.path.insert(0, 'tests'); import kg.map, map_world;"
        "print(hashlib.sha256(kg.map.draw(map_world.world(map_world.TALKS)).encode()).hexdigest())"
    )
    root = Path(__file__).parent.parent
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "4242")
    }
    assert len(digests) == 1
