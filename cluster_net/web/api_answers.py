"""JSON answers: an ETag, a short life in caches, pages that link to each other, open to pages of other sites."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import wraps
from urllib.parse import urlencode

from flask import Response, request
from werkzeug.datastructures import MultiDict

from cluster_net import __version__
from cluster_net.services.searching import MAX_OFFSET
from cluster_net.web.context import backends
from cluster_net.web.rate import HEADERS
from cluster_net.web.wording import site_url

FRESH_SECONDS = 60
DAY = 24 * 3600
View = Callable[..., Response]


def answer(body: Mapping[str, object], links: str = "") -> Response:
    """Return *body* as JSON with a Link header of *links*, or 304 when the caller has it already."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    response = _kept(Response(text, 200, content_type="application/json"), hashlib.sha256(text).hexdigest()[:32])
    if links:
        response.headers["Link"] = links
    response.make_conditional(request)
    return response


def by_version(view: View) -> View:
    """Give the answers of *view* an ETag made of the data version, the day and the question, so that 304 costs one look at the version.

    Only for views that read nothing but the store: the search index and the compiled network follow it a little later.
    """

    @wraps(view)
    def answered(**values: str) -> Response:
        tag = _version_tag()
        known = request.if_none_match
        if not known.star_tag and known.contains_weak(tag):
            return _kept(Response(status=304), tag)
        response = view(**values)
        response.set_etag(tag)
        return response

    return answered


def page_links(total: int, limit: int, offset: int) -> str:
    """Return the Link header (RFC 8288) of one page of a list: first, prev, next and last, those that there are."""
    start = offset % limit
    last = start + max(0, total - 1 - start) // limit * limit
    places = {"first": 0}
    if offset > 0:
        places["prev"] = max(0, min(offset - limit, last))
    if offset + limit < total:
        places["next"] = offset + limit
    if last <= MAX_OFFSET:
        places["last"] = last
    return ", ".join(f'<{_address(place)}>; rel="{name}"' for name, place in places.items() if place <= MAX_OFFSET)


def share(response: Response) -> Response:
    """Let pages of any site read *response*; there is nothing to write and no cookie is looked at."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = ", ".join(("ETag", "Link", "Retry-After", *HEADERS))
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match, Accept-Language"
        response.headers["Access-Control-Max-Age"] = str(DAY)
    return response


def _kept(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    response.cache_control.public = True
    response.cache_control.max_age = FRESH_SECONDS
    response.vary.add("Accept-Language")
    return response


def _version_tag() -> str:
    today = backends().clock().date()
    parts = (backends().graph.version(), today, __version__, request.full_path, request.accept_languages.to_header())
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def _address(offset: int) -> str:
    """Return the address of the request at hand with another offset."""
    question = MultiDict(request.args)
    question["offset"] = str(offset)
    return f"{site_url()}{request.path}?{urlencode(list(question.items(multi=True)))}"
