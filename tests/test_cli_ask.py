"""The officer's commands on a tiny world and on the real data: answers, languages, JSON, and what goes wrong."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tiny

from kg.cli._words import LANGUAGES, WORDS, Words

Run = Callable[..., Any]
ASKING = {
    "find": ("find", "--city", "makassar"),
    "show": ("show", "makassar"),
    "who": ("who", "makassar", "--on", "2020-07-27"),
    "why": ("why", "makassar", "waterworks"),
    "status": ("status", "--as-of", "2021-07-01"),
    "conflicts": ("conflicts",),
}
every_question = pytest.mark.parametrize("asking", ASKING.values(), ids=ASKING)


def one_line(text: str) -> bool:
    return text.startswith("kg: ") and text.count("\n") == 1 and "Traceback" not in text


# -- every question ---------------------------------------------------------------------------------------------


@every_question
def test_an_answer_is_data_on_stdout(world: Path, run: Run, asking: tuple[str, ...]) -> None:
    told = run("-C", world, *asking)
    assert told.code == 0
    assert told.out
    assert told.err.count("\n") <= 1


@every_question
def test_json_is_json(world: Path, run: Run, asking: tuple[str, ...]) -> None:
    told = run("-C", world, *asking, "--json")
    assert told.code == 0
    assert json.loads(told.out)


@every_question
def test_json_keys_do_not_follow_the_language(world: Path, run: Run, asking: tuple[str, ...]) -> None:
    english, japanese = (json.loads(run("-C", world, *asking, "--json", "--lang", lang).out) for lang in ("en", "ja"))
    one, other = (found[0] if isinstance(found, list) else found for found in (english, japanese))
    assert list(one) == list(other)


@every_question
def test_the_same_question_has_the_same_answer(world: Path, run: Run, asking: tuple[str, ...]) -> None:
    assert run("-C", world, *asking).out == run("-C", world, *asking).out


@every_question
def test_without_a_build_one_line_says_what_to_run(tmp_path: Path, run: Run, asking: tuple[str, ...]) -> None:
    root = tiny.write(tmp_path / "c", tiny.WORLD)
    told = run("-C", root, *asking)
    assert (told.code, told.out) == (3, "")
    assert one_line(told.err)
    assert "run `kg build` first" in told.err
    assert not (root / "build").exists()


@every_question
def test_outside_a_collection(tmp_path: Path, run: Run, asking: tuple[str, ...]) -> None:
    for folder, said in ((tmp_path, "no kg.toml"), (tmp_path / "nowhere", "is no folder")):
        told = run("-C", folder, *asking)
        assert (told.code, told.out) == (3, "")
        assert one_line(told.err)
        assert said in told.err


def _cut_store(version: Path) -> None:
    for path in sorted((version / "store").glob("*.sst")):
        path.write_bytes(path.read_bytes()[:100])


def _drop_store(version: Path) -> None:
    for path in sorted((version / "store").iterdir()):
        path.unlink()


def _scramble_manifest(version: Path) -> None:
    (next((version / "store").glob("MANIFEST-*"))).write_bytes(b"\x00" * 64)


def _name_nothing(version: Path) -> None:
    (version.parent / "CURRENT").write_text("gone\n", encoding="utf-8")


def _binary_name(version: Path) -> None:
    (version.parent / "CURRENT").write_bytes(b"\xff\xfe\x00")


DAMAGE = [_cut_store, _drop_store, _scramble_manifest, _name_nothing, _binary_name]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__.strip("_"))
def test_a_damaged_build_is_one_clear_line_for_every_question(
    world: Path, tmp_path: Path, run: Run, damage: Callable[[Path], None]
) -> None:
    import shutil

    root = tmp_path / "c"
    shutil.copytree(world, root)
    version = root / "build" / (root / "build" / "CURRENT").read_text(encoding="utf-8").strip()
    damage(version)
    before = {path: path.read_bytes() for path in (root / "build").rglob("*") if path.is_file()}
    for asking in (*ASKING.values(), ("query", "cq01", "--param", "party=makassar", "--param", "day=2021-01-01")):
        told = run("-C", root, *asking)
        assert (told.code, told.out) == (3, "")
        assert one_line(told.err), told.err
    assert {path: path.read_bytes() for path in before} == before
    assert run("-C", root, "build").code == 0, "a new build mends it"
    assert run("-C", root, "show", "makassar").code == 0


@pytest.mark.parametrize("text", ["", "[1", "\x00"], ids=["empty", "broken", "binary"])
def test_places_that_cannot_be_read(world: Path, tmp_path: Path, run: Run, text: str) -> None:
    import shutil

    root = tmp_path / "c"
    shutil.copytree(world, root)
    next((root / "build").glob("*/places.json")).write_text(text, encoding="utf-8")
    for asking in (("show", "makassar"), ("why", "makassar")):
        told = run("-C", root, *asking)
        assert (told.code, told.out) == (3, "")
        assert one_line(told.err)


@pytest.mark.parametrize(
    ("asking", "code", "said"),
    [
        (("show", "nothing-like-it"), 3, "nothing is called 'nothing-like-it'"),
        (("show", "makasar"), 3, "did you mean 'makassar'?"),
        (("show", "Twin"), 3, "may be any of: party:twin-a, party:twin-b"),
        (("show", "party:ma kas>sar"), 3, "nothing is called"),
        (("show",), 2, "Missing argument 'THING'"),
        (("show", "makassar", "--format", "xml"), 2, "No such option"),
        (("find", "--city", "nowhere-at-all"), 3, "nothing is called"),
        (("find", "--stage", "disgussed"), 3, "did you mean 'discussed'?"),
        (("find", "--status", "lost"), 2, "'lost' is not one of"),
        (("find", "--since", "2025-13"), 2, "there is no month 13"),
        (("find", "--until", "soon"), 2, "expected a date as YYYY"),
        (("who", "nobody-knows"), 3, "nothing is called"),
        (("who", "makassar", "--on", "2020"), 2, "expected a day, such as 2020-07-27, found 2020"),
        (("who", "makassar", "--post", "amir"), 3, "official:amir is no post"),
        (("why", "makassar", "nothing-like-it"), 3, "nothing is called"),
        (("status", "--stale", "soon"), 2, "expected days, such as 180d"),
        (("status", "--stale", "-5"), 2, "expected days, such as 180d"),
        (("status", "--as-of", "2026-02-30"), 2, "there is no day 30"),
        (("status", "--sector", "nothing-like-it"), 3, "nothing is called"),
        (("conflicts", "nothing-like-it"), 3, "nothing is called"),
        (("shwo", "makassar"), 2, "no such command 'shwo'; did you mean 'show'?"),
    ],
)
def test_questions_that_cannot_be_answered(
    world: Path, run: Run, asking: tuple[str, ...], code: int, said: str
) -> None:
    told = run("-C", world, *asking)
    assert (told.code, told.out) == (code, "")
    assert said in told.err
    assert "Traceback" not in told.err
    assert code == 2 or one_line(told.err)


# -- each question ----------------------------------------------------------------------------------------------


def test_why_says_record_outlet_date_place_and_address(world: Path, run: Run) -> None:
    told = run("-C", world, "why", "first")
    assert told.out.splitlines() == [
        "Meeting: First talk, 2020-02  (meeting:first)",
        "  record: records/all.yaml:43",
        "  - “so they met”",
        "    The Monthly",
        "  - (supports it without words of ours)",
        "    The Monthly",
        "    but says head_count: 15",
        "  - They talked.",
        "    The Daily, 2020-07-28, paragraph 2, https://example.org/daily",
        "  - They talked in March.",
        "    The Weekly, 2020-08",
        "    but says date: 2020-03",
        "    but says head_count: 12",
    ]


def test_why_of_what_nothing_joins(world: Path, run: Run) -> None:
    told = run("-C", world, "why", "amir", "budi", "--lang", "id")
    assert (told.code, told.out, told.err) == (1, "", "tidak ada yang menghubungkan amir dan budi\n")


def test_why_as_json_holds_the_place_of_the_record(world: Path, run: Run) -> None:
    (reason,) = json.loads(run("-C", world, "why", "first", "--json").out)
    assert (reason["record"], reason["name"], reason["relation"]) == ("records/all.yaml:43", "First talk", "Meeting")
    assert reason["statements"][2]["url"] == "https://example.org/daily"


def test_status_on_two_days(world: Path, run: Run) -> None:
    rows = json.loads(run("-C", world, "status", "--as-of", "2021-07-01", "--json").out)
    assert [(row["id"], row["stage"], row["days"], row["stale"], row["next planned"]) for row in rows] == [
        ("iforcom--makassar", "discussed", 303, "stale", "2021-05 (no news)"),
        ("cooperation:water", "letter of intent", 304, "", ""),
        ("kawasaki--makassar", "", 338, "stale", ""),
    ]
    rows = json.loads(run("-C", world, "status", "--as-of", "2020-07-01", "--json").out)
    assert [(row["id"], row["stage"]) for row in rows] == [("cooperation:water", "discussed")]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--city", "iforcom"), ["iforcom--makassar"]),
        (("--party", "川崎市"), ["kawasaki--makassar"]),
        (("--sector", "water-supply"), ["cooperation:water"]),
        (("--only-stale",), ["iforcom--makassar", "kawasaki--makassar"]),
        (("--only-stale", "--stale", "1000d"), []),
        (("--stale", "100", "--only-stale", "--city", "waterworks"), ["cooperation:water"]),
    ],
)
def test_status_narrowed(world: Path, run: Run, options: tuple[str, ...], ids: list[str]) -> None:
    told = run("-C", world, "status", "--as-of", "2021-07-01", "--json", *options)
    assert [row["id"] for row in json.loads(told.out)] == ids


def test_days_until_stale_are_those_of_kg_toml(tmp_path: Path, run: Run) -> None:
    config = f"{tiny.CONFIG}[stale]\nletter-of-intent = 30\n"
    root = tiny.made(tmp_path / "c", tiny.WORLD, config=config)
    (row,) = json.loads(run("-C", root, "status", "--as-of", "2021-07-01", "--party", "waterworks", "--json").out)
    assert row["stale"] == "stale"


def test_without_as_of_the_clock_is_asked(world: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    monkeypatch.setattr("kg.cli.status.day_or_today", lambda _: date(2020, 7, 1))
    assert "cooperations on 2020-07-01: 1" in run("-C", world, "status").err


def test_the_stale_line_of_the_real_data(built: Path, run: Run) -> None:
    told = run("-C", built, "status", "--as-of", "2026-11-22", "--stale", "180d", "--party", "jasca", "--json")
    (row,) = json.loads(told.out)
    assert (row["stage"], row["last heard"], row["days"], row["stale"]) == ("discussed", "2020-07-27", 2309, "stale")
    assert row["proof"]


@pytest.mark.parametrize(
    ("day", "official"),
    [
        ("2019-05-20", "M. Iqbal Samad Suhaeb"),
        ("2020-06-01", "Yusran Jusuf"),
        ("2020-07-27", "Rudy Djamaluddin"),
        ("2025-11-25", "Munafri Arifuddin"),
    ],
)
def test_who_was_mayor_with_sources(built: Path, run: Run, day: str, official: str) -> None:
    told = run("-C", built, "who", "makassar", "--on", day, "--post", "makassar-mayor", "--json")
    (row,) = json.loads(told.out)
    assert row["official"] == official
    assert row["sources"]


def test_who_when_nobody_is_known(world: Path, run: Run) -> None:
    told = run("-C", world, "who", "iforcom", "--on", "2020-07-27")
    assert told.code == 0
    assert told.err == "nobody is known to have held a post of iforcom on 2020-07-27\n"
    assert "on 20" not in run("-C", world, "who", "iforcom", "--all").err


def test_who_ever(world: Path, run: Run) -> None:
    rows = json.loads(run("-C", world, "who", "waterworks", "--all", "--json").out)
    assert [(row["official"], row["how sure"]) for row in rows] == [("Chie", "seen 2020-02-01 to 2020-07-27")]


def test_find_takes_a_word_beside_options_for_a_party(world: Path, run: Run) -> None:
    rows = json.loads(run("-C", world, "find", "iforcom", "--status", "planned", "--json").out)
    assert [row["meeting"] for row in rows] == ["Fourth talk"]


@pytest.mark.parametrize("word", ["川崎", "Kawasaki", "kawasaki"])
def test_find_in_any_script(built: Path, run: Run, word: str) -> None:
    assert "party:kawasaki " in run("-C", built, "find", word).out


def test_show_stops_at_twenty_lines_unless_told(built: Path, run: Run) -> None:
    short, whole = (run("-C", built, "show", "makassar", *more).out for more in ((), ("--all",)))
    assert re.search(r"^\.\.\. \d+ more with --all$", short, re.MULTILINE)
    assert len(whole.splitlines()) > len(short.splitlines()) + 50
    assert "more with --all" not in whole


def test_conflicts_of_the_real_data(built: Path, run: Run) -> None:
    told = run("-C", built, "conflicts")
    assert told.err == "93 conflicts\n"
    assert "  * 2022-07: suara.com 2022-07-27\n    2022-07-22: sindonews.com 2022-07-28\n    ruled: " in told.out


# -- three languages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("en", ["fact ", "who ", "status ", "guest", "held"]),
        ("id", ["fakta ", "siapa ", "tamu", "berlangsung", "pihak ", "Penyediaan air bersih"]),
        ("ja", ["項目", "人物・団体", "来訪側", "開催済み", "当事者", "上水道"]),
    ],
)
def test_show_follows_the_language(world: Path, run: Run, lang: str, lines: list[str]) -> None:
    told = run("-C", world, "show", "first", "--lang", lang).out
    assert [line for line in lines if line not in told] == []


@pytest.mark.parametrize(
    ("lang", "heading", "stage"),
    [
        ("en", "cooperation", "letter of intent"),
        ("id", "kerja sama", "surat pernyataan minat"),
        ("ja", "協力関係", "意向表明書"),
    ],
)
def test_status_follows_the_language(world: Path, run: Run, lang: str, heading: str, stage: str) -> None:
    told = run("-C", world, "status", "--as-of", "2021-07-01", "--lang", lang).out
    assert told.startswith(heading)
    assert stage in told


@pytest.mark.parametrize(("lang", "words"), [("id", ["Pertemuan: ", "catatan data: "]), ("ja", ["会談: ", "記録: "])])
def test_why_follows_the_language(world: Path, run: Run, lang: str, words: list[str]) -> None:
    told = run("-C", world, "why", "first", "--lang", lang).out
    assert [word for word in words if word not in told] == []


def test_without_lang_the_first_language_of_the_collection_is_spoken(tmp_path: Path, run: Run) -> None:
    root = tiny.made(tmp_path / "c", tiny.WORLD, config='title = "T"\nlanguages = ["id", "en"]\n')
    assert "Kota Makassar" in run("-C", root, "show", "makassar").out
    assert "\nfakta " in run("-C", root, "show", "makassar").out
    assert "\nfact " in run("-C", root, "show", "makassar", "--lang", "en").out


@pytest.mark.parametrize("english", WORDS)
def test_a_phrase_keeps_its_blanks_in_every_language(english: str) -> None:
    blanks = sorted(re.findall(r"\{\w+\}", english))
    for translated in WORDS[english]:
        assert translated.strip() == translated != ""
        assert sorted(re.findall(r"\{\w+\}", translated)) == blanks


def test_words_that_are_not_ours_are_left_alone() -> None:
    assert Words(("ja",))("nothing of ours {x}") == "nothing of ours {x}"
    assert Words(("fr", "ja"))("status") == "状態"
    assert Words(())("status") == Words(("fr",))("status") == "status"
    assert LANGUAGES[0] == "en"


# -- what data may do to a terminal -----------------------------------------------------------------------------

BAD = "\u202bred\u2066evil\u2028line\u200fnext"  # what records let in: marks of right-to-left text
ESCAPED = BAD.encode("unicode_escape").decode()
NASTY = f"""
cities:
  - {{id: a, name: "A {ESCAPED}", country: ID, note: "note {ESCAPED}", aliases: ["alias {ESCAPED}"], {tiny.SAYS}}}
  - {{id: b, name: "B\\n\\tkg: not an error", country: JP, {tiny.SAYS}}}
