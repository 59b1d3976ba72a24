"""Errors as pages that say what to do next, in the language of the address."""

import logging

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from cluster_net.domain.errors import ClusterError, Unavailable
from cluster_net.web.problems import kept_headers, problem_answer, status_of

LOG = logging.getLogger(__name__)
_PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 429, 500, 503})


def register_errors(app: Flask) -> None:
    """Let every error end in a page, or in a problem document under /api/."""
    for kind in (ClusterError, HTTPException, Exception):
        app.register_error_handler(kind, _answer)


def _answer(error: Exception) -> ResponseReturnValue:
    status = status_of(error)
    if isinstance(error, HTTPException) and status < 400:
        return error.get_response()
    if status == 500:
        LOG.error("%s %s failed", request.method, request.path, exc_info=error)
    if request.path.startswith("/api/"):
        return problem_answer(error)
    headers = kept_headers(error, status)
    shown = status if status in _PAGES else 500 if status >= 500 else 400
    words = request.path.rstrip("/").rpartition("/")[2].replace("-", " ")[:80]
    down = error.service if isinstance(error, Unavailable) else ""
    problems, reason = getattr(error, "problems", ()), getattr(error, "reason", "")
    told = {"words": words, "down": down, "problems": problems, "reason": reason, "wait": headers.get("Retry-After")}
    page = render_template("errors/error.html", status=shown, **told)
    return page, status, headers
