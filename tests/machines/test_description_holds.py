"""Every operation of the interface against hundreds of questions made from its own description, sensible ones and senseless ones.

No answer may be a server error, and each must be what the description says: its status, its form, its headers. Takes minutes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection

from cluster_net.services.indexing import rebuild_index
from cluster_net.services.intake import import_path
from cluster_net.settings import read_settings
from cluster_net.web.app import create_app
from cluster_net.web.openapi import description
from cluster_net.wiring import open_backends

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SEED = Path(__file__).parents[2] / "graph" / "seed"
EXAMPLES = 250
SITES: list[Flask] = []


def ask(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Pass a request on to the site, which is not made yet when the tests are gathered."""
    return SITES[-1](environ, start_response)


SCHEMA = schemathesis.openapi.from_dict(description())
SCHEMA.app = ask


@pytest.fixture(scope="module", autouse=True)
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The site that is asked, without a limit."""
    held = read_settings({"CLUSTER_NET_DATA": str(tmp_path_factory.mktemp("machines")), "CLUSTER_NET_API_RATE": "0"})
    backends = replace(open_backends(held), clock=lambda: datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    backends.graph.prepare()
    for folder in (SEED, SEED / "fictional"):
        import_path(backends.graph, folder, author="test", now=backends.clock)
    backends.index.ensure()
    rebuild_index(backends.graph, backends.index)
    SITES.append(create_app(backends, held))
    yield
    backends.close()


@SCHEMA.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_answers_are_as_described(case: schemathesis.Case) -> None:
    # An empty value counts as not given, since forms send such; the description has no word for that, so it is not held to it.
    case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=[negative_data_rejection])