officials: [{{id: o, name: "O {ESCAPED}", {tiny.SAYS}}}]
posts: [{{id: p, name: "P {ESCAPED}", of: a, {tiny.SAYS}}}]
tenures: [{{id: t, official: o, post: p, from: 2019, {tiny.SAYS}}}]
meetings:
  - id: m
    name: "M {ESCAPED}"
    date: 2020-01-01
    at: {{place: "place {ESCAPED}"}}
    parties: [a, b]
    rulings: {{date: "because {ESCAPED}"}}
    evidence:
      - {{source: daily, at: "at {ESCAPED}", says: "says {ESCAPED}"}}
      - {{source: daily, quote: "quote {ESCAPED}", claims: {{date: 2020-01-02, "size {ESCAPED}": "five {ESCAPED}"}}}}
sources: [{{id: daily, outlet: "Daily {ESCAPED}", published: 2020-01-03}}]
"""
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.made(tmp_path_factory.mktemp("nasty") / "c", NASTY)


@pytest.mark.parametrize(
    "asking",
    [
        ("find", "A"),
        ("find", "--city", "a"),
        ("show", "a"),
        ("show", "m"),
        ("who", "a", "--on", "2020-01-01"),
        ("who", "a", "--all"),
        ("why", "m"),
        ("why", "a", "b"),
        ("why", "o", "b"),
        ("status", "--as-of", "2020-02-01"),
        ("conflicts",),
        ("query", "-q", "SELECT ?t ?n { ?t kg:name ?n }"),
        ("show", "nothing \u202e\u009b31m"),
        ("why", "a", "nothing \u202e\u009b31m"),
        ("build",),
    ],
    ids=" ".join,
)
def test_no_control_character_of_the_data_reaches_the_terminal(nasty: Path, run: Run, asking: tuple[str, ...]) -> None:
    for more in ((), ("--json",)) if asking[0] != "query" else ((),):
        told = run("-C", nasty, *asking, *more)
        assert told.code in (0, 1, 3)
        assert CONTROL.findall(told.out + told.err) == []
        assert "Traceback" not in told.err


def test_json_keeps_what_it_escapes(nasty: Path, run: Run) -> None:
    assert json.loads(run("-C", nasty, "show", "a", "--json").out)["label"] == f"A {BAD}"
