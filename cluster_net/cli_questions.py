"""The commands that ask: search, suggestions, paths, and what the weights of suggestions could be."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

import click

from cluster_net.domain.errors import Invalid, Problem
from cluster_net.domain.matching.blend import write_weights
from cluster_net.domain.matching.learning import Refusal
from cluster_net.domain.vocabulary import Language
from cluster_net.services.backends import Backends
from cluster_net.services.fitting import Lesson, refit_weights
from cluster_net.services.pathfinding import MAX_PATHS, find_paths
from cluster_net.services.searching import SearchRequest, search_cluster
from cluster_net.services.steering import CONTROLS, STEPS, Steering
from cluster_net.services.suggesting import explained, suggest_for, suggestion_json

Opener = Callable[[], AbstractContextManager[Backends]]
Command = TypeVar("Command", bound=Callable[..., None])
LANGUAGE = click.option("--lang", type=click.Choice(["sv", "en"]), default="en", show_default=True, help="Language of names and reasons.")


def _steered(command: Command) -> Command:
    """Give a command one option for each control of a list."""
    for name, control in reversed(list(CONTROLS.items())):
        option = click.option(f"--{name.replace('_', '-')}", type=click.IntRange(0, STEPS), default=0, help=control.sentence.en)
        command = option(command)
    return command


@click.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@LANGUAGE
@click.pass_obj
def search(open_: Opener, text: str, limit: int, lang: Language) -> None:
    """Search the directory."""
    with open_() as backends:
        found = search_cluster(backends.index, SearchRequest(text=text, limit=limit, language=lang))
        for hit in found.hits:
            name = hit.document.name_sv if lang == "sv" else hit.document.name_en
            click.echo(f"{hit.document.type:8} {hit.document.slug:40} {name}")
        click.echo(f"{found.total} found.", err=True)


@click.command()
@click.argument("what", metavar="SLUG|NEED")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the terms and conditions of each as JSON.")
@click.option("--explain", is_flag=True, help="Print the terms and conditions of each below it.")
@LANGUAGE
@_steered
@click.pass_obj
def suggest(open_: Opener, /, what: str, limit: int, lang: Language, *, as_json: bool, explain: bool, **steps: int) -> None:
    """Suggest partners for an actor, or who answers a need or an offer, with reasons."""
    with open_() as backends:
        found = suggest_for(backends, what, Steering(steps), language=lang, limit=limit)
    if as_json:
        click.echo(json.dumps([suggestion_json(one, lang) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.score:.3f}  {one.candidate.name}: {one.reason}")
        for line in explained(one, lang) if explain else ():
            click.echo(f"       {line}")
    if not found:
        click.echo("No suggestion: too few ties and concepts are known, or the deadline has passed.", err=True)


@click.command()
@click.argument("start")
@click.argument("end")
@click.option("--limit", type=click.IntRange(1, MAX_PATHS), default=3, show_default=True)
@click.option("--without", multiple=True, metavar="SLUG", help="Actor to pass by; may be repeated.")
@click.option("--without-type", multiple=True, metavar="TYPE", help="Type of tie to pass by, such as MEMBER_OF; may be repeated.")
@LANGUAGE
@click.pass_obj
def path(
    open_: Opener, start: str, end: str, *, limit: int, without: tuple[str, ...], without_type: tuple[str, ...], lang: Language
) -> None:
    """Show the strongest paths between two actors, each step with its source, and why each stands where it does."""
    with open_() as backends:
        found = find_paths(backends, start, end, language=lang, limit=limit, without=without, without_types=without_type)
        for one in found:
            click.echo(f"{one}\n    {one.reason}")
        if not found:
            click.echo("No path is known.", err=True)


@click.command()
@click.argument("decisions", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the new weights there.")
@click.pass_obj
def fit(open_: Opener, decisions: Path, out: Path | None) -> None:
    """Refit the weights of suggestions from a CSV file of what was decided: from, to, decided_on, outcome.

    Without --out nothing is written. Ends with status 1 when nothing could be learned.
    """
    with open_() as backends:
        found = refit_weights(backends, decisions)
    for use, lesson in found.uses.items():
        click.echo(f"{use}: {_told(lesson)}")
        for step in lesson.shares:
            click.echo(f"    scores from {step.least:.3f}: {step.share:.0%} of {step.decided} wanted")
    if found.weights is None:
        raise Invalid([Problem("Nothing was learned.", "See the reason for each use above.", file=decisions.name)])
    if out is None:
        click.echo(f"Weights {found.weights.version} would be written; give --out FILE to write them.")
        return
    out.write_text(write_weights(found.weights), encoding="utf-8")
    click.echo(f"Weights {found.weights.version} written to {out.name}; set CLUSTER_NET_WEIGHTS to use them.")


def _told(lesson: Lesson) -> str:
    one = lesson.found
    if isinstance(one, Refusal):
        return f"not learned. {one.message} {one.mend}"
    changes = ", ".join(f"{name} {lesson.present[name]:g} -> {weight:g}" for name, weight in one.weights.items())
    return f"learned from {one.learned} pairs, checked on {one.checked}: log loss {one.after:.4f}, before {one.before:.4f}; {changes}."
