"""Texts as sparse rows: a text is the sum of its words, a word the sum of its character 3- to 5-grams."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Matrix = csr_array[np.float32, tuple[int, int]]
Vector = NDArray[np.float32]

SIZES = (3, 4, 5)  # letters of a gram, a word's edges included
_BITS = 12  # of a letter in a gram's number: five fit in one int64
_EDGE = 1  # stands before and after each word
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words of *text* in lower case, bare numbers left out."""
    return [word for word in _WORD.findall(text.lower()) if not word.isdigit()]


def compress(rows: Sequence[Counter[int]], width: int) -> Matrix:
    """Return counted columns as a matrix of shape (rows, width)."""
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    columns = np.fromiter((column for row in rows for column in row), np.int32, int(ends[-1]))
    counts = np.fromiter((count for row in rows for count in row.values()), np.float32, int(ends[-1]))
    matrix: Matrix = csr_array((counts, columns, ends), shape=(len(rows), width))
    matrix.sort_indices()
    return matrix


def inverse(lengths: NDArray[Any]) -> Vector:
    """Return 1 / length, 0 for what has none."""
    inverted: Vector = np.divide(1.0, lengths, out=np.zeros(len(lengths)), where=lengths > 0).astype(np.float32)
    return inverted


def scaled(matrix: Matrix, factors: NDArray[Any]) -> Matrix:
    """Return *matrix* with each row times its factor."""
    data = matrix.data * np.repeat(factors, np.diff(matrix.indptr)).astype(np.float32)
    return csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def lengths_of(matrix: Matrix) -> NDArray[np.float64]:
    """Return the Euclidean length of each row."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return np.sqrt(np.bincount(rows, matrix.data.astype(np.float64) ** 2, minlength=matrix.shape[0]))


def numbered_grams(words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return every gram of every word as a number, and the place in *words* of the word that it is in.

    Letters beyond the first 4096 code points share numbers, which only Asian scripts use.
    """
    sizes = np.array([len(word) + 2 for word in words], dtype=np.int64)
    edged = "".join(f"\x01{word}\x01" for word in words)
    letters = np.frombuffer(edged.encode("utf-32-le"), np.uint32).astype(np.int64) % 2**_BITS
    owner = np.repeat(np.arange(len(words)), sizes)
    grams, owners = [], []
    for size in SIZES:
        starts = max(len(letters) - size + 1, 0)
        whole = owner[:starts] == owner[size - 1 : size - 1 + starts]
        number = np.zeros(starts, dtype=np.int64)
        for place in range(size):
            number = (number << _BITS) | letters[place : place + starts]
        grams.append(number[whole])
        owners.append(owner[:starts][whole])
    return np.concatenate(grams), np.concatenate(owners)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of a collection of texts, m in the order of the alphabet, and the g grams they are made of.

    `grams` (m, g): each word as a row of unit length, its grams weighted by their rarity. `rarity` (m,) of a word and `gram_rarity`
    (g,) of a gram are log((1 + texts) / texts that have it); `numbers` (g,) are the grams, sorted.
    """

    words: tuple[str, ...]
    places: dict[str, int]
    rarity: Vector
    unseen: float  # the rarity of a word that no text has
    numbers: NDArray[np.int64]
    gram_rarity: Vector
    grams: Matrix
    holders: Matrix  # (g, m), the transpose of `grams`: the few grams of a question reach the words that have them

    def likeness(self, columns: NDArray[np.integer[Any]], whole: Vector) -> Vector:
        """Return how much each word has in common with a text's gram vector *whole* over the grams *columns*, shape (m,)."""
        row: Matrix = csr_array((whole, columns, np.array([0, len(columns)])), shape=(1, len(self.numbers)))
        likeness: Vector = (row @ self.holders).toarray()[0]
        return likeness

    def spelled(self, words: Sequence[str]) -> tuple[NDArray[np.integer[Any]], Vector]:
        """Return any words as rows of unit length over the grams that they have: those grams, sorted, and the rows (words, grams).

        Grams that the lexicon has not are left out.
        """
        grams, owners, weights = self._known(words) if self.places.keys() >= set(words) else self._read(words)
        columns, places = np.unique(grams, return_inverse=True)
        rows = np.zeros((len(words), len(columns)), np.float32)
        rows[owners, places] = weights
        return columns, rows

    def _known(self, words: Sequence[str]) -> tuple[NDArray[np.integer[Any]], NDArray[np.int64], Vector]:
        """Return the grams of words of the lexicon, the place of the word that each is in, and its weight there."""
        rows = np.array([self.places[word] for word in words], dtype=np.int64)
        starts, sizes = self.grams.indptr[rows], np.diff(self.grams.indptr)[rows]
        entries = np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        return self.grams.indices[entries], np.repeat(np.arange(len(words)), sizes), self.grams.data[entries]

    def _read(self, words: Sequence[str]) -> tuple[NDArray[np.integer[Any]], NDArray[np.int64], Vector]:
        """Return the same for any words."""
        numbers, owners = numbered_grams(words)
        found = np.minimum(np.searchsorted(self.numbers, numbers), max(len(self.numbers) - 1, 0))
        known = self.numbers[found] == numbers if len(self.numbers) else np.zeros(len(numbers), np.bool_)
        part = unit_grams(owners[known], found[known], self.gram_rarity, len(words))
        return part.indices, np.repeat(np.arange(len(words)), np.diff(part.indptr)), part.data

    def counts(self, texts: Iterable[str]) -> Matrix:
        """Return how often each text has each word, of shape (texts, m); words that are not in the lexicon are left out."""
        places = self.places
        return compress([Counter(places[word] for word in words_of(text) if word in places) for text in texts], len(self.words))

    def weighted(self, counts: Matrix) -> Matrix:
        """Return the weights of words in texts, (1 + log count) x rarity, each row scaled so that its gram vector has length 1."""
        weights: Matrix = csr_array(
            ((1.0 + np.log(counts.data)) * self.rarity[counts.indices], counts.indices, counts.indptr), shape=counts.shape
        )
        return scaled(weights, inverse(self.gram_lengths(weights)))

    def gram_lengths(self, weights: Matrix, step: int = 1024) -> NDArray[np.float64]:
        """Return the length of each text's gram vector, computed *step* texts at a time to stay small in memory."""
        parts = [lengths_of(weights[start : start + step] @ self.grams) for start in range(0, weights.shape[0], step)]
        return np.concatenate(parts) if parts else np.zeros(0)


