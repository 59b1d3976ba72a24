"""Why a path stands where it stands among the paths found, in one or two sentences made of its facts."""

import math
from collections.abc import Mapping, Sequence

from cluster_net.domain.graph import Link
from cluster_net.domain.reasons import listed
from cluster_net.domain.vocabulary import COLLABORATION_TYPES, Language, Words, confidence_words
from cluster_net.domain.ways import HAND_ON, HAPPENED, last_year, strength_of

ALIKE = 0.05  # natural-log units: a difference below it is none to a reader
_BEHIND: Mapping[str, Words] = {
    "steps": Words("den har fler steg", "it has more steps"),
    "kind": Words("dess samverkan är av lösare slag", "its ties are of looser kinds"),
    "confidence": Words("dess källor är mindre säkra", "its sources are less sure"),
    "age": Words("dess samverkan är äldre", "its ties are older"),
}


def path_terms(links: Sequence[Link], year: int) -> dict[str, float]:
    """Return the cost of a path in natural-log units, by what it comes from: steps, kind, confidence and age; they sum to the cost."""
    worth = [strength_of(link, year) for link in links]
    parts = {name: sum(-math.log(getattr(one, name)) for one in worth) for name in ("kind", "confidence", "age")}
    return {"steps": -len(links) * math.log(HAND_ON), **parts}


def path_reason(links: Sequence[Link], names: Sequence[str], year: int, language: Language, best: Sequence[Link] = ()) -> str:
    """Say through whom a path leads, which step is its weakest and, when it is not the *best*, what sets it back.

    *names* are those of all its actors, in order.
    """
    told = [_through(names[1:-1], language)]
    if len(links) > 1:
        told.append(_weakest(links, names, year, language))
    if best:
        told.append(_behind(path_terms(best, year), path_terms(links, year), language))
    return " ".join(told)


def _through(names: Sequence[str], language: Language) -> str:
    if not names:
        return Words("De är direkt förbundna.", "They are directly connected.").in_language(language)
    return Words("Via {}.", "Through {}.").in_language(language).format(listed(names, language))


def _weakest(links: Sequence[Link], names: Sequence[str], year: int, language: Language) -> str:
    at = max(range(len(links)), key=lambda one: strength_of(links[one], year).cost)
    text = Words("Svagast är steget mellan {} och {}: {}.", "The weakest step is between {} and {}: {}.").in_language(language)
    return text.format(names[at], names[at + 1], ", ".join(_facts(links[at], year, language)))


def _facts(link: Link, year: int, language: Language) -> list[str]:
    source = confidence_words(link.confidence, str(link.properties.get("source_url", "")), language)
    told = [COLLABORATION_TYPES[link.type].forward.in_language(language), source]
    last = last_year(link)
    if last is not None and last < year:
        ended = Words(f"från {last}", f"from {last}") if link.type in HAPPENED else Words(f"upphörde {last}", f"ended in {last}")
        told.append(ended.in_language(language))
    return told


def _behind(best: Mapping[str, float], own: Mapping[str, float], language: Language) -> str:
    further = {name: own[name] - best[name] for name in own}
    if sum(further.values()) < ALIKE:
        return Words("Den är lika stark som den första.", "It is as strong as the first one.").in_language(language)
    most = max(further.values())
    causes = sorted((name for name in further if further[name] >= max(ALIKE, most / 2)), key=lambda name: -further[name])[:2]
    text = Words("Den kommer efter den första för att {}.", "It comes after the first one because {}.").in_language(language)
    return text.format(listed([_BEHIND[name].in_language(language) for name in causes], language))
