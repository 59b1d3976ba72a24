"""The pages where people meet the suggestions: matchmaking, an event, one pair, and the lists as files."""

from flask import Response, render_template, request

from cluster_net.domain.errors import NotFound
from cluster_net.domain.vocabulary import COUNTIES
from cluster_net.services.gathering import Chosen, headings, read_gathering, row_of
from cluster_net.services.matchmaking import read_matchmaking
from cluster_net.services.pairing import read_match
from cluster_net.services.steering import CONTROLS, STEPS, Steering
from cluster_net.web.context import argument, backends, language
from cluster_net.web.sheets import FORMS

LONGEST_LIST = 20_000  # letters of a list of participants, some six hundred names; the address holds it


def matchmaking_page() -> str:
    """Show who could meet a need, an actor or an offer, in columns."""
    asked, other = (argument(name, 200) for name in ("for", "other"))
    steering = _steering()
    page = read_matchmaking(backends(), asked, other, language(), steering)
    return render_template("matching/matchmaking.html", page=page, **_controls(steering))


def event_page() -> str:
    """Show the meetings of a county, a theme or a list of participants."""
    chosen, steering = _chosen(), _steering()
    page = read_gathering(backends(), chosen, language(), steering)
    words = {"counties": COUNTIES, "no_county": "" if chosen.county else argument("county", 200)}
    cut = chosen.who != argument("who", LONGEST_LIST + 1, lines=True)
    return render_template("matching/event.html", page=page, chosen=chosen, cut=cut, **words, **_controls(steering))


def match_page(first: str, second: str) -> str:
    """Show one pair: for, against, unknown, and how the two are connected."""
    return render_template("matching/match.html", page=read_match(backends(), first, second, language()), refs=(first, second))


def matchmaking_file(form: str) -> Response:
    """Answer the suggestions for one, or for a chosen set, as a file with the terms of each score."""
    asked = argument("for", 200)
    if asked:
        page = read_matchmaking(backends(), asked, "", language(), _steering())
        if page.choice.chosen is None:
            raise NotFound(asked, field="for")
        rows = [row_of(page.choice.chosen, one, language()) for _, held in page.columns for one in held]
    else:
        found = read_gathering(backends(), _chosen(), language(), _steering())
        rows = [row_of(one.first, one.suggestion, language()) for one in found.meetings]
    mimetype, write = FORMS[form]
    answer = Response(write(headings(language()), rows, language()), content_type=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="matchmaking-{backends().clock().date()}.{form}"'
    return answer


def _controls(steering: Steering) -> dict[str, object]:
    return {"controls": CONTROLS, "steering": steering, "steps": STEPS}


def _chosen() -> Chosen:
    county, concept = (argument(name, 200) for name in ("county", "concept"))
    return Chosen(county if county in COUNTIES else "", concept, _whole_lines(argument("who", LONGEST_LIST + 1, lines=True)))


def _whole_lines(text: str) -> str:
    """Return *text*, at most LONGEST_LIST letters of it, cut at the end of a line."""
    return text if len(text) <= LONGEST_LIST else text[:LONGEST_LIST].rpartition("\n")[0]


def _steering() -> Steering:
    """Return how far the controls are turned in the address; what is no number counts as not at all."""
    return Steering({name: request.args.get(name, 0, type=int) for name in CONTROLS})
