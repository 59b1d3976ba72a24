"""How words become a ranked query: each word must match somehow, the better the way the higher the score.

Stages, from strict to lax: no slips; slips in rare words when there are few hits; then, while there is none, slips in all words,
words inside longer ones, half the words.
The typo thresholds (5 letters for one slip, 9 for two) are Meilisearch's.
"""

from collections.abc import Callable
from dataclasses import dataclass

import tantivy
from tantivy import Occur, Query

from cluster_net.adapters.tantivy_schema import FIELDS, FOLD, STEMS

ONE_SLIP, TWO_SLIPS = 5, 9
MAX_WORDS, MAX_WORD = 12, 40
_LONGEST = 80
FEW = 5
_EXACT = {"name": 114.0, "alias": 112.0, "tag": 106.0, "text": 100.0}
_PREFIX = {"name": 108.0, "all": 96.0}
_JOINED, _NAME_STEM, _STEM, _SPLIT, _INSIDE = 98.0, 104.0, 92.0, 86.0, 70.0
_SLIPS = {1: 74.0, 2: 44.0}
_WHOLE_NAME, _WHOLE_ALIAS, _NEAR_NAME, _PHRASE = 120.0, 90.0, 60.0, 30.0


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a question; the last one may be unfinished. Stems by field, in the same order."""

    folded: tuple[str, ...]
    stems: dict[str, tuple[str, ...]]
    unfinished: bool


def split_words(text: str) -> Words:
    """Return the words of *text*, at most MAX_WORDS of at most MAX_WORD letters."""
    plain = text.split()
    pairs = [(word, FOLD.analyze(word)) for word in plain]
    folded = tuple(one[:MAX_WORD] for _, found in pairs for one in found)[:MAX_WORDS]
    stems = {
        field: tuple(one[:MAX_WORD] for word in plain for one in stemmer.analyze(word))[:MAX_WORDS] for field, stemmer in STEMS.items()
    }
    return Words(folded, stems, unfinished=not text.endswith((" ", "\t")))


class Plan:
    """Builds the queries of one question against one searcher."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, words: Words) -> None:
        self._schema, self._searcher, self._words = schema, searcher, words

    def stages(self) -> tuple[list[Callable[[], Query]], list[Callable[[], Query]]]:
        """Return the ways to ask while there are few hits, then those while there is none; each finds at least what came before."""
        words = set(range(len(self._words.folded)))
        rare = {i for i in words if self._frequency(i) < FEW}
        few = [lambda: self._all(set())] + ([lambda: self._all(rare)] if rare else [])
        none = [] if rare == words else [lambda: self._all(words)]
        none.append(lambda: self._all(words, inside=True))
        return few, none + ([lambda: self._half(words)] if len(words) > 1 else [])

    def _frequency(self, i: int) -> int:
        word = self._words.folded[i]
        stemmed = [self._searcher.doc_freq(field, stems[i]) for field, stems in self._words.stems.items() if i < len(stems)]
        return max(self._searcher.doc_freq("all", word), self._searcher.doc_freq("joined", word), *stemmed)

    def _all(self, slips: set[int], *, inside: bool = False) -> Query:
        words = Query.boolean_query([(Occur.Must, self._word(i, slips=i in slips, inside=inside)) for i in range(len(self._words.folded))])
        ways = [words]
        if len(self._words.folded) > 2:  # "barn cancer fonden"; two words are joined as neighbours
            ways.append(self._scored(self._term("all", "".join(self._words.folded)[:_LONGEST]), _JOINED))
        return Query.boolean_query([(Occur.Must, _any(ways)), *self._bonuses(slips=bool(slips))])

    def _half(self, slips: set[int]) -> Query:
        words = [(Occur.Should, self._word(i, slips=i in slips)) for i in range(len(self._words.folded))]
        most = Query.boolean_query(words, minimum_number_should_match=(len(words) + 1) // 2)
        return Query.boolean_query([(Occur.Must, most), *self._bonuses(slips=True)])

    def _word(self, i: int, *, slips: bool, inside: bool = False) -> Query:
        word = self._words.folded[i]
        last = self._words.unfinished and i == len(self._words.folded) - 1
        ways = [self._scored(self._term(field, word), _EXACT[field]) for field in FIELDS]
        ways.append(self._scored(self._term("joined", word), _JOINED))
        for field, stems in self._words.stems.items():
            if i < len(stems):
                ways += [self._scored(self._term(f"name_{field}", stems[i]), _NAME_STEM), self._scored(self._term(field, stems[i]), _STEM)]
        ways += self._neighbours(i)
        if self._searcher.doc_freq("all", word) < FEW:
            ways += self._parts(word)
        if last:
            ways += [self._scored(self._beginning(field, word), score) for field, score in _PREFIX.items()]
        if slips:
            ways += self._slipped(word, last=last)
        if inside and len(word) >= ONE_SLIP:
            ways.append(self._scored(self._regex("all", f".+{word}.*"), _INSIDE))
        return Query.disjunction_max_query(ways, 0.0)

    def _neighbours(self, i: int) -> list[Query]:
        """Join the word with the one before or after it: "protein analys" finds "proteinanalys"."""
        words, ways = self._words.folded, []
        for first in (i - 1, i):
            if 0 <= first < len(words) - 1:
                both = words[first] + words[first + 1]
                unfinished = self._words.unfinished and first + 1 == len(words) - 1
                query = self._beginning("all", both) if unfinished else self._term("all", both)
                ways.append(self._scored(query, _JOINED))
        return ways

    def _parts(self, word: str) -> list[Query]:
        """Ask for both parts of a compound: "proteinanalys" finds "protein" beside "analys", also by stem and with a linking s."""
        ways = []
        for cut in range(3, len(word) - 2):
            first, second = word[:cut], word[cut:]
            heads = [head for head in (first, first.removesuffix("s")) if len(head) >= 3 and self._searcher.doc_freq("all", head)]
            tails = [
                self._term(field, tail)
                for field, stemmer in STEMS.items()
                for tail in stemmer.analyze(second)
                if self._searcher.doc_freq(field, tail)
            ]
            if heads and tails and min(len(first), len(second)) >= 4:
                pair = [(Occur.Must, _any([self._term("all", head) for head in heads])), (Occur.Must, _any(tails))]
                ways.append(self._scored(Query.boolean_query(pair), _SPLIT))
        return ways

    def _slipped(self, word: str, *, last: bool) -> list[Query]:
        ways = []
        distance = 2 if len(word) >= TWO_SLIPS else 1 if len(word) >= ONE_SLIP else 0
        for slips in range(1, distance + 1):
            query = Query.fuzzy_term_query(self._schema, "all", word, slips, transposition_cost_one=True, prefix=False)
            ways.append(self._scored(query, _SLIPS[slips]))
        if last and distance:
            query = Query.fuzzy_term_query(self._schema, "all", word, 1, transposition_cost_one=True, prefix=True)
            ways.append(self._scored(query, _SLIPS[1] - 8))
        return ways

    def _bonuses(self, *, slips: bool) -> list[tuple[Occur, Query]]:
        words = list(self._words.folded)
        whole = " ".join(words)
        bonuses = [self._scored(self._term("whole_name", whole), _WHOLE_NAME), self._scored(self._term("whole_alias", whole), _WHOLE_ALIAS)]
        if slips and len(whole) >= ONE_SLIP:
            distance = 2 if len(whole) >= TWO_SLIPS else 1
            near = Query.fuzzy_term_query(self._schema, "whole_name", whole, distance, transposition_cost_one=True, prefix=False)
            bonuses.append(self._scored(near, _NEAR_NAME))
        if len(words) > 1:
            bonuses += [self._scored(Query.phrase_query(self._schema, field, list(words)), _PHRASE) for field in ("name", "alias", "tag")]
        bonuses += [Query.boost_query(self._term("name", word), 0.5) for word in words]
        return [(Occur.Should, query) for query in bonuses]

    def _term(self, field: str, word: str) -> Query:
        return Query.term_query(self._schema, field, word, "freq" if field == "name" else "basic")

    def _beginning(self, field: str, word: str) -> Query:
        """Ask for words that begin with *word*; an automaton of no slips is built far faster than a regular expression."""
        return Query.fuzzy_term_query(self._schema, field, word, 0, transposition_cost_one=True, prefix=True)

    def _regex(self, field: str, pattern: str) -> Query:
        return Query.regex_query(self._schema, field, pattern)

    def _scored(self, query: Query, score: float) -> Query:
        return Query.const_score_query(query, score)


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])
