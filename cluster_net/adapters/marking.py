"""Marks the words of a text that answer a question, also where they differ by ending, slip or compound."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise

from cluster_net.domain.search import MARK_END, MARK_START, Document
from cluster_net.domain.text import fold

ONE_SLIP, TWO_SLIPS = 5, 9  # letters of a word that may differ by one, by two
_TOKEN = re.compile(r"[^\W_]+")
_CROP, _BEFORE = 240, 60
_LOOKED_THROUGH = 20_000  # characters of a text in which words are marked
_FORGED = str.maketrans("", "", MARK_START + MARK_END)
_TEXTS = ("name_sv", "name_en", "text_sv", "text_en")
_FOLDED = 0x2000  # letters beyond have no diacritics of ours
# Folds letter by letter, so that a place in the folded text is the same place in the text.
_FOLD = {code: folded for code in range(_FOLDED) if chr(code).isalpha() and len(folded := fold(chr(code))) == 1}
Stems = Callable[[str], frozenset[str]]


def marked_fields(document: Document, words: Sequence[str], stems: Stems, *, unfinished: bool) -> dict[str, str]:
    """Return the fields of *document* in which a word matched, marked; "also" is the first such alias or tag."""
    return Marker(words, stems, unfinished=unfinished).fields(document)


class Marker:
    """Marks the words of texts that answer the words of a question, and remembers which do."""

    def __init__(self, words: Sequence[str], stems: Stems, *, unfinished: bool) -> None:
        self._words, self._stems, self._unfinished = words, stems, unfinished
        self._whole = {*words, *(first + second for first, second in pairwise(words))}
        self._wanted = frozenset(stem for word in words for stem in stems(word))
        self._firsts = {word[0] for word in self._whole} | {stem[0] for stem in self._wanted}
        self._lasts = {word[-2:] for word in self._whole}
        self._long = [word for word in words if len(word) >= ONE_SLIP]
        self._known: dict[str, bool] = {}

    def fields(self, document: Document) -> dict[str, str]:
        """Return the fields in which a word matched, marked; texts are cropped, "also" is the first such alias or tag."""
        found = {}
        for field in _TEXTS:
            text = self.mark(getattr(document, field))
            if MARK_START in text:
                found[field] = crop(text) if field.startswith("text") else text
        also = (self.mark(text) for text in (*document.aliases, *document.tags))
        first = next((text for text in also if MARK_START in text), "")
        return found | ({"also": first} if first else {})

    def mark(self, text: str) -> str:
        """Return *text* with marks, of a very long one the beginning; marks' characters that it held before are taken out."""
        if not self._words:
            return text
        plain = unicodedata.normalize("NFC", text[:_LOOKED_THROUGH].translate(_FORGED))
        folded = plain.translate(_FOLD)
        inside = any(word in folded for word in self._long)
        parts, done = [], 0
        for match in _TOKEN.finditer(folded):
            token = match.group()
            if (inside or token[0] in self._firsts or token[-2:] in self._lasts) and self._answers(token):
                start, end = match.span()
                parts += [plain[done:start], MARK_START, plain[start:end], MARK_END]
                done = end
        return "".join([*parts, plain[done:]])

    def _answers(self, token: str) -> bool:
        if token not in self._known:
            self._known[token] = (
                token in self._whole
                or any(self._near(token, word, last=self._unfinished and word == self._words[-1]) for word in self._words)
                or bool(self._stems(token) & self._wanted)
            )
        return self._known[token]

    @staticmethod
    def _near(token: str, word: str, *, last: bool) -> bool:
        if last and token.startswith(word):
            return True
        if len(word) >= ONE_SLIP and word in token:
            return True
        if len(token) >= 4 and len(word) >= 8 and (word.startswith(token) or word.endswith(token)):
            return True
        slips = 2 if len(word) >= TWO_SLIPS else 1 if len(word) >= ONE_SLIP else 0
        return slips > 0 and within(token, word, slips)


def within(first: str, second: str, slips: int) -> bool:
    """Tell whether *second* is at most *slips* insertions, deletions, changes or swaps of neighbours from *first*."""
    if abs(len(first) - len(second)) > slips or len(set(first) ^ set(second)) > 2 * slips:
        return False
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        older, before, row = before, row, [i] + [0] * len(second)
        for j, b in enumerate(second, start=1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                row[j] = min(row[j], older[j - 2] + 1)
        if min(row) > slips:
            return False
    return row[-1] <= slips


def crop(text: str) -> str:
    """Return some 240 characters of *text* around its first mark, cut between words."""
    if len(text) <= _CROP:
        return text
    start = max(0, text.find(MARK_START) - _BEFORE)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = len(text) if len(text) - start <= _CROP else max(text.rfind(" ", start, start + _CROP), start + 1)
    piece = text[start:end]
    if piece.count(MARK_START) > piece.count(MARK_END):
        piece += MARK_END
    return ("… " if start else "") + piece + (" …" if end < len(text) else "")
