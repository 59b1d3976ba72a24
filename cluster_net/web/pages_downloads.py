"""The lists of the pages as files, with the filters and the order that the address asks for; the directory for other portals."""

import csv
import io

from flask import Response, abort, request

from cluster_net.domain.rows import guard
from cluster_net.services.downloading import download_list, headings
from cluster_net.services.uniquip import COLUMNS, uniquip_rows
from cluster_net.web.context import backends, language
from cluster_net.web.pages_lists import asked_of
from cluster_net.web.sheets import FORMS
from cluster_net.web.wording import card_url, outside_url, printable


def list_file(name: str, form: str) -> Response:
    """Answer a whole list as a file, or what `id` chooses of it; a very long list is cut, and X-Total-Count tells its whole length."""
    chosen = tuple(dict.fromkeys(filter(None, request.args.getlist("id"))))
    sheet = download_list(backends(), name, asked_of(name).request(), chosen)
    mimetype, write = FORMS[form]
    rows = [row | {"address": card_url(card, outside=True)} for row, card in zip(sheet.rows, sheet.cards, strict=True)]
    named = [*headings(language()), "adress" if language() == "sv" else "address"]
    answer = Response(write(named, rows, language()), content_type=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{backends().clock().date()}.{form}"'
    answer.headers["X-Total-Count"] = str(sheet.total)
    return answer


def uniquip_file() -> Response:
    """Answer the directory of infrastructures as UNIQUIP, version 2 unless 1 is asked for (RFC 4180, UTF-8, no formulas)."""
    version = request.args.get("version", "2")
    columns = COLUMNS.get(int(version) if version.isascii() and version.isdigit() else 0) or abort(404)
    rows = uniquip_rows(backends().graph, language(), lambda slug: outside_url("actor_page", slug=slug), int(version))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: guard(printable(cell)) for name, cell in row.items()} for row in rows)
    answer = Response(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="infrastructures.uniquip.csv"'
    return answer
