"""Atom feeds: what is new or changed in a list, with the filters that the address asks for."""

from dataclasses import replace

from flask import Response, render_template

from cluster_net.services.finding import narrowed, search_all
from cluster_net.web.context import backends, question
from cluster_net.web.pages_lists import asked_of
from cluster_net.web.wording import outside_url

ENTRIES = 50


def list_feed(name: str) -> Response:
    """Answer the latest ENTRIES of a list as an Atom feed (RFC 4287), the last changed first."""
    asked = asked_of(name)
    latest = replace(asked.request(), sort="-updated", limit=ENTRIES, offset=0)
    found = search_all(backends(), narrowed(name, latest), tuple(asked.selected))
    addresses = {"feed": outside_url("list_feed", **{**question(), "name": name}), "page": outside_url(f"{name}_page", **question())}
    feed = render_template("machines/feed.xml", name=name, asked=asked, found=found, addresses=addresses)
    return Response(feed, content_type="application/atom+xml; charset=utf-8")
