"""Take a name apart: titles, degrees and legal forms go, words get one spelling, and weak words are known as weak."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.same.sounds import has_kana, is_wide, kana_to_latin, plain, skeleton, sound


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _variants(table: Mapping[str, str]) -> dict[str, str]:
    return {variant: word for word, variants in table.items() for variant in variants.split()}


_DIRECTIONS = _set("utara selatan barat timur tengah tenggara north south west east central northern southern")
_NUMBER = re.compile(r"\d+|i{1,3}|i?[vx]i{0,3}")
_TITLES = _set(
    "dr drs dra ir ing prof professor h hj haji hajah kh ust ustad ustaz datuk dato enc mr mister mrs ms miss sir dame "
    "bapak pak ibu bu bpk hon honorable senator letjen mayjen brigjen kombes kolonel capt tuan puan"
)
_DEGREES = _set("phd mp msi ssos sh se mh mm st mt sked skm mkes spd mpd sip msc mba ma sstp sag mag esq stp")
_DEGREE = re.compile(
    r"\b[SMD]\.\s?(?:Sos|Si|Kes|Hum|Ked|Pd|STP|AP|Kom|Farm|Ikom|Ag|Ak|Arch|Eng|Psi|IP|Kn|Sc|Sn|Th|[AEHTMP])\b\.?"
    r"|\bPh\.?\s?D\b\.?"
)
_JAPANESE_TITLES = re.compile("(?:氏|様|さん|市長|副市長|知事|会長|社長|局長|理事長|教授|大使|総領事|領事)$")
_QUOTED = re.compile("[\"'‘’“”「『(（](?P<nick>[^\"'‘’“”」』)）]+)[\"'‘’“”」』)）]")  # noqa: RUF001 - as printed
_APOSTROPHE = re.compile(r"(?<=\w)['’ʻʼ`](?=\w)|(?<=\b[ODL])['’]\s(?=[A-Z])")  # noqa: RUF001
_GIVEN = _variants(
    {
        "muhammad": "muh moh mohd muhd mohamad mohammad mohamed mohammed muhamad muhammed mochamad mochammad mohamat",
        "ahmad": "achmad akhmad ahmed achmed ahmat",
        "abdul": "abd abdoel abdel",
        "yusuf": "jusuf yusup yusof yusoff",
        "siti": "st sitti sity",
        "syamsul": "samsul sjamsul",
    }
)
_COMMON = _set("muhammad ahmad abdul siti andi nur sri dewi bin binti al van de la daeng baso")
"""Words of names that say little about who it is."""

_LEGAL = _set(
    "pt cv tbk persero perum perumda pd ltd limited co company corp corporation inc incorporated llc llp plc gmbh ag "
    "bv nv pte sdn bhd kk sa spa group holdings"
)
_LEGAL_PHRASES = re.compile(
    "株式会社|有限会社|合同会社|一般社団法人|公益社団法人|一般財団法人|公益財団法人|独立行政法人|国立大学法人|\\(株\\)|㈱|市役所$"
    "|市$|(?<!政)府$"
)
_CITY_WORDS = re.compile(
    r"\b(?:pemerintah(?:an)?|pemkot|pemda)\b(?:\s+kota\b)?|\bkota(?:madya)?\b|\b(?:city|municipality)\s+(?:government\s+)?of\b"
    r"|\b(?:city|municipal)\s+government\b|\bcity$|(?<=\w)-shi\b"
)
_PARTY_WORDS = _variants(
    {
        "embassy": "kedutaan kedubes dubes",
        "consulate": "konsulat konjen konsuler consular",
        "general": "jenderal jendral",
        "ministry": "kementerian kementrian departemen department",
        "university": "universitas univ",
        "foundation": "yayasan",
        "association": "asosiasi",
        "office": "kantor",
        "government": "pemerintah pemprov",
        "province": "provinsi propinsi",
        "japan": "jepang",
        "netherlands": "belanda",
        "france": "prancis perancis",
        "singapore": "singapura",
        "korea": "korsel",
        "germany": "jerman",
        "states": "serikat",
    }
)
_NUMBERED = re.compile(r"(?<![\w-])\d{6,}(?:-\d{2})?(?![\w-])")
"""A number under which a register knows a body, such as `03181945560-59` of the EU Transparency Register."""
_BRACKETS = re.compile(r"\([^()]*\)")
_SMALL = _set("of in for and the di dan untuk")
_FILLERS = _set("office government republic republik indonesia international internasional besar general bureau")
_SORTS = _set(
    "agency association bank center centre consulate council dinas dprd embassy foundation hospital institute "
    "kabupaten ministry parliament parlemen port province regency school university"
)
"""Words for what sort of body it is: they say little of which one, but two sorts are two bodies."""


@dataclass(frozen=True)
class Name:
    """A name taken apart: the words that matter, in order, each with its sound and the weight it carries."""

    text: str
    words: tuple[str, ...]
    weak: frozenset[str] = frozenset()
    from_kana: bool = False
    initials: str = ""
    """The first letters as an acronym is made of them; small words and words in brackets left out."""
    numbers: frozenset[str] = frozenset()
    """The numbers under which registers know it: no part of the words."""

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        """How each word sounds."""
        return tuple(sound(word) for word in self.words)

    @cached_property
    def skeletons(self) -> tuple[str, ...]:
        """The consonants of each word."""
        return tuple(skeleton(word) for word in self.words)

    @cached_property
    def sorted_text(self) -> str:
        """The sounds in alphabetical order: the same for any order of the words."""
        return " ".join(sorted(self.sounds))

    @cached_property
    def core(self) -> str:
        """The sounds of the words that say most, in alphabetical order; of all words where none says much."""
        strong = sorted(heard for heard, weight in zip(self.sounds, self.weights, strict=True) if weight == 1)
        return " ".join(strong) or self.sorted_text

    @cached_property
    def sorts(self) -> frozenset[str]:
        """The words that say what sort of body this is."""
        return frozenset(self.words) & self.weak & _SORTS

    @cached_property
    def marks(self) -> frozenset[str]:
        """Numbers, Roman ones too, and directions: what tells apart names that are otherwise alike."""
        return frozenset(word for word in self.words if _NUMBER.fullmatch(word) or word in _DIRECTIONS)

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """How much each word says."""
        return tuple(self.weight(word) for word in self.words)

    def weight(self, word: str) -> float:
        """Return how much a word says: 1, or little for an initial or a word that many share."""
        if len(word) == 1 and not is_wide(word):
            return 0.2
        return 0.3 if word in self.weak else 1.0


def person_name(text: str) -> Name:
    """Take apart a person's name: titles and degrees go, Muh. and Moh. are Muhammad, a nickname in quotes is weak."""
    bare = _APOSTROPHE.sub("", text)
    head, _, tail = bare.partition(",")
    if tail and not _DEGREE.search(tail) and plain(tail).strip(" .") not in _TITLES | _DEGREES:
        head = bare.replace(",", " ")
    nicknames = {word for match in _QUOTED.finditer(head) for word in _words(match["nick"])}
    if is_wide(head):
        return _wide_name(text, head)
    words = [_GIVEN.get(word, word) for word in _words(_DEGREE.sub(" ", head))]
    return Name(text, tuple(_untitled(words)), _COMMON | nicknames)


