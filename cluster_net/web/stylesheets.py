"""The style sheets of a page as one answer, so that nothing waits for nine."""

import hashlib
from collections.abc import Sequence
from functools import cache

from flask import Blueprint, Response, abort, url_for

from cluster_net.resources import folder

YEAR = 365 * 24 * 3600
stylesheets = Blueprint("stylesheets", __name__)


@stylesheets.get("/css/<names>.css")
def sheet(names: str) -> Response:
    """Send some of static/css one after another; the address changes with the content."""
    chosen = tuple(names.split("."))
    if len(set(chosen)) < len(chosen) or not set(chosen) <= _known():
        abort(404)
    answer = Response(_joined(chosen), content_type="text/css; charset=utf-8")
    answer.cache_control.public = True
    answer.cache_control.max_age = YEAR
    return answer


def sheets_url(names: Sequence[str]) -> str:
    """Return the address of these sheets as one; a name of no file is a mistake in a template."""
    text = _joined(tuple(names))
    return url_for("stylesheets.sheet", names=".".join(names), v=hashlib.sha256(text.encode()).hexdigest()[:12])


@cache
def _known() -> frozenset[str]:
    return frozenset(path.stem for path in (folder("static") / "css").glob("*.css"))


@cache
def _joined(names: tuple[str, ...]) -> str:
    return "".join((folder("static") / "css" / f"{name}.css").read_text("utf-8") for name in names)
