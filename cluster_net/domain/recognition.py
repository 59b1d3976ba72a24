"""Which concepts a text speaks of, by their names and alternative names in either language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cluster_net.domain.evidence import words_in
from cluster_net.domain.graph import Node
from cluster_net.domain.matching.languages import is_function_word
from cluster_net.domain.text import fold, shared_beginning

STEM, ENDING = 5, 3  # letters that two forms of a word share at least, and those that either may add within a longer name
# What two forms of a name of one word may end in, folded: of case, number and gender, none that makes another word of it.
_ENDINGS = "a an ar ars arna e en ens er ers erna es et ets ies is n na ns or ors orna r s t ts y"
INFLECTIONS = frozenset(_ENDINGS.split()) | {""}
PROPER = ""  # stands for a concept where a name is that of a body and speaks of none
_WORD = re.compile(r"[a-z0-9]+")

Names = Mapping[str, Sequence[tuple[str, list[str]]]]  # the first STEM letters of a name -> the concept and the name's words


def words_of(text: str) -> list[str]:
    """Return the words of *text* in lower case without diacritics, hyphens taken as spaces."""
    return _WORD.findall(fold(text))


def names_of(concepts: Iterable[Node], further: Mapping[str, Iterable[str]] | None = None) -> Names:
    """Return the names and alternative names of *concepts* in both languages, by how they begin; *further* are more, by concept."""
    names: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for node in concepts:
        more = (words_of(name) for name in (further or {}).get(node.key.id, ()))
        for words in (*_labels(node), *more):
            names[words[0][:STEM]].append((node.key.id, words))
    return names


def with_proper_names(names: Names, proper: Iterable[str]) -> Names:
    """Return *names* with those *proper* names that hold a concept's name and more: in "Genomic Medicine Sweden" no concept is named."""
    held = {start: list(several) for start, several in names.items()}
    for name in proper:
        if concepts_in(name, names) and words_beside(name, names):
            words = words_of(name)
            held.setdefault(words[0][:STEM], []).append((PROPER, words))
    return held


def concepts_in(text: str, names: Names) -> tuple[str, ...]:
    """Return the ids of the concepts that *text* names, in the order of the text.

    A name counts where its words follow each other in the text, each with another ending at most; the only word of a name may only
    be inflected, for "biological" is no form of "biologics". What lies within a longer name is left out: "cell therapy" does not
    speak of "cell".
    """
    return tuple(dict.fromkeys(id_ for _, _, id_ in sorted(_named(words_of(text), names)) if id_ != PROPER))


def words_beside(text: str, names: Names) -> tuple[str, ...]:
    """Return the words of *text* that are no part of a concept's name, each once."""
    words = words_of(text)
    named = {place for start, end, _ in _named(words, names) for place in range(start, end)}
    return tuple(dict.fromkeys(word for place, word in enumerate(words) if place not in named))


def _named(words: Sequence[str], names: Names) -> list[tuple[int, int, str]]:
    """Return (start, end, concept) of each longest name among *words*."""
    spans = {
        (start, start + len(label), id_)
        for start, word in enumerate(words)
        for id_, label in names.get(word[:STEM], ())
        if len(label) <= len(words) - start and _stands(words[start : start + len(label)], label)
    }
    return [one for one in spans if not any(_within(one, other) for other in spans)]


def _labels(node: Node) -> Iterator[list[str]]:
    names = (str(node.properties.get(f"pref_{one}", "")) for one in ("sv", "en"))
    others = (name for one in ("sv", "en") for name in words_in(node, f"alt_{one}"))
    yield from (words for name in (*names, *others) if (words := words_of(name)))


def _stands(words: Sequence[str], label: Sequence[str]) -> bool:
    """Tell whether *words* of a text, as many as those of *label*, are a name."""
    return _inflects(words[0], label[0]) if len(label) == 1 else all(map(_alike, words, label))


def _alike(one: str, other: str) -> bool:
    """Tell whether *one*, a word of a text, is *other* but for their endings; "genom" (through) is no form of "genomic"."""
    if one == other:
        return True
    shared = shared_beginning(one, other)
    return shared >= STEM and max(len(one), len(other)) - shared <= ENDING and not is_function_word(one)


def _inflects(one: str, other: str) -> bool:
    """Tell whether *one*, a word of a text, is *other* in another form."""
    if one == other:
        return True
    shared = shared_beginning(one, other)
    return shared >= STEM and not is_function_word(one) and {one[shared:], other[shared:]} <= INFLECTIONS


def _within(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1] and other[1] - other[0] > one[1] - one[0]
