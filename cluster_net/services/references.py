"""How an address names an actor, a need or an offer: `ki`, `need.gmp-slot`, `offer.a-call`."""

from cluster_net.domain.errors import NotFound
from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key
from cluster_net.domain.network import Network

_LABELS = {"need": NEED, "offer": OFFER}


def key_of(reference: str) -> Key:
    """Return the key that a reference names."""
    label, dot, id_ = reference.partition(".")
    return Key(_LABELS[label], id_) if dot and label in _LABELS else Key(ACTOR, reference)


def reference_of(key: Key) -> str:
    """Return the reference of a key, such that `key_of` gives it back."""
    return key.id if key.label == ACTOR else f"{key.label.lower()}.{key.id}"


def require_known(network: Network, reference: str) -> Key:
    """Return the key of what is in the network. Raises NotFound."""
    key = key_of(reference)
    if key not in network.nodes:
        raise NotFound(reference)
    return key
