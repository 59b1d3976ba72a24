"""Reads that the compiled network answers when it is of the store's data version, else the store: the same, with less work."""

from cluster_net.domain.graph import CONCEPT, Key, Tie
from cluster_net.domain.suggestions import name_of
from cluster_net.domain.vocabulary import Language
from cluster_net.services.backends import Backends
from cluster_net.services.summaries import concept_names


def ties_of(backends: Backends, key: Key) -> list[Tie]:
    """Return the ties of a record as `GraphStore.neighbours` does, in one round trip."""
    network = backends.network.fresh()
    return list(network.ties_of(key)) if network is not None else backends.graph.neighbours([key])[key]


def names_of_concepts(backends: Backends, language: Language) -> dict[str, str]:
    """Return the name of every concept, by id, in one round trip."""
    network = backends.network.fresh()
    if network is None:
        return concept_names(backends.graph, language)
    return {node.key.id: name_of(network, node.key, language) for node in network.of_label.get(CONCEPT, ())}
