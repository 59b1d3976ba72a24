"""Which words of a text are marked as the answer to a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_net.adapters.marking import Marker, crop, within
from cluster_net.adapters.tantivy_schema import STEMS
from cluster_net.domain.search import MARK_END, MARK_START, Document
from cluster_net.domain.text import fold


def stems(word: str) -> frozenset[str]:
    return frozenset(stem for stemmer in STEMS.values() for stem in stemmer.analyze(word) if len(stem) > 2)


def marked(question: str, text: str, *, unfinished: bool = True) -> str:
    words = [fold(word) for word in question.split()]
    return Marker(words, stems, unfinished=unfinished).mark(text).replace(MARK_START, "[").replace(MARK_END, "]")


@pytest.mark.parametrize(
    ("question", "text", "wanted"),
    [
        ("uppsala", "Uppsala biobank, UPPSALA", "[Uppsala] biobank, [UPPSALA]"),
        ("akero", "Åkerö Diagnostik", "[Åkerö] Diagnostik"),
        ("åkerö", "Akero Diagnostik", "[Akero] Diagnostik"),
        ("karolinska inst", "Karolinska Institutet", "[Karolinska] [Institutet]"),
        ("inst karolinska", "Karolinska Institutet", "[Karolinska] Institutet"),
        ("biobank", "flera biobanker och biobankerna", "flera [biobanker] och [biobankerna]"),
        ("sequencing", "sequenced genomes", "[sequenced] genomes"),
        ("protein analys", "Proteinanalys av plasma", "[Proteinanalys] av plasma"),
        ("analys", "Proteinanalyser", "[Proteinanalyser]"),
        ("proteinanalys", "analys av protein", "[analys] av [protein]"),
        ("elderli", "Elderly care", "[Elderly] care"),
        ("vinova", "Vinnova", "[Vinnova]"),
        ("ivnnova", "Vinnova", "[Vinnova]"),
        ("tandemlabratorit", "Tandemlaboratoriet", "[Tandemlaboratoriet]"),
        ("testbadd", "testbädd för prov", "[testbädd] för prov"),
        ("cat", "car cut cats", "car cut [cats]"),
        ("dna", "rna dna-prov", "rna [dna]-prov"),
        ("", "inget", "inget"),
        ("<b>", "fet <b>", "fet <b>"),
    ],
)
def test_words_that_answer_are_marked(question: str, text: str, wanted: str) -> None:
    assert marked(question, text) == wanted


def test_only_an_unfinished_last_word_matches_beginnings() -> None:
    assert marked("inst", "Institutet", unfinished=False) == "Institutet"


def test_letters_with_loose_marks_are_one_letter() -> None:
    assert marked("åkerö", "A\u030akero\u0308 AB") == "[Åkerö] AB"


@given(st.text(), st.text(alphabet="abcåäö ", max_size=20))
def test_marks_never_change_the_text_and_cannot_be_forged(text: str, question: str) -> None:
    plain = Marker([fold(word) for word in question.split()], stems, unfinished=True).mark(text + MARK_START + text)
    assert plain.count(MARK_START) == plain.count(MARK_END) + (not question.split())  # with no words nothing is looked at
    if question.split():
        pieces = plain.replace(MARK_START, "").replace(MARK_END, "")
        assert fold(pieces) == fold((text + text).replace(MARK_START, "").replace(MARK_END, ""))


def test_a_document_shows_where_it_matched() -> None:
    document = Document("a", "actor", "a", name_sv="Namn", name_en="Name", aliases=("Biobanken", "x"), text_sv="en biobank " + "ord " * 200)
    fields = Marker(["biobank"], stems, unfinished=True).fields(document)
    assert set(fields) == {"text_sv", "also"}
    assert fields["also"] == f"{MARK_START}Biobanken{MARK_END}"
    assert len(fields["text_sv"]) <= 245


@pytest.mark.parametrize("place", [0, 1000, 3000])
def test_a_long_text_is_cropped_between_words_around_the_mark(place: int) -> None:
    text = "ord " * place + f"{MARK_START}här{MARK_END}" + " ord" * (3000 - place)
    cropped = crop(text)
    assert f"{MARK_START}här{MARK_END}" in cropped
    assert len(cropped) <= 245
    assert set(cropped.replace(MARK_START, "").replace(MARK_END, "").split()) <= {"ord", "här", "…"}


def test_a_mark_that_the_crop_cuts_is_closed() -> None:
    cropped = crop(f"{MARK_START}{'å' * 300}{MARK_END} " + "x " * 200)
    assert cropped.count(MARK_START) == cropped.count(MARK_END)


@pytest.mark.parametrize(
    ("first", "second", "slips", "wanted"),
    [
        ("abc", "abc", 0, True),
        ("abcd", "acbd", 1, True),
        ("abcd", "abxd", 1, True),
        ("abcd", "abcde", 1, True),
        ("abcd", "abc", 1, True),
        ("abcd", "badc", 1, False),
        ("abcd", "badc", 2, True),
        ("abcdef", "ab", 2, False),
    ],
)
def test_slips_are_counted_as_a_keyboard_makes_them(first: str, second: str, slips: int, wanted: bool) -> None:
    assert within(first, second, slips) is wanted


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8), st.integers(0, 2))
def test_slips_are_the_same_both_ways(first: str, second: str, slips: int) -> None:
    assert within(first, second, slips) == within(second, first, slips)
