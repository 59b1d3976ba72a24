"""Suggestions with reasons for an actor, a need or an offer, as pages, the interface and the command line show them."""

from collections import Counter
from dataclasses import replace

from cluster_net.domain.errors import Invalid, Problem
from cluster_net.domain.evidence import owners_of
from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key
from cluster_net.domain.matching.fit import Condition
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.questions import Match, Options
from cluster_net.domain.matching.telling import clear_score, terms_of, tied_behind
from cluster_net.domain.network import Network
from cluster_net.domain.reasons import reason_of
from cluster_net.domain.suggestion_words import CONDITION_WORDS, STATE_WORDS, TERM_WORDS
from cluster_net.domain.suggestions import Candidate, Suggestion, band_of, is_flaw, name_of
from cluster_net.domain.vocabulary import Language
from cluster_net.services.backends import Backends
from cluster_net.services.references import find_key, key_of
from cluster_net.services.steering import PLAIN, Steering, plain

MAX_LIMIT = 100
# What is suggested on the page and in the list of each.
TARGETS = {ACTOR: (ACTOR,), NEED: (ACTOR, OFFER), OFFER: (ACTOR, NEED)}


def suggest(matcher: Matcher, key: Key, options: Options, *, language: Language = "sv", limit: int = 10) -> list[Suggestion]:
    """Suggest what TARGETS names for one record, best first, at least a sixth of *limit* of each label where there are so many.

    What misses a must stands after all others of the list, whatever it scores: it belongs there, but not before who lacks nothing;
    what is invented stands after all that is real.
    None for a need or an offer that has closed. Raises NotFound, and Invalid for a limit out of bounds.
    """
    return [tell(matcher.network, key, match, language) for match in _best(matcher, key, options, limit)]


def suggest_page(
    backends: Backends, key: Key, steering: Steering, language: Language, *, limit: int, offset: int
) -> tuple[list[Suggestion], int]:
    """Return a part of the one list of MAX_LIMIT that `suggest` would make, and how many that list has. Raises NotFound.

    The order is remembered, and only the part is told: telling takes a hundred times as long as judging.
    """
    matcher, options = backends.network.matcher(), steering.options(backends.clock().date())
    question = ("order", matcher.network.version, options, key)
    keys = backends.answers.made(question, lambda: tuple(match.key for match in _best(matcher, key, options, MAX_LIMIT)))
    asked = {label: matcher.ask(key, label, options) for label in TARGETS[key.label]}
    part = [matcher.judge(asked[one.label], one) for one in keys[offset : offset + limit]]
    return [tell(matcher.network, key, match, language) for match in part], len(keys)


def suggested(backends: Backends, key: Key, language: Language, limit: int) -> tuple[Suggestion, ...]:
    """Return what a page suggests for a record that is there; nothing while the network with it in is being compiled."""
    matcher = backends.network.matcher()
    if key not in matcher.network.nodes:
        return ()
    options = plain(backends.clock().date())
    question = ("suggested", matcher.network.version, options, key, language, limit)
    return backends.answers.made(question, lambda: tuple(suggest(matcher, key, options, language=language, limit=limit)))


def suggest_for(backends: Backends, what: str, steering: Steering = PLAIN, *, language: Language, limit: int) -> list[Suggestion]:
    """Suggest for what *what* names: a reference, else the id of a need or an offer. Raises NotFound."""
    matcher = backends.network.matcher()
    return suggest(
        matcher, find_key(matcher.network, what) or key_of(what), steering.options(backends.clock().date()), language=language, limit=limit
    )


def explained(suggestion: Suggestion, language: Language) -> list[str]:
    """Return the terms and the conditions of a suggestion, a line each; the terms sum to the score, but for rounding."""
    terms = [
        f"{TERM_WORDS[term.name].in_language(language)}: {term.weight:g} x {term.value:.3f} = {term.contribution:.3f}"
        f"  {', '.join(fact.name for fact in term.facts)}".rstrip()
        for term in suggestion.terms
    ]
    conditions = [
        f"{STATE_WORDS[one.state].in_language(language)}: {CONDITION_WORDS[one.name].in_language(language)}"
        f" ({one.asked.in_language(language)}) / {one.held.in_language(language) or '?'}"
        for one in suggestion.conditions
    ]
    return [*terms, *conditions]


