"""Text rules shared by stores, search and pages: folding, Swedish order, slugs, what may be stored."""

import re
import unicodedata
from itertools import takewhile

_SPECIAL = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "þ": "th", "ð": "d", "ı": "i"}
)
# The letters after z, in Swedish order, as ASCII marks that sort after "z" by code point in every engine.
_SWEDISH = {"å": "z{", "ä": "z|", "æ": "z|", "ö": "z}", "ø": "z}"}
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 120


def fold(text: str) -> str:
    """Return *text* in lower case without diacritics: "Åkerö" -> "akero"."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_SPECIAL))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def sort_key(text: str) -> str:
    """Return a key that any engine's code-point order sorts by Swedish rules (Å Ä Ö last)."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(_SWEDISH.get(c) or fold(c) for c in lowered).split())


def slugify(text: str) -> str:
    """Return a public id made of a-z, 0-9 and hyphens; empty when *text* has no Latin letter or digit."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text).encode("ascii", "ignore").decode()).strip("-")[:MAX_SLUG].strip("-")


def shared_beginning(one: str, other: str) -> int:
    """Return how many letters two words begin alike with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def is_form_of(one: str, other: str) -> bool:
    """Tell whether two words are the same or differ in an ending of at most three letters: diagnostik, diagnostics."""
    one, other = fold(one), fold(other)
    alike = shared_beginning(one, other)
    return one == other or (alike >= 5 and max(len(one), len(other)) - alike <= 3)


def is_slug(text: str) -> bool:
    """Tell whether *text* can be a public id."""
    return len(text) <= MAX_SLUG and _SLUG.fullmatch(text) is not None


def forbidden_characters(text: str) -> list[str]:
    """Name the control and text-direction characters in *text*, which no stored field may hold (line breaks and tabs may)."""
    return sorted({f"U+{ord(c):04X}" for c in text if _forbidden(c)})


def without_forbidden(text: str) -> str:
    """Return *text* without what `forbidden_characters` names, for outside data that nobody here can mend."""
    return "".join(c for c in text if not _forbidden(c))


def _forbidden(character: str) -> bool:
    return character in _BIDI or (unicodedata.category(character) in {"Cc", "Cs", "Cn", "Co"} and character not in "\n\r\t")
