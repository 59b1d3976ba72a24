"""The embedded index's fields, its analysers and how a document is written."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import tantivy
from tantivy import Filter, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from cluster_net.domain.search import FILTER_FIELDS, Document

FIELDS = ("name", "alias", "tag", "text")  # searched word by word, the best first
NUMBERS = frozenset({"trl"})
_ORDERS = ("order_name_sv", "order_name_en", "order_updated", "order_deadline")
_LAST = "9999"  # a missing deadline comes after all others
_STEMS = (("stem_sv", "swedish"), ("stem_en", "english"))


def analyser(*filters: Filter) -> TextAnalyzer:
    """Return an analyser that splits at what is no letter or digit and lowers case before *filters*."""
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    for one in filters:
        builder = builder.filter(one)
    return builder.build()


FOLD = analyser(Filter.ascii_fold())
STEMS = {field: analyser(Filter.stemmer(language), Filter.ascii_fold()) for field, language in _STEMS}


def build_schema() -> tantivy.Schema:
    """Return the schema; every folder of the index has the same."""
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("all", *FIELDS):
        builder.add_text_field(field, tokenizer_name="fold", index_option="position")
    builder.add_text_field("joined", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("whole_name", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("whole_alias", tokenizer_name="raw", index_option="basic")
    for field in STEMS:
        builder.add_text_field(field, tokenizer_name=field, index_option="basic")
        builder.add_text_field(f"name_{field}", tokenizer_name=field, index_option="basic")
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
    index.register_tokenizer("fold", FOLD)
    for field, stemmer in STEMS.items():
        index.register_tokenizer(field, stemmer)


def tantivy_document(document: Document) -> tantivy.Document:
    """Return *document* as the index holds it, with the whole of it as JSON beside."""
    held = tantivy.Document()
    held.add_text("id", document.id)
    held.add_text("source", json.dumps(asdict(document), ensure_ascii=False))
    names = tuple(dict.fromkeys(filter(None, (document.name_sv, document.name_en))))
    groups = {"name": names, "alias": document.aliases, "tag": document.tags}
    groups["text"] = (document.text_sv, document.text_en, *document.city, *document.county)
    for field, texts in groups.items():
        for text in texts:
            for name in (field, "all", *STEMS):
                held.add_text(name, text)
    for name in names:
        for field in STEMS:
            held.add_text(f"name_{field}", name)
    for text in (*names, *document.aliases, *document.tags):
        for pair in joined_pairs(FOLD.analyze(text)):
            held.add_text("joined", pair)
    for field, texts in (("whole_name", names), ("whole_alias", document.aliases)):
        for text in texts:
            held.add_text(field, " ".join(FOLD.analyze(text)))
    _add_filters(held, document)
    return held


def joined_pairs(words: list[str]) -> Iterable[str]:
    """Return each word joined with its neighbour: "test", "bed" -> "testbed"."""
    return (first + second for first, second in pairwise(words))


def document_of(source: str) -> Document:
    """Return the document whose JSON is *source*."""
    held: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(source).items()}
    return Document(**held)


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
