"""How alike texts are in meaning and in letters, within and across Swedish and English, and which words make them so."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    numbered_grams,
    unit_grams,
    words_of,
)
from cluster_net.domain.vocabulary import LANGUAGES, Language

Scores = NDArray[np.float64]
Texts = Mapping[Language, str]

# The part of a similarity that meaning has, the letters the rest: within a language and across. Chosen by cross-validation.
WITHIN, ACROSS = 0.1, 0.2
_LEAST = 0.1  # part of the largest share below which a word explains nothing


@dataclass(frozen=True, slots=True)
class MatchedTerms:
    """A word of one text and the word of the other that answers it, with their part of all that speaks for the similarity."""

    word: str
    other: str
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """One text in one language, of any words: `grams` (w, g) of its words, their `weights` (w,), and the vectors of the whole."""

    language: Language
    words: tuple[str, ...]
    weights: Vector
    grams: Matrix
    whole: Vector  # (g,), of length 1, or 0 when the text has no word
    meaning: Dense  # (w, k), of each word, weighted: their sum has length 1


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
        return self.similarities_to(self.texts[self.rows[name]])

    def similarities_to(self, texts: Texts) -> Scores:
        """Return how alike *texts*, any in one or both languages, are to each record's, shape (n,), in [0, 1].

        The best pair of languages counts: (1 - p) x cosine of the gram vectors + p x cosine in the latent space, p = WITHIN or ACROSS.
        """
        phrases = self._phrases(texts)
        if not phrases:
            return np.zeros(len(self.names))
        meaning = unit(np.sum([phrase.meaning.sum(axis=0) for phrase in phrases], axis=0, keepdims=True))[0]
        alike = np.maximum(self.meanings @ meaning, 0.0)
        scores = np.zeros(len(self.names))
        for phrase in phrases:
            letters = self.weights @ self.lexicon.likeness(phrase.whole)
            for language, held in zip(LANGUAGES, letters.reshape(2, -1), strict=True):
                part = self._part(phrase.language, language)
                np.maximum(scores, (1.0 - part) * held + part * alike, out=scores)
        return np.minimum(scores, 1.0)

    def _part(self, one: Language, other: Language) -> float:
        """Return the part of a similarity that meaning has."""
        if self.latent is None:
            return 0.0
        return WITHIN if one == other else ACROSS

    def matched_terms(self, texts: Texts, name: str, limit: int = 5) -> tuple[MatchedTerms, ...]:
        """Return the words of the record *name* that make it like *texts*, each with the word that it answers best.

        A similarity is a sum over pairs of words, one of each text, of their grams' and their meanings' products. A word's share
        is its part of what speaks for it in the pair of languages that agree best; all shares sum to 1. Small words are left
        out, and words with less than a tenth of the largest share.
        """
        held = self._phrases(self.texts[self.rows[name]])
        pairs = [(self._products(one, other), one, other) for one in self._phrases(texts) for other in held]
        if not pairs:
            return ()
        products, one, other = max(pairs, key=lambda pair: float(pair[0].sum()))
        small = [[is_function_word(word) for word in phrase.words] for phrase in (one, other)]
        products = np.maximum(np.where(np.logical_or.outer(*small), 0.0, products), 0.0)
        shares = products.sum(axis=0) / (products.sum() or 1.0)
        order = sorted(
            np.flatnonzero(shares > _LEAST * shares.max()), key=lambda place: (-round(float(shares[place]), 9), other.words[place])
        )
        return tuple(
            MatchedTerms(one.words[int(products[:, place].argmax())], other.words[place], float(shares[place])) for place in order[:limit]
        )

    def _products(self, one: Phrase, other: Phrase) -> Scores:
        """Return what each pair of words adds to the similarity of two phrases, shape (words of one, words of other)."""
        letters = one.weights[:, None] * (one.grams @ other.grams.T).toarray() * other.weights
        part = self._part(one.language, other.language)
        products: Scores = ((1.0 - part) * letters + part * (one.meaning @ other.meaning.T)).astype(np.float64)
        return products

    def _phrases(self, texts: Texts) -> list[Phrase]:
        read = by_language(texts)
        return [self._phrase(read[language], language) for language in LANGUAGES if read.get(language)]

    def _phrase(self, text: str, language: Language) -> Phrase:
        counts = Counter(words_of(text))
        words = tuple(sorted(counts))
        lexicon = self.lexicon
        rarity = np.array([lexicon.rarity[lexicon.places[word]] if word in lexicon.places else lexicon.unseen for word in words])
        grams = self._grams(words)
        weights = ((1.0 + np.log([counts[word] for word in words])) * rarity).astype(np.float32)
        whole = weights @ grams
        length = float(np.linalg.norm(whole)) or 1.0
        meaning = np.zeros((len(words), 0), np.float32)
        if self.latent:
            meaning = self.latent.of(grams, language) * weights[:, None]
            meaning /= np.linalg.norm(meaning.sum(axis=0)) or 1.0
        return Phrase(language, words, weights / length, grams, whole / length, meaning)

    def _grams(self, words: tuple[str, ...]) -> Matrix:
        """Return any words as rows of unit length over the lexicon's grams; those it has not are left out."""
        places = [self.lexicon.places.get(word, -1) for word in words]
        if words and min(places) >= 0:
            return self.lexicon.grams[places]
        numbers, owners = numbered_grams(words)
        columns = np.searchsorted(self.lexicon.numbers, numbers)
        columns[columns == len(self.lexicon.numbers)] = 0
        known = self.lexicon.numbers[columns] == numbers
        return unit_grams(owners[known], columns[known], self.lexicon.gram_rarity, len(words))


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
