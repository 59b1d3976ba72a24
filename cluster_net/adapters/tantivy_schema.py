"""The embedded index's fields, its analysers and how a document is written."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import pairwise

import tantivy
from tantivy import Filter, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from cluster_net.adapters.index_values import document_of
from cluster_net.domain.search import FILTER_FIELDS, Document

FIELDS = ("name", "alias", "tag")  # the best first; "all" has their words and those of the text
NUMBERS = frozenset({"trl"})
LONG_WORD, PART = 8, 4  # letters of a word that may be a compound, and of the least of its parts
_RAW = ("joined", "tail", "whole_name", "whole_alias")
_ORDERS = ("order_name_sv", "order_name_en", "order_updated", "order_deadline")
_LAST = "9999"  # a missing deadline comes after all others
_STEMS = (("stem_sv", "swedish"), ("stem_en", "english"))


def analyser(*filters: Filter) -> TextAnalyzer:
    """Return an analyser that splits at what is no letter or digit and lowers case before *filters*."""
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    for one in filters:
        builder = builder.filter(one)
    return builder.build()


LETTERS = analyser()
FOLD = analyser(Filter.ascii_fold())
STEMS = {field: analyser(Filter.stemmer(language), Filter.ascii_fold()) for field, language in _STEMS}


def build_schema() -> tantivy.Schema:
    """Return the schema; every folder of the index has the same."""
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("source", stored=True)
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="fold", index_option="position")
    builder.add_text_field("all", tokenizer_name="fold", index_option="basic")
    builder.add_text_field("letters", tokenizer_name="letters", index_option="basic")
    for field in STEMS:
        builder.add_text_field(field, tokenizer_name=field, index_option="basic")
        builder.add_text_field(f"name_{field}", tokenizer_name=field, index_option="basic")
    for field in _RAW:
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in FILTER_FIELDS:
        if field in NUMBERS:
            builder.add_integer_field(field, indexed=True, fast=True)
        else:
            builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    for field in _ORDERS:
        builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def register_analysers(index: tantivy.Index) -> None:
    """Give *index* the analysers that its schema names."""
    index.register_tokenizer("letters", LETTERS)
    index.register_tokenizer("fold", FOLD)
    for field, stemmer in STEMS.items():
        index.register_tokenizer(field, stemmer)


def tantivy_document(document: Document) -> tantivy.Document:
    """Return *document* as the index holds it, with the whole of it as JSON beside."""
    held = tantivy.Document()
    held.add_text("id", document.id)
    held.add_bytes("source", json.dumps(asdict(document), ensure_ascii=False).encode("utf-8", "surrogatepass"))
    names = _composed(dict.fromkeys((document.name_sv, document.name_en)))
    groups = {"name": names, "alias": _composed(document.aliases), "tag": _composed(document.tags)}
    for field, texts in groups.items():
        for text in texts:
            held.add_text(field, text)
    _add_words(held, [text for texts in groups.values() for text in texts], document)
    for name in names:
        for field in STEMS:
            held.add_text(f"name_{field}", name)
    for field, texts in (("whole_name", names), ("whole_alias", groups["alias"])):
        for text in texts:
            held.add_text(field, " ".join(FOLD.analyze(text)))
    _add_filters(held, document)
    return held


def stored_document(held: tantivy.Document) -> Document:
    """Return the document that *held* was made of."""
    return document_of(json.loads(bytes(held["source"][0]).decode("utf-8", "surrogatepass")))


def _add_words(held: tantivy.Document, short: list[str], document: Document) -> None:
    for text in short:
        if not text.isascii():
            held.add_text("letters", text)
        for first, second in pairwise(FOLD.analyze(text)):
            held.add_text("joined", first + second)  # "testbed" finds "test bed"
    texts = [*short, *_composed((document.text_sv, document.text_en, *document.city, *document.county))]
    for text in texts:
        for field in ("all", *STEMS):
            held.add_text(field, text)
    for tail in dict.fromkeys(tail for text in texts for tail in _tails(text)):
        held.add_text("tail", tail)


def _tails(text: str) -> Iterator[str]:
    """Yield long words stemmed and backwards, so that "analys" finds "proteinanalysen" by the beginning of its tail."""
    return (stem[::-1] for stem in STEMS["stem_sv"].analyze(text) if len(stem) >= LONG_WORD)


def _composed(texts: Iterable[str]) -> list[str]:
    """Return the texts that are not empty, each letter with its mark as one character, as a keyboard writes it."""
    return [unicodedata.normalize("NFC", text) for text in texts if text]


def _add_filters(held: tantivy.Document, document: Document) -> None:
    for field in FILTER_FIELDS:
        value = getattr(document, field)
        for one in value if isinstance(value, tuple) else (value,):
            if field in NUMBERS and one is not None:
                held.add_integer(field, one)
            elif isinstance(one, str) and one:
                held.add_text(field, one)
    orders = (document.sort_sv, document.sort_en, document.updated, document.deadline or _LAST)
    for field, value in zip(_ORDERS, orders, strict=True):
        held.add_text(field, f"{value}\x01{document.id}")
