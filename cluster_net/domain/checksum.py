"""One checksum for what a graph states, the same from every engine."""

import hashlib
import json

from cluster_net.domain.graph import IMPORT, Dump
from cluster_net.domain.nodes import facts_of


def graph_checksum(dump: Dump) -> str:
    """Return the SHA-256 of all facts and links; imports and times of change do not count."""
    total = hashlib.sha256()
    nodes = sorted((node for node in dump.nodes if node.key.label != IMPORT), key=lambda node: node.key)
    for node in nodes:
        total.update(_line([*node.key, facts_of(node)]))
    for link in sorted(dump.links, key=lambda link: link.id):
        total.update(_line([link.id, link.type, *link.start, *link.end, dict(link.properties)]))
    return total.hexdigest()


def _line(parts: list[object]) -> bytes:
    return json.dumps(parts, ensure_ascii=False, sort_keys=True).encode() + b"\n"
