"""What the actors, needs and offers of a network say of themselves, in both languages."""

from collections.abc import Iterator
from functools import lru_cache

from cluster_net.domain.evidence import words_in
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Key, Node
from cluster_net.domain.matching.languages import by_language
from cluster_net.domain.matching.text import MatchedTerms, Scores, Texts, TextSpace, compile_texts
from cluster_net.domain.network import Network
from cluster_net.domain.vocabulary import LANGUAGES, Language

RECENT = 128  # records whose texts are kept as they were read

# Label -> the fields that are read, each in both languages.
FIELDS = {ACTOR: ("name", "description"), NEED: ("title", "text"), OFFER: ("title", "text")}


class ClusterTexts:
    """The texts of all actors, needs and offers, by `text_id`.

    What was last read of a record is kept, for a page asks of the same one label by label. Threads may share it.
    """

    def __init__(self, space: TextSpace) -> None:
        self.space = space
        self._similarities = lru_cache(maxsize=RECENT)(space.similarities)
        self._phrases = lru_cache(maxsize=RECENT)(space.phrases_of)

    def similarities(self, key: Key) -> Scores:
        """Return how alike the text of a record is to each record's, in the order of `space.names`."""
        return self._similarities(text_id(key))

    def matched_terms(self, key: Key, other: Key) -> dict[Language, tuple[MatchedTerms, ...]]:
        """Return the words of *other* that make it like *key*, for each language that it has text in."""
        return self.space.matched_terms(self._phrases(text_id(key)), self._phrases(text_id(other)))


def compile_cluster_texts(network: Network) -> TextSpace:
    """Build the space of all actors, needs and offers, by `text_id`; the names of concepts teach the languages too."""
    records = {text_id(key): texts_of(network, key) for key in network.nodes if key.label in FIELDS}
    names = [{language: " ".join(_names(node, language)) for language in LANGUAGES} for node in network.of_label.get(CONCEPT, ())]
    return compile_texts(records, names)


def text_id(key: Key) -> str:
    """Return the id of a record in the space of the cluster's texts."""
    return f"{key.label}:{key.id}"


def texts_of(network: Network, key: Key) -> Texts:
    """Return what a record says in each language: its name or title, its description and the names of its concepts.

    Each field counts for the language that it is written in.
    """
    said: dict[Language, list[str]] = {language: [] for language in LANGUAGES}
    for stem in FIELDS[key.label]:
        for language, text in by_language(_in_languages(network.nodes[key], stem)).items():
            said[language].append(text)
    concepts = [network.nodes[Key(CONCEPT, id_)] for id_ in sorted(network.concepts.get(key, ())) if Key(CONCEPT, id_) in network.nodes]
    for language, texts in said.items():
        texts += [text for concept in concepts if (text := _in_languages(concept, "pref")[language])]
    return {language: ". ".join(texts) for language, texts in said.items() if texts}


def _in_languages(node: Node, stem: str) -> Texts:
    return {language: str(node.properties.get(f"{stem}_{language}", "")) for language in LANGUAGES}


def _names(node: Node, language: Language) -> Iterator[str]:
    yield str(node.properties.get(f"pref_{language}", ""))
    yield from words_in(node, f"alt_{language}")
