"""Words that say nothing of what two bodies do: where they are, what kind of body they are, and how they are run."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from cluster_net.domain.evidence import words_in
from cluster_net.domain.graph import ACTOR, Node
from cluster_net.domain.matching.languages import is_function_word
from cluster_net.domain.network import Network
from cluster_net.domain.recognition import STEM, words_of
from cluster_net.domain.text import is_form_of
from cluster_net.domain.vocabulary import ACTOR_KINDS, COUNTIES, LANGUAGES

# A word that stands in more than this part of the actors' names, and in more names than LEAST, is one of bodies in general.
SHARE, LEAST = 0.03, 10
# What is said of bodies whatever they do, the country among it; other forms of these words count as they do.
ADMINISTRATIVE = (
    "association authority avtalspart behind board body branschorganisation bransch campus center centre centrum city cluster country "
    "county develops development driven drivs employer fakultet founder foundation funded förbund förening företräder group huvudkontor "
    "hub institut institutet institute kansli kluster kommun kommunal kontor land local looks lokal län municipal municipality "
    "myndighet nation nationell national nod node nordic nordisk network nätverk office organisation organization owns owned park part "
    "party privat private public offentlig region regional run samarbete samverkan small söker stad state statlig stiftelse stiftare "
    "strategi strategin strategy sverige svensk sweden swedish system trade union universitet university utveckling utvecklar verksamhet "
    "ägs äger"
)
Plain = Mapping[str, Sequence[str]]  # how a word begins -> the words, folded


def is_plain(word: str, plain: Plain) -> bool:
    """Tell whether *word* only holds a sentence together or is a form of one of the words *plain*."""
    return is_function_word(word) or any(is_form_of(word, one) for folded in words_of(word) for one in plain.get(folded[:STEM], ()))


@lru_cache(maxsize=1)
def plain_words(network: Network) -> Plain:
    """Return the words of places, kinds of bodies and administration, the acronyms of actors, and what many of their names hold."""
    actors = network.of_label.get(ACTOR, ())
    labels = (text for words in chain(ACTOR_KINDS.values(), COUNTIES.values()) for text in words)
    said = chain(labels, (ADMINISTRATIVE,), *map(_places_and_acronym, actors))
    plain: dict[str, list[str]] = defaultdict(list)
    for word in {*(word for text in said for word in words_of(text)), *_common(actors)}:
        plain[word[:STEM]].append(word)
    return plain


def _places_and_acronym(actor: Node) -> Iterator[str]:
    yield from (*words_in(actor, "city"), *words_in(actor, "county"), str(actor.properties.get("acronym", "")))


def _common(actors: Sequence[Node]) -> Iterator[str]:
    """Yield the words that more of the names of *actors* hold than others."""
    names = (" ".join(str(actor.properties.get(f"name_{language}", "")) for language in LANGUAGES) for actor in actors)
    counted = Counter(word for name in names for word in set(words_of(name)))
    yield from (word for word, times in counted.items() if times > max(LEAST, SHARE * len(actors)))
