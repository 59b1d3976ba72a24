"""Is the process alive, and is the site ready to answer."""

import json

from flask import Blueprint, Response

from cluster_net.services.health import check_health
from cluster_net.web.context import backends

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """Say that the process is alive; nothing else is asked."""
    return _answer({"alive": True}, 200)


@health.get("/readyz")
def readyz() -> Response:
    """Say whether store, index and outbox are in order, and what is missing."""
    found = check_health(backends())
    return _answer(found.as_dict(), 200 if found.ready else 503)


def _answer(body: dict[str, object], status: int) -> Response:
    return Response(json.dumps(body), status, {"Cache-Control": "no-store"}, content_type="application/json")
