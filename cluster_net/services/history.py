"""What was changed on a record, in words: when, why, and each field before and after."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cluster_net.domain.field_words import NAMED_RECORDS, field_word, value_word
from cluster_net.domain.graph import Key, Revision
from cluster_net.domain.vocabulary import Language
from cluster_net.services.ports import GraphStore
from cluster_net.services.summaries import names_of

SHOWN = 10
Held = str | int | float | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in words: what was taken out of it and what came in, of one that holds a single value the old and the new one."""

    field: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of a record; `changes` is empty where it was added or removed whole."""

    at: str
    action: str
    reason: str
    changes: tuple[FieldChange, ...]


def history_of(store: GraphStore, key: Key, language: Language) -> tuple[Entry, ...]:
    """Return the latest changes of a record, newest first, in one round trip, two where they name other records.

    Who made a change is kept but not told to the public.
    """
    revisions = store.revisions(*key, limit=SHOWN)
    diffs: list[dict[str, tuple[Held, Held]]] = [json.loads(one.diff) for one in revisions]
    pairs = [(field, pair) for diff in diffs for field, pair in diff.items() if field in NAMED_RECORDS]
    named = {Key(NAMED_RECORDS[field], str(one)) for field, pair in pairs for held in pair for one in _values(held)}
    names = names_of(store, sorted(named), language)
    return tuple(_entry(revision, diff, names, language) for revision, diff in zip(revisions, diffs, strict=True))


def _entry(revision: Revision, diff: Mapping[str, tuple[Held, Held]], names: Mapping[Key, str], language: Language) -> Entry:
    def words(field: str, values: Sequence[str | float | bool]) -> tuple[str, ...]:
        label = NAMED_RECORDS.get(field, "")
        return tuple(names.get(Key(label, str(value)), value_word(field, value, language)) for value in values)

    changes = []
    for field, (before, after) in diff.items():
        had, has = _values(before), _values(after)
        removed, added = [one for one in had if one not in has], [one for one in has if one not in had]
        if removed or added:
            changes.append(
                FieldChange(field_word(field, language), words(field, removed), words(field, added), isinstance(before or after, list))
            )
    return Entry(revision.at, revision.action, revision.reason, tuple(changes))


def _values(held: Held) -> list[str | float | bool]:
    return [] if held is None else [*held] if isinstance(held, list) else [held]
