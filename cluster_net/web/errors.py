"""Errors as pages that say what to do next, in the language of the address."""

import logging

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from cluster_net.domain.errors import ClusterError, NotFound, Problem, Unavailable
from cluster_net.domain.text import without_forbidden
from cluster_net.services.explaining import NEVER_MEET
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
    words = without_forbidden(str(error) if _is_named(error) else request.path.rstrip("/").rpartition("/")[2].replace("-", " "))
    down = error.service if isinstance(error, Unavailable) else ""
    told = {"words": words[:80], "down": down, "reason": getattr(error, "reason", ""), "wait": headers.get("Retry-After")}
    page = render_template("errors/error.html", status=shown, problems=_problems(error), **told)
    return page, status, headers


def _is_named(error: Exception) -> bool:
    """Tell whether *error* is about something that the address names, rather than about the page itself."""
    return isinstance(error, NotFound) and bool(error.field)


def _problems(error: Exception) -> list[str]:
    """Return a sentence for each thing that is wrong and how to mend it: those that readers meet in their language."""
    if _is_named(error):
        missing = gettext('Nothing is called "%(words)s".', words=without_forbidden(str(error))[:200])
        mend = gettext("Give the slug of an actor, need.ID or offer.ID.")
        return [f"{missing} {mend}"]
    return [_told(problem) for problem in getattr(error, "problems", ())]


def _told(problem: Problem) -> str:
    if problem == NEVER_MEET:
        return str(gettext("The two never meet. Give two different ones that are not both needs or both offers."))
    return f"{problem.field}: {problem.message} {problem.mend}"