def compile_lexicon(texts: Iterable[str]) -> Lexicon:
    """Build the lexicon of *texts*."""
    found: Counter[str] = Counter()
    total = 0
    for text in texts:
        found.update(set(words_of(text)))
        total += 1
    words = tuple(sorted(found))
    holders = np.array([found[word] for word in words], dtype=np.float64)
    grams, owners = numbered_grams(words)
    numbers, columns = np.unique(grams, return_inverse=True)
    seen = np.minimum(np.bincount(columns, holders[owners], minlength=len(numbers)), total)
    gram_rarity = np.log((total + 1) / np.maximum(seen, 1)).astype(np.float32)
    unit = unit_grams(owners, columns, gram_rarity, len(words))
    return Lexicon(
        words=words,
        places={word: place for place, word in enumerate(words)},
        rarity=np.log((total + 1) / holders).astype(np.float32),
        unseen=float(np.log(total + 1)),
        numbers=numbers,
        gram_rarity=gram_rarity,
        grams=unit,
        holders=csr_array(unit.T),
    )


def unit_grams(owners: NDArray[np.int64], columns: NDArray[np.int64], rarity: Vector, words: int) -> Matrix:
    """Return words as rows of unit length over their grams."""
    grams: Matrix = csr_array((rarity[columns], (owners, columns)), shape=(words, len(rarity)))
    return scaled(grams, inverse(lengths_of(grams)))
