"""Every text of the interface is there in Swedish, and every template keeps the house's rules."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "cluster_net" / "translations" / "sv" / "LC_MESSAGES"
TEMPLATES = sorted((ROOT / "templates").rglob("*.*ml"))


def catalogue() -> Catalog:
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="sv")


def used() -> set[str]:
    found = [
        *extract_from_dir(str(ROOT / "templates"), method_map=[("**.html", "jinja2")]),
        *extract_from_dir(str(ROOT / "cluster_net" / "web"), method_map=[("**.py", "python")]),
    ]
    return {one[2] if isinstance(one[2], str) else one[2][0] for one in found}


def test_every_text_is_translated() -> None:
    held = {(message.id if isinstance(message.id, str) else message.id[0]): message for message in catalogue() if message.id}
    missing = {text for text in used() if text not in held or not held[text].string}
    assert missing == set()


def test_no_translation_is_left_over() -> None:
    assert {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue() if message.id} <= used()


def test_translations_keep_their_placeholders() -> None:
    for message in catalogue():
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = set(re.findall(r"%\(\w+\)s", message.id if isinstance(message.id, str) else message.id[0]))
        assert all(set(re.findall(r"%\(\w+\)s", text)) == wanted for text in texts), message.id


def test_the_compiled_catalogue_is_fresh() -> None:
    with (FOLDER / "messages.mo").open("rb") as file:
        assert texts_of(read_mo(file)) == texts_of(catalogue())


def texts_of(held: Catalog) -> list[tuple[list[str], list[str]]]:
    """Return (ids, texts) of each message in order; singular ones as lists of one."""
    pairs = [(one.id, one.string) for one in held if one.id]
    return sorted(
        ([ids] if isinstance(ids, str) else list(ids), [texts] if isinstance(texts, str) else list(texts)) for ids, texts in pairs
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_short_and_has_nothing_inline(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 80
    assert not re.search(r"<script(?! type=\"application/ld\+json\"| src=\"{{ asset)|\sstyle=|\son[a-z]+=\"", text)


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=lambda path: path.name)
def test_a_template_has_no_words_outside_the_catalogue(path: Path) -> None:
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<script.*?</script>", " ", path.read_text("utf-8"), flags=re.DOTALL)
    words = re.sub(r"<[^>]*>", " ", text)
    plain = set(re.findall(r"[A-Za-zÅÄÖåäö]{3,}", words)) - {
        "API",
        "ROR",
        "Wikidata",
        "cluster",
        "net",
        "TRL",
        "digg",
        "tdosanmalan",
        "api",
        "openapi",
        "json",
    }
    assert plain == set()
