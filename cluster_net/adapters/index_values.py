"""What both search engines do alike: documents from JSON, facet values by their beginning."""

from collections.abc import Mapping
from typing import Any

from cluster_net.domain.search import Document
from cluster_net.domain.text import fold


def document_of(held: Mapping[str, Any]) -> Document:
    """Return the document that a JSON object holds; lists become tuples, fields that a document has not are left out."""
    names = Document.__dataclass_fields__
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in held.items() if name in names}
    return Document(**values)


def beginning_with(counts: Mapping[str, int], prefix: str, limit: int) -> dict[str, int]:
    """Return at most *limit* of *counts* whose value begins with *prefix* (case and diacritics ignored), most frequent first."""
    fits = [(value, count) for value, count in counts.items() if fold(value).startswith(fold(prefix))]
    return dict(sorted(fits, key=lambda pair: (-pair[1], pair[0]))[:limit])
