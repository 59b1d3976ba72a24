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
_FORMS = re.compile(r",? (?:ab|aktiebolag|inc|ltd|gmbh)\.?(?: \(publ\))?$")  # legal forms, folded
_INVENTED = re.compile(r" \((?:pahittad|pahittat|fictional)\)$")  # folded
LEAST_LETTERS = 3  # of what somebody may mean a longer name by


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
    found = list(_read(text, network, _keys_by_name(network), _SEPARATORS))
    keys = dict.fromkeys(key for _, key in found if key is not None)
    return tuple(keys), tuple(dict.fromkeys(entry for entry, key in found if key is None))


def meant_in_list(network: Network, text: str, most: int) -> dict[str, tuple[Key, str]]:
    """Return whom entries that name nobody may mean, *most* of them, each with the list in which that one stands in its place.

    A name that begins with the entry goes before one that holds it as whole words, a shorter before a longer one.
    """
    known = _keys_by_name(network)
    plain: dict[str, Key] = {}
    for name in sorted(known, key=lambda one: (len(one), one)):
        plain.setdefault(_words_of(name), known[name])
    names = "".join(f"\n {name} " for name in plain) + "\n"
    entries = list(_read(text, network, known, _SEPARATORS))
    unknown = dict.fromkeys(entry for entry, key in entries if key is None)
    near = ((entry, _nearest(_words_of(fold(entry)), names)) for entry in unknown)
    meant = [(entry, plain[name]) for entry, name in near if name][:most]
    return {one: (key, "\n".join(reference_of(key) if entry == one else entry for entry, _ in entries)) for one, key in meant}


def _nearest(words: str, names: str) -> str:
    """Return the first of *names*, each on a line between spaces, that begins with *words*, else that holds them; or nothing."""
    places = (names.find(sought) for sought in (f"\n {words}", f" {words} ") if len(words) >= LEAST_LETTERS)
    place = next((one for one in places if one >= 0), None)
    return "" if place is None else names[names.rindex("\n", 0, place + 1) : names.index("\n", place + 1)].strip()


def _words_of(folded: str) -> str:
    return " ".join(re.findall(r"\w+", folded))


def _bare(folded: str) -> str:
    """Return a folded name without its legal form and without the word that it is invented."""
    return _FORMS.sub("", _INVENTED.sub("", folded))


def _read(text: str, network: Network, known: dict[str, Key], separators: tuple[str, ...]) -> Iterator[tuple[str, Key | None]]:
    entry = " ".join(_MARKS.sub("", text).split())
    key = find_key(network, entry) or known.get(fold(entry)) or known.get(_bare(fold(entry)))
    if key is not None or not separators:
        yield entry, key
    elif entry:
        parts = [one for part in re.split(separators[0], text) for one in _read(part, network, known, separators[1:]) if one[0]]
        of_one_name = len(separators) == 1 and all(key is None for _, key in parts)
        yield from [(entry, None)] if of_one_name else parts


def _keys_by_name(network: Network) -> dict[str, Key]:
    """Return the keys of actors, needs and offers by their folded names; of two with one name, the first by label and id.

    What is left of a name without its legal form, or without the word that it is invented, names it where nothing else is called so.
    """
    keys: dict[str, Key] = {}
    for node in (node for label in (ACTOR, NEED, OFFER) for node in network.of_label.get(label, ())):
        aliases = node.properties.get("aliases", ())
        names = [node.properties.get(stem, "") for stem in _NAMES] + list(aliases if isinstance(aliases, tuple) else ())
        for name in names:
            keys.setdefault(fold(str(name)), node.key)
    for name, key in list(keys.items()):
        keys.setdefault(_bare(name), key)
    keys.pop("", None)
    return keys
