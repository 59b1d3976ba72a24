"""The CSV set: which file holds which records, and what each column may hold. Import, export and forms share it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from cluster_net.domain.columns import Column
from cluster_net.domain.graph import ACTOR, CONCEPT
from cluster_net.domain.identifiers import is_organisation_number, is_pic, is_ror, is_wikidata
from cluster_net.domain.records import AccessStatement, Actor, Collaboration, Concept, Need, Offer
from cluster_net.domain.vocabulary import (
    ACCESS_MODES,
    ACCESS_TYPES,
    ACTOR_STATUSES,
    COLLABORATION_TYPES,
    CONCEPT_KINDS,
    COUNTIES,
    ENVIRONMENTS,
    INFRASTRUCTURE_KINDS,
    NEED_KINDS,
    OFFER_KINDS,
    ORGANISATION_KINDS,
    PRICE_CLASSES,
    ROLES,
    USER_GROUPS,
)

RowRecord = Actor | Concept | Need | Offer | AccessStatement | Collaboration
One_co = TypeVar("One_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Table(Generic[One_co]):
    """One CSV file: which records its rows are, and what its columns hold."""

    file: str
    record: type[One_co]
    columns: tuple[Column, ...]
    names: tuple[str, str] = ("", "")  # two columns of which at least one must be filled

    def column(self, name: str) -> Column | None:
        """Return the column of that name, if there is one."""
        return next((column for column in self.columns if column.name == name), None)


LONG = 5000
QUALITY = ("GMP", "non-GMP", "GLP", "GCP", "ISO 9001", "ISO 13485", "ISO 15189", "ISO 17025", "JACIE")
_ID = Column("id", "slug", required=True)
_SOURCE = (
    Column("source_url", "source", required=True, limit=2000),
    Column("source_title", required=True, limit=1000),
    Column("source_date", "date"),
)
_CHECKED = Column("checked", "yesno", required=True)
_FICTIONAL = Column("fictional", "yesno")
_TEXTS = tuple(Column(name, limit=LONG) for name in ("description_sv", "description_en"))
_PLACE = (Column("city", "words"), Column("county", "choices", choices=COUNTIES), Column("country", limit=2))
_IDENTIFIERS = (
    Column("ror", check=is_ror),
    Column("wikidata", check=is_wikidata),
    Column("org_number", check=is_organisation_number),
    Column("pic", check=is_pic),
)
_ACCESS = (
    Column("environment", "choices", choices=ENVIRONMENTS),
    Column("access_types", "choices", choices=ACCESS_TYPES),
    Column("access_modes", "choices", choices=ACCESS_MODES),
    Column("user_groups", "choices", choices=USER_GROUPS),
    Column("quality", "choices", choices=QUALITY),
)
_ABOUT_ACTOR = (
    Column("name_sv"),
    Column("name_en"),
    Column("acronym", limit=40),
    Column("aliases", "words"),
    *_IDENTIFIERS,
    Column("website", "url", limit=2000),
    *_PLACE,
    Column("status", "choice", choices=ACTOR_STATUSES),
    Column("founded", "integer", low=800, high=2100),
    Column("roles", "choices", choices=ROLES),
    Column("capabilities", "slugs", refers=CONCEPT),
    *_TEXTS,
    *_SOURCE,
    _CHECKED,
    _FICTIONAL,
)
_TITLES = (
    Column("title_sv"),
    Column("title_en"),
    Column("text_sv", limit=LONG),
    Column("text_en", limit=LONG),
    Column("concepts", "slugs", refers=CONCEPT),
)
_MONEY = (Column("amount_max", "integer"), Column("currency", "choice", choices=("SEK", "EUR", "USD")), Column("deadline", "date"))


def _trl(name: str) -> Column:
    return Column(name, "integer", low=1, high=9)


TABLES: tuple[Table[RowRecord], ...] = (
    Table(
        "concepts.csv",
        Concept,
        (
            _ID,
            Column("pref_sv"),
            Column("pref_en"),
            Column("alt_sv", "words"),
            Column("alt_en", "words"),
            Column("broader", "slugs", refers=CONCEPT),
            Column("kind", "choice", required=True, choices=CONCEPT_KINDS),
        ),
        ("pref_sv", "pref_en"),
    ),
    Table(
        "actors.csv",
        Actor,
        (_ID, Column("kind", "choice", required=True, choices=ORGANISATION_KINDS), *_ABOUT_ACTOR),
        ("name_sv", "name_en"),
    ),
    Table(
        "infrastructures.csv",
        Actor,
        (
            _ID,
            Column("kind", "choice", required=True, choices=INFRASTRUCTURE_KINDS),
            *_ABOUT_ACTOR,
            Column("part_of", "slugs", refers=ACTOR),
            Column("operated_by", "slugs", refers=ACTOR),
            *_ACCESS,
        ),
        ("name_sv", "name_en"),
    ),
    Table(
        "access.csv",
        AccessStatement,
        (
            Column("id", "slug", required=True, field="actor_id", refers=ACTOR),
            *_ACCESS,
            Column("price_class", "choice", choices=PRICE_CLASSES),
            Column("price_note_sv", limit=LONG),
            Column("price_note_en", limit=LONG),
            Column("lead_time_note_sv", limit=LONG),
            Column("lead_time_note_en", limit=LONG),
            Column("lead_days", "integer", low=0, high=3650),
            Column("how_to_apply_url", "url", limit=2000),
            Column("how_to_apply_sv", limit=LONG),
            Column("how_to_apply_en", limit=LONG),
            _trl("trl_in"),
            _trl("trl_out"),
            Column("about_sv", limit=LONG),
            Column("about_en", limit=LONG),
            *_SOURCE,
            _CHECKED,
        ),
    ),
    Table(
        "needs.csv",
        Need,
        (
            _ID,
            Column("owner_id", "slug", required=True, refers=ACTOR),
            Column("co_owner_ids", "slugs", refers=ACTOR),
            Column("kind", "choice", required=True, choices=NEED_KINDS),
            *_TITLES,
            Column("partner_roles", "choices", choices=ROLES),
            Column("wished_roles", "choices", choices=ROLES),
            _trl("stage_from"),
            _trl("stage_to"),
            Column("place", "choices", choices=COUNTIES),
            *_MONEY,
            *_SOURCE,
            Column("source_section"),
            _CHECKED,
            _FICTIONAL,
        ),
        ("title_sv", "title_en"),
    ),
    Table(
        "offers.csv",
        Offer,
        (
            _ID,
            Column("owner_id", "slug", required=True, refers=ACTOR),
            Column("kind", "choice", required=True, choices=OFFER_KINDS),
            *_TITLES,
            Column("for_roles", "choices", choices=ROLES),
            Column("for_note_sv", limit=300),
            Column("for_note_en", limit=300),
            _trl("trl_in"),
            _trl("trl_out"),
            Column("amount_min", "integer"),
            *_MONEY,
            Column("opens", "date"),
            Column("how_to_apply_url", "url", limit=2000),
            *_SOURCE,
            _CHECKED,
            _FICTIONAL,
        ),
        ("title_sv", "title_en"),
    ),
    Table(
        "collaborations.csv",
        Collaboration,
        (
            Column("from_id", "slug", required=True, refers=ACTOR),
            Column("type", "choice", required=True, choices=COLLABORATION_TYPES),
            Column("to_id", "slug", required=True, refers=ACTOR),
            Column("label_en", limit=1000),
            Column("label_sv", limit=1000),
            Column("start_year", "integer", low=1000, high=2200),
            Column("end_year", "integer", low=1000, high=2200),
            *_SOURCE,
            Column("confidence", "decimal", required=True, low=0.01, high=1),
        ),
        ("label_en", "label_sv"),
    ),
)
