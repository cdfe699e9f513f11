"""The reference in, one HTML file's text out: autoescaped, without a script, asking for nothing."""

from collections.abc import Sequence
from pathlib import Path

from kg.pages import environment, own_style
from kg.reference.parts import Reference, Texts

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = ("en", "id", "ja")
WORDS = {
    "en": {
        "also": "also called",
        "broad": "broader than it",
        "class": "class",
        "classes": "Classes",
        "close": "close to",
        "datatype property": "datatype property",
        "definition": "definition",
        "domain": "of",
        "exact": "the same as",
        "examples": "Examples",
        "iri": "IRI",
        "license": "licence",
        "matches": "OECD DAC/CRS",
        "modified": "modified",
        "namespace": "namespace",
        "notation": "notation",
        "note": "note",
        "object property": "object property",
        "pointing": "reached by",
        "prefix": "prefix",
        "properties": "Properties",
        "range": "leads to",
        "rank": "rank",
        "see": "see also",
        "skip": "Skip to the terms",
        "sub": "specialised by",
        "super": "specialises",
        "uses": "has",
        "version": "version",
    },
    "id": {
        "also": "disebut juga",
        "broad": "lebih luas",
        "class": "kelas",
        "classes": "Kelas",
        "close": "dekat dengan",
        "datatype property": "properti bernilai data",
        "definition": "definisi",
        "domain": "milik",
        "exact": "sama dengan",
        "examples": "Contoh",
        "iri": "IRI",
        "license": "lisensi",
        "matches": "OECD DAC/CRS",
        "modified": "diubah",
        "namespace": "ruang nama",
        "notation": "notasi",
        "note": "catatan",
        "object property": "properti objek",
        "pointing": "dirujuk oleh",
        "prefix": "awalan",
        "properties": "Properti",
        "range": "menuju",
        "rank": "peringkat",
        "see": "lihat juga",
        "skip": "Langsung ke istilah",
        "sub": "dikhususkan oleh",
        "super": "mengkhususkan",
        "uses": "memiliki",
        "version": "versi",
    },
    "ja": {
        "also": "別名",
        "broad": "より広い",
        "class": "クラス",
        "classes": "クラス",
        "close": "近い",
        "datatype property": "データ型プロパティ",
        "definition": "定義",
        "domain": "主語",
        "exact": "同じ",
        "examples": "例",
        "iri": "IRI",
        "license": "ライセンス",
        "matches": "OECD DAC/CRS",
        "modified": "更新日",
        "namespace": "名前空間",
        "notation": "記号",
        "note": "注",
        "object property": "オブジェクトプロパティ",
        "pointing": "指す性質",
        "prefix": "接頭辞",
        "properties": "プロパティ",
        "range": "目的語",
        "rank": "順位",
        "see": "参照",
        "skip": "用語へ移動",
        "sub": "下位",
        "super": "上位",
        "uses": "持つ性質",
        "version": "版",
    },
}
"""The page's own words."""


def render(reference: Reference, *, lang: str) -> str:
    """Return the page; its words and the first text of each term are in `lang`.

    Raises:
        ValueError: the page does not speak that language.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"the page speaks {', '.join(LANGUAGES)}, not {lang!r}")
    style, style_hash = own_style(TEMPLATES / "ontology.css")
    templates = environment(TEMPLATES)
    templates.filters["said"] = _said
    return templates.get_template("ontology.html.j2").render(
        it=reference,
        lang=lang,
        languages=[lang, *(other for other in LANGUAGES if other != lang)],
        word=WORDS[lang],
        style=style,
        policy=f"default-src 'none'; style-src '{style_hash}'; base-uri 'none'; form-action 'none'",
    )


def _said(texts: Texts, languages: Sequence[str]) -> str:
    """Return a text in the first language it has, or nothing."""
    return next((texts[language] for language in languages if language in texts), "")
