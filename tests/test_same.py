"""Names taken apart and compared, in any script, and pairs suggested with what speaks for and against them."""

from collections.abc import Iterable
from time import process_time

import pytest

from kg.identity.ledger import parse_ledger
from kg.records import (
    City,
    Company,
    Cooperation,
    Forum,
    Meeting,
    Official,
    Organization,
    Post,
    Record,
    Tenure,
    from_builtins,
)
from kg.same import Suggestion, suggest
from kg.same.likeness import compare
from kg.same.names import party_name, person_name
from kg.same.sounds import kana_to_latin, sound


def people(*names: str) -> list[Record]:
    return [from_builtins(Official, {"id": f"p{number}", "name": name}) for number, name in enumerate(names)]


def parties(*names: str, kind: type[Record] = City) -> list[Record]:
    return [from_builtins(kind, {"id": f"p{number}", "name": name}) for number, name in enumerate(names)]


def only(suggestions: Iterable[Suggestion]) -> Suggestion:
    (suggestion,) = suggestions
    return suggestion


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Dr. Muhammad Roem", "muhammad roem"),
        ("Moh. Roem", "muhammad roem"),
        ("Drs. H. Muh. Ansar, M.Si", "muhammad ansar"),
        ("Prof. Dr. Ir. Yusran Jusuf, M.Si., Ph.D", "yusran yusuf"),
        ("Hj. Naisyah Tun Azikin, S.Sos", "naisyah tun azikin"),
        ("HM Nurdin Abdullah", "m nurdin abdullah"),
        ("M.Roem", "m roem"),
        ("M. Iqbal Samad Suhaeb", "m iqbal samad suhaeb"),
        ("Ismail Haji Ali", "ismail haji ali"),
        ("Mr Ken O’ Dowd MP", "ken odowd"),  # noqa: RUF001 - as printed
        ("Moh. Ramdhan ‘Danny’ Pomanto", "muhammad ramdhan danny pomanto"),  # noqa: RUF001 - as printed
        ("Ōhashi Kōichi", "ohashi koichi"),
        ("山中 竹春市長", "山中竹春"),
        ("ムナフリ・アリフディン市長", "munafuri arifudin"),
        ("Haji", "haji"),
    ],
)
def test_titles_go_and_variants_of_a_name_are_one(written: str, words: str) -> None:
    assert " ".join(person_name(written).words) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("PT. Grand Puri Indonesia", "grand puri indonesia"),
        ("Yachiyo Engineering Co., Ltd.", "yachiyo engineering"),
        ("株式会社アイフォーコム", "aifokomu"),
        ("Pemerintah Kota Makassar", "makassar"),
        ("Pemkot Makassar", "makassar"),
        ("Kota Makassar", "makassar"),
        ("City of Yokohama", "yokohama"),
        ("Maniwa City", "maniwa"),
        ("Makassar City Government", "makassar"),
        ("Kawasaki-shi", "kawasaki"),
        ("川崎市", "川崎"),
        ("Kabupaten Bogor", "kabupaten bogor"),
        ("Kedubes Belanda", "embassy netherlands"),
    ],
)
def test_legal_forms_and_words_for_city_go(written: str, words: str) -> None:
    assert " ".join(party_name(written).words) == words


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("キャンベラ", "kyanbera"),
        ("ジャカルタ", "jakaruta"),
        ("スラッシュ", "surasshu"),
        ("ティモール", "timoru"),
        ("とうきょう", "toukyou"),
    ],
)
def test_kana_become_latin_letters(kana: str, latin: str) -> None:
    assert kana_to_latin(kana) == latin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ohashi", "oohashi"),
        ("koichi", "kouichi"),
        ("sato", "satoh"),
        ("roem", "rum"),
        ("djamaluddin", "jamaludin"),
        ("helmy", "helmi"),
        ("fatimah", "fatima"),
        ("shintaro", "sintarou"),
    ],
)
def test_spellings_of_one_sound_are_one(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Muh Roem", "Dr. Muhammad Roem", "once titles and forms are set aside"),
        ("Moh. Roem", "Muh Roem", "once titles and forms are set aside"),
        ("Shiratori Shigeyuki", "Shigeyuki Shiratori", "same words in another order"),
        ("Ohashi Koichi", "Kouichi Oohashi", "sounds the same"),
        ("Rudy Djamaluddin", "Prof. Rudi Jamaludin", "sounds the same"),
        ("Andi Zulfitra", "Andi Zulfitra Dianta", "all of 'Andi Zulfitra' is in"),
        ("Ikhsandi W. Hatta", "Ikhsandi Wanto Hatta", "w. = wanto"),
        ("Bronwny Robbins", "Bronwyn Robbins", "bronwny ~ bronwyn"),
        ("アンディ・ズルキフリ・ナンダ", "Andi Zulkifli Nanda", "zulkifli = zurukifuri (kana)"),
        ("髙橋 源", "高橋源", "once titles and forms are set aside"),
        ("Moh. Ramdhan 'Danny' Pomanto", "Mohammad Ramdhan Pomanto", "all of 'Mohammad Ramdhan Pomanto' is in"),
    ],
)
def test_one_person_under_two_names_is_suggested_with_the_reason(one: str, other: str, reason: str) -> None:
    suggestion = only(suggest(people(one, other)))
    assert suggestion.score < 1
    assert reason in suggestion.reasons[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Desmond Lee", "Stanley Lee"),
        ("Bahari Muhammad Nur", "Kamaruddin Muhammad Nur"),
        ("Muhammad Roem", "Muhammad Ansar"),
        ("Andi Zulkifli Nanda", "Andi Zulfitra Dianta"),
        ("Munafri", "Munafri Arifuddin"),
        ("Ohashi Koichi", "Ito Koichi"),
        ("山中竹春", "山田竹秋"),
    ],
)
def test_people_who_share_a_part_of_a_name_are_not(one: str, other: str) -> None:
    assert suggest(people(one, other)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kota Makassar", "Pemkot Makassar"),
        ("川崎市", "川崎"),
        ("PT. Sarana Utama Synergy", "Sarana Utama Synergi"),
        ("Japan International Cooperation Agency", "JICA"),
        ("Department of Foreign Affairs and Trade", "DFAT"),
        ("JICA", "Kantor JICA Indonesia"),
        ("Kedutaan Besar Belanda", "Embassy of the Netherlands"),
        ("CityNet", "City Net"),
        ("Google", "Google (Public Policy)"),
        ("Google", "Google (03181945560-59)"),
        ("European Peacebuilding Liaison Office (EPLO)", "EPLO"),
        ("EASO (European Association for the Study of Obesity)", "European Association for the Study of Obesity"),
        ("Greenpeace 9832909575-41", "Greepeace European Unit (9832909575-41)"),
    ],
)
def test_one_party_under_two_names_is_suggested(one: str, other: str) -> None:
    assert only(suggest(parties(one, other))).kind == "party"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kota Bogor", "Kabupaten Bogor"),
        ("Nippon Koei", "Nippon Koei Urban Space"),
        ("Asian Development Bank", "Asian Development Bank Institute"),
        ("Kedutaan Besar Belanda", "Kedutaan Besar Prancis"),
        ("SMK 1 Makassar", "SMK 2 Makassar"),
        ("Kabupaten Morowali", "Kabupaten Morowali Utara"),
        ("Padang Lawas", "Kabupaten Padang Lawas"),
        ("Makassar", "DPRD Makassar"),
        ("Alpha Europe 03181945560-59", "Alpha Europe 9832909575-41"),
        ("Alpha (Paris)", "Beta (Paris)"),
        ("Google", "Google, Apple, Amazon"),
    ],
)
def test_parties_that_only_look_alike_are_not(one: str, other: str) -> None:
    assert suggest(parties(one, other)) == []


