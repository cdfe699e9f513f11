"""The shipped mappings and the command, on rows made here that have the quirks of the registers themselves."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from kg.build import build_collection
from kg.check import check_collection
from kg.cli import cli
from kg.collection import open_collection
from kg.tables import import_table

TIES = """\
origincityLabel,origincountry,originlat,originlong,originpopulation,sistercityLabel,destinationlat,destinationlong,\
destinationpopulation,destination_countryLabel,dist,eu
Alphaburg,Germany,50.1,8.1,1000,Betaville,48.1,2.1,2000,France,400,EU
Betaville,France,48.1,2.1,2000,Alphaburg,50.1,8.1,1000,Germany,400,EU
Betaville,France,48.1,2.1,2001,Alphaburg,50.1001,8.1,,Germany,400,EU
Vouvray,France,46.64,0.17,,Gammagrad,42.1,23.1,,Bulgaria,2000,EU
Vouvray,France,46.31,-0.37,,Gammagrad,42.1,23.1,,Bulgaria,2000,EU
Alphaburg,Germany,50.1,8.1,1000,Alphaburg,50.1,8.1,1000,Germany,0,EU
Alphaburg,Germany,50.1,8.1,1000,Q16511122,50.1,9.1,,Poland,9,EU
Alphaburg,Germany,50.1,8.1,1000,Deltagorod,50.1,9.1,,t430222130,9,Non-EU
Alphaburg,Germany,50.1,8.1,1000,Epsilon,54.1,20.1,,Prussia,900,EU
Alphaburg,Germany,50.1,8.1,1000,Zeta,54.1,20.1,,Atlantis,900,Non-EU
Alphaburg,Germany,50.1,8.1,1000,川崎市,35.5,139.7,,Japan,9300,Non-EU
""".replace(",", "\t")
DIARY = """\
,committees,country,date,dossier,epid,group,lobbyists,location,mep,role,title
0,[],Malta,27-10-2021,,1,S&D,Alpha Europe,online,Ann EXAMPLE,Member, padded title
1,[],Malta,27-10-2021,,1,S&D,Alpha Europe,online,Ann EXAMPLE,Member, padded title
2,"['ENVI', 'AFCO']",Malta,28-10-2021, ,1,S&D,"Beta : Mr X; Ms Y",Bruxelles,Ann EXAMPLE,Rapporteur,Water
3,['PECH'],Italy,28-10-2021,A file,2,NA,Alpha; Gamma,Rue Example 5,Bob EXAMPLE,Member,
4,['PECH'],Italy,28-10-2021,,2,NA,.,Zoom,Bob EXAMPLE,Member,Fish
5,['PECH'],Italy,30-02-2021,,2,NA,Alpha,Zoom,Bob EXAMPLE,Member,Fish
6,['PECH'],Italy,28-10-2021,,2,NA,"FÃ©dÃ©ration d'Exemple",Zoom,Bob EXAMPLE,Member,Fish
"""
CONFIG = 'title = "A register"\n'


@pytest.fixture
def imported(tmp_path: Path, run: Callable[..., Any]) -> Callable[..., Any]:
    """Import a table into a collection of its own by the command; return counts and records by kind."""

    def make(name: str, text: str, mapping: str) -> Any:  # noqa: ANN401 - counts and records, by name
        (tmp_path / "kg.toml").write_text(CONFIG, encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8")
        ran = run("-C", tmp_path, "import", tmp_path / name, "--mapping", mapping, "--json")
        assert ran.code == 0, ran.err
        records: dict[str, list[Any]] = {}
        for path in sorted((tmp_path / "records").iterdir()):
            records[path.name.partition("-")[0]] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return SimpleNamespace(counts=json.loads(ran.out), root=tmp_path, **records)

    return make


def test_sister_cities_become_ties(imported: Callable[..., Any]) -> None:
    made = imported("ties.tsv", TIES, "eu-sister-cities")
    assert made.counts["rows"] == 11
    assert made.counts["made"] == 7
    assert sum(made.counts["left_out"].values()) == 2
    assert made.counts["reasons"] == [
        {"column": "destination_countryLabel", "code": "unknown-value", "rows": 1},
        {"column": "origincityLabel", "code": "same-twice", "rows": 1},
    ]
    first = made.cooperations[0]
    assert first["parties"] == ["alphaburg-germany", "betaville-france"]
    assert first["name"] == "Sister cities Alphaburg and Betaville"
    assert [one["at"] for one in first["evidence"]] == ["row 2", "row 3", "row 4"]
    assert [one["id"] for one in made.cities if one["name"] == "Vouvray"] == [
        "vouvray-france",
        "vouvray-france-n4631-w00037",
    ]
    assert [one.get("country") for one in made.cities if one["name"] in ("Epsilon", "川崎市")] == [None, "JP"]


def test_a_diary_becomes_meetings(imported: Callable[..., Any]) -> None:
    made = imported("diary.csv", DIARY, "eu-mep-meetings")
    counts = made.counts
    assert (counts["rows"], counts["made"], counts["repeated"], counts["rejected"]) == (7, 4, 1, 1)
    first, second, third, _ = made.meetings
    assert first["at"] == {"place": "online", "online": True}
    assert first["name"] == "padded title"
    assert second["at"] == {"city": "brussels", "place": "Bruxelles"}
    assert second["parties"] == ["european-parliament", "beta-mr-x-ms-y"]
    assert second["sectors"] == ["environment-climate", "health"]
    assert second["note"] == "Rapporteur of group S&D; committees ENVI, AFCO."
    assert third["parties"] == ["european-parliament", "alpha", "gamma"]
    assert third["note"] == "Member of group NA; committees PECH; file: A file."
    assert made.tenures[0]["observed"] == ["2021-10-27", "2021-10-28"]
    assert "Fédération d'Exemple" in [one["name"] for one in made.organizations]
    assert {"column": "lobbyists", "code": "double-encoded", "cells": 1} in counts["notes"]


@pytest.mark.parametrize(
    ("name", "text", "mapping"), [("t.tsv", TIES, "eu-sister-cities"), ("t.csv", DIARY, "eu-mep-meetings")]
)
def test_what_was_imported_passes_and_builds(imported: Callable[..., Any], name: str, text: str, mapping: str) -> None:
    collection = open_collection(imported(name, text, mapping).root)
    assert check_collection(collection).issues == ()
    assert build_collection(collection).classes["City"] > 5


ROOT = Path(__file__).parent.parent
SLICES = ROOT / "notebooks" / "registers"


@pytest.mark.parametrize(
    ("name", "mapping", "counts", "records"),
    [
        pytest.param(
            "sister-cities-bulgaria-portugal.tsv",
            "eu-sister-cities",
            {"rows": 895, "made": 895, "joined": 62, "repeated": 0, "rejected": 0},
            {"cities": 860, "cooperations": 833, "sources": 1},
            id="ties of Bulgarian and Portuguese cities",
        ),
        pytest.param(
            "meetings-digital-markets-act.csv",
            "eu-mep-meetings",
            {"rows": 297, "made": 295, "joined": 268, "repeated": 0, "rejected": 2},
            {"meetings": 295, "officials": 27, "organizations": 212, "tenures": 27},
            id="meetings about the Digital Markets Act",
        ),
    ],
)
def test_a_slice_of_a_register_is_accounted_for_and_passes(
    tmp_path: Path, name: str, mapping: str, counts: dict[str, int], records: dict[str, int]
) -> None:
    outcome = import_table(SLICES / name, mapping=mapping, into=tmp_path / "records")
    assert outcome.adds_up
    assert {field: outcome.to_json()[field] for field in counts} == counts
    assert records.items() <= outcome.records.items()
    (tmp_path / "kg.toml").write_text(CONFIG, encoding="utf-8")
    assert check_collection(open_collection(tmp_path)).issues == ()


@pytest.mark.slow
@pytest.mark.parametrize(("number", "page"), [(0, "twins.html"), (1, "lobby.html")], ids=["twins", "lobby"])
def test_the_readme_leads_from_a_register_to_a_map(tmp_path: Path, number: int, page: str) -> None:
    shutil.copytree(SLICES, tmp_path / "notebooks" / "registers")
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## A register becomes a map")[2]
    block = re.findall(r"```sh\n(.*?)```", section, flags=re.DOTALL)[number]
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block], cwd=tmp_path, env=env, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "</html>" in (tmp_path / page).read_text(encoding="utf-8")


# -- the command -----------------------------------------------------------------------------------------------------


def test_a_draft_is_a_mapping_that_works(tmp_path: Path, run: Callable[..., Any]) -> None:
    table, mapping = tmp_path / "diary.csv", tmp_path / "diary.yaml"
    table.write_text(DIARY, encoding="utf-8")
    drafted = run("import", "--draft", table)
    assert drafted.code == 0
    assert "split: python-list}   # guess" in drafted.out
    assert run("import", "--draft", table).out == drafted.out
    mapping.write_text(drafted.out, encoding="utf-8")
    ran = run("-C", tmp_path, "import", table, "--mapping", mapping)
    assert ran.code == 0, ran.err
    assert "7 rows read" in ran.err


def test_a_draft_finds_dates_by_most_cells_and_drops_no_column(tmp_path: Path, run: Callable[..., Any]) -> None:
    table, mapping = tmp_path / "buku.csv", tmp_path / "buku.yaml"
    days = ("5 Agustus 2023", "17 Mei 2023", "belum ada")
    table.write_text("Tanggal,Kota,Kode\n" + "".join(f"{day},Medan,K{day}\n" for day in days), encoding="utf-8")
    drafted = run("import", "--draft", table)
    rule = "{dates: ['D MONTH YYYY'], months: id}   # guess; 1 of 3 are no such date: belum ada"
    assert rule in drafted.out
    mapping.write_text(drafted.out, encoding="utf-8")
    ran = run("-C", tmp_path, "import", table, "--mapping", mapping, "-o", "-")
    meetings = [record for line in ran.out.splitlines() if (record := json.loads(line))["kind"] == "meeting"]
    assert [one["date"] for one in meetings] == ["2023-08-05", "2023-05-17"]
    assert meetings[0]["note"] == "Kode: K5 Agustus 2023."
    assert "1 bad-date in Tanggal" in ran.err


def test_a_draft_keeps_how_the_table_is_written(tmp_path: Path, run: Callable[..., Any]) -> None:
    table, mapping = tmp_path / "t.csv", tmp_path / "m.yaml"
    table.write_bytes("Visits of 2025\n\nDate;City\n2025-01-01;Orléans\n".encode("cp1252"))
    mapping.write_text(run("import", "--draft", table, "--header", "3", "--encoding", "cp1252").out, encoding="utf-8")
    assert 'table: {"encoding": "cp1252", "header": 3}' in mapping.read_text(encoding="utf-8")
    ran = run("-C", tmp_path, "import", table, "--mapping", mapping, "-o", "-")
    assert '"name":"Orléans"' in ran.out
    assert "1 made records" in ran.err


@pytest.mark.parametrize("text", ["1200", "20230101, 12", "no 2023 day at all"])
def test_a_draft_takes_no_column_of_few_dates_for_one(tmp_path: Path, run: Callable[..., Any], text: str) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f'city,when\nMedan,"{text}"\nMedan,2023\nMedan,"{text}"\n', encoding="utf-8")
    assert "dates:" not in run("import", "--draft", table).out


@pytest.mark.parametrize(
    "header", ["a", "a,b", '"{x}","[y]"', '\'a\',"b"""', "日付,市", "date: x,# y", "a,a", "\x07,b"]
)
def test_a_draft_of_any_header_can_be_loaded(tmp_path: Path, run: Callable[..., Any], header: str) -> None:
    table, mapping = tmp_path / "t.csv", tmp_path / "m.yaml"
    table.write_text(f"{header}\n2025-01-01,Osaka\n", encoding="utf-8")
    drafted = run("import", "--draft", table)
    assert drafted.code == 0, drafted.err
    mapping.write_text(drafted.out, encoding="utf-8")
    assert run("-C", tmp_path, "import", table, "--mapping", mapping).code == 0


