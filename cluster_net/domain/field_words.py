"""The fields of records and their values in words, for whoever reads what was changed."""

from collections.abc import Mapping

from cluster_net.domain.graph import ACTOR, CONCEPT
from cluster_net.domain.vocabulary import (
    ACCESS_MODES,
    ACCESS_TYPES,
    ACTOR_KINDS,
    ACTOR_STATUSES,
    CONCEPT_KINDS,
    COUNTIES,
    ENVIRONMENTS,
    NEED_KINDS,
    OFFER_KINDS,
    ROLES,
    USER_GROUPS,
    Language,
    Words,
)

# A field's name, without the language it is written in -> its word.
FIELD_WORDS: Mapping[str, Words] = {
    "access_modes": Words("Villkor", "Terms"),
    "access_types": Words("Sätt att använda", "How to use it"),
    "acronym": Words("Kortnamn", "Short name"),
    "aliases": Words("Andra namn", "Other names"),
    "alt": Words("Andra ord", "Other words"),
    "amount_max": Words("Högsta belopp", "Highest amount"),
    "amount_min": Words("Lägsta belopp", "Lowest amount"),
    "broader": Words("Vidare begrepp", "Broader concepts"),
    "capabilities": Words("Begrepp", "Concepts"),
    "checked": Words("Kontrollerad mot källan", "Checked against the source"),
    "city": Words("Ort", "City"),
    "co_owner_ids": Words("Delas med", "Shared with"),
    "concepts": Words("Begrepp", "Concepts"),
    "country": Words("Land", "Country"),
    "county": Words("Län", "County"),
    "currency": Words("Valuta", "Currency"),
    "deadline": Words("Sista dag", "Deadline"),
    "description": Words("Beskrivning", "Description"),
    "environment": Words("Miljö", "Environment"),
    "fictional": Words("Påhittad", "Fictional"),
    "for_note": Words("Bara för", "Only for"),
    "for_roles": Words("För vem", "For whom"),
    "founded": Words("Grundad", "Founded"),
    "how_to_apply_url": Words("Ansökan", "How to apply"),
    "kind": Words("Slag", "Kind"),
    "name": Words("Namn", "Name"),
    "opens": Words("Öppnar", "Opens"),
    "operated_by": Words("Drivs av", "Run by"),
    "org_number": Words("Organisationsnummer", "Organisation number"),
    "owner_id": Words("Ägare", "Owner"),
    "part_of": Words("Del av", "Part of"),
    "partner_roles": Words("Partner som söks", "Partner sought"),
    "pic": Words("PIC", "PIC"),
    "place": Words("Plats", "Place"),
    "pref": Words("Ord", "Word"),
    "quality": Words("Kvalitetssystem", "Quality system"),
    "roles": Words("Roller", "Roles"),
    "ror": Words("ROR", "ROR"),
    "source_date": Words("Källans datum", "Date of the source"),
    "source_section": Words("Avsnitt i källan", "Section of the source"),
    "source_title": Words("Källans titel", "Title of the source"),
    "source_url": Words("Källans adress", "Address of the source"),
    "stage_from": Words("TRL från", "TRL from"),
    "stage_to": Words("TRL till", "TRL to"),
    "status": Words("Status", "Status"),
    "text": Words("Text", "Text"),
    "title": Words("Rubrik", "Title"),
    "trl_in": Words("TRL från", "TRL from"),
    "trl_out": Words("TRL till", "TRL to"),
    "user_groups": Words("Vem får använda den", "Who may use it"),
    "website": Words("Webbplats", "Website"),
    "wikidata": Words("Wikidata", "Wikidata"),
    "wished_roles": Words("Partner som önskas", "Partner wished for"),
}
# Field -> the words of its codes.
VALUE_WORDS: Mapping[str, Mapping[str, Words]] = {
    "access_modes": ACCESS_MODES,
    "access_types": ACCESS_TYPES,
    "county": COUNTIES,
    "environment": ENVIRONMENTS,
    "for_roles": ROLES,
    "kind": {**CONCEPT_KINDS, **NEED_KINDS, **OFFER_KINDS, **ACTOR_KINDS},
    "partner_roles": ROLES,
    "place": COUNTIES,
    "roles": ROLES,
    "status": ACTOR_STATUSES,
    "user_groups": USER_GROUPS,
    "wished_roles": ROLES,
}
# Field -> the label of the records that its values name.
NAMED_RECORDS: Mapping[str, str] = {
    "broader": CONCEPT, "capabilities": CONCEPT, "concepts": CONCEPT,
    "co_owner_ids": ACTOR, "operated_by": ACTOR, "owner_id": ACTOR, "part_of": ACTOR,
}  # fmt: skip
_LANGUAGES: Mapping[str, Words] = {"sv": Words("svenska", "Swedish"), "en": Words("engelska", "English")}
_TRUTH: Mapping[bool, Words] = {True: Words("ja", "yes"), False: Words("nej", "no")}


def field_word(name: str, language: Language) -> str:
    """Return the word of a field, with the language it is written in where there are two; the name itself when it has none."""
    stem, _, written = name.rpartition("_")
    if written in _LANGUAGES and stem in FIELD_WORDS:
        return f"{FIELD_WORDS[stem].in_language(language)} ({_LANGUAGES[written].in_language(language)})"
    words = FIELD_WORDS.get(name)
    return words.in_language(language) if words else name


def value_word(field: str, value: str | float | bool, language: Language) -> str:
    """Return one value of a field in words; a code that has none, and any text, as it is."""
    if isinstance(value, bool):
        return _TRUTH[value].in_language(language)
    words = VALUE_WORDS.get(field, {}).get(str(value))
    return words.in_language(language) if words else str(value)
