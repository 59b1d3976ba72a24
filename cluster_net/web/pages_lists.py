"""The pages that list things: search, the directories, needs and offers, concepts."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from cluster_net.services.downloading import MOST
from cluster_net.services.finding import find_concepts, find_infrastructures, find_needs, find_organisations, search_all
from cluster_net.services.hits import ListPage
from cluster_net.services.quick_search import find_quickly
from cluster_net.services.searching import SearchRequest
from cluster_net.web.context import backends, language
from cluster_net.web.wording import last_page, page_url, with_arguments

PER_PAGE = 20
MOST_LETTERS = 200
MAX_PAGE = 500
FACETS = {
    "search": ("type", "kind", "county", "concept", "users", "access", "environment", "quality"),
    "infrastructures": ("users", "access", "concept", "county", "kind", "environment", "quality"),
    "organisations": ("kind", "county", "concept", "role"),
    "needs": ("type", "kind", "role", "concept", "county"),
}
SORTS = ("relevance", "name", "-updated", "deadline")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; `cut` tells that the text was longer than what is searched for."""

    text: str
    selected: Mapping[str, tuple[str, ...]]
    sort: str
    page: int
    cut: bool = False

    @property
    def words(self) -> bool:
        """Tell whether there is a letter or a digit to search for."""
        return any(map(str.isalnum, self.text))

    def request(self) -> SearchRequest:
        """Return it as a search request."""
        offset = (self.page - 1) * PER_PAGE
        return SearchRequest(self.text, (), self.selected, self.sort, PER_PAGE, offset, language())


def search_page() -> ResponseReturnValue:
    """Search everything."""
    asked = asked_of("search")
    return _list("search", asked, search_all(backends(), asked.request(), FACETS["search"]))


def quick_hits() -> str:
    """Return hits for what is being typed, as a part of a page: links, or with `of=actor` names of actors to fill a field with."""
    types = ("actor",) if request.args.get("of") == "actor" else ()
    found = find_quickly(backends(), request.args.get("q", "")[:MOST_LETTERS], language(), types)
    return render_template("lists/quick.html", quick=found, fills=bool(types))


def infrastructures_page() -> ResponseReturnValue:
    """Show the directory of research infrastructures and testbeds."""
    asked = asked_of("infrastructures")
    return _list("infrastructures", asked, find_infrastructures(backends(), asked.request(), FACETS["infrastructures"]))


def organisations_page() -> ResponseReturnValue:
    """Show all actors that are no infrastructure or testbed."""
    asked = asked_of("organisations")
    return _list("organisations", asked, find_organisations(backends(), asked.request(), FACETS["organisations"]))


def needs_page() -> ResponseReturnValue:
    """Show needs and offers."""
    asked = asked_of("needs")
    proposals = find_needs(backends(), asked.request(), FACETS["needs"])
    return _list("needs", asked, proposals.both, apart=(("need", proposals.needs), ("offer", proposals.offers)))


def offers_page() -> ResponseReturnValue:
    """Lead to the offers among the needs."""
    return redirect(page_url("needs_page", type="offer"))


def concepts_page() -> str:
    """Show the vocabulary."""
    return render_template("lists/concepts.html", groups=find_concepts(backends(), language()))


def _list(name: str, asked: Asked, found: ListPage, **more: object) -> ResponseReturnValue:
    """Return the page and its status: 503 when words were searched for and only names could be looked through.

    A page beyond the last leads to the last.
    """
    if found.total and asked.page > last_page(found.total, PER_PAGE):
        return redirect(with_arguments(page=last_page(found.total, PER_PAGE)))
    today = backends().clock().date().isoformat()
    figures = {"per_page": PER_PAGE, "most_rows": MOST, "most_letters": MOST_LETTERS}
    page = render_template(f"lists/{name}.html", name=name, asked=asked, found=found, today=today, **figures, **more)
    return page, 503 if asked.text and "index" in found.missing else 200


def asked_of(name: str) -> Asked:
    """Read the address; what makes no sense in it is left out rather than refused."""
    selected = {facet: tuple(dict.fromkeys(filter(None, request.args.getlist(facet))))[:20] for facet in FACETS[name]}
    sort, text = request.args.get("sort", "relevance"), request.args.get("q", "")
    words = " ".join(text.split())
    whole = " " if text.strip() and text.endswith(" ") else ""  # a space at the end: the last word is no beginning of a longer one
    return Asked(
        text=words[:MOST_LETTERS] + whole,
        selected={facet: values for facet, values in selected.items() if values},
        sort=sort if sort in SORTS else "relevance",
        page=min(MAX_PAGE, max(1, request.args.get("page", 1, type=int))),
        cut=len(words) > MOST_LETTERS,
    )
