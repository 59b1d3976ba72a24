"""Import: all or nothing, idempotent, counted, with revisions and an import record; export is its inverse."""

import csv
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.domain.checksum import graph_checksum
from cluster_net.domain.errors import Invalid
from cluster_net.domain.filters import In
from cluster_net.domain.graph import ACTOR, IMPORT, Key
from cluster_net.domain.search import SearchQuery
from cluster_net.services.exporting import export_graph
from cluster_net.services.indexing import drain_outbox, make_ready, rebuild_index
from cluster_net.services.intake import ImportReport, import_path

Clock = Callable[[], datetime]


def take(store: SqliteGraph, path: Path, now: Clock, **options: object) -> ImportReport:
    return import_path(store, path, author="test", now=now, **options)  # type: ignore[arg-type]


def edited(seed: Path, to: Path, file: str, change: Callable[[list[dict[str, str]]], None]) -> Path:
    """Copy the seed's CSV files to *to* with one of them changed."""
    to.mkdir()
    for path in seed.glob("*.csv"):
        shutil.copy(path, to)
    with (to / file).open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    names = list(rows[0])
    change(rows)
    with (to / file).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, names)
        writer.writeheader()
        writer.writerows(rows)
    return to


def test_the_seed_is_added_whole_and_a_second_import_writes_nothing(store: SqliteGraph, seed: Path, now: Clock) -> None:
    first = take(store, seed, now)
    version = store.version()
    assert (first.added, first.changed, first.unchanged) == (1533, 0, 0)
    assert take(store, seed, now) == ImportReport("", 0, 0, 1533)
    assert store.version() == version


def test_an_import_is_recorded_as_the_source_of_its_revisions(store: SqliteGraph, seed: Path, now: Clock) -> None:
    report = take(store, seed, now)
    kept = store.get([Key(IMPORT, report.id)])[Key(IMPORT, report.id)]
    (revision,) = store.revisions(ACTOR, "ki")
    assert kept.properties["added"] == 1533
    assert "actors.csv" in kept.properties["files"]
    assert (revision.action, revision.author, revision.reason) == ("added", "test", f"import {report.id}")


def test_a_dry_run_counts_but_writes_nothing(store: SqliteGraph, seed: Path, now: Clock) -> None:
    assert take(store, seed, now, dry_run=True) == ImportReport("", 1533, 0, 0)
    assert store.version() == 0


def test_one_bad_cell_keeps_everything_out(store: SqliteGraph, seed: Path, now: Clock, tmp_path: Path) -> None:
    folder = edited(seed, tmp_path / "in", "offers.csv", lambda rows: rows[-1].update(owner_id="nobody"))
    with pytest.raises(Invalid) as caught:
        take(store, folder, now)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.field) == ("offers.csv", 128, "owner_id")
    assert store.version() == 0


def test_doubled_rows_and_circles_are_told(store: SqliteGraph, seed: Path, now: Clock, tmp_path: Path) -> None:
    def spoil(rows: list[dict[str, str]]) -> None:
        rows.append(dict(rows[0]))
        rows[0]["part_of"] = "scilifelab-bioinformatics"

    with pytest.raises(Invalid) as caught:
        take(store, edited(seed, tmp_path / "in", "infrastructures.csv", spoil), now)
    messages = [problem.message for problem in caught.value.problems]
    assert any("twice" in message for message in messages)
    assert any("contain each other" in message for message in messages)


def test_a_change_is_one_revision_with_before_and_after(seeded: SqliteGraph, seed: Path, now: Clock, tmp_path: Path) -> None:
    folder = edited(seed, tmp_path / "in", "actors.csv", lambda rows: rows[0].update(name_sv="KI i Solna"))
    assert take(seeded, folder, now).changed == 1
    assert seeded.revisions(ACTOR, "ki")[0].diff == '{"name_sv": ["Karolinska Institutet", "KI i Solna"]}'


def test_a_tie_that_a_record_no_longer_states_is_taken_away(seeded: SqliteGraph, seed: Path, now: Clock, tmp_path: Path) -> None:
    key = Key(ACTOR, "scilifelab-bioinformatics")
    before = {tie.node.key.id for tie in seeded.neighbours([key], ["PART_OF"], "out")[key]}
    folder = edited(seed, tmp_path / "in", "infrastructures.csv", lambda rows: rows[1].update(part_of=""))
    take(seeded, folder, now)
    after = {tie.node.key.id for tie in seeded.neighbours([key], ["PART_OF"], "out")[key]}
    assert before - after == {"scilifelab"}


def test_a_column_that_a_file_lacks_keeps_what_the_store_has(seeded: SqliteGraph, seed: Path, now: Clock, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "actors.csv").write_text(
        "id,kind,name_sv,source_url,source_title,checked\nki,university,Nytt namn,https://ror.org/056d84691,ROR record,yes\n", "utf-8"
    )
    take(seeded, tmp_path / "in", now)
    properties = seeded.get([Key(ACTOR, "ki")])[Key(ACTOR, "ki")].properties
    assert (properties["name_sv"], properties["ror"], properties["acronym"]) == ("Nytt namn", "056d84691", "KI")


