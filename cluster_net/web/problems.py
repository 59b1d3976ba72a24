"""Errors of the interface as RFC 9457 problem details."""

import json
from http import HTTPStatus
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import HTTPException

from cluster_net.domain.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable

MEDIA_TYPE = "application/problem+json"
_STATUSES: dict[type[Exception], int] = {Invalid: 400, Forbidden: 403, NotFound: 404, Conflict: 409, Unavailable: 503}
_DETAILS = {
    403: "This may not be done here.",
    404: "There is nothing at this address. See /api/v1/openapi.json for what there is.",
    405: "This address is for reading: use GET.",
    409: "Somebody else wrote first; read again.",
    410: "What stood here has been removed.",
    429: "Too many requests in a short time. Wait as long as Retry-After says, in seconds.",
    500: "Something went wrong on our side. It has been noted.",
    503: "A part of the site does not answer. Try again later.",
}
_SERVICES = {"store": "The graph store does not answer. Try again later.", "index": "The search index does not answer. Try again later."}


def status_of(error: Exception) -> int:
    """Return the HTTP status of *error*: 500 for what nobody foresaw."""
    if isinstance(error, NotFound) and error.gone:
        return 410
    if isinstance(error, HTTPException):
        return error.code or 500
    return next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 500)


def problem_answer(error: Exception) -> Response:
    """Return *error* as application/problem+json; inner causes and addresses are not told."""
    status = status_of(error)
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else "Error",
        "status": status,
        "detail": _detail(error, status),
        "instance": quote(request.path),
    }
    if isinstance(error, Invalid | NotFound) and error.problems:
        body["problems"] = [{"field": one.field, "message": one.message, "mend": one.mend} for one in error.problems]
    answer = Response(json.dumps(body, ensure_ascii=False), status, content_type=MEDIA_TYPE)
    answer.headers.update(kept_headers(error, status))
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def kept_headers(error: Exception, status: int) -> dict[str, str]:
    """Return the headers of an answer to *error*: what may be done instead and when, and that it is not to be kept."""
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "30"} if status == 503 else {})
    if isinstance(error, HTTPException):
        headers |= {name: value for name, value in error.get_headers(request.environ) if name in {"Allow", "Retry-After"}}
    return headers


def _detail(error: Exception, status: int) -> str:
    if isinstance(error, Invalid | NotFound) and error.problems:
        return " ".join(f"{one.field}: {one.message} {one.mend}" if one.field else f"{one.message} {one.mend}" for one in error.problems)
    if isinstance(error, Unavailable):
        return _SERVICES.get(error.service, _DETAILS[503])
    return _DETAILS.get(status) or (error.description if isinstance(error, HTTPException) else None) or ""
