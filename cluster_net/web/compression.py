"""Answers over the wire: text is sent compressed and named by its content, so that what a reader has is not sent again."""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Response, current_app, request

LEAST = 600  # bytes; below it the packet is not smaller
PAGE_LEVEL, FILE_LEVEL = 7, 9
_TEXT = ("text/", "application/json", "application/ld+json", "application/problem+json", "application/javascript", "application/xml",
         "application/atom+xml", "image/svg+xml")  # fmt: skip


def send_well(answer: Response) -> Response:
    """Name a page by its content, answer 304 when the reader has it, and compress text for those who take gzip.

    Streams and downloads are left as they are. An answer that sets a cookie may hold a secret and is not compressed, so
    that its length tells nothing about it (BREACH).
    """
    if not _is_plain(answer):
        return answer
    static = request.endpoint == "static"
    answer.vary.add("Accept-Encoding")
    if not static:
        _name(answer)
    if answer.status_code == 200 and request.accept_encodings.quality("gzip") > 0:
        _compress(answer, static=static)
    return answer


def _is_plain(answer: Response) -> bool:
    text = (answer.mimetype or "").startswith(_TEXT)
    streamed = answer.is_streamed and request.endpoint != "static"
    marked = answer.cache_control.no_store or not {"Set-Cookie", "Content-Encoding"}.isdisjoint(answer.headers.keys())
    return text and answer.status_code == 200 and not streamed and not marked


def _name(answer: Response) -> None:
    """Let caches keep the answer and ask each time whether it is still the one."""
    if not answer.get_etag()[0]:
        answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest()[:32], weak=True)
        if not answer.cache_control.max_age:
            answer.cache_control.no_cache = True
        answer.make_conditional(request)


def _compress(answer: Response, *, static: bool) -> None:
    if static:
        squeezed = _file(Path(str(current_app.static_folder)) / (request.view_args or {})["filename"], answer.get_etag()[0] or "")
    elif len(answer.get_data()) < LEAST:
        return
    else:
        squeezed = gzip.compress(answer.get_data(), PAGE_LEVEL, mtime=0)
    answer.close()  # of a static file
    answer.direct_passthrough = False
    answer.set_data(squeezed)
    answer.headers["Content-Encoding"] = "gzip"
    tag, _ = answer.get_etag()
    if tag:
        answer.set_etag(tag, weak=True)  # the same content in other bytes


@lru_cache(maxsize=256)
def _file(path: Path, _etag: str) -> bytes:
    """Return a static file compressed; once for each content."""
    return gzip.compress(path.read_bytes(), FILE_LEVEL, mtime=0)
