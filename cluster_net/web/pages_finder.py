"""The guided finder: at most six questions, one a page, and the shortlist; all answers are in the address."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from cluster_net.domain.matching.shortlist import ASKERS, BESIDES, MUSTS, Answers
from cluster_net.domain.text import without_forbidden
from cluster_net.domain.vocabulary import COUNTIES
from cluster_net.services.guiding import read_shortlist
from cluster_net.web.context import argument, backends, language
from cluster_net.web.wording import page_url

# Question -> the names of its answers in the address.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "what": ("q", "concept"),
    "stage": ("trl",),
    "who": ("who",),
    "must": ("must",),
    "where": ("county", "by"),
    "besides": ("besides",),
}
PLACES = tuple(county for county in COUNTIES if county != "other")
MONTHS_AHEAD, MOST_CONCEPTS, LONGEST, STAGES = 18, 10, 200, 9
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def finder_page() -> ResponseReturnValue:
    """Ask one question; what was left open is taken out of the address."""
    answers = answers_of()
    if _has_gaps():
        return redirect(page_url("finder_page", step=_step(), **arguments_of(answers)))
    months = months_from(backends().clock().date())
    return render_template("finder/question.html", step=_step(), months=months, **_words(answers))


def shortlist_page() -> ResponseReturnValue:
    """Show what fits, what is missed or unknown, and what to ask."""
    answers = answers_of()
    if _has_gaps():
        return redirect(page_url("shortlist_page", **arguments_of(answers)))
    found = read_shortlist(backends(), answers, language())
    return render_template("finder/shortlist.html", page=found, **_words(answers))


def answers_of() -> Answers:
    """Read the address; what makes no sense in it is left out rather than refused."""
    stage, by = request.args.get("trl", type=int), request.args.get("by", "")
    return Answers(
        text=argument("q", LONGEST),
        concepts=tuple(dict.fromkeys(filter(None, request.args.getlist("concept"))))[:MOST_CONCEPTS],
        stage=stage if stage in range(1, STAGES + 1) else None,
        who=next(iter(_known("who", ASKERS)), ""),
        musts=_known("must", MUSTS),
        counties=_known("county", PLACES),
        by=by if _MONTH.fullmatch(by) and by >= backends().clock().date().isoformat()[:7] else "",
        besides=_known("besides", BESIDES),
    )


def left_out(answers: Answers) -> tuple[str, ...]:
    """Return what the address answers that is no answer, each once."""
    choices: Mapping[str, Iterable[str]] = {"who": ASKERS, "must": MUSTS, "county": PLACES, "besides": BESIDES}
    wrong = [value for name, values in choices.items() for value in request.args.getlist(name) if value not in values]
    wrong += [value for name, taken in (("trl", answers.stage), ("by", answers.by)) if not taken for value in request.args.getlist(name)]
    return tuple(dict.fromkeys(cleaned[:LONGEST] for value in wrong if (cleaned := without_forbidden(value))))


def arguments_of(answers: Answers) -> dict[str, Any]:
    """Return the answers as the address holds them, without those that were not given."""
    held = {
        "q": answers.text,
        "concept": answers.concepts,
        "trl": answers.stage,
        "who": answers.who,
        "must": answers.musts,
        "county": answers.counties,
        "by": answers.by,
        "besides": answers.besides,
    }
    return {name: value for name, value in held.items() if value}


def months_from(today: date) -> list[str]:
    """Return this month and those after it that can be answered, as ISO months."""
    months = range(today.year * 12 + today.month - 1, today.year * 12 + today.month - 1 + MONTHS_AHEAD)
    return [f"{month // 12}-{month % 12 + 1:02}" for month in months]


def _words(answers: Answers) -> dict[str, object]:
    return {"questions": QUESTIONS, "answers": answers, "given": arguments_of(answers), "left_out": left_out(answers)}


def _has_gaps() -> bool:
    """Tell whether a form sent along fields that nobody filled in."""
    return not all(value for values in request.args.listvalues() for value in values)


def _step() -> int:
    return min(len(QUESTIONS), max(1, request.args.get("step", 1, type=int)))


def _known(name: str, values: Iterable[str]) -> tuple[str, ...]:
    given = set(request.args.getlist(name))
    return tuple(value for value in values if value in given)
