"""The application factory."""

import logging

from flask import Flask
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from cluster_net.resources import folder
from cluster_net.services.backends import Backends
from cluster_net.services.limiting import Buckets
from cluster_net.services.publishing import Shelf
from cluster_net.settings import Settings, kept_secret, wanting
from cluster_net.web.api import api
from cluster_net.web.compression import send_well
from cluster_net.web.context import language
from cluster_net.web.errors import register_errors
from cluster_net.web.health import health
from cluster_net.web.machines import machines
from cluster_net.web.open_data import open_data
from cluster_net.web.pages import pages
from cluster_net.web.security import add_headers
from cluster_net.web.stylesheets import stylesheets
from cluster_net.web.wording import register_wording

LOG = logging.getLogger(__name__)
YEAR = 365 * 24 * 3600


def create_app(backends: Backends, settings: Settings) -> Flask:
    """Return the site on *backends*: pages in Swedish at / and in English under /en/, the interface under /api/v1.

    What should be set and is not is told in the log.
    """
    for problem in wanting(settings):
        LOG.warning("%s", problem)
    app = Flask("cluster_net", template_folder=str(folder("templates")), static_folder=str(folder("static")))
    app.extensions["cluster_net.backends"] = backends
    app.extensions["cluster_net.settings"] = settings
    app.extensions["cluster_net.shelf"] = Shelf(backends.graph, settings.data / "dumps")
    app.extensions["cluster_net.buckets"] = Buckets(settings.api_rate) if settings.api_rate else None
    app.secret_key = kept_secret(settings)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR  # the address of a static file changes with its content
    Babel(app, locale_selector=language, default_locale="en")
    register_wording(app)
    register_errors(app)
    app.after_request(send_well)  # the first one named runs last
    app.after_request(add_headers)
    app.register_blueprint(pages, name="sv")
    app.register_blueprint(pages, name="en", url_prefix="/en")
    for blueprint in (api, health, machines, open_data, stylesheets):
        app.register_blueprint(blueprint)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies)  # type: ignore[method-assign]
    return app
