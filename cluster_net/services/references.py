"""How an address names an actor, a need or an offer: `ki`, `need.gmp-slot`, `offer.a-call`; and what a list of names means."""

import re
from collections.abc import Iterator

from cluster_net.domain.errors import NotFound
from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key
from cluster_net.domain.network import Network
from cluster_net.domain.text import fold

_LABELS = {"need": NEED, "offer": OFFER}
_NAMES = ("name_sv", "name_en", "title_sv", "title_en", "acronym")
_SEPARATORS = (r"[\r\n]+", r"[,;]", r"\s+")  # of a list, the first that it has; a name may hold those after it

_MARKS = re.compile(r"""^\s*(?:[-*•–·]|\d{1,3}[.)])\s+|["“”]""")  # what a pasted list has around its names
_FORMS = re.compile(r" (?:ab|aktiebolag|inc|ltd|gmbh)\.?(?: \(publ\))?$")  # legal forms, folded


def key_of(reference: str) -> Key:
    """Return the key that a reference names."""
    label, dot, id_ = reference.partition(".")
    return Key(_LABELS[label], id_) if dot and label in _LABELS else Key(ACTOR, reference)


def reference_of(key: Key) -> str:
    """Return the reference of a key, such that `key_of` gives it back."""
    return key.id if key.label == ACTOR else f"{key.label.lower()}.{key.id}"


def find_key(network: Network, what: str) -> Key | None:
    """Return the key of what a reference names, else of the need or the offer with that id, if there is one."""
    return next((one for one in (key_of(what), Key(NEED, what), Key(OFFER, what)) if one in network.nodes), None)


def require_known(network: Network, reference: str, field: str = "") -> Key:
    """Return the key of what is in the network; *field* is where it was named. Raises NotFound."""
    key = key_of(reference)
    if key not in network.nodes:
        raise NotFound(reference, field=field)
    return key


def require_of(network: Network, label: str, name: str, field: str) -> Key:
    """Return the key of an actor, a need or an offer, whichever *label* says, that *name* is the id of or refers to. Raises NotFound."""
    key = next((one for one in (Key(label, name), key_of(name)) if one.label == label and one in network.nodes), None)
    if key is None:
        raise NotFound(name, field=field, type_=label.lower())
    return key


def read_list(network: Network, text: str) -> tuple[tuple[Key, ...], tuple[str, ...]]:
    """Return whom a list of names or references names, each once, and the entries that name nobody."""
    known = _keys_by_name(network)
    found = list(_read(text, network, known, _SEPARATORS))
    keys = dict.fromkeys(key for _, key in found if key is not None)
    return tuple(keys), tuple(dict.fromkeys(entry for entry, key in found if key is None))


def _read(text: str, network: Network, known: dict[str, Key], separators: tuple[str, ...]) -> Iterator[tuple[str, Key | None]]:
    entry = " ".join(_MARKS.sub("", text).split())
    key = key_of(entry) if key_of(entry) in network.nodes else known.get(fold(entry)) or known.get(_FORMS.sub("", fold(entry)))
    if key is not None or not separators:
        yield entry, key
    elif entry:
        parts = [one for part in re.split(separators[0], text) for one in _read(part, network, known, separators[1:]) if one[0]]
        of_one_name = len(separators) == 1 and all(key is None for _, key in parts)
        yield from [(entry, None)] if of_one_name else parts


def _keys_by_name(network: Network) -> dict[str, Key]:
    """Return the keys of actors, needs and offers by their folded names; of two with one name, the first by label and id."""
    keys: dict[str, Key] = {}
    for node in (node for label in (ACTOR, NEED, OFFER) for node in network.of_label.get(label, ())):
        aliases = node.properties.get("aliases", ())
        names = [node.properties.get(stem, "") for stem in _NAMES] + list(aliases if isinstance(aliases, tuple) else ())
        for name in names:
            keys.setdefault(fold(str(name)), node.key)
    keys.pop("", None)
    return keys
