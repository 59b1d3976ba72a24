"""One sentence that says why something is suggested, made of the names of its facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from cluster_net.domain.graph import ACTOR, NEED, OFFER
from cluster_net.domain.suggestions import Fact, Term
from cluster_net.domain.vocabulary import Language, Words

_MET = Words("uppfyllda villkor: {}", "conditions met: {}")
# For whom and what -> term -> the kind of its facts -> the clause of those, where a term speaks of several kinds of facts.
# Concepts are named as the side that has them has them, so its clause comes first: the other side may be about a part of one.
_BY_KIND: Mapping[tuple[str, str], Mapping[str, Mapping[str, Words]]] = {
    (ACTOR, ACTOR): {
        "concepts": {
            "concept": Words("båda arbetar med {}", "both of you work on {}"),
            "field": Words(
                "båda arbetar enligt egna eller enheters beskrivningar med {}", "both of you work by your or your units' descriptions on {}"
            ),
        },
        "leads_to": {
            "they_have": Words("de har {}, som ert område behöver", "they have {}, which your field needs"),
            "you_have": Words("ni har {}, som deras område behöver", "you have {}, which their field needs"),
        },
    },
    (NEED, ACTOR): {
        "concepts": {
            "concept": Words("{it} har {}, som behovet gäller", "{it} has {}, which the need is about"),
            "field": Words(
                "{it} arbetar enligt sin beskrivning med {}, som behovet gäller",
                "{it} works by its description on {}, which the need is about",
            ),
            "offered": Words(
                "{it} har något att erbjuda om {}, som behovet gäller", "{it} has something on offer about {}, which the need is about"
            ),
            "by_units": Words("dess enheter har {}, som behovet gäller", "its units have {}, which the need is about"),
        },
    },
    (ACTOR, NEED): {
        "concepts": {
            "concept": Words("ni har {}, som behovet gäller", "you have {}, which the need is about"),
            "field": Words(
                "ni arbetar enligt er beskrivning med {}, som behovet gäller",
                "you work by your description on {}, which the need is about",
            ),
            "offered": Words(
                "ni har något att erbjuda om {}, som behovet gäller", "you have something on offer about {}, which the need is about"
            ),
            "by_units": Words("era enheter har {}, som behovet gäller", "your units have {}, which the need is about"),
        },
    },
    (ACTOR, OFFER): {
        "concepts": {
            "concept": Words("ni arbetar med {}, som erbjudandet gäller", "you work on {}, which the offer is about"),
            "field": Words(
                "ni arbetar enligt er beskrivning med {}, som erbjudandet gäller",
                "you work by your description on {}, which the offer is about",
            ),
            "by_units": Words("era enheter arbetar med {}, som erbjudandet gäller", "your units work on {}, which the offer is about"),
        },
    },
    (OFFER, ACTOR): {
        "concepts": {
            "concept": Words("{it} arbetar med {}, som erbjudandet gäller", "{it} works on {}, which the offer is about"),
            "field": Words(
                "{it} arbetar enligt sin beskrivning med {}, som erbjudandet gäller",
                "{it} works by its description on {}, which the offer is about",
            ),
            "by_units": Words("dess enheter arbetar med {}, som erbjudandet gäller", "its units work on {}, which the offer is about"),
        },
    },
}
# For whom and what -> term -> its clause; {} are the names, {it} is what is suggested, {owner} who of the other side does the same.
_CLAUSES: Mapping[tuple[str, str], Mapping[str, Words]] = {
    (ACTOR, ACTOR): {
        "walk": Words("ni samverkar båda med {}", "you both work with {}"),
        "text": Words("ni beskriver er båda med {}", "you both describe yourselves with {}"),
        "place": Words("båda finns i {}", "both of you are in {}"),
    },
    (NEED, ACTOR): {
        "text": Words("{it} beskrivs med {}, som behovet", "{it} is described with {}, as the need is"),
        "walk": Words("{it} samverkar liksom {owner} med {}", "{it} works with {}, as {owner}"),
        "place": Words("{it} finns i {}", "{it} is in {}"),
    },
    (NEED, OFFER): {
        "concepts": Words("erbjudandet gäller {}, som behovet", "the offer is about {}, as the need is"),
        "text": Words("erbjudandet beskrivs med {}, som behovet", "the offer is described with {}, as the need is"),
        "walk": Words("den som erbjuder samverkar liksom {owner} med {}", "the provider works with {}, as {owner}"),
        "place": Words("den som erbjuder finns i {}", "the provider is in {}"),
    },
    (ACTOR, NEED): {
        "text": Words("behovet beskrivs med {}, som ni", "the need is described with {}, as you are"),
        "walk": Words("behovsägaren samverkar liksom ni med {}", "the need owner works with {}, as you do"),
        "place": Words("behovet gäller {}, där ni finns", "the need is for {}, where you are"),
    },
    (ACTOR, OFFER): {
        "text": Words("erbjudandet beskrivs med {}, som ni", "the offer is described with {}, as you are"),
        "walk": Words("den som erbjuder samverkar liksom ni med {}", "the provider works with {}, as you do"),
        "place": Words("den som erbjuder finns i {}", "the provider is in {}"),
    },
    (OFFER, ACTOR): {
        "text": Words("{it} beskrivs med {}, som erbjudandet", "{it} is described with {}, as the offer is"),
        "walk": Words("{it} samverkar liksom {owner} med {}", "{it} works with {}, as {owner}"),
        "place": Words("{it} finns i {}", "{it} is in {}"),
    },
    (OFFER, NEED): {
        "concepts": Words("erbjudandet gäller {}, som behovet", "the offer is about {}, as the need is"),
        "text": Words("behovet beskrivs med {}, som erbjudandet", "the need is described with {}, as the offer is"),
        "walk": Words("behovsägaren samverkar liksom {owner} med {}", "the need owner works with {}, as {owner}"),
        "place": Words("behovet gäller {}", "the need is for {}"),
    },
}


def reason_of(
    sides: tuple[str, str], terms: Sequence[Term], language: Language, *, it: str = "", owner: str = "", own_needs: Iterable[str] = ()
) -> str:
    """Say why something is suggested: *sides* are the labels of who asks and of what is suggested.

    The largest contribution comes first; words that match say nothing new beside fields of work. An actor that asks is addressed;
    *own_needs* are the ids of its needs. What is suggested, *it*, is named where the clause before did not speak of it.
    """
    clauses, kinds = {**_CLAUSES[sides], "fit": _MET}, _BY_KIND.get(sides, {})
    ours = frozenset(own_needs)
    said: list[str] = []
    if any(term.name in {"concepts", "leads_to"} and term.facts for term in terms):
        terms = [term for term in terms if term.name != "text"]
    for term in sorted(terms, key=lambda term: -term.contribution):
        if term.name == "needs":
            said += _complements(term, ours, language)
        elif term.name in kinds:
            said += _by_kind(kinds[term.name], term, language)
        elif term.facts and term.name in clauses:
            said.append(_say(clauses[term.name], term, language).replace("{owner}", owner))
    named = ["", *said]
    told = [one.removeprefix("{it} ") if before.startswith("{it} ") else one.replace("{it}", it) for before, one in pairwise(named)]
    sentence = "; ".join(told)
    return f"{sentence if said[0].startswith('{it}') else sentence[:1].upper() + sentence[1:]}." if said else ""


def listed(names: Sequence[str], language: Language, more: int = 0) -> str:
    """Return names as a list in words: "A, B och C", with "4 till" at its end when there are *more*."""
    told = [*names, Words(f"{more} till", f"{more} more").in_language(language)] if more else list(names)
    joint = " och " if language == "sv" else " and "
    return joint.join(filter(None, (", ".join(told[:-1]), told[-1]))) if told else ""


def _say(words: Words, term: Term, language: Language) -> str:
    before, after = words.in_language(language).split("{}", 1)
    names = [f"{fact.name} ({fact.beside})" if fact.beside else fact.name for fact in term.facts]
    return f"{before}{listed(names, language, term.count - len(term.facts))}{after}"


def _by_kind(clauses: Mapping[str, Words], term: Term, language: Language) -> list[str]:
    """Say a term clause by clause, each with the facts of its kind; facts that are not told are counted where all are of one kind."""
    told = {kind: tuple(fact for fact in term.facts if fact.type == kind) for kind in clauses}
    further = term.count - len(term.facts) if term.facts in told.values() else 0
    return [_say(clauses[kind], replace(term, facts=facts, count=len(facts) + further), language) for kind, facts in told.items() if facts]


def _complements(term: Term, ours: frozenset[str], language: Language) -> list[str]:
    def titles(facts: Iterable[Fact]) -> str:
        marks = ("”", "”") if language == "sv" else ("“", "”")
        return listed([f"{marks[0]}{fact.name}{marks[1]}" for fact in facts], language)

    sought = [fact for fact in term.facts if fact.id in ours]
    answered = [fact for fact in term.facts if fact.id not in ours]
    clauses = []
    if sought:
        clauses.append(Words("de har det ni söker i ", "they have what you seek in ").in_language(language) + titles(sought))
    if answered:
        clauses.append(Words("ni har det de söker i ", "you have what they seek in ").in_language(language) + titles(answered))
    return clauses
