"""What templates call: addresses that stay in the language, marks of hits, dates, numbers, links that are safe."""

import hashlib
from datetime import date
from functools import cache
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, request, url_for
from flask_babel import get_translations, gettext
from markupsafe import Markup, escape

from cluster_net import __version__
from cluster_net.domain.evidence import is_over
from cluster_net.domain.graph import Key
from cluster_net.domain.search import MARK_END, MARK_START
from cluster_net.domain.suggestion_words import BAND_WORDS, CONDITION_WORDS, TERM_WORDS
from cluster_net.domain.vocabulary import KIND_GROUPS, Language, other_language
from cluster_net.resources import folder
from cluster_net.services.cards import Card, group_of, kind_word
from cluster_net.services.overview import DataDate
from cluster_net.services.references import reference_of
from cluster_net.web.context import backends, language, question, settings
from cluster_net.web.stylesheets import sheets_url

_PAGES = {"actor": "actor_page", "need": "need_page", "offer": "offer_page", "concept": "concept_page"}
_MONTHS = {
    "sv": ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"],
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
}


def register_wording(app: Flask) -> None:
    """Give templates their functions and filters."""
    app.extensions["cluster_net.data_date"] = DataDate()
    app.jinja_env.globals.update(
        asset=asset,
        band_word=band_word,
        card_url=card_url,
        condition_word=condition_word,
        data_date=data_date,
        file_url=file_url,
        group_of=group_of,
        kind_groups=KIND_GROUPS,
        kind_word=kind_word,
        lang_of=lang_of,
        language=language,
        last_page=last_page,
        other_language=other_language,
        page_url=page_url,
        reference=reference,
        same_page=same_page,
        sheets_url=sheets_url,
        site_name=lambda: settings().site_name,
        term_word=term_word,
        type_word=type_word,
        version=__version__,
        with_arguments=with_arguments,
        without_argument=without_argument,
    )
    app.jinja_env.filters.update(
        amount=amount,
        day=day,
        decimal=decimal,
        is_over=is_over,
        marked=marked,
        month=month,
        number=number,
        printable=printable,
        typed=typed,
        web_link=web_link,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _keep_catalogues(app)


def _keep_catalogues(app: Flask) -> None:
    """Look texts up in a catalogue that is kept by language: finding it anew for each text takes 5 to 13 % of a page."""
    kept: dict[Language, Any] = {}

    def catalogue() -> Any:
        if language() not in kept:
            kept[language()] = get_translations()
        return kept[language()]

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of jinja's own extension for translations
        lambda text: catalogue().ugettext(text),
        lambda one, more, number: catalogue().ungettext(one, more, number),
        newstyle=True,
    )


def data_date() -> str:
    """Return the time of the latest import, or nothing."""
    return cast("DataDate", current_app.extensions["cluster_net.data_date"]).read(backends().graph)


def page_url(endpoint: str, language_: Language | None = None, /, **values: Any) -> str:
    """Return the address of a page in the language of this page, or in *language_*."""
    return url_for(f"{language_ or language()}.{endpoint}", **values)


def card_url(card: Card, *, outside: bool = False) -> str:
    """Return the address of what a card shows; with the site's own part when it is read *outside*."""
    return f"{site_url() if outside else ''}{thing_url(card.type, card.slug)}"


def thing_url(type_: str, slug: str, language_: Language | None = None) -> str:
    """Return the address of an actor, need, offer or concept."""
    return page_url(_PAGES[type_], language_, slug=slug)


def reference(type_: str, slug: str) -> str:
    """Return how an address names an actor, a need or an offer."""
    return reference_of(Key(type_.capitalize(), slug))


def same_page(language_: Language, *, outside: bool = False) -> str:
    """Return the address of this page in *language_*, its question kept; home where there is no such page."""
    name = (request.endpoint or "").rpartition(".")[2]
    known = request.endpoint is not None and request.blueprint in {"sv", "en"}
    arguments = {**question(), **(request.view_args or {})} if known else {}
    address = url_for(f"{language_}.{name if known else 'home_page'}", **arguments)
    return f"{site_url()}{address}" if outside else address


def file_url(endpoint: str, **values: Any) -> str:
    """Return the address of this list as a file or a feed, its question kept."""
    arguments = {name: held for name, held in question().items() if name not in {"page", "id"}}
    name = (request.endpoint or "").rpartition(".")[2].removesuffix("_page")
    return page_url(endpoint, **{**arguments, "name": name, **values})


