"""The schemas of the interface's answers (JSON Schema 2020-12).

Every property named is always there, but in records of which `fields` asks for some.
"""

from collections.abc import Mapping

from cluster_net.domain.matching.eligibility import FILTERS
from cluster_net.domain.matching.fit import CONDITIONS, VALUES
from cluster_net.domain.suggestion_words import TERM_WORDS
from cluster_net.domain.vocabulary import ACCESS, ACTOR_KINDS, COLLABORATION_TYPES, CONCEPT_KINDS, NEED_KINDS, OFFER_KINDS, ROLES

Json = Mapping[str, object]
TEXT: Json = {"type": "string"}
MAYBE_TEXT: Json = {"type": ["string", "null"]}
NUMBER: Json = {"type": "number"}
MAYBE_WHOLE: Json = {"type": ["integer", "null"]}
FLAG: Json = {"type": "boolean"}
TEXTS: Json = {"type": "array", "items": TEXT}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _many(name: str) -> Json:
    return {"type": "array", "items": _ref(name)}


def _object(properties: Mapping[str, Json], optional: tuple[str, ...] = (), **rest: object) -> Json:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, **rest}


def _record(properties: Mapping[str, Json]) -> Json:
    """Return the schema of a record that `fields` may cut down to some of its properties."""
    return _object(properties, optional=tuple(properties), description="Every property is there unless `fields` asks for some of them.")


def _one_of(words: Mapping[str, object]) -> Json:
    return {"type": "string", "enum": list(words)}


def _list(name: str, **more: Json) -> Json:
    return _object({"items": _many(name), "total": {"type": "integer", "minimum": 0}, "facets": _ref("Facets"), "missing": TEXTS, **more})


def _maybe(name: str) -> Json:
    return {"oneOf": [_ref(name), {"type": "null"}]}


