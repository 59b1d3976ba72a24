"""The read-only JSON interface under /api/v1."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, Response
from werkzeug.exceptions import HTTPException

from cluster_net.domain.errors import ClusterError
from cluster_net.domain.graph import ACTOR, NEED, OFFER
from cluster_net.domain.vocabulary import COLLABORATION_TYPES
from cluster_net.services.explaining import why_of
from cluster_net.services.grouping import suggest_groups
from cluster_net.services.listing import LISTINGS, find_hits, list_records
from cluster_net.services.pathfinding import find_ends, find_paths
from cluster_net.services.references import require_of
from cluster_net.services.searching import FacetValue
from cluster_net.services.steering import Steering
from cluster_net.services.suggesting import suggest_page, suggestion_json
from cluster_net.services.summaries import collaborations_of, find_record
from cluster_net.web.api_answers import answer, by_version, page_links, share
from cluster_net.web.api_matching import group_shape, why_shape
from cluster_net.web.api_parameters import Given, read_parameters
from cluster_net.web.api_shapes import end_shape, hit_shape, list_shape, path_shape, record_shape, tie_shape
from cluster_net.web.context import backends, settings
from cluster_net.web.openapi import description
from cluster_net.web.problems import problem_answer
from cluster_net.web.rate import limit_client, tell_limit

api = Blueprint("api", __name__, url_prefix="/api/v1")
api.register_error_handler(ClusterError, problem_answer)
api.register_error_handler(HTTPException, problem_answer)
api.before_request(limit_client)
api.after_request(share)
api.after_request(tell_limit)


@api.get("/search")
def search() -> Response:
    """Search actors, concepts, needs and offers."""
    given = read_parameters("search")
    page = find_hits(backends(), given.search_request())
    items = [given.only(hit_shape(hit, page.names, given.language)) for hit in page.found.hits]
    return _paged(given, list_shape(items, page.found.total, page.found.facets, page.missing), page.found.total)


@api.get("/actors")
def actors() -> Response:
    """List actors."""
    return _list("actors")


@api.get("/infrastructures")
def infrastructures() -> Response:
    """List research infrastructures and testbeds."""
    return _list("infrastructures")


@api.get("/concepts")
def concepts() -> Response:
    """List concepts."""
    return _list("concepts")


@api.get("/needs")
def needs() -> Response:
    """List needs."""
    return _list("needs")


@api.get("/offers")
def offers() -> Response:
    """List offers."""
    return _list("offers")


@api.get("/actors/<slug>")
@by_version
def actor(slug: str) -> Response:
    """Return one actor."""
    return _record("actor", ACTOR, slug)


@api.get("/needs/<slug>")
@by_version
def need(slug: str) -> Response:
    """Return one need."""
    return _record("need", NEED, slug)


@api.get("/offers/<slug>")
@by_version
def offer(slug: str) -> Response:
    """Return one offer."""
    return _record("offer", OFFER, slug)


@api.get("/actors/<slug>/collaborations")
@by_version
def collaborations(slug: str) -> Response:
    """List the collaborations of an actor."""
    given = read_parameters("collaborations")
    own, ties = collaborations_of(backends().graph, slug)
    chosen = given.lists["type"]
    kept = [tie for tie in ties if not chosen or tie.link.type in chosen]
    items = [given.only(tie_shape(tie, own, given.language, _today())) for tie in given.page_of(kept)]
    facets = {"type": _type_facet([tie.link.type for tie in ties], given)}
    return _paged(given, list_shape(items, len(kept), facets), len(kept))


@api.get("/actors/<slug>/suggestions")
def actor_suggestions(slug: str) -> Response:
    """Suggest partners for an actor."""
    return _suggestions(ACTOR, slug)


@api.get("/needs/<slug>/suggestions")
def need_suggestions(slug: str) -> Response:
    """Suggest actors and offers for a need."""
    return _suggestions(NEED, slug)


@api.get("/offers/<slug>/suggestions")
def offer_suggestions(slug: str) -> Response:
    """Suggest actors and needs for an offer."""
    return _suggestions(OFFER, slug)


@api.get("/why")
def why() -> Response:
    """Tell why one is or is not suggested to another."""
    given = read_parameters("why")
    return answer(why_shape(why_of(backends(), given.texts["from"], given.texts["to"], given.language), given.language))


@api.get("/constellations")
def constellations() -> Response:
    """Suggest groups around a need."""
    given = read_parameters("constellations")
    groups = suggest_groups(backends(), given.texts["need"], given.language, given.numbers["limit"])
    return answer(list_shape([group_shape(one, given.language) for one in groups], len(groups)))


@api.get("/paths")
def paths() -> Response:
    """Find how two actors are connected."""
    given = read_parameters("paths")
    ends = given.texts["from"], given.texts["to"]
    start, end = find_ends(backends().network.current(), *ends, language=given.language)
    found = find_paths(
        backends(),
        *ends,
        language=given.language,
        limit=given.numbers["limit"],
        max_length=given.numbers["max_length"],
        without=given.lists["without"],
        without_types=given.lists["without_type"],
    )
    return answer(list_shape(map(path_shape, found), len(found)) | {"from": end_shape(start), "to": end_shape(end)})


@api.get("/openapi.json")
def openapi() -> Response:
    """Describe the interface."""
    read_parameters("openapi")
    return answer(description(settings().data_licence))


def _list(name: str) -> Response:
    given = read_parameters(name)
    page = list_records(backends(), LISTINGS[name], given.search_request())
    items = [given.only(record_shape(record, page.names, given.language, _today())) for record in page.records]
    return _paged(given, list_shape(items, page.total, page.facets, page.missing), page.total)


def _paged(given: Given, shape: Mapping[str, object], total: int) -> Response:
    return answer(shape, page_links(total, given.numbers["limit"], given.numbers["offset"]))


def _record(operation: str, label: str, slug: str) -> Response:
    given = read_parameters(operation)
    found = find_record(backends().graph, label, slug, given.language)
    return answer(given.only(record_shape(found.record, found.names, given.language, _today(), found.statements)))


def _suggestions(label: str, slug: str) -> Response:
    given = read_parameters("suggestions")
    key = require_of(backends().network.current(), label, slug, "slug" if label == ACTOR else "id")
    page = {name: given.numbers[name] for name in ("limit", "offset")}
    found, total = suggest_page(backends(), key, Steering(given.numbers), given.language, **page)
    return _paged(given, list_shape([suggestion_json(one, given.language) for one in found], total), total)


def _type_facet(types: list[str], given: Given) -> list[FacetValue]:
    words = {one: COLLABORATION_TYPES[one].forward.in_language(given.language) for one in dict.fromkeys(types)}
    return [FacetValue(one, label, types.count(one), one in given.lists["type"]) for one, label in words.items()]


def _today() -> date:
    return backends().clock().date()
