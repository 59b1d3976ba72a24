"""Every setting there is, in one table; the only reader of the environment."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from cluster_net.domain.errors import Invalid, Problem

_OF_SCRIPTS = ("CLUSTER_NET_TEST_", "CLUSTER_NET_CACHE", "CLUSTER_NET_VENV")  # read by the scripts and tests only

_LEAST = {"port": 0, "threads": 1, "outbox_seconds": 0.05, "api_rate": 0, "proxies": 0}


class Setting(NamedTuple):
    """A setting's name in the environment, its default and what it does."""

    name: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("CLUSTER_NET_DATA", ".data", "Folder of the embedded store, the embedded index and the secret key."),
    Setting(
        "CLUSTER_NET_GRAPH_URI",
        "",
        "Graph store: sqlite:///PATH, neo4j://HOST:PORT, neo4j+s://... or bolt://... Empty: SQLite in the data folder.",
    ),
    Setting("CLUSTER_NET_GRAPH_USER", "neo4j", "Neo4j's user name; used only when a password is set."),
    Setting("CLUSTER_NET_GRAPH_PASSWORD", "", "Neo4j's password. Never put it in the address."),
    Setting(
        "CLUSTER_NET_SEARCH_URI",
        "",
        "Search index: tantivy:///PATH, or Meilisearch at http://HOST:PORT or https://... Empty: tantivy in the data folder.",
    ),
    Setting("CLUSTER_NET_SEARCH_KEY", "", "Meilisearch key that may search and write its indexes; never the master key."),
    Setting("CLUSTER_NET_SEARCH_INDEX", "cluster-net", "Name of the index in Meilisearch."),
    Setting("CLUSTER_NET_SECRET_KEY", "", "Key that signs cookies. Empty: made once and kept in the data folder."),
    Setting("CLUSTER_NET_SITE_URL", "", "Public address of the site, such as https://network.example; used in sitemap and feeds."),
    Setting(
        "CLUSTER_NET_CONTACT",
        "",
        "Mailbox of a function, not of a person, to which visitors report faults; shown on the page about accessibility.",
    ),
    Setting("CLUSTER_NET_SITE_NAME", "Capital of Life", "Name of the cluster, shown in the header."),
    Setting(
        "CLUSTER_NET_DATA_LICENCE",
        "https://creativecommons.org/licenses/by/4.0/",
        "Address of the licence that the data may be used under; told with every download.",
    ),
    Setting("CLUSTER_NET_WEIGHTS", "", "File of weights that suggestions are scored by, such as `cluster-net fit` writes. Empty: our own."),
    Setting("CLUSTER_NET_API_RATE", "300", "Requests a minute that one client may send to the interface; 0: as many as it likes."),
    Setting("CLUSTER_NET_PROXIES", "0", "Reverse proxies before the site whose X-Forwarded headers are believed."),
    Setting("CLUSTER_NET_HOST", "127.0.0.1", "Address that `serve` and `demo` listen on."),
    Setting("CLUSTER_NET_PORT", "8000", "Port that `serve` and `demo` listen on."),
    Setting("CLUSTER_NET_THREADS", "8", "Threads that answer requests."),
    Setting("CLUSTER_NET_OUTBOX_SECONDS", "2", "Seconds between two looks at the outbox by the worker."),
)


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """The settings in force, read and checked. Has no repr: it holds secrets."""

    data: Path
    graph_uri: str
    graph_user: str
    graph_password: str
    search_uri: str
    search_key: str
    search_index: str
    secret_key: str
    site_url: str
    contact: str
    site_name: str
    data_licence: str
    weights: Path | None
    api_rate: int
    proxies: int
    host: str
    port: int
    threads: int
    outbox_seconds: float


def read_settings(environment: Mapping[str, str], **overrides: str) -> Settings:
    """Return the settings of *environment*, with *overrides* (field names of Settings) before it.

    Raises Invalid with every problem at once: an unknown CLUSTER_NET_ name, a number that is none, a password in an address.
    """
    known = {setting.name for setting in SETTINGS}
    problems = [
        Problem("There is no such setting.", "See `cluster-net doctor` for all names.", field=name)
        for name in sorted(environment)
        if name.startswith("CLUSTER_NET_") and name not in known and not name.startswith(_OF_SCRIPTS)
    ]
    text = {setting.name.removeprefix("CLUSTER_NET_").lower(): environment.get(setting.name) or setting.default for setting in SETTINGS}
    text |= overrides
    numbers = {name: _number(name, text[name], low, problems) for name, low in _LEAST.items()}
    problems += [
        problem for name in ("graph_uri", "search_uri", "site_url", "data_licence") for problem in _address_problems(name, text[name])
    ]
    problems += _contact_problems(text["contact"])
    if problems:
        raise Invalid(problems)
    data = Path(text["data"]).expanduser().resolve()
    return Settings(
        data=data,
        graph_uri=text["graph_uri"] or f"sqlite:///{data / 'graph.db'}",
        graph_user=text["graph_user"],
        graph_password=text["graph_password"],
        search_uri=text["search_uri"] or f"tantivy:///{data / 'index'}",
        search_key=text["search_key"],
        search_index=text["search_index"],
        secret_key=text["secret_key"],
        site_url=text["site_url"].rstrip("/"),
        contact=text["contact"],
        site_name=text["site_name"],
        data_licence=text["data_licence"],
        weights=Path(text["weights"]).expanduser().resolve() if text["weights"] else None,
        api_rate=int(numbers["api_rate"]),
        proxies=int(numbers["proxies"]),
        host=text["host"],
        port=int(numbers["port"]),
        threads=int(numbers["threads"]),
        outbox_seconds=numbers["outbox_seconds"],
    )


def wanting(settings: Settings) -> list[Problem]:
    """Return what a public site should have set and has not; it runs without."""
    if settings.contact:
        return []
    mend = "Set CLUSTER_NET_CONTACT to the mailbox of a function, such as name@host.example."
    return [Problem("Visitors are told no mailbox to report faults to.", mend)]


def kept_secret(settings: Settings) -> str:
    """Return the secret key, making one that only the owner can read when none is set."""
    if settings.secret_key:
        return settings.secret_key
    place = settings.data / "secret-key"
    if not place.exists():
        settings.data.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return place.read_text("ascii").strip()


def _number(name: str, text: str, low: float, problems: list[Problem]) -> float:
    try:
        number = float(text)
    except ValueError:
        number = low - 1
    if number < low:
        problems.append(Problem("This is not a number that fits.", f"Give a number of at least {low:g}.", field=_public_name(name)))
    return number


def _address_problems(name: str, text: str) -> list[Problem]:
    try:
        secret = urlsplit(text).password is not None
    except ValueError:
        return [Problem("This is not an address.", "Write it as scheme://host:port.", field=_public_name(name))]
    if secret:
        return [Problem("The address holds a password.", "Put it in CLUSTER_NET_GRAPH_PASSWORD instead.", field=_public_name(name))]
    return []


def _contact_problems(text: str) -> list[Problem]:
    if not text or re.fullmatch(r"[^\s@<>?&]+@[^\s@<>?&]+\.[^\s@<>?&]+", text):
        return []
    return [Problem("This is not a mail address.", "Write it as name@host.example.", field="CLUSTER_NET_CONTACT")]


def _public_name(name: str) -> str:
    return f"CLUSTER_NET_{name.upper()}"
