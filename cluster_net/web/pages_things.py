"""The pages of one actor, need, offer or concept."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from cluster_net.services.comparing import MOST, compare_infrastructures
from cluster_net.services.profiles import read_actor, read_concept, read_need, read_offer
from cluster_net.web.context import backends, language
from cluster_net.web.structured import actor_json_ld, concept_json_ld, proposal_json_ld
from cluster_net.web.wording import page_url

MOST_READ = 20  # slugs of one address


def actor_page(slug: str) -> str:
    """Show one actor with its ties, needs, offers and suggestions."""
    page = read_actor(backends(), slug, language(), whole=request.args.get("all", ""), drawn=request.args.get("view") == "picture")
    return render_template("things/actor.html", page=page, json_ld=actor_json_ld(page))


def need_page(slug: str) -> str:
    """Show one need and who fits."""
    page = read_need(backends(), slug, language())
    return render_template("things/proposal.html", page=page, type="need", json_ld=proposal_json_ld(page))


def offer_page(slug: str) -> str:
    """Show one offer."""
    page = read_offer(backends(), slug, language())
    return render_template("things/proposal.html", page=page, type="offer", json_ld=proposal_json_ld(page))


def concept_page(slug: str) -> str:
    """Show one concept and who has it."""
    page = read_concept(backends(), slug, language())
    return render_template("things/concept.html", page=page, json_ld=concept_json_ld(page))


def compare_page() -> ResponseReturnValue:
    """Show infrastructures side by side; what the directory's form sent along is taken out of the address."""
    chosen = list(dict.fromkeys(filter(None, request.args.getlist("id"))))[:MOST_READ]
    if set(request.args) - {"id"}:
        return redirect(page_url("compare_page", id=chosen))
    today = backends().clock().date().isoformat()
    return render_template("things/compare.html", page=compare_infrastructures(backends(), chosen, language()), most=MOST, today=today)
