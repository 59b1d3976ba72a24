"""The description of the interface in OpenAPI 3.1, made from the tables that the interface itself works by."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import cast

from cluster_net import __version__
from cluster_net.web.api_parameters import OPERATIONS, PARAMETERS, schema_of
from cluster_net.web.licences import licence_words
from cluster_net.web.openapi_schemas import SCHEMAS

Json = dict[str, object]
_SUMMARIES: Mapping[str, tuple[str, str, str]] = {
    # address: (operation, schema of the answer, what it does)
    "/search": ("search", "SearchList", "Search actors, concepts, needs and offers."),
    "/actors": ("actors", "ActorList", "List actors."),
    "/actors/{slug}": ("actor", "Actor", "Read one actor."),
    "/actors/{slug}/collaborations": ("collaborations", "CollaborationList", "List the collaborations of an actor, by type."),
    "/actors/{slug}/suggestions": ("suggestions", "SuggestionList", "Suggest partners that an actor does not yet work with."),
    "/paths": ("paths", "PathList", "Find the strongest paths between two actors, by kind of tie, confidence and age."),
    "/concepts": ("concepts", "ConceptList", "List concepts."),
    "/infrastructures": ("infrastructures", "ActorList", "List research infrastructures and testbeds."),
    "/needs": ("needs", "NeedList", "List needs."),
    "/needs/{id}": ("need", "Need", "Read one need."),
    "/needs/{id}/suggestions": (
        "suggestions",
        "SuggestionList",
        "Suggest actors and offers for a need; none once it has closed.",
    ),
    "/offers": ("offers", "OfferList", "List offers: calls, funding instruments, services."),
    "/offers/{id}": ("offer", "Offer", "Read one offer."),
    "/offers/{id}/suggestions": ("suggestions", "SuggestionList", "Suggest actors and needs for an offer; none once it has closed."),
    "/why": ("why", "Why", "Tell why one is or is not suggested to another: the first filter that fails, else the term it lacks most."),
    "/constellations": ("constellations", "GroupList", "Suggest groups around a need: entrepreneur, company, testbed and funder."),
    "/openapi.json": ("openapi", "", "Read this description."),
}
_EXAMPLES = {"/actors/{slug}": "ki", "/needs/{id}": "testbeds-precision-medicine", "/offers/{id}": "socialstyrelsen-data-for-forskning"}
# Real answers, made by scripts/api_examples: address -> answer.
_ANSWERS: Mapping[str, object] = {
    **json.loads((Path(__file__).parent / "api_examples.json").read_text("utf-8")),
    "/openapi.json": {"openapi": "3.1.0", "info": {"title": "cluster-net"}, "paths": {}},
}
_ABOUT = """Read-only, without key or registration. An unknown fact is null, an empty list is [].

Answers carry an ETag; send it back as If-None-Match. A list names its neighbouring pages in the Link header (first, prev, next, last).
`fields` chooses the properties of records. Each client may send so many requests a minute as RateLimit-Limit says; RateLimit-Remaining
tells how many are left, and after a 429 wait for the seconds in Retry-After. To take everything, use the files at /data instead.