def tell(network: Network, key: Key, match: Match, language: Language) -> Suggestion:
    """Return a match for *key* in words."""
    candidate = candidate_of(network, match.key, language)
    terms = terms_of(network, key, match, language)
    reason = reason_of(
        (key.label, match.key.label),
        terms,
        language,
        it=candidate.name if match.key.label == ACTOR else "",
        owner=tied_behind(network, key, terms, language),
        own_needs=network.needs_of.get(key.id, ()) if key.label == ACTOR else (),
    )
    band = band_of(clear_score(network, key, match), match.conditions, match.share, partners=key.label == match.key.label)
    return Suggestion(candidate, match.score, band, reason, terms, match.conditions, match.share)


def candidate_of(network: Network, key: Key, language: Language) -> Candidate:
    """Return what is suggested, with who stands behind it."""
    node = network.nodes[key]
    owner = next(iter(owners_of(node)), "")
    return Candidate(
        type=key.label.lower(),
        id=key.id,
        name=name_of(network, key, language),
        kind=node.kind,
        fictional=network.is_invented(key),
        owner=owner,
        owner_name=name_of(network, Key(ACTOR, owner), language) if owner else "",
        deadline=str(node.properties.get("deadline", "")),
    )


def suggestion_json(suggestion: Suggestion, language: Language) -> dict[str, object]:
    """Return a suggestion as the interface and the command line print it."""
    return {
        suggestion.candidate.type: candidate_json(suggestion.candidate),
        "score": suggestion.score,
        "band": suggestion.band,
        "share": suggestion.share,
        "reason": suggestion.reason,
        "terms": [
            {
                "name": term.name,
                "weight": term.weight,
                "value": term.value,
                "contribution": term.contribution,
                "facts": [{"type": fact.type, "slug": fact.id, "name": fact.name, "share": fact.share} for fact in term.facts],
            }
            for term in suggestion.terms
        ],
        "conditions": [condition_json(one, language) for one in suggestion.conditions],
    }


def candidate_json(candidate: Candidate) -> dict[str, object]:
    """Return what is suggested as the interface prints it."""
    held: dict[str, object] = {"kind": candidate.kind, "fictional": candidate.fictional}
    if candidate.type == "actor":
        return {"slug": candidate.id, "name": candidate.name, **held}
    return {"id": candidate.id, "title": candidate.name, **held, "owner": {"slug": candidate.owner, "name": candidate.owner_name}}


def condition_json(condition: Condition, language: Language) -> dict[str, object]:
    """Return a condition as the interface prints it; `held` is null where nobody states it."""
    source = condition.source
    return {
        "name": condition.name,
        "state": condition.state,
        "must": condition.must,
        "asked": condition.asked.in_language(language),
        "held": condition.held.in_language(language) or None,
        "source": {"url": source.source_url or None, "title": source.source_title or None, "date": source.source_date or None}
        if source
        else None,
    }


def _best(matcher: Matcher, key: Key, options: Options, limit: int) -> list[Match]:
    """Return the matches of `suggest`, in its order."""
    if not 1 <= limit <= MAX_LIMIT:
        raise Invalid([Problem("The page size is out of bounds.", f"Give a number from 1 to {MAX_LIMIT}.", "limit")])
    labels = TARGETS[key.label]
    best = _mixed([matcher.matches(key, label, replace(options, diversity=0.0, floor=0.0), limit) for label in labels], limit)
    if options.diversity or options.floor:
        counts = Counter(match.key.label for match in best)
        best = [match for label in labels if counts[label] for match in matcher.matches(key, label, options, counts[label])]
    return sorted(best, key=lambda one: one.place)


def _mixed(lists: list[list[Match]], limit: int) -> list[Match]:
    """Return the best of all lists, at least a sixth of *limit* from each where there are so many without a flaw."""
    kept = [match for one in lists for match in one[: limit // 6] if not any(is_flaw(held) for held in match.conditions)]
    places = {match.key for match in kept}
    rest = sorted((match for one in lists for match in one if match.key not in places), key=lambda one: one.rank)
    return sorted((*kept, *rest[: limit - len(kept)]), key=lambda one: one.rank)[:limit]
