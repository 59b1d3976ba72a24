"""The names of licences that data is often under."""

from cluster_net.domain.vocabulary import Words

LICENCES = {
    "https://creativecommons.org/licenses/by/4.0/": Words(
        "Creative Commons Erkännande 4.0 (CC BY 4.0)", "Creative Commons Attribution 4.0 (CC BY 4.0)"
    ),
    "https://creativecommons.org/publicdomain/zero/1.0/": Words("CC0 1.0, fritt för all användning", "CC0 1.0, free for any use"),
}


def licence_words(address: str) -> Words:
    """Return the name of the licence at *address*, the address itself where it is no common one."""
    return LICENCES.get(address, Words(address, address))