Every collaboration has a source and a confidence: 1.0 official register or a copy of it, 0.9 the body's own page or a public
document, 0.7 two sources, 0.5 one public source, 0.3 inferred. `verified` says whether every fact was seen in the source.
`fictional` marks what was made up for the demo.
A list names in `missing` the part of the site (store, index) that did not answer and whose facts are left out.
Scores of suggestions are no probabilities; the contributions of the terms sum to the score."""
_ERRORS: Mapping[str, str] = {
    "400": "A parameter is unknown or wrong; `problems` names each with its mend.",
    "404": "There is no such record.",
    "405": "The address is only for reading.",
    "410": "The record has been removed.",
    "429": "Too many requests in a short time; `Retry-After` tells when to come back.",
    "500": "Something went wrong on the server.",
    "503": "The store or the index does not answer.",
}


_HEADERS: Mapping[str, tuple[str, Json]] = {
    "ETag": ("Names this very answer.", {"type": "string"}),
    "Link": ("The neighbouring pages: first, prev, next, last (RFC 8288).", {"type": "string"}),
    "RateLimit-Limit": ("Requests that a client may send in a minute.", {"type": "integer"}),
    "RateLimit-Remaining": ("Requests that are left.", {"type": "integer"}),
    "RateLimit-Reset": ("Seconds until all of them may be sent again.", {"type": "integer"}),
    "Retry-After": ("Seconds to wait.", {"type": "integer"}),
}
_VARIED = frozenset({"limit", "fields", "type", "kind"})  # parameters that are not the same for every operation
_ALWAYS = ("400", "405", "429", "500", "503")
_RATE = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


def description(licence: str = "https://creativecommons.org/licenses/by/4.0/") -> Json:
    """Return the whole description; *licence* is the address of the data's."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "cluster-net",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": licence_words(licence).en, "url": licence},
        },
        "externalDocs": {"description": "The same for people, and the data as files.", "url": "/en/data/api"},
        "servers": [{"url": "/api/v1"}],
        "paths": {path: {"get": _operation(path, *summary)} for path, summary in _SUMMARIES.items()},
        "components": {
            "schemas": SCHEMAS,
            "parameters": {name: _parameter(name, "") for name in PARAMETERS if name not in _VARIED},
            "responses": {f"Problem{status}": _problem(int(status), text) for status, text in _ERRORS.items()},
            "headers": {name: {"description": text, "schema": schema} for name, (text, schema) in _HEADERS.items()},
        },
    }


def _operation(path: str, operation: str, schema: str, text: str) -> Json:
    names = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
    parameters = [_path_parameter(path, name) for name in names] + [_named(name, operation) for name in OPERATIONS[operation]]
    missing = ("404", "410") if names or operation in {"paths", "why", "constellations"} else ()
    errors = sorted((*_ALWAYS, *missing))
    headers = ("ETag", *(("Link",) if "fields" in OPERATIONS[operation] and not path.endswith("}") else ()), *_RATE)
    return {
        "operationId": path.strip("/").replace("/", "_").replace("{", "").replace("}", "").replace(".json", ""),
        "summary": text,
        "parameters": [*parameters, _if_none_match()],
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": _headers(headers),
                "content": {"application/json": _content(path, schema)},
            },
            "304": {"description": "The answer is the one you have.", "headers": _headers(("ETag", *_RATE))},
            **{status: {"$ref": f"#/components/responses/Problem{status}"} for status in errors},
        },
    }


def _content(path: str, schema: str) -> Json:
    held: Json = {"schema": {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "object"}}
    return {**held, "example": _ANSWERS[path]} if path in _ANSWERS else held


def _headers(names: Iterable[str]) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _named(name: str, operation: str) -> Json:
    """Return a reference where the parameter is everywhere the same."""
    if name in _VARIED:
        return _parameter(name, operation)
    return {"$ref": f"#/components/parameters/{name}"}


def _parameter(name: str, operation: str) -> Json:
    one = PARAMETERS[name]
    form: Json = {"style": "form", "explode": False} if one.many else {}
    text: Json = {"name": one.name, "in": "query", "required": one.required, "description": one.description}
    schema = schema_of(one, operation)
    items = cast("Mapping[str, list[str]]", schema.get("items", {}))
    known = items.get("enum", [])
    example = [value for value in cast("list[str]", one.example) if value in known] or known[:2] if known else one.example
    return {**text, **form, "schema": schema, "example": example}


def _path_parameter(path: str, name: str) -> Json:
    example = next(value for start, value in _EXAMPLES.items() if path.startswith(start))
    schema = {"type": "string"}
    return {"name": name, "in": "path", "required": True, "description": "Public id.", "schema": schema, "example": example}


def _if_none_match() -> Json:
    text = "The ETag of an answer you have."
    return {"name": "If-None-Match", "in": "header", "required": False, "description": text, "schema": {"type": "string"}}


def _problem(status: int, text: str) -> Json:
    example = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": text, "instance": "/api/v1/actors"}
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    waits: Json = {"headers": _headers(("Retry-After",))} if status in {429, 503} else {}
    return {"description": text, **waits, "content": {"application/problem+json": content}}
