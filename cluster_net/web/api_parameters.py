"""The parameters of the interface: one table that is both what requests are read by and what is documented."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from flask import request

from cluster_net.domain.best_paths import MAX_PATH_LENGTH
from cluster_net.domain.errors import Invalid, Problem
from cluster_net.domain.search import FACET_FIELDS, NOT_STATED, SORTS, STATABLE
from cluster_net.domain.vocabulary import (
    ACCESS,
    ACTOR_KINDS,
    COLLABORATION_TYPES,
    CONCEPT_KINDS,
    COUNTIES,
    ENVIRONMENTS,
    INFRASTRUCTURE_KINDS,
    LANGUAGES,
    NEED_KINDS,
    OFFER_KINDS,
    ROLES,
    USER_GROUPS,
    Language,
)
from cluster_net.services.grouping import MAX_GROUPS
from cluster_net.services.pathfinding import MAX_PATHS
from cluster_net.services.searching import MAX_CHOICES, MAX_LIMIT, MAX_OFFSET, MAX_TEXT, TYPES, SearchRequest
from cluster_net.services.steering import CONTROLS, STEPS
from cluster_net.web.openapi_schemas import SCHEMAS

MAX_VALUE = 200
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter: its schema, what it does and an example. `many`: repeated or separated by commas."""

    name: str
    schema: Mapping[str, object]
    description: str
    example: object
    required: bool = False

    @property
    def many(self) -> bool:
        """Tell whether several values may be given."""
        return self.schema["type"] == "array"


def _filter(name: str, description: str, example: str, values: Mapping[str, object] | None = None) -> Parameter:
    known = [*(values or ()), *([NOT_STATED] if name in STATABLE else ())]
    items: Mapping[str, object] = {"type": "string", "enum": known} if values else {"type": "string", "maxLength": MAX_VALUE}
    schema = {"type": "array", "items": items, "maxItems": MAX_CHOICES}
    text = f"{description} Repeat it or separate values by commas: any of them will do."
    return Parameter(name, schema, text, [example])


def _number(name: str, least: int, most: int, default: int, description: str) -> Parameter:
    return Parameter(name, {"type": "integer", "minimum": least, "maximum": most, "default": default}, description, default)