def _trimmed(words: list[str]) -> list[str]:
    """Drop the legal forms at either end."""
    first, last = 0, len(words)
    while first < last - 1 and words[first] in _LEGAL | {"the"}:
        first += 1
    while first < last - 1 and words[last - 1] in _LEGAL:
        last -= 1
    return words[first:last]


def _untitled(words: list[str]) -> list[str]:
    """Drop the titles that lead and the degrees that follow; in the middle the same letters are a name."""
    first, last = 0, len(words)
    while first < last - 1 and words[first] in _TITLES:
        first += 1
    while first < last - 1 and words[last - 1] in _DEGREES:
        last -= 1
    kept = words[first:last]
    return ["m", *kept[1:]] if kept[0] == "hm" and len(kept) > 1 else kept


def party_name(text: str) -> Name:
    """Take apart the name of a city, company or organization: legal forms and the words for city go.

    What stands in brackets (a department, a place, an acronym) says little; a number of a register stands apart.
    """
    numbers = frozenset(_NUMBERED.findall(text))
    folded = plain(_NUMBERED.sub(" ", text)) if numbers else plain(text)
    if is_wide(folded):
        return _wide_name(text, _LEGAL_PHRASES.sub("", folded.replace(" ", "")) or folded)
    bare = _CITY_WORDS.sub(" ", folded)
    written = _trimmed(list(_words(bare) or _words(folded)))
    telling = [word for word in written if word not in _SMALL] or written
    words = tuple(_PARTY_WORDS.get(word, word) for word in telling)
    main = _outside(bare, telling)
    initials = "".join(word[0] for word in telling if word in main)
    aside = {word for word, said in zip(words, telling, strict=True) if said not in main}
    return Name(text, words, _FILLERS | _SORTS | aside, initials=initials, numbers=numbers)


def _outside(bare: str, telling: Sequence[str]) -> frozenset[str]:
    """Return the words outside brackets, or those inside where what is outside is only their acronym."""
    outside = frozenset(_words(_BRACKETS.sub(" ", bare))) if "(" in bare else frozenset(telling)
    inside = [word for word in telling if word not in outside]
    is_acronym = outside == {"".join(word[0] for word in inside)}
    return frozenset(inside) if is_acronym else outside


def _words(text: str) -> tuple[str, ...]:
    """Split a text into folded words; a point ends a word, a hyphen does too."""
    return tuple(re.findall(r"\w+", plain(text)))


# Forms of one character that names are printed with in turn.
_SAME_CHARACTER = str.maketrans("髙﨑濱濵邊邉齋齊斉澤廣眞國櫻嶋島藏惠德", "高崎浜浜辺辺斎斎斎沢広真国桜島島蔵恵徳")


def _wide_name(text: str, head: str) -> Name:
    """Take apart a name without spaces: kana become Latin letters, Han characters stay one word."""
    folded = _JAPANESE_TITLES.sub("", plain(head).translate(_SAME_CHARACTER).strip())
    if has_kana(folded) and not re.search("[\u4e00-\u9fff]", folded):
        words = tuple(word for part in re.split(r"[・=＝\s.]+", folded) if (word := kana_to_latin(part)))  # noqa: RUF001
        return Name(text, words or (folded,), _COMMON, from_kana=True)
    return Name(text, (re.sub(r"[\s・]+", "", folded),), frozenset())
