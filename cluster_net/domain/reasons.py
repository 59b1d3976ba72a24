"""One sentence that says why something is suggested, made of the names of its facts."""

from collections.abc import Callable, Iterable, Sequence

from cluster_net.domain.suggestions import Fact, Term
from cluster_net.domain.vocabulary import Language, Words


def partner_reason(terms: Sequence[Term], own_needs: Iterable[str], language: Language) -> str:
    """Say why a partner is suggested to an actor, who is addressed; *own_needs* are the ids of the actor's needs."""
    ours = frozenset(own_needs)

    def clauses(term: Term) -> list[str]:
        match term.name:
            case "shared_partners":
                return [_say(Words("ni samverkar båda med {}", "you both work with {}"), term, language)]
            case "shared_concepts":
                return [_say(Words("båda arbetar med {}", "both of you work on {}"), term, language)]
            case "complementarity":
                return _complements(term, ours, language)
            case _:
                return [_say(Words("båda finns i {}", "both of you are in {}"), term, language)]

    return _sentence(terms, clauses)


def actor_reason(name: str, owner: str, terms: Sequence[Term], language: Language) -> str:
    """Say why an actor is suggested for a need of *owner*."""
    words = {
        "complementarity": Words("har {}, som behovet gäller", "has {}, which the need is about"),
        "shared_partners": Words("samverkar liksom {owner} med {}", "works with {}, as {owner} does"),
        "same_county": Words("finns i {}", "is in {}"),
    }
    return f"{name} {_sentence(terms, lambda term: [_say(words[term.name], term, language, owner)], capital=False)}"


def offer_reason(terms: Sequence[Term], language: Language) -> str:
    """Say why an offer is suggested for a need."""
    words = {
        "complementarity": Words("erbjudandet gäller {}, som behovet", "the offer is about {}, as the need is"),
        "fitting_kind": Words("slaget av erbjudande ({}) svarar mot behovet", "the kind of offer ({}) answers the need"),
        "fitting_stage": Words("båda gäller {}", "both are for {}"),
        "same_county": Words("den som erbjuder finns i {}", "the provider is in {}"),
    }
    return _sentence(terms, lambda term: [_say(words[term.name], term, language)])


def listed(names: Sequence[str], language: Language, more: int = 0) -> str:
    """Return names as a list in words: "A, B och C", with "4 till" at its end when there are *more*."""
    told = [*names, Words(f"{more} till", f"{more} more").in_language(language)] if more else list(names)
    joint = " och " if language == "sv" else " and "
    return joint.join(filter(None, (", ".join(told[:-1]), told[-1]))) if told else ""


def _say(words: Words, term: Term, language: Language, owner: str = "") -> str:
    before, after = (part.replace("{owner}", owner) for part in words.in_language(language).split("{}", 1))
    return f"{before}{listed([fact.name for fact in term.facts], language, term.count - len(term.facts))}{after}"


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


def _sentence(terms: Sequence[Term], clauses: Callable[[Term], list[str]], *, capital: bool = True) -> str:
    """Join the clauses of *terms*, the largest contribution first."""
    order = sorted(terms, key=lambda term: -term.contribution)
    text = "; ".join(clause for term in order for clause in clauses(term))
    return f"{text[:1].upper() if capital else text[:1]}{text[1:]}." if text else ""
