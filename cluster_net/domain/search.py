"""What the search index holds, what it is asked and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cluster_net.domain.filters import Filter
from cluster_net.domain.graph import Key
from cluster_net.domain.vocabulary import Language

MARK_START, MARK_END = "\ue000", "\ue001"  # private-use characters; templates turn them into <mark> after escaping
FACET_FIELDS = ("type", "kind", "county", "concept", "access", "users", "environment", "quality", "role", "verified")
STATABLE = ("county", "users", "access", "environment", "quality")  # facets of which a list tells how many do not state them
NOT_STATED = "not-stated"  # the value of such a facet that finds those
FILTER_FIELDS = (*FACET_FIELDS, "unstated", "slug", "owner", "trl", "deadline", "updated", "visibility", "fictional", "country")
SORTS = ("relevance", "name", "-updated", "deadline")


@dataclass(frozen=True, slots=True)
class Document:
    """One searchable thing. Lists are tuples; an absent fact is "", () or None.

    `id` is unique over all types and made of [A-Za-z0-9_-]: see `document_id`.
    `type` is actor, concept, need or offer; `slug` its public id; `kind` a kind of that type.
    `concept` has the broader concepts too, `stated` only those that somebody gave; `unstated` names what it could state of
    STATABLE and does not.
    `sort_sv`/`sort_en` come from `text.sort_key`. `trl` is the highest readiness served or stated (1-9).
    `deadline` and `updated` are ISO 8601 text. `visibility` is "public" for all the public may see.
    """

    id: str
    type: str
    slug: str
    kind: str = ""
    name_sv: str = ""
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()  # labels of its concepts, both languages, with their alternatives
    text_sv: str = ""
    text_en: str = ""
    city: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    country: str = ""
    concept: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    access: tuple[str, ...] = ()  # access types and modes together
    users: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    owner: str = ""
    trl: int | None = None
    deadline: str = ""
    updated: str = ""
    verified: str = "no"  # "yes" or "no", so that it can be a facet
    fictional: str = "no"
    visibility: str = "public"
    sort_sv: str = ""
    sort_en: str = ""

    @property
    def key(self) -> Key:
        """The key of the record that it was made of."""
        return Key(self.type.capitalize(), self.slug)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A question to the index.

    Text is free and may be empty (all pass, sorted by name). `facets` names fields to count among the hits.
    `sort` is one of SORTS; missing values come last.
    """

    text: str = ""
    where: Filter | None = None
    facets: tuple[str, ...] = ()
    sort: str = "relevance"
    limit: int = 20
    offset: int = 0
    language: Language = "sv"


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found.

    `marked` holds name_sv, name_en, text_sv, text_en and the first matching alias or tag ("also") where words matched,
    with MARK_START and MARK_END around them; text fields are cropped to some 240 characters.
    """

    document: Document
    marked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits of one page, the exact number of all hits, and facet counts {field: {value: count}} over all of them."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def document_id(label: str, slug: str) -> str:
    """Return the index id of a record: "actor-ki"."""
    return f"{label.lower()}-{slug}"
