"""Reading a ROR dump against what the store already has."""

import json
from collections.abc import Mapping
from pathlib import Path

from cluster_net.domain.errors import Invalid, Problem
from cluster_net.domain.filters import Exists
from cluster_net.domain.graph import ACTOR, Key
from cluster_net.domain.nodes import from_node
from cluster_net.domain.records import Actor, Collaboration
from cluster_net.domain.ror import Raw, actor_row, collaborations_of, merged, schema_problems, short_id, slug_of
from cluster_net.domain.rows import from_row
from cluster_net.domain.tables import TABLES
from cluster_net.domain.text import slugify
from cluster_net.services.ports import GraphStore
from cluster_net.services.reading import decode, read_bytes

_ACTORS = next(table for table in TABLES if table.file == "actors.csv")


def read_ror(path: Path, store: GraphStore) -> tuple[list[Actor], list[Collaboration]]:
    """Return the actors and ties of a ROR v2 file, plain or gzip; withdrawn records are left out.

    An actor that the store already has by its ROR id keeps its public id and its own facts. Raises Invalid.
    """
    records = _load(path)
    held = {actor.ror: actor for actor in _known_actors(store)}
    slugs = _slugs(records, held, store)
    actors, problems = [], []
    for record in records:
        ror = short_id(record["id"])
        try:
            outside = from_row(_ACTORS, actor_row(record, slugs[ror]), file=path.name)
        except Invalid as invalid:
            problems += [Problem(f"{record['id']}: {p.message}", p.mend, p.field, 0, path.name) for p in invalid.problems]
            continue
        if isinstance(outside, Actor):
            actors.append(merged(held[ror], outside) if ror in held else outside)
    if problems:
        raise Invalid(problems)
    everywhere = {ror: actor.id for ror, actor in held.items()} | slugs
    return actors, list(collaborations_of(records, everywhere))


def _load(path: Path) -> list[Raw]:
    text = decode(read_bytes(path), path.name)
    try:
        records = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise Invalid([Problem("This is not JSON.", "Fetch the file anew; it may be cut off.", "", line, path.name)]) from None
    if problems := schema_problems(records, path.name):
        raise Invalid(problems)
    return sorted((record for record in records if record.get("status") != "withdrawn"), key=lambda record: str(record["id"]))


def _known_actors(store: GraphStore) -> list[Actor]:
    return [from_node(node, Actor) for node in store.find(ACTOR, Exists("ror"), limit=None).rows]


def _slugs(records: list[Raw], held: Mapping[str, Actor], store: GraphStore) -> dict[str, str]:
    wished = {slugify(name["value"]) for record in records for name in record["names"] if "ror_display" in name["types"]}
    taken = {key.id for key in store.get([Key(ACTOR, slug) for slug in sorted(wished) if slug])}
    slugs = {}
    for record in records:
        ror = short_id(record["id"])
        slugs[ror] = held[ror].id if ror in held else slug_of(record, taken)
    return slugs
