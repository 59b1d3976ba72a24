"""The lists of the pages as files, with the filters and the order that the address asks for."""

from flask import Response

from cluster_net.services.downloading import download_list, headings
from cluster_net.web.context import backends, language
from cluster_net.web.pages_lists import asked_of
from cluster_net.web.sheets import FORMS
from cluster_net.web.wording import card_url


def list_file(name: str, form: str) -> Response:
    """Answer a whole list as a file; a very long list is cut, and X-Total-Count tells its whole length."""
    sheet = download_list(backends(), name, asked_of(name).request())
    mimetype, write = FORMS[form]
    rows = [row | {"address": card_url(card, outside=True)} for row, card in zip(sheet.rows, sheet.cards, strict=True)]
    named = [*headings(language()), "adress" if language() == "sv" else "address"]
    answer = Response(write(named, rows, language()), content_type=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{backends().clock().date()}.{form}"'
    answer.headers["X-Total-Count"] = str(sheet.total)
    return answer
