"""The polite limit of the interface: headers on every answer, 429 when a client has used up its share."""

import time
from ipaddress import ip_address, ip_network
from typing import cast

from flask import Response, current_app, g, request
from werkzeug.exceptions import TooManyRequests

from cluster_net.services.limiting import Buckets, Taken

HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy")


def limit_client() -> None:
    """Take a token for the request at hand. Raises TooManyRequests when there is none."""
    buckets = cast("Buckets | None", current_app.extensions.get("cluster_net.buckets"))
    if buckets is None or request.method == "OPTIONS":
        return
    g.taken = taken = buckets.take(_client(request.remote_addr or ""), time.monotonic())
    g.limit = (buckets.size, int(buckets.seconds))
    if not taken.allowed:
        raise TooManyRequests(retry_after=taken.next_in)


def tell_limit(response: Response) -> Response:
    """Tell how many requests the client may still send, and in how many seconds it may send all of them again."""
    taken = cast("Taken | None", g.get("taken"))
    if taken is not None:
        size, seconds = g.limit
        values = (size, taken.left, taken.full_in, f"{size};w={seconds}")
        response.headers.update(dict(zip(HEADERS, map(str, values), strict=True)))
    return response


def _client(address: str) -> str:
    """Return what names a client: its address, or the network of one household for IPv6."""
    try:
        if ip_address(address).version == 4:
            return address
        return str(ip_network(f"{address.partition('%')[0]}/64", strict=False))
    except ValueError:
        return address