_SLUG = {"type": "string", "pattern": r"[^\s\x1c-\x1f\x85]", "maxLength": MAX_VALUE}
_TABLE = (
    Parameter(
        "lang",
        {"type": "string", "enum": list(LANGUAGES)},
        "Language of names, labels and reasons. Without it Accept-Language decides, else Swedish.",
        "en",
    ),
    Parameter("q", {"type": "string", "maxLength": MAX_TEXT}, "Words to search for, in Swedish or English.", "sekvensering"),
    Parameter("sort", {"type": "string", "enum": list(SORTS), "default": "relevance"}, "Order of the items; unknown values last.", "name"),
    _number("limit", 1, MAX_LIMIT, 20, "How many items to return."),
    _number("offset", 0, MAX_OFFSET, 0, "How many items to pass over."),
    _filter("type", "Type of record, or of collaboration.", "actor"),
    _filter("kind", "Kind of record, such as one of an actor's.", "testbed"),
    _filter("county", "County.", "Uppsala", COUNTIES),
    _filter("concept", "Id of a concept; what has a narrower one is found too.", "genomics"),
    _filter("access", "How an infrastructure is used and on what terms.", "remote", ACCESS),
    _filter("users", "Whom an infrastructure is open to.", "industry", USER_GROUPS),
    _filter("environment", "Setting of an infrastructure or testbed.", "clinical", ENVIRONMENTS),
    _filter("quality", "Quality system, as stated.", "ISO 15189"),
    _filter("role", "Role that an actor states, or that a need or an offer asks for.", "entrepreneur", ROLES),
    _filter("verified", "Whether every fact was seen in its source.", "yes", {"yes": "", "no": ""}),
    Parameter(
        "fields",
        {"type": "array", "items": {"type": "string"}, "maxItems": MAX_CHOICES},
        "Properties to return of each record; without it all. Repeat it or separate values by commas.",
        ["name"],
    ),
    Parameter("from", _SLUG, "Slug of the actor at one end; for why also need.ID or offer.ID.", "ki", required=True),
    Parameter("to", _SLUG, "Slug of the actor at the other end; for why also need.ID or offer.ID.", "uu", required=True),
    *(_number(name, 0, STEPS, 0, f"{one.label.en}, in steps from 0. {one.sentence.en}") for name, one in CONTROLS.items()),
    Parameter("need", _SLUG, "Id of the need, also as need.ID.", "lung-cancer-early-detection", required=True),
    _number("max_length", 1, MAX_PATH_LENGTH, MAX_PATH_LENGTH, "The most ties a path may have."),
    _filter("without", "Slug of an actor that no path may lead through.", "vinnova"),
    Parameter(
        "without_type",
        {"type": "array", "items": {"type": "string", "enum": list(COLLABORATION_TYPES)}, "maxItems": MAX_CHOICES},
        "Type of tie that no path may use. Repeat it or separate values by commas.",
        ["MEMBER_OF"],
    ),
)
PARAMETERS: Mapping[str, Parameter] = {one.name: one for one in _TABLE}
_PAGE = ("lang", "limit", "offset")
_RECORDS: Mapping[str, str] = {  # operation: the schema of the records whose fields can be chosen
    "search": "SearchHit",
    **dict.fromkeys(("actors", "actor", "infrastructures"), "Actor"),
    "collaborations": "Collaboration",
    "concepts": "Concept",
    **dict.fromkeys(("needs", "need"), "Need"),
    **dict.fromkeys(("offers", "offer"), "Offer"),
}
_ACTOR_FILTERS = tuple(name for name in FACET_FIELDS if name != "type")
_PROPOSAL_FILTERS = ("kind", "county", "concept", "role", "verified")  # the county of an offer is its owner's
_FILTERS: Mapping[str, tuple[str, ...]] = {
    "search": FACET_FIELDS,
    **dict.fromkeys(("actors", "infrastructures"), _ACTOR_FILTERS),
    "concepts": ("kind", "verified"),
    **dict.fromkeys(("needs", "offers"), _PROPOSAL_FILTERS),
}
OPERATIONS: Mapping[str, tuple[str, ...]] = {
    **{name: ("q", *filters, "sort", "fields", *_PAGE) for name, filters in _FILTERS.items()},
    "actor": ("fields", "lang"),
    "collaborations": ("type", "fields", *_PAGE),
    "suggestions": (*CONTROLS, *_PAGE),
    "paths": ("from", "to", "limit", "max_length", "without", "without_type", "lang"),
    "why": ("from", "to", "lang"),
    "constellations": ("need", "limit", "lang"),
    "need": ("fields", "lang"),
    "offer": ("fields", "lang"),
    "openapi": (),
}
_VALUES: Mapping[str, Mapping[str, Iterable[str]]] = {  # of parameters whose values are others in each operation
    "type": {"search": TYPES, "collaborations": COLLABORATION_TYPES},
    "kind": {
        "search": (*ACTOR_KINDS, *CONCEPT_KINDS, *NEED_KINDS, *OFFER_KINDS),
        "actors": ACTOR_KINDS,
        "infrastructures": INFRASTRUCTURE_KINDS,
        "concepts": CONCEPT_KINDS,
        "needs": NEED_KINDS,
        "offers": OFFER_KINDS,
    },
    "fields": {operation: cast("Mapping[str, object]", SCHEMAS[name]["properties"]) for operation, name in _RECORDS.items()},
}
_DEFAULTS: Mapping[str, Mapping[str, int]] = {"suggestions": {"limit": 10}, "paths": {"limit": 3}, "constellations": {"limit": 2}}
_LIMITS: Mapping[str, int] = {"paths": MAX_PATHS, "constellations": MAX_GROUPS}


