"""The pages of the site as a whole: home, map, paths, about."""

from flask import render_template, request

from cluster_net.domain.errors import NotFound
from cluster_net.services.mapping import ROWS, read_map
from cluster_net.services.overview import read_overview, read_sources
from cluster_net.services.pathfinding import find_paths
from cluster_net.web.context import backends, language


def home_page() -> str:
    """Show the way in."""
    return render_template("site/home.html", overview=read_overview(backends(), language()))


def map_page() -> str:
    """Show the network as a picture and as a table."""
    sort = "name" if request.args.get("sort") == "name" else "partners"
    page = max(1, request.args.get("page", 1, type=int))
    shown = read_map(backends().network.current(), backends().maps, language(), sort=sort, offset=(page - 1) * ROWS)
    return render_template("site/map.html", map=shown, sort=sort, page=page, rows=ROWS)


def paths_page() -> str:
    """Show how two actors are connected."""
    start, end = request.args.get("from", "").strip(), request.args.get("to", "").strip()
    try:
        paths = find_paths(backends().graph, start, end, language=language(), limit=5) if start and end else None
        missing = ""
    except NotFound as error:
        paths, missing = None, str(error)
    return render_template("site/paths.html", start=start, end=end, paths=paths, missing=missing)


def about_page() -> str:
    """Tell what this is."""
    return render_template("site/about.html")


def sources_page() -> str:
    """List where the facts come from."""
    return render_template("site/sources.html", sources=read_sources(backends()))


def accessibility_page() -> str:
    """Tell how accessible the site is and how to report faults."""
    return render_template("site/accessibility.html")


def privacy_page() -> str:
    """Tell what personal data there is."""
    return render_template("site/privacy.html")