def test_a_stream_in_and_records_out(tmp_path: Path) -> None:
    ran = CliRunner().invoke(cli, ["import", "-", "--from", "tsv", "-m", "eu-sister-cities", "-o", "-"], input=TIES)
    kinds = [json.loads(line)["kind"] for line in ran.stdout.splitlines()]
    assert ran.exit_code == 0
    assert kinds.count("cooperation") == 5
    assert not (tmp_path / "records").exists()


def test_strict_exits_with_1_and_names_the_reasons(tmp_path: Path, run: Callable[..., Any]) -> None:
    table = tmp_path / "diary.csv"
    table.write_text(DIARY, encoding="utf-8")
    ran = run("-C", tmp_path, "import", table, "--mapping", "eu-mep-meetings", "--strict")
    assert (ran.code, ran.out) == (1, "")
    assert "bad-date" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["diary.csv"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["import"], 2, "name a TABLE"),
        (["import", "t.csv"], 2, "name a mapping"),
        (["import", "absent.csv", "-m", "eu-mep-meetings"], 3, "cannot read 'absent.csv'"),
        (["import", "t.csv", "-m", "eu-mep-meeting"], 3, "did you mean 'eu-mep-meetings'"),
    ],
)
def test_wrong_use_is_told(run: Callable[..., Any], arguments: list[str], code: int, said: str) -> None:
    ran = run(*arguments)
    assert ran.code == code
    assert said in ran.err


def test_the_schema_and_the_list_are_printed(run: Callable[..., Any]) -> None:
    assert json.loads(run("import", "--schema").out)["required"] == ["title", "source", "records"]
    assert [line.split()[0] for line in run("import", "--list").out.splitlines()] == [
        "eu-mep-meetings",
        "eu-sister-cities",
    ]