_SHARED: Mapping[str, Json] = {
    "concepts": _many("Named"),
    "source": _ref("Source"),
    "verified": {**FLAG, "description": "Every fact was seen in the source, and not too long ago."},
    "fictional": {**FLAG, "description": "Made up for the demo."},
}
_PLACE = _object({"city": TEXTS, "county": TEXTS, "country": {**MAYBE_TEXT, "description": "ISO 3166-1 alpha-2."}})
_PROPOSAL: Mapping[str, Json] = {
    "id": TEXT,
    "title": TEXT,
    "text": MAYBE_TEXT,
    "owner": _maybe("End"),
    "roles": {**TEXTS, "description": "Roles sought by a need, or that an offer is for."},
    "deadline": {**MAYBE_TEXT, "description": "A year, month or day, ISO 8601."},
    "open": {**FLAG, "description": "The deadline, if any, is still to come."},
    "stage_from": {**MAYBE_WHOLE, "description": "Technology readiness level, 1-9."},
    "stage_to": MAYBE_WHOLE,
    "amount_max": MAYBE_WHOLE,
    "currency": MAYBE_TEXT,
    **_SHARED,
}
_ACTOR: Mapping[str, Json] = {
    "slug": TEXT,
    "kind": _one_of(ACTOR_KINDS),
    "name": TEXT,
    "description": MAYBE_TEXT,
    "place": _PLACE,
    "website": MAYBE_TEXT,
    "identifiers": _object(dict.fromkeys(("ror", "wikidata", "org_number", "pic"), MAYBE_TEXT)),
    **_SHARED,
    "acronym": MAYBE_TEXT,
    "aliases": TEXTS,
    "roles": {**TEXTS, "description": "Roles that the actor itself states."},
    "founded": MAYBE_WHOLE,
    "status": MAYBE_TEXT,
    "part_of": TEXTS,
    "operated_by": TEXTS,
    "access": {"type": "array", "items": _one_of(ACCESS)},
    "users": TEXTS,
    "environment": TEXTS,
    "quality": TEXTS,
    "access_statements": {**_many("AccessStatement"), "description": "Told for one actor only; empty in lists."},
}
_COLLABORATION: Mapping[str, Json] = {
    "id": TEXT,
    "from": _ref("End"),
    "to": _ref("End"),
    "type": _one_of(COLLABORATION_TYPES),
    "label": {**TEXT, "description": "What it is about, else the word of its type."},
    "since": {**MAYBE_WHOLE, "description": "First year."},
    "until": {**MAYBE_WHOLE, "description": "Last year."},
    "status": {
        "type": "string",
        "enum": ["ongoing", "ended", "unknown"],
        "description": "By the last year; ongoing too when only the first year is known.",
    },
    "source": _ref("Source"),
    "confidence": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
}
_STEP = _object(
    {
        "from": _ref("End"),
        "to": _ref("End"),
        "type": _one_of(COLLABORATION_TYPES),
        "words": {**TEXT, "description": "As read in the direction of the step."},
        "since": MAYBE_WHOLE,
        "until": MAYBE_WHOLE,
        "source": _ref("Source"),
        "confidence": NUMBER,
        "worth": {
            **_object({"kind": NUMBER, "confidence": NUMBER, "age": NUMBER}),
            "description": "What the step is worth; a path's strength is the product of its steps' parts and of 0.5 for each step.",
        },
    }
)
_PATH_ACTOR = _object({"slug": TEXT, "name": TEXT, "kind": _one_of(ACTOR_KINDS), "fictional": FLAG})
_FACT = _object(
    {
        "type": {
            "type": "string",
            "enum": ["actor", "concept", "field", "offered", "by_units", "they_have", "you_have", "need", "county", "condition", "word"],
            "description": "A concept of both, of what is said (field), an offer (offered), units (by_units) or the need of the other.",
        },
        "slug": TEXT,
        "name": TEXT,
        "share": {**NUMBER, "description": "Its part of the contribution; at most three facts are told, so the parts may sum to less."},
    }
)
_TERM = _object(
    {
        "name": {"type": "string", "enum": list(TERM_WORDS)},
        "weight": {"type": "number", "minimum": -1, "maximum": 1, "description": "Below 0 for a deduction."},
        "value": {"type": "number", "minimum": 0, "maximum": 1},
        "contribution": {**NUMBER, "description": "weight x value"},
        "facts": _many("Fact"),
    }
)
_CONDITION = _object(
    {
        "name": {"type": "string", "enum": CONDITIONS},
        "state": {"type": "string", "enum": list(VALUES), "description": "unknown: nobody states it, which is not a no"},
        "must": {**FLAG, "description": "A wish that is missed excludes nobody."},
        "asked": TEXT,
        "held": {**MAYBE_TEXT, "description": "What is there, as far as anybody says."},
        "source": {"anyOf": [_ref("Source"), {"type": "null"}]},
    }
)
_PROPOSED = _object({"id": TEXT, "title": TEXT, "kind": TEXT, "fictional": FLAG, "owner": _ref("End")})
_SUGGESTION = _object(
    {
        "actor": _object({"slug": TEXT, "name": TEXT, "kind": _one_of(ACTOR_KINDS), "fictional": FLAG}),
        "offer": _PROPOSED,
        "need": _PROPOSED,
        "score": {"type": "number", "maximum": 1},
        "band": {
            "type": "string",
            "enum": ["strong", "good", "possible"],
            "description": "strong from a score of 0.50, good from 0.30; where shares are known from a share of 0.50 and 0.25; "
            "possible where a must is missed",
        },
        "share": {
            "type": ["number", "null"],
            "minimum": 0,
            "maximum": 1,
            "description": "Part of those with such a score that was accepted, as far as was decided; null where too little was.",
        },
        "reason": {**TEXT, "description": "One sentence in the language asked for."},
        "terms": _many("Term"),
        "conditions": _many("Condition"),
    },
    optional=("actor", "offer", "need"),
    oneOf=[{"required": ["actor"]}, {"required": ["offer"]}, {"required": ["need"]}],
)
_WHY = _object(
    {
        "from": TEXT,
        "to": TEXT,
        "state": {"type": "string", "enum": ["suggested", "filtered", "silent", "behind"]},
        "sentence": TEXT,
        "rank": {**MAYBE_WHOLE, "description": "Its place in the list, when it is suggested."},
        "filter": {**MAYBE_TEXT, "description": f"The first filter that fails: {', '.join(FILTERS)}."},
        "deficit": {"anyOf": [_object({"term": TEXT, "own": NUMBER, "last": NUMBER}), {"type": "null"}]},
        "suggestion": _ref("Suggestion"),
    }
)
_GROUP = _object(
    {
        "owners": _many("End"),
        "seats": {
            "type": "array",
            "items": _object({"role": _one_of(ROLES), "knows": _many("End"), "suggestion": _ref("Suggestion")}),
            "description": "At most one for each of entrepreneur, company, testbed and funder.",
        },
        "empty": {"type": "array", "items": TEXT, "description": "Roles that nobody known fits, or nobody else."},
        "taken": {"type": "array", "items": TEXT, "description": "Those of the empty ones that all who fit hold in the groups before."},
        "own": {"type": "array", "items": TEXT, "description": "Roles that an owner holds itself, for which there is no seat."},
    }
)
_HIT: Mapping[str, Json] = {
    "type": {"type": "string", "enum": ["actor", "concept", "need", "offer"]},
    "id": TEXT,
    "slug": {**TEXT, "description": "The same as id."},
    "kind": TEXT,
    "name": TEXT,
    "description": MAYBE_TEXT,
    "snippet": {**MAYBE_TEXT, "description": "The part of its text where words matched."},
    "place": _PLACE,
    "concepts": _many("Named"),
    "access": TEXTS,
    "roles": TEXTS,
    "owner": _maybe("End"),
    "deadline": MAYBE_TEXT,
    "verified": FLAG,
    "fictional": FLAG,
}
_STATEMENT: Mapping[str, Json] = {
    **dict.fromkeys(("access", "users", "environment", "quality"), TEXTS),
    **dict.fromkeys(("price_class", "price_note", "lead_time", "how_to_apply", "how_to_apply_url"), MAYBE_TEXT),
    "trl_in": MAYBE_WHOLE,
    "trl_out": MAYBE_WHOLE,
    "source": _ref("Source"),
    "verified": FLAG,
}
_END_EXAMPLE = {"slug": "ki", "name": "Karolinska Institutet"}
SCHEMAS: Mapping[str, Json] = {
    "Actor": _record(_ACTOR),
    "AccessStatement": _object(_STATEMENT, description="What one source says about using an infrastructure; what it leaves out is no no."),
    "Collaboration": _record(_COLLABORATION),
    "Concept": _record(
        {
            "id": TEXT,
            "kind": _one_of(CONCEPT_KINDS),
            "name": TEXT,
            "labels": _object({"sv": MAYBE_TEXT, "en": MAYBE_TEXT}),
            "alternatives": _object({"sv": TEXTS, "en": TEXTS}),
            "broader": _many("Named"),
        }
    ),
    "Need": _record({**_PROPOSAL, "kind": _one_of(NEED_KINDS), "co_owners": TEXTS, "place": TEXTS}),
    "Offer": _record(
        {
            **_PROPOSAL,
            "kind": _one_of(OFFER_KINDS),
            "for_note": {"description": "Who alone of those it is for.", "anyOf": [TEXT, {"type": "null"}]},
            "amount_min": MAYBE_WHOLE,
            "opens": MAYBE_TEXT,
            "how_to_apply_url": MAYBE_TEXT,
        }
    ),
    "SearchHit": _record(_HIT),
    "Suggestion": _SUGGESTION,
    "Term": _TERM,
    "Condition": _CONDITION,
    "Why": _WHY,
    "Group": _GROUP,
    "Fact": _FACT,
    "Path": _object(
        {
            "length": {"type": "integer"},
            "strength": {**NUMBER, "description": "In (0, 1]; orders the paths and is no probability."},
            "reason": {**TEXT, "description": "Why it stands where it does."},
            "actors": {"type": "array", "items": _PATH_ACTOR},
            "steps": _many("Step"),
        }
    ),
    "Step": _STEP,
    "PathActor": _PATH_ACTOR,
    "End": _object({"slug": TEXT, "name": TEXT}, examples=[_END_EXAMPLE]),
    "Named": _object({"id": TEXT, "name": TEXT}, examples=[{"id": "genomics", "name": "Genomics"}]),
    "Source": _object(
        {"url": {**MAYBE_TEXT, "description": "An address, or the reference of a document."}, "title": MAYBE_TEXT, "date": MAYBE_TEXT},
        examples=[{"url": "https://ror.org/056d84691", "title": "ROR record", "date": None}],
    ),
    "Facets": {
        "type": "object",
        "additionalProperties": {"type": "array", "items": _object({"value": TEXT, "label": TEXT, "count": {"type": "integer"}})},
        "examples": [{"kind": [{"value": "testbed", "label": "testbed", "count": 8}]}],
    },
    "Problem": _object(
        {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "instance": TEXT,
            "problems": {"type": "array", "items": _object({"field": TEXT, "message": TEXT, "mend": TEXT})},
        },
        optional=("problems",),
    ),
    "SearchList": _list("SearchHit"),
    "ActorList": _list("Actor"),
    "CollaborationList": _list("Collaboration"),
    "ConceptList": _list("Concept"),
    "NeedList": _list("Need"),
    "OfferList": _list("Offer"),
    "SuggestionList": _list("Suggestion"),
    "GroupList": _list("Group"),
    "PathList": _list("Path", **{"from": _ref("PathActor"), "to": _ref("PathActor")}),
}