def test_what_many_names_add_says_little_and_what_few_add_says_much() -> None:
    others = [f"{name} {place}" for name in ("Alpha", "Beta", "Gamma", "Delta") for place in ("France", "Italia")]
    found = suggest(parties("Acme", "Acme France", "Acme Neutronics", *others, *(f"{one} Group" for one in others)))
    assert [pair for pair in found if "Acme Neutronics" in pair.reasons[0]] == []
    assert [pair.reasons for pair in found if "Acme" in pair.reasons[0]] == [("all of 'Acme' is in 'Acme France'",)]


def test_an_acronym_that_many_names_make_is_compared_with_each() -> None:
    bodies = [f"Human {word} Watch" for word in ("Rights", "Rail", "Radio", "Rice", "Reef", "River", "Road", "Ruin")]
    found = suggest(parties("HRW", *bodies))
    assert len([pair for pair in found if "HRW = initials of" in pair.reasons[0]]) == len(bodies)


def test_comparing_is_the_same_from_both_sides() -> None:
    one, other = person_name("Muh. Roem"), person_name("M Roem Hatta")
    assert compare(one, other, {}) == compare(other, one, {})


def test_a_namesake_is_suggested_but_not_as_certain() -> None:
    records = [
        from_builtins(Official, {"id": "m-roem-dprd", "name": "M Roem"}),
        from_builtins(Official, {"id": "muhammad-roem", "name": "Muhammad Roem", "aliases": ["Muh Roem", "Roem"]}),
        from_builtins(Post, {"id": "speaker", "name": "Speaker", "of": "dprd"}),
        from_builtins(Post, {"id": "head", "name": "Head of department", "of": "makassar"}),
        from_builtins(Tenure, {"id": "t1", "official": "m-roem-dprd", "post": "speaker", "observed": ["2019-02-07"]}),
        from_builtins(Tenure, {"id": "t2", "official": "muhammad-roem", "post": "head", "observed": ["2022-12-12"]}),
    ]
    suggestion = only(suggest(records, kinds=["official"]))
    assert (suggestion.a, suggestion.b) == ("m-roem-dprd", "muhammad-roem")
    assert 0.8 <= suggestion.score < 0.9
    assert suggestion.reasons[1] == "but they served different bodies"


