"""Open data for machines: the files of the current data version, and the catalogue that describes them."""

from typing import cast

from flask import Blueprint, Response, abort, current_app, redirect, request, send_file
from flask.typing import ResponseReturnValue

from cluster_net.services.publishing import Shelf
from cluster_net.web.api_answers import FRESH_SECONDS, share
from cluster_net.web.context import settings
from cluster_net.web.dcat import FORMS, Publisher, catalogue
from cluster_net.web.wording import page_url, site_url

open_data = Blueprint("open_data", __name__)
open_data.after_request(share)
_SUFFIXES = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


def shelf() -> Shelf:
    """Return the shelf of this application."""
    return cast("Shelf", current_app.extensions["cluster_net.shelf"])


def publisher() -> Publisher:
    """Return who publishes the data."""
    return Publisher(settings().site_name, site_url(), settings().data_licence, settings().contact)


@open_data.get("/api/v1/")
@open_data.get("/api/v1/docs")
def api_docs() -> ResponseReturnValue:
    """Lead to the page that describes the interface."""
    return redirect(page_url("api_page", "sv" if request.accept_languages.best_match(("sv", "en"), "en") == "sv" else "en"))


@open_data.get("/dumps/<name>")
def dump(name: str) -> Response:
    """Answer a file of the current data version; what one has already is not sent again, and a broken download can go on."""
    edition = shelf().current()
    file = edition.file(name) or abort(404)
    answer = send_file(
        edition.folder / file.name,
        file.media_type,
        as_attachment=True,
        download_name=f"cluster-net-{edition.version}-{file.name}",
        conditional=True,
        etag=file.sha256[:32],
        max_age=FRESH_SECONDS,
    )
    answer.headers["Link"] = f'<{settings().data_licence}>; rel="license"'
    return answer


@open_data.get("/dcat")
def dcat() -> ResponseReturnValue:
    """Answer the catalogue in the form that is asked for, Turtle if any will do; people are led to the page."""
    form = request.accept_mimetypes.best_match([*FORMS.values(), "text/html"], "text/turtle")
    if form == "text/html":
        answer = redirect(page_url("data_page"), 303)
    else:
        answer = _catalogue(next(name for name, media_type in FORMS.items() if media_type == form))
    answer.vary.add("Accept")
    return answer


@open_data.get("/dcat.<any(ttl, jsonld, rdf):suffix>")
def dcat_file(suffix: str) -> Response:
    """Answer the catalogue in one form."""
    return _catalogue(_SUFFIXES[suffix])


def _catalogue(form: str) -> Response:
    text = catalogue(shelf().current(), publisher()).serialize(format=form)
    answer = Response(text, content_type=f"{FORMS[form]}; charset=utf-8")
    answer.add_etag()
    answer.cache_control.public = True
    answer.cache_control.max_age = FRESH_SECONDS
    return cast("Response", answer.make_conditional(request))
