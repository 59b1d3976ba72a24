"""From settings to backends; the only module that names both engines of a port."""

from functools import partial
from urllib.parse import urlsplit

from cluster_net.adapters.places_file import PlacesFile
from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.domain.errors import Invalid, Problem
from cluster_net.services.backends import Backends
from cluster_net.services.placed import MapCache
from cluster_net.services.ports import GraphStore, SearchIndex
from cluster_net.services.snapshots import SnapshotCache, compile_matcher, own_weights
from cluster_net.settings import Settings


def open_backends(settings: Settings) -> Backends:
    """Return the store and the index that *settings* name, not yet asked anything.

    Raises Invalid for an address of no known scheme, a file of weights that is none, or when the driver of the engine is not installed.
    """
    graph, weights = open_graph(settings), own_weights(settings.weights)
    cache = SnapshotCache(graph, partial(compile_matcher, weights=weights))
    return Backends(graph, open_index(settings), cache, maps=MapCache(PlacesFile(settings.data / "places.json")))


def open_graph(settings: Settings) -> GraphStore:
    """Return the graph store."""
    uri = settings.graph_uri
    if uri.startswith("sqlite:///"):
        return SqliteGraph(uri.removeprefix("sqlite:///"))
    if urlsplit(uri).scheme.split("+")[0] in {"neo4j", "bolt"}:
        try:
            from cluster_net.adapters.neo4j_graph import Neo4jGraph  # noqa: PLC0415
        except ModuleNotFoundError:
            raise _missing("CLUSTER_NET_GRAPH_URI", "Neo4j", "neo4j") from None
        user, password = (settings.graph_user, settings.graph_password) if settings.graph_password else (None, None)
        return Neo4jGraph(uri, user, password)
    raise _unknown("CLUSTER_NET_GRAPH_URI", "sqlite:///PATH, neo4j://HOST:PORT or bolt://HOST:PORT")


def open_index(settings: Settings) -> SearchIndex:
    """Return the search index."""
    uri = settings.search_uri
    if uri.startswith("tantivy:///"):
        return TantivyIndex(uri.removeprefix("tantivy:///"))
    if urlsplit(uri).scheme in {"http", "https"}:
        try:
            from cluster_net.adapters.meili_index import MeiliIndex  # noqa: PLC0415
        except ModuleNotFoundError:
            raise _missing("CLUSTER_NET_SEARCH_URI", "Meilisearch", "meili") from None
        return MeiliIndex(uri, settings.search_key or None, settings.search_index)
    raise _unknown("CLUSTER_NET_SEARCH_URI", "tantivy:///PATH or http://HOST:PORT")


def _unknown(name: str, forms: str) -> Invalid:
    return Invalid([Problem("The address has no known scheme.", f"Write it as {forms}.", field=name)])


def _missing(name: str, engine: str, extra: str) -> Invalid:
    return Invalid([Problem(f"The driver of {engine} is not installed.", f"Run: pip install 'cluster-net[{extra}]'.", field=name)])