def test_two_who_were_at_one_meeting_score_less() -> None:
    named = people("Muh Roem", "Muhammad Roem")
    together = {"id": "m", "parties": ["x"], "people": [{"official": "p0"}, {"official": "p1"}]}
    alone, both = (
        only(suggest(records, minimum=0.1)).score for records in (named, [*named, from_builtins(Meeting, together)])
    )
    assert both < alone - 0.3


def test_two_posts_on_one_day_speak_against_and_one_post_speaks_for() -> None:
    named = people("Muh Roem", "Muhammad Roem")
    posts = [from_builtins(Post, {"id": post, "name": post, "of": "makassar"}) for post in ("head", "mayor")]

    def score(*held: str) -> tuple[float, str]:
        tenures = [
            from_builtins(Tenure, {"id": f"t{i}", "official": f"p{i}", "post": post, "observed": ["2022-12-12"]})
            for i, post in enumerate(held)
        ]
        suggestion = only(suggest([*named, *posts, *tenures], kinds=["official"], minimum=0.1))
        return suggestion.score, suggestion.reasons[-1]

    assert score("head", "head")[1] == "both seen as head"
    assert score("head", "mayor")[1] == "but they held different posts on 2022-12-12"
    assert score("head", "mayor")[0] < score("head", "head")[0]


def test_a_part_is_not_its_whole_and_countries_tell_apart() -> None:
    whole, part = (
        from_builtins(Organization, {"id": "a", "name": "Sewerage Works"}),
        from_builtins(Organization, {"id": "b", "name": "Sewerage Works", "part_of": "a"}),
    )
    abroad = from_builtins(Company, {"id": "c", "name": "Sewerage Works", "country": "JP"})
    home = from_builtins(Company, {"id": "d", "name": "Sewerage Works", "country": "ID"})
    assert suggest([whole, part]) == []
    assert suggest([abroad, home]) == []
    assert "but JP and ID" in only(suggest([abroad, home], minimum=0.1)).reasons


def test_two_cities_of_one_name_are_told_apart_by_where_they_are() -> None:
    def city(name: str, latitude: float, longitude: float) -> City:
        return from_builtins(City, {"id": name, "name": "Date", "latitude": latitude, "longitude": longitude})

    here, beside, far = city("a", 37.82, 140.56), city("b", 37.83, 140.5), city("c", 42.47, 140.86)
    assert only(suggest([here, beside])).score > 0.9
    assert suggest([here, far]) == []
    assert "but 518 km apart" in only(suggest([here, far], minimum=0.1)).reasons


def test_posts_of_one_body_are_compared_and_an_acting_one_is_another() -> None:
    posts = [
        from_builtins(Post, {"id": "a", "name": "Kepala Dinas Lingkungan Hidup", "of": "makassar"}),
        from_builtins(Post, {"id": "b", "name": "Kepala Dinas Lingkungan Hidup", "of": "makassar"}),
        from_builtins(Post, {"id": "c", "name": "Plt Kepala Dinas Lingkungan Hidup", "of": "makassar"}),
        from_builtins(Post, {"id": "d", "name": "Kepala Dinas Lingkungan Hidup", "of": "maniwa"}),
    ]
    suggestion = only(suggest(posts))
    assert (suggestion.kind, suggestion.a, suggestion.b) == ("post", "a", "b")


MEETING = {
    "date": "2025-11-25",
    "parties": ["makassar", "kawasaki"],
    "people": [{"official": "o"}],
    "sectors": ["energy"],
}


@pytest.mark.parametrize(
    ("change", "least", "most"),
    [
        ({}, 0.9, 0.95),
        ({"date": "2025-11"}, 0.8, 0.9),
        ({"date": "2025"}, 0.8, 0.9),
        ({"date": "2025-11-26"}, 0.8, 0.9),
        ({"date": "2025-11-26", "people": []}, 0.7, 0.8),
        ({"follows": ["a"]}, 0.5, 0.7),
        ({"parties": ["makassar", "yokohama"]}, 0, 0),
        ({"date": "2025-12-25"}, 0, 0),
    ],
    ids=str,
)
def test_one_meeting_told_twice_is_suggested(change: dict[str, object], least: float, most: float) -> None:
    records = [from_builtins(Meeting, {"id": "a", **MEETING}), from_builtins(Meeting, {"id": "b", **MEETING, **change})]
    found = suggest(records, minimum=0.1)
    assert least <= (found[0].score if found else 0) <= most


