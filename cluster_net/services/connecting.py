"""The page of paths: which two actors are meant, and how they are connected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cluster_net.domain.errors import Unavailable
from cluster_net.domain.graph import ACTOR, Key, Node
from cluster_net.domain.search import Document
from cluster_net.domain.text import fold, is_slug
from cluster_net.domain.vocabulary import COLLABORATION_TYPES, Language
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of, card_of_document
from cluster_net.services.pathfinding import FoundPath, find_paths
from cluster_net.services.searching import SearchRequest, search_cluster

PATHS, CHOICES = 5, 6


@dataclass(frozen=True, slots=True)
class PathEndChoice:
    """Which actor a reader means: `chosen`, else `others` to choose among."""

    asked: str
    chosen: Card | None = None
    others: tuple[Card, ...] = ()

    @property
    def shown(self) -> str:
        """Return what stands in the field."""
        return self.chosen.name if self.chosen else self.asked


@dataclass(frozen=True, slots=True)
class PathsPage:
    """The two ends, what is passed by and the paths between them; `paths` is None until both ends are chosen."""

    start: PathEndChoice
    end: PathEndChoice
    without: tuple[Card, ...] = ()
    without_types: tuple[str, ...] = ()
    paths: tuple[FoundPath, ...] | None = None


def read_paths(
    backends: Backends, start: str, end: str, language: Language, *, without: Sequence[str] = (), without_types: Sequence[str] = ()
) -> PathsPage:
    """Return the paths between two actors, each given by its slug or by its name; what makes no sense in *without* is left out."""
    keys = [Key(ACTOR, asked) for asked in (start, end, *without) if is_slug(asked)]
    present = backends.graph.get(keys) if keys else {}
    page = PathsPage(
        _choose(backends, start, present, language),
        _choose(backends, end, present, language),
        tuple(card_of(present[Key(ACTOR, slug)], language) for slug in without if Key(ACTOR, slug) in present),
        tuple(type_ for type_ in COLLABORATION_TYPES if type_ in without_types),
    )
    if page.start.chosen is None or page.end.chosen is None:
        return page
    found = find_paths(
        backends,
        page.start.chosen.slug,
        page.end.chosen.slug,
        language=language,
        limit=PATHS,
        without=[card.slug for card in page.without],
        without_types=page.without_types,
    )
    return replace(page, paths=tuple(found))


def _choose(backends: Backends, asked: str, present: Mapping[Key, Node], language: Language) -> PathEndChoice:
    """Return the actor with that slug, or the only one with that very name, else those that the index finds."""
    node = present.get(Key(ACTOR, asked))
    if node is not None:
        return PathEndChoice(asked, card_of(node, language))
    if not asked:
        return PathEndChoice(asked)
    found = _search(backends, asked, language)
    named = [one for one in found if fold(asked) in {fold(name) for name in (one.name_sv, one.name_en, *one.aliases)}]
    cards = [card_of_document(one, language) for one in (named if len(named) == 1 else found)]
    return PathEndChoice(asked, cards[0]) if len(cards) == 1 else PathEndChoice(asked, others=tuple(cards))


def _search(backends: Backends, asked: str, language: Language) -> list[Document]:
    request = SearchRequest(asked, types=("actor",), limit=CHOICES, language=language)
    try:
        return [hit.document for hit in search_cluster(backends.index, request).hits]
    except Unavailable:
        return []
