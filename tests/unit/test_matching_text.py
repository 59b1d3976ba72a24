"""How alike texts are: bounds, symmetry, determinism, both languages, and the words that tell why."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_net.domain.graph import ACTOR, Dump, Key
from cluster_net.domain.matching.cluster_texts import compile_cluster_texts, texts_of
from cluster_net.domain.matching.languages import by_language, is_function_word, language_of
from cluster_net.domain.matching.text import TextSpace, compile_texts
from cluster_net.domain.matching.wording import compile_lexicon, numbered_grams, words_of
from cluster_net.domain.network import compile_network
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Concept

WORDS = {
    "sjukvård": "healthcare",
    "läkemedel": "drugs",
    "provtagning": "sampling",
    "barn": "children",
    "hjärta": "heart",
    "andning": "breathing",
    "mätning": "measurement",
    "vatten": "water",
    "hud": "skin",
    "utbildning": "education",
}


def bilingual() -> dict[str, dict[str, str]]:
    """Return a text in both languages for each three of WORDS."""
    pairs = list(WORDS.items())
    return {
        f"r{one}{two}{three}": {
            "sv": " ".join(pairs[place][0] for place in (one, two, three)),
            "en": " ".join(pairs[place][1] for place in (one, two, three)),
        }
        for one in range(10)
        for two in range(one + 1, 10)
        for three in range(two + 1, 10)
    }


@pytest.fixture(scope="module")
def space() -> TextSpace:
    return compile_texts({**bilingual(), "only-en": {"en": "children breathing water"}, "none": {}})


texts = st.dictionaries(st.sampled_from(["sv", "en"]), st.text(max_size=40) | st.sampled_from([*WORDS, *WORDS.values()]), max_size=2)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_any_text_is_like_each_record_by_a_number_from_0_to_1(space: TextSpace, asked: dict[str, str]) -> None:
    scores = space.similarities_to(asked)
    assert scores.shape == (len(space.names),)
    assert np.all((scores >= 0.0) & (scores <= 1.0))


@given(st.dictionaries(st.text("abcde", min_size=1, max_size=3), texts, max_size=5), texts)
@settings(max_examples=40, deadline=None)
def test_any_records_make_a_space_and_a_text_is_most_like_itself(records: dict[str, dict[str, str]], asked: dict[str, str]) -> None:
    scores = compile_texts({**records, "itself": asked}).similarities("itself")
    assert np.all((scores >= 0.0) & (scores <= 1.0))
    assert scores[sorted({*records, "itself"}).index("itself")] >= scores.max() - 1e-6


def test_two_records_are_as_alike_in_one_direction_as_in_the_other(space: TextSpace) -> None:
    table = np.stack([space.similarities(name) for name in space.names])
    assert table == pytest.approx(table.T, abs=1e-5)


def test_the_same_records_give_the_same_bytes_whatever_their_order() -> None:
    records = bilingual()
    one, other = compile_texts(records), compile_texts(dict(reversed(records.items())))
    assert one.names == other.names
    assert one.similarities_to({"sv": "vatten"}).tobytes() == other.similarities_to({"sv": "vatten"}).tobytes()
    assert one.meanings.tobytes() == other.meanings.tobytes()


def test_a_word_finds_the_text_of_the_other_language_that_means_it(space: TextSpace) -> None:
    found = space.similarities_to({"sv": "barn andning vatten"})[space.rows["only-en"]]
    other = space.similarities_to({"sv": "hjärta hud utbildning"})[space.rows["only-en"]]
    assert found > 0.2
    assert found > other + 0.1


def test_a_record_without_text_is_like_nothing(space: TextSpace) -> None:
    assert not space.similarities("none").any()
    assert not space.similarities("r012")[space.rows["none"]]
    assert space.matched_terms(space.phrases({"sv": "vatten"}), space.phrases_of("none")) == {}


def test_the_words_that_match_are_named_across_languages_and_their_shares_are_parts_of_one(space: TextSpace) -> None:
    asked = space.phrases({"sv": "andning och vatten"})
    terms = space.matched_terms(asked, space.phrases_of("only-en"), limit=10)["en"]
    assert {(term.word, term.other) for term in terms[:2]} == {("andning", "breathing"), ("vatten", "water")}
    assert 0.8 < sum(term.share for term in terms) <= 1.0 + 1e-9
    assert [term.share for term in terms] == sorted((term.share for term in terms), reverse=True)


def test_small_words_never_explain_a_similarity() -> None:
    space = compile_texts({"a": {"en": "the water of the well"}, "b": {"en": "skin"}})
    assert [term.other for term in space.matched_terms(space.phrases({"en": "of the water"}), space.phrases_of("a"))["en"]] == ["water"]
    assert all(is_function_word(word) for word in ("och", "fyra", "annat", "bakom", "four", "among", "one", "out", "up", "part"))
    assert not is_function_word("vatten")


def test_a_word_of_very_many_texts_never_explains_a_similarity() -> None:
    texts = {f"r{number:03}": {"en": f"companies {chr(97 + number % 26)}x{chr(97 + number // 26)}y"} for number in range(100)}
    space = compile_texts({**texts, "a": {"en": "companies brewing kvass"}})
    assert [term.other for term in space.matched_terms(space.phrases({"en": "companies kvass"}), space.phrases_of("a"))["en"]] == ["kvass"]


def test_a_space_of_few_bilingual_texts_compares_letters_alone() -> None:
    space = compile_texts({"a": {"sv": "vatten", "en": "water"}})
    assert space.latent is None
    assert space.similarities("a")[0] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Testbäddar för precisionsmedicin", "sv"),
        ("Clean rooms for cell therapy", "en"),
        ("Genomik", "sv"),
        ("Genomics", "en"),
        ("Enkel och öppen tillgång", "sv"),
        ("KTH", None),
        ("", None),
        ("2026", None),
    ],
)
def test_the_language_of_a_text_is_read_from_its_words_and_letters(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_text_under_the_wrong_language_is_moved_or_left_out() -> None:
    swedish, english = "Ett nytt läkemedel för barn", "A new drug for children"
    assert by_language({"en": swedish}) == {"sv": swedish}
    assert by_language({"sv": english, "en": swedish}) == {"sv": swedish, "en": english}
    assert by_language({"sv": english, "en": english + "."}) == {"en": english + "."}
    assert by_language({"sv": "SciLifeLab", "en": " "}) == {"sv": "SciLifeLab"}


def test_words_are_in_lower_case_without_marks_and_bare_numbers() -> None:
    assert words_of("Vård, 2026: PET-CT i 3D!") == ["vård", "pet", "ct", "i", "3d"]


def test_grams_stay_within_their_word() -> None:
    numbers, owners = numbered_grams(["ab", "ba"])
    assert np.bincount(owners).tolist() == [3, 3]  # _ab ab_ _ab_
    assert len(set(numbers.tolist())) == 6


def test_each_word_of_a_lexicon_is_a_row_of_unit_length() -> None:
    grams = compile_lexicon(["vatten och vattenrening", "vatten"]).grams
    assert np.sqrt(grams.multiply(grams).sum(axis=1)) == pytest.approx(np.ones(3))


def test_what_a_record_says_counts_for_the_language_it_is_written_in() -> None:
    records = [
        Concept(id="c", kind="technique", pref_sv="Genomik", pref_en="Genomics"),
        Actor(id="a", kind="company", name_sv="Bolaget", description_en="Ett företag för nya läkemedel", capabilities=("c",)),
    ]
    links = {link.id: link for record in records for link in record.links()}
    network = compile_network(Dump(1, [to_node(record) for record in records], list(links.values())))
    assert texts_of(network, Key(ACTOR, "a")) == {"sv": "Bolaget. Ett företag för nya läkemedel. Genomik", "en": "Genomics"}
    assert compile_cluster_texts(network).names == ("Actor:a",)


def test_a_word_that_nearly_every_text_has_explains_nothing() -> None:
    space = compile_texts({f"r{number}": {"en": f"clinical {name}"} for number, name in enumerate(WORDS.values())})
    assert [term.other for term in space.matched_terms(space.phrases({"en": "clinical sampling"}), space.phrases_of("r2"))["en"]] == [
        "sampling"
    ]


def test_the_words_that_match_are_told_for_each_language_of_a_record(space: TextSpace) -> None:
    found = space.matched_terms(space.phrases({"sv": "barn"}), space.phrases_of("r012"))
    assert set(found) == {"sv", "en"}
    assert space.matched_terms([], space.phrases_of("r012")) == {}


def test_a_record_is_as_like_all_others_as_its_words_are(space: TextSpace) -> None:
    for name in ("r012", "r789", "only-en", "none"):
        assert space.similarities(name) == pytest.approx(space.similarities_to(space.texts[space.rows[name]]), abs=1e-5)
