"""Reading files: encodings, delimiters, and every problem with its place."""

import gzip
from pathlib import Path

import pytest

from cluster_net.domain.errors import Invalid, Problem
from cluster_net.services.reading import decode, read_bytes, read_folder

HEADER = "id,kind,name_sv,source_url,source_title,checked"
ROW = "aker,company,Åkerö Ärlig Ö,https://x.se,X,yes"


def folder_with(tmp_path: Path, **files: bytes | str) -> Path:
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(Invalid) as caught:
        read_folder(folder)
    return caught.value.problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encoding_delimiter_and_line_ending_are_found_out(tmp_path: Path, encoding: str, delimiter: str, ending: str) -> None:
    text = f"{HEADER}\n{ROW}\n".replace(",", delimiter).replace("\n", ending)
    (row,) = read_folder(folder_with(tmp_path, actors=text.encode(encoding)))
    assert row.record.name_sv == "Åkerö Ärlig Ö"  # type: ignore[union-attr]
    assert row.line == 2


def test_line_numbers_hold_after_a_cell_with_line_breaks(tmp_path: Path) -> None:
    text = f'{HEADER}\na,company,"two\nlines",https://x.se,X,yes\n\nb,planet,B,https://x.se,X,yes\n'
    assert [(problem.line, problem.field) for problem in problems_of(folder_with(tmp_path, actors=text))] == [(5, "kind")]


def test_problems_of_all_files_are_reported_together(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, actors=f"{HEADER}\n,company,A,https://x.se,X,yes\n", concepts="id,kind\nx,thing\n", people="id\n1\n")
    assert {(p.file, p.field) for p in problems_of(folder)} == {
        ("people.csv", ""), ("concepts.csv", "kind"), ("concepts.csv", "pref_sv"), ("actors.csv", "id")
    }  # fmt: skip


def test_a_row_with_too_few_cells_is_told_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems_of(folder_with(tmp_path, actors=f"{HEADER}\na,company\n"))
    assert (problem.line, problem.file) == (2, "actors.csv")
    assert "2 cells" in problem.message


def test_a_stray_quotation_mark_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    (problem,) = problems_of(folder_with(tmp_path, actors=f'{HEADER}\na,company,"A" b,https://x.se,X,yes\n'))
    assert problem.line == 2


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_file_lacks_its_columns(tmp_path: Path, content: bytes) -> None:
    assert {problem.field for problem in problems_of(folder_with(tmp_path, actors=content))} >= {"id", "kind"}


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    assert "not text" in problems_of(folder_with(tmp_path, actors=b"\x89PNG\x00\x00\x01"))[0].message


def test_an_empty_folder_says_what_to_put_there(tmp_path: Path) -> None:
    assert "actors.csv" in problems_of(tmp_path)[0].mend


def test_gzip_is_unpacked_and_a_cut_gzip_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(b"text" * 1000)
    (tmp_path / "whole.gz").write_bytes(packed)
    (tmp_path / "cut.gz").write_bytes(packed[:-9])
    assert decode(read_bytes(tmp_path / "whole.gz"), "whole.gz") == "text" * 1000
    with pytest.raises(Invalid):
        read_bytes(tmp_path / "cut.gz")


def test_the_seed_and_the_fictional_demo_read_without_a_problem() -> None:
    seed = Path(__file__).parents[2] / "graph" / "seed"
    assert len(read_folder(seed)) == 1533
    assert 1 <= sum(row.table.file == "actors.csv" for row in read_folder(seed / "fictional")) <= 12
