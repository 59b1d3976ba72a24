"""What actors work on by all that is known of them: what they hold, what their descriptions name, what their units hold."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from scipy.sparse import csr_array

from cluster_net.domain.evidence import LEVELS, RELATED, named_as_held, reach, words_in
from cluster_net.domain.graph import ACTOR, CONCEPT, Key, Node
from cluster_net.domain.matching.cues import CUES, SUPPORT, without_sought
from cluster_net.domain.matching.features import Feature
from cluster_net.domain.matching.pools import Mask, Pool
from cluster_net.domain.matching.snapshot import Matrix, Scores, dense_row
from cluster_net.domain.matching.value_chain import LEADS_TO
from cluster_net.domain.network import Network
from cluster_net.domain.recognition import Names, concepts_in, names_of, with_proper_names
from cluster_net.domain.suggestions import HALF
from cluster_net.domain.vocabulary import LANGUAGES

Strengths = Mapping[str, float]  # concept id -> strength in (0, 1]

# What a concept counts that the actor's own name or description names, and one that something it runs holds or is described with.
NAMED, RUN = 0.7, 0.5
# The labels of facts: a concept that is known otherwise than stated, one that only an offer has, one that only units have, what the
# other has that one needs, and the reverse.
SHARED_FIELD, OFFERED, BY_UNITS, THEY_HAVE, YOU_HAVE = "Field", "Offered", "By_units", "They_have", "You_have"
OF_CONCEPTS = frozenset({SHARED_FIELD, OFFERED, BY_UNITS, THEY_HAVE, YOU_HAVE})


@dataclass(frozen=True, slots=True, eq=False)
class Fields:
    """The fields of n actors over c concepts.

    `own` (n, c) are the strengths of an actor's concepts, `needed` (n, c) of what its fields lead to, and `rarity` (c,) is
    1 / (1 + log2 k) for a concept that k actors have to do with. Nothing of it is a fact of the actor: it is read, not stated.
    `held` are the n sets of concepts that `own` was widened from by `broader`.
    """

    concepts: tuple[str, ...]
    held: tuple[frozenset[str], ...]
    broader: Mapping[str, tuple[str, ...]]
    own: Matrix
    needed: Matrix
    rarity: Scores

    def alike(self, one: Matrix, row: int, others: Matrix) -> Scores:
        """Return sum_c rarity(c) x one(row, c) x others(., c), shape (n,)."""
        return np.asarray(others @ (dense_row(one, row) * self.rarity), dtype=np.float64)

    def shares(self, one: Matrix, row: int, others: Matrix, other: int) -> Strengths:
        """Return the summands of `alike` for one other actor, by concept."""
        parts = dense_row(one, row) * self.rarity * dense_row(others, other)
        return {self.concepts[place]: float(parts[place]) for place in np.flatnonzero(parts)}

    def had(self, row: int, asking: int) -> Strengths:
        """Return what the actor at *row* has of what the fields of the one at *asking* lead to, by the concepts that it holds."""
        return named_as_held(self.broader, self.shares(self.needed, asking, self.own, row), self.held[row])


def direct_fields(network: Network) -> dict[str, Strengths]:
    """Return the concepts that each actor holds and those that its name and description name.

    What only the name of another actor holds, speaks of SUPPORT in passing, or is sought, is not read.
    """
    names = names_of((_as_read(network, node) for node in network.of_label.get(CONCEPT, ())), CUES)
    actors = network.of_label.get(ACTOR, ())
    within = with_proper_names(names, (name for node in actors for name in (*_said(node, "name"), *words_in(node, "aliases"))))
    return {node.key.id: _direct(network, node, names, within) for node in actors}


def compile_fields(network: Network, actors: Sequence[str], direct: Mapping[str, Strengths]) -> Fields:
    """Widen the *direct* fields of *actors* by what they run: rows in their order, concepts in the order of ids."""
    run: dict[str, list[str]] = defaultdict(list)
    for part, wholes in network.held_by.items():
        for whole in wholes:
            run[whole].append(part)
    held = {actor: _strongest((direct[actor], *(_lowered(direct[part], RUN) for part in run[actor] if part in direct))) for actor in actors}
    known = Counter(concept for one in held.values() for concept in one)
    own = {actor: _widened(network, strengths) for actor, strengths in held.items()}
    needed = {actor: _needed(held[actor], one) for actor, one in own.items()}
    concepts = tuple(sorted({concept for table in (own, needed) for one in table.values() for concept in one}))
    rarity = 1.0 / (1.0 + np.log2([max(1, known[concept]) for concept in concepts]))
    return Fields(
        concepts=concepts,
        held=tuple(frozenset(held[actor]) for actor in actors),
        broader=network.broader,
        own=_matrix(own, actors, concepts),
        needed=_matrix(needed, actors, concepts),
        rarity=rarity,
    )


def with_read_fields(network: Network, direct: Mapping[str, Strengths]) -> Network:
    """Return *network* with the *direct* fields of actors that state no concept, as if they held them."""
    keys = (Key(ACTOR, actor) for actor in direct)
    read = {key: frozenset(direct[key.id]) for key in keys if is_silent(network, key)}
    holders = {concept: list(held) for concept, held in network.holders.items()}
    for key, concepts in read.items():
        for concept in concepts:
            holders.setdefault(concept, []).append(key)
    return replace(
        network, concepts={**network.concepts, **read}, holders={concept: tuple(sorted(held)) for concept, held in holders.items()}
    )


def read_as(feature: Feature, read: Network, key: Key, pool: Pool, silent: Mask) -> Feature:
    """Return a feature of concepts over *read*, see `with_read_fields`: what is read of the *silent* (n,) counts NAMED.

    A fact says whether its concept is stated, read, or only stands in an offer of the actor.
    """

    def shares(other: Key) -> Mapping[Key, float]:
        stated = CONCEPT if not silent[pool.rows[other]] else SHARED_FIELD
        actor = next((one for one in (other, key) if one.label == ACTOR), None)
        offered = frozenset(one.id for one in feature.shares(other)) - read.concepts.get(actor, frozenset()) if actor else frozenset()
        return {Key(OFFERED if one.id in offered else stated, one.id): share for one, share in feature.shares(other).items()}

    return Feature(np.where(silent, NAMED, 1.0) * feature.values, shares, feature.reasons)


def with_units(told: Feature, own: Feature, both: Feature) -> Feature:
    """Return a feature of concepts with what only units have added at RUN of its worth: told + RUN x (both - own).

    *own* is the feature without units, *both* the same with them, and *told* how *own* counts, see `read_as`.
    """

    def shares(other: Key) -> Mapping[Key, float]:
        had = own.shares(other)
        further = {one: share - had.get(one, 0.0) for one, share in both.shares(other).items()}
        return {**told.shares(other), **{Key(BY_UNITS, one.id): RUN * share for one, share in further.items() if share > 0}}

    return Feature(told.values + RUN * np.maximum(both.values - own.values, 0.0), shares, told.reasons | both.reasons)


def is_silent(network: Network, key: Key) -> bool:
    """Tell whether *key* is an actor that states no concept."""
    return key.label == ACTOR and not network.concepts.get(key)


def shared_fields(fields: Fields, network: Network, key: Key, pool: Pool) -> Feature:
    """Score actors by the fields that both have to do with, rare ones more: x / (x + half), x = sum rarity x strength x strength."""
    row = pool.rows[key]
    raw = fields.alike(fields.own, row, fields.own)

    def shares(other: Key) -> Mapping[Key, float]:
        found = fields.shares(fields.own, row, fields.own, pool.rows[other])
        stated = _stated(network, key) & _stated(network, other)
        return {Key(CONCEPT if concept in stated else SHARED_FIELD, concept): share for concept, share in found.items()}

    return Feature(_saturated(raw), shares, raw > 0)


def leads_to(fields: Fields, key: Key, pool: Pool) -> Feature:
    """Score actors by what each has that the fields of *key* lead to, and the other way round: x / (x + half) as for fields."""
    row = pool.rows[key]
    raw = fields.alike(fields.needed, row, fields.own) + fields.alike(fields.own, row, fields.needed)

    def shares(other: Key) -> Mapping[Key, float]:
        place = pool.rows[other]
        theirs, ours = fields.had(place, row), fields.had(row, place)
        return {Key(label, one): share for label, held in ((THEY_HAVE, theirs), (YOU_HAVE, ours)) for one, share in held.items()}

    return Feature(_saturated(raw), shares, raw > 0)


def _direct(network: Network, node: Node, names: Names, within: Names) -> Strengths:
    """Return what an actor holds and what its name, by *names*, and its description, by the names *within* descriptions, speak of."""
    said = ((without_sought(text), within) for text in _said(node, "description"))
    read = ((text, names) for text in _said(node, "name")), said
    named = {concept: NAMED for text, known in chain(*read) for concept in concepts_in(text, known)}
    return {**named, **dict.fromkeys(network.concepts.get(node.key, ()), 1.0)}


def _said(node: Node, stem: str) -> list[str]:
    return [str(node.properties.get(f"{stem}_{language}", "")) for language in LANGUAGES]


def _as_read(network: Network, concept: Node) -> Node:
    """Return a concept without its names where only cues tell it."""
    of_support = not SUPPORT.isdisjoint((concept.key.id, *reach(concept.key.id, network.broader)))
    return replace(concept, properties={}) if of_support else concept


def _needed(held: Strengths, own: Strengths) -> Strengths:
    """Return what the fields *own*, with the broader ones, lead to and is not *held* already."""
    found = _strongest(dict.fromkeys(LEADS_TO.get(field, ()), own[field]) for field in own)
    return {concept: strength for concept, strength in found.items() if concept not in held}


def _stated(network: Network, key: Key) -> frozenset[str]:
    """Return the concepts that an actor holds and those above them: facts, while all else is read."""
    return frozenset(_widened(network, dict.fromkeys(network.concepts.get(key, ()), 1.0)))


def _lowered(strengths: Strengths, factor: float) -> Strengths:
    return {concept: factor * strength for concept, strength in strengths.items()}


def _strongest(several: Iterable[Strengths]) -> dict[str, float]:
    held: dict[str, float] = {}
    for one in several:
        for concept, strength in one.items():
            held[concept] = max(held.get(concept, 0.0), strength)
    return held


def _widened(network: Network, strengths: Strengths) -> dict[str, float]:
    """Return *strengths* with the broader concepts, each RELATED of the strongest below it, LEVELS up."""
    held, level = dict(strengths), strengths
    for _ in range(LEVELS):
        level = _strongest({wider: RELATED * strength} for one, strength in level.items() for wider in network.broader.get(one, ()))
        held = _strongest((held, level))
    return held


def _matrix(rows: Mapping[str, Strengths], actors: Sequence[str], concepts: Sequence[str]) -> Matrix:
    columns = {concept: column for column, concept in enumerate(concepts)}
    cells = [(row, columns[one], strength) for row, actor in enumerate(actors) for one, strength in sorted(rows[actor].items())]
    at, across, strengths = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_array((np.array(strengths, dtype=np.float64), (at, across)), shape=(len(actors), len(concepts)))


def _saturated(raw: Scores) -> Scores:
    return raw / (raw + HALF["shared_concepts"])
