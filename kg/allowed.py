"""What may stand in a record or in `kg.toml`: the patterns of its texts, and the lists of its words.

Plain text, read alike by Python and by Rust's regular expressions, so that a cold command line loads no model for it.
"""

from typing import Literal, get_args

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
COUNTRY_PATTERN = r"^[A-Z]{2}$"
SHA256_PATTERN = r"^[0-9a-f]{64}$"
LANGUAGE_PATTERN = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
# No control characters, overrides of direction or noncharacters: they break XML, YAML, terminals and CSV, or lie.
STRANGE = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ufffe\uffff"
# Something to see: soft hyphens, joiners, marks of direction and fillers alone are no name.
_UNSEEN = (
    r"\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
)
WORDS_PATTERN = rf"^[^{STRANGE}]*[^{_UNSEEN}][^{STRANGE}]*$"
# RFC 3987: what may stand in an IRI as it is; everything else must be percent-encoded. Private use and
# noncharacters are left out, as the RFC does.
_UCS = "\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(n << 16)}-{chr((n << 16) + 0xFFFD)}" for n in range(1, 14)
)
_HOST = rf"(?:[A-Za-z0-9._~!$&'()*+,;={_UCS}-]|%[0-9A-Fa-f]{{2}})+"
_CHARACTER = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?{_UCS}-]|%[0-9A-Fa-f]{{2}})"
URL_PATTERN = (
    rf"^(?:https?://{_HOST}(?::\d{{1,5}})?(?:[/?]{_CHARACTER}*)?(?:#{_CHARACTER}*)?|mailto:{_CHARACTER}+@{_HOST})$"
)
# Most addresses, and none that is not one: the pattern above, with every letter of the world, takes 8 ms to compile.
PLAIN_URL_PATTERN = r"^https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9/._~-]*)?#?$"

Role = Literal["host", "guest", "delegate", "accompanying", "signatory"]
Status = Literal["held", "planned", "cancelled"]
Stage = Literal[
    "discussed",
    "proposed",
    "letter-of-intent",
    "mou-signed",
    "agreement-signed",
    "implementation",
    "completed",
    "lapsed",
    "cancelled",
]
Instrument = Literal["mou", "loi", "declaration", "agreement", "contract"]
STAGES: tuple[str, ...] = get_args(Stage)
