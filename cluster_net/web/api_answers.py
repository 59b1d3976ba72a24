"""JSON answers: a strong ETag from the body, a short life in caches, open to pages of other sites."""

import hashlib
import json
from collections.abc import Mapping

from flask import Response, request

FRESH_SECONDS = 60


def answer(body: Mapping[str, object]) -> Response:
    """Return *body* as JSON, or 304 when the caller has it already."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    response = Response(text, 200, content_type="application/json")
    response.set_etag(hashlib.sha256(text).hexdigest()[:32])
    response.cache_control.public = True
    response.cache_control.max_age = FRESH_SECONDS
    response.vary.add("Accept-Language")
    response.make_conditional(request)
    return response


def share(response: Response) -> Response:
    """Let pages of any site read *response*; there is nothing to write and no cookie is looked at."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match, Accept-Language"
    return response
