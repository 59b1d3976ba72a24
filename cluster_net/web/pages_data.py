"""The pages for people who want the data: what there is to take, and how the interface is asked."""

from flask import render_template

from cluster_net.web.api_guide import guide
from cluster_net.web.context import language, settings
from cluster_net.web.dcat import FILE_WORDS
from cluster_net.web.licences import licence_words
from cluster_net.web.open_data import publisher, shelf
from cluster_net.web.openapi import description
from cluster_net.web.structured import dataset_json_ld
from cluster_net.web.wording import site_url


def data_page() -> str:
    """List the downloads with size and checksum, the interface, the catalogue and the feeds."""
    edition, source = shelf().current(), publisher()
    words = {name: words.in_language(language()) for name, words in FILE_WORDS.items()}
    licence = licence_words(source.licence).in_language(language())
    json_ld = dataset_json_ld(edition, source, words, language())
    return render_template("site/data.html", edition=edition, source=source, words=words, licence=licence, json_ld=json_ld)


def api_page() -> str:
    """Describe the interface, from the same document that programs read."""
    held = guide(description(settings().data_licence))
    return render_template("site/api.html", guide=held, site=site_url(), rate=settings().api_rate)