def outside_url(endpoint: str, /, **values: Any) -> str:
    """Return the whole address of a page in the language of this one."""
    return f"{site_url()}{page_url(endpoint, **values)}"


def printable(text: str) -> str:
    """Return *text* without the control characters that neither XML nor a worksheet can hold, and without soft hyphens."""
    return "".join(sign for sign in text if (sign >= " " or sign in "\n\t") and sign not in "\u00ad\ufffe\uffff")


def site_url() -> str:
    """Return the public address of the site, without a slash at the end."""
    return settings().site_url or request.host_url.rstrip("/")


def last_page(total: int, per_page: int) -> int:
    """Return the number of the last page of a list; an empty list has one."""
    return max(1, -(-total // per_page))


def with_arguments(**changes: Any) -> str:
    """Return this page's address with some arguments of its question changed, from the first page on."""
    arguments = question() | {name: [str(value)] for name, value in changes.items()}
    if "page" not in changes:
        arguments.pop("page", None)
    return url_for(request.endpoint or "sv.home_page", **{**arguments, **(request.view_args or {})})


def without_argument(name: str, value: str) -> str:
    """Return this page's address with one chosen value taken out."""
    arguments = question()
    arguments[name] = [one for one in arguments.get(name, []) if one != value]
    arguments.pop("page", None)
    return url_for(request.endpoint or "sv.home_page", **{**arguments, **(request.view_args or {})})


def asset(name: str) -> str:
    """Return the address of a static file, which changes with its content."""
    return url_for("static", filename=name, v=_content_hash(name))


@cache
def _content_hash(name: str) -> str:
    return hashlib.sha256((folder("static") / name).read_bytes()).hexdigest()[:12]


def marked(text: str) -> Markup:
    """Return *text* escaped, with the index's marks as <mark>."""
    return Markup(str(escape(text)).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>"))  # noqa: S704


def typed(text: str) -> Markup:
    """Return *text* escaped for the inside of an element, its quotation marks as they are: half the bytes of a page full of JSON."""
    return Markup(str(escape(text)).replace("&#34;", '"').replace("&#39;", "'"))  # noqa: S704


def lang_of(text_language: Language) -> Markup:
    """Return the attribute that tells the language of a text that is not in the page's, else nothing."""
    return Markup("") if text_language == language() else Markup(' lang="{}"').format(text_language)


def web_link(address: str) -> str:
    """Return *address* when it is a web address that may be linked, else nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def number(value: int) -> str:
    """Return a whole number with the language's mark between thousands."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}" if language() == "sv" else ",")


def decimal(value: float, places: int = 2) -> str:
    """Return a number with the language's decimal mark."""
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language() == "sv" else text


def amount(value: int, currency: str, least: int = 0) -> str:
    """Return a sum of money, or the span from *least* to it, as the language writes it: "12 500 kr", "SEK 500–12,500"."""
    span = f"{number(least)}–{number(value)}" if 0 < least < value else number(value)
    if language() == "en":
        return f"{currency} {span}".strip()
    return f"{span}\N{NO-BREAK SPACE}{'kr' if currency == 'SEK' else currency}".strip()


def day(text: str) -> str:
    """Return an ISO date or time as "23 november 2026"; a year or a month stays as it is."""
    try:
        when = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{when.day} {_MONTHS[language()][when.month - 1]} {when.year}"


def month(text: str) -> str:
    """Return an ISO month as "september 2027"."""
    year, _, number_ = text.partition("-")
    return f"{_MONTHS[language()][int(number_) - 1]} {year}"


def band_word(name: str) -> str:
    """Return the word of a band. Raises KeyError for a band that does not exist."""
    return BAND_WORDS[name].in_language(language())


def condition_word(name: str) -> str:
    """Return the words of a condition. Raises KeyError for a condition that does not exist."""
    return CONDITION_WORDS[name].in_language(language())


def term_word(name: str) -> str:
    """Return the words of a term of a suggestion. Raises KeyError for a term that does not exist."""
    return TERM_WORDS[name].in_language(language())


def type_word(type_: str) -> str:
    """Return the word of a type."""
    words = {"actor": gettext("actor"), "need": gettext("need"), "offer": gettext("offer"), "concept": gettext("concept")}
    return str(words[type_])
