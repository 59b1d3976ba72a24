"""Cross-lingual latent semantic indexing: one space of meaning for both languages, learned from texts that have both."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cluster_net.domain.matching.wording import Matrix, Vector
from cluster_net.domain.vocabulary import LANGUAGES, Language

Dense = NDArray[np.float32]

FEWEST_PAIRS = 20  # bilingual texts below which nothing is learned
MOST_PAIRS = 3000  # more than that add time, not accuracy
DIMENSIONS = 200
_EXTRA = 30  # columns of the sketch beyond the dimensions
_PASSES = 2
_FAINT = 0.1  # of the largest singular value, below which a direction tells the languages apart rather than the texts


@dataclass(frozen=True, slots=True, eq=False)
class Latent:
    """A projection of gram vectors to k dimensions for each language.

    `kept` (h,) are the columns of the grams that are projected, `axes` holds (h, k) for each language.
    """

    kept: NDArray[np.int64]
    axes: Mapping[Language, Dense]

    def of(self, grams: Matrix, language: Language) -> Dense:
        """Return rows of gram weights, of shape (rows, g), in the latent space, of shape (rows, k)."""
        projected: Dense = grams[:, self.kept] @ self.axes[language]
        return projected

    def of_some(self, columns: NDArray[np.integer[Any]], rows: Dense, language: Language) -> Dense:
        """Return *rows* over the grams *columns* alone, of shape (rows, columns), in the latent space, of shape (rows, k)."""
        places = np.minimum(np.searchsorted(self.kept, columns), len(self.kept) - 1)
        known = self.kept[places] == columns
        projected: Dense = rows[:, known] @ self.axes[language][places[known]]
        return projected


def unit(rows: Dense) -> Dense:
    """Return *rows* scaled to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Dense = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled


def learn_latent(swedish: Matrix, english: Matrix, grams: Matrix, most_grams: int = 40_000) -> Latent | None:
    """Learn the common space of *swedish* and *english*, word weights of shape (pairs, m) of the same texts in both languages.

    X = [S G | E G], the gram vectors of both languages side by side, is cut to its k largest singular values, X = U s V'; a text
    is projected on its language's part of V (Dumais, Letsche, Littman & Landauer 1997). U is found by a randomized range finder
    (Halko, Martinsson & Tropp 2011, alg. 4.4) with a fixed seed, and X is never formed. None when there are too few pairs.
    """
    chosen = np.unique(np.linspace(0, swedish.shape[0] - 1, min(swedish.shape[0], MOST_PAIRS)).astype(np.int64))
    if len(chosen) < FEWEST_PAIRS:
        return None
    sides = dict(zip(LANGUAGES, (swedish[chosen], english[chosen]), strict=True))
    known = np.unique(np.concatenate([side.indices for side in sides.values()]))
    kept = _commonest(grams[known], most_grams)
    table: Matrix = grams[known][:, kept]
    texts = {language: side[:, known] for language, side in sides.items()}
    left, values = _largest(texts, table, min(DIMENSIONS, len(chosen) - 1))
    return Latent(kept, {language: table.T @ (side.T @ (left / values)) for language, side in texts.items()})


def _commonest(grams: Matrix, most: int) -> NDArray[np.int64]:
    """Return the columns that most words have, at most *most* of them, in order."""
    holders = np.bincount(grams.indices, minlength=grams.shape[1])
    order = np.lexsort((np.arange(len(holders)), -holders))[:most]
    return np.sort(order[holders[order] > 0])


def _largest(texts: Mapping[Language, Matrix], grams: Matrix, rank: int) -> tuple[Dense, Vector]:
    """Return the left singular vectors and values of X = [S G | E G] for its *rank* largest, signs fixed."""

    def gram_times(columns: Dense) -> Dense:
        """Return X X' times *columns*."""
        total = np.zeros_like(columns)
        for side in texts.values():
            total += side @ (grams @ (grams.T @ (side.T @ columns)))
        return total

    rows = next(iter(texts.values())).shape[0]
    basis = np.random.default_rng(0).standard_normal((rows, min(rows, rank + _EXTRA)), dtype=np.float32)
    for _ in range(_PASSES):
        basis = np.linalg.qr(gram_times(np.linalg.qr(basis)[0]))[0]
    squares, turned = np.linalg.eigh((basis.T @ gram_times(basis)).astype(np.float64))
    kept = np.flatnonzero(squares > squares[-1] * _FAINT**2)[::-1][:rank]
    left = (basis @ turned[:, kept]).astype(np.float32)
    left *= np.sign(left[np.argmax(np.abs(left), axis=0), np.arange(left.shape[1])])
    return left, np.sqrt(squares[kept]).astype(np.float32)
