"""How words become a ranked query: each word must match somehow, the better the way the higher the score.

Stages, from strict to lax, while there are few hits: no slips; slips in words that next to nothing holds, and compounds; slips in
all words that are not common, one word of several left out; while there is none: half the words. Each stage finds at least what
the one before it found, and ranks that first. The typo thresholds (5 letters for one slip, 9 for two) are Meilisearch's.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur, Query

from cluster_net.adapters.tantivy_schema import FIELDS, PART, STEMS
from cluster_net.adapters.tantivy_words import Word

ONE_SLIP, TWO_SLIPS = 5, 9
LAST_PART = 6  # letters of a word whose compounds are found too however many have it alone: "sekvensering" finds "helgenomsekvensering"
FEW = 5
# A hit with such a score a word has them all in its name, as asked for or with one slip: what laxer ways find would be worse.
_SURE, _SURE_WITH_SLIP = 105.0, 95.0
_KNOWN, _COMMON = 0.001, 0.05  # a word in this share of the documents is not taken for a slip; may be left out
_EXACT = {"name": 114.0, "alias": 112.0, "tag": 106.0}
_TEXT, _PREFIX_NAME, _PREFIX = 100.0, 108.0, 96.0
_JOINED, _NAME_STEM, _STEM, _SPLIT, _PART = 98.0, 110.0, 97.0, 86.0, 78.0
_SLIP_NAME, _SLIP, _SLIP_PREFIX = 80.0, 74.0, 66.0
_TWO_SLIPS = {"name": 50.0, "alias": 48.0, "tag": 44.0}
_WHOLE_NAME, _WHOLE_ALIAS, _NEAR_NAME, _PHRASE, _LETTERS = 120.0, 90.0, 60.0, 30.0, 3.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put one way: *ranked* scores what it finds, *plain* finds the same and only counts.

    A hit of score *sure* makes laxer ways needless.
    """

    ranked: Query
    plain: Query
    sure: float


@dataclass(frozen=True, slots=True)
class Way:
    """One way for a word to match; *implied* when another way without a field finds the same documents too."""

    query: Query
    score: float
    implied: bool = False