def decided(text: str) -> str:
    return f"- {{entry: 1, {text}, reason: r, author: a, date: 2026}}\n"


def test_what_is_marked_not_same_is_left_out_also_under_the_id_a_merge_left() -> None:
    named = people("Muh Roem", "Muhammad Roem")
    apart = parse_ledger(decided("not-same: {kind: official, a: p1, b: p0}"), "identity.yaml")
    assert suggest(named, apart.decisions) == []
    chained = parse_ledger(
        decided("not-same: {kind: official, a: p1, b: old}")
        + decided("merge: {kind: official, from: old, into: p0}").replace("entry: 1", "entry: 2"),
        "identity.yaml",
    )
    assert suggest(named, chained.decisions) == []
    undone = parse_ledger(
        decided("not-same: {kind: official, a: p1, b: p0}") + decided("undo: 1").replace("entry: 1", "entry: 2"),
        "identity.yaml",
    )
    assert len(suggest(named, undone.decisions)) == 1


def test_suggestions_do_not_depend_on_the_order_of_records() -> None:
    named = people("Muh Roem", "Moh. Roem", "Muhammad Rum", "Ohashi Koichi", "Kouichi Oohashi", "Koichi Ohasi")
    assert suggest(named) == suggest(named[::-1])


def test_many_names_are_compared_without_comparing_all_with_all() -> None:
    syllables = [
        "ra",
        "di",
        "ma",
        "ku",
        "su",
        "ti",
        "na",
        "wa",
        "yu",
        "han",
        "dar",
        "bu",
        "ko",
        "shi",
        "mi",
        "ya",
        "to",
    ]
    words = [a + b + c for a in syllables for b in syllables for c in syllables]
    named = people(*(f"Muhammad {words[i % 4913]} {words[(i * 37 + i // 4913) % 4913]}" for i in range(3000)))
    twin = from_builtins(Official, {"id": "twin", "name": f"Muh. {words[41 * 37 % 4913]} {words[41]}"})
    start = process_time()
    found = suggest([*named, twin], minimum=0.94)
    assert ("p41", "twin") in {(one.a, one.b) for one in found}
    assert process_time() - start < 20


def test_a_name_that_hundreds_share_is_still_compared() -> None:
    syllables = ["ra", "di", "ma", "ku", "su", "ti", "na", "wa", "yu", "han", "dar", "bu"]
    words = [a + b + c for a in syllables for b in syllables for c in syllables]
    named = people(*(f"{word.title()} Rahman" for word in words[:600]))
    twins = [
        from_builtins(Official, {"id": "twin", "name": f"Rahman {words[300].title()}"}),
        from_builtins(Official, {"id": "near", "name": f"{words[301].title()}h Rahmann"}),
    ]
    found = {(one.a, one.b) for one in suggest([*named, *twins], minimum=0.93)}
    assert {("p300", "twin"), ("near", "p301")} <= found


def test_forums_and_cooperations_are_compared_by_what_they_are() -> None:
    forum = {"name": "Asia Smart City Conference", "date": "2025"}
    forums = [from_builtins(Forum, {"id": "a", **forum}), from_builtins(Forum, {"id": "b", **forum, "date": "2025-11"})]
    assert only(suggest(forums)).kind == "forum"
    later = from_builtins(Forum, {"id": "c", **forum, "date": "2024"})
    assert suggest([forums[0], later]) == []
    water = {"name": "Kawasaki water", "parties": ["makassar", "kawasaki"]}
    cooperations = [
        from_builtins(Cooperation, {"id": "a", **water}),
        from_builtins(Cooperation, {"id": "b", **water, "parties": ["makassar", "kawasaki", "jica"]}),
        from_builtins(Cooperation, {"id": "c", **water, "parties": ["bandung", "kawasaki"]}),
    ]
    suggestion = only(suggest(cooperations))
    assert (suggestion.kind, suggestion.a, suggestion.b) == ("cooperation", "a", "b")


def test_meetings_elsewhere_or_without_a_date_are_not_one() -> None:
    def pair(ours: dict[str, object], theirs: dict[str, object]) -> list[Suggestion]:
        both = [{"id": "a", **MEETING, **ours}, {"id": "b", **MEETING, **theirs}]
        return suggest([from_builtins(Meeting, fields) for fields in both], minimum=0.75)

    assert pair({"date": None}, {}) == []
    assert pair({"at": {"city": "makassar"}}, {"at": {"city": "yokohama"}}) == []
    assert (
        "but at City hall and at a hotel"
        in only(pair({"at": {"place": "City hall"}}, {"at": {"place": "a hotel"}})).reasons
    )