def test_export_and_import_give_the_same_graph(seeded: SqliteGraph, seed: Path, now: Clock, tmp_path: Path) -> None:
    take(seeded, seed / "fictional", now)
    export_graph(seeded, tmp_path / "out")
    other = SqliteGraph(tmp_path / "other.db")
    other.prepare()
    take(other, tmp_path / "out", now)
    assert graph_checksum(other.dump()) == graph_checksum(seeded.dump()) == (tmp_path / "out" / "checksum.txt").read_text().strip()
    other.close()


def test_ror_fills_gaps_but_never_overrides_a_local_name(seeded: SqliteGraph, seed: Path, shared_data: Path, now: Clock) -> None:
    first = take(seeded, shared_data / "ror" / "ror-sweden-v2.json", now)
    region = seeded.get([Key(ACTOR, "region-stockholm")])[Key(ACTOR, "region-stockholm")].properties
    assert region["name_en"] == "Region Stockholm"
    assert "Stockholm County Council" in region["aliases"]
    assert first.added > 0
    assert first.changed > 0
    again = take(seeded, shared_data / "ror" / "ror-sweden-v2.json", now)
    assert (again.added, again.changed) == (0, 0)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('[{"id": "https://ror.org/056d84691", "name": "KI", "types": ["Education"]}]', "schema v1"),
        ("{}", "not a list"),
        ("[1]", "not an object"),
        ("[{]", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('[{"id": "https://ror.org/056d84691", "names": []}]', "lacks"),
    ],
)
def test_what_is_no_ror_v2_file_is_refused_in_words(store: SqliteGraph, now: Clock, tmp_path: Path, text: str, word: str) -> None:
    (tmp_path / "ror.json").write_text(text)
    with pytest.raises(Invalid) as caught:
        take(store, tmp_path / "ror.json", now)
    assert word in caught.value.problems[0].message


def test_a_path_that_is_not_there_is_told(store: SqliteGraph, now: Clock, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="There is no such file"):
        take(store, tmp_path / "none.json", now)


def test_the_index_follows_the_outbox(seeded: SqliteGraph, index: TantivyIndex, seed: Path, now: Clock, tmp_path: Path) -> None:
    drain_outbox(seeded, index)
    assert index.count() == 249 + 160 + 210 + 49 + 127
    folder = edited(seed, tmp_path / "in", "actors.csv", lambda rows: rows[0].update(name_sv="Zebrafinken"))
    take(seeded, folder, now)
    drain_outbox(seeded, index)
    assert index.search(SearchQuery("zebrafinken")).hits[0].document.slug == "ki"
    assert seeded.outbox_lag() == 0


def test_a_renamed_concept_reaches_the_entries_of_all_who_have_it(
    seeded: SqliteGraph, index: TantivyIndex, seed: Path, now: Clock, tmp_path: Path
) -> None:
    drain_outbox(seeded, index)
    folder = edited(seed, tmp_path / "in", "concepts.csv", lambda rows: rows[0].update(alt_en="quuxology"))
    take(seeded, folder, now)
    drain_outbox(seeded, index)
    assert "scilifelab" in {hit.document.slug for hit in index.search(SearchQuery("quuxology")).hits}


def test_a_concept_moved_below_another_reaches_the_entries_of_all_who_have_a_narrower_one(
    seeded: SqliteGraph, index: TantivyIndex, seed: Path, now: Clock, tmp_path: Path
) -> None:
    def about(concept: str) -> set[str]:
        return {hit.document.slug for hit in index.search(SearchQuery("", where=In("concept", (concept,)), limit=1000)).hits}

    drain_outbox(seeded, index)
    sequencing = about("whole-genome-sequencing")
    assert sequencing > {"whole-genome-sequencing"}
    assert sequencing <= about("genomics")
    assert sequencing.isdisjoint(about("supply-preparedness"))
    folder = edited(seed, tmp_path / "in", "concepts.csv", lambda rows: rows[0].update(broader="supply-preparedness"))
    take(seeded, folder, now)
    drain_outbox(seeded, index)
    assert sequencing <= about("supply-preparedness")


def test_rebuilding_gives_the_same_entries_as_draining(seeded: SqliteGraph, index: TantivyIndex, seed: Path, now: Clock) -> None:
    drain_outbox(seeded, index)
    drained = {hit.document for hit in index.search(SearchQuery("", limit=1000)).hits}
    rebuild_index(seeded, index)
    assert {hit.document for hit in index.search(SearchQuery("", limit=1000)).hits} == drained


def test_an_index_that_was_lost_is_built_again_from_the_store(seeded: SqliteGraph, seed: Path, now: Clock, tmp_path: Path) -> None:
    first = TantivyIndex(tmp_path / "lost")
    make_ready(seeded, first)
    shutil.rmtree(tmp_path / "lost")
    fresh = TantivyIndex(tmp_path / "lost")
    make_ready(seeded, fresh)
    assert fresh.count() == 249 + 160 + 210 + 49 + 127
