"""The application for any WSGI server: `cluster_net.wsgi:create()`."""

import os

from flask import Flask

from cluster_net.settings import read_settings
from cluster_net.web.app import create_app
from cluster_net.wiring import open_backends


def create() -> Flask:
    """Return the application with the settings of the environment. Raises Invalid when they are wrong."""
    settings = read_settings(os.environ)
    return create_app(open_backends(settings), settings)
