"""The pages of the site as a whole: home, paths, about."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from cluster_net.domain.vocabulary import COLLABORATION_TYPES
from cluster_net.services.connecting import read_paths
from cluster_net.services.overview import LINES, read_overview, read_sources
from cluster_net.web.context import argument, backends, language, settings
from cluster_net.web.wording import last_page, with_arguments

MAX_PAGE = 1000
MOST_AVOIDED = 20


def home_page() -> str:
    """Show the way in; without the numbers when the store does not answer."""
    return render_template("site/home.html", overview=read_overview(backends(), language()))


def paths_page() -> str:
    """Show how two actors are connected."""
    start, end = (argument(name, 120) for name in ("from", "to"))
    without, types = (tuple(dict.fromkeys(request.args.getlist(name)))[:MOST_AVOIDED] for name in ("without", "without_type"))
    page = read_paths(backends(), start, end, language(), without=without, without_types=types)
    return render_template("site/paths.html", page=page, tie_words=COLLABORATION_TYPES)


def about_page() -> str:
    """Tell what this is."""
    return render_template("site/about.html")


def sources_page() -> ResponseReturnValue:
    """List where the facts come from; a page beyond the last leads to the last."""
    page = _page()
    sources = read_sources(backends(), (page - 1) * LINES)
    if page > last_page(sources.total, LINES):
        return redirect(with_arguments(page=last_page(sources.total, LINES)))
    return render_template("site/sources.html", sources=sources, page=page, rows=LINES)


def accessibility_page() -> str:
    """Tell how accessible the site is and how to report faults."""
    return render_template("site/accessibility.html", contact=settings().contact)


def privacy_page() -> str:
    """Tell what personal data there is."""
    return render_template("site/privacy.html")


def _page() -> int:
    return min(MAX_PAGE, max(1, request.args.get("page", 1, type=int)))
