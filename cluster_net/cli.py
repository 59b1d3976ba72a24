"""The command line."""

import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import NoReturn

import click

from cluster_net import __version__
from cluster_net.cli_questions import fit, path, search, suggest
from cluster_net.domain.errors import ClusterError, Invalid, NotFound
from cluster_net.resources import folder
from cluster_net.services.backends import Backends
from cluster_net.services.exporting import export_graph
from cluster_net.services.health import check_health
from cluster_net.services.indexing import drain_outbox, follow_outbox, make_ready, rebuild_index
from cluster_net.services.intake import ImportReport, import_path
from cluster_net.serving import prepare, serve_site
from cluster_net.settings import SETTINGS, Settings, read_settings, wanting
from cluster_net.web.app import create_app
from cluster_net.wiring import open_backends


def main() -> None:
    """Run a command."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    signal.signal(signal.SIGTERM, _stop)
    commands(prog_name="cluster-net")


class Telling(click.Group):
    """Commands that tell in words what goes wrong and end with status 1; wrong usage ends with 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except ClusterError as error:
            for problem in error.problems[:50] if isinstance(error, Invalid) else (error,):
                told = f'There is no "{problem}".' if isinstance(problem, NotFound) else problem
                click.echo(f"cluster-net: {told}", err=True)
            if isinstance(error, Invalid) and len(error.problems) > 1:
                click.echo(f"cluster-net: {len(error.problems)} problems in all; nothing was written.", err=True)
            ctx.exit(1)


def _stop(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


@click.group(cls=Telling, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cluster-net")
@click.pass_context
def commands(context: click.Context) -> None:
    """Stakeholder network and matchmaking for a regional cluster.

    Settings come from the environment; `cluster-net doctor` lists them.
    """
    context.obj = _backends


for command in (search, suggest, path, fit):
    commands.add_command(command)


@contextmanager
def _backends(settings: Settings | None = None) -> Iterator[Backends]:
    backends = open_backends(settings or read_settings(os.environ))
    try:
        yield backends
    finally:
        backends.close()


def _steps(text: str) -> None:
    click.echo(f"{text} ...", err=True)


def _drain(backends: Backends) -> None:
    lag = backends.graph.outbox_lag()
    if not lag:
        return
    with click.progressbar(length=lag, label="Indexing", file=sys.stderr) as bar:
        done = 0

        def tell(remaining: int) -> None:
            nonlocal done
            bar.update(max(0, lag - remaining - done))
            done = max(done, lag - remaining)

        drain_outbox(backends.graph, backends.index, tell)


def _import(backends: Backends, path: Path, *, author: str, dry_run: bool = False) -> ImportReport:
    report = import_path(backends.graph, path, author=author, now=backends.clock, dry_run=dry_run, progress=_steps)
    verb = "would be " if dry_run else ""
    click.echo(f"{path.name}: {report.added} {verb}added, {report.changed} {verb}changed, {report.unchanged} unchanged.")
    return report


def _load_demo(backends: Backends, *, real_only: bool) -> None:
    prepare(backends)
    if backends.graph.version() == 0:
        _import(backends, folder("graph") / "seed", author="demo")
        if not real_only:
            _import(backends, folder("graph") / "seed" / "fictional", author="demo")
    _drain(backends)


@commands.command()
@click.option("--no-serve", is_flag=True, help="Load the data and stop.")
@click.option("--data", "data_folder", type=click.Path(file_okay=False), help="Data folder.")
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.")
@click.option("--real-only", is_flag=True, help="Leave out the fictional entrepreneurs and clinics.")
def demo(*, no_serve: bool, data_folder: str | None, host: str | None, port: int | None, real_only: bool) -> None:
    """Load the Stockholm-Uppsala cluster into an empty store and serve it. Data that is there already is kept."""
    given = {"data": data_folder, "host": host, "port": None if port is None else str(port)}
    settings = read_settings(os.environ, **{name: value for name, value in given.items() if value is not None})
    with _backends(settings) as backends:
        _load_demo(backends, real_only=real_only)
        if not no_serve:
            _serve(backends, settings)


def _serve(backends: Backends, settings: Settings) -> None:
    app = create_app(backends, settings)
    shown = f"http://{settings.host}:{settings.port}"
    click.echo(f"\n  Svenska: {shown}/\n  English: {shown}/en/\n  Stop with Ctrl+C.\n")
    serve_site(app, backends, settings)


@commands.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the site."""
    given = {"host": host, "port": None if port is None else str(port)}
    settings = read_settings(os.environ, **{name: value for name, value in given.items() if value is not None})
    with _backends(settings) as backends:
        _serve(backends, settings)


@commands.command()
def init() -> None:
    """Create the store's tables or constraints and the search index where they are missing."""
    with _backends() as backends:
        make_ready(backends.graph, backends.index)
        click.echo("The store and the index are ready.")


@commands.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check and count, but write nothing.")
def import_(path: Path, *, dry_run: bool) -> None:
    """Import a folder of CSV files or a ROR v2 file (.json or .json.gz)."""
    with _backends() as backends:
        backends.graph.prepare()
        _import(backends, path, author="command line", dry_run=dry_run)
        if not dry_run:
            backends.index.ensure()
            _drain(backends)


@commands.command()
@click.argument("path", type=click.Path(path_type=Path, file_okay=False))
def export(path: Path) -> None:
    """Write the CSV set, GraphML, GEXF, JSON lines and a checksum into a folder."""
    with _backends() as backends:
        for file, count in export_graph(backends.graph, path).items():
            click.echo(f"{file}: {count} rows")


@commands.command()
def reindex() -> None:
    """Build the search index anew beside the live one and swap."""
    with _backends() as backends:
        click.echo(f"{rebuild_index(backends.graph, backends.index)} documents indexed.")


@commands.command()
def worker() -> None:
    """Keep the search index up to date until stopped; for sites with several server processes."""
    settings = read_settings(os.environ)
    with _backends(settings) as backends:
        prepare(backends)
        try:
            follow_outbox(backends.graph, backends.index, settings.outbox_seconds, Event())
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)


@commands.command()
def doctor() -> None:
    """Check settings, store, index and outbox; ends with status 1 when something is missing."""
    settings = read_settings(os.environ)
    for setting in SETTINGS:
        held = os.environ.get(setting.name, "")
        secret = setting.name.endswith(("_KEY", "_PASSWORD"))
        click.echo(f"{setting.name} = {'(set)' if held and secret else held or f'(default) {setting.default}'}\n    {setting.help}")
    for problem in wanting(settings):
        click.echo(f"Note: {problem}")
    with _backends(settings) as backends:
        health = check_health(backends)
    click.echo(json.dumps(health.as_dict(), indent=2))
    sys.exit(0 if health.ready else 1)
