"""Marks the words of a text that answer a question, also where they differ by ending, slip or compound."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from cluster_net.domain.search import MARK_END, MARK_START, Document
from cluster_net.domain.text import fold

_TOKEN = re.compile(r"[^\W_]+")
_CROP, _BEFORE = 240, 60
_FORGED = str.maketrans("", "", MARK_START + MARK_END)
_TEXTS = ("name_sv", "name_en", "text_sv", "text_en")
Stems = Callable[[str], frozenset[str]]


def marked_fields(document: Document, words: Sequence[str], stems: Stems, *, unfinished: bool) -> dict[str, str]:
    """Return the fields of *document* in which a word matched, marked; "also" is the first such alias or tag."""
    answers = Answers(words, stems, unfinished=unfinished)
    found = {}
    for field in _TEXTS:
        text = answers.mark(getattr(document, field))
        if MARK_START in text:
            found[field] = crop(text) if field.startswith("text") else text
    also = (answers.mark(text) for text in (*document.aliases, *document.tags))
    first = next((text for text in also if MARK_START in text), "")
    return found | ({"also": first} if first else {})


class Answers:
    """Tells which words of a text answer the words of a question, and remembers."""

    def __init__(self, words: Sequence[str], stems: Stems, *, unfinished: bool) -> None:
        self._words, self._stems, self._unfinished = words, stems, unfinished
        self._wanted = frozenset(stem for word in words for stem in stems(word))
        self._joined = {first + second for first, second in pairwise(words)}
        self._known: dict[str, bool] = {}

    def mark(self, text: str) -> str:
        """Return *text* with marks; private-use marks that it held before are taken out."""
        return _TOKEN.sub(self._replace, text.translate(_FORGED)) if self._words else text

    def _replace(self, match: re.Match[str]) -> str:
        word = match.group()
        if word not in self._known:
            self._known[word] = self._answers(fold(word))
        return f"{MARK_START}{word}{MARK_END}" if self._known[word] else word

    def _answers(self, token: str) -> bool:
        if token in self._words or token in self._joined or self._stems(token) & self._wanted:
            return True
        return any(self._near(token, word, last=self._unfinished and word == self._words[-1]) for word in self._words)

    @staticmethod
    def _near(token: str, word: str, *, last: bool) -> bool:
        if last and token.startswith(word):
            return True
        if len(word) >= 5 and word in token:
            return True
        if len(token) >= 4 and len(word) >= 8 and (word.startswith(token) or word.endswith(token)):
            return True
        slips = 2 if len(word) >= 9 else 1 if len(word) >= 5 else 0
        return slips > 0 and token[0] == word[0] and within(token, word, slips)


def within(first: str, second: str, slips: int) -> bool:
    """Tell whether *second* is at most *slips* insertions, deletions, changes or swaps of neighbours from *first*."""
    if abs(len(first) - len(second)) > slips:
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
