"""A question's words, folded and stemmed as the index holds them."""

import unicodedata
from dataclasses import dataclass

from cluster_net.adapters.tantivy_schema import FOLD, LETTERS, STEMS

MAX_WORDS, MAX_WORD = 12, 40


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case as it was written, without diacritics, and its stems by field; *unfinished* when it may go on."""

    written: str
    folded: str
    stems: dict[str, str]
    unfinished: bool = False


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of *text*, at most MAX_WORDS of at most MAX_WORD letters; the last is unfinished unless a space follows."""
    plain = unicodedata.normalize("NFC", text)
    columns = [LETTERS.analyze(plain), FOLD.analyze(plain), *(stemmer.analyze(plain) for stemmer in STEMS.values())]
    rows = [[one[:MAX_WORD] for one in row] for row in zip(*columns, strict=False)][:MAX_WORDS]
    last = len(rows) - 1 if plain[-1:].isalnum() else -1
    return tuple(Word(row[0], row[1], dict(zip(STEMS, row[2:], strict=True)), i == last) for i, row in enumerate(rows))
