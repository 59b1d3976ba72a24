"""Pages for machines: robots.txt and the sitemap."""

from itertools import islice

from flask import Blueprint, Response, abort, render_template

from cluster_net.services.overview import public_keys
from cluster_net.web.context import backends
from cluster_net.web.wording import site_url

machines = Blueprint("machines", __name__)
ADDRESSES = 20_000  # addresses in one sitemap file; the protocol allows 50,000
FIXED = (
    *("", "infrastructures", "organisations", "needs", "concepts", "map", "matchmaking", "finder"),
    *("about", "data", "data/api", "sources", "accessibility", "privacy"),
)
# Answers to questions, as many as there are questions.
CLOSED = ("/search", "/quick", "/paths", "/compare", "/match/", "/matchmaking?", "/matchmaking/event?", "/finder/shortlist")
_FOLDERS = {"Actor": "actors", "Need": "needs", "Offer": "offers", "Concept": "concepts"}


@machines.get("/robots.txt")
def robots() -> Response:
    """Tell robots that all but searches may be read."""
    closed = "".join(f"Disallow: {prefix}{path}\n" for path in CLOSED for prefix in ("", "/en"))
    text = f"User-agent: *\n{closed}\nSitemap: {site_url()}/sitemap.xml\n"
    return Response(text, content_type="text/plain; charset=utf-8")


@machines.get("/sitemap.xml")
def sitemap() -> Response:
    """List all addresses, or the files that list them."""
    paths = _paths()
    if len(paths) <= ADDRESSES:
        return _xml("machines/sitemap.xml", paths=paths)
    return _xml("machines/sitemaps.xml", files=range(1, 1 + -(-len(paths) // ADDRESSES)))


@machines.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """List one part of the addresses."""
    paths = list(islice(_paths(), (number - 1) * ADDRESSES, number * ADDRESSES)) if number else []
    return _xml("machines/sitemap.xml", paths=paths) if paths else abort(404)


def _paths() -> list[tuple[str, str]]:
    things = [(f"{_FOLDERS[key.label]}/{key.id}", updated) for key, updated in public_keys(backends().graph)]
    return [*((path, "") for path in FIXED), *things]


def _xml(template: str, **values: object) -> Response:
    return Response(render_template(template, site=site_url(), **values), content_type="application/xml; charset=utf-8")
