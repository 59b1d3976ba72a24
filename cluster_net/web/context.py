"""What a request works with."""

from typing import cast

from flask import current_app, request

from cluster_net.domain.text import without_forbidden
from cluster_net.domain.vocabulary import Language
from cluster_net.services.backends import Backends
from cluster_net.settings import Settings


def backends() -> Backends:
    """Return the store, index, network and clock of this application."""
    return cast("Backends", current_app.extensions["cluster_net.backends"])


def settings() -> Settings:
    """Return the settings of this application."""
    return cast("Settings", current_app.extensions["cluster_net.settings"])


def argument(name: str, most: int, *, lines: bool = False) -> str:
    """Return at most *most* letters of what the address says of *name*: no control characters, and one space at most without *lines*."""
    text = without_forbidden(request.args.get(name, ""))
    return (text.strip() if lines else " ".join(text.split()))[:most]


def language() -> Language:
    """Return the language of the page: English under /en/, else Swedish."""
    path = request.path
    return "en" if path == "/en" or path.startswith("/en/") else "sv"


def question() -> dict[str, list[str]]:
    """Return what the address asks, to make other addresses of: without the names that `url_for` takes for itself."""
    return {name: held for name, held in request.args.to_dict(flat=False).items() if name != "endpoint" and not name.startswith("_")}