@dataclass(frozen=True, slots=True)
class Given:
    """The parameters of one request, read and checked."""

    language: Language
    texts: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def page_of(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return the rows of the page asked for."""
        start = self.numbers["offset"]
        return rows[start : start + self.numbers["limit"]]

    def only(self, shape: Mapping[str, object]) -> Mapping[str, object]:
        """Return the fields of *shape* that are asked for."""
        wanted = self.lists["fields"]
        return {name: value for name, value in shape.items() if name in wanted} if wanted else shape

    def search_request(self) -> SearchRequest:
        """Return the search that the parameters ask for."""
        return SearchRequest(
            text=self.texts.get("q", ""),
            selected={name: values for name, values in self.lists.items() if values and name in FACET_FIELDS},
            sort=self.texts.get("sort", "relevance"),
            limit=self.numbers["limit"],
            offset=self.numbers["offset"],
            language=self.language,
        )


def schema_of(parameter: Parameter, operation: str) -> dict[str, object]:
    """Return the schema of a parameter as *operation* takes it."""
    schema = dict(parameter.schema)
    if operation in _VALUES.get(parameter.name, {}):
        schema["items"] = {"type": "string", "enum": list(dict.fromkeys(_VALUES[parameter.name][operation]))}
    if parameter.name in _DEFAULTS.get(operation, {}):
        schema["default"] = _DEFAULTS[operation][parameter.name]
    if parameter.name == "limit" and operation in _LIMITS:
        schema["maximum"] = _LIMITS[operation]
    return schema


def read_parameters(operation: str) -> Given:
    """Return the parameters of the request at hand. Raises Invalid with all that is wrong with them."""
    problems: list[Problem] = []
    allowed = OPERATIONS[operation]
    known = f"Use one of: {', '.join(allowed)}." if allowed else "Leave it out."
    problems += [Problem("There is no such parameter here.", known, name) for name in request.args if name not in allowed]
    texts: dict[str, str] = {}
    numbers: dict[str, int] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for name in allowed:
        parameter, values = PARAMETERS[name], request.args.getlist(name)
        schema = schema_of(parameter, operation)
        if parameter.many:
            parts = [part.strip() for value in values for part in value.split(",")]
            lists[name] = tuple(dict.fromkeys(filter(None, parts)))
            problems += _list_problems(name, parts, lists[name], cast("Mapping[str, object]", schema["items"]))
            continue
        if len(values) > 1:
            problems.append(Problem("The parameter is given more than once.", "Give it once.", name))
        value = values[0].strip() if values else ""
        if schema["type"] == "integer":
            numbers[name] = _read_number(name, value, schema, problems)
        else:
            texts[name] = value or str(schema.get("default", ""))
            problems += _text_problems(parameter, texts[name])
    if problems:
        raise Invalid(problems)
    return Given(_language(texts.get("lang", "")), texts, numbers, lists)


def _read_number(name: str, value: str, schema: Mapping[str, object], problems: list[Problem]) -> int:
    least, most, default = (int(str(schema[bound])) for bound in ("minimum", "maximum", "default"))
    if not value:
        return default
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1
    if not least <= number <= most:
        problems.append(Problem("This is no number within bounds.", f"Give a whole number from {least} to {most}.", name))
    return number


def _text_problems(parameter: Parameter, value: str) -> list[Problem]:
    allowed, longest = parameter.schema.get("enum"), parameter.schema.get("maxLength")
    if parameter.required and not value:
        return [Problem("The parameter is missing.", parameter.description, parameter.name)]
    if value and isinstance(allowed, list) and value not in allowed:
        return [Problem("There is no such value.", f"Use one of: {', '.join(allowed)}.", parameter.name)]
    if isinstance(longest, int) and len(value) > longest:
        return [Problem("The text is too long.", f"Write at most {longest} characters.", parameter.name)]
    return []


def _list_problems(name: str, parts: list[str], values: tuple[str, ...], items: Mapping[str, object]) -> list[Problem]:
    known = cast("list[str]", items.get("enum", []))
    if known and not set(values) <= set(known):
        return [Problem("There is no such value.", f"Use one or more of: {', '.join(known)}.", name)]
    if len(parts) > MAX_CHOICES:
        return [Problem("Too many values are given.", f"Give at most {MAX_CHOICES}.", name)]
    if any(len(value) > MAX_VALUE for value in values):
        return [Problem("A value is too long.", f"Write at most {MAX_VALUE} characters.", name)]
    return []


def _language(asked: str) -> Language:
    if not asked:
        asked = request.accept_languages.best_match(LANGUAGES, "sv") if request.accept_languages else "sv"
    return "en" if asked == "en" else "sv"
