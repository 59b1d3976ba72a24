"""The OpenAPI description: valid, complete, and true of real answers."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.services.backends import Backends
from cluster_net.services.indexing import rebuild_index
from cluster_net.services.intake import import_path
from cluster_net.services.snapshots import SnapshotCache
from cluster_net.settings import read_settings
from cluster_net.web.api import api
from cluster_net.web.openapi import description

SEED = Path(__file__).parents[2] / "graph" / "seed"
REAL: dict[str, tuple[str, ...]] = {
    "/search": ("search?limit=100", "search?q=genomik", "search?type=need", "search?type=concept&lang=en", "search?q=zzzz"),
    "/actors": ("actors?limit=100&lang=en",),
    "/actors/{slug}": ("actors/ki", "actors/scilifelab", "actors/demo-nordsensor"),
    "/actors/{slug}/collaborations": ("actors/ki/collaborations?limit=100",),
    "/actors/{slug}/suggestions": ("actors/ki/suggestions", "actors/demo-nordsensor/suggestions?limit=50"),
    "/offers/{id}/suggestions": ("offers/vinnova-innovativa-startups/suggestions",),
    "/why": ("why?from=ki&to=vecura", "why?from=need.demo-gmp-slot&to=vecura", "why?from=ki&to=offer.testa-center-bioprocess"),
    "/constellations": ("constellations?need=demo-gmp-slot", "constellations?need=testbeds-precision-medicine&limit=5"),
    "/paths": ("paths?from=elekta&to=region-uppsala",),
    "/concepts": ("concepts?limit=100",),
    "/infrastructures": ("infrastructures?limit=100",),
    "/needs": ("needs?limit=100",),
    "/needs/{id}": ("needs/testbeds-precision-medicine",),
    "/needs/{id}/suggestions": ("needs/demo-aralund-capital/suggestions?limit=60", "needs/demo-sensor-test/suggestions"),
    "/offers": ("offers?limit=100",),
    "/offers/{id}": ("offers/eic-accelerator",),
    "/openapi.json": ("openapi.json",),
}


def now() -> datetime:
    return datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("description")
    graph, index = SqliteGraph(folder / "graph.db"), TantivyIndex(folder / "index")
    graph.prepare()
    index.ensure()
    for source in (SEED, SEED / "fictional"):
        import_path(graph, source, author="test", now=now)
    rebuild_index(graph, index)
    app = Flask(__name__)
    app.extensions["cluster_net.backends"] = backends = Backends(graph, index, SnapshotCache(graph), now)
    app.extensions["cluster_net.settings"] = read_settings({})
    app.register_blueprint(api)
    yield app.test_client()
    backends.close()


def resolved(schema: Any, *, strict: bool) -> Any:
    """Return *schema* with references that jsonschema finds; *strict* allows no property that is not described."""
    if isinstance(schema, list):
        return [resolved(one, strict=strict) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: resolved(value, strict=strict) for name, value in schema.items()}
    if "$ref" in found:
        found["$ref"] = found["$ref"].replace("#/components/schemas/", "#/$defs/")
    if strict and schema.get("type") == "object" and isinstance(schema.get("properties"), dict):
        found["additionalProperties"] = False
    return found


def validator(schema: Any, *, strict: bool = True) -> jsonschema.Draft202012Validator:
    schemas = description()["components"]["schemas"]
    return jsonschema.Draft202012Validator({**resolved(schema, strict=strict), "$defs": resolved(schemas, strict=strict)})


def answer_schema(path: str, status: str = "200") -> Any:
    operation: Any = description()["paths"][path]["get"]["responses"][status]
    if "$ref" in operation:
        operation = description()["components"]["responses"][operation["$ref"].rsplit("/", 1)[1]]
    return next(iter(operation["content"].values()))["schema"]


def test_the_description_is_valid_openapi_3_1(client):
    served = client.get("/api/v1/openapi.json").json
    assert served["openapi"].startswith("3.1")
    validate(served)


def test_every_address_of_the_interface_is_described_and_tried_here(client):
    rules = {rule.rule.removeprefix("/api/v1") for rule in client.application.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    described = {re.sub(r"\{\w+\}", "<slug>", path) for path in description()["paths"]}
    assert rules == described
    assert set(REAL) == set(description()["paths"])


@pytest.mark.parametrize("path", [path for path in REAL if path != "/openapi.json"])
def test_real_answers_hold_what_is_described_and_nothing_else(client, path):
    check = validator(answer_schema(path))
    for address in REAL[path]:
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 200, address
        assert [error.message for error in check.iter_errors(whole(path, answer.json))] == []


def whole(path: str, answer: Any) -> Any:
    """Return *answer* once it is clear that its records hold every property, which the description does not demand because of `fields`."""
    schema = answer_schema(path)["$ref"].rsplit("/", 1)[1]
    held = description()["components"]["schemas"]
    record = schema.removesuffix("List").replace("Search", "SearchHit")
    for one in answer["items"] if schema.endswith("List") else [answer]:
        assert set(held[record]["properties"]) - set(one) <= {"actor", "offer", "need"}
    return answer


@pytest.mark.parametrize(("path", "address", "status"), [
    ("/actors", "actors?limit=0", "400"), ("/actors/{slug}", "actors/none", "404"), ("/paths", "paths?from=ki&to=none", "404"),
])  # fmt: skip
def test_errors_are_as_described(client, path, address, status):
    answer = client.get(f"/api/v1/{address}")
    assert str(answer.status_code) == status
    assert [error.message for error in validator(answer_schema(path, status)).iter_errors(answer.get_json(force=True))] == []


def test_every_parameter_has_an_example_that_the_interface_takes(client):
    for path, item in description()["paths"].items():
        for parameter in item["get"]["parameters"]:
            held = description()["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[1]] if "$ref" in parameter else parameter
            if held["in"] == "header":
                continue
            schema = held["schema"]
            jsonschema.Draft202012Validator(schema).validate(held["example"])
            if held["in"] == "path":
                assert client.get("/api/v1" + re.sub(r"\{\w+\}", held["example"], path)).status_code == 200


def test_examples_fit_their_schemas():
    for schema in description()["components"]["schemas"].values():
        for example in schema.get("examples", ()):
            validator(schema).validate(example)


def test_every_operation_has_an_example_of_its_answer_that_fits(client):
    for path, item in description()["paths"].items():
        content = item["get"]["responses"]["200"]["content"]["application/json"]
        assert content["example"], f"{path}: run scripts/api_examples"
        if "$ref" in content["schema"]:
            errors = [error.message for error in validator(content["schema"]).iter_errors(content["example"])]
            assert errors == [], f"{path}: run scripts/api_examples"


def test_the_description_names_the_licence_of_the_data(client):
    assert description("https://example.org/own")["info"]["license"] == {
        "name": "https://example.org/own",
        "url": "https://example.org/own",
    }
    assert "CC BY 4.0" in client.get("/api/v1/openapi.json").json["info"]["license"]["name"]
