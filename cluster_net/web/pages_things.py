"""The pages of one actor, need, offer or concept."""

from flask import render_template, request

from cluster_net.services.profiles import read_actor, read_concept, read_need, read_offer
from cluster_net.web.context import backends, language, settings
from cluster_net.web.structured import actor_json_ld


def actor_page(slug: str) -> str:
    """Show one actor with its ties, needs, offers and suggestions."""
    page = read_actor(backends(), slug, language(), whole=request.args.get("all", ""))
    return render_template("things/actor.html", page=page, json_ld=actor_json_ld(page, language(), settings().site_url or request.host_url))


def need_page(slug: str) -> str:
    """Show one need and who fits."""
    return render_template("things/proposal.html", page=read_need(backends(), slug, language()), type="need")


def offer_page(slug: str) -> str:
    """Show one offer."""
    return render_template("things/proposal.html", page=read_offer(backends(), slug, language()), type="offer")


def concept_page(slug: str) -> str:
    """Show one concept and who has it."""
    return render_template("things/concept.html", page=read_concept(backends(), slug, language()))
