"""The records of the directory and the graph they make: each becomes one node and the links that follow from its fields."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields

from cluster_net.domain.graph import ACCESS_STATEMENT, ACTOR, CONCEPT, IMPORT, NEED, OFFER, Key, Link, Value
from cluster_net.domain.vocabulary import INFRASTRUCTURE_KINDS, Language, Words

OLDEST_VERIFIED = "2020"  # a page read that is older than this is shown as not verified


def digest(*parts: str) -> str:
    """Return ten characters that name *parts*, the same on every machine."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:10]


def filled(record: object, leave_out: tuple[str, ...]) -> dict[str, Value]:
    """Return the fields of *record* that hold something."""
    names = [field.name for field in fields(record) if field.name not in leave_out]  # type: ignore[arg-type]
    held = {name: getattr(record, name) for name in names}
    return {name: value for name, value in held.items() if value is not None and value not in ("", ())}


def _structure(link_type: str, start: Key, end: Key) -> Link:
    return Link(f"{start.label}.{start.id}.{link_type}.{end.id}", link_type, start, end, {})


def _stated(link_type: str, start: Key, end: Key, properties: Mapping[str, Value]) -> Link:
    return Link(f"{start.id}.{link_type}.{end.id}.record", link_type, start, end, properties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Where a fact was read. `checked`: every cell was seen in the source. `source_date` is a year, month or day."""

    source_url: str = ""
    source_title: str = ""
    source_date: str = ""
    checked: bool = False

    @property
    def verified(self) -> bool:
        """Tell whether the fact may be shown without "not verified"."""
        return self.checked and (not self.source_date or self.source_date >= OLDEST_VERIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Sourced):
    """Whoever or whatever takes part and has a public page; the fields after `founded` are for infrastructures and testbeds."""

    id: str
    kind: str
    name_sv: str = ""
    name_en: str = ""
    acronym: str = ""
    aliases: tuple[str, ...] = ()
    ror: str = ""
    wikidata: str = ""
    org_number: str = ""
    pic: str = ""
    website: str = ""
    city: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    country: str = ""
    status: str = ""
    founded: int | None = None
    roles: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    operated_by: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    access_types: tuple[str, ...] = ()
    access_modes: tuple[str, ...] = ()
    user_groups: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    description_sv: str = ""
    description_en: str = ""
    fictional: bool = False

    @property
    def key(self) -> Key:
        """Return the key of its node."""
        return Key(ACTOR, self.id)

    @property
    def is_infrastructure(self) -> bool:
        """Tell whether the kind is one of the research infrastructures and testbeds."""
        return self.kind in INFRASTRUCTURE_KINDS

    def name(self, language: Language) -> str:
        """Return the name in *language*, else in the other one."""
        return Words(self.name_sv, self.name_en).spoken(language)[0]

    def links(self) -> tuple[Link, ...]:
        """Return the ties that the record itself states, each with the record's own source."""
        stated: dict[str, Value] = {"stated_by": self.id, "source_title": self.source_title, "confidence": 0.9 if self.checked else 0.5}
        stated |= {name: value for name in ("source_url", "source_date") if (value := getattr(self, name))}
        return (
            *(_structure("HAS_CAPABILITY", self.key, Key(CONCEPT, concept)) for concept in self.capabilities),
            *(_stated("PART_OF", self.key, Key(ACTOR, whole), stated) for whole in self.part_of),
            *(_stated("OPERATES", Key(ACTOR, operator), self.key, stated) for operator in self.operated_by),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A word of the bilingual vocabulary; `broader` names the wider ones."""

    id: str
    kind: str
    pref_sv: str = ""
    pref_en: str = ""
    alt_sv: tuple[str, ...] = ()
    alt_en: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """Return the key of its node."""
        return Key(CONCEPT, self.id)

    def name(self, language: Language) -> str:
        """Return the preferred label in *language*, else in the other one."""
        return Words(self.pref_sv, self.pref_en).spoken(language)[0]

    def links(self) -> tuple[Link, ...]:
        """Return the links to the broader concepts."""
        return tuple(_structure("BROADER", self.key, Key(CONCEPT, wider)) for wider in self.broader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Sourced):
    """What a need and an offer have in common; amounts are in `currency`."""

    id: str
    kind: str
    owner_id: str = ""
    title_sv: str = ""
    title_en: str = ""
    text_sv: str = ""
    text_en: str = ""
    concepts: tuple[str, ...] = ()
    amount_max: int | None = None
    currency: str = ""
    deadline: str = ""
    fictional: bool = False

    def name(self, language: Language) -> str:
        """Return the title in *language*, else in the other one."""
        return Words(self.title_sv, self.title_en).spoken(language)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Proposal):
    """What a body seeks; `partner_roles` says from whom, one of them a must, `wished_roles` from whom rather."""

    co_owner_ids: tuple[str, ...] = ()
    partner_roles: tuple[str, ...] = ()
    wished_roles: tuple[str, ...] = ()
    stage_from: int | None = None
    stage_to: int | None = None
    place: tuple[str, ...] = ()
    source_section: str = ""

    @property
    def key(self) -> Key:
        """Return the key of its node."""
        return Key(NEED, self.id)

    def links(self) -> tuple[Link, ...]:
        """Return the links from the owners and to the concepts."""
        owners = dict.fromkeys((self.owner_id, *self.co_owner_ids))
        return (
            *(_structure("SEEKS", Key(ACTOR, owner), self.key) for owner in owners),
            *(_structure("ABOUT", self.key, Key(CONCEPT, concept)) for concept in self.concepts),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Proposal):
    """What a body provides: a call, an instrument, a service, a site; `for_roles` says to whom, `for_note` who of these alone."""

    for_roles: tuple[str, ...] = ()
    for_note_sv: str = ""
    for_note_en: str = ""
    trl_in: int | None = None
    trl_out: int | None = None
    amount_min: int | None = None
    opens: str = ""
    how_to_apply_url: str = ""

    @property
    def key(self) -> Key:
        """Return the key of its node."""
        return Key(OFFER, self.id)

    def links(self) -> tuple[Link, ...]:
        """Return the links from the owner and to the concepts."""
        return (
            _structure("PROVIDES", Key(ACTOR, self.owner_id), self.key),
            *(_structure("ABOUT", self.key, Key(CONCEPT, concept)) for concept in self.concepts),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessStatement(Sourced):
    """What one source says about using an infrastructure or testbed. An empty field was not stated, which is not a no.

    `lead_days` is the longest time from a complete application to delivery that the source states, in days.
    """

    actor_id: str
    access_types: tuple[str, ...] = ()
    access_modes: tuple[str, ...] = ()
    user_groups: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    price_class: str = ""
    price_note_sv: str = ""
    price_note_en: str = ""
    lead_time_note_sv: str = ""
    lead_time_note_en: str = ""
    lead_days: int | None = None
    how_to_apply_url: str = ""
    how_to_apply_sv: str = ""
    how_to_apply_en: str = ""
    trl_in: int | None = None
    trl_out: int | None = None
    about_sv: str = ""
    about_en: str = ""

    @property
    def id(self) -> str:
        """Name the statement by its actor and its source: a body has at most one statement a source."""
        return f"{self.actor_id}.{digest(self.source_url)}"

    @property
    def kind(self) -> str:
        """Return the one kind there is."""
        return "access-statement"

    @property
    def key(self) -> Key:
        """Return the key of its node."""
        return Key(ACCESS_STATEMENT, self.id)

    def name(self, language: Language) -> str:  # noqa: ARG002
        """Return the title of the source."""
        return self.source_title

    def links(self) -> tuple[Link, ...]:
        """Return the link to the actor described."""
        return (_structure("DESCRIBES", self.key, Key(ACTOR, self.actor_id)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One intake of files: what was read, when, by whom, and what it changed."""

    id: str
    kind: str = "import"
    files: tuple[str, ...] = ()
    checksum: str = ""
    at: str = ""
    author: str = ""
    added: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def key(self) -> Key:
        """Return the key of its node."""
        return Key(IMPORT, self.id)

    def name(self, language: Language) -> str:  # noqa: ARG002
        """Return the names of the files."""
        return ", ".join(self.files)

    def links(self) -> tuple[Link, ...]:
        """Return no link: what an import changed is told by the revisions."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration:
    """A sourced tie between two actors; direction runs from `from_id` to `to_id`. `confidence` is in (0, 1]."""

    from_id: str
    type: str
    to_id: str
    label_sv: str = ""
    label_en: str = ""
    start_year: int | None = None
    end_year: int | None = None
    source_url: str = ""
    source_title: str = ""
    source_date: str = ""
    confidence: float = 0.5

    @property
    def id(self) -> str:
        """Name the tie by its ends, its type, its start and its source."""
        return f"{self.from_id}.{self.type}.{self.to_id}.{digest(str(self.start_year or ''), self.source_url)}"

    def link(self) -> Link:
        """Return the tie as the graph holds it."""
        held = filled(self, leave_out=("from_id", "type", "to_id"))
        return Link(self.id, self.type, Key(ACTOR, self.from_id), Key(ACTOR, self.to_id), held)


Record = Actor | Concept | Need | Offer | AccessStatement | Import
