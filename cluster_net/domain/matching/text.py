"""How alike texts are in meaning and in letters, within and across Swedish and English, and which words make them so."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import vstack

from cluster_net.domain.matching.languages import by_language, is_function_word
from cluster_net.domain.matching.latent import Dense, Latent, learn_latent, unit
from cluster_net.domain.matching.wording import (
    Lexicon,
    Matrix,
    Vector,
    compile_lexicon,
    words_of,
)
from cluster_net.domain.vocabulary import LANGUAGES, Language

Scores = NDArray[np.float64]
Texts = Mapping[Language, str]

# The part of a similarity that meaning has, the letters the rest: within a language and across. Chosen by cross-validation.
WITHIN, ACROSS = 0.1, 0.2
_LEAST = 0.1  # part of the largest share below which a word explains nothing
# A word that more texts than MANY have, and more than one in ONE_IN, explains nothing.
_MANY, _ONE_IN = 40, 22


@dataclass(frozen=True, slots=True)
class MatchedTerms:
    """A word of one text and the word of the other that answers it, with their part of all that speaks for the similarity."""

    word: str
    other: str
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """One text in one language, of any words w: `columns` (u,), sorted, are the lexicon's grams that it has, `grams` (w, u) its words.

    Each word of `grams` has length 1, times its weight; their sum `whole` (u,) has length 1, or 0 when the text has no word.
    """

    language: Language
    words: tuple[str, ...]
    columns: NDArray[np.integer[Any]]
    grams: Dense
    whole: Vector
    meaning: Dense  # (w, k), of each word, weighted: their sum has length 1
    tells: NDArray[np.bool_]  # (w,), False for small words and words of very many texts, which explain nothing


@dataclass(frozen=True, slots=True, eq=False)
class TextSpace:
    """The texts of n records, in the order of their ids, in Swedish, in English or in both."""

    names: tuple[str, ...]
    rows: Mapping[str, int]
    texts: tuple[Texts, ...]
    lexicon: Lexicon
    latent: Latent | None
    weights: Matrix  # (2n, m): the Swedish texts, then the English ones
    meanings: Dense  # (n, k), of length 1

    def similarities(self, name: str) -> Scores:
        """Return how alike the text of the record *name* is to each record's, shape (n,), in [0, 1]."""
        row, n = self.rows[name], len(self.names)
        written = {language: self.weights[row + place * n : row + place * n + 1] for place, language in enumerate(LANGUAGES)}
        grams = {language: words @ self.lexicon.grams for language, words in written.items() if words.nnz}
        likeness = {language: self.lexicon.likeness(one.indices, one.data) for language, one in grams.items()}
        return self._scores(likeness, self.meanings[row])

    def similarities_to(self, texts: Texts) -> Scores:
        """Return how alike *texts*, any in one or both languages, are to each record's, shape (n,), in [0, 1].

        The best pair of languages counts: (1 - p) x cosine of the gram vectors + p x cosine in the latent space, p = WITHIN or ACROSS.
        """
        phrases = self.phrases(texts)
        if not phrases:
            return np.zeros(len(self.names))
        meaning = unit(np.sum([phrase.meaning.sum(axis=0) for phrase in phrases], axis=0, keepdims=True))[0]
        likeness = {phrase.language: self.lexicon.likeness(phrase.columns, phrase.whole) for phrase in phrases}
        return self._scores(likeness, meaning)

    def _scores(self, likeness: Mapping[Language, Vector], meaning: Vector) -> Scores:
        """Return the similarities of a text, by its likeness to each word in the languages that it has, and its meaning."""
        alike = np.maximum(self.meanings @ meaning, 0.0)
        scores = np.zeros(len(self.names))
        for written, words in likeness.items():
            letters = self.weights @ words
            for language, held in zip(LANGUAGES, letters.reshape(2, -1), strict=True):
                part = self._part(written, language)
                np.maximum(scores, (1.0 - part) * held + part * alike, out=scores)
        return np.minimum(scores, 1.0)

    def _part(self, one: Language, other: Language) -> float:
        """Return the part of a similarity that meaning has."""
        if self.latent is None:
            return 0.0
        return WITHIN if one == other else ACROSS

    def matched_terms(self, asked: Sequence[Phrase], told: Sequence[Phrase], limit: int = 5) -> dict[Language, tuple[MatchedTerms, ...]]:
        """Return for each language of *told* its words that make it like *asked*, each with the word that it answers best.

        A similarity is a sum over pairs of words, one of each text, of their grams' and their meanings' products. A word's share
        is its part of what speaks for it in the language of *asked* that agrees best; all shares sum to 1. Small words and words
        of very many texts are left out, and words with less than a tenth of the largest share.
        """
        found: dict[Language, tuple[MatchedTerms, ...]] = {}
        for other in told if asked else ():
            products, one = max(((self._products(one, other), one) for one in asked), key=lambda pair: float(pair[0].sum()))
            found[other.language] = self._terms(products, one, other, limit)
        return found

    def _terms(self, products: Scores, one: Phrase, other: Phrase, limit: int) -> tuple[MatchedTerms, ...]:
        products = np.maximum(np.where(np.logical_and.outer(one.tells, other.tells), products, 0.0), 0.0)
        shares = products.sum(axis=0) / (products.sum() or 1.0)
        order = sorted(
            np.flatnonzero(shares > _LEAST * shares.max()), key=lambda place: (-round(float(shares[place]), 9), other.words[place])
        )
        return tuple(
            MatchedTerms(one.words[int(products[:, place].argmax())], other.words[place], float(shares[place])) for place in order[:limit]
        )

    def _products(self, one: Phrase, other: Phrase) -> Scores:
        """Return what each pair of words adds to the similarity of two phrases, shape (words of one, words of other)."""
        _, mine, theirs = np.intersect1d(one.columns, other.columns, assume_unique=True, return_indices=True)
        letters = one.grams[:, mine] @ other.grams[:, theirs].T
        part = self._part(one.language, other.language)
        products: Scores = ((1.0 - part) * letters + part * (one.meaning @ other.meaning.T)).astype(np.float64)
        return products

    def phrases(self, texts: Texts) -> list[Phrase]:
        """Return *texts* read in the languages they are written in, at most one phrase of each."""
        return self._phrases(by_language(texts))

    def phrases_of(self, name: str) -> list[Phrase]:
        """Return the text of the record *name*, which was read by language when the space was built."""
        return self._phrases(self.texts[self.rows[name]])

    def _phrases(self, read: Texts) -> list[Phrase]:
        return [self._phrase(read[language], language) for language in LANGUAGES if read.get(language)]

    def _phrase(self, text: str, language: Language) -> Phrase:
        counts = Counter(words_of(text))
        words = tuple(sorted(counts))
        lexicon = self.lexicon
        rarity = np.array([lexicon.rarity[lexicon.places[word]] if word in lexicon.places else lexicon.unseen for word in words])
        small = np.array([is_function_word(word) for word in words], dtype=np.bool_)
        tells = (rarity >= min(lexicon.unseen - np.log(_MANY), np.log(_ONE_IN))) & ~small
        weights = ((1.0 + np.log([counts[word] for word in words])) * rarity).astype(np.float32)
        columns, spelled = lexicon.spelled(words)
        grams = spelled * weights[:, None]
        grams /= np.linalg.norm(grams.sum(axis=0)) or 1.0
        meaning = np.zeros((len(words), 0), np.float32)
        if self.latent:
            meaning = self.latent.of_some(columns, grams, language)
            meaning /= np.linalg.norm(meaning.sum(axis=0)) or 1.0
        return Phrase(language, words, columns, grams, grams.sum(axis=0), meaning, tells)


