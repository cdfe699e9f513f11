"""The commands' own words in three languages: headings, roles and fixed phrases; what records say keeps its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LANGUAGES = ("en", "id", "ja")

# English -> Indonesian, Japanese. Braces are filled in; both translations keep those of the English.
WORDS: Mapping[str, tuple[str, str]] = {
    # headings
    "also": ("juga", "別名"),
    "as": ("sebagai", "関係"),
    "body or time": ("lembaga atau masa", "所属・期間"),
    "cooperation": ("kerja sama", "協力関係"),
    "date": ("tanggal", "日付"),
    "days": ("hari", "日数"),
    "fact": ("fakta", "項目"),
    "from": ("sejak", "開始日"),
    "how sure": ("kepastian", "確かさ"),
    "id": ("id", "ID"),
    "instrument": ("instrumen", "合意文書"),
    "last heard": ("kabar terakhir", "最後の情報"),
    "matched": ("cocok dengan", "一致した名称"),
    "meeting": ("pertemuan", "会談"),
    "name": ("nama", "名称"),
    "next planned": ("rencana berikut", "次の予定"),
    "official": ("pejabat", "担当者"),
    "parties": ("pihak", "当事者"),
    "post": ("jabatan", "役職"),
    "proof": ("bukti", "根拠"),
    "record": ("catatan data", "記録"),
    "refers to it": ("yang merujuk", "参照元"),
    "role": ("peran", "役割"),
    "sectors": ("sektor", "分野"),
    "since": ("sejak", "開始"),
    "sources": ("sumber", "情報源"),
    "stage": ("tahap", "段階"),
    "stale": ("tanpa kabar", "停滞"),
    "status": ("status", "状態"),
    "until": ("sampai", "終了日"),
    "value": ("nilai", "値"),
    "who": ("siapa", "人物・団体"),
    # roles and statuses, as records write them
    "accompanying": ("pendamping", "同行"),
    "cancelled": ("dibatalkan", "中止"),
    "delegate": ("delegasi", "代表団"),
    "false": ("tidak", "いいえ"),
    "guest": ("tamu", "来訪側"),
    "held": ("berlangsung", "開催済み"),
    "host": ("tuan rumah", "主催側"),
    "planned": ("direncanakan", "予定"),
    "signatory": ("penanda tangan", "署名者"),
    "true": ("ya", "はい"),
    # how sure a holder is
    "dated": ("bertanggal", "任期内"),
    "may": ("mungkin", "可能性あり"),
    "no end seen": ("akhir tidak diketahui", "終了は未確認"),
    "no start seen": ("awal tidak diketahui", "開始は未確認"),
    "seen before and after": ("tampak sebelum dan sesudahnya", "前後の日に確認"),
    "seen that day": ("tampak pada hari itu", "当日確認"),
    # properties of other vocabularies
    "broad match": ("padanan lebih luas", "上位の対応"),
    "broader": ("lebih luas", "上位分野"),
    "close match": ("padanan dekat", "近い対応"),
    "definition": ("definisi", "定義"),
    "exact match": ("padanan persis", "完全な対応"),
    "has top concept": ("konsep teratas", "最上位の概念"),
    "in scheme": ("dalam skema", "所属する体系"),
    "language": ("bahasa", "言語"),
    "latitude": ("lintang", "緯度"),
    "longitude": ("bujur", "経度"),
    "notation": ("notasi", "記号"),
    "same as": ("sama dengan", "同一のもの"),
    "title": ("judul", "題名"),
    "top concept of": ("konsep teratas dari", "最上位とする体系"),
    "url": ("alamat", "URL"),
    # phrases
    "(derived)": ("(turunan)", "(導出)"),
    "(no news)": ("(tanpa kabar)", "(続報なし)"),
    "(supports it without words of ours)": ("(mendukung tanpa uraian)", "(要約なしで裏づける)"),
    "... {n} more with --all": ("... {n} lagi dengan --all", "…ほか {n} 件は --all で表示"),
    "but says {field}: {value}": ("tetapi menyebut {field}: {value}", "ただし {field} は {value} とする"),
    "cooperations on {day}: {n}, stale: {stale}": (
        "kerja sama per {day}: {n}, tanpa kabar: {stale}",
        "{day} 時点の協力関係: {n}、停滞: {stale}",
    ),
    "no statement of its own": ("tanpa pernyataan sendiri", "固有の記述なし"),
    "nothing joins {thing} and {other}": (
        "tidak ada yang menghubungkan {thing} dan {other}",
        "{thing} と {other} を結ぶものはない",
    ),
    "statements: {n}, see: kg why {thing}": (
        "pernyataan: {n}, lihat: kg why {thing}",
        "記述: {n} 件、参照: kg why {thing}",
    ),
    "{old} was merged into {new}": ("{old} telah digabung ke dalam {new}", "{old} は {new} に統合された"),
}

# Properties of other vocabularies have no label in our ontology, so their local names arrive here.
_LOCAL_NAMES: Mapping[str, str] = {
    "broadMatch": "broad match",
    "closeMatch": "close match",
    "exactMatch": "exact match",
    "hasTopConcept": "has top concept",
    "inScheme": "in scheme",
    "sameAs": "same as",
    "topConceptOf": "top concept of",
}


@dataclass(frozen=True)
class Words:
    """Says the commands' words in the first of `languages` that they are known in, else in English."""

    languages: Sequence[str]

    def __call__(self, english: str, **values: object) -> str:
        """Return a word or phrase with its values filled in; what is not ours is returned as it came."""
        text = _LOCAL_NAMES.get(english, english)
        chosen = next((language for language in self.languages if language in LANGUAGES), LANGUAGES[0])
        if chosen != LANGUAGES[0] and text in WORDS:
            text = WORDS[text][LANGUAGES.index(chosen) - 1]
        return text.format(**values) if values else text

    def all(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return each of several words."""
        return tuple(self(word) for word in words)
