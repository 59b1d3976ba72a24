"""Text rules: folding, Swedish order, slugs, what may be stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_net.domain.text import fold, forbidden_characters, is_form_of, is_slug, slugify, sort_key


def test_fold_drops_case_and_diacritics() -> None:
    assert fold("Åkerö ÉCLAIR Straße Ørsted") == "akero eclair strasse orsted"


def test_swedish_letters_sort_last_and_in_swedish_order() -> None:
    names = ["Ödla", "Zebra", "Ärlig", "Åkerö", "alm", "Östra", "Årsta"]
    assert sorted(names, key=sort_key) == ["alm", "Zebra", "Åkerö", "Årsta", "Ärlig", "Ödla", "Östra"]


def test_other_accents_sort_as_their_base_letter() -> None:
    assert sorted(["Ford", "Édouard", "Alva"], key=sort_key) == ["Alva", "Édouard", "Ford"]


@given(st.text())
def test_sort_keys_of_latin_text_compare_alike_in_every_engine(text: str) -> None:
    key = sort_key("Å" + text.encode("latin-1", "ignore").decode("latin-1"))
    assert key.startswith("z{")


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Karolinska Institutet", "karolinska-institutet"), ("Åkerö & Söner AB", "akero-soner-ab"), ("東京大学", ""), ("--A--", "a")],
)
def test_slugs_are_plain(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text())
def test_a_slug_made_is_a_slug_or_empty(text: str) -> None:
    slug = slugify(text)
    assert slug == "" or is_slug(slug)


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "a\x1bb", "\ue000mark\ue001", "a\u200fb"])
def test_control_and_direction_characters_are_named(text: str) -> None:
    assert forbidden_characters(text)


def test_line_breaks_and_emoji_may_be_stored() -> None:
    assert forbidden_characters("two\nlines\tand 😀 Å") == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Diagnostik", "diagnostics", True),
        ("vård", "vården", False),
        ("vård", "Vård", True),
        ("bioteknikföretag", "medicinteknikföretag", False),
        ("läkemedel", "läkemedelsföretag", False),
    ],
)
def test_two_words_are_forms_of_one_when_only_an_ending_differs(one: str, other: str, same: bool) -> None:
    assert is_form_of(one, other) is same
