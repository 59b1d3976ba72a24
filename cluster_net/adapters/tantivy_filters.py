"""From a filter's normal form to tantivy queries."""

import math

import tantivy
from tantivy import FieldType, Occur, Query

from cluster_net.adapters.tantivy_schema import NUMBERS
from cluster_net.domain.filters import Exists, Filter, In, Literal, Range, conjunctive


def filter_queries(schema: tantivy.Schema, searcher: tantivy.Searcher, where: Filter | None) -> list[Query]:
    """Return queries that must all match; a range over text is the list of the values in it."""
    return [_any([_literal(schema, searcher, literal) for literal in clause]) for clause in conjunctive(where)]


def _any(queries: list[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _literal(schema: tantivy.Schema, searcher: tantivy.Searcher, literal: Literal) -> Query:
    query = _test(schema, searcher, literal.test)
    if literal.negated:
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, query)])
    return query


def _test(schema: tantivy.Schema, searcher: tantivy.Searcher, test: In | Range | Exists) -> Query:
    match test:
        case In(field, values):
            fits = [value for value in values if isinstance(value, str) != (field in NUMBERS)]
            return _any([Query.term_query(schema, field, value, "basic") for value in fits])
        case Exists(field):
            return Query.exists_query(field)
        case Range(field, low, high) if field in NUMBERS:
            return _number_range(schema, field, low, high)
        case Range(field, low, high):
            return _text_range(schema, searcher, field, low, high)


def _number_range(schema: tantivy.Schema, field: str, low: str | float | None, high: str | float | None) -> Query:
    if isinstance(low, str) or isinstance(high, str):
        return Query.empty_query()
    if low is None and high is None:
        return Query.exists_query(field)
    lowest = None if low is None else math.ceil(low)
    highest = None if high is None else math.floor(high)
    return Query.range_query(schema, field, FieldType.Integer, lowest, highest)


def _text_range(schema: tantivy.Schema, searcher: tantivy.Searcher, field: str, low: str | float | None, high: str | float | None) -> Query:
    if any(bound is not None and not isinstance(bound, str) for bound in (low, high)):
        return Query.empty_query()
    values = [value for value, _ in searcher.terms_with_prefix(field, "")]
    fits = [value for value in values if (low is None or value >= str(low)) and (high is None or value <= str(high))]
    return _any([Query.term_query(schema, field, value, "basic") for value in fits])
