"""From wanted records to one write: what is new, what differs, what stays, and the revisions that say so."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cluster_net.domain.graph import ACTOR, IMPORT, Changes, Key, Link, Node, Revision, Value
from cluster_net.domain.nodes import facts_of, record_of, to_node
from cluster_net.domain.records import AccessStatement, Collaboration, Record

COLLABORATION = "Collaboration"


@dataclass(frozen=True, slots=True)
class Stamp:
    """When (ISO 8601 UTC), by whom and why."""

    at: str
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A write and its counts over records and collaborations."""

    changes: Changes
    added: int
    changed: int
    unchanged: int


def plan_changes(
    records: Sequence[Record],
    collaborations: Sequence[Collaboration],
    nodes: Mapping[Key, Node],
    links: Mapping[str, Link],
    stamp: Stamp,
) -> Plan:
    """Compare what is wanted with what is there; what is not mentioned stays as it is.

    *nodes* and *links* hold what the store has of the wanted keys and ids.
    """
    plans = [_plan_record(record, nodes.get(record.key), stamp) for record in records]
    plans += [_plan_link(collaboration.link(), links.get(collaboration.id), stamp) for collaboration in collaborations]
    return Plan(
        _joined(plan for plan in plans if plan),
        added=sum(plan.revisions[0].action == "added" for plan in plans if plan),
        changed=sum(plan.revisions[0].action == "changed" for plan in plans if plan),
        unchanged=sum(not plan for plan in plans),
    )


def _plan_record(record: Record, before: Node | None, stamp: Stamp) -> Changes:
    after = to_node(record, updated=stamp.at)
    if before is None:
        return Changes(
            put=(after,),
            link=record.links(),
            revisions=(_revision(*record.key, "added", stamp),),
            reindex=_search_entries(record),
        )
    old, new = facts_of(before), facts_of(after)
    if old == new:
        return Changes()
    had, has = {link.id: link for link in record_of(before).links()}, {link.id: link for link in record.links()}
    return Changes(
        put=(after,),
        unlink=tuple(had.keys() - has.keys()),
        link=tuple(link for link in has.values() if had.get(link.id) != link),
        revisions=(_revision(*record.key, "changed", stamp, old=old, new=new),),
        reindex=_search_entries(record),
    )


def _plan_link(link: Link, before: Link | None, stamp: Stamp) -> Changes:
    if before == link:
        return Changes()
    if before is None:
        return Changes(link=(link,), revisions=(_revision(COLLABORATION, link.id, "added", stamp),))
    revision = _revision(COLLABORATION, link.id, "changed", stamp, old=before.properties, new=link.properties)
    return Changes(link=(link,), revisions=(revision,))


def _revision(
    label: str, id_: str, action: str, stamp: Stamp, *, old: Mapping[str, Value] | None = None, new: Mapping[str, Value] | None = None
) -> Revision:
    old, new = old or {}, new or {}
    differ = {name: [old.get(name), new.get(name)] for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)}
    return Revision(label, id_, action, stamp.at, stamp.author, stamp.reason, json.dumps(differ, ensure_ascii=False))


def _search_entries(record: Record) -> tuple[Key, ...]:
    if record.key.label == IMPORT:
        return ()
    if isinstance(record, AccessStatement):
        return (Key(ACTOR, record.actor_id),)
    return (record.key,)


def _joined(plans: Iterable[Changes]) -> Changes:
    parts = list(plans)
    return Changes(
        put=tuple(node for part in parts for node in part.put),
        link=tuple(link for part in parts for link in part.link),
        unlink=tuple(id_ for part in parts for id_ in part.unlink),
        revisions=tuple(revision for part in parts for revision in part.revisions),
        reindex=tuple(dict.fromkeys(key for part in parts for key in part.reindex)),
    )


def with_import(plan: Plan, record: Record, stamp: Stamp, version: int) -> Changes:
    """Return the plan's write together with the record of the import and the data version it expects."""
    own = _plan_record(record, None, stamp)
    return replace(
        plan.changes, put=(*plan.changes.put, *own.put), revisions=(*plan.changes.revisions, *own.revisions), expected_version=version
    )
