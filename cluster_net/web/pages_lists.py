"""The pages that list things: search, the directory of infrastructures, needs and offers, concepts."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request

from cluster_net.domain.errors import Unavailable
from cluster_net.services.finding import ListPage, find_concepts, find_infrastructures, find_needs, search_all
from cluster_net.services.searching import SearchRequest
from cluster_net.web.context import backends, language

PER_PAGE = 20
MAX_PAGE = 500
FACETS = {
    "search": ("type", "kind", "county", "concept", "access", "users"),
    "infrastructures": ("users", "access", "concept", "county", "kind", "environment", "quality"),
    "needs": ("type", "kind", "role", "concept", "county"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    text: str
    selected: Mapping[str, tuple[str, ...]]
    sort: str
    page: int

    def request(self) -> SearchRequest:
        """Return it as a search request."""
        offset = (self.page - 1) * PER_PAGE
        return SearchRequest(self.text, (), self.selected, self.sort, PER_PAGE, offset, language())


def search_page() -> tuple[str, int]:
    """Search everything."""
    asked = _asked("search")
    try:
        found = search_all(backends(), asked.request(), FACETS["search"])
    except Unavailable as error:
        if error.service != "index":
            raise
        return render_template("lists/search.html", asked=asked, found=None, per_page=PER_PAGE), 503
    return render_template("lists/search.html", asked=asked, found=found, per_page=PER_PAGE), 200


def infrastructures_page() -> str:
    """Show the directory of research infrastructures and testbeds."""
    asked = _asked("infrastructures")
    return _list("lists/infrastructures.html", asked, find_infrastructures(backends(), asked.request(), FACETS["infrastructures"]))


def needs_page() -> str:
    """Show needs and offers."""
    asked = _asked("needs")
    return _list("lists/needs.html", asked, find_needs(backends(), asked.request(), FACETS["needs"]))


def concepts_page() -> str:
    """Show the vocabulary."""
    return render_template("lists/concepts.html", groups=find_concepts(backends(), language()))


def _list(template: str, asked: Asked, found: ListPage) -> str:
    deadlines = "needs" in template
    return render_template(
        template, asked=asked, found=found, per_page=PER_PAGE, deadlines=deadlines, today=backends().clock().date().isoformat()
    )


def _asked(name: str) -> Asked:
    """Read the address; what makes no sense in it is left out rather than refused."""
    selected = {facet: tuple(dict.fromkeys(filter(None, request.args.getlist(facet))))[:20] for facet in FACETS[name]}
    sort = request.args.get("sort", "relevance")
    return Asked(
        text=" ".join(request.args.get("q", "").split())[:200] + (" " if request.args.get("q", "").endswith(" ") else ""),
        selected={facet: values for facet, values in selected.items() if values},
        sort=sort if sort in {"name", "-updated", "deadline"} else "relevance",
        page=min(MAX_PAGE, max(1, request.args.get("page", 1, type=int))),
    )