def compile_texts(records: Mapping[str, Texts], pairs: Iterable[Texts] = ()) -> TextSpace:
    """Build the space of the texts of *records* by id, each read by the language it is written in.

    The two languages are learned from the records that have both and from *pairs*, other texts known to be in both, such as the
    names of concepts.
    """
    names = tuple(sorted(records))
    texts = tuple(by_language(records[name]) for name in names)
    further = tuple(pairs)
    lexicon = compile_lexicon(text for one in (*texts, *further) for text in one.values())
    held = {language: _weights(lexicon, (*texts, *further), language) for language in LANGUAGES}
    swedish, english = held["sv"], held["en"]
    taught = np.flatnonzero((np.diff(swedish.indptr) > 0) & (np.diff(english.indptr) > 0))
    latent = learn_latent(swedish[taught], english[taught], lexicon.grams)
    n = len(names)
    return TextSpace(
        names=names,
        rows={name: row for row, name in enumerate(names)},
        texts=texts,
        lexicon=lexicon,
        latent=latent,
        weights=vstack([swedish[:n], english[:n]], format="csr"),
        meanings=_meanings(lexicon, latent, {language: side[:n] for language, side in held.items()}),
    )


def _weights(lexicon: Lexicon, texts: Iterable[Texts], language: Language) -> Matrix:
    return lexicon.weighted(lexicon.counts(one.get(language, "") for one in texts))


def _meanings(lexicon: Lexicon, latent: Latent | None, weights: Mapping[Language, Matrix]) -> Dense:
    """Return the mean direction of each record's texts in the latent space."""
    if latent is None:
        return np.zeros((weights["sv"].shape[0], 0), np.float32)
    both = [unit(side @ latent.of(lexicon.grams, language)) for language, side in weights.items()]
    return unit(both[0] + both[1])