class Plan:
    """Builds the queries of one question against one searcher."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, words: Sequence[Word]) -> None:
        self._schema, self._searcher, self._words = schema, searcher, words
        self._frequencies = [self._frequency(word) for word in words]

    def stages(self) -> Iterator[tuple[int, Callable[[], Asked]]]:
        """Yield the ways to ask, strict to lax, each with the number of hits that makes it needless."""
        every = range(len(self._words))
        strict = [self._strict(i) for i in every]
        yield FEW, lambda: self._asked(strict, len(every), sure=_SURE)
        rare = [i for i in every if self._frequencies[i] < FEW]
        one_slip = {i for i in rare if self._has_one_slip(i)}
        near = [[*ways, *self._compound(i), *(self._slip(i) if i in one_slip else ())] for i, ways in enumerate(strict)]
        if len(one_slip) == len(rare):  # else some word has no match
            yield FEW, lambda: self._asked(near, len(every), every, _SURE_WITH_SLIP)
        size = self._searcher.num_docs
        unknown = {i for i in every if i not in rare and self._frequencies[i] < size * _KNOWN}
        lax = [
            [*ways, *(self._two_slips(i) if i in rare and i not in one_slip else ()), *(self._slip(i) if i in unknown else ())]
            for i, ways in enumerate(near)
        ]
        counted = [i for i in every if self._frequencies[i] < max(FEW, size * _COMMON)] or every
        yield FEW, lambda: self._asked(lax, len(counted) - (len(counted) > 2), counted)
        laxest = [[*ways, *(self._two_slips(i) if i in one_slip else ())] for i, ways in enumerate(lax)]
        yield 1, lambda: self._asked(laxest, (len(counted) + 1) // 2, counted)

    def _has_one_slip(self, i: int) -> bool:
        word = self._words[i].folded
        return len(word) >= ONE_SLIP and bool(self._searcher.search(self._fuzzy("all", word, 1), 1, count=False).hits)

    def _frequency(self, word: Word) -> int:
        stems = (self._searcher.doc_freq(field, stem) for field, stem in word.stems.items())
        return max(self._searcher.doc_freq("all", word.folded), self._searcher.doc_freq("joined", word.folded), *stems)

    def _asked(self, words: Sequence[Sequence[Way]], least: int, counted: Sequence[int] = (), sure: float = 0.0) -> Asked:
        """Ask for *least* of the *counted* words, of all when none are named; the others only add to the score."""
        ranked = [Query.disjunction_max_query([_scored(way.query, way.score) for way in ways], 0.0) for ways in words]
        plain = [_any([way.query for way in ways if not way.implied]) for ways in words]
        chosen = counted or range(len(words))
        together = self._together()
        must = _any([_at_least([ranked[i] for i in chosen], least), *(_scored(query, _JOINED) for query in together)])
        others = [ranked[i] for i in range(len(words)) if i not in chosen]
        should = [(Occur.Should, query) for query in (*others, *self._bonuses(slips=bool(counted)))]
        return Asked(
            Query.boolean_query([(Occur.Must, must), *should]),
            _any([_at_least([plain[i] for i in chosen], least), *together]),
            sure * len(words),
        )

    def _together(self) -> list[Query]:
        """Join more than two words: "barn cancer fonden" finds "barncancerfonden"; two are joined as neighbours."""
        whole = "".join(word.folded for word in self._words)
        return [self._term("all", whole)] if len(self._words) > 2 and self._searcher.doc_freq("all", whole) else []

    def _strict(self, i: int) -> list[Way]:
        word = self._words[i]
        ways = [Way(self._term(field, word.folded), score, implied=True) for field, score in _EXACT.items()]
        ways += [Way(self._term("all", word.folded), _TEXT), Way(self._term("joined", word.folded), _JOINED)]
        for field, stem in word.stems.items():
            ways += [Way(self._term(f"name_{field}", stem), _NAME_STEM, implied=True), Way(self._term(field, stem), _STEM)]
        ways += self._neighbours(i)
        if self._frequencies[i] < FEW:
            ways += self._parts(word.folded)
        if len(word.folded) >= LAST_PART:
            ways += self._tails(word)
        if word.unfinished:
            ways += [
                Way(self._beginning("name", word.folded), _PREFIX_NAME, implied=True),
                Way(self._beginning("all", word.folded), _PREFIX),
            ]
        return ways

    def _neighbours(self, i: int) -> list[Way]:
        """Join the word with the one before or after it, with or without a linking s: "protein analys" finds "proteinanalys"."""
        ways: list[Way] = []
        for first, second in ((i - 1, i), (i, i + 1)):
            if first >= 0 and second < len(self._words):
                for link in ("", "s"):
                    ways += self._pair(self._words[first].folded + link, self._words[second])
        return ways

    def _pair(self, head: str, tail: Word) -> Iterator[Way]:
        if self._searcher.doc_freq("all", head + tail.folded):
            yield Way(self._term("all", head + tail.folded), _JOINED)
        if tail.unfinished:
            yield Way(self._beginning("all", head + tail.folded), _JOINED)
        for field, stem in tail.stems.items():
            if self._searcher.doc_freq(field, head + stem):
                yield Way(self._term(field, head + stem), _STEM)

    def _parts(self, word: str) -> Iterator[Way]:
        """Ask for both parts of a compound: "proteinanalys" finds "protein" beside "analys", also by stem and with a linking s."""
        for cut in range(PART, len(word) - PART + 1):
            first, second = word[:cut], word[cut:]
            heads = [head for head in {first, first.removesuffix("s")} if len(head) >= PART and self._searcher.doc_freq("all", head)]
            if heads:
                stems = [(field, stem) for field, analyser in STEMS.items() for stem in analyser.analyze(second)]
                tails = [self._term(field, stem) for field, stem in stems if self._searcher.doc_freq(field, stem)]
                if tails:
                    pair = [_any([self._term("all", head) for head in heads]), _any(tails)]
                    yield Way(Query.boolean_query([(Occur.Must, part) for part in pair]), _SPLIT)

    def _compound(self, i: int) -> Iterator[Way]:
        """Ask for longer words that begin or end with this one: "vind" finds "vindkraft", "kraft" too."""
        word = self._words[i]
        if len(word.folded) >= PART:
            yield Way(self._beginning("all", word.folded), _PART)
            yield from self._tails(word)

    def _tails(self, word: Word) -> Iterator[Way]:
        for end in {word.folded, word.stems["stem_sv"]}:
            yield Way(self._beginning("tail", end[::-1]), _PART)

    def _slip(self, i: int) -> Iterator[Way]:
        word = self._words[i]
        if len(word.folded) >= ONE_SLIP:
            yield Way(self._fuzzy("name", word.folded, 1), _SLIP_NAME, implied=True)
            yield Way(self._fuzzy("all", word.folded, 1), _SLIP)
            if word.unfinished:
                yield Way(self._fuzzy("name", word.folded, 1, prefix=True), _SLIP_PREFIX)

    def _two_slips(self, i: int) -> Iterator[Way]:
        if len(self._words[i].folded) >= TWO_SLIPS:  # in the whole text they cost too much time
            for field, score in _TWO_SLIPS.items():
                yield Way(self._fuzzy(field, self._words[i].folded, 2), score)

    def _bonuses(self, *, slips: bool) -> list[Query]:
        words = [word.folded for word in self._words]
        whole = " ".join(words)
        bonuses = [_scored(self._term("whole_name", whole), _WHOLE_NAME), _scored(self._term("whole_alias", whole), _WHOLE_ALIAS)]
        if slips and len(whole) >= ONE_SLIP:
            bonuses.append(_scored(self._fuzzy("whole_name", whole, 1), _NEAR_NAME))
        if len(words) > 1:
            bonuses += [_scored(Query.phrase_query(self._schema, field, list(words)), _PHRASE) for field in FIELDS]
        bonuses += [Query.boost_query(Query.term_query(self._schema, "name", word, "freq"), 0.2) for word in words]
        bonuses += [_scored(self._term("letters", word.written), _LETTERS) for word in self._words if word.written != word.folded]
        return bonuses

    def _term(self, field: str, word: str) -> Query:
        return Query.term_query(self._schema, field, word, "basic")

    def _beginning(self, field: str, word: str) -> Query:
        # An automaton of no slips is built and run far faster than a regular expression.
        return self._fuzzy(field, word, 0, prefix=True)

    def _fuzzy(self, field: str, word: str, slips: int, *, prefix: bool = False) -> Query:
        return Query.fuzzy_term_query(self._schema, field, word, slips, transposition_cost_one=True, prefix=prefix)


def _scored(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _at_least(queries: Sequence[Query], least: int) -> Query:
    if least == len(queries):
        return queries[0] if least == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])
    return Query.boolean_query([(Occur.Should, query) for query in queries], minimum_number_should_match=least)
