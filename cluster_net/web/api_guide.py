"""The description of the interface laid out for a page: what openapi.json says, in the order people read it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

Json = Mapping[str, Any]
_ASKED = {"/search": ("q",), "/infrastructures": ("users",)}  # what the example of a call asks beside what it must
_LONG = 4  # values of a list that are told in full


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter or a property: its name, form and meaning; `note` tells default, bounds and values."""

    name: str
    form: str
    text: str
    note: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One address: what it does, how it is called, what it answers (the name of a schema and an example)."""

    id: str
    path: str
    text: str
    parameters: tuple[Line, ...]
    call: str
    schema: str
    example: str


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole page; `errors` are (status, meaning), each schema is its name, its meaning and its properties."""

    about: tuple[str, ...]
    operations: tuple[Operation, ...]
    errors: tuple[tuple[str, str], ...]
    schemas: tuple[tuple[str, str, tuple[Line, ...]], ...]


def guide(description: Json) -> Guide:
    """Lay out an OpenAPI description."""
    parts = description["components"]
    operations = (_operation(path, one["get"], description) for path, one in description["paths"].items())
    schemas = ((name, held.get("description", ""), tuple(_properties(held))) for name, held in parts["schemas"].items())
    about = description["info"]["description"].split("\n\n")
    errors = ((name.removeprefix("Problem"), held["description"]) for name, held in parts["responses"].items())
    return Guide(tuple(" ".join(one.split("\n")) for one in about), tuple(operations), tuple(errors), tuple(schemas))


def _operation(path: str, held: Json, description: Json) -> Operation:
    parameters = [_resolved(one, description) for one in held["parameters"]]
    answer = held["responses"]["200"]["content"]["application/json"]
    return Operation(
        id=held["operationId"],
        path=path,
        text=held["summary"],
        parameters=tuple(_parameter(one) for one in parameters if one["in"] != "header"),
        call=_call(description["servers"][0]["url"] + path, parameters, ("lang", *_ASKED.get(path, ()))),
        schema=answer["schema"].get("$ref", "").rpartition("/")[2],
        example=json.dumps(answer.get("example"), ensure_ascii=False, indent=1),
    )


def _call(address: str, parameters: list[Json], asked: tuple[str, ...]) -> str:
    given = {}
    for one in parameters:
        value = ",".join(one["example"]) if isinstance(one.get("example"), list) else one.get("example")
        if one["in"] == "path":
            address = address.replace(f"{{{one['name']}}}", quote(str(value)))
        elif one["required"] or one["name"] in asked:
            given[one["name"]] = value
    return f"{address}?{urlencode(given, safe=',')}" if given else address


def _parameter(held: Json) -> Line:
    schema = held["schema"]
    return Line(held["name"], _form(schema), held["description"], "; ".join(_notes(schema)), held["required"])


def _properties(schema: Json) -> Iterator[Line]:
    for name, held in schema.get("properties", {}).items():
        yield Line(name, _form(held), held.get("description", ""), "; ".join(_notes(held)))


def _form(schema: Json) -> str:
    """Return the form of a value in words: "string", "integer or null", "list of Named"."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "oneOf" in schema and "type" not in schema:
        return " or ".join(_form(one) for one in schema["oneOf"])
    if schema.get("type") == "array":
        return f"list of {_form(schema['items'])}"
    kinds = schema.get("type", "any")
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)


def _notes(schema: Json) -> Iterator[str]:
    values = schema.get("enum") or schema.get("items", {}).get("enum") or ()
    if values:
        more = f" and {len(values) - _LONG} more" if len(values) > _LONG else ""
        yield f"one of {', '.join(values[:_LONG])}{more}"
    if "minimum" in schema and "maximum" in schema:
        yield f"{schema['minimum']} to {schema['maximum']}"
    if "maxLength" in schema:
        yield f"at most {schema['maxLength']} characters"
    if "default" in schema:
        yield f"{schema['default']} if not given"


def _resolved(held: Json, description: Json) -> Json:
    """Follow a reference within the description."""
    found: Json = held
    if "$ref" in held:
        found = description
        for part in held["$ref"].removeprefix("#/").split("/"):
            found = found[part]
    return found
